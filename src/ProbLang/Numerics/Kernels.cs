using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

/// <summary>
/// Vector and matrix kernels for compiled programs, each with its adjoint. Matrices are row-major. Nothing is allocated;
/// work areas are passed in, never overlap an argument, and need no initial value. Adjoints accumulate: they add to what
/// the gradient holds.
/// </summary>
internal static unsafe partial class Kernels
{
    // Optimised at the first call: the callers are emitted code, which waits for no tier.
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Σ x.</summary>
    [MethodImpl(Hot)]
    public static double Sum(double* x, int n)
    {
        Lane a = Lane.Zero, b = Lane.Zero;
        var i = 0;
        for (; i <= n - 8; i += 8)
        {
            a += Simd.Load(x + i);
            b += Simd.Load(x + i + 4);
        }
        var sum = Lanes.SumLanes(a + b);
        for (; i < n; i++) sum += x[i];
        return sum;
    }

    /// <summary>Σ x y.</summary>
    [MethodImpl(Hot)]
    public static double Dot(double* x, double* y, int n)
    {
        Lane a = Lane.Zero, b = Lane.Zero;
        var i = 0;
        for (; i <= n - 8; i += 8)
        {
            a = Lanes.MultiplyAdd(Simd.Load(x + i), Simd.Load(y + i), a);
            b = Lanes.MultiplyAdd(Simd.Load(x + i + 4), Simd.Load(y + i + 4), b);
        }
        if (i <= n - 4)
        {
            a = Lanes.MultiplyAdd(Simd.Load(x + i), Simd.Load(y + i), a);
            i += 4;
        }
        var sum = Lanes.SumLanes(a + b);
        for (; i < n; i++) sum = Math.FusedMultiplyAdd(x[i], y[i], sum);
        return sum;
    }

    /// <summary>y += a x. It is the adjoint of <see cref="Dot"/> in either vector, and of a scaled copy.</summary>
    [MethodImpl(Hot)]
    public static void AddScaled(double a, double* x, double* y, int n)
    {
        var factor = Simd.Create(a);
        var i = 0;
        for (; i <= n - 4; i += 4) Lanes.Store(y + i, Lanes.MultiplyAdd(factor, Simd.Load(x + i), Simd.Load(y + i)));
        for (; i < n; i++) y[i] = Math.FusedMultiplyAdd(a, x[i], y[i]);
    }

    /// <summary>The greatest element; -infinity for none.</summary>
    [MethodImpl(Hot)]
    public static double Max(double* x, int n)
    {
        var max = Simd.Create(double.NegativeInfinity);
        var i = 0;
        for (; i <= n - 4; i += 4) max = Simd.Max(max, Simd.Load(x + i));
        var result = Math.Max(Math.Max(max.GetElement(0), max.GetElement(1)), Math.Max(max.GetElement(2), max.GetElement(3)));
        for (; i < n; i++) result = Math.Max(result, x[i]);
        return result;
    }

    /// <summary>log Σ exp(x) without overflow; -infinity for none.</summary>
    [MethodImpl(Hot)]
    public static double LogSumExp(double* x, int n)
    {
        var max = Max(x, n);
        if (!double.IsFinite(max)) return max;
        return max + Math.Log(SumExp(x, n, max, null));
    }

    /// <summary>gx += seed · softmax(x), where <paramref name="value"/> is what <see cref="LogSumExp"/> gave.</summary>
    [MethodImpl(Hot)]
    public static void LogSumExpAdjoint(double* x, int n, double value, double seed, double* gx)
    {
        // All -infinity: no element has a weight.
        if (double.IsNegativeInfinity(value)) return;
        var shift = Simd.Create(value);
        var factor = Simd.Create(seed);
        var i = 0;
        for (; i <= n - 4; i += 4)
        {
            Lanes.Store(gx + i, Lanes.MultiplyAdd(factor, Lanes.Exp(Simd.Load(x + i) - shift), Simd.Load(gx + i)));
        }
        for (; i < n; i++) gx[i] += seed * Math.Exp(x[i] - value);
    }

    /// <summary>y = exp(x) / Σ exp(x), without overflow. y may be x.</summary>
    [MethodImpl(Hot)]
    public static void Softmax(double* x, int n, double* y)
    {
        var sum = SumExp(x, n, Max(x, n), y);
        for (var i = 0; i < n; i++) y[i] /= sum;
    }

    /// <summary>gx += y (gy - Σ y gy), where y = softmax(x).</summary>
    [MethodImpl(Hot)]
    public static void SoftmaxAdjoint(double* y, double* gy, int n, double* gx)
    {
        var mean = Dot(y, gy, n);
        for (var i = 0; i < n; i++) gx[i] += y[i] * (gy[i] - mean);
    }

    /// <summary>y = x - log Σ exp(x). y may be x.</summary>
    [MethodImpl(Hot)]
    public static void LogSoftmax(double* x, int n, double* y)
    {
        var total = LogSumExp(x, n);
        for (var i = 0; i < n; i++) y[i] = x[i] - total;
    }

    /// <summary>gx += gy - exp(y) Σ gy, where y = log softmax(x).</summary>
    [MethodImpl(Hot)]
    public static void LogSoftmaxAdjoint(double* y, double* gy, int n, double* gx)
    {
        var total = Sum(gy, n);
        for (var i = 0; i < n; i++) gx[i] += gy[i] - Math.Exp(y[i]) * total;
    }

    /// <summary>y[i] = x[0] + … + x[i]. y may be x.</summary>
    public static void CumSum(double* x, int n, double* y)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++) y[i] = sum += x[i];
    }

    /// <summary>gx[i] += gy[i] + … + gy[n-1].</summary>
    public static void CumSumAdjoint(double* gy, int n, double* gx)
    {
        var sum = 0.0;
        for (var i = n - 1; i >= 0; i--) gx[i] += sum += gy[i];
    }

    /// <summary>Π x; 1 for none.</summary>
    public static double Prod(double* x, int n)
    {
        var product = 1.0;
        for (var i = 0; i < n; i++) product *= x[i];
        return product;
    }

    /// <summary>gx[i] += seed · (the product of the others), also where elements are 0. The work area holds n numbers.</summary>
    public static void ProdAdjoint(double* x, int n, double seed, double* gx, double* work)
    {
        var before = seed;
        for (var i = 0; i < n; i++)
        {
            work[i] = before;
            before *= x[i];
        }
        var after = 1.0;
        for (var i = n - 1; i >= 0; i--)
        {
            gx[i] += work[i] * after;
            after *= x[i];
        }
    }

    /// <summary>Σ exp(x - shift), each term also stored in y where there is one.</summary>
    [MethodImpl(Hot)]
    private static double SumExp(double* x, int n, double shift, double* y)
    {
        var lanes = Lane.Zero;
        var i = 0;
        for (; i <= n - 4; i += 4)
        {
            var e = Lanes.Exp(Simd.Load(x + i) - Simd.Create(shift));
            lanes += e;
            if (y != null) Lanes.Store(y + i, e);
        }
        var sum = Lanes.SumLanes(lanes);
        for (; i < n; i++)
        {
            var e = Math.Exp(x[i] - shift);
            sum += e;
            if (y != null) y[i] = e;
        }
        return sum;
    }
}
