using System.Collections.Immutable;

namespace ProbLang;

/// <summary>What is asked of a posterior: distributions of variables one by one, of some of them together, the most probable explanation.</summary>
public sealed record Query
{
    /// <summary>Everything that is reported, one by one.</summary>
    public static Query All { get; } = new();

    /// <summary>The variables and elements to report one by one; where it is empty, all of them, unless something else is asked for.</summary>
    public ImmutableArray<string> Marginals { get; init; } = [];

    /// <summary>The groups of scalars and elements whose joint distributions are wanted.</summary>
    public ImmutableArray<ImmutableArray<string>> Joint { get; init; } = [];

    /// <summary>Whether the most probable explanation is wanted.</summary>
    public bool MostProbable { get; init; }

    /// <summary>Whether only an engine without draws can answer.</summary>
    public bool IsExact => MostProbable || !Joint.IsEmpty;

    /// <summary>Whether anything is to be reported one by one.</summary>
    internal bool HasRows => !Marginals.IsEmpty || !IsExact;

    /// <summary>What the words of a command line ask for: <c>a</c> alone one by one, <c>a,b</c> together. A comma between brackets or quotes belongs to an index.</summary>
    public static Query Of(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var groups = words.Select(Names).ToArray();
        return new Query { Marginals = [.. groups.Where(g => g.Length == 1).Select(g => g[0])], Joint = [.. groups.Where(g => g.Length > 1)] };
    }

    private static ImmutableArray<string> Names(string word)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var (start, depth, isQuoted) = (0, 0, false);
        for (var at = 0; at <= word.Length; at++)
        {
            if (at == word.Length || word[at] == ',' && depth == 0 && !isQuoted)
            {
                names.Add(word[start..at].Trim());
                start = at + 1;
            }
            else if (word[at] == '\\' && isQuoted) at++;
            else if (word[at] == '"') isQuoted = !isQuoted;
            else if (!isQuoted) depth += word[at] switch { '[' => 1, ']' => -1, _ => 0 };
        }
        return names.ToImmutable();
    }
}
