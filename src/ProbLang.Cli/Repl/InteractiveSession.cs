namespace ProbLang.Cli.Repl;

/// <summary>A session at a terminal.</summary>
internal static class InteractiveSession
{
    public static int Run(Conversation conversation, Terminal terminal)
    {
        terminal.Out.WriteLine(WordBreaks.Broken($"ProbLang {ProductVersion.Text}. :help says what can be done here, :quit or Ctrl-D ends it.", terminal.Width));
        terminal.Out.Flush();
        using var console = Open();
        var entries = Entries(console, conversation, terminal);
        while (entries.Read() is { } entry && Take(entry, conversation, console, terminal))
            if (conversation.IsMistaken && entries.Skip() is > 0 and var left) terminal.Error.WriteLine($"what was pasted behind it is left out: {left} {(left == 1 ? "entry" : "entries")}");
        return ExitCode.Done;
    }

    /// <summary>The terminal, where it can do more than to take lines and to show them.</summary>
    private static IConsole? Open() =>
        OperatingSystem.IsWindows() ? new WindowsConsole() : Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb" ? null : UnixConsole.Open();

    private static IEntryReader Entries(IConsole? console, Conversation conversation, Terminal terminal)
    {
        if (console is null) return new PipedEntries(terminal.In, continues => Prompt(continues, terminal.Out));
        var history = new History(HistoryFile.OfEnvironment());
        if (history.Failure is { } failure) terminal.Error.WriteLine(WordBreaks.Broken($"problang: entries are not kept for another session: {failure}", terminal.Width));
        return new LineEditor(console, EntryLanguage.Of(conversation), history, Palette.OfEnvironment());
    }

    private static void Prompt(bool continues, TextWriter output)
    {
        output.Write(continues ? EntryText.Continuation : EntryText.Prompt);
        output.Flush();
    }

    /// <summary>Answers an entry. Whatever goes wrong, the session and what was entered into it are not lost.</summary>
    private static bool Take(string entry, Conversation conversation, IConsole? console, Terminal terminal)
    {
        using var interruption = new Interruption(terminal.Error, () => console?.Mode = TerminalMode.Original);
        try
        {
            return conversation.Take(entry, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            terminal.Error.WriteLine("interrupted");
        }
        catch (Exception mistake) when (mistake is UsageException or IOException or UnauthorizedAccessException or InsufficientMemoryException)
        {
            terminal.Error.WriteLine(mistake.Message);
        }
#pragma warning disable CA1031 // Whatever else is thrown is a bug, and the user is asked to report it.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            BugReport.Write(terminal.Error, bug, ["repl"]);
        }
        finally
        {
            terminal.Out.Flush();
        }
        return true;
    }
}
