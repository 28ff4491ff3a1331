using BenchmarkDotNet.Running;
using ProbLang.Bench;

switch (args)
{
    case ["gradients", .. var names]:
        GradientTable.Print(names);
        return 0;
    case ["sums"]:
        return Sums.Measure();
    case ["matmul"]:
        return Products.Measure();
    case ["training", .. var options]:
        return TrainingBench.Measure(printsProgram: options is ["program"]);
    case ["exact"]:
        return ExactBench.Measure();
    case ["infernet"]:
        return InferNetBench.Measure();
    case ["learning", .. var examples]:
        return LearningTable.Print(examples);
    case ["reading"]:
        return Reading.Measure();
    case ["cancel", .. var kinds]:
        return ProbLang.Bench.Cancelling.CancelBench.Measure(kinds);
    case ["cycles", .. var count]:
        return CyclesBench.Measure(count is [var cycles] ? int.Parse(cycles, System.Globalization.CultureInfo.InvariantCulture) : 10_000);
    case ["repl"]:
        return ReplBench.Measure();
    case ["hosts"]:
        return ProbLang.Bench.Hosts.HostsBench.Measure();
    case ["startup", var folder]:
        return Startup.Measure(folder);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(GradientBenchmarks).Assembly).Run(args);
        return 0;
}
