using System.Text;

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

    /// <summary>Runs <c>problang repl</c> on what is piped into it.</summary>
    public static CliRun Piped(string input, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(output, error, isInteractive: false, new StringReader(input));
        var code = CommandLine.Run(["repl", .. arguments], terminal);
        return new CliRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command before someone who presses Ctrl-C when the progress shows what they wait for: a clock would depend on the machine.</summary>
    public static CliRun InterruptedWhen(Func<string, bool> isTime, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new Watched { NewLine = "\n" };
        using var terminal = new Terminal(output, error, isInteractive: true);
        error.Written = text => { if (isTime(text)) terminal.Interrupt(); };
        var code = CommandLine.Run(arguments, terminal);
        return new CliRun(code, output.ToString(), error.ToString());
    }

    private sealed class Watched : StringWriter
    {
        public Action<string> Written { get; set; } = _ => { };

        public override void Write(StringBuilder? value)
        {
            base.Write(value);
            Written(value?.ToString() ?? "");
        }

        public override void Write(string? value)
        {
            base.Write(value);
            Written(value ?? "");
        }
    }
}
