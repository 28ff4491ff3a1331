using ProbLang.Graph;
using Xunit;

namespace ProbLang.Tests.Analysis.Nets;

/// <summary>What a masked net may see.</summary>
public class MaskedNetLaws
{
    public static TheoryData<string, int, int> Nets => new()
    {
        { "masked([12], activation: tanh)", 6, 0 },
        { "masked([5], activation: silu)", 6, 0 },
        { "masked([16, 16], activation: softplus)", 6, 2 },
        { "masked([3], activation: tanh)", 8, 0 },
        { "masked([2, 9, 2], activation: gelu)", 8, 1 },
        { "masked([])", 5, 0 },
        { "masked([])", 5, 2 },
        { "masked([4], activation: tanh)", 1, 2 },
    };

    [Theory, MemberData(nameof(Nets))]
    public void An_output_depends_on_every_input_before_it_and_on_no_other(string text, int size, int context)
    {
        var net = new PlannedNet(text, size, size, context);
        var (x, by) = (PlannedNet.Numbers(size, 1, 2), PlannedNet.Numbers(context, 1, 3));
        var all = net.Of(NetAspect.Value, x, by);
        for (var i = 0; i < size; i++)
        {
            var moved = (double[])x.Clone();
            moved[i] += 0.5;
            var then = net.Of(NetAspect.Value, moved, by);
            for (var d = 0; d < size; d++)
                if (d <= i) Assert.Equal(all[d], then[d]);
                else Assert.True(Math.Abs(all[d] - then[d]) > 1e-9, $"output {d + 1} does not see input {i + 1}");
        }
    }

    [Theory, MemberData(nameof(Nets))]
    public void Every_output_sees_the_context(string text, int size, int context)
    {
        var net = new PlannedNet(text, size, size, context);
        var x = PlannedNet.Numbers(size, 1, 2);
        for (var c = 0; c < context; c++)
        {
            var (by, moved) = (PlannedNet.Numbers(context, 1, 3), PlannedNet.Numbers(context, 1, 3));
            moved[c] += 0.5;
            Assert.All(net.Of(NetAspect.Value, x, by).Zip(net.Of(NetAspect.Value, x, moved)), pair => Assert.True(Math.Abs(pair.First - pair.Second) > 1e-9));
        }
    }

    [Theory, MemberData(nameof(Nets))]
    public void What_follows_a_beginning_is_the_next_output_of_the_whole_row(string text, int size, int context)
    {
        var net = new PlannedNet(text, size, size, context);
        var (x, by) = (PlannedNet.Numbers(size, 1, 2), PlannedNet.Numbers(context, 1, 3));
        var all = net.Of(NetAspect.Value, x, by);
        for (var d = 0; d < size; d++) Assert.True(Math.Abs(all[d] - net.Next(x[..d], by)) <= 1e-13 * (1 + Math.Abs(all[d])));
    }
}
