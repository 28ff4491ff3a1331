using System.Collections;

namespace ProbLang.Datasets;

/// <summary>Cells in the order in which a file gives them.</summary>
internal sealed class CellList
{
    private readonly List<double> _values = [];
    private BitArray? _missing;

    public int Count => _values.Count;

    public double[] Values => [.. _values];

    /// <summary>Null where none is missing.</summary>
    public bool[]? Missing
    {
        get
        {
            if (_missing is null) return null;
            var missing = new bool[_values.Count];
            for (var i = 0; i < Math.Min(missing.Length, _missing.Length); i++) missing[i] = _missing[i];
            return missing;
        }
    }

    public double this[int cell] => _values[cell];

    public bool IsMissing(int cell) => _missing is not null && cell < _missing.Length && _missing[cell];

    public void Add(double value) => _values.Add(value);

    public void AddAll(ReadOnlySpan<double> values) => _values.AddRange(values);

    public void AddMissing()
    {
        _missing ??= new BitArray(64);
        if (_missing.Length <= _values.Count) _missing.Length = 2 * _values.Count;
        _missing[_values.Count] = true;
        _values.Add(0);
    }
}
