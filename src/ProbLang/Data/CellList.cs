using System.Collections;
using ProbLang.Limits;

namespace ProbLang.Datasets;

/// <summary>Cells in the order in which a file gives them.</summary>
internal sealed class CellList
{
    /// <summary>Values are kept in blocks, so that a long list never moves at once, and between which the computation may end.</summary>
    private const int Block = 1 << 16;

    private readonly List<double[]> _full = [];
    private readonly List<double> _last = [];
    private BitArray? _missing;

    public int Count => _full.Count * Block + _last.Count;

    public double[] Values
    {
        get
        {
            var values = GC.AllocateUninitializedArray<double>(Count);
            for (var block = 0; block < _full.Count; block++)
            {
                Budget.Current.Check();
                _full[block].CopyTo(values, block * Block);
            }
            _last.CopyTo(values, _full.Count * Block);
            return values;
        }
    }

    /// <summary>Null where none is missing.</summary>
    public bool[]? Missing
    {
        get
        {
            if (_missing is null) return null;
            var missing = new bool[Count];
            for (var i = 0; i < Math.Min(missing.Length, _missing.Length); i++) missing[i] = _missing[i];
            return missing;
        }
    }

    public double this[int cell] => cell / Block < _full.Count ? _full[cell / Block][cell % Block] : _last[cell - _full.Count * Block];

    public bool IsMissing(int cell) => _missing is not null && cell < _missing.Length && _missing[cell];

    public void Add(double value)
    {
        _last.Add(value);
        if (_last.Count == Block) EndBlock();
    }

    public void AddAll(ReadOnlySpan<double> values)
    {
        while (!values.IsEmpty)
        {
            var some = Math.Min(values.Length, Block - _last.Count);
            _last.AddRange(values[..some]);
            values = values[some..];
            if (_last.Count == Block) EndBlock();
        }
    }

    private void EndBlock()
    {
        Budget.Current.Check();
        _full.Add([.. _last]);
        _last.Clear();
    }

    public void AddMissing()
    {
        _missing ??= new BitArray(64);
        if (_missing.Length <= Count) _missing.Length = 2 * Count;
        _missing[Count] = true;
        Add(0);
    }
}
