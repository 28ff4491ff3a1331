using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Inference;

/// <summary>
/// Vector arithmetic on arrays whose length is padded to whole registers. The padding holds zeros, which every operation
/// here keeps, so no loop needs a tail.
/// </summary>
internal static unsafe class Kernel
{
    public const int Lanes = 4;

    public static int Padded(int length) => (length + Lanes - 1) & -Lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Fma(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);

    /// <summary>x · y</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Dot(double* x, double* y, int padded)
    {
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < padded; i += Lanes) sum = Fma(Vector256.Load(x + i), Vector256.Load(y + i), sum);
        return Vector256.Sum(sum);
    }

    /// <summary>r = x + a y</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(double* x, double a, double* y, double* r, int padded)
    {
        var scale = Vector256.Create(a);
        for (var i = 0; i < padded; i += Lanes) Fma(scale, Vector256.Load(y + i), Vector256.Load(x + i)).Store(r + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(double* from, double* to, int padded)
    {
        for (var i = 0; i < padded; i += Lanes) Vector256.Load(from + i).Store(to + i);
    }

    /// <summary>r = A x for a symmetric A whose rows are <paramref name="padded"/> apart, four rows at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(double* a, double* x, double* r, int padded)
    {
        for (var row = 0; row < padded; row += Lanes)
        {
            double* a0 = a + (long)row * padded, a1 = a0 + padded, a2 = a1 + padded, a3 = a2 + padded;
            Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
            for (var i = 0; i < padded; i += Lanes)
            {
                var xi = Vector256.Load(x + i);
                s0 = Fma(Vector256.Load(a0 + i), xi, s0);
                s1 = Fma(Vector256.Load(a1 + i), xi, s1);
                s2 = Fma(Vector256.Load(a2 + i), xi, s2);
                s3 = Fma(Vector256.Load(a3 + i), xi, s3);
            }
            Vector256.Create(Vector256.Sum(s0), Vector256.Sum(s1), Vector256.Sum(s2), Vector256.Sum(s3)).Store(r + row);
        }
    }
}
