namespace ProbLang.Programs;

/// <summary>
/// Where log tables stand among a kernel's inputs: for each of what the kernel sums a table of the same form, all in one input, at an offset
/// of its own. Equal offsets share a table; -1, where a kernel allows it, is no table.
/// </summary>
internal sealed record TablePlace(int Input, int[] Offsets)
{
    public const int None = -1;

    /// <summary>The number of inputs that some places use.</summary>
    public static int Inputs(IEnumerable<TablePlace> places) => places.Max(p => (int?)p.Input + 1) ?? 0;

    /// <summary>Whether the tables of a range follow each other.</summary>
    public bool Follows(int start, int count, int size)
    {
        if (Offsets[start] == None) return false;
        for (var i = 1; i < count; i++)
            if (Offsets[start + i] != Offsets[start] + i * size) return false;
        return true;
    }

    /// <summary>Whether the offsets of a range are all the same.</summary>
    public bool IsShared(int start, int count) => !Offsets.AsSpan(start, count).ContainsAnyExcept(Offsets[start]);
}
