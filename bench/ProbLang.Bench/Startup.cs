using System.Diagnostics;
using System.Globalization;

namespace ProbLang.Bench;

/// <summary>The published command on eight schools, 4 chains of 1000 + 1000, from the start of its process to its end.</summary>
internal static class Startup
{
    private const int Runs = 15;

    /// <summary>Measures the command in a folder that <c>dotnet publish</c> made; returns an exit code.</summary>
    public static int Measure(string folder)
    {
        var command = Path.Combine(folder, OperatingSystem.IsWindows() ? "problang.exe" : "problang");
        var model = Example("eight_schools.gm");
        string[] arguments = ["infer", model, "--data", Path.ChangeExtension(model, ".json"), "--seed", "1", "--chains", "4", "--warmup", "1000", "--draws", "1000"];
        // The first run reads the files from the disk.
        Run(command, arguments);
        var milliseconds = new double[Runs];
        for (var run = 0; run < Runs; run++) milliseconds[run] = Run(command, arguments).TotalMilliseconds;
        Array.Sort(milliseconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"eight schools, {Runs} runs: min {milliseconds[0]:F0} ms, median {milliseconds[Runs / 2]:F0} ms, max {milliseconds[^1]:F0} ms on {Environment.ProcessorCount} processors"));
        if (File.Exists("/proc/loadavg")) Console.WriteLine($"load average {File.ReadAllText("/proc/loadavg").Trim()}");
        return 0;
    }

    private static TimeSpan Run(string command, string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var remarks = process.StandardError.ReadToEndAsync();
        var table = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var elapsed = Stopwatch.GetElapsedTime(start);
        if (process.ExitCode != 0 || !table.Contains("theta[8]", StringComparison.Ordinal)) throw new InvalidOperationException($"exit code {process.ExitCode}\n{table}{remarks.Result}");
        return elapsed;
    }

    private static string Example(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "examples", "eight_schools", name);
            if (File.Exists(path)) return path;
        }
        throw new FileNotFoundException("the example is looked for above the benchmarks", name);
    }
}
