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
    private const int Replications = 100;
    private const int Thin = 6;
    private const int Ranks = 100;
    private const int Bins = 10;

    /// <param name="Model">Its text.</param>
    /// <param name="Sizes">What is known beforehand.</param>
    /// <param name="Observed">What is observed of what was drawn, and the lengths of its rows; none where it is a vector.</param>
    /// <param name="Checked">The elements whose ranks are looked at: a variable, and a place in it.</param>
    private sealed record Calibrated(string Model, object Sizes, (string Name, int[] Rows) Observed, params (string Name, int Element)[] Checked);

    private static readonly Dictionary<string, Calibrated> s_cases = new()
    {
        ["hierarchy"] = new(
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
            """,
            new { J = 5, N = 3 }, ("y", [3, 3, 3, 3, 3]), ("mu", 0), ("tau", 0), ("sigma", 0), ("theta", 0)),
        ["sorted cutpoints"] = new(
            """
            input x[N]
            input N: count
            b ~ Normal(0, 1)
            c ~ Normal(0, 2) ^ 3 ordered
            for i in 1..N { y[i] ~ OrderedLogistic(b * x[i], c) }
            """,
            new { N = 12, x = Enumerable.Range(0, 12).Select(i => Math.Sin(1.7 * i)).ToArray() }, ("y", []), ("b", 0), ("c", 0), ("c", 1), ("c", 2)),
        ["sorted in a plate"] = new(
            """
            input G: count
            input N: count
            s ~ Gamma(4, 4)
            for g in 1..G {
              m[g] ~ Normal(0, s) ^ 2 ordered
              for i in 1..N { y[g, i] ~ Normal(m[g, 1] + 0.5 * m[g, 2], 1) }
            }
            """,
            new { G = 3, N = 2 }, ("y", [2, 2, 2]), ("s", 0), ("m", 0), ("m", 3), ("m", 4)),
        ["times until the end of a study"] = new(
            """
            input N: count
            shape ~ Gamma(8, 4)
            scale ~ LogNormal(0.5, 0.5)
            for i in 1..N { y[i] ~ Weibull(shape, scale) censored ( , 0.5 + 0.3 * i) }
            """,
            new { N = 10 }, ("y", []), ("shape", 0), ("scale", 0)),
        ["rows of different lengths"] = new(
            """
            input n[3]: count
            mu ~ Normal(0, 1)
            tau ~ HalfNormal(1)
            s ~ Gamma(4, 4)
            for i in 1..3 {
              theta[i] ~ Normal(mu, tau)
              y[i] ~ Normal(theta[i], s) ^ n[i]
            }
            """,
            new { n = new[] { 2, 4, 3 } }, ("y", [2, 4, 3]), ("mu", 0), ("tau", 0), ("s", 0), ("theta", 2)),
        ["correlated slopes"] = new(
            """
            input J: count
            L ~ LKJCholesky(2, 2)
            t ~ Gamma(4, 4) ^ 2
            for j in 1..J {
              b[j] ~ MvNormal(zeros(2), cholesky: diag(t) @ L)
              for i in 1..3 { y[j, i] ~ Normal(b[j, 1] + b[j, 2] * (i - 2), 0.5) }
            }
            """,
            new { J = 6 }, ("y", [3, 3, 3, 3, 3, 3]), ("L", 2), ("t", 0), ("t", 1), ("b", 1)),
        ["points among densities"] = new(
            """
            input N: count
            p ~ Beta(2, 2)
            m ~ Normal(0, 2)
            s ~ Gamma(4, 4)
            for i in 1..N { y[i] ~ Mixture([p, 1 - p], [Delta(0), Normal(m, s)]) rounded (0.5) }
            """,
            new { N = 8 }, ("y", []), ("p", 0), ("m", 0), ("s", 0)),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Ranks_of_what_was_drawn_from_the_prior_are_uniform_among_the_draws_of_its_posterior(string name)
    {
        var (text, known, observed, elements) = s_cases[name];
        var counts = elements.ToDictionary(e => e, _ => new int[Bins]);
        var model = Inferring.Text(text);
        var sizes = Data.Of(known);
        var simulation = model.Condition(sizes).Sample(Replications, seed: 11, TestContext.Current.CancellationToken);
        for (var r = 0; r < Replications; r++)
        {
            var drawn = Data.Of(new Dictionary<string, object> { [observed.Name] = Rows(simulation.Draw(r, observed.Name).ToArray(), observed.Rows) });
            var posterior = model.Condition(sizes.With(drawn)).Infer(
                new Nuts { Seed = (ulong)r, Chains = 1, Warmup = 400, Draws = (Ranks - 1) * Thin, Threads = 1 }, null, TestContext.Current.CancellationToken);
            foreach (var element in elements)
                counts[element][Rank(posterior, element, simulation.Draw(r, element.Name)[element.Element]) * Bins / Ranks]++;
        }
        foreach (var (element, bins) in counts)
        {
            const double Expected = (double)Replications / Bins;
            var statistic = bins.Sum(b => (b - Expected) * (b - Expected) / Expected);
            var probability = 1 - ChiSquared.CDF(Bins - 1, statistic);
            output.WriteLine($"{element}: {string.Join(' ', bins)}, probability {probability:G3}");
            Assert.True(probability > 1e-4, $"the ranks of {element}, {string.Join(' ', bins)}, are not uniform ({probability:G2})");
        }
    }

    private static object Rows(double[] values, int[] lengths)
    {
        if (lengths.Length == 0) return values;
        var rows = new double[lengths.Length][];
        var from = 0;
        for (var i = 0; i < rows.Length; i++) rows[i] = values[from..(from += lengths[i])];
        return rows;
    }

    /// <summary>How many of the thinned draws of an element lie below the truth.</summary>
    private static int Rank(SampledPosterior posterior, (string Name, int Element) of, double truth)
    {
        var column = posterior.Draws.Layout.Find(of.Name)!.Offset + of.Element;
        var draws = posterior.Draws.Chains[0];
        return Enumerable.Range(0, Ranks - 1).Count(i => draws.Draw(i * Thin)[column] < truth);
    }
}
