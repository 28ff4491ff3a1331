using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProbLang.Numerics;

/// <summary>
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC 2011): a counter-based generator. A stream is named by a seed, a chain
/// and a purpose, so that the numbers that a chain sees do not depend on how many threads run.
/// </summary>
public partial struct Philox
{
    private readonly uint _key0;
    private readonly uint _key1;
    private readonly uint _stream0;
    private readonly uint _stream1;
    private ulong _block;
    private ulong _second;
    private bool _hasSecond;

    /// <summary>The stream of a seed, a chain and a purpose.</summary>
    public Philox(ulong seed, uint chain, uint purpose)
    {
        _key0 = (uint)seed;
        _key1 = (uint)(seed >> 32);
        _stream0 = chain;
        _stream1 = purpose;
    }

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        if (_hasSecond)
        {
            _hasSecond = false;
            return _second;
        }
        return NextBlock();
    }

    /// <summary>Uniform on the open interval (0, 1), 53 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => ((NextUInt64() >> 11) + 0.5) * (1.0 / 9007199254740992.0);

    /// <summary>The ten rounds on a counter and a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (uint, uint, uint, uint) Rounds(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < 10; round++)
        {
            var p0 = 0xD2511F53UL * c0;
            var p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private ulong NextBlock()
    {
        var (c0, c1, c2, c3) = Rounds((uint)_block, (uint)(_block >> 32), _stream0, _stream1, _key0, _key1);
        _block++;
        _second = ((ulong)c3 << 32) | c2;
        _hasSecond = true;
        return ((ulong)c1 << 32) | c0;
    }

    /// <summary>The same bits as repeated calls of <see cref="NextUInt64"/> give, four blocks at a time where the machine can: a block alone waits for its multiplications.</summary>
    public void Fill(Span<ulong> bits)
    {
        var i = 0;
        if (_hasSecond && bits.Length > 0) bits[i++] = NextUInt64();
        if (Avx2.IsSupported) for (; i + 8 <= bits.Length; i += 8) FourBlocks(bits.Slice(i, 8));
        for (; i < bits.Length; i++) bits[i] = NextUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourBlocks(Span<ulong> bits)
    {
        var low = Vector256.Create(0xFFFFFFFFUL);
        var m0 = Vector256.Create(0xD2511F53UL).AsUInt32();
        var m1 = Vector256.Create(0xCD9E8D57UL).AsUInt32();
        var block = Vector256.Create(_block) + Vector256.Create(0UL, 1, 2, 3);
        Vector256<ulong> c0 = block, c1 = block >>> 32, c2 = Vector256.Create((ulong)_stream0), c3 = Vector256.Create((ulong)_stream1);
        uint k0 = _key0, k1 = _key1;
        for (var round = 0; round < 10; round++)
        {
            // The upper halves of the lanes hold what multiplication ignores.
            var p0 = Avx2.Multiply(m0, c0.AsUInt32());
            var p1 = Avx2.Multiply(m1, c2.AsUInt32());
            (c0, c1, c2, c3) = ((p1 >>> 32) ^ c1 ^ Vector256.Create((ulong)k0), p1, (p0 >>> 32) ^ c3 ^ Vector256.Create((ulong)k1), p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        var first = (c1 << 32) | (c0 & low);
        var second = (c3 << 32) | (c2 & low);
        for (var lane = 0; lane < 4; lane++)
        {
            bits[2 * lane] = first[lane];
            bits[2 * lane + 1] = second[lane];
        }
        _block += 4;
    }
}
