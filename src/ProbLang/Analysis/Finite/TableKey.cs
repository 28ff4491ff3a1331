namespace ProbLang.Analysis;

/// <summary>Equal for what is the same function of the states of its cells: the same part of the same statement, with the same <see cref="FiniteScope.Notes"/>.</summary>
/// <param name="statement">The statement.</param>
/// <param name="part">Which of what the statement says in an iteration, where that makes a difference.</param>
/// <param name="notes">Everything known that it depends on.</param>
internal readonly struct TableKey(int statement, int part, double[] notes) : IEquatable<TableKey>
{
    private readonly (int Statement, int Part) _what = (statement, part);
    private readonly double[] _notes = notes;

    /// <summary>Bit by bit: the notes have several kinds of NaN.</summary>
    public bool Equals(TableKey other) =>
        _what == other._what && System.Runtime.InteropServices.MemoryMarshal.AsBytes(_notes.AsSpan()).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(other._notes.AsSpan()));

    public override bool Equals(object? obj) => obj is TableKey key && Equals(key);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(_what);
        foreach (var note in _notes) hash.Add(BitConverter.DoubleToInt64Bits(note));
        return hash.ToHashCode();
    }
}
