using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Inference.Learning;

public class RowOrderTests
{
    [Fact]
    public void Held_out_rows_and_the_others_are_all_rows()
    {
        var order = new RowOrder(7, 100, 30);
        Assert.Equal(30, order.HeldOut.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 100), order.HeldOut.Concat(order.Of(3).ToArray()).Order());
    }

    [Fact]
    public void Epochs_differ_and_depend_on_the_seed_alone()
    {
        var order = new RowOrder(7, 100, 0);
        var first = order.Of(0).ToArray();
        var second = order.Of(1).ToArray();
        Assert.NotEqual(first, second);
        Assert.Equal(second, new RowOrder(7, 100, 0).Of(1).ToArray());
        Assert.Equal(first, order.Of(0).ToArray());
        Assert.NotEqual(first, new RowOrder(8, 100, 0).Of(0).ToArray());
    }

    [Fact]
    public void Every_row_comes_first_and_is_held_out_equally_often()
    {
        const int epochs = 20_000, rows = 5;
        var first = new int[rows];
        var heldOut = new int[rows];
        var order = new RowOrder(3, rows, 0);
        for (var i = 0; i < epochs; i++)
        {
            first[order.Of(i)[0]]++;
            heldOut[new RowOrder((ulong)i, rows, 1).HeldOut[0]]++;
        }
        var deviation = 4 * Math.Sqrt(epochs * (1.0 / rows) * (1 - 1.0 / rows));
        Assert.All(first.Concat(heldOut), count => Assert.InRange(count, epochs / (double)rows - deviation, epochs / (double)rows + deviation));
    }
}
