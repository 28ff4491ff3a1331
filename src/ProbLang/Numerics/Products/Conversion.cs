using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProbLang.Numerics;

/// <summary>Numbers of single and double precision as each other, four at a time. Through doubles nothing is rounded more often than the result.</summary>
internal static unsafe class Conversion
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Four numbers as doubles.</summary>
    [MethodImpl(Inline)]
    public static Lane Load<T>(T* from) where T : unmanaged => typeof(T) == typeof(double) ? Simd.Load((double*)from) : Widen(Vector128.Load((float*)from));

    /// <summary>Four doubles, rounded where the target is of single precision.</summary>
    [MethodImpl(Inline)]
    public static void Store<T>(T* to, Lane value) where T : unmanaged
    {
        if (typeof(T) == typeof(double)) Simd.Store(value, (double*)to);
        else Vector128.Store(Narrow(value), (float*)to);
    }

    [MethodImpl(Inline)]
    public static double Get<T>(T* from) where T : unmanaged => typeof(T) == typeof(double) ? *(double*)from : *(float*)from;

    [MethodImpl(Inline)]
    public static void Set<T>(T* to, double value) where T : unmanaged
    {
        if (typeof(T) == typeof(double)) *(double*)to = value;
        else *(float*)to = (float)value;
    }

    /// <summary>A row of numbers as numbers of another precision.</summary>
    [MethodImpl(Inline)]
    public static void Copy<TFrom, TTo>(TFrom* from, TTo* to, int count) where TFrom : unmanaged where TTo : unmanaged
    {
        var i = 0;
        for (; i <= count - 4; i += 4) Store(to + i, Load(from + i));
        for (; i < count; i++) Set(to + i, Get(from + i));
    }

    /// <summary>Adds a row of numbers to one of another precision.</summary>
    [MethodImpl(Inline)]
    public static void Add<TFrom, TTo>(TFrom* from, TTo* to, int count) where TFrom : unmanaged where TTo : unmanaged
    {
        var i = 0;
        for (; i <= count - 4; i += 4) Store(to + i, Load(to + i) + Load(from + i));
        for (; i < count; i++) Set(to + i, Get(to + i) + Get(from + i));
    }

    [MethodImpl(Inline)]
    private static Lane Widen(Vector128<float> x) =>
        Avx.IsSupported ? Avx.ConvertToVector256Double(x) : Simd.Create(Vector128.WidenLower(x), Vector128.WidenUpper(x));

    [MethodImpl(Inline)]
    private static Vector128<float> Narrow(Lane x) =>
        Avx.IsSupported ? Avx.ConvertToVector128Single(x) : Vector128.Narrow(x.GetLower(), x.GetUpper());
}
