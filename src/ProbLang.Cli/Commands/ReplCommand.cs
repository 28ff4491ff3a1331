using System.CommandLine;
using ProbLang.Cli.Repl;

namespace ProbLang.Cli.Commands;

/// <summary><c>repl [MODEL] [data]</c>: a session of entries, typed on a terminal or piped in.</summary>
internal static class ReplCommand
{
    public static Command Create(Terminal terminal)
    {
        var seed = new Option<ulong?>("--seed") { Description = "The seed of draws and chains; the same one gives the same answers.", HelpName = "N" };
        var inputs = new Inputs(new Command("repl", "A session: statements grow a model, expressions and queries are answered at once. Reads entries from a terminal, or piped in.") { seed }, modelIsOptional: true);
        inputs.Command.SetAction(parsed => Run(Session(parsed, inputs, parsed.GetValue(seed), terminal), terminal));
        return inputs.Command;
    }

    private static Conversation? Session(ParseResult parsed, Inputs inputs, ulong? seed, Terminal terminal)
    {
        var conversation = new Conversation(terminal.Out, terminal.Error)
        {
            IsInteractive = terminal.IsInteractive && terminal.HasKeyboard,
            Width = () => terminal.Width,
            Silenced = inputs.Silenced(parsed),
            Seed = seed,
        };
        return conversation.Start(inputs.OptionalModelPath(parsed), inputs.DataPaths(parsed), inputs.Givens(parsed)) ? conversation : null;
    }

    private static int Run(Conversation? conversation, Terminal terminal)
    {
        if (conversation is null) return ExitCode.Mistake;
        terminal.Out.Flush();
        return terminal.HasKeyboard ? InteractiveSession.Run(conversation, terminal) : PipedSession.Run(conversation, terminal);
    }
}
