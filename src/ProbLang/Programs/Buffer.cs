using ProbLang.Limits;

namespace ProbLang.Programs;

/// <summary>Where a buffer lives and who may write it.</summary>
internal enum BufferKind
{
    /// <summary>Known once the data are; shared by all chains.</summary>
    Data,

    /// <summary>The sampler's position.</summary>
    Position,

    /// <summary>The gradient of the log density with respect to the position.</summary>
    Gradient,

    /// <summary>Written anew at each evaluation.</summary>
    Work,

    /// <summary>Derivatives with respect to a work buffer: cleared, then accumulated, at each evaluation, unless they are overwritten.</summary>
    Adjoint,

    /// <summary>Scratch space of a kernel; nothing else reads it.</summary>
    Scratch,

    /// <summary>Set between evaluations: which coordinates stand centred.</summary>
    Setting,

    /// <summary>What is reported of a draw.</summary>
    Output,
}

/// <summary>How a buffer's numbers lie in memory. Programs compute with doubles, apart from matrix products.</summary>
internal enum Precision
{
    Double,
    Single,
}

/// <summary>A run of numbers that a program reads or writes.</summary>
internal sealed class Buffer
{
    private readonly Once<(long Low, long High)?> _range;
    private readonly Precision _precision;

    public Buffer(string name, int length, BufferKind kind)
    {
        (Name, Length, Kind) = (name, length, kind);
        _range = new(RangeOfData);
    }

    public string Name { get; }

    public int Length { get; }

    public BufferKind Kind { get; }

    /// <summary>What its numbers are. Those that others than the program read or write are doubles.</summary>
    public Precision Precision
    {
        get => _precision;
        init => _precision = value == Precision.Double || Kind is BufferKind.Data or BufferKind.Work or BufferKind.Adjoint or BufferKind.Scratch
            ? value : throw new ArgumentException($"{Name} is not the program's own: its numbers are doubles");
    }

    /// <summary>The bytes of an element.</summary>
    public int ElementSize => Precision == Precision.Single ? sizeof(float) : sizeof(double);

    /// <summary>Whether its contents mean nothing after the kernel that it is for, so that all kernels share the memory.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether a statement sets all of an adjoint, so that it need not be cleared.</summary>
    public bool IsOverwritten { get; set; }

    /// <summary>The values of a data buffer, or what a work buffer holds where no statement writes it.</summary>
    public double[]? Initial { get; init; }

    /// <summary>Whether statements fill a data buffer before the program first runs, so that its values are not known while it is written.</summary>
    public bool IsTable { get; init; }

    /// <summary>The least and the greatest value, where they are whole numbers that never change or whoever sets them keeps within; else null.</summary>
    public (long Low, long High)? Range
    {
        get => _range.Value;
        init => _range = new(() => value);
    }

    /// <summary>Whether the log density may depend on it smoothly.</summary>
    /// <remarks>A derivative of it does where the program is differentiated once more.</remarks>
    public bool IsActive => Kind is BufferKind.Position or BufferKind.Work or BufferKind.Adjoint or BufferKind.Gradient;

    public override string ToString() => Name;

    private (long Low, long High)? RangeOfData()
    {
        if (Kind != BufferKind.Data || IsTable || Initial is not { Length: > 0 } values) return null;
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (value != Math.Floor(value) || Math.Abs(value) > int.MaxValue) return null;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        return ((long)low, (long)high);
    }
}

/// <summary>A run of integers known once the data are: indices.</summary>
internal sealed class IntegerBuffer(string name, int[] values)
{
    public string Name => name;

    public int[] Values => values;

    public override string ToString() => name;
}

/// <summary>The index of a loop, from 0. One at a nesting depth and extent, so that loops over the same range share it and fuse.</summary>
internal sealed class Counter(int depth, Term extent)
{
    public int Depth => depth;

    public Term Extent => extent;

    /// <summary>The extent where it is a constant, else -1.</summary>
    public int Size { get; } = extent.Kind == TermKind.Constant ? (int)extent.Value : -1;

    public override string ToString() => $"{(char)('i' + depth)}<{extent}";
}
