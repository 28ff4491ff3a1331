using System.Diagnostics;
using System.Globalization;
using ProbLang.ExampleData;
using ProbLang.Inference;

namespace ProbLang.Bench;

/// <summary>What the examples of learning take, and how well what was learned foretells rows that it was not learned from.</summary>
internal static class LearningTable
{
    /// <summary>Learns the examples whose names contain one of those given, or all; the exit code says whether all were in time.</summary>
    public static int Print(string[] names)
    {
        var isInTime = true;
        Console.WriteLine("| example | seconds: reading, learning, scoring | allowed | held-out nats a row | of the source | bits a part |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var example in LearnedExample.All.Where(e => names.Length == 0 || names.Any(n => e.Model.Contains(n, StringComparison.Ordinal))))
            isInTime &= Print(example);
        if (File.Exists("/proc/loadavg")) Console.WriteLine($"load average {File.ReadAllText("/proc/loadavg").Trim()}");
        return isInTime ? 0 : 1;
    }

    private static bool Print(LearnedExample example)
    {
        var watch = Stopwatch.StartNew();
        var problem = Conditioned(example, "");
        var reading = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var fit = problem.Fit(new MaximumLikelihood { Training = example.Training });
        var learning = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var scores = Conditioned(example, "_test").With(fit.Values).Score();
        var scoring = watch.Elapsed.TotalSeconds;
        var mean = scores.Rows.Average();
        var test = example.Tables[0] + "_test";
        var source = SourceScores.Mean(Path.GetFileName(example.Tables[0]), File.ReadAllText(Table(test)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {example.Model} | {reading:F1} {learning:F1} {scoring:F1} | {example.Seconds} | {mean:F4} | {(source is { } s ? s.ToString("F4", CultureInfo.InvariantCulture) : "")} | {-mean / example.Parts / Math.Log(2):F4} |"));
        return reading + learning <= example.Seconds;
    }

    private static Problem Conditioned(LearnedExample example, string suffix)
    {
        var path = Path.Combine(Folder, example.Model + ".gm");
        var compilation = Model.Compile(File.ReadAllText(path), new CompileOptions { Path = path });
        return compilation.Model!.Condition(example.Tables.Select(t => Data.Load(Table(t + suffix))).Aggregate((all, table) => all.With(table)));
    }

    private static string Table(string name) => Path.Combine(Folder, name + ".csv");

    private static string Folder { get; } = FolderAbove(AppContext.BaseDirectory);

    private static string FolderAbove(string? folder) =>
        folder is null ? throw new DirectoryNotFoundException("the examples are looked for above the benchmarks")
        : Directory.Exists(Path.Combine(folder, "examples", "flows")) ? Path.Combine(folder, "examples") : FolderAbove(Path.GetDirectoryName(folder));
}
