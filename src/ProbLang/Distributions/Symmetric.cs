namespace ProbLang.Distributions;

/// <summary>Symmetric matrices in place.</summary>
internal static class Symmetric
{
    /// <summary>A ← L Lᵀ for the lower L that A holds, from the last element back, so that none needs what an earlier one has replaced.</summary>
    public static void FromFactor(Span<double> a, int n)
    {
        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i; j >= 0; j--)
            {
                var sum = 0.0;
                for (var k = 0; k <= j; k++) sum += a[i * n + k] * a[j * n + k];
                a[i * n + j] = sum;
            }
        }
        for (var i = 0; i < n; i++)
            for (var j = i + 1; j < n; j++) a[i * n + j] = a[j * n + i];
    }
}
