using ProbLang.Inference;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Inference;

public class RandomStreamTests
{
    [Fact]
    public void Bits_in_bulk_are_the_bits_one_by_one()
    {
        var single = new Philox(0x123456789ABCDEF0, 7, 9);
        var bulk = single;
        foreach (var length in new[] { 1, 2, 8, 9, 64, 3, 17, 0, 5 })
        {
            var bits = new ulong[length];
            bulk.Fill(bits);
            foreach (var value in bits) Assert.Equal(single.NextUInt64(), value);
        }
        Assert.Equal(single.NextUInt64(), bulk.NextUInt64());
    }

    [Fact]
    public void Normals_have_the_normal_distribution_function()
    {
        const int Count = 1_000_000;
        var values = new double[Count];
        new RandomStream(new Philox(42, 0, 0)).FillNormal(values);
        Array.Sort(values);
        // The points include the join of the ziggurat with its tail, 3.654.
        foreach (var x in new[] { -4, -3.7, -3, -2, -1, -0.5, -0.1, 0, 0.2, 0.7, 1.3, 2.2, 3.2, 3.6, 3.66, 4.2 })
        {
            var expected = 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-x / Math.Sqrt(2));
            var below = Array.BinarySearch(values, x);
            var share = (below < 0 ? ~below : below) / (double)Count;
            Assert.Equal(expected, share, 4 * Math.Sqrt(expected * (1 - expected) / Count));
        }
        double square = 0, fourth = 0;
        foreach (var x in values)
        {
            square += x * x / Count;
            fourth += x * x * x * x / Count;
        }
        Assert.Equal(1, square, 4 * Math.Sqrt(2.0 / Count));
        Assert.Equal(3, fourth, 4 * Math.Sqrt(96.0 / Count));
    }

    [Fact]
    public void Streams_of_other_chains_purposes_and_attempts_differ()
    {
        var seen = new HashSet<ulong>();
        for (var chain = 0; chain < 4; chain++)
        {
            foreach (var purpose in Enum.GetValues<Purpose>())
            {
                for (var attempt = 0; attempt < 3; attempt++) Assert.True(seen.Add(Streams.Of(1, chain, purpose, attempt).NextUInt64()));
            }
        }
    }
}
