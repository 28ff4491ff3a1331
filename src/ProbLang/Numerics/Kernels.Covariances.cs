using System.Runtime.CompilerServices;

namespace ProbLang.Numerics;

// Coordinates of a correlation matrix: the partial correlations tanh y of a vine, row by row below the diagonal (Lewandowski, Kurowicka
// and Joe 2009). With c = sech y and s the product of the c before it in its row, an element of the factor is tanh(y) s, and the diagonal is the product of the row.
internal static unsafe partial class Kernels
{
    /// <summary>
    /// <paramref name="count"/> times k(k-1)/2 coordinates to factors of correlation matrices, or with <paramref name="isProduct"/> to the matrices themselves;
    /// returns the log-Jacobian of the elements below the diagonal. The work area holds k² numbers.
    /// </summary>
    [MethodImpl(Hot)]
    public static double Correlations(double* y, int count, int k, bool isProduct, double* x, double* work)
    {
        var logJacobian = 0.0;
        for (var m = 0; m < count; m++, y += k * (k - 1) / 2, x += k * k)
        {
            CorrelationFactor(y, k, isProduct ? work : x);
            var at = y;
            for (var i = 1; i < k; i++)
                for (var j = 0; j < i; j++) logJacobian += Power(i, j, k, isProduct) * LogSech(*at++);
            if (!isProduct) continue;
            Product(work, k, x);
            for (var i = 0; i < k; i++) x[i * k + i] = 1;
        }
        return logJacobian;
    }

    /// <summary>The adjoint of <see cref="Correlations"/>: gy += the gradient through x, and <paramref name="seed"/> times that of the log-Jacobian. The work area holds 2k² + 3k numbers.</summary>
    [MethodImpl(Hot)]
    public static void CorrelationsAdjoint(double* y, int count, int k, bool isProduct, double* gx, double seed, double* gy, double* work)
    {
        double* factor = work, gfactor = factor + k * k, tanh = gfactor + k * k, sech = tanh + k, before = sech + k;
        for (var m = 0; m < count; m++, y += k * (k - 1) / 2, gy += k * (k - 1) / 2, gx += k * k)
        {
            // The diagonal of a correlation is 1 whatever the coordinates.
            if (isProduct)
            {
                CorrelationFactor(y, k, factor);
                ProductAdjoint(factor, k, gx, false, gfactor);
            }
            var from = isProduct ? gfactor : gx;
            for (var i = 1; i < k; i++)
            {
                double* row = y + i * (i - 1) / 2, grow = gy + i * (i - 1) / 2;
                var rest = 1.0;
                for (var j = 0; j < i; j++)
                {
                    (tanh[j], sech[j], before[j]) = (Math.Tanh(row[j]), 1 / Math.Cosh(row[j]), rest);
                    rest *= sech[j];
                }
                // With t = tanh y and c = sech y, dt = c² dy and dc = -t c dy; before is s, and after a place s c is left.
                var gRest = from[i * k + i];
                for (var j = i - 1; j >= 0; j--)
                {
                    var (t, c, g) = (tanh[j], sech[j], from[i * k + j]);
                    grow[j] += before[j] * c * (g * c - gRest * t) - seed * Power(i, j, k, isProduct) * t;
                    gRest = g * t + gRest * c;
                }
            }
        }
    }

    /// <summary><paramref name="count"/> times k(k+1)/2 coordinates, the lower triangle of a factor with the logarithm of its diagonal, to covariance matrices; returns the log-Jacobian of their lower triangles. The work area holds k² numbers.</summary>
    [MethodImpl(Hot)]
    public static double Covariances(double* y, int count, int k, double* x, double* work)
    {
        var logJacobian = count * k * Math.Log(2);
        for (var m = 0; m < count; m++, y += k * (k + 1) / 2, x += k * k)
        {
            CovarianceFactor(y, k, work);
            for (var i = 0; i < k; i++) logJacobian += (k - i + 1) * y[i * (i + 3) / 2];
            Product(work, k, x);
        }
        return logJacobian;
    }

