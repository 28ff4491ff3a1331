using System.Collections.Immutable;
using ProbLang.Editing;

namespace ProbLang.Cli.Repl;

/// <content>The ways to go on in an entry.</content>
internal sealed partial class Conversation
{
    /// <summary>Commands and their arguments, else the model's text.</summary>
    public CompletionList Complete(string entry, int offset)
    {
        if (!IsCommand(entry)) return EditedText.Complete(entry, offset, Model);
        var start = entry.IndexOf(':', StringComparison.Ordinal);
        var end = entry.AsSpan(start).IndexOfAny(' ', '\t') is >= 0 and var blank ? start + blank : entry.Length;
        if (offset <= end) return Commands(entry, start, offset);
        var name = entry[(start + 1)..end];
        var command = SessionCommand.All.FirstOrDefault(c => c.Name == name || c.Aliases.Contains(name))
            ?? (SessionCommand.All.Where(c => c.Name.StartsWith(name, StringComparison.Ordinal)).ToArray() is [var one] ? one : null);
        return command?.Kind switch
        {
            ArgumentKind.File => Files(entry, end, offset, command.Name is "load" or "save" or "save!" ? [".gm"] : command.Name == "data" ? [".json", ".csv", ".tsv"] : []),
            ArgumentKind.Name => Word(entry, offset, Named(Session.Statements.SelectMany(s => s.Names))),
            ArgumentKind.Assignment => Assigned(entry, end, offset),
            ArgumentKind.Given => Word(entry, offset, Named(State.Givens.Select(g => g.Name))),
            ArgumentKind.Inference => Inference(entry, end, offset),
            ArgumentKind.Command => Word(entry, offset, LanguageReference.Names.Select(n => new CompletionItem(n, CompletionKind.Function, "")).Concat(SessionCommand.All.Select(c => new CompletionItem(c.Name, CompletionKind.Command, c.Summary)))),
            ArgumentKind.Expression => Expression(entry, end, offset),
            _ => new CompletionList(offset, 0, [], null),
        };
    }

    private static CompletionList Commands(string entry, int start, int offset)
    {
        var typed = offset > start ? entry[(start + 1)..offset] : "";
        return new CompletionList(start, offset - start, [.. SessionCommand.All.Where(c => c.Name.StartsWith(typed, StringComparison.Ordinal)).Select(c => new CompletionItem(":" + c.Name, CompletionKind.Command, $"{c.Arguments} {c.Summary}".Trim()))], null);
    }

    private static CompletionList Word(string entry, int offset, IEnumerable<CompletionItem> items)
    {
        var start = WordStart(entry, offset);
        return new CompletionList(start, offset - start, [.. Begun(items, entry[start..offset])], null);
    }

    private static int WordStart(string entry, int offset)
    {
        while (offset > 0 && (char.IsLetterOrDigit(entry[offset - 1]) || entry[offset - 1] == '_')) offset--;
        return offset;
    }

    /// <summary>Folders, and files of the kinds that the command reads.</summary>
    private static CompletionList Files(string entry, int end, int offset, string[] extensions)
    {
        var from = end;
        while (from < offset && entry[from] is ' ' or '\t') from++;
        var typed = entry[from..offset];
        var slash = typed.LastIndexOf('/') + 1;
        var folder = FilePath(typed[..slash]);
        try
        {
            var items = new DirectoryInfo(folder.Length == 0 ? "." : folder).EnumerateFileSystemInfos()
                .Where(f => f.Name.StartsWith(typed[slash..], StringComparison.Ordinal) && (slash < typed.Length || !f.Name.StartsWith('.')))
                .Where(f => f is DirectoryInfo || extensions.Length == 0 || extensions.Contains(f.Extension, StringComparer.OrdinalIgnoreCase))
                .OrderBy(f => f is DirectoryInfo).ThenBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => new CompletionItem(f is DirectoryInfo ? f.Name + "/" : f.Name, CompletionKind.File, ""));
            return new CompletionList(from + slash, offset - from - slash, [.. items], null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new CompletionList(offset, 0, ImmutableArray<CompletionItem>.Empty, null);
        }
    }

    private static CompletionList Shifted(CompletionList list, int by) => list with { Start = list.Start + by };
}
