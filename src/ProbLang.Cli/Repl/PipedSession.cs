namespace ProbLang.Cli.Repl;

/// <summary>A session whose entries are piped in: it goes on after a mistake, and its exit code tells of it.</summary>
internal static class PipedSession
{
    public static int Run(Conversation conversation, Terminal terminal)
    {
        var entries = new PipedEntries(terminal.In);
        terminal.CatchInterrupt();
        try
        {
            while (entries.Read() is { } entry && conversation.Take(entry, terminal.Interrupted)) terminal.Out.Flush();
        }
        catch (OperationCanceledException)
        {
            terminal.Out.Flush();
            terminal.Error.WriteLine("interrupted");
        }
        return terminal.Interrupted.IsCancellationRequested ? ExitCode.Interrupted : conversation.HasFailed ? ExitCode.Mistake : ExitCode.Done;
    }
}
