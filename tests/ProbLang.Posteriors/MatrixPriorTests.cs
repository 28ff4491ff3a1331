using MathNet.Numerics.Distributions;
using Xunit;
using static System.Math;

namespace ProbLang.Posteriors;

/// <summary>Distributions of matrices and series as the sampler finds them where the data say nothing, and as they are drawn forward.</summary>
public class MatrixPriorTests
{
    private static readonly Dictionary<string, (string Model, (string Name, Func<double, double> Cumulative)[] Known)> s_cases = new()
    {
        ["lkj of three"] = ("x ~ LKJ(3, 1.5)", [("x[1,2]", Correlation(2)), ("x[3,1]", Correlation(2)), ("x[3,2]", Correlation(2))]),
        ["lkj of five, spread out"] = ("x ~ LKJ(5, 0.5)", [("x[1,5]", Correlation(2)), ("x[3,2]", Correlation(2)), ("x[5,4]", Correlation(2))]),
        ["factor of three"] = ("x ~ LKJCholesky(3, 1.5); r = x[3, 1] * x[2, 1] + x[3, 2] * x[2, 2]", [("x[2,1]", Correlation(2)), ("x[3,1]", Correlation(2)), ("r", Correlation(2))]),
        ["factors in a plate"] = ("for g in 1..2 { x[g] ~ LKJCholesky(2, g) }", [("x[1,2,1]", Correlation(1)), ("x[2,2,1]", Correlation(2))]),
        ["wishart"] = ("x ~ Wishart(5, [[2, 0.6], [0.6, 1]]); a = x[1, 1] + x[2, 2] + 2 * x[1, 2]",
            [("x[1,1]", x => x <= 0 ? 0 : Gamma.CDF(2.5, 0.25, x)), ("x[2,2]", x => x <= 0 ? 0 : Gamma.CDF(2.5, 0.5, x)), ("a", x => x <= 0 ? 0 : Gamma.CDF(2.5, 0.5 / 4.2, x))]),
        ["inverse wishart"] = ("x ~ InverseWishart(5, [[2, 0.6], [0.6, 1]]); a = x[1, 1] + x[2, 2] + 2 * x[1, 2]",
            [("x[1,1]", x => x <= 0 ? 0 : 1 - Gamma.CDF(2, 1, 1 / x)), ("x[2,2]", x => x <= 0 ? 0 : 1 - Gamma.CDF(2, 0.5, 1 / x)), ("a", x => x <= 0 ? 0 : 1 - Gamma.CDF(2, 2.1, 1 / x))]),
        ["t vector"] = ("x ~ MvStudentT(5, [1, -1], [[2, 1.4], [1.4, 1.5]])", [("x[1]", x => StudentT.CDF(1, Sqrt(2), 5, x)), ("x[2]", x => StudentT.CDF(-1, Sqrt(1.5), 5, x))]),
        ["random walk"] = ("x ~ GaussianRandomWalk(0.5, 8)", [("x[1]", x => Normal.CDF(0, 0.5, x)), ("x[8]", x => Normal.CDF(0, 0.5 * Sqrt(8), x))]),
        ["autoregression"] = ("x ~ AR([0.5], 2, 3)", [("x[1]", x => Normal.CDF(0, 2, x)), ("x[3]", x => Normal.CDF(0, 2 * Sqrt(1 + 0.25 + 0.0625), x))]),
        ["matrix of correlated vectors"] = ("L ~ LKJCholesky(2, 1); t ~ HalfNormal(1) ^ 2; for g in 1..3 { x[g] ~ MvNormal(zeros(2), cholesky: diag(t) @ L) }",
            [("L[2,1]", Correlation(1)), ("t[2]", x => x < 0 ? 0 : 2 * Normal.CDF(0, 1, x) - 1)]),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_sampler_finds_the_prior_where_the_data_say_nothing(string name)
    {
        var posterior = Inferring.Run($"{s_cases[name].Model}\nseen ~ Normal(sum(0 * x), 1)", new { seen = 0.0 }, seed: 2);
        Assert.True(posterior.Run.Gradients > 0);
        AssertKnown(name, posterior);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_nothing_observed_depends_on_is_drawn_from_the_prior(string name) => AssertKnown(name, Inferring.Run(s_cases[name].Model, new { }, seed: 2));

    private static void AssertKnown(string name, SampledPosterior posterior)
    {
        foreach (var (element, cumulative) in s_cases[name].Known) MonteCarlo.AssertDistribution(posterior, element, cumulative);
    }

    /// <summary>Correlations of an LKJ matrix are Beta(a, a) from -1 to 1, with a = eta + K / 2 - 1.</summary>
    private static Func<double, double> Correlation(double a) => r => Beta.CDF(a, a, Clamp((r + 1) / 2, 0, 1));
}
