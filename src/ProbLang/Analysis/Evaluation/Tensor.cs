namespace ProbLang.Analysis;

/// <summary>An array of doubles with its shape, row-major; a scalar has the empty shape. NaN stands for what is not known.</summary>
internal sealed class Tensor(int[] shape, double[] values)
{
    public int[] Shape => shape;

    public double[] Values => values;

    public int Rank => shape.Length;

    /// <summary>The first size.</summary>
    public int Length => shape[0];

    public double this[int row, int column] => values[row * shape[1] + column];

    public static Tensor Scalar(double value) => new([], [value]);

    public static Tensor Vector(params double[] values) => new([values.Length], values);

    /// <summary>All NaN: a value of this shape that is not known.</summary>
    public static Tensor Unknown(params int[] shape) => Filled(shape, double.NaN);

    public static Tensor Filled(int[] shape, double value)
    {
        var values = new double[CountOf(shape)];
        Array.Fill(values, value);
        return new Tensor(shape, values);
    }

    public static int CountOf(ReadOnlySpan<int> shape)
    {
        var count = 1;
        foreach (var size in shape) count = checked(count * size);
        return count;
    }

    /// <summary>Whether every element is known.</summary>
    public bool IsKnown
    {
        get
        {
            foreach (var x in values) if (double.IsNaN(x)) return false;
            return true;
        }
    }
}
