namespace ProbLang.Cli;

/// <summary>What the process says to its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The model or the data is at fault.</summary>
    public const int Mistake = 1;

    /// <summary>The command line is at fault: a malformed option, a file that is not there.</summary>
    public const int Usage = 2;

    /// <summary>Done, but the diagnostics say not to trust it, and <c>--strict</c> was asked for.</summary>
    public const int Untrusted = 3;

    public const int Bug = 70;

    public const int Interrupted = 130;
}
