namespace ProbLang.FactorGraphs;

/// <summary>Which iteration of each range one is in, and what follows of that: the sizes of ragged ranges, and the elements that references mean.</summary>
internal sealed class RangeIndices
{
    private readonly Dictionary<FactorRange, int> _slots = [];
    private readonly Dictionary<FactorVariable, ArrayLayout> _layouts = [];
    private readonly Dictionary<FactorRange, ElementReference> _sizes = [];
    private readonly int[] _at;

    public RangeIndices(FactorGraph graph)
    {
        foreach (var range in graph.Ranges) _slots.Add(range, _slots.Count);
        _at = new int[_slots.Count];
    }

    /// <summary>The iteration of a range.</summary>
    public int this[FactorRange range]
    {
        get => _at[_slots[range]];
        set => _at[_slots[range]] = value;
    }

    /// <summary>The iteration of the range with a number, as <see cref="SlotOf"/> gives it.</summary>
    public ref int At(int slot) => ref _at[slot];

    /// <summary>The number of a range.</summary>
    public int SlotOf(FactorRange range) => _slots[range];

    /// <summary>The size of a range in these iterations.</summary>
    public int SizeOf(FactorRange range)
    {
        if (!range.IsRagged) return range.Count;
        if (!_sizes.TryGetValue(range, out var size)) _sizes.Add(range, size = new(range.Size, this));
        return size.Integer();
    }

    /// <summary>Where the elements of a variable stand.</summary>
    public ArrayLayout LayoutOf(FactorVariable variable)
    {
        if (!_layouts.TryGetValue(variable, out var layout)) _layouts.Add(variable, layout = new(variable.Ranges, this));
        return layout;
    }
}
