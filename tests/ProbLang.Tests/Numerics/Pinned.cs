using System.Runtime.CompilerServices;
using Xunit;

namespace ProbLang.Tests.Numerics;

/// <summary>Arrays that stay where they are, for kernels that take pointers.</summary>
internal static unsafe class Pinned
{
    public static double[] Zeros(int n) => GC.AllocateArray<double>(n, pinned: true);

    public static double[] Of(params double[] values)
    {
        var array = Zeros(values.Length);
        values.CopyTo(array, 0);
        return array;
    }

    public static double[] Random(int seed, int n)
    {
        var random = new Random(seed);
        var array = Zeros(n);
        for (var i = 0; i < n; i++) array[i] = 2 * random.NextDouble() - 1;
        return array;
    }

    /// <summary>The address of an array made here.</summary>
    public static double* At(double[] pinned) => (double*)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(pinned));

    /// <summary>The central difference of a function in each element of an array.</summary>
    public static double[] Gradient(double[] at, Func<double> function)
    {
        var gradient = new double[at.Length];
        for (var i = 0; i < at.Length; i++)
        {
            var value = at[i];
            var step = 1e-5 * Math.Max(1, Math.Abs(value));
            at[i] = value + step;
            var above = function();
            at[i] = value - step;
            gradient[i] = (above - function()) / (2 * step);
            at[i] = value;
        }
        return gradient;
    }

    public static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var scale = Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"element {i}: {actual[i]:R} instead of {expected[i]:R}");
        }
    }
}
