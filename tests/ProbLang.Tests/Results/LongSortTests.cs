using ProbLang.Numerics;
using ProbLang.Results;
using ProbLang.Tests.FrontDoor.Running;
using Xunit;

namespace ProbLang.Tests.Results;

public class LongSortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(300_001)]
    public void Numbers_are_sorted_as_an_array_is_and_take_along_what_belongs_to_them(int count)
    {
        var random = new Philox(8, 0, 0);
        var numbers = Enumerable.Range(0, count).Select(i => i % 1000 == 7 ? double.NaN : Math.Round(1000 * random.NextNormal())).ToArray();
        double[] keys = [.. numbers], alone = [.. numbers], expected = [.. numbers];
        int[] items = [.. Enumerable.Range(0, count)];
        Array.Sort(expected);
        LongSort.Sort(keys, items);
        LongSort.Sort(alone);
        Assert.Equal(expected, keys);
        Assert.Equal(expected, alone);
        Assert.Equal(Enumerable.Range(0, count), items.Order());
        for (var i = 0; i < count; i++) Assert.Equal(numbers[items[i]], keys[i]);
    }

    [Fact]
    public void Many_are_sorted_with_looks() => Assert.InRange(Looks.Of(() => LongSort.Sort(new double[300_000])), 10, 100_000);
}
