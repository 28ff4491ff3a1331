using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// What emitted code calls. Addresses travel as <c>nint</c>, because expression trees have no pointers; every method is
/// inlined into the emitted one.
/// </summary>
internal static unsafe class Machine
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static nint At(nint area, int offset) => area + (nint)offset * sizeof(double);

    /// <summary>An index as wide as an address, extended once a loop rather than at each use.</summary>
    [MethodImpl(Inline)]
    public static nint Widen(int index) => index;

    [MethodImpl(Inline)]
    public static double Load(nint buffer, nint index, int displacement) => ((double*)buffer)[index + displacement];

    [MethodImpl(Inline)]
    public static void Set(nint buffer, nint index, int displacement, double value) => ((double*)buffer)[index + displacement] = value;

    [MethodImpl(Inline)]
    public static void Add(nint buffer, nint index, int displacement, double value) => ((double*)buffer)[index + displacement] += value;

    [MethodImpl(Inline)]
    public static double LoadSingle(nint buffer, nint index, int displacement) => ((float*)buffer)[index + displacement];

    [MethodImpl(Inline)]
    public static void SetSingle(nint buffer, nint index, int displacement, double value) => ((float*)buffer)[index + displacement] = (float)value;

    [MethodImpl(Inline)]
    public static void AddSingle(nint buffer, nint index, int displacement, double value)
    {
        var at = (float*)buffer + index + displacement;
        *at = (float)(*at + value);
    }

    [MethodImpl(Inline)]
    public static nint IntegerAt(nint area, int offset) => area + (nint)offset * sizeof(int);

    [MethodImpl(Inline)]
    public static int LoadInteger(nint buffer, int index) => ((int*)buffer)[index];

    [MethodImpl(Inline)]
    public static Lane LoadLanes(nint buffer, nint index, int displacement) => Vector256.Load((double*)buffer + index + displacement);

    [MethodImpl(Inline)]
    public static void SetLanes(nint buffer, nint index, int displacement, Lane value) => value.Store((double*)buffer + index + displacement);

    [MethodImpl(Inline)]
    public static void AddLanes(nint buffer, nint index, int displacement, Lane value)
    {
        var at = (double*)buffer + index + displacement;
        (Vector256.Load(at) + value).Store(at);
    }

    [MethodImpl(Inline)]
    public static Lane LoadLanesSingle(nint buffer, nint index, int displacement) => Conversion.Load((float*)buffer + index + displacement);

    [MethodImpl(Inline)]
    public static void SetLanesSingle(nint buffer, nint index, int displacement, Lane value) => Conversion.Store((float*)buffer + index + displacement, value);

    [MethodImpl(Inline)]
    public static void AddLanesSingle(nint buffer, nint index, int displacement, Lane value)
    {
        var at = (float*)buffer + index + displacement;
        Conversion.Store(at, Conversion.Load(at) + value);
    }

    [MethodImpl(Inline)]
    public static Lane GatherSingle(nint buffer, int a, int b, int c, int d)
    {
        var from = (float*)buffer;
        return Vector256.Create((double)from[a], from[b], from[c], from[d]);
    }

    [MethodImpl(Inline)]
    public static void ScatterAddSingle(nint buffer, int a, int b, int c, int d, Lane value)
    {
        AddSingle(buffer, a, 0, value.GetElement(0));
        AddSingle(buffer, b, 0, value.GetElement(1));
        AddSingle(buffer, c, 0, value.GetElement(2));
        AddSingle(buffer, d, 0, value.GetElement(3));
    }

    [MethodImpl(Inline)]
    public static void ScatterSetSingle(nint buffer, int a, int b, int c, int d, Lane value)
    {
        var to = (float*)buffer;
        to[a] = (float)value.GetElement(0);
        to[b] = (float)value.GetElement(1);
        to[c] = (float)value.GetElement(2);
        to[d] = (float)value.GetElement(3);
    }

    [MethodImpl(Inline)]
    public static Lane Gather(nint buffer, int a, int b, int c, int d)
    {
        var from = (double*)buffer;
        return Vector256.Create(from[a], from[b], from[c], from[d]);
    }

    [MethodImpl(Inline)]
    public static void ScatterAdd(nint buffer, int a, int b, int c, int d, Lane value)
    {
        var to = (double*)buffer;
        to[a] += value.GetElement(0);
        to[b] += value.GetElement(1);
        to[c] += value.GetElement(2);
        to[d] += value.GetElement(3);
    }

    [MethodImpl(Inline)]
    public static void ScatterSet(nint buffer, int a, int b, int c, int d, Lane value)
    {
        var to = (double*)buffer;
        to[a] = value.GetElement(0);
        to[b] = value.GetElement(1);
        to[c] = value.GetElement(2);
        to[d] = value.GetElement(3);
    }

    [MethodImpl(Inline)]
    public static Lane Broadcast(double value) => Vector256.Create(value);

    [MethodImpl(Inline)]
    public static Lane IsLess(Lane a, Lane b) => Vector256.LessThan(a, b);

    [MethodImpl(Inline)]
    public static Lane IsLessOrEqual(Lane a, Lane b) => Vector256.LessThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static Lane IsEqual(Lane a, Lane b) => Vector256.Equals(a, b);

    [MethodImpl(Inline)]
    public static Lane IsNotZero(Lane a) => ~Vector256.Equals(a, Lane.Zero);

    /// <summary>The value where the mask is set, else 0.</summary>
    [MethodImpl(Inline)]
    public static Lane Keep(Lane mask, Lane value) => mask & value;

    /// <summary>0 where the mask is set, else the value.</summary>
    [MethodImpl(Inline)]
    public static Lane Drop(Lane mask, Lane value) => Vector256.AndNot(value, mask);

    [MethodImpl(Inline)]
    public static Lane Choose(Lane mask, Lane a, Lane b) => Vector256.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    public static LongLane NoExponents() => LongLane.Zero;

    [MethodImpl(Inline)]
    public static Lane Create(double a, double b, double c, double d) => Vector256.Create(a, b, c, d);

    /// <summary>first, first + 1, first + 2, first + 3.</summary>
    [MethodImpl(Inline)]
    public static Lane Ramp(int first) => Vector256.Create((double)first) + Vector256.Create(0.0, 1.0, 2.0, 3.0);

    [MethodImpl(Inline)]
    public static double Element(Lane value, int lane) => value.GetElement(lane);

    [MethodImpl(Inline)]
    public static double MultiplyAdd(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    /// <summary>c - a b, rounded once.</summary>
    [MethodImpl(Inline)]
    public static double NegatedMultiplyAdd(double a, double b, double c) => Math.FusedMultiplyAdd(-a, b, c);

    [MethodImpl(Inline)]
    public static Lane NegatedMultiplyAdd(Lane a, Lane b, Lane c) => Vector256.FusedMultiplyAdd(-a, b, c);

    [MethodImpl(Inline)]
    public static double Square(double x) => x * x;

    [MethodImpl(Inline)]
    public static double GreaterOf(double a, double b) => a > b ? a : b;

    [MethodImpl(Inline)]
    public static double Where(double condition, double a, double b) => condition != 0 ? a : b;

    /// <summary>Where a program has run for a while, the computation may end.</summary>
    public static void Look() => Budget.Current.Check();

    public static void Clear(nint area, int length) => new Span<double>((void*)area, length).Clear();

    public static double Call1(SpecialFunction function, double a) => function.Evaluate([a]);

    public static double Call2(SpecialFunction function, double a, double b) => function.Evaluate([a, b]);

    public static double Call3(SpecialFunction function, double a, double b, double c) => function.Evaluate([a, b, c]);

    public static double Call4(SpecialFunction function, double a, double b, double c, double d) => function.Evaluate([a, b, c, d]);

    /// <summary>Runs a kernel on buffers at known places.</summary>
    public static void Run(PlacedKernel kernel, nint position, nint gradient, nint output, nint data, nint work)
    {
        var arguments = stackalloc double*[kernel.Places.Length];
        for (var i = 0; i < kernel.Places.Length; i++)
        {
            var (area, offset) = kernel.Places[i];
            var start = area switch
            {
                Area.Position => position,
                Area.Gradient => gradient,
                Area.Output => output,
                Area.Data => data,
                _ => work,
            };
            arguments[i] = (double*)(start + offset);
        }
        kernel.Kernel.Run(arguments);
    }
}

/// <summary>A kernel with the places of its arguments, in bytes.</summary>
internal sealed record PlacedKernel(Kernel Kernel, (Area Area, nint Offset)[] Places);
