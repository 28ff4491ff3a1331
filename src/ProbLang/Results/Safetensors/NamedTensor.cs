using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProbLang.Results;

/// <summary>The element types that are read and written.</summary>
internal enum TensorType
{
    F64,
    F32,
    I64,
}

/// <summary>A named array in row-major order.</summary>
internal sealed class NamedTensor
{
    private readonly Array _values;

    private NamedTensor(string name, TensorType type, ImmutableArray<int> shape, Array values)
    {
        (Name, Type, Shape, _values) = (name, type, shape, values);
        var count = 1L;
        foreach (var extent in shape) count = checked(count * ArgumentNonNegative(extent));
        if (count != values.Length) throw new ArgumentException($"{values.Length} values do not have the shape ({string.Join(", ", shape)}).", nameof(shape));
    }

    public NamedTensor(string name, ImmutableArray<int> shape, double[] values) : this(name, TensorType.F64, shape, values)
    {
    }

    public NamedTensor(string name, ImmutableArray<int> shape, float[] values) : this(name, TensorType.F32, shape, values)
    {
    }

    public NamedTensor(string name, ImmutableArray<int> shape, long[] values) : this(name, TensorType.I64, shape, values)
    {
    }

    /// <summary>A vector.</summary>
    public NamedTensor(string name, double[] values) : this(name, [values.Length], values)
    {
    }

    /// <summary>A vector.</summary>
    public NamedTensor(string name, long[] values) : this(name, [values.Length], values)
    {
    }

    public string Name { get; }

    public TensorType Type { get; }

    public ImmutableArray<int> Shape { get; }

    public int Count => _values.Length;

    /// <summary>The values of a tensor of this type.</summary>
    /// <exception cref="SafetensorsException">Its type is another.</exception>
    public double[] Doubles => _values as double[] ?? throw NotOf(TensorType.F64);

    /// <inheritdoc cref="Doubles"/>
    public float[] Floats => _values as float[] ?? throw NotOf(TensorType.F32);

    /// <inheritdoc cref="Doubles"/>
    public long[] Integers => _values as long[] ?? throw NotOf(TensorType.I64);

    /// <summary>How many bytes an element takes.</summary>
    public static int SizeOf(TensorType type) => type == TensorType.F32 ? sizeof(float) : sizeof(double);

    /// <summary>A tensor of zeros.</summary>
    public static NamedTensor Zeros(string name, TensorType type, ImmutableArray<int> shape, int count) => type switch
    {
        TensorType.F64 => new NamedTensor(name, shape, new double[count]),
        TensorType.F32 => new NamedTensor(name, shape, new float[count]),
        TensorType.I64 => new NamedTensor(name, shape, new long[count]),
        _ => throw new UnreachableException($"{type}"),
    };

    /// <summary>The values as they lie in memory.</summary>
    public Span<byte> Bytes => _values switch
    {
        double[] values => MemoryMarshal.AsBytes(values.AsSpan()),
        float[] values => MemoryMarshal.AsBytes(values.AsSpan()),
        long[] values => MemoryMarshal.AsBytes(values.AsSpan()),
        _ => throw new UnreachableException($"{_values.GetType()}"),
    };

    private SafetensorsException NotOf(TensorType wanted) => new($"`{Name}` is of type {Type}, where {wanted} was expected.");

    private static int ArgumentNonNegative(int extent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(extent);
        return extent;
    }
}
