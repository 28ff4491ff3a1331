using System.Diagnostics;
using System.Globalization;
using ProbLang.Inference;

namespace ProbLang.Bench;

/// <summary>Compiling, conditioning and inferring again and again in one process: whether memory stays flat after the first thousand.</summary>
internal static class CyclesBench
{
    private const int Every = 500;
    private const int First = 1000;

    public static int Measure(int cycles)
    {
        var sampled = new List<(int Cycle, double MiB)>();
        var clock = Stopwatch.StartNew();
        Console.WriteLine("| cycles | working set, MiB | managed heap, MiB | committed by the collector, MiB | threads | seconds |");
        Console.WriteLine("|---|---|---|---|---|---|");
        for (var cycle = 1; cycle <= cycles; cycle++)
        {
            Cycle(cycle);
            if (cycle % Every != 0) continue;
            using var process = Process.GetCurrentProcess();
            sampled.Add((cycle, process.WorkingSet64 / 1048576.0));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {cycle} | {sampled[^1].MiB:0.0} | {GC.GetTotalMemory(false) / 1048576.0:0.0} | {GC.GetGCMemoryInfo().TotalCommittedBytes / 1048576.0:0.0} | {process.Threads.Count} | {clock.Elapsed.TotalSeconds:0} |"));
        }
        var (slope, growth) = Growth([.. sampled.Where(s => s.Cycle >= First)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after {First}: {slope:0.00} MiB per 1000 cycles, at most {growth:0.0} MiB above the first sample"));
        return slope > 2 ? 1 : 0;
    }

    /// <summary>The slope of the line through the samples, and how far the highest is above the first.</summary>
    private static (double Slope, double Growth) Growth((int Cycle, double MiB)[] samples)
    {
        if (samples.Length < 2) return (0, 0);
        double x = samples.Average(s => s.Cycle), y = samples.Average(s => s.MiB);
        var slope = samples.Sum(s => (s.Cycle - x) * (s.MiB - y)) / samples.Sum(s => (s.Cycle - x) * (s.Cycle - x));
        return (slope * 1000, samples.Max(s => s.MiB) - samples[0].MiB);
    }

    /// <summary>One model of each kind in turn, of texts that are never alike.</summary>
    private static void Cycle(int cycle)
    {
        using var cancellation = new CancellationTokenSource();
        switch (cycle % 5)
        {
            case 0:
                Problem($"rain ~ Bernoulli(0.3)\ns{cycle} ~ Bernoulli(0.4)\nwet ~ Bernoulli(if rain or s{cycle} then 0.9 else 0.1)\ngiven wet = true").Infer(new Exact(), cancellation.Token);
                break;
            case 1:
                Problem($"m{cycle} ~ Normal(0, 1)\nfor i in 1..20 {{ a[i] ~ Normal(m{cycle}, 1)\n y[i] ~ StudentT(4, a[i], 1)\n given y[i] = i / 10 }}").Infer(new Nuts { Seed = 1, Chains = 2, Warmup = 40, Draws = 40 }, cancellation: cancellation.Token);
                break;
            case 2:
                Problem($"m{cycle} ~ Normal(0, 1)\nfor i in 1..20 {{ y[i] ~ StudentT(4, m{cycle}, 1)\n given y[i] = i / 10 }}").Infer(new Laplace { Seed = 1, Draws = 50 }, cancellation.Token);
                break;
            case 3:
                Problem($"param a{cycle}: real\nparam s: positive\nfor i in 1..20 {{ y[i] ~ Normal(a{cycle} * i, s)\n given y[i] = i * 0.7 + sin(i) }}").Fit(new MaximumLikelihood(), cancellation: cancellation.Token);
                break;
            default:
                Problem($"z{cycle} ~ Bernoulli(0.4)\nfor i in 1..20 {{ y[i] ~ Normal(if z{cycle} then 1 else 0, 1)\n given y[i] = i / 10 }}").Score(cancellation.Token);
                break;
        }
    }

    private static Problem Problem(string text) =>
        Model.Compile(text) is { Success: true } compilation ? compilation.Model.Condition(Data.Empty) : throw new InvalidOperationException(text);
}
