using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>Reductions and what densities of vectors and matrices are made of, on doubles.</summary>
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
        var whole = new Tensor([n, n], Tensor.Room(n, n));
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

    public Real LogDeterminant(Arr<Real> matrix)
    {
        var n = matrix.Length;
        var factor = ArrayFunctions.Cholesky(Lower(matrix));
        var sum = 0.0;
        for (var i = 0; i < n; i++) sum += Math.Log(factor[i * n + i]);
        return 2 * sum;
    }

    public (Real LogDeterminant, Real SquaredDistance) Mahalanobis(Arr<Real> x, Arr<Real> location, Arr<Real> scale)
    {
        var difference = new double[scale.Length];
        for (var i = 0; i < difference.Length; i++) difference[i] = x[i] - location[i];
        return (LogDeterminant(scale), SquaredSolution(ArrayFunctions.Cholesky(Lower(scale)), difference));
    }

    /// <summary>tr(S⁻¹ A) is the sum of (L⁻¹ e)ᵀ (L⁻¹ A e) over the unit vectors e, with S = L Lᵀ.</summary>
    public (Real LogDeterminant, Real Trace) TraceOfQuotient(Arr<Real> divisor, Arr<Real> matrix)
    {
        var n = matrix.Length;
        var (factor, a) = (ArrayFunctions.Cholesky(Lower(divisor)), Lower(matrix));
        var trace = 0.0;
        for (var i = 0; i < n; i++)
        {
            var unit = new double[n];
            unit[i] = 1;
            var column = new double[n];
            for (var j = 0; j < n; j++) column[j] = a[Math.Max(i, j), Math.Min(i, j)];
            trace += ArrayFunctions.Dot(Solution(factor, unit), Solution(factor, column));
        }
        return (LogDeterminant(divisor), trace);
    }

    private static Tensor Lower(Arr<Real> matrix)
    {
        var n = matrix.Length;
        var lower = new Tensor([n, n], Tensor.Room(n, n));
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
                lower.Values[i * n + j] = matrix[i, j];
        return lower;
    }

    private static double Quadratic(Tensor a, double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            for (var j = 0; j < x.Length; j++)
                sum += x[i] * a[i, j] * x[j];
        return sum;
    }

    /// <summary>|L⁻¹ x|².</summary>
    private static double SquaredSolution(double[] factor, double[] x)
    {
        var solution = Solution(factor, x);
        return ArrayFunctions.Dot(solution, solution);
    }

    /// <summary>L⁻¹ x, by forward substitution.</summary>
    private static double[] Solution(double[] factor, double[] x)
    {
        var n = x.Length;
        var solution = new double[n];
        for (var i = 0; i < n; i++)
        {
            var rest = x[i] - ArrayFunctions.Dot(factor.AsSpan(i * n, i), solution.AsSpan(0, i));
            solution[i] = rest / factor[i * n + i];
        }
        return solution;
    }
}
