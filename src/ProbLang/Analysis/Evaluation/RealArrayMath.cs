using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>Reductions and the multivariate normal on doubles.</summary>
internal sealed class RealArrayMath : IArrayMath<Real>
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    public static RealArrayMath Instance { get; } = new();

    public Real Sum(int n, Func<Real, Real> body)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++) sum += body(i);
        return sum;
    }

    public Real Max(int n, Func<Real, Real> body)
    {
        var max = double.NegativeInfinity;
        for (var i = 0; i < n; i++) max = Math.Max(max, body(i));
        return max;
    }

    public Real LogSumExp(int n, Func<Real, Real> body)
    {
        var terms = new double[n];
        for (var i = 0; i < n; i++) terms[i] = body(i);
        return ArrayFunctions.LogSumExp(terms);
    }

    /// <summary>-½ |L⁻¹(x - μ)|² - log |L| - n/2 log 2π, with Σ = L Lᵀ. NaN where the matrix is not positive definite.</summary>
    public Real MvNormalLogDensity(Arr<Real> x, Arr<Real> mean, Arr<Real> matrix, MatrixForm form)
    {
        var n = matrix.Length;
        var whole = new Tensor([n, n], new double[n * n]);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                whole.Values[i * n + j] = matrix[i, j];
        var difference = new double[n];
        for (var i = 0; i < n; i++) difference[i] = x[i] - mean[i];
        var factor = form == MatrixForm.Cholesky ? whole.Values : ArrayFunctions.Cholesky(whole);
        var logDiagonal = 0.0;
        for (var i = 0; i < n; i++) logDiagonal += Math.Log(factor[i * n + i]);
        return form == MatrixForm.Precision
            ? -0.5 * Quadratic(whole, difference) + logDiagonal - n * HalfLogTwoPi
            : -0.5 * SquaredSolution(factor, difference) - logDiagonal - n * HalfLogTwoPi;
    }

    private static double Quadratic(Tensor a, double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            for (var j = 0; j < x.Length; j++)
                sum += x[i] * a[i, j] * x[j];
        return sum;
    }

    /// <summary>|L⁻¹ x|², by forward substitution.</summary>
    private static double SquaredSolution(double[] factor, double[] x)
    {
        var n = x.Length;
        var solution = new double[n];
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            var rest = x[i] - ArrayFunctions.Dot(factor.AsSpan(i * n, i), solution.AsSpan(0, i));
            solution[i] = rest / factor[i * n + i];
            sum += solution[i] * solution[i];
        }
        return sum;
    }
}
