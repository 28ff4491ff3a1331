using System.Collections.Immutable;
using ProbLang.Syntax;

namespace ProbLang;

/// <summary>What kind of thing a statement says something of, as far as a later statement may replace it.</summary>
internal enum TargetKind
{
    Variable,

    /// <summary>A function or a net, which stand before parentheses.</summary>
    Function,

    /// <summary>A value or a condition that is given.</summary>
    Given,

    Import,

    Guide,
}

/// <summary>What a statement defines: a whole variable, or elements of one.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name; of what is given or imported, what is written there.</param>
/// <param name="Region">The elements, a range for each index; null for all.</param>
/// <param name="Innermost">The statement that defines it, within loops and branches.</param>
internal sealed record StatementTarget(TargetKind Kind, string Name, ImmutableArray<IndexBounds>? Region, Statement Innermost)
{
    /// <summary>
    /// Whether a newer statement stands in the place of this one: it defines the same, or elements of which some may be the same. Elements that are
    /// other ones whatever the data are, such as `x[1]` and `x[t]` for `t in 2..T`, belong together.
    /// </summary>
    public bool IsReplacedBy(StatementTarget newer)
    {
        if (Kind != newer.Kind || Name != newer.Name) return false;
        if (Region is not { } mine || newer.Region is not { } others) return true;
        for (var d = 0; d < Math.Min(mine.Length, others.Length); d++)
            if (mine[d].IsApartFrom(others[d])) return false;
        return true;
    }
}

/// <summary>An end of a range of indices: something known only with the data, plus a number.</summary>
/// <param name="Unknown">What is written there; null where it is the number alone.</param>
/// <param name="Offset">The number.</param>
internal readonly record struct IndexEnd(string? Unknown, double Offset)
{
    public static IndexEnd operator +(IndexEnd end, double offset) => end with { Offset = end.Offset + offset };

    /// <summary>Whether it is below another end for certain.</summary>
    public bool IsBelow(IndexEnd other) => Unknown == other.Unknown && Offset < other.Offset;
}

/// <summary>The values that an index runs through, both ends included; an end that nothing tells is null.</summary>
internal readonly record struct IndexBounds(IndexEnd? Lower, IndexEnd? Upper)
{
    public bool IsApartFrom(IndexBounds other) => IsBelow(Upper, other.Lower) || IsBelow(other.Upper, Lower);

    private static bool IsBelow(IndexEnd? upper, IndexEnd? lower) => upper is { } a && lower is { } b && a.IsBelow(b);
}
