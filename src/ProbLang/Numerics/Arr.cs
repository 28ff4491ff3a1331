namespace ProbLang.Numerics;

/// <summary>An array in the scalar algebra: a shape and a way to get at an element. Indices are 0-based.</summary>
internal class Arr<T> where T : IReal<T>
{
    private readonly Func<T[], T> _element;

    /// <summary>An array whose elements are computed when asked for.</summary>
    public Arr(int[] shape, Func<T[], T> element)
    {
        Shape = shape;
        _element = element;
    }

    /// <summary>An array that overrides how its elements are found.</summary>
    protected Arr(int[] shape) : this(shape, _ => throw new NotSupportedException()) { }

    /// <summary>A scalar.</summary>
    public Arr(T scalar) : this([], _ => scalar) { }

    /// <summary>The sizes, outermost first; empty for a scalar.</summary>
    public int[] Shape { get; }

    /// <summary>How many dimensions.</summary>
    public int Rank => Shape.Length;

    /// <summary>The first size.</summary>
    public int Length => Shape[0];

    /// <summary>The value of a scalar.</summary>
    public T Scalar => this[ReadOnlySpan<T>.Empty];

    /// <summary>An element; as many indices as dimensions.</summary>
    public virtual T this[params ReadOnlySpan<T> index] => _element(index.ToArray());
}

/// <summary>Reductions and matrix kernels in the scalar algebra.</summary>
internal interface IArrayMath<T> where T : IReal<T>
{
    /// <summary>The sum of a body over 0..n-1; 0 for none.</summary>
    T Sum(int n, Func<T, T> body);

    /// <summary>The greatest value of a body over 0..n-1; -infinity for none.</summary>
    T Max(int n, Func<T, T> body);

    /// <summary>log Σ exp(body), without overflow; -infinity for none.</summary>
    T LogSumExp(int n, Func<T, T> body);

    /// <summary>Log density of a multivariate normal at <paramref name="x"/>, with its matrix given in one of three ways.</summary>
    T MvNormalLogDensity(Arr<T> x, Arr<T> mean, Arr<T> matrix, MatrixForm form);

    // Of a symmetric matrix the lower triangle is read; what follows is not a number where one that must be is not positive definite.

    /// <summary>log |A| of a positive definite matrix.</summary>
    T LogDeterminant(Arr<T> matrix);

    /// <summary>log |S| and (x - location)ᵀ S⁻¹ (x - location), S positive definite.</summary>
    (T LogDeterminant, T SquaredDistance) Mahalanobis(Arr<T> x, Arr<T> location, Arr<T> scale);

    /// <summary>log |S| and the trace of S⁻¹ A, S positive definite and A symmetric.</summary>
    (T LogDeterminant, T Trace) TraceOfQuotient(Arr<T> divisor, Arr<T> matrix);
}

/// <summary>How a covariance is given.</summary>
internal enum MatrixForm
{
    /// <summary>As itself.</summary>
    Covariance,

    /// <summary>As its inverse.</summary>
    Precision,

    /// <summary>As its lower Cholesky factor.</summary>
    Cholesky,
}
