using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ProbLang.Limits;

namespace ProbLang.Bench.Cancelling;

/// <summary>How long the threads of a computation work without looking whether it is cancelled, in processor time, and where they look after that.</summary>
internal static partial class Gaps
{
    private const double Long = 5;
    private const int Shown = 6;
    private const int ThreadTime = 3;

    [ThreadStatic]
    private static double t_last;

    [ThreadStatic]
    private static TimeSpan t_collected;

    public static void Print(string name, Func<Action<CancellationToken>> prepare, Func<Action<CancellationToken>, double, double?> run)
    {
        var found = new Dictionary<string, (int Count, double Longest, double Collecting)>();
        var (warm, cold) = (prepare(), prepare());
        _ = run(warm, 400);
        Budget.Run<object?>(ResourceLimits.None, default, budget =>
        {
            (t_last, t_collected) = (Now(), GC.GetTotalPauseDuration());
            budget.Looked = () => Note(found);
            _ = run(cold, 4000);
            Note(found);
            return null;
        }, default);
        Console.WriteLine(name);
        foreach (var (place, (count, longest, collecting)) in found.OrderByDescending(f => f.Value.Longest).Take(Shown))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {longest,6:0.0} ms, of which the collector stopped it for {collecting:0.0}, {count,4} times above {Long}: {place}"));
    }

    private static void Note(Dictionary<string, (int Count, double Longest, double Collecting)> found)
    {
        // The first look of a thread ends nothing.
        if (t_last != 0 && Now() - t_last is > Long and var gap)
        {
            var place = Place();
            lock (found)
            {
                var (count, longest, collecting) = found.GetValueOrDefault(place);
                if (gap > longest) (longest, collecting) = (gap, (GC.GetTotalPauseDuration() - t_collected).TotalMilliseconds);
                found[place] = (count + 1, longest, collecting);
            }
        }
        (t_last, t_collected) = (Now(), GC.GetTotalPauseDuration());
    }

    private static string Place() => string.Join(" < ", new StackTrace(2, true).GetFrames().Select(f => (Method: f.GetMethod(), Line: f.GetFileLineNumber()))
        .Where(f => f.Method?.DeclaringType?.Namespace != typeof(Budget).Namespace && f.Method?.DeclaringType != typeof(Gaps)).Take(8).Select(f => $"{f.Method?.DeclaringType?.Name}.{f.Method?.Name}:{f.Line}"));

    /// <summary>Milliseconds that this thread has worked; where that is not to be known, of the clock.</summary>
    private static double Now() => OperatingSystem.IsLinux() && Read(ThreadTime, out var time) == 0 ? 1e3 * time.Seconds + 1e-6 * time.Nanoseconds : 1e3 * Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out Time time);
}
