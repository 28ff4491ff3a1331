using ProbLang.Numerics;

namespace ProbLang.Inference;

/// <summary>Which rows are held out, and in which order the others come in an epoch: both known from the seed alone, so that a training that goes on needs no history.</summary>
internal sealed class RowOrder
{
    private readonly ulong _seed;
    private readonly int[] _training;
    private readonly int[] _order;
    private int _epoch = -1;

    public RowOrder(ulong seed, int rows, int heldOut)
    {
        _seed = seed;
        var all = Enumerable.Range(0, rows).ToArray();
        Shuffle(all, Streams.Raw(seed, 0, Purpose.HeldOut));
        HeldOut = all[..heldOut];
        _training = all[heldOut..];
        Array.Sort(HeldOut);
        Array.Sort(_training);
        _order = new int[_training.Length];
    }

    /// <summary>The rows held out, ascending.</summary>
    public int[] HeldOut { get; }

    /// <summary>The rows to train on, in the order of an epoch, which counts from 0.</summary>
    public ReadOnlySpan<int> Of(int epoch)
    {
        if (epoch == _epoch) return _order;
        _epoch = epoch;
        _training.CopyTo(_order, 0);
        Shuffle(_order, Streams.Raw(_seed, epoch, Purpose.RowOrder));
        return _order;
    }

    /// <summary>Fisher and Yates's shuffle.</summary>
    private static void Shuffle(Span<int> values, Philox random)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = (int)Below((uint)i + 1, ref random);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>Uniform on 0..bound - 1, without bias (Lemire 2019).</summary>
    private static uint Below(uint bound, ref Philox random)
    {
        while (true)
        {
            var product = (UInt128)random.NextUInt64() * bound;
            var rest = (ulong)product;
            if (rest >= bound || rest >= (0 - (ulong)bound) % bound) return (uint)(product >> 64);
        }
    }
}
