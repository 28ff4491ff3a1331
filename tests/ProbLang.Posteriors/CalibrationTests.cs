using MathNet.Numerics.Distributions;
using ProbLang.Inference;
using Xunit;

namespace ProbLang.Posteriors;

/// <summary>
/// Simulation-based calibration (Talts et al. 2018): where parameters are drawn from the prior and data from the parameters,
/// the rank of a parameter among its posterior draws is uniform. It sees mistakes that a posterior at one set of data hides.
/// </summary>
public class CalibrationTests(ITestOutputHelper output)
{
    private const int Replications = 120;
    private const int Thin = 8;
    private const int Ranks = 100;
    private const int Bins = 10;

    private const string Hierarchy =
        """
        input J: count
        input N: count
        mu ~ Normal(0, 2)
        tau ~ HalfNormal(1.5)
        sigma ~ Gamma(4, 4)
        for j in 1..J {
          theta[j] ~ Normal(mu, tau)
          for i in 1..N { y[j, i] ~ Normal(theta[j], sigma) }
        }
        """;

    [Fact]
    public void Ranks_of_what_was_drawn_from_the_prior_are_uniform_among_the_draws_of_its_posterior()
    {
        string[] variables = ["mu", "tau", "sigma", "theta"];
        var counts = variables.ToDictionary(v => v, _ => new int[Bins]);
        var model = Inferring.Text(Hierarchy);
        var sizes = Data.Of(new { J = 5, N = 3 });
        var simulation = model.Condition(sizes).Sample(Replications, seed: 11, TestContext.Current.CancellationToken);
        for (var r = 0; r < Replications; r++)
        {
            var y = simulation.Draw(r, "y").ToArray().Chunk(3).ToArray();
            var posterior = model.Condition(sizes.With(Data.Of(new { y }))).Infer(
                new Nuts { Seed = (ulong)r, Chains = 1, Warmup = 400, Draws = (Ranks - 1) * Thin, Threads = 1 }, null, TestContext.Current.CancellationToken);
            foreach (var variable in variables) counts[variable][Rank(posterior, variable, simulation.Draw(r, variable)[0]) * Bins / Ranks]++;
        }
        foreach (var (variable, bins) in counts)
        {
            const double Expected = (double)Replications / Bins;
            var statistic = bins.Sum(b => (b - Expected) * (b - Expected) / Expected);
            var probability = 1 - ChiSquared.CDF(Bins - 1, statistic);
            output.WriteLine($"{variable}: {string.Join(' ', bins)}, probability {probability:G3}");
            Assert.True(probability > 1e-4, $"the ranks of {variable}, {string.Join(' ', bins)}, are not uniform ({probability:G2})");
        }
    }

    /// <summary>How many of the thinned draws of the first element lie below the truth.</summary>
    private static int Rank(Posterior posterior, string variable, double truth)
    {
        var column = posterior.Draws.Layout.Find(variable)!.Offset;
        var draws = posterior.Draws.Chains[0];
        return Enumerable.Range(0, Ranks - 1).Count(i => draws.Draw(i * Thin)[column] < truth);
    }
}
