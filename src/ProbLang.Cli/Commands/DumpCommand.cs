using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary><c>dump MODEL [data] --stage S</c>: the text of a stage.</summary>
internal static class DumpCommand
{
    public static Command Create(Terminal terminal)
    {
        var stage = new Option<string>("--stage") { Description = "The stage.", Required = true, HelpName = "syntax|graph|program|infernet" };
        stage.AcceptOnlyFromAmong("syntax", "graph", "program", "infernet");
        var engine = new Option<string?>("--engine") { Description = "Of the stage infernet: the algorithm. Default: the first that is right for the model.", HelpName = "ep|vmp|gibbs" };
        engine.AcceptOnlyFromAmong([.. MessagePassingOptions.Names]);
        var command = new Command("dump", "Prints what a stage of the compiler made of a model.") { stage, engine };
        var inputs = new Inputs(command);
        command.SetAction(parsed => Dump(inputs, parsed, parsed.GetValue(stage)!, parsed.GetValue(engine), terminal));
        return command;
    }

    private static int Dump(Inputs inputs, ParseResult parsed, string stage, string? engine, Terminal terminal)
    {
        if (engine is not null && stage != "infernet") throw new UsageException($"--engine says which algorithm the stage infernet is for; the stage {stage} has none");
        var text = stage switch
        {
            "syntax" => inputs.Compile(parsed, terminal)?.PrintSyntax(),
            "graph" => inputs.Compile(parsed, terminal)?.PrintGraph(),
            "infernet" => inputs.Condition(parsed, terminal)?.PrintFactorGraph(engine is null ? null : MessagePassingOptions.Named(engine).Algorithm),
            _ => inputs.Condition(parsed, terminal)?.PrintProgram(),
        };
        if (text is null) return ExitCode.Mistake;
        terminal.Out.Write(text);
        return ExitCode.Done;
    }
}
