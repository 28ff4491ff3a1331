using ProbLang.Numerics;
using ProbLang.Programs;
using Xunit;

namespace ProbLang.Posteriors;

/// <summary>Discrete unknowns under the sampler: against the same models with the sums written out, and against sums done here.</summary>
public class DiscreteTests(ITestOutputHelper output)
{
    private const string DriveStart = """
        input T: count
        for k in 1..2 { P[k] ~ Dirichlet(ones(2)) }
        phi[1] ~ Normal(0, 1)
        phi[2] ~ Normal(3, 1)
        given phi[1] > 0
        given phi[1] < phi[2]
        lambda[1] ~ Normal(0, 1)
        lambda[2] ~ Normal(3, 1)
        given lambda[1] > 0
        given lambda[1] < lambda[2]

        """;

    private const string Drive = DriveStart + """
        z[1] ~ Categorical([0.5, 0.5])
        for t in 2..T { z[t] ~ Categorical(P[z[t-1]]) }
        for t in 1..T {
          u[t] ~ Normal(phi[z[t]], 0.5)
          v[t] ~ Normal(lambda[z[t]], 0.5)
        }
        """;

    private const string DriveBySum = DriveStart + """
        input u[T]
        input v[T]
        for k in 1..2 {
          a[1, k] = log(0.5) + log_density(Normal(phi[k], 0.5), u[1]) + log_density(Normal(lambda[k], 0.5), v[1])
          for t in 2..T {
            a[t, k] = log_sum_exp([a[t-1, 1] + log(P[1, k]), a[t-1, 2] + log(P[2, k])]) + log_density(Normal(phi[k], 0.5), u[t]) + log_density(Normal(lambda[k], 0.5), v[t])
          }
        }
        factor log_sum_exp(a[T])
        """;

    /// <summary>A driver who is at ease or in a hurry: two states, two series, 400 steps.</summary>
    private static object DriveData()
    {
        var random = new Philox(17, 0, 0);
        double[] u = new double[400], v = new double[400];
        var state = 0;
        for (var t = 0; t < u.Length; t++)
        {
            if (random.NextDouble() < (state == 0 ? 0.1 : 0.25)) state = 1 - state;
            u[t] = (state == 0 ? 1.1 : 2.1) + 0.5 * random.NextNormal();
            v[t] = (state == 0 ? 0.8 : 2.4) + 0.5 * random.NextNormal();
        }
        return new { u, v };
    }

    [Fact]
    public void A_chain_of_two_series_agrees_with_the_sum_written_out()
    {
        var data = DriveData();
        var (posterior, summed) = (Inferring.Run(Drive, data), Inferring.Run(DriveBySum, data, seed: 2));
        Assert.Equal(0, posterior.Diagnostics.Divergences);
        foreach (var name in (string[])["P[1,1]", "P[2,2]", "phi[1]", "phi[2]", "lambda[1]", "lambda[2]"])
        {
            var (a, b) = (posterior.Scalar(name), summed.Scalar(name));
            var error = Math.Sqrt(a.Mcse * a.Mcse + b.Mcse * b.Mcse);
            output.WriteLine($"{name}: {a.Mean} and {b.Mean}, {(a.Mean - b.Mean) / error:F2} standard errors; sd {a.Sd / b.Sd:F3}; R-hat {a.RHat:F4}");
            Assert.True(a.RHat <= 1.01, $"{name}: R-hat {a.RHat}");
            Assert.True(Math.Abs(a.Mean - b.Mean) <= 4 * error, $"{name}: {a.Mean} and {b.Mean}");
            Assert.InRange(a.Sd / b.Sd, 0.9, 1.1);
        }
    }

    [Fact]
    public void States_at_fixed_parameters_are_those_of_the_forward_and_the_backward_pass()
    {
        var problem = Inferring.Problem(Drive, DriveData());
        var density = DensityProgram.Compile(problem.Conditioned);
        var random = new Philox(3, 0, 0);
        for (var n = 0; n < 5; n++)
        {
            var position = new double[density.Dimension];
            for (var i = 0; i < position.Length; i++) position[i] = random.NextDouble() - 0.5;
            var outputs = new double[density.OutputCount];
            density.WriteOutputs(position, ref random, outputs);
            double[] Values(string name) => density.Reported.Single(r => r.Variable.Name == name) is var r ? outputs[r.Offset..(r.Offset + r.Cells.Length)] : [];
            var given = problem.Conditioned;
            var expected = Smoothed(Values("P"), Values("phi"), Values("lambda"), given[given.Graph.Find("u")!].Values, given[given.Graph.Find("v")!].Values);
            var cells = density.Probabilities(position);
            Assert.Equal(400, cells.Length);
            foreach (var (cell, probabilities) in cells)
                for (var k = 0; k < 2; k++) Assert.Equal(expected[cell.Cell][k], probabilities[k], 1e-10);
        }
    }

