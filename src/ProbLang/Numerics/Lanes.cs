using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

/// <summary>
/// The operations of <see cref="Op"/> on several doubles at once, for the inner loops of compiled programs. Conditions are
/// values: 1 holds, 0 does not. Everything is correct, only slower, on a machine without such vectors.
/// </summary>
internal static unsafe partial class Lanes
{
    /// <summary>How many doubles a lane holds.</summary>
    public const int Width = 4;

    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // A function too long to inline is optimised at its first call: its callers are emitted code, which waits for no tier.
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

#pragma warning disable CS1591 // each is the function of its name
    [MethodImpl(Inline)]
    public static Lane Broadcast(double x) => Simd.Create(x);

    [MethodImpl(Inline)]
    public static Lane Load(double* source) => Simd.Load(source);

    [MethodImpl(Inline)]
    public static void Store(double* target, Lane x) => Simd.Store(x, target);

    [MethodImpl(Inline)]
    public static Lane Add(Lane a, Lane b) => a + b;

    [MethodImpl(Inline)]
    public static Lane Subtract(Lane a, Lane b) => a - b;

    [MethodImpl(Inline)]
    public static Lane Multiply(Lane a, Lane b) => a * b;

    [MethodImpl(Inline)]
    public static Lane Divide(Lane a, Lane b) => a / b;

    [MethodImpl(Inline)]
    public static Lane Negate(Lane x) => -x;

    [MethodImpl(Inline)]
    public static Lane Square(Lane x) => x * x;

    [MethodImpl(Inline)]
    public static Lane Sqrt(Lane x) => Simd.Sqrt(x);

    [MethodImpl(Inline)]
    public static Lane Abs(Lane x) => Simd.Abs(x);

    [MethodImpl(Inline)]
    public static Lane Min(Lane a, Lane b) => Simd.Min(a, b);

    [MethodImpl(Inline)]
    public static Lane Max(Lane a, Lane b) => Simd.Max(a, b);

    [MethodImpl(Inline)]
    public static Lane Floor(Lane x) => Simd.Floor(x);

    [MethodImpl(Inline)]
    public static Lane Ceiling(Lane x) => Simd.Ceiling(x);

    [MethodImpl(Inline)]
    public static Lane Less(Lane a, Lane b) => Simd.LessThan(a, b) & One;

    [MethodImpl(Inline)]
    public static Lane LessOrEqual(Lane a, Lane b) => Simd.LessThanOrEqual(a, b) & One;

    [MethodImpl(Inline)]
    public static Lane Equal(Lane a, Lane b) => Simd.Equals(a, b) & One;

    [MethodImpl(Inline)]
    public static Lane NotEqual(Lane a, Lane b) => Simd.AndNot(One, Simd.Equals(a, b));

    [MethodImpl(Inline)]
    public static Lane And(Lane a, Lane b) => Simd.AndNot(One, Simd.Equals(a, Lane.Zero) | Simd.Equals(b, Lane.Zero));

    [MethodImpl(Inline)]
    public static Lane Or(Lane a, Lane b) => Simd.AndNot(One, Simd.Equals(a, Lane.Zero) & Simd.Equals(b, Lane.Zero));

    [MethodImpl(Inline)]
    public static Lane Not(Lane x) => Simd.Equals(x, Lane.Zero) & One;
#pragma warning restore CS1591

    /// <summary>a·b + c with one rounding.</summary>
    [MethodImpl(Inline)]
    public static Lane MultiplyAdd(Lane a, Lane b, Lane c) => Simd.FusedMultiplyAdd(a, b, c);

    /// <summary><paramref name="a"/> where the condition holds, else <paramref name="b"/>.</summary>
    [MethodImpl(Inline)]
    public static Lane Where(Lane condition, Lane a, Lane b) => Select(Simd.Equals(condition, Lane.Zero), b, a);

    /// <summary>To the nearest integer, halves away from zero.</summary>
    [MethodImpl(Inline)]
    public static Lane Round(Lane x)
    {
        var magnitude = Simd.Abs(x);
        var whole = Simd.Truncate(magnitude);
        var rounded = whole + (Simd.GreaterThanOrEqual(magnitude - whole, Simd.Create(0.5)) & One);
        return CopySign(rounded, x);
    }

    /// <summary>The sum of the lanes, always in the same order.</summary>
    [MethodImpl(Inline)]
    public static double SumLanes(Lane x)
    {
        var halves = x.GetLower() + x.GetUpper();
        return halves.ToScalar() + halves.GetElement(1);
    }

    /// <summary>The greater, by the machine's own rule: the second where one is not a number.</summary>
    [MethodImpl(Inline)]
    public static Lane GreaterOf(Lane a, Lane b) => Simd.MaxNative(a, b);

    /// <summary>The greatest of the lanes.</summary>
    [MethodImpl(Inline)]
    public static double MaxLanes(Lane x) => Math.Max(Math.Max(x.GetElement(0), x.GetElement(1)), Math.Max(x.GetElement(2), x.GetElement(3)));

