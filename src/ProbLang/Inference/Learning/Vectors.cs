using ProbLang.Numerics;

namespace ProbLang.Inference;

/// <summary>The kernels on spans, and what optimizers need beside them.</summary>
internal static unsafe class Vectors
{
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        fixed (double* a = x, b = y) return Kernels.Dot(a, b, x.Length);
    }

    /// <summary>y += factor x</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        fixed (double* a = x, b = y) Kernels.AddScaled(factor, a, b, x.Length);
    }

    /// <summary>The largest absolute value; 0 for none, NaN where one is NaN.</summary>
    public static double Largest(ReadOnlySpan<double> x)
    {
        var largest = 0.0;
        foreach (var value in x) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    /// <summary>The Euclidean norm, without overflow; not finite only where an element is not.</summary>
    public static double Norm(ReadOnlySpan<double> x)
    {
        var square = Dot(x, x);
        if (double.IsFinite(square)) return Math.Sqrt(square);
        var largest = Largest(x);
        if (!double.IsFinite(largest)) return largest;
        var sum = 0.0;
        foreach (var value in x) sum += value / largest * (value / largest);
        return largest * Math.Sqrt(sum);
    }

    public static bool AreFinite(ReadOnlySpan<double> x) => double.IsFinite(Dot(x, x)) || double.IsFinite(Largest(x));
}
