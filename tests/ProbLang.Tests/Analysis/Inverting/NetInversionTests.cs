using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Tests.Programs;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis.Inverting;

/// <summary>What an invertible net makes of a latent, observed.</summary>
public class NetInversionTests
{
    public static TheoryData<string> Flows =>
    [
        "net flow = coupling(layers: 3, hidden: [5])",
        "net flow = coupling(layers: 2, hidden: [5], kind: spline)",
        "net flow = autoregressive_flow(layers: 2, hidden: [5])",
        "net mix = invertible_linear()\nnet bend = coupling(layers: 2, hidden: [5])\nnet flow = chain(bend, mix, bend)",
    ];

    [Theory, MemberData(nameof(Flows))]
    public void The_density_is_that_of_the_latent_times_the_jacobian_of_differences(string nets)
    {
        var text = nets + "\nfor i in 1..2 { z[i] ~ StudentT(5, 0, 1) ^ 2\n x[i] = 1 + 2 * flow(z[i]) }";
        double[] latent = [0.3, -0.8, 1.1, 0.4];
        // The map as the model draws it, with weights that are not at their start.
        var weights = Weights(Condition(text, Given("x", [2, 2], 0.1, 0.2, 0.3, 0.4)));
        double[] Map(double[] z) => [.. Condition(nets + "\ninput z[2, 2]\nfor i in 1..2 { x[i] = 1 + 2 * flow(z[i]) }", [Given("z", [2, 2], [.. z.Select(v => (double?)v)]), .. weights]).State("x").Values];

        var x = Map(latent);
        var model = Condition(text, [Given("x", [2, 2], [.. x.Select(v => (double?)v)]), .. weights]);
        Assert.Equal(latent, model.State("z").Values, (a, b) => Math.Abs(a - b) <= 1e-9);
        var prior = new Evaluator(Condition("z ~ StudentT(5, 0, 1) ^ 4", Given("z", [.. latent.Select(v => (double?)v)]))).LogDensity();
        var jacobian = Enumerable.Range(0, 2).Sum(row => Math.Log(Math.Abs(Determinant(Map, latent, 2 * row))));
        Assert.Equal(prior - jacobian, new Evaluator(model).LogDensity(), 1e-7);
    }

    [Theory, MemberData(nameof(Flows))]
    public void The_gradient_by_the_weights_is_that_of_finite_differences(string nets) =>
        ProgramChecks.Gradient(Condition(nets + "\nfor i in 1..2 { z[i] ~ Normal(0, 1) ^ 2\n x[i] = 1 + 2 * flow(z[i]) }", Given("x", [2, 2], 0.1, 0.2, 0.3, 0.4)));

    [Fact]
    public void Nets_one_after_the_other_are_undone_one_after_the_other()
    {
        var model = Condition("net f = coupling(layers: 2, hidden: [4])\nnet g = invertible_linear()\nfor i in 1..2 { z[i] ~ Normal(0, 1) ^ 2\n h[i] = f(z[i])\n x[i] = tanh(g(h[i])) }", Given("x", [2, 2], 0.1, 0.2, 0.3, 0.4));
        Assert.True(model.IsSolved(model.Graph.Find("z")!));
        Assert.True(model.IsSolved(model.Graph.Find("h")!));
        ProgramChecks.Gradient(model);
    }

    [Fact]
    public void A_net_without_an_inverse_has_none() => Assert.EndsWith(": the net `f` has no inverse",
        Assert.Single(MessagesOf("net f = mlp(hidden: [4])\nfor i in 1..2 { z[i] ~ Normal(0, 1) ^ 2\n x[i] = f(z[i]) }", Given("x", [2, 2], 0.1, 0.2, 0.3, 0.4))), StringComparison.Ordinal);

    private static DataArray[] Weights(ConditionedModel model) =>
        [.. model.Nets.Select(n => Given($"{n.Key.Name}.weights", [.. n.Value.Start(3, 0).Select((w, i) => (double?)(w + 0.2 * Math.Sin(1 + 2.3 * i)))]))];

    /// <summary>Of the map of one row, by central differences with Richardson's extrapolation.</summary>
    private static double Determinant(Func<double[], double[]> map, double[] z, int from)
    {
        var slopes = new double[2, 2];
        for (var j = 0; j < 2; j++)
        {
            var (near, far) = (Central(j, 5e-4), Central(j, 1e-3));
            for (var i = 0; i < 2; i++) slopes[i, j] = (4 * near[i] - far[i]) / 3;
        }
        return slopes[0, 0] * slopes[1, 1] - slopes[0, 1] * slopes[1, 0];

        double[] Central(int j, double h)
        {
            var (up, down) = ((double[])z.Clone(), (double[])z.Clone());
            up[from + j] += h;
            down[from + j] -= h;
            return [.. map(up).Zip(map(down), (a, b) => (a - b) / (2 * h)).Skip(from).Take(2)];
        }
    }
}
