using ProbLang.ExampleData;
using ProbLang.Inference;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Posteriors;

/// <summary>What is learned from data whose distribution is known, or must be a distribution whatever the data are.</summary>
public class KnownDensityTests
{
    private static readonly Lazy<(double[][] Train, double[][] Fresh)> s_rows = new(() => (Rows(10_000, 1), Rows(20_000, 2)));

    [Fact]
    public void A_flow_reaches_the_entropy_of_a_correlated_Gaussian()
    {
        var fit = Learned.Fit(Learned.Problem("flows/correlated", s_rows.Value.Train), Learned.Training(30, 200, 5e-3));
        Assert.InRange(Loss(fit, "flows/correlated"), -0.001, 0.02);
    }

    [Fact]
    public void An_autoregressive_model_reaches_the_entropy_of_a_correlated_Gaussian_with_the_weights_that_made_it()
    {
        var fit = Learned.Fit(Learned.Problem("flows/correlated_ar", s_rows.Value.Train), null);
        // Twenty parameters cost 20 / (2 N) nats a row on fresh data.
        Assert.InRange(Loss(fit, "flows/correlated_ar"), -0.001, 0.004);
        foreach (var (element, value) in (ReadOnlySpan<(string, double)>)[("weight[2,1]", 0.8), ("weight[5,4]", 0.8), ("weight[5,1]", 0.5), ("weight[5,2]", 0), ("spread[4]", 0.3)])
        {
            var estimate = fit.Estimates().Single(e => e.Name == element);
            Assert.InRange(estimate.Value, value - 4 * estimate.StandardError, value + 4 * estimate.StandardError);
        }
    }

    [Fact]
    public void The_density_of_a_flow_integrates_to_one()
    {
        const double step = 0.04;
        var fit = Learned.Fit(Learned.Problem("flows/two_moons", "flows/two_moons"), Learned.Training(15, 100, 3e-3));
        double[][] grid = [.. from x in Between(-2.5, 3.5, step) from y in Between(-2, 2.5, step) select new[] { x, y }];
        var mass = step * step * Learned.Scores(Learned.Problem("flows/two_moons", grid), fit).Sum(Math.Exp);
        // What the grid makes of log p differs from what the flow says by the logarithm of this.
        Assert.InRange(Math.Log(mass), -0.01, 0.01);
    }

    /// <summary>How many nats a row are lost to the distribution itself, on rows that were not learned from.</summary>
    private static double Loss(Fit fit, string example)
    {
        var scores = Learned.Scores(Learned.Problem(example, s_rows.Value.Fresh), fit);
        return s_rows.Value.Fresh.Zip(scores, (row, score) => CorrelatedGaussian.LogDensity(row) - score).Average();
    }

    private static IEnumerable<double> Between(double from, double to, double step) => Enumerable.Range(0, (int)((to - from) / step)).Select(i => from + (i + 0.5) * step);

    private static double[][] Rows(int count, uint stream)
    {
        var random = new Philox(11, stream, 0);
        var rows = new double[count][];
        for (var i = 0; i < count; i++) rows[i] = CorrelatedGaussian.Draw(ref random);
        return rows;
    }
}
