using System.Diagnostics;
using System.Globalization;

namespace ProbLang.Bench;

/// <summary>The published command from the start of its process to its end: the help, a check of a small model, eight schools with 4 chains of 1000 + 1000.</summary>
internal static class Startup
{
    private const int Runs = 25;

    /// <summary>A call of the command.</summary>
    /// <param name="Name">What the table calls it.</param>
    /// <param name="Arguments">The arguments.</param>
    /// <param name="Shows">What its output has when it has done what it should.</param>
    /// <param name="Within">The milliseconds that it is to take at the median on a quiet machine; null where there is no limit.</param>
    private sealed record Call(string Name, string[] Arguments, string Shows, int? Within);

    /// <summary>Measures the command in a folder that <c>dotnet publish</c> made; returns an exit code.</summary>
    public static int Measure(string folder)
    {
        var command = Path.Combine(folder, OperatingSystem.IsWindows() ? "problang.exe" : "problang");
        if (!File.Exists(command))
        {
            Console.Error.WriteLine($"{command} is not there: publish the command first (bench/README.md)");
            return 1;
        }
        var calls = Calls();
        // The first runs read the files from the disk. Then calls alternate, so that what else the machine does meets all of them.
        foreach (var call in calls) Run(command, call);
        var milliseconds = calls.Select(_ => new double[Runs]).ToArray();
        for (var run = 0; run < Runs; run++)
            for (var c = 0; c < calls.Length; c++) milliseconds[c][run] = Run(command, calls[c]).TotalMilliseconds;
        for (var c = 0; c < calls.Length; c++) Print(calls[c], milliseconds[c]);
        if (File.Exists("/proc/loadavg")) Console.WriteLine($"load average {File.ReadAllText("/proc/loadavg").Trim()}, {Environment.ProcessorCount} processors");
        return 0;
    }

    private static Call[] Calls()
    {
        var schools = Example("eight_schools.gm");
        return
        [
            new("--help", ["--help"], "infer", Within: 100),
            new("check of a small model", ["check", schools], "", Within: 150),
            new("eight schools", ["infer", schools, "--data", Path.ChangeExtension(schools, ".json"), "--seed", "1", "--chains", "4", "--warmup", "1000", "--draws", "1000"], "theta[8]", Within: null),
        ];
    }

    private static void Print(Call call, double[] milliseconds)
    {
        Array.Sort(milliseconds);
        var limit = call.Within is { } within ? string.Create(CultureInfo.InvariantCulture, $" (at most {within} ms at the median)") : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{call.Name}, {Runs} runs: min {milliseconds[0]:F0} ms, median {milliseconds[Runs / 2]:F0} ms, max {milliseconds[^1]:F0} ms{limit}"));
    }

    private static TimeSpan Run(string command, Call call)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(command, call.Arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var remarks = process.StandardError.ReadToEndAsync();
        var table = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var elapsed = Stopwatch.GetElapsedTime(start);
        if (process.ExitCode != 0 || !table.Contains(call.Shows, StringComparison.Ordinal)) throw new InvalidOperationException($"exit code {process.ExitCode}\n{table}{remarks.Result}");
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
