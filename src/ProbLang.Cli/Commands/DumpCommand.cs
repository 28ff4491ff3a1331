using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary><c>dump MODEL [data] --stage S</c>: the text of a stage.</summary>
internal static class DumpCommand
{
    public static Command Create(Terminal terminal)
    {
        var stage = new Option<string>("--stage") { Description = "The stage.", Required = true, HelpName = "syntax|graph|program" };
        stage.AcceptOnlyFromAmong("syntax", "graph", "program");
        var command = new Command("dump", "Prints what a stage of the compiler made of a model.") { stage };
        var inputs = new Inputs(command);
        command.SetAction(parsed => Dump(inputs, parsed, parsed.GetValue(stage)!, terminal));
        return command;
    }

    private static int Dump(Inputs inputs, ParseResult parsed, string stage, Terminal terminal)
    {
        var text = stage switch
        {
            "syntax" => inputs.Compile(parsed, terminal)?.PrintSyntax(),
            "graph" => inputs.Compile(parsed, terminal)?.PrintGraph(),
            _ => inputs.Condition(parsed, terminal)?.PrintProgram(),
        };
        if (text is null) return ExitCode.Mistake;
        terminal.Out.Write(text);
        return ExitCode.Done;
    }
}
