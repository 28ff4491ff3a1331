namespace ProbLang.Numerics;

/// <summary>The neighbours of a variable: a short list as long as there are few, as nearly always, a set from there on.</summary>
internal struct Neighbours
{
    private const int Few = 12;

    private int[]? _few;
    private HashSet<int>? _many;
    private int _count;

    public readonly int Count => _many?.Count ?? _count;

    public readonly bool Contains(int variable) => _many?.Contains(variable) ?? _few.AsSpan(0, _count).Contains(variable);

    /// <summary>Whether it was not there before.</summary>
    public bool Add(int variable)
    {
        if (_many is not null) return _many.Add(variable);
        if (Contains(variable)) return false;
        if (_count == Few) return (_many = [.. _few!]).Add(variable);
        if (_few is null || _count == _few.Length) Array.Resize(ref _few, _few is null ? 3 : 2 * _count);
        _few[_count++] = variable;
        return true;
    }

    public void Remove(int variable)
    {
        if (_many is not null) _many.Remove(variable);
        else if (_few.AsSpan(0, _count).IndexOf(variable) is var at && at >= 0) _few![at] = _few[--_count];
    }

    public readonly int[] ToArray() => _many?.ToArray() ?? _few.AsSpan(0, _count).ToArray();

    /// <summary>Those that are in another set too.</summary>
    public readonly void AddCommon(in Neighbours other, List<int> common)
    {
        if (_many is null)
        {
            foreach (var variable in _few.AsSpan(0, _count))
                if (other.Contains(variable)) common.Add(variable);
        }
        else
        {
            foreach (var variable in _many)
                if (other.Contains(variable)) common.Add(variable);
        }
    }
}
