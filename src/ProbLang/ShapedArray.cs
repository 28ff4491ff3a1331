using System.Diagnostics;
using ProbLang.Datasets;

namespace ProbLang;

/// <summary>Numbers in row-major order as an array of the type that a host asks for.</summary>
internal static class ShapedArray
{
    /// <summary>How many dimensions a type has: that of <c>double[,]</c>, and of <c>double[][]</c>, is 2.</summary>
    public static int RankOf(Type type) => type.IsArray ? type.GetArrayRank() + RankOf(type.GetElementType()!) : 0;

    /// <summary>The array.</summary>
    /// <param name="values">Row-major, the rows of a ragged array filled up.</param>
    /// <param name="shape">As many sizes as the type has dimensions.</param>
    /// <param name="lengths">Where the array is ragged, how long its rows are.</param>
    public static T Of<T>(double[] values, int[] shape, RowLengths? lengths)
    {
        if (typeof(T) == typeof(double)) return (T)(object)values[0];
        if (!typeof(T).GetElementType()!.IsArray) return (T)(object)Rectangle(values, shape);
        return (T)(object)Rows(typeof(T), values, shape, lengths, 0, 0);
    }

    private static Array Rectangle(double[] values, int[] shape)
    {
        if (shape.Length == 1) return values;
        var array = Array.CreateInstance(typeof(double), shape);
        Buffer.BlockCopy(values, 0, array, 0, values.Length * sizeof(double));
        return array;
    }

    private static Array Rows(Type type, double[] values, int[] shape, RowLengths? lengths, int dimension, int prefix)
    {
        var length = lengths?[dimension, prefix] ?? shape[dimension];
        var first = prefix * shape[dimension];
        if (dimension == shape.Length - 1) return values.AsSpan(first, length).ToArray();
        var element = type.GetElementType() ?? throw new UnreachableException(type.Name);
        var rows = Array.CreateInstance(element, length);
        for (var i = 0; i < length; i++) rows.SetValue(Rows(element, values, shape, lengths, dimension + 1, first + i), i);
        return rows;
    }
}
