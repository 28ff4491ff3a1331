using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>The draws of a posterior: chains × draws × outputs.</summary>
public sealed class Draws
{
    /// <summary>Draws of chains, all with the outputs of the layout.</summary>
    /// <exception cref="ArgumentException">A chain has another number of outputs than the layout.</exception>
    public Draws(OutputLayout layout, ImmutableArray<ChainDraws> chains)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (chains.IsDefault) throw new ArgumentNullException(nameof(chains));
        foreach (var chain in chains)
        {
            if (chain.Outputs != layout.Count) throw new ArgumentException($"a chain has {chain.Outputs} outputs, the layout {layout.Count}", nameof(chains));
        }
        Layout = layout;
        Chains = chains;
        Complete = Comparable(chains);
        Count = Complete.IsEmpty ? 0 : Complete[0].Count;
        foreach (var chain in Complete) Count = Math.Min(Count, chain.Count);
    }

    /// <summary>What the columns are.</summary>
    public OutputLayout Layout { get; }

    /// <summary>Every chain, each with as many draws as it finished.</summary>
    public ImmutableArray<ChainDraws> Chains { get; }

    /// <summary>The chains that a summary uses: after an interruption those that got at least half as far as the longest.</summary>
    public ImmutableArray<ChainDraws> Complete { get; }

    /// <summary>How many draws every one of <see cref="Complete"/> has.</summary>
    public int Count { get; }

    /// <summary>The draws of a variable, or of an element such as <c>theta[3]</c>.</summary>
    /// <exception cref="ArgumentException">There is no such variable or element among what was drawn.</exception>
    public VariableDraws Variable(string name)
    {
        var parsed = ElementName.Parse(name);
        if (Layout.Find(parsed.Variable) is not { } variable) throw ElementName.NotThere("What was drawn", name, Layout.Variables.Select(v => v.Name));
        if (parsed.Indices.IsEmpty) return new VariableDraws(this, variable, variable.Offset, variable.Count);
        return parsed.CellOf(variable.Shape.AsSpan(), variable.Labels) is { } cell && variable.ElementOf(cell) is { } element
            ? new VariableDraws(this, variable, variable.Offset + element, 1) : throw ElementName.NotThere("What was drawn", name, [variable.Name]);
    }

    /// <summary>The draws of one output, chain after chain, <see cref="Count"/> each.</summary>
    /// <param name="output">The column of the layout, counted from 0.</param>
    /// <param name="column">At least as long as there are draws in all of <see cref="Complete"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    /// <exception cref="ArgumentException">The column is too short.</exception>
    public void CopyColumn(int output, Span<double> column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, Layout.Count);
        if (column.Length < Complete.Length * Count) throw new ArgumentException($"The draws of an output are {Complete.Length * Count} numbers, and there is room for {column.Length}.", nameof(column));
        for (var chain = 0; chain < Complete.Length; chain++) Complete[chain].CopyColumn(output, column.Slice(chain * Count, Count));
    }

    /// <summary>How many draws of all chains have a statistic for which the condition holds.</summary>
    internal int CountWhere(Statistic statistic, Func<double, bool> condition)
    {
        var count = 0;
        foreach (var chain in Chains)
        {
            for (var draw = 0; draw < chain.Count; draw++) if (condition(chain[draw, statistic])) count++;
        }
        return count;
    }

    private static ImmutableArray<ChainDraws> Comparable(ImmutableArray<ChainDraws> chains)
    {
        var longest = 0;
        foreach (var chain in chains) longest = Math.Max(longest, chain.Count);
        var complete = ImmutableArray.CreateBuilder<ChainDraws>(chains.Length);
        foreach (var chain in chains) if (chain.Count > 0 && 2 * chain.Count >= longest) complete.Add(chain);
        return complete.ToImmutable();
    }
}
