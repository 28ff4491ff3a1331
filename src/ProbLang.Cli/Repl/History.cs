using System.Collections.Immutable;

namespace ProbLang.Cli.Repl;

/// <summary>The entries of this session and, from a file, of those before it; each once, where it was entered last.</summary>
/// <param name="file">Where they are kept; null for nowhere.</param>
internal sealed class History(HistoryFile? file)
{
    /// <summary>An entry that is longer is pasted data, which nobody looks for.</summary>
    private const int LongestEntry = 100_000;

    /// <summary>The latest at the end.</summary>
    public ImmutableArray<string> Entries { get; private set; } = Distinct(file?.Read() ?? []);

    /// <summary>Why entries are not kept; null where they are.</summary>
    public string? Failure => file?.Failure;

    public void Add(string entry)
    {
        if (string.IsNullOrWhiteSpace(entry) || entry.Length > LongestEntry || (Entries.Length > 0 && Entries[^1] == entry)) return;
        Entries = Distinct(Entries.Add(entry));
        file?.Append(entry);
    }

    /// <summary>Each of the entries once, in the order of their last occurrences, and no more than are kept.</summary>
    internal static ImmutableArray<string> Distinct(IReadOnlyList<string> entries)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. entries.Reverse().Where(seen.Add).Take(HistoryFile.MostEntries).Reverse()];
    }
}
