using System.Runtime.CompilerServices;

namespace ProbLang.Numerics;

// What densities of matrices are made of. Each leaves what its adjoint needs: a factor, an inverse. Where a matrix is not
// positive definite the results are not numbers.
internal static unsafe partial class Kernels
{
    /// <summary>log |S|, with the factor of S.</summary>
    [MethodImpl(Hot)]
    public static double LogDeterminant(double* s, int n, double* factor)
    {
        if (!Cholesky(s, n, factor)) return double.NaN;
        var sum = 0.0;
        for (var i = 0; i < n; i++) sum += Math.Log(factor[i * n + i]);
        return 2 * sum;
    }

    /// <summary>gS += seed S⁻¹, off-diagonal elements twice. The work area holds n² numbers and that of <see cref="InverseFromCholesky"/>.</summary>
    [MethodImpl(Hot)]
    public static void LogDeterminantAdjoint(double* factor, int n, double seed, double* gs, double* work)
    {
        InverseFromCholesky(factor, n, work, work + n * n);
        for (var i = 0; i < n; i++)
        {
            AddScaled(2 * seed, work + i * n, gs + i * n, i);
            gs[i * n + i] += seed * work[i * n + i];
        }
    }

    /// <summary>log |S| and (x - location)ᵀ S⁻¹ (x - location), with the factor of S and α = S⁻¹ (x - location).</summary>
    [MethodImpl(Hot)]
    public static (double LogDeterminant, double SquaredDistance) Mahalanobis(double* x, double* location, double* s, int n, double* factor, double* alpha)
    {
        var logDeterminant = LogDeterminant(s, n, factor);
        if (double.IsNaN(logDeterminant)) return (double.NaN, double.NaN);
        for (var i = 0; i < n; i++) alpha[i] = x[i] - location[i];
        SolveLower(factor, n, alpha, alpha);
        var square = Dot(alpha, alpha, n);
        SolveLowerTransposed(factor, n, alpha, alpha);
        return (logDeterminant, square);
    }

    /// <summary>The adjoint of <see cref="Mahalanobis"/>, for a seed of each result; gradients may be null. The work area is that of <see cref="LogDeterminantAdjoint"/>.</summary>
    [MethodImpl(Hot)]
    public static void MahalanobisAdjoint(double* factor, double* alpha, int n, double ofDeterminant, double ofSquare, double* gx, double* glocation, double* gs, double* work)
    {
        if (gx != null) AddScaled(2 * ofSquare, alpha, gx, n);
        if (glocation != null) AddScaled(-2 * ofSquare, alpha, glocation, n);
        if (gs == null) return;
        LogDeterminantAdjoint(factor, n, ofDeterminant, gs, work);
        for (var i = 0; i < n; i++)
        {
            AddScaled(-2 * ofSquare * alpha[i], alpha, gs + i * n, i);
            gs[i * n + i] -= ofSquare * alpha[i] * alpha[i];
        }
    }

    /// <summary>How many numbers the work area of <see cref="TraceOfQuotient"/> and its adjoint holds.</summary>
    public static int TraceOfQuotientWork(int n) => 2 * n * n + InverseFromCholeskyWork(n);

    /// <summary>log |S| and tr(S⁻¹ A), with S⁻¹; of S and A the lower triangles are read.</summary>
    [MethodImpl(Hot)]
    public static (double LogDeterminant, double Trace) TraceOfQuotient(double* s, double* a, int n, double* inverse, double* work)
    {
        var logDeterminant = LogDeterminant(s, n, work);
        if (double.IsNaN(logDeterminant))
        {
            new Span<double>(inverse, n * n).Fill(double.NaN);
            return (double.NaN, double.NaN);
        }
        InverseFromCholesky(work, n, inverse, work + n * n);
        var trace = 0.0;
        for (var i = 0; i < n; i++) trace += 2 * Dot(inverse + i * n, a + i * n, i) + inverse[i * n + i] * a[i * n + i];
        return (logDeterminant, trace);
    }

    /// <summary>The adjoint of <see cref="TraceOfQuotient"/>: gA += t S⁻¹, gS += d S⁻¹ - t S⁻¹ A S⁻¹, off-diagonal elements twice, for the seeds d of the determinant and t of the trace. Gradients may be null.</summary>
    [MethodImpl(Hot)]
    public static void TraceOfQuotientAdjoint(double* inverse, double* a, int n, double ofDeterminant, double ofTrace, double* gs, double* ga, double* work)
    {
        if (ga != null)
        {
            for (var i = 0; i < n; i++)
            {
                AddScaled(2 * ofTrace, inverse + i * n, ga + i * n, i);
                ga[i * n + i] += ofTrace * inverse[i * n + i];
            }
        }
        if (gs == null) return;
        double* whole = work, product = whole + n * n;
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++) whole[i * n + j] = whole[j * n + i] = a[i * n + j];
        MatMul(inverse, n, n, whole, n, product);
        MatMul(product, n, n, inverse, n, whole);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++) gs[i * n + j] += 2 * (ofDeterminant * inverse[i * n + j] - ofTrace * whole[i * n + j]);
            gs[i * n + i] += ofDeterminant * inverse[i * n + i] - ofTrace * whole[i * n + i];
        }
    }
}
