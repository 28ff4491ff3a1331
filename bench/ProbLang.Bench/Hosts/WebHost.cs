using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ProbLang.Bench.Hosts;

/// <summary>The web host example in a process of its own, on a free port.</summary>
internal sealed class WebHost : IDisposable
{
    private const string Listening = "Now listening on: http://127.0.0.1:";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private WebHost(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Starts it, and waits until it has loaded a posterior.</summary>
    public static WebHost Start(string posterior)
    {
        var program = Path.Combine(Path.GetDirectoryName(Example("churn/churn.gm"))!, "..", "hosts", "web", "bin", "Release", "net10.0", "ProbLang.Hosts.Web.dll");
        if (!File.Exists(program)) throw new FileNotFoundException("build the web host example first (bench/README.md)", program);
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--Posterior", posterior]) { RedirectStandardOutput = true })!;
        var port = 0;
        while (port == 0)
        {
            var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the host ended");
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at) port = int.Parse(line.AsSpan(at + Listening.Length), CultureInfo.InvariantCulture);
        }
        // What it goes on to write has to go somewhere.
        new Thread(() => process.StandardOutput.ReadToEnd()) { IsBackground = true }.Start();
        var host = new WebHost(process, port);
        while (!host.Health().Contains("\"ready\"", StringComparison.Ordinal)) Thread.Sleep(50);
        return host;
    }

    /// <summary>In bytes.</summary>
    public long WorkingSet()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>Asks for an inference, goes away while it runs, and measures in milliseconds how long it is until nothing runs.</summary>
    public double Abandon(bool isReset)
    {
        using var watcher = new HttpSocket(Port);
        using var client = new HttpSocket(Port);
        // One at a time: the place of the one before is free a moment after it has stopped.
        Thread.Sleep(100);
        client.Send("POST", "/infer?draws=20000", Table());
        var sent = Stopwatch.GetTimestamp();
        while (!IsInferring())
            if (Stopwatch.GetElapsedTime(sent) > s_patience) throw new InvalidOperationException("no inference runs that could be abandoned");
        // It takes most of a second, and is then in the midst of sampling.
        Thread.Sleep(200);
        if (!IsInferring()) throw new InvalidOperationException("the inference was over before it could be abandoned");
        var start = Stopwatch.GetTimestamp();
        client.Leave(isReset);
        while (IsInferring()) Thread.Sleep(1);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        bool IsInferring() => watcher.Get("/health").Body.Contains("\"inferencesRunning\":1", StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    public static string Example(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "examples", name);
            if (File.Exists(path)) return path;
        }
        throw new FileNotFoundException("the example is looked for above the benchmarks", name);
    }

    private string Health()
    {
        using var socket = new HttpSocket(Port);
        return socket.Get("/health").Body;
    }

    /// <summary>The customers of the example, as the columns of a table in JSON.</summary>
    private static byte[] Table()
    {
        var rows = File.ReadLines(Example("churn/churn.csv")).Skip(1).Select(l => l.Split(',')).ToArray();
        string Column(int c, string quote) => string.Join(",", rows.Select(r => $"{quote}{r[c]}{quote}"));
        return Encoding.UTF8.GetBytes($$"""{"plan":[{{Column(0, "\"")}}],"months":[{{Column(1, "")}}],"calls":[{{Column(2, "")}}],"leaves":[{{Column(3, "")}}]}""");
    }
}
