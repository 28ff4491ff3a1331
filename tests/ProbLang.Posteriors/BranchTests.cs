using Xunit;
using static System.Math;
using Normal = MathNet.Numerics.Distributions.Normal;

namespace ProbLang.Posteriors;

/// <summary>Models whose statements depend on what is unknown, against posteriors by quadrature.</summary>
public class BranchTests
{
    private const double Step = 1e-3;

    [Fact]
    public void What_holds_by_the_sign_of_a_latent()
    {
        const string Model = """
            theta ~ Normal(0.5, 1)
            if theta > 0 { y ~ Normal(1, 0.5 + theta); z ~ StudentT(5, theta, 1) }
            else { y ~ Laplace(-1, 1); z ~ Normal(2 * theta, 2) }
            """;
        var (mean, sd) = Moments(-8, 9, t => Normal.PDF(0.5, 1, t) * (t > 0
            ? Normal.PDF(1, 0.5 + t, 0.3) * MathNet.Numerics.Distributions.StudentT.PDF(t, 1, 5, 0.8)
            : Exp(-1.3) / 2 * Normal.PDF(2 * t, 2, 0.8)));
        MonteCarlo.AssertMoments(Inferring.Run(Model, new { y = 0.3, z = 0.8 }), "theta", mean, sd);
    }

    [Fact]
    public void An_observation_in_one_branch_counts_where_the_branch_holds_and_a_latent_there_says_nothing_of_the_condition()
    {
        const string Model = """
            theta ~ Normal(0, 1)
            if theta > 0 {
              x ~ Normal(3, 2)
              y ~ Normal(x, 1)
            }
            w ~ Normal(theta, 1)
            """;
        // Where the branch holds, y has the density of Normal(3, sqrt 5), and x is Normal(3 + 0.8 (y - 3), sqrt 0.8) given y.
        var (mean, sd) = Moments(-8, 8, t => Normal.PDF(0, 1, t) * Normal.PDF(t, 1, 0.2) * (t > 0 ? Normal.PDF(3, Sqrt(5), 1.5) : 1));
        var posterior = Inferring.Run(Model, new { y = 1.5, w = 0.2 });
        MonteCarlo.AssertMoments(posterior, "theta", mean, sd);
        var x = posterior.Scalar("x");
        Assert.True(Abs(x.Mean - 1.8) < 4 * x.Mcse, $"{x.Mean} ± {x.Mcse} for 1.8");
        // The mean square about the known mean has the variance of a squared normal, 2 · 0.8².
        var square = x.Sd * x.Sd + (x.Mean - 1.8) * (x.Mean - 1.8);
        var error = 0.8 * Sqrt(2 / Min(x.EssBulk, x.EssTail));
        Assert.True(Abs(square - 0.8) < 4 * error, $"{square} ± {error} for 0.8");
        var share = Mass(0, 8) / (Mass(-8, 0) + Mass(0, 8));
        MonteCarlo.AssertMean(posterior, "the branch holds", draw => draw[0] > 0 ? 1 : 0, share);
        Assert.Equal(posterior.Draws.Chains.Sum(c => Enumerable.Range(0, c.Count).Count(i => c.Draw(i)[0] > 0)), x.Holds!.Value.Draws);

        static double Mass(double from, double to) => Integral(from, to, t => Normal.PDF(0, 1, t) * Normal.PDF(t, 1, 0.2) * (t > 0 ? Normal.PDF(3, Sqrt(5), 1.5) : 1));
    }

