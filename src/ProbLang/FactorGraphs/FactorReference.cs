using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>An element of a variable; with fewer indices than it has ranges, the array of all that are left.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Indices">An index for each of its outermost ranges.</param>
public sealed record FactorReference(FactorVariable Variable, ImmutableArray<FactorIndex> Indices)
{
    /// <summary>The whole of a variable.</summary>
    public FactorReference(FactorVariable variable) : this(variable, [])
    {
    }

    /// <inheritdoc/>
    public override string ToString() => Variable.Name + string.Concat(Indices.Select(i => $"[{i}]"));
}

/// <summary>One index of a <see cref="FactorReference"/>.</summary>
public abstract record FactorIndex
{
    private protected FactorIndex()
    {
    }
}

/// <summary>The index of a plate around the statement.</summary>
/// <param name="Range">What the plate runs over.</param>
public sealed record RangeIndex(FactorRange Range) : FactorIndex
{
    /// <inheritdoc/>
    public override string ToString() => Range.Name;
}

/// <summary>The value of an integer: a known one, or an unknown one by which a <see cref="GateKind.Switch"/> around the statement goes.</summary>
/// <param name="Value">The integer, counted from 0.</param>
public sealed record ValueIndex(FactorReference Value) : FactorIndex
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Always the same element.</summary>
/// <param name="Position">Its place, from 0.</param>
public sealed record FixedIndex(int Position) : FactorIndex
{
    /// <inheritdoc/>
    public override string ToString() => Position.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
