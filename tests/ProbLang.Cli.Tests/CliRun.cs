namespace ProbLang.Cli.Tests;

/// <summary>What a command wrote and how it ended.</summary>
internal sealed record CliRun(int Code, string Out, string Error)
{
    /// <summary>Runs a command in this process, as the program would.</summary>
    public static CliRun Of(params string[] arguments) => Of(_ => { }, arguments);

    public static CliRun Of(Action<Terminal> prepare, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(output, error, isInteractive: false);
        prepare(terminal);
        var code = CommandLine.Run(arguments, terminal);
        return new CliRun(code, output.ToString(), error.ToString());
    }
}
