namespace ProbLang.Programs;

/// <summary>
/// Where log tables stand among a kernel's inputs: for each of what the kernel sums a table of the same form, all in one input, at an offset
/// of its own. Equal offsets share a table; <see cref="None"/>, where a kernel allows it, is no table. Of a table over one variable the entries
/// may be <paramref name="Spacing"/> apart: tables of a plate with the state slowest are filled and read lane by lane.
/// </summary>
internal sealed record TablePlace(int Input, int[] Offsets, int Spacing = 1)
{
    public const int None = -1;

    /// <summary>The number of inputs that some places use.</summary>
    public static int Inputs(IEnumerable<TablePlace> places) => places.Max(p => (int?)p.Input + 1) ?? 0;

    /// <summary>Throws where entries are apart in a table that is not over one variable.</summary>
    /// <exception cref="ArgumentException">They are.</exception>
    public TablePlace Packed() => Spacing == 1 ? this : throw new ArgumentException("only tables of one variable have entries apart");

    /// <summary>Whether the offsets are all the same.</summary>
    public bool IsShared => !Offsets.AsSpan().ContainsAnyExcept(Offsets.AsSpan(0, Math.Min(1, Offsets.Length)));

    /// <summary>The tables of a part as few runs of evenly spaced ones.</summary>
    public IEnumerable<TableRun> Runs(int start, int count)
    {
        for (var i = 0; i < count;)
        {
            var (offset, length) = (Offsets[start + i], 1);
            if (offset != None)
            {
                var stride = i + 1 < count && Offsets[start + i + 1] != None ? Offsets[start + i + 1] - offset : 0;
                while (i + length < count && Offsets[start + i + length] != None && Offsets[start + i + length] == offset + length * stride) length++;
                yield return new TableRun(Input, i, length, offset, stride, Spacing);
            }
            i += length;
        }
    }
}

/// <summary>Tables at even distances in one input, for so many places from one on.</summary>
internal readonly record struct TableRun(int Input, int First, int Count, int Offset, int Stride, int Spacing)
{
    /// <summary>Whether the tables, of so many entries, are one piece of memory.</summary>
    public bool IsPacked(int size) => Spacing == 1 && (Stride == size || Count == 1);
}
