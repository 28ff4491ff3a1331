using ProbLang.Datasets;
using ProbLang.Limits;

namespace ProbLang.Analysis;

/// <summary>An array of doubles with its shape, row-major; a scalar has the empty shape. NaN stands for what is not known.</summary>
internal sealed class Tensor(int[] shape, double[] values)
{
    public int[] Shape => shape;

    public double[] Values => values;

    public int Rank => shape.Length;

    /// <summary>Where it is ragged, how long its rows are; the values beyond them mean nothing. Null where it is rectangular.</summary>
    public RowLengths? Rows { get; init; }

    /// <summary>The first size.</summary>
    public int Length => shape[0];

    public double this[int row, int column] => values[row * shape[1] + column];

    public static Tensor Scalar(double value) => new([], [value]);

    public static Tensor Vector(params double[] values) => new([values.Length], values);

    /// <summary>All NaN: a value of this shape that is not known.</summary>
    public static Tensor Unknown(params int[] shape) => Filled(shape, double.NaN);

    public static Tensor Filled(int[] shape, double value)
    {
        var values = Room(shape, isFilled: true);
        Blockwise.Fill<double>(values, value);
        return new Tensor(shape, values);
    }

    /// <summary>So many numbers may be made without asking.</summary>
    private const int Few = 4096;

    /// <summary>Zeros, one for each element.</summary>
    /// <exception cref="ResourceLimitException">The host does not want an array of that size.</exception>
    /// <exception cref="InsufficientMemoryException">It does not fit into memory.</exception>
    public static double[] Room(params ReadOnlySpan<int> shape) => Room(shape, isFilled: false);

    /// <param name="shape">The sizes.</param>
    /// <param name="isFilled">Whether whoever asks sets all of it, so that it need not be zeros.</param>
    private static double[] Room(ReadOnlySpan<int> shape, bool isFilled)
    {
        var count = CountOf(shape);
        if (count <= Few) return new double[count];
        Budget.Current.Check();
        Budget.Current.Elements(count, "an array");
        // It is soon let go, or counted as a variable's.
        Budget.Current.Take((double)count * sizeof(double), "an array");
        Budget.Current.Return((double)count * sizeof(double));
        return isFilled ? GC.AllocateUninitializedArray<double>(count) : new double[count];
    }

    public static int CountOf(ReadOnlySpan<int> shape)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            count *= size;
            if (count <= int.MaxValue) continue;
            Budget.Current.Elements(count, "an array");
            throw new InsufficientMemoryException("an array is larger than memory can hold in one piece");
        }
        return (int)count;
    }

    /// <summary>Whether every element is known.</summary>
    public bool IsKnown
    {
        get
        {
            for (var cell = 0; cell < values.Length; cell++)
                if (double.IsNaN(values[cell]) && (Rows?.Contains(cell) ?? true)) return false;
            return true;
        }
    }

    /// <summary>The elements of a ragged array in one row; itself where it is rectangular.</summary>
    public Tensor Elements => Rows is { } rows ? Vector([.. rows.Cells().Select(cell => values[cell])]) : this;

    /// <summary>Arrays on top of each other; where they differ in length the result is ragged.</summary>
    public static Tensor Stacked(IReadOnlyList<Tensor> parts, int rank)
    {
        var inner = new int[rank - 1];
        foreach (var part in parts)
            for (var d = 0; d < inner.Length; d++) inner[d] = Math.Max(inner[d], part.Shape[d]);
        int[] shape = [parts.Count, .. inner];
        var stacked = Unknown(shape);
        var lengths = new int[]?[rank];
        for (int d = 1, rows = parts.Count; d < rank; rows *= shape[d++]) lengths[d] = new int[rows];
        for (var i = 0; i < parts.Count; i++) Copy(parts[i], 0, 0, i);
        return new Tensor(shape, stacked.Values) { Rows = RowLengths.Of(shape, lengths) };

        void Copy(Tensor part, int d, int from, int to)
        {
            if (d == part.Rank)
            {
                stacked.Values[to] = part.Values[from];
                return;
            }
            var n = part.Rows is { } own ? own[d, from] : part.Shape[d];
            lengths[d + 1]![to] = n;
            for (var i = 0; i < n; i++) Copy(part, d + 1, from * part.Shape[d] + i, to * inner[d] + i);
        }
    }
}
