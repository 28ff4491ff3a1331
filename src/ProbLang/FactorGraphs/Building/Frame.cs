using System.Collections.Immutable;
using ProbLang.Graph;

namespace ProbLang.FactorGraphs;

/// <summary>A dimension of a frame: a plate that statements are in, or the values of an integer by which they switch.</summary>
/// <param name="Range">What it runs over.</param>
/// <param name="Index">How an element along it is named.</param>
/// <param name="Loops">The loops of the model that it drives.</param>
/// <param name="Places">By point, the place along it, from 0.</param>
internal sealed record FrameAxis(FactorRange Range, FactorIndex Index, ImmutableArray<Loop> Loops, int[] Places)
{
    public bool IsSwitch => Index is ValueIndex;
}

/// <summary>The plates in which statements of a factor graph stand, with the setting of the model's loops at every point of them; row-major.</summary>
/// <param name="Axes">Outermost first.</param>
/// <param name="Loops">All loops that have a value.</param>
/// <param name="LoopValues">By loop and point, the value.</param>
/// <param name="Count">How many points.</param>
internal sealed record Frame(ImmutableArray<FrameAxis> Axes, ImmutableArray<Loop> Loops, int[][] LoopValues, int Count)
{
    /// <summary>The axes that something depends on which these loops are in; a ragged one brings those that its size depends on.</summary>
    public ImmutableArray<FrameAxis> AxesOf(IReadOnlySet<Loop> loops)
    {
        var kept = new bool[Axes.Length];
        for (var a = Axes.Length - 1; a >= 0; a--)
        {
            kept[a] |= Axes[a].Loops.Any(loops.Contains);
            if (!kept[a] || !Axes[a].Range.IsRagged) continue;
            foreach (var index in Axes[a].Range.Size.Indices)
                for (var outer = 0; outer < a; outer++) kept[outer] |= index is RangeIndex { Range: var range } && range == Axes[outer].Range;
        }
        return [.. Axes.Where((_, a) => kept[a])];
    }

    /// <summary>How many of the axes are plates.</summary>
    public int PlateCount => Axes.Count(a => !a.IsSwitch);

    /// <summary>How many of the outermost plates something depends on which these loops are in.</summary>
    public int DepthOf(IReadOnlySet<Loop> loops)
    {
        var last = AxesOf(loops).LastOrDefault(a => !a.IsSwitch);
        return last is null ? 0 : Axes.IndexOf(last) + 1;
    }

    /// <summary>Only so many of the outermost plates: what is inside of those is at its first place.</summary>
    public Frame Within(int plates)
    {
        if (plates >= PlateCount) return this;
        var dropped = Axes.Where((a, i) => i >= plates && !a.IsSwitch).ToArray();
        int[] kept = [.. Enumerable.Range(0, Count).Where(p => Array.TrueForAll(dropped, a => a.Places[p] == 0))];
        return new Frame(
            [.. Axes.Where(a => !dropped.Contains(a)).Select(a => a with { Places = Array.ConvertAll(kept, p => a.Places[p]) })],
            Loops, Array.ConvertAll(LoopValues, v => Array.ConvertAll(kept, p => v[p])), kept.Length);
    }

    /// <summary>With one more dimension inside of all: at every point each of so many values of a loop, from a first one on.</summary>
    public Frame With(FactorRange range, FactorIndex index, Loop loop, int first, int count)
    {
        int[] Repeated(int[] values) => [.. values.SelectMany(v => Enumerable.Repeat(v, count))];
        int[] places = [.. Enumerable.Range(0, Count).SelectMany(_ => Enumerable.Range(0, count))];
        return new Frame(
            [.. Axes.Select(a => a with { Places = Repeated(a.Places) }), new FrameAxis(range, index, [loop], places)],
            Loops.Add(loop), [.. LoopValues.Select(Repeated), [.. places.Select(p => first + p)]], Count * count);
    }
}
