using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ProbLang.Hosts.Tests;

/// <summary>A host example that runs as a process of its own.</summary>
internal sealed class HostProgram : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private event Action? Written;

    private HostProgram(string name, string[] arguments)
    {
        // The tests are built as the examples are: Release or Debug.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(Root(AppContext.BaseDirectory), "examples", "hosts", name.ToLowerInvariant(), "bin", configuration, "net10.0", $"ProbLang.Hosts.{name}.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _ended.TrySetResult();
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything that it has written.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts <c>Console</c>, <c>Web</c> or <c>Worker</c>.</summary>
    public static HostProgram Start(string name, params string[] arguments) => new(name, arguments);

    /// <summary>Waits until it has written something; what it wrote up to then.</summary>
    public async Task<string> WhenWritten(string text, CancellationToken cancellation)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (Output.Contains(text, StringComparison.Ordinal)) seen.TrySetResult();
        }
        Written += Look;
        Look();
        await Task.WhenAny(seen.Task, _ended.Task).WaitAsync(s_patience, cancellation);
        Written -= Look;
        return Output.Contains(text, StringComparison.Ordinal) ? Output : throw new InvalidOperationException($"it ended without having written `{text}`:\n{Output}");
    }

    /// <summary>Waits until it ends by itself; its exit code.</summary>
    public async Task<int> WhenEnded(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation).WaitAsync(s_patience, cancellation);
        return _process.ExitCode;
    }

    /// <summary>Asks it to end, as an operating system does; its exit code.</summary>
    public Task<int> Stop(CancellationToken cancellation)
    {
        if (Kill(_process.Id, Terminate) != 0) throw new InvalidOperationException("the process is gone");
        return WhenEnded(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null) return;
        lock (_output) _output.Append(line).Append('\n');
        Written?.Invoke();
    }

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "ProbLang.sln")) ? folder : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
