using System.Diagnostics;
using System.Text;

namespace ProbLang.Bench.Hosts;

/// <summary>
/// Requests at fixed times, whether or not those before are answered: a latency counts from when the request was due. A few connections are kept alive; each has a thread and every so manieth request, and none waits in a pipeline.
/// </summary>
internal sealed class OpenLoop(int port, int perSecond, TimeSpan duration)
{
    private const int Connections = 8;

    private readonly int _count = (int)(perSecond * duration.TotalSeconds);
    private readonly double[] _latencies = new double[(int)(perSecond * duration.TotalSeconds)];
    private int _done;
    private int _errors;

    public int Done => _done;

    public int Errors => _errors;

    /// <summary>Sends all; tells from time to time how long it has been going on.</summary>
    public void Run(Action<TimeSpan> progress)
    {
        Array.Fill(_latencies, double.PositiveInfinity);
        var start = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 20;
        var threads = Enumerable.Range(0, Connections).Select(c => new Thread(() => Send(c, start))).ToArray();
        foreach (var thread in threads) thread.Start();
        while (threads.Any(t => t.IsAlive))
        {
            Thread.Sleep(50);
            progress(Stopwatch.GetElapsedTime(start));
        }
        Array.Sort(_latencies);
    }

    /// <summary>In milliseconds.</summary>
    public double Percentile(double share) => _latencies[Math.Min(_count - 1, (int)(share * _count))];

    private void Send(int connection, long start)
    {
        using var client = new HttpSocket(port);
        for (var request = connection; request < _count; request += Connections)
        {
            var due = start + (long)(request * (Stopwatch.Frequency / (double)perSecond));
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (wait > TimeSpan.Zero) Thread.Sleep(wait);
            try
            {
                var answer = client.Post("/score", Row(request));
                if (answer.Status == 200 && answer.Body.Contains("logDensity", StringComparison.Ordinal)) Interlocked.Increment(ref _done);
                else Interlocked.Increment(ref _errors);
            }
            catch (IOException)
            {
                Interlocked.Increment(ref _errors);
            }
            _latencies[request] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
        }
    }

    private static readonly string[] s_plans = ["basic", "family", "business", "student"];

    private static byte[] Row(int request) =>
        Encoding.UTF8.GetBytes($$"""{ "plan": "{{s_plans[request % 4]}}", "months": {{1 + request % 60}}, "calls": {{request % 7}}, "leaves": {{(request % 3 == 0 ? "true" : "false")}} }""");
}
