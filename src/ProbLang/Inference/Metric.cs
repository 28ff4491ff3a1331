using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Inference;

/// <summary>
/// The Euclidean metric of Hamiltonian Monte Carlo, given by the inverse mass matrix, which is best the covariance of the
/// target: diagonal or dense, and the identity at first.
/// </summary>
internal sealed unsafe class Metric
{
    private readonly AlignedBuffer _inverseDiagonal;
    private readonly AlignedBuffer _sd;
    private AlignedBuffer? _inverse;
    private double[]? _cholesky;

    public Metric(int dimension)
    {
        Dimension = dimension;
        Padded = Kernel.Padded(dimension);
        _inverseDiagonal = new AlignedBuffer(Padded);
        _sd = new AlignedBuffer(Padded);
        SetUnit();
    }

    public int Dimension { get; }

    public int Padded { get; }

    public bool IsDense { get; private set; }

    /// <summary>log |M⁻¹|: twice the log volume of the region that the metric describes, up to a constant.</summary>
    public double LogDeterminant { get; private set; }

    /// <summary>The diagonal of M⁻¹, padded with zeros.</summary>
    public double* InverseDiagonal => _inverseDiagonal.Pointer;

    public void SetUnit()
    {
        for (var i = 0; i < Dimension; i++) SetScale(i, 1);
        IsDense = false;
        LogDeterminant = 0;
    }

    /// <summary>Takes variances, all positive and finite, as the inverse mass of each coordinate.</summary>
    public void SetDiagonal(ReadOnlySpan<double> variances)
    {
        LogDeterminant = 0;
        for (var i = 0; i < Dimension; i++)
        {
            SetScale(i, variances[i]);
            LogDeterminant += Math.Log(variances[i]);
        }
        IsDense = false;
    }

    /// <summary>Takes a covariance matrix (row-major) as the inverse mass; false, and nothing changes, when it is not positive definite.</summary>
    public bool TrySetDense(ReadOnlySpan<double> covariance)
    {
        var cholesky = covariance.ToArray();
        if (!Cholesky.TryFactor(cholesky, Dimension)) return false;
        _cholesky = cholesky;
        _inverse ??= new AlignedBuffer(Padded * Padded);
        LogDeterminant = 0;
        for (var i = 0; i < Dimension; i++)
        {
            for (var j = 0; j < Dimension; j++) _inverse.Pointer[i * Padded + j] = covariance[i * Dimension + j];
            SetScale(i, covariance[i * Dimension + i]);
            LogDeterminant += 2 * Math.Log(cholesky[i * Dimension + i]);
        }
        IsDense = true;
        return true;
    }

    /// <summary>result = M⁻¹ x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(double* x, double* result)
    {
        if (IsDense)
        {
            Kernel.Multiply(_inverse!.Pointer, x, result, Padded);
            return;
        }
        var inverse = InverseDiagonal;
        for (var i = 0; i < Padded; i += Kernel.Lanes) (Vector256.Load(inverse + i) * Vector256.Load(x + i)).Store(result + i);
    }

    /// <summary>Draws from Normal(0, M).</summary>
    public void DrawMomentum(RandomStream random, double* momentum)
    {
        random.FillNormal(new Span<double>(momentum, Dimension));
        if (IsDense)
        {
            Cholesky.SolveTransposed(_cholesky!, new Span<double>(momentum, Dimension), Dimension);
            return;
        }
        var sd = _sd.Pointer;
        for (var i = 0; i < Dimension; i++) momentum[i] *= sd[i];
    }

    private void SetScale(int i, double variance)
    {
        _inverseDiagonal.Pointer[i] = variance;
        _sd.Pointer[i] = 1 / Math.Sqrt(variance);
    }
}
