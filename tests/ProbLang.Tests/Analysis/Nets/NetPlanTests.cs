using ProbLang.Analysis;
using ProbLang.Graph;
using Xunit;

namespace ProbLang.Tests.Analysis.Nets;

/// <summary>The weights of nets, what they are called, and where learning starts.</summary>
public class NetPlanTests
{
    [Theory]
    [InlineData("mlp([4, 3])", 5, 2, 0, "layer1.weight[5, 4] layer1.bias[4] layer2.weight[4, 3] layer2.bias[3] output.weight[3, 2] output.bias[2]")]
    [InlineData("mlp([4], norm: true)", 5, 2, 3, "layer1.weight[8, 4] layer1.gain[4] layer1.bias[4] output.weight[4, 2] output.bias[2]")]
    [InlineData("mlp([4, 4], residual: true)", 4, 1, 0, "layer1.weight[4, 4] layer1.bias[4] layer2.weight[4, 4] layer2.bias[4] output.weight[4, 1] output.bias[1]")]
    [InlineData("dense(3)", 5, 3, 0, "weight[5, 3] bias[3]")]
    [InlineData("embedding(7, 3)", 7, 3, 0, "weight[7, 3]")]
    [InlineData("masked([9])", 5, 5, 2, "layer1.weight[7, 9] layer1.bias[9] output.weight[9, 5] output.bias[5]")]
    [InlineData("masked([3])", 5, 5, 2, "layer1.weight[7, 3] layer1.bias[3] output.weight[3, 5] output.bias[5] direct.weight[5, 5]")]
    [InlineData("coupling(2, [4])", 5, 5, 0, "coupling1.layer1.weight[2, 4] coupling1.layer1.bias[4] coupling1.output.weight[4, 6] coupling1.output.bias[6] coupling2.layer1.weight[3, 4] coupling2.layer1.bias[4] coupling2.output.weight[4, 4] coupling2.output.bias[4]")]
    [InlineData("coupling(1, [4], spline, bins: 5)", 2, 2, 1, "coupling1.layer1.weight[2, 4] coupling1.layer1.bias[4] coupling1.output.weight[4, 14] coupling1.output.bias[14]")]
    [InlineData("autoregressive_flow(1, [6])", 3, 3, 0, "step1.layer1.weight[3, 6] step1.layer1.bias[6] step1.output.weight[6, 6] step1.output.bias[6]")]
    [InlineData("permutation()", 3, 3, 0, "")]
    [InlineData("invertible_linear()", 3, 3, 0, "matrix[3, 3] bias[3]")]
    public void Weights_have_names_and_lie_one_block_after_the_other(string net, int inputs, int outputs, int context, string expected)
    {
        var plan = PlannedNet.PlanOf(net, inputs, outputs, context);
        Assert.Equal(expected, string.Join(' ', plan.Weights));
        Assert.Equal(plan.Weights.Select(b => b.Offset), plan.Weights.Select((_, i) => plan.Weights.Take(i).Sum(b => b.Count)));
        Assert.Equal(plan.WeightCount, plan.Weights.Sum(b => b.Count));
    }

    [Theory]
    [InlineData("mlp([300], relu)", 0.1)] // √(2 / 200)
    [InlineData("mlp([300], tanh)", 0.0632455532033676)] // √(2 / (200 + 300))
    [InlineData("mlp([300], silu)", 0.1)]
    public void Hidden_layers_start_so_that_signals_keep_their_size(string net, double spread)
    {
        var plan = PlannedNet.PlanOf(net, 200, 2);
        var weights = plan.Start(1, 0)[..plan.Weights[0].Count];
        Assert.InRange(weights.Average(), -4 * spread / Math.Sqrt(weights.Length), 4 * spread / Math.Sqrt(weights.Length));
        Assert.InRange(Math.Sqrt(weights.Average(w => w * w)), spread * (1 - 4 / Math.Sqrt(2 * weights.Length)), spread * (1 + 4 / Math.Sqrt(2 * weights.Length)));
    }

    [Fact]
    public void A_start_is_that_of_its_seed_and_stream()
    {
        var plan = PlannedNet.PlanOf("mlp([8], norm: true)", 3, 2);
        Assert.Equal(plan.Start(1, 0), plan.Start(1, 0));
        Assert.NotEqual(plan.Start(1, 0), plan.Start(2, 0));
        Assert.NotEqual(plan.Start(1, 0), plan.Start(1, 1));
        Assert.All(plan.Weights.Where(b => b.Name.EndsWith("bias", StringComparison.Ordinal)), b => Assert.All(plan.Start(1, 0)[b.Offset..(b.Offset + b.Count)], w => Assert.Equal(0, w)));
        Assert.All(plan.Weights.Where(b => b.Name.EndsWith("gain", StringComparison.Ordinal)), b => Assert.All(plan.Start(1, 0)[b.Offset..(b.Offset + b.Count)], w => Assert.Equal(1, w)));
    }

