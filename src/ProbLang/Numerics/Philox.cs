using System.Runtime.CompilerServices;

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
}
