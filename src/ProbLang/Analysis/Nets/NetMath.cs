using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>
/// The algebra in which nets are written once: matrices with a row for each example. On doubles it computes; on the terms of a program it builds the
/// program, with matrix products as kernels. What it gives is in memory, or a view that is computed where it is read.
/// </summary>
internal abstract class NetMath<T> where T : IReal<T>
{
    private readonly Dictionary<object, Arr<T>> _once = [];

    /// <summary>Some of the weights, in their shape.</summary>
    public abstract Arr<T> Weights(WeightBlock block);

    /// <summary>An array in memory, each element of which is computed once.</summary>
    public abstract Arr<T> Store(string name, int[] shape, Func<T[], T> element);

    /// <summary>Known numbers.</summary>
    public abstract Arr<T> Table(string name, int[] shape, double[] values);

    /// <summary>An element of a list of whole numbers.</summary>
    public abstract T Lookup(int[] list, T index);

    /// <summary>Matrices of as many rows next to each other, in memory.</summary>
    public abstract Arr<T> Join(string name, params ReadOnlySpan<Arr<T>> parts);

    /// <summary>Some rows of a matrix in memory.</summary>
    public abstract Arr<T> Rows(Arr<T> matrix, int from, int count);

    /// <summary>The product of two matrices, in memory.</summary>
    public abstract Arr<T> Product(Arr<T> a, Arr<T> b);

    /// <summary>The inverse of a square matrix, in memory.</summary>
    public abstract Arr<T> Inverse(Arr<T> matrix);

    /// <summary>The sum of a body over 0..n-1, of which there may be none.</summary>
    public abstract T Sum(T n, Func<T, T> body);

    /// <summary>log Σ exp(body) over 0..n-1, without overflow.</summary>
    public abstract T LogSumExp(int n, Func<T, T> body);

    /// <summary>The place of a label from 1 to <paramref name="levels"/>, from 0, whatever the label.</summary>
    public abstract T Place(T label, int levels);

    /// <summary>What depends on weights alone, made when it is first asked for.</summary>
    public virtual Arr<T> Once(object key, Func<Arr<T>> make) => _once.TryGetValue(key, out var known) ? known : _once[key] = make();

    /// <summary>Some columns of a matrix, as a view.</summary>
    public static Arr<T> Columns(Arr<T> matrix, int from, int count) => new([matrix.Length, count], i => matrix[i[0], i[1] + (T)from]);
}
