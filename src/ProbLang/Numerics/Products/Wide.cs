using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

/// <summary>
/// What a matrix product does with vectors V of elements T: vectors of 256 or 512 bits of floats or doubles. The just-in-time compiler
/// makes each of them the one instruction that it is.
/// </summary>
internal static unsafe class Wide<V, T> where V : unmanaged where T : unmanaged
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>How many elements a vector has.</summary>
    public static int Count
    {
        [MethodImpl(Inline)]
        get => sizeof(V) / sizeof(T);
    }

    [MethodImpl(Inline)]
    public static V Load(T* from) => Unsafe.ReadUnaligned<V>(from);

    [MethodImpl(Inline)]
    public static void Store(T* to, V value) => Unsafe.WriteUnaligned(to, value);

    [MethodImpl(Inline)]
    public static V Broadcast(T value) => typeof(V) == typeof(Vector512<T>)
        ? Unsafe.BitCast<Vector512<T>, V>(Vector512.Create(value))
        : Unsafe.BitCast<Vector256<T>, V>(Vector256.Create(value));

    [MethodImpl(Inline)]
    public static V Add(V a, V b) => typeof(V) == typeof(Vector512<T>)
        ? Unsafe.BitCast<Vector512<T>, V>(Unsafe.BitCast<V, Vector512<T>>(a) + Unsafe.BitCast<V, Vector512<T>>(b))
        : Unsafe.BitCast<Vector256<T>, V>(Unsafe.BitCast<V, Vector256<T>>(a) + Unsafe.BitCast<V, Vector256<T>>(b));

    [MethodImpl(Inline)]
    public static T Sum(V a) => typeof(V) == typeof(Vector512<T>)
        ? Vector512.Sum(Unsafe.BitCast<V, Vector512<T>>(a))
        : Vector256.Sum(Unsafe.BitCast<V, Vector256<T>>(a));

    /// <summary>a b + c with one rounding.</summary>
    [MethodImpl(Inline)]
    public static V MultiplyAdd(V a, V b, V c)
    {
        if (typeof(V) == typeof(Vector512<float>))
            return Unsafe.BitCast<Vector512<float>, V>(Vector512.FusedMultiplyAdd(Unsafe.BitCast<V, Vector512<float>>(a), Unsafe.BitCast<V, Vector512<float>>(b), Unsafe.BitCast<V, Vector512<float>>(c)));
        if (typeof(V) == typeof(Vector512<double>))
            return Unsafe.BitCast<Vector512<double>, V>(Vector512.FusedMultiplyAdd(Unsafe.BitCast<V, Vector512<double>>(a), Unsafe.BitCast<V, Vector512<double>>(b), Unsafe.BitCast<V, Vector512<double>>(c)));
        if (typeof(V) == typeof(Vector256<float>))
            return Unsafe.BitCast<Vector256<float>, V>(Vector256.FusedMultiplyAdd(Unsafe.BitCast<V, Vector256<float>>(a), Unsafe.BitCast<V, Vector256<float>>(b), Unsafe.BitCast<V, Vector256<float>>(c)));
        return Unsafe.BitCast<Vector256<double>, V>(Vector256.FusedMultiplyAdd(Unsafe.BitCast<V, Vector256<double>>(a), Unsafe.BitCast<V, Vector256<double>>(b), Unsafe.BitCast<V, Vector256<double>>(c)));
    }
}
