using ProbLang.Distributions;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Sessions;

public sealed class UpperTailTests
{
    /// <summary>P(Z > z) of the standard normal, from tables; the exponential tail and the beta tail by arithmetic.</summary>
    [Theory]
    [InlineData("P(x > 9)", 1.1285884059538406e-19)]
    [InlineData("P(x > 8)", 6.220960574271785e-16)]
    [InlineData("P(x < -9)", 1.1285884059538406e-19)]
    [InlineData("P(9 < x)", 1.1285884059538406e-19)]
    [InlineData("P(2 * x + 1 > 19)", 1.1285884059538406e-19)]
    [InlineData("P(-x < -9)", 1.1285884059538406e-19)]
    [InlineData("P(1 - 2 * x > 19)", 1.1285884059538406e-19)]
    [InlineData("P(1 - 2 * x < -17)", 1.1285884059538406e-19)]
    [InlineData("P(w > 100)", 3.720075976020836e-44)]
    [InlineData("P(b > 0.9999)", 6e-20)]
    public void An_upper_tail_is_as_accurate_as_a_lower_one(string question, double probability)
    {
        var answer = SessionAnswerTests.Ask(SessionAnswerTests.Of("x ~ Normal(0, 1)\nw ~ Exponential(1)\nb ~ Beta(2, 5)"), question);
        Assert.Equal(AnswerBasis.Exact, answer.Basis);
        Assert.Equal(1, answer.Value / probability, 1e-3);
    }

    public static TheoryData<string> Families => [.. s_marginals.Keys];

    private static readonly Dictionary<string, Marginal> s_marginals = new()
    {
        ["normal"] = Normal,
        ["multiple"] = new AffineMarginal(Normal, -2, 1),
        ["mixture"] = new MixtureMarginal([(0.25, Normal), (0.75, new AffineMarginal(Normal, 3, 1))]),
        ["truncated normal"] = new TruncatedNormalMarginal(0, 1, -1, 30),
        ["beta prime"] = new BetaPrimeMarginal(2, 3, 1.5),
        ["root of gamma"] = new GammaPowerMarginal(3, 2, 0.5, 1.5),
        ["inverse gamma"] = new GammaPowerMarginal(3, 2, -1, 1.5),
        ["difference of gammas"] = new GammaDifferenceMarginal(1.5, 1, 2),
    };

    private static Marginal Normal => new CatalogMarginal((ScalarDistribution)DistributionCatalog.Find("Normal")!, 0, [0, 1]);

    [Theory]
    [MemberData(nameof(Families))]
    public void What_is_above_a_value_is_what_is_not_below_and_is_not_cancelled_away(string family)
    {
        var marginal = s_marginals[family];
        foreach (var p in (double[])[0.001, 0.2, 0.5, 0.9, 0.999])
            Assert.Equal(1, marginal.Cdf(marginal.Quantile(p)) + marginal.Survival(marginal.Quantile(p)), 1e-12);
        var far = marginal.Quantile(0.999);
        while (1 - marginal.Cdf(far) > 0) far += 1 + Math.Abs(far) / 2;
        var (above, beyond) = (marginal.Survival(far), marginal.Survival(far * 1.01));
        Assert.InRange(above, double.Epsilon, 1e-15);
        Assert.InRange(beyond, 0, above * (1 - 1e-3));
    }
}
