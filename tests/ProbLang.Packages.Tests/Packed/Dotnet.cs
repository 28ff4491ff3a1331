using System.Diagnostics;

namespace ProbLang.Packages.Tests.Packed;

/// <summary>What a process wrote, to either stream, and how it ended.</summary>
internal sealed record Finished(int Code, string Text)
{
    /// <summary>The text of a process that has to have succeeded.</summary>
    public string Succeeded => Code == 0 ? Text : throw new InvalidOperationException($"exit code {Code}\n{Text}");
}

/// <summary>Runs programs as a user would from a folder, without what this process got from the build that started it.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    /// <summary>Runs `dotnet`, leaving no process behind that would serve a next build.</summary>
    public static Finished Run(string folder, params string[] arguments) => RunProgram(folder, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments);

    public static Finished RunProgram(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(inherited);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(s_longest))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end");
        }
        process.WaitForExit();
        return new Finished(process.ExitCode, output.Result + error.Result);
    }
}
