using System.Collections.Immutable;
using System.Globalization;

namespace ProbLang.FactorGraphs;

/// <summary>
/// The ranges of a factor graph. What the model says runs over the same is one range: sizes that are written alike, and dimensions of arrays that are read
/// by the index of a plate. It only saves indices; which elements belong together is decided by the elements themselves.
/// </summary>
internal sealed class FactorRanges(FactorNames names, Action<FactorVariable> addVariable)
{
    private readonly Dictionary<string, string> _same = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FactorRange>> _ranges = new(StringComparer.Ordinal);
    private readonly List<FactorRange> _all = [];
    private readonly List<(int[][] Values, FactorRange Range)> _lists = [];

    public IReadOnlyList<FactorRange> All => _all;

    /// <summary>What a size is called, with how many there are: only equal numbers are ever the same.</summary>
    public static string Key(string text, int count) => string.Create(CultureInfo.InvariantCulture, $"{text}#{count}");

    /// <summary>Says that two keys mean the same range.</summary>
    public void Join(string a, string b)
    {
        var (x, y) = (Root(a), Root(b));
        if (x == y || CountOf(x) != CountOf(y)) return;
        // What the modeller wrote is better than what was made up for it.
        if (IsMadeUp(x)) _same[x] = y;
        else _same[y] = x;
    }

    /// <summary>The range of a key; another of the same size where it is around the statement already.</summary>
    public FactorRange Of(string key, string name, IEnumerable<FactorRange> around)
    {
        var root = Root(key);
        if (!_ranges.TryGetValue(root, out var own)) _ranges.Add(root, own = []);
        var outside = around.ToHashSet();
        if (own.Find(r => !outside.Contains(r)) is { } found) return found;
        var text = root[..root.LastIndexOf('#')];
        var range = New(name, text is [var first, ..] && char.IsLetter(first) && text.All(c => char.IsLetterOrDigit(c) || c == '_') ? text : name + "Count", CountOf(root));
        own.Add(range);
        return range;
    }

    /// <summary>A range of its own.</summary>
    public FactorRange New(string name, string sizeName, int count)
    {
        var own = names.New(name);
        var size = new FactorVariable { Name = names.New(sizeName), Domain = FactorDomain.Count, Data = FactorData.Of(count) };
        addVariable(size);
        var range = new FactorRange(own, new FactorReference(size));
        _all.Add(range);
        return range;
    }

    /// <summary>A range whose size differs between the iterations of those around it.</summary>
    public FactorRange Ragged(string name, ImmutableArray<FactorRange> outer, int[] sizes)
    {
        foreach (var known in _all)
            if (known.IsRagged && known.Size.Variable.Ranges.SequenceEqual(outer) && known.Size.Variable.Data!.Numbers.Span.SequenceEqual(Array.ConvertAll(sizes, s => (double)s)))
                return known;
        var own = names.New(name);
        var size = new FactorVariable { Name = names.New(name + "Counts"), Domain = FactorDomain.Count, Ranges = outer, Data = FactorData.Of(Array.ConvertAll(sizes, s => (double)s)) };
        addVariable(size);
        var range = new FactorRange(own, new FactorReference(size, [.. outer.Select(r => new RangeIndex(r))]));
        _all.Add(range);
        return range;
    }

    /// <summary>A range over a list of settings of loops; equal lists have the same.</summary>
    public FactorRange OfList(string name, int[][] values)
    {
        foreach (var (known, range) in _lists)
            if (known.Length == values.Length && known.Zip(values).All(v => v.First.AsSpan().SequenceEqual(v.Second))) return range;
        var list = New(name, name + "Count", values[0].Length);
        _lists.Add((values, list));
        return list;
    }

    private string Root(string key)
    {
        while (_same.TryGetValue(key, out var other)) key = other;
        return key;
    }

    private static bool IsMadeUp(string key) => key[0] == '.';

    private static int CountOf(string key) => int.Parse(key.AsSpan(key.LastIndexOf('#') + 1), CultureInfo.InvariantCulture);
}