    /// <summary>The adjoint of <see cref="Covariances"/>. The work area holds 2k² numbers.</summary>
    [MethodImpl(Hot)]
    public static void CovariancesAdjoint(double* y, int count, int k, double* gx, double seed, double* gy, double* work)
    {
        double* factor = work, gfactor = work + k * k;
        for (var m = 0; m < count; m++, y += k * (k + 1) / 2, gy += k * (k + 1) / 2, gx += k * k)
        {
            CovarianceFactor(y, k, factor);
            ProductAdjoint(factor, k, gx, true, gfactor);
            var to = gy;
            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < i; j++) *to++ += gfactor[i * k + j];
                *to++ += gfactor[i * k + i] * factor[i * k + i] + seed * (k - i + 1);
            }
        }
    }

    /// <summary><paramref name="count"/> times k(k+1)/2 coordinates, the lower triangle with the logarithm of its diagonal, to lower-triangular matrices; returns the log-Jacobian.</summary>
    [MethodImpl(Hot)]
    public static double Factors(double* y, int count, int k, double* x)
    {
        var logJacobian = 0.0;
        for (var m = 0; m < count; m++, y += k * (k + 1) / 2, x += k * k)
        {
            CovarianceFactor(y, k, x);
            for (var i = 0; i < k; i++) logJacobian += y[i * (i + 3) / 2];
        }
        return logJacobian;
    }

    /// <summary>The adjoint of <see cref="Factors"/>.</summary>
    [MethodImpl(Hot)]
    public static void FactorsAdjoint(int count, int k, double* x, double* gx, double seed, double* gy)
    {
        for (var m = 0; m < count; m++, x += k * k, gx += k * k)
            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < i; j++) *gy++ += gx[i * k + j];
                *gy++ += gx[i * k + i] * x[i * k + i] + seed;
            }
    }

    /// <summary>
    /// <paramref name="count"/> times k-1 coordinates y to vectors (2y, |y|² - 1) / (|y|² + 1) of length 1, the stereographic projection; returns the log-Jacobian, that of
    /// areas on the sphere.
    /// </summary>
    [MethodImpl(Hot)]
    public static double Directions(double* y, int count, int k, double* x)
    {
        var logJacobian = 0.0;
        for (var m = 0; m < count; m++, y += k - 1, x += k)
        {
            var scale = 2 / (1 + SquaredLength(y, k - 1));
            for (var i = 0; i < k - 1; i++) x[i] = scale * y[i];
            x[k - 1] = 1 - scale;
            logJacobian += (k - 1) * Math.Log(scale);
        }
        return logJacobian;
    }

    /// <summary>The adjoint of <see cref="Directions"/>.</summary>
    [MethodImpl(Hot)]
    public static void DirectionsAdjoint(double* y, int count, int k, double* gx, double seed, double* gy)
    {
        for (var m = 0; m < count; m++, y += k - 1, gy += k - 1, gx += k)
        {
            var scale = 2 / (1 + SquaredLength(y, k - 1));
            var inner = -gx[k - 1];
            for (var i = 0; i < k - 1; i++) inner += gx[i] * y[i];
            // The scale changes by -scale² y.
            var change = scale * scale * inner + seed * (k - 1) * scale;
            for (var i = 0; i < k - 1; i++) gy[i] += gx[i] * scale - change * y[i];
        }
    }

    private static double SquaredLength(double* y, int n)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++) sum += y[i] * y[i];
        return sum;
    }

    private static void CorrelationFactor(double* y, int k, double* l)
    {
        for (var i = 0; i < k; i++, l += k)
        {
            var rest = 1.0;
            for (var j = 0; j < i; j++, y++)
            {
                l[j] = Math.Tanh(*y) * rest;
                rest /= Math.Cosh(*y);
            }
            l[i] = rest;
            for (var j = i + 1; j < k; j++) l[j] = 0;
        }
    }

    private static void CovarianceFactor(double* y, int k, double* l)
    {
        for (var i = 0; i < k; i++, l += k)
        {
            for (var j = 0; j < i; j++) l[j] = *y++;
            l[i] = Math.Exp(*y++);
            for (var j = i + 1; j < k; j++) l[j] = 0;
        }
    }

    /// <summary>How often sech y stands in the Jacobian: twice for its tanh, once for each element of the factor after it in its row; and in that of L Lᵀ, once for each column that the row's diagonal multiplies.</summary>
    private static int Power(int i, int j, int k, bool isProduct) => isProduct ? k - j : i + 1 - j;

    private static double LogSech(double y) => Math.Log(2) - Math.Abs(y) - SpecialFunctions.Log1p(Math.Exp(-2 * Math.Abs(y)));

    /// <summary>X = L Lᵀ.</summary>
    private static void Product(double* l, int k, double* x)
    {
        for (var i = 0; i < k; i++)
            for (var j = 0; j <= i; j++) x[i * k + j] = x[j * k + i] = Dot(l + i * k, l + j * k, j + 1);
    }

    /// <summary>gL = (gX + gXᵀ) L below and on the diagonal, with or without what the diagonal of X gives.</summary>
    private static void ProductAdjoint(double* l, int k, double* gx, bool hasDiagonal, double* gl)
    {
        new Span<double>(gl, k * k).Clear();
        for (var i = 0; i < k; i++)
            for (var q = 0; q < k; q++)
            {
                if (q == i && !hasDiagonal) continue;
                AddScaled(gx[i * k + q] + gx[q * k + i], l + q * k, gl + i * k, Math.Min(i, q) + 1);
            }
    }
}
