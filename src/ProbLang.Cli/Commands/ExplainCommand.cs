using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary><c>explain MODEL [data]</c>: what the model is, and what would be done with it.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("explain", "Says what a model is: its variables with their roles, its class and why, and the engine that would run.");
        var inputs = new Inputs(command);
        command.SetAction(parsed => Explain(inputs, parsed, terminal));
        return command;
    }

    private static int Explain(Inputs inputs, ParseResult parsed, Terminal terminal)
    {
        if (inputs.Compile(parsed, terminal) is not { } model) return ExitCode.Mistake;
        var text = inputs.HasData(parsed) ? ExplainWith(inputs.ReadData(parsed), model, terminal) : model.Explain();
        if (text is null) return ExitCode.Mistake;
        terminal.Out.Write(text);
        return ExitCode.Done;
    }

    private static string? ExplainWith(Data data, Model model, Terminal terminal)
    {
        model.TryExplain(data, out var text, out var diagnostics, MessagePassingOptions.All);
        Inputs.Write(diagnostics, terminal);
        return text;
    }
}
