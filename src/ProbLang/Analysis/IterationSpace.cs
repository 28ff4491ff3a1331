using System.Collections.Immutable;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>The iterations of plates, outermost slowest, without those that a gate is known to exclude.</summary>
internal sealed class IterationSpace
{
    public required ImmutableArray<Plate> Plates { get; init; }

    public required int Count { get; init; }

    /// <summary>Whether no plate's range depends on another plate's index, and no gate takes iterations out.</summary>
    public required bool IsRectangular { get; init; }

    /// <summary>Where rectangular: the first value of each plate's index (counted from 1 as written).</summary>
    public int[] First { get; init; } = [];

    /// <summary>Where rectangular: how many values each plate's index takes.</summary>
    public int[] Extents { get; init; } = [];

    /// <summary>The plates' indices of every iteration: iteration i has value <c>LoopValues[p][i]</c> for plate p.</summary>
    public required int[][] LoopValues { get; init; }

    /// <summary>The gates that the data do not decide everywhere, and no other statement speaks for where they do not.</summary>
    public ImmutableArray<Gate> OpenGates { get; init; } = [];

    /// <summary>Which iterations have such a gate undecided; empty where none has.</summary>
    public bool[] IsOpen { get; init; } = [];

    /// <summary>Of these iterations those for which something holds; itself where it holds for all.</summary>
    public IterationSpace Where(Func<int, bool> holds)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(holds)];
        if (kept.Length == Count) return this;
        return new IterationSpace
        {
            Plates = Plates,
            Count = kept.Length,
            IsRectangular = false,
            LoopValues = Array.ConvertAll(LoopValues, values => Array.ConvertAll(kept, i => values[i])),
            OpenGates = OpenGates,
            IsOpen = IsOpen is [] ? [] : Array.ConvertAll(kept, i => IsOpen[i]),
        };
    }
}