    /// <summary>
    /// A running Σ log x as the log of a product: multiplies, and moves the exponents of the product to a count of their own, so
    /// that it neither overflows nor rounds more than the sum would. The log of what is not an ordinary positive number is added to
    /// <paramref name="rest"/>. Starts from a product of 1; <see cref="LogOfProduct"/> gives the sum.
    /// </summary>
    [MethodImpl(Inline)]
    public static Lane MultiplyInto(Lane product, Lane x, ref LongLane exponents, ref Lane rest)
    {
        var isOrdinary = Simd.GreaterThanOrEqual(x, Simd.Create(1e-300)) & Simd.LessThanOrEqual(x, Simd.Create(1e300));
        if (Simd.ExtractMostSignificantBits(isOrdinary) != 0xF)
        {
            rest += Simd.AndNot(Log(x), isOrdinary);
            x = Select(isOrdinary, x, One);
        }
        var bits = (product * x).AsInt64();
        exponents += bits >>> 52;
        return ((bits & Simd.Create(0x000FFFFFFFFFFFFFL)) | One.AsInt64()).AsDouble();
    }

    /// <summary>The sum that <see cref="MultiplyInto"/> has run up in so many steps, over all lanes.</summary>
    public static double LogOfProduct(Lane product, LongLane exponents, Lane rest, int steps)
    {
        const int Bias = 1023;
        var sum = SumLanes(Log(product) + rest);
        long exponent = 0;
        for (var lane = 0; lane < LongLane.Count; lane++) exponent += exponents.GetElement(lane) - (long)Bias * steps;
        return sum + exponent * 0.6931471805599453;
    }

    /// <summary>The product of the lanes, always in the same order.</summary>
    [MethodImpl(Inline)]
    public static double MultiplyLanes(Lane x)
    {
        var halves = x.GetLower() * x.GetUpper();
        return halves.ToScalar() * halves.GetElement(1);
    }

    /// <summary>The elements of an array at the next indices.</summary>
    [MethodImpl(Inline)]
    public static Lane Gather(double* array, int* indices) =>
        Simd.Create(array[indices[0]], array[indices[1]], array[indices[2]], array[indices[3]]);

    /// <summary>Adds to the elements of an array at the next indices, which may coincide.</summary>
    [MethodImpl(Inline)]
    public static void ScatterAdd(double* array, int* indices, Lane x)
    {
        array[indices[0]] += x.GetElement(0);
        array[indices[1]] += x.GetElement(1);
        array[indices[2]] += x.GetElement(2);
        array[indices[3]] += x.GetElement(3);
    }

    /// <summary>Loads the first <paramref name="count"/> elements and fills the rest: the end of a plate.</summary>
    [MethodImpl(OutOfLine)]
    public static Lane LoadPart(double* source, int count, double fill)
    {
        var lane = stackalloc double[Width];
        for (var i = 0; i < Width; i++) lane[i] = i < count ? source[i] : fill;
        return Simd.Load(lane);
    }

    /// <summary>Stores the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(OutOfLine)]
    public static void StorePart(double* target, Lane x, int count)
    {
        for (var i = 0; i < count; i++) target[i] = x.GetElement(i);
    }

    private static Lane One
    {
        [MethodImpl(Inline)]
        get => Simd.Create(1.0);
    }

    [MethodImpl(Inline)]
    private static Lane Select(Lane mask, Lane a, Lane b) => Simd.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    private static Lane CopySign(Lane magnitude, Lane sign) => Select(Simd.Create(-0.0), sign, magnitude);

    /// <summary>Σ c[i] xⁱ, even and odd powers side by side to halve the chain of dependences. At least two coefficients.</summary>
    [MethodImpl(Inline)]
    private static Lane Polynomial(Lane x, ReadOnlySpan<double> c)
    {
        var square = x * x;
        var i = c.Length - 1;
        Lane even = Lane.Zero, odd = Lane.Zero;
        if ((i & 1) == 0) even = Simd.Create(c[i--]);
        for (; i > 0; i -= 2)
        {
            even = MultiplyAdd(even, square, Simd.Create(c[i - 1]));
            odd = MultiplyAdd(odd, square, Simd.Create(c[i]));
        }
        return MultiplyAdd(odd, x, even);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Lane Each(delegate*<double, double> function, Lane x) =>
        Simd.Create(function(x.GetElement(0)), function(x.GetElement(1)), function(x.GetElement(2)), function(x.GetElement(3)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Lane Each(delegate*<double, double, double> function, Lane x, Lane y) => Simd.Create(
        function(x.GetElement(0), y.GetElement(0)), function(x.GetElement(1), y.GetElement(1)),
        function(x.GetElement(2), y.GetElement(2)), function(x.GetElement(3), y.GetElement(3)));
}