    [Fact]
    public void What_a_mask_takes_out_starts_at_zero()
    {
        var plan = PlannedNet.PlanOf("masked([6])", 4, 4);
        var start = plan.Start(1, 0);
        foreach (var block in plan.Weights)
            for (var i = 0; i < block.Count; i++)
                if (block.Mask is { } mask) Assert.Equal(mask[i] == 0, start[block.Offset + i] == 0);
    }

    [Theory]
    [InlineData("mlp([3], inputs: 3)", 2, 1, 0, "GM0490 `f` says `inputs: 3`, and is used with 2 values")]
    [InlineData("mlp([3], outputs: 2)", 2, 1, 0, "GM0491 `f` says `outputs: 2`, and 1 value is taken from it")]
    [InlineData("dense(4)", 2, 3, 0, "GM0491 `f` says `n: 4`, and 3 values are taken from it")]
    [InlineData("autoregressive_flow(1, [3])", 2, 3, 0, "GM0493 `f` gives as many values as it takes, and is used with 2 values to give 3")]
    [InlineData("masked([3])", 2, 3, 0, "GM0493 `f` gives as many values as it takes, and is used with 2 values to give 3")]
    [InlineData("coupling(1, [3])", 1, 1, 0, "GM0494 `f` maps one half of its values by the other, and is used with 1 value")]
    [InlineData("coupling(1, [3], spline, bins: 1)", 2, 2, 0, "GM0495 the splines of `f` have 1 bin, and need 2 or more")]
    [InlineData("invertible_linear()", 2, 2, 3, "GM0496 `f` is used with a context of 3 values, and invertible_linear takes none")]
    public void Sizes_that_do_not_go_together_are_refused(string net, int inputs, int outputs, int context, string expected)
    {
        var mistake = Assert.Throws<DiagnosticException>(() => PlannedNet.PlanOf(net, inputs, outputs, context)).Diagnostic;
        Assert.Equal(expected, $"{mistake.Id} {mistake.Message}");
        Assert.Equal((1, 5), (mistake.Location!.Line, mistake.Location.Column));
    }

    /// <summary>mlp: h = tanh(x W + b), then h W + b, by hand.</summary>
    [Fact]
    public void A_perceptron_is_the_formula_of_the_documentation()
    {
        var net = new PlannedNet("mlp([2], tanh)", 2, 1, 1);
        var (w, x, c) = (net.Weights, new[] { 0.3, -0.8 }, 1.7);
        double H(int j) => Math.Tanh(x[0] * w[j] + x[1] * w[2 + j] + c * w[4 + j] + w[6 + j]);
        Assert.Equal(H(0) * w[8] + H(1) * w[9] + w[10], net.Of(NetAspect.Value, x, [c])[0], 1e-14);
    }

    /// <summary>Of units u: (u - mean) / √(variance + 1e-5), times the gain, plus the bias, through the activation, added to the input.</summary>
    [Fact]
    public void A_normalised_residual_layer_is_the_formula_of_the_documentation()
    {
        var net = new PlannedNet("mlp([2], softplus, residual: true, norm: true)", 2, 1);
        var (w, x) = (net.Weights, new[] { 0.3, -0.8 });
        double[] u = [x[0] * w[0] + x[1] * w[2], x[0] * w[1] + x[1] * w[3]];
        var (mean, half) = ((u[0] + u[1]) / 2, (u[0] - u[1]) / 2);
        double H(int j) => x[j] + Math.Log(1 + Math.Exp((u[j] - mean) / Math.Sqrt(half * half + 1e-5) * w[4 + j] + w[6 + j]));
        Assert.Equal(H(0) * w[8] + H(1) * w[9] + w[10], net.Of(NetAspect.Value, x, [])[0], 1e-13);
    }

    [Fact]
    public void An_embedding_looks_up_its_rows_and_knows_no_other_label()
    {
        var net = new PlannedNet("embedding(3, 2)", 3, 2);
        Assert.Equal(net.Weights[2..4], net.Of(NetAspect.Value, [2], []));
        Assert.All(net.Of(NetAspect.Value, [4], []), v => Assert.True(double.IsNaN(v)));
    }

    [Fact]
    public void What_is_not_a_number_makes_its_own_row_alone_not_a_number()
    {
        var net = new PlannedNet("mlp([4])", 2, 2);
        var values = net.Of(NetAspect.Value, [1, 2, double.NaN, 3, 4, 5], [], 3);
        Assert.Equal([false, false, true, true, false, false], values.Select(double.IsNaN));
    }
}
