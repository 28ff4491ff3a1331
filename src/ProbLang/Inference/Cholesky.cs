using ProbLang.Limits;

namespace ProbLang.Inference;

/// <summary>The Cholesky factor of the small matrices of a metric, row-major and in place; loading a linear algebra library for these would cost more than it saves.</summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle of A by L with A = L Lᵀ; false when A is not positive definite.</summary>
    public static bool TryFactor(Span<double> a, int n)
    {
        for (var i = 0; i < n; i++)
        {
            Budget.Current.Check();
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i * n + j];
                for (var k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
                if (j < i) a[i * n + j] = sum / a[j * n + j];
                else if (sum > 0 && double.IsFinite(sum)) a[i * n + i] = Math.Sqrt(sum);
                else return false;
            }
        }
        return true;
    }

    /// <summary>x := L⁻¹ x</summary>
    public static void Solve(ReadOnlySpan<double> l, Span<double> x, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var sum = x[i];
            for (var k = 0; k < i; k++) sum -= l[i * n + k] * x[k];
            x[i] = sum / l[i * n + i];
        }
    }

    /// <summary>x := L⁻ᵀ x</summary>
    public static void SolveTransposed(ReadOnlySpan<double> l, Span<double> x, int n)
    {
        for (var i = n - 1; i >= 0; i--)
        {
            var value = x[i] /= l[i * n + i];
            for (var k = 0; k < i; k++) x[k] -= l[i * n + k] * value;
        }
    }
}
