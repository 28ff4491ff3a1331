using System.Diagnostics;
using System.Globalization;

namespace ProbLang.Bench.Cancelling;

/// <summary>How long a slow computation of each kind goes on after it is cancelled at a random moment.</summary>
internal static class CancelBench
{
    private const int Times = 24;

    /// <summary>Longest time before the cancellation, in milliseconds.</summary>
    private const double Latest = 1500;

    /// <param name="names">Parts of the names of the kinds that are measured; none for all. After <c>gaps</c>, where each of them works longest without looking whether it is cancelled.</param>
    /// <returns>An exit code: 0 where all ended soon.</returns>
    public static int Measure(string[] names)
    {
        var showsGaps = names is ["gaps", ..];
        if (showsGaps) names = names[1..];
        if (File.Exists("/proc/loadavg")) Console.WriteLine($"load average {File.ReadAllText("/proc/loadavg").Trim()} on {Environment.ProcessorCount} processors");
        if (!showsGaps) Console.WriteLine("| ms from the cancellation to the end | runs | median | p95 | max | takes |\n|---|---|---|---|---|---|");
        var worst = 0.0;
        using var files = new Files();
        foreach (var (name, prepare) in InferenceKinds.All.Concat(FileKinds.Of(files)))
        {
            if (names.Length > 0 && !names.Any(n => name.Contains(n, StringComparison.Ordinal))) continue;
            if (showsGaps) Gaps.Print(name, prepare, Delay);
            else worst = Math.Max(worst, Print(name, prepare));
        }
        return worst > 50 ? 1 : 0;
    }

    private static double Print(string name, Func<Action<CancellationToken>> prepare)
    {
        var (random, delays) = (new Random(1), new List<double>());
        // What it takes when it is left alone, for at most three seconds, and with code compiled that is not compiled anew each time.
        _ = Delay(prepare(), 400);
        var (run, clock) = (prepare(), Stopwatch.StartNew());
        _ = Delay(run, 3000);
        var takes = clock.Elapsed.TotalMilliseconds;
        for (var i = 0; i < Times; i++)
            if (Delay(prepare(), random.NextDouble() * Math.Min(takes, Latest)) is { } delay) delays.Add(delay);
        delays.Sort();
        if (delays.Count == 0) return 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {delays.Count} | {delays[delays.Count / 2]:0.0} | {delays[(int)(0.95 * (delays.Count - 1))]:0.0} | {delays[^1]:0.0} | {(takes > 2900 ? "more than 3 s" : $"{takes / 1000:0.00} s")} |"));
        return delays[^1];
    }

    /// <summary>Milliseconds from the cancellation, which comes some milliseconds after the start, to the end; null where it ended before.</summary>
    private static double? Delay(Action<CancellationToken> run, double after)
    {
        var cancelled = 0L;
        using var stop = new CancellationTokenSource();
        using var registration = stop.Token.Register(() => Volatile.Write(ref cancelled, Stopwatch.GetTimestamp()));
        stop.CancelAfter(TimeSpan.FromMilliseconds(after));
        try
        {
            run(stop.Token);
        }
        catch (OperationCanceledException)
        {
            // As it should be.
        }
        var ended = Stopwatch.GetTimestamp();
        return Volatile.Read(ref cancelled) is not 0 and var at && at < ended ? Stopwatch.GetElapsedTime(at, ended).TotalMilliseconds : null;
    }
}
