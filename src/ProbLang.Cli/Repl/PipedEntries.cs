using System.Text;

namespace ProbLang.Cli.Repl;

/// <summary>Entries from lines without an editor: an entry goes on while it is unfinished, to the end of the input at most.</summary>
/// <param name="lines">Where the lines come from.</param>
/// <param name="prompt">Told before each line whether it continues an entry.</param>
internal sealed class PipedEntries(TextReader lines, Action<bool>? prompt = null) : IEntryReader
{
    private string? _next;

    public string? Read()
    {
        var entry = new StringBuilder();
        while (Next(entry.Length > 0) is { } line)
        {
            // Nobody is there to see that an entry has not ended: a command ends it.
            if (entry.Length > 0 && prompt is null && line.StartsWith(':'))
            {
                _next = line;
                break;
            }
            entry.Append(entry.Length > 0 ? "\n" : "").Append(line);
            if (entry.Length == 0 || !Conversation.IsUnfinished(entry.ToString())) return entry.ToString();
        }
        return entry.Length > 0 ? entry.ToString() : null;
    }

    /// <summary>Lines come one by one, and nobody looks at what becomes of them.</summary>
    public int Skip() => 0;

    private string? Next(bool continues)
    {
        if (_next is { } kept)
        {
            _next = null;
            return kept;
        }
        prompt?.Invoke(continues);
        return lines.ReadLine();
    }
}
