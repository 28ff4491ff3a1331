using System.CommandLine;
using ProbLang.Cli.Repl;

namespace ProbLang.Cli.Commands;

/// <summary><c>repl [MODEL] [data]</c>: a session of entries, typed on a terminal or piped in.</summary>
internal static class ReplCommand
{
    public static Command Create(Terminal terminal)
    {
        var seed = new Option<ulong?>("--seed") { Description = "The seed of draws and chains; the same one gives the same answers.", HelpName = "N" };
        var ascii = new Option<bool>("--ascii") { Description = "Draws with the characters of ASCII only. Default where the environment names an encoding that is not UTF-8." };
        var inputs = new Inputs(new Command("repl", "A session: statements grow a model, expressions and queries are answered at once. Reads entries from a terminal, or piped in.") { seed, ascii }, modelIsOptional: true);
        inputs.Command.SetAction(parsed => Run(Session(parsed, inputs, parsed.GetValue(seed), parsed.GetValue(ascii) || Locale.IsOtherThanUtf8(Environment.GetEnvironmentVariable), terminal), terminal));
        return inputs.Command;
    }

    private static Conversation? Session(ParseResult parsed, Inputs inputs, ulong? seed, bool isAscii, Terminal terminal)
    {
        var conversation = new Conversation(isAscii ? new AsciiWriter(terminal.Out) : terminal.Out, isAscii ? new AsciiWriter(terminal.Error) : terminal.Error)
        {
            IsAscii = isAscii,
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
