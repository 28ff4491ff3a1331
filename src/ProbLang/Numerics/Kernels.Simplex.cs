using System.Runtime.CompilerServices;

namespace ProbLang.Numerics;

internal static unsafe partial class Kernels
{
    /// <summary>
    /// Rows of K - 1 real numbers to rows of K proportions by breaking a stick: each takes the share logistic(yₖ - log(K - k)) of what is left,
    /// so that 0 goes to equal proportions (Stan Reference Manual, 10.7). Returns the log-Jacobian over all rows, of the first K - 1 proportions.
    /// </summary>
    [MethodImpl(Hot)]
    public static double Simplex(double* y, int count, int k, double* x)
    {
        var logJacobian = 0.0;
        for (var row = 0; row < count; row++, y += k - 1, x += k)
        {
            var rest = 1.0;
            for (var i = 0; i < k - 1; i++)
            {
                // With L = log(1 + eᵘ), log of the share is u - L and log of what it leaves is -L; the shares after it count what it leaves once each.
                var u = y[i] - Math.Log(k - 1 - i);
                var e = Math.Exp(-Math.Abs(u));
                var share = (u >= 0 ? 1 : e) / (1 + e);
                var left = (u >= 0 ? e : 1) / (1 + e);
                logJacobian += u - (k - i) * SpecialFunctions.Softplus(u);
                x[i] = rest * share;
                rest *= left;
            }
            x[k - 1] = rest;
        }
        return logJacobian;
    }

    /// <summary>The adjoint of <see cref="Simplex"/>: gy += the gradient through x, and <paramref name="seed"/> times that of the log-Jacobian.</summary>
    [MethodImpl(Hot)]
    public static void SimplexAdjoint(double* y, int count, int k, double* x, double* gx, double seed, double* gy)
    {
        for (var row = 0; row < count; row++, y += k - 1, gy += k - 1, x += k, gx += k)
        {
            var gRest = gx[k - 1];
            for (var i = k - 2; i >= 0; i--)
            {
                var share = SpecialFunctions.Logistic(y[i] - Math.Log(k - 1 - i));
                gy[i] += (gx[i] - gRest) * x[i] * (1 - share) + seed * (1 - (k - i) * share);
                gRest += (gx[i] - gRest) * share;
            }
        }
    }
}