    [Fact]
    public void States_are_drawn_back_as_often_as_they_are_probable()
    {
        var posterior = Inferring.Run(Drive, DriveData());
        var density = DensityProgram.Compile(posterior.Problem.Conditioned);
        // The share of each state over all draws is the mean of its probability over the draws of the parameters.
        for (var t = 1; t <= 400; t += 57)
        {
            var row = posterior.Scalar($"z[{t}]");
            Assert.Equal(1, row.Probabilities.Sum(p => p.Probability), 1e-12);
            Assert.All(row.Probabilities, p => Assert.Contains(p.Value, new double[] { 1, 2 }));
        }
        // Where the data leave it most open.
        var open = Enumerable.Range(1, 399).MinBy(t => Math.Abs(posterior.Scalar($"z[{t}]").Mean - 1.5));
        MonteCarlo.AssertMean(posterior, $"state {open} and the one after", draw => Cell(draw, "z", open) == 2 && Cell(draw, "z", open + 1) == 2 ? 1 : 0,
            posterior.Draws.Chains.Average(chain => Enumerable.Range(0, chain.Count).Average(i => Both(chain.Draw(i).ToArray()))));

        double Cell(ReadOnlySpan<double> draw, string name, int index) => draw[posterior.Draws.Layout.Find(name)!.Offset + index - 1];

        // P(both are 2 | the parameters of a draw), by the passes.
        double Both(double[] draw)
        {
            double[] Values(string name) => posterior.Draws.Layout.Find(name) is { } v ? draw[v.Offset..(v.Offset + v.Count)] : [];
            var model = posterior.Problem.Conditioned;
            return Pair(Values("P"), Values("phi"), Values("lambda"), model[model.Graph.Find("u")!].Values, model[model.Graph.Find("v")!].Values, open - 1);
        }
    }

    /// <summary>P(state of a step | all), for each step.</summary>
    private static double[][] Smoothed(double[] p, double[] phi, double[] lambda, double[] u, double[] v)
    {
        var (alpha, beta, _) = Passes(p, phi, lambda, u, v);
        return [.. alpha.Zip(beta, (a, b) => Normalized([a[0] * b[0], a[1] * b[1]]))];
    }

    /// <summary>P(a step and the next are both in the second state | all).</summary>
    private static double Pair(double[] p, double[] phi, double[] lambda, double[] u, double[] v, int t)
    {
        var (alpha, beta, emission) = Passes(p, phi, lambda, u, v);
        var both = new double[4];
        for (var j = 0; j < 2; j++)
            for (var k = 0; k < 2; k++) both[2 * j + k] = alpha[t][j] * p[2 * j + k] * emission[t + 1][k] * beta[t + 1][k];
        return Normalized(both)[3];
    }

    private static (double[][] Alpha, double[][] Beta, double[][] Emission) Passes(double[] p, double[] phi, double[] lambda, double[] u, double[] v)
    {
        var emission = u.Zip(v, (a, b) => new[] { 0, 1 }.Select(k => Math.Exp(-2 * ((a - phi[k]) * (a - phi[k]) + (b - lambda[k]) * (b - lambda[k])))).ToArray()).ToArray();
        double[][] alpha = new double[u.Length][], beta = new double[u.Length][];
        for (var t = 0; t < u.Length; t++)
        {
            double[] before = t == 0 ? [0.5, 0.5] : [alpha[t - 1][0] * p[0] + alpha[t - 1][1] * p[2], alpha[t - 1][0] * p[1] + alpha[t - 1][1] * p[3]];
            alpha[t] = Normalized([before[0] * emission[t][0], before[1] * emission[t][1]]);
        }
        beta[^1] = [1, 1];
        for (var t = u.Length - 2; t >= 0; t--)
        {
            double[] after = [emission[t + 1][0] * beta[t + 1][0], emission[t + 1][1] * beta[t + 1][1]];
            beta[t] = Normalized([p[0] * after[0] + p[1] * after[1], p[2] * after[0] + p[3] * after[1]]);
        }
        return (alpha, beta, emission);
    }

    private static double[] Normalized(double[] x) => [.. x.Select(v => v / x.Sum())];
}