    [Theory]
    [InlineData("b ~ Uniform(0, a)")]
    [InlineData("b ~ Normal(0, a) truncated (0, a)")]
    [InlineData("b ~ Flat(0, 2)")]
    public void A_prior_that_makes_no_sense_outside_of_its_branch_says_nothing_there(string prior)
    {
        double Prior(double a, double b) => prior.Contains("Uniform") ? b < a ? 1 / a : 0
            : prior.Contains("Normal") ? b < a ? Normal.PDF(0, a, b) / (Normal.CDF(0, 1, 1) - 0.5) : 0
            : b < 2 ? 1 : 0;
        var elsewhere = 0.5 * Normal.PDF(0, 1, 0.3);
        var inside = Coarse(0, 8, a => Normal.PDF(0, 1, a) * Coarse(0, Min(a, 8), b => Prior(a, b) * Normal.PDF(b, 1, 0.3)));
        if (prior.Contains("Flat")) inside = 0.5 * (Normal.CDF(0.3, 1, 2) - Normal.CDF(0.3, 1, 0));
        var posterior = Inferring.Run($$"""a ~ Normal(0, 1); if a > 0 { {{prior}}; y ~ Normal(b, 1) } else { y ~ Normal(0, 1) }""", new { y = 0.3 });
        MonteCarlo.AssertMean(posterior, "the branch holds", draw => draw[0] > 0 ? 1 : 0, inside / (inside + elsewhere));

        static double Coarse(double from, double to, Func<double, double> f) => Enumerable.Range(0, 400).Sum(i => f(from + (to - from) * (i + 0.5) / 400)) * (to - from) / 400;
    }

    [Fact]
    public void A_latent_drawn_from_either_branch()
    {
        const string Model = "t ~ Normal(0, 1)\nif t > 0.5 { x ~ Uniform(0, 3) } else { x ~ Uniform(-1, 1) }\ny ~ Normal(x, 0.7)\nz ~ Normal(t, 1)";
        double Joint(double t, double x) => Normal.PDF(0, 1, t) * Normal.PDF(t, 1, 0.4) * Normal.PDF(x, 0.7, 1.2);
        var (high, low) = (Integral(0.5, 8, t => Joint(t, 0) / Normal.PDF(0, 0.7, 1.2)), Integral(-8, 0.5, t => Joint(t, 0) / Normal.PDF(0, 0.7, 1.2)));
        var (mean, sd) = Moments(-1, 3, x => Normal.PDF(x, 0.7, 1.2) * ((x > 0 ? high / 3 : 0) + (x < 1 ? low / 2 : 0)));
        MonteCarlo.AssertMoments(Inferring.Run(Model, new { y = 1.2, z = 0.4 }), "x", mean, sd);
    }

    [Fact]
    public void A_factor_is_a_density_of_its_own()
    {
        // exp(-x) x^2 on the positive numbers is Gamma(3, 1).
        var posterior = Inferring.Run("x ~ Flat(0, )\nfactor 2 * log(x) - x\nparam w\ny = w * x", new { w = 2.0 });
        MonteCarlo.AssertMoments(posterior, "x", 3, Sqrt(3));
        MonteCarlo.AssertMoments(posterior, "y", 6, 2 * Sqrt(3));
    }

    [Fact]
    public void An_interval_that_a_condition_leaves()
    {
        var (mean, sd) = Moments(-0.5, 0.5, x => Normal.PDF(0, 1, x) * Normal.PDF(x, 1, 2));
        MonteCarlo.AssertMoments(Inferring.Run("x ~ Normal(0, 1)\ngiven abs(2 * x) < 1\ny ~ Normal(x, 1)", new { y = 2.0 }), "x", mean, sd);
    }

    private static (double Mean, double Sd) Moments(double from, double to, Func<double, double> density)
    {
        var mass = Integral(from, to, density);
        var mean = Integral(from, to, t => t * density(t)) / mass;
        return (mean, Sqrt(Integral(from, to, t => (t - mean) * (t - mean) * density(t)) / mass));
    }

    /// <summary>By midpoints, which a step of the density between two of them does not disturb.</summary>
    private static double Integral(double from, double to, Func<double, double> f)
    {
        var count = (int)Round((to - from) / Step);
        var sum = 0.0;
        for (var i = 0; i < count; i++) sum += f(from + (i + 0.5) * Step);
        return sum * Step;
    }
}
