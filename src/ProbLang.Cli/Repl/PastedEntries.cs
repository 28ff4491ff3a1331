using System.Collections.Immutable;

namespace ProbLang.Cli.Repl;

/// <summary>The entries that a text of several lines is.</summary>
internal static class PastedEntries
{
    /// <summary>Commands and questions are entries each. Statements next to each other are one, in which their order does not matter.</summary>
    public static ImmutableArray<string> Of(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal) || ModelFormatter.Format(text).Text is not null) return [text];
        var entries = ImmutableArray.CreateBuilder<string>();
        var (comments, isOpen) = ("", false);
        for (var parts = new PipedEntries(new StringReader(text)); parts.Read() is { } part;)
        {
            if (Conversation.IsBlank(part))
            {
                comments += part + "\n";
                continue;
            }
            var states = !Conversation.IsCommand(part) && (!Session.IsQuestion(part) || isOpen && GoesOn(entries[^1], part));
            // A comment belongs to the statement behind it.
            if (states) part = comments + part;
            if (states && isOpen) entries[^1] += "\n" + part;
            else entries.Add(part);
            (comments, isOpen) = ("", states);
        }
        return entries.Count == 0 ? [text] : entries.ToImmutable();
    }

    /// <summary>Whether a line that could be asked goes on with the statement before it: `else`, or a sign between two operands.</summary>
    private static bool GoesOn(string statements, string line) => ModelFormatter.Format($"{statements}\n{line}").Text is not null;
}
