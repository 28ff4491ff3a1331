using System.Diagnostics;
using System.Globalization;
using ProbLang.Inference;

namespace ProbLang.Bench.Hosts;

/// <summary>Scoring new rows: in this process, and by the web host example under load, on loopback.</summary>
internal static class HostsBench
{
    private const int RequestsPerSecond = 2000;
    private const int Cancellations = 20;
    private static readonly TimeSpan s_warmup = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(20);

    /// <summary>Measures all of it; returns an exit code: 0 where nothing failed.</summary>
    public static int Measure()
    {
        if (File.Exists("/proc/loadavg")) Console.WriteLine($"load average {File.ReadAllText("/proc/loadavg").Trim()} on {Environment.ProcessorCount} processors");
        MeasureScorer();
        var folder = Directory.CreateTempSubdirectory("problang-hosts-").FullName;
        try
        {
            WritePosterior(Path.Combine(folder, "posterior"));
            using var server = WebHost.Start(Path.Combine(folder, "posterior"));
            return MeasureLoad(server) & MeasureCancellation(server) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One row by 1000 draws of a logistic regression on ten covariates.</summary>
    private static void MeasureScorer()
    {
        const string model = "input N: count\ninput K: count\ninput x[N, K]\na ~ Normal(0, 2)\nb ~ Normal(0, 1) ^ K\nfor i in 1..N { y[i] ~ Bernoulli(logit: a + dot(x[i], b)) }";
        var random = new Random(1);
        var x = new double[200, 10];
        for (var i = 0; i < 200; i++)
            for (var k = 0; k < 10; k++) x[i, k] = random.NextDouble() - 0.5;
        var data = Data.Of(new { K = 10, x, y = Enumerable.Range(0, 200).Select(i => random.NextDouble() < 1 / (1 + Math.Exp(-3 * x[i, 0])) ? 1 : 0).ToArray() });
        var scorer = Model.Compile(model).Model!.Condition(data).Infer(new Nuts { Seed = 1, Warmup = 300, Draws = 250 }).Scorer();
        double[] row = [.. Enumerable.Range(0, 10).Select(_ => random.NextDouble()), 1];
        double[] open = [.. row[..10], double.NaN];
        var rows = Enumerable.Range(0, 256).SelectMany(_ => row).ToArray();
        var scores = new double[256];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"in process, {scorer.Draws} draws, 10 covariates: a score {Microseconds(() => scorer.Score(row)):F1} us, {Allocated(() => scorer.Score(row))} bytes; a row of 256 {Microseconds(() => scorer.Score(rows, scores), repeats: 1) / 256:F1} us; a prediction {Microseconds(() => scorer.Predict(open)):F1} us"));
    }

    /// <summary>The least of many rounds.</summary>
    private static double Microseconds(Action action, int repeats = 20)
    {
        var least = double.PositiveInfinity;
        for (var round = 0; round < 200; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < repeats; i++) action();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMicroseconds / repeats);
        }
        return least;
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    private static void WritePosterior(string folder)
    {
        var posterior = Model.CompileFile(WebHost.Example("churn/churn.gm")).Model.Condition(Data.Load(WebHost.Example("churn/churn.csv"))).Infer(new Nuts { Seed = 1, Warmup = 1000, Draws = 500 });
        posterior.Save(folder, "bench", "bench");
    }

    private static bool MeasureLoad(WebHost server)
    {
        new OpenLoop(server.Port, RequestsPerSecond, s_warmup).Run(_ => { });
        var (early, half) = (0L, 0L);
        var load = new OpenLoop(server.Port, RequestsPerSecond, s_duration);
        load.Run(elapsed =>
        {
            if (early == 0 && elapsed > TimeSpan.FromSeconds(2)) early = server.WorkingSet();
            if (half == 0 && elapsed > s_duration / 2) half = server.WorkingSet();
        });
        var late = server.WorkingSet();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"web, {RequestsPerSecond} scores a second for {s_duration.TotalSeconds:F0} s: {load.Done / s_duration.TotalSeconds:F0} a second, {load.Errors} errors, latency from when each was due p50 {load.Percentile(0.5):F2} ms, p99 {load.Percentile(0.99):F2} ms, max {load.Percentile(1):F1} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"working set after 2 s {early / 1e6:F1} MB, at half time {half / 1e6:F1} MB, at the end {late / 1e6:F1} MB"));
        return load.Errors == 0;
    }

    private static bool MeasureCancellation(WebHost server)
    {
        var milliseconds = new double[Cancellations];
        for (var i = 0; i < milliseconds.Length; i++) milliseconds[i] = server.Abandon(i % 2 == 0);
        Array.Sort(milliseconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"an inference whose client goes away, {Cancellations} times: stopped after {milliseconds[Cancellations / 2]:F1} ms in the median, {milliseconds[^1]:F1} ms at most"));
        return milliseconds[^1] < 50;
    }
}
