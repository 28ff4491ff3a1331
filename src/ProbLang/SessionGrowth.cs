using System.Collections.Immutable;

namespace ProbLang;

/// <summary>The statements of a session with those of a new text.</summary>
/// <param name="Statements">All of them.</param>
/// <param name="Replaced">The older ones that the new ones stand in the place of, in whole or in part.</param>
internal sealed record SessionGrowth(ImmutableArray<SessionStatement> Statements, ImmutableArray<SessionStatement> Replaced)
{
    /// <summary>A new statement stands where the first older one stood that it replaces, else at the end.</summary>
    public static SessionGrowth Of(ImmutableArray<SessionStatement> older, ImmutableArray<SessionStatement> newer)
    {
        var statements = new List<SessionStatement>();
        var replaced = ImmutableArray.CreateBuilder<SessionStatement>();
        var open = newer.ToList();
        var targets = newer.SelectMany(s => s.Targets).ToArray();
        foreach (var statement in older)
        {
            var left = statement.Without(targets);
            if (left is not null) statements.Add(left);
            if (left == statement) continue;
            replaced.Add(statement);
            foreach (var its in open.Where(s => s.Targets.Any(n => statement.Targets.Any(o => o.IsReplacedBy(n)))).ToArray())
            {
                statements.Add(its);
                open.Remove(its);
            }
        }
        return new SessionGrowth([.. statements, .. open], replaced.ToImmutable());
    }
}

/// <summary>The documentation of a whole model, at its top.</summary>
internal static class SessionHeader
{
    /// <summary>Where it ends, with the blank line behind it.</summary>
    public static int EndOf(string text)
    {
        var at = text.IndexOf("///", StringComparison.Ordinal);
        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0) return text.Length;
            if (text.AsSpan(at..end).IsWhiteSpace()) return end + 1;
            at = end + 1;
        }
        return at;
    }
}
