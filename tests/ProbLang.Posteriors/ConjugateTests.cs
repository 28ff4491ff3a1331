using ProbLang.Inference;
using Xunit;
using static System.Math;
using static MathNet.Numerics.SpecialFunctions;
using Normal = MathNet.Numerics.Distributions.Normal;

namespace ProbLang.Posteriors;

/// <summary>Posteriors in closed form, each for a prior with a support of its own, hence for a transform of its own.</summary>
public class ConjugateTests
{
    private static readonly double[] s_y = [1.3, -0.4, 2.2, 0.9, 1.8, 3.1, 0.2, 1.1];
    private static readonly int[] s_counts = [3, 0, 2, 5, 1, 4, 2];

    private static readonly Dictionary<string, Known> s_cases = new()
    {
        ["a mean with a normal prior"] = NormalMean(),
        ["a mean without a prior"] = new(
            "input N: count; mu ~ Flat(); for i in 1..N { y[i] ~ Normal(mu, 1.5) }", new { y = s_y },
            ("mu", s_y.Average(), 1.5 / Sqrt(s_y.Length))),
        ["a mean that is flat between bounds"] = new(
            "input N: count; mu ~ Flat(0.8, 1.4); for i in 1..N { y[i] ~ Normal(mu, 1.5) }", new { y = s_y },
            Truncated("mu", s_y.Average(), 1.5 / Sqrt(s_y.Length), 0.8, 1.4)),
        ["a mean that is flat below a bound"] = new(
            "input N: count; mu ~ Flat(, 1); for i in 1..N { y[i] ~ Normal(mu, 1.5) }", new { y = s_y },
            Truncated("mu", s_y.Average(), 1.5 / Sqrt(s_y.Length), double.NegativeInfinity, 1)),
        ["a mean with a truncated prior"] = new(
            "input N: count; mu ~ Normal(0, 3) truncated (1.5, ); for i in 1..N { y[i] ~ Normal(mu, 1.5) }", new { y = s_y },
            TruncatedPrior()),
        ["a scale without a prior"] = Scale(),
        ["mean and variance"] = NormalInverseGamma(),
        ["a probability"] = new("p ~ Beta(2, 3); k ~ Binomial(12, p)", new { k = 9 }, Beta("p", 2 + 9, 3 + 3)),
        ["a probability from single outcomes"] = new(
            "input N: count; p ~ Uniform(0, 1); for i in 1..N { y[i] ~ Bernoulli(p) }", new { y = new[] { 1, 0, 1, 1, 0, 1, 1 } },
            Beta("p", 1 + 5, 1 + 2)),
        ["a probability at the edge"] = new("p ~ Beta(0.5, 0.5); k ~ Binomial(20, p)", new { k = 0 }, Beta("p", 0.5, 20.5)),
        ["a rate of counts"] = new(
            "input N: count; lambda ~ Gamma(3, 2); for i in 1..N { y[i] ~ Poisson(lambda) }", new { y = s_counts },
            Gamma("lambda", 3 + s_counts.Sum(), 2 + s_counts.Length)),
        ["a rate of waiting times, some of them cut off"] = new(
            "input N: count; input seen[N]: bool; lambda ~ Gamma(3, 2); for i in 1..N { y[i] ~ Exponential(lambda) censored (right: not seen[i]) }",
            new { y = new[] { 0.3, 1.2, 0.1, 2.5, 4.0 }, seen = new[] { 1, 0, 1, 1, 0 } }, Gamma("lambda", 3 + 3, 2 + 8.1)),
        ["a rate of waiting times that are recorded up to a bound"] = new(
            "input N: count; lambda ~ Gamma(3, 2); for i in 1..N { y[i] ~ Exponential(lambda) censored ( , 2) }",
            new { y = new[] { 0.3, 1.2, 2.0, 0.1, 2.0 } }, Gamma("lambda", 3 + 3, 2 + 5.6)),
        ["a probability of zeros before a hurdle"] = new(
            "input N: count; p ~ Beta(2, 3); m ~ Gamma(2, 1); for i in 1..N { y[i] ~ Hurdle(p, Poisson(m)) }", new { y = new[] { 0, 2, 0, 1, 3, 0, 5 } }, Beta("p", 2 + 3, 3 + 4)),
        ["a rate of waiting times"] = new(
            "input N: count; lambda ~ Gamma(3, 2); for i in 1..N { y[i] ~ Exponential(lambda) }", new { y = new[] { 0.3, 1.2, 0.1, 2.5 } },
            Gamma("lambda", 3 + 4, 2 + 4.1)),
        ["the variance of a normal"] = InverseGammaVariance(),
        ["probabilities of categories"] = Categories([1, 3, 3, 2, 1, 3, 3, 1, 2, 3], 3, [2, 1, 3]),
        ["probabilities of categories that are mostly empty"] = Categories([1, 1, 4, 1], 6, [0.7, 0.7, 0.7, 0.7, 0.7, 0.7]),
        ["a mean of logarithms"] = new(
            "input N: count; mu ~ Flat(); for i in 1..N { y[i] ~ LogNormal(mu, 0.5) }", new { y = new[] { 1.2, 0.7, 3.5 } },
            ("mu", (Log(1.2) + Log(0.7) + Log(3.5)) / 3, 0.5 / Sqrt(3))),
        ["a scale that is unknown up to a power"] = new(
            "input N: count; s ~ InverseGamma(6, 5); for i in 1..N { y[i] ~ Gamma(2, scale: s) }", new { y = new[] { 1.4, 0.6, 2.2 } },
            InverseGamma("s", 6 + 6, 5 + 4.2)),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_posterior_in_closed_form_is_found(string name)
    {
        var known = s_cases[name];
        var posterior = Inferring.Run(known.Model, known.Data);
        Assert.NotEmpty(known.Answers);
        foreach (var (element, mean, sd) in known.Answers) MonteCarlo.AssertMoments(posterior, element, mean, sd);
    }

    /// <summary>Those that a truncation, a flat prior between bounds or two kinds of unknowns keep from being integrated in closed form.</summary>
    private static readonly string[] s_sampledOnly =
    [
        "a mean that is flat between bounds", "a mean that is flat below a bound", "a mean with a truncated prior", "a scale without a prior", "mean and variance",
        "a probability of zeros before a hurdle",
    ];

    public static TheoryData<string> ExactNames => [.. s_cases.Keys.Except(s_sampledOnly)];

    [Theory]
    [MemberData(nameof(ExactNames))]
    public void A_posterior_in_closed_form_is_found_exactly(string name)
    {
        var known = s_cases[name];
        var posterior = Inferring.Problem(known.Model, known.Data).Infer(new Exact(), TestContext.Current.CancellationToken);
        foreach (var (element, mean, sd) in known.Answers)
        {
            Assert.Equal(mean, posterior.Scalar(element).Mean, 1e-10 * Max(1, Abs(mean)));
            Assert.Equal(sd, posterior.Scalar(element).Sd, 1e-10 * Max(1, sd));
        }
    }

    [Fact]
    public void What_has_no_closed_form_is_left_to_the_sampler() =>
        Assert.All(s_sampledOnly, name => Assert.NotEmpty(Inferring.Problem(s_cases[name].Model, s_cases[name].Data).Objections(new Exact())));

    private static Known NormalMean()
    {
        double precision = 1 / (2.0 * 2) + s_y.Length / (1.5 * 1.5), weighted = 1 / (2.0 * 2) + s_y.Sum() / (1.5 * 1.5);
        return new("input N: count; mu ~ Normal(1, 2); for i in 1..N { y[i] ~ Normal(mu, 1.5) }", new { y = s_y }, ("mu", weighted / precision, 1 / Sqrt(precision)));
    }

    private static (string, double, double) TruncatedPrior()
    {
        double precision = 1 / 9.0 + s_y.Length / (1.5 * 1.5), weighted = s_y.Sum() / (1.5 * 1.5);
        return Truncated("mu", weighted / precision, 1 / Sqrt(precision), 1.5, double.PositiveInfinity);
    }

    /// <summary>The density σ^-n exp(-S / 2σ²) has the moments E σ^k = (S/2)^(k/2) Γ((n-1-k)/2) / Γ((n-1)/2).</summary>
    private static Known Scale()
    {
        var n = s_y.Length;
        var sum = s_y.Sum(y => (y - 1) * (y - 1));
        double Moment(int k) => Pow(sum / 2, k / 2.0) * Exp(GammaLn((n - 1 - k) / 2.0) - GammaLn((n - 1) / 2.0));
        return new("input N: count; sigma ~ Flat(0, ); for i in 1..N { y[i] ~ Normal(1, sigma) }", new { y = s_y },
            ("sigma", Moment(1), Sqrt(Moment(2) - Moment(1) * Moment(1))));
    }

    private static Known NormalInverseGamma()
    {
        const double A = 6, B = 4, M = 0.5, K = 2;
        var n = s_y.Length;
        var average = s_y.Average();
        double an = A + n / 2.0, kn = K + n, mn = (K * M + s_y.Sum()) / kn;
        var bn = B + 0.5 * s_y.Sum(y => (y - average) * (y - average)) + K * n * (average - M) * (average - M) / (2 * kn);
        return new(
            "input N: count; v ~ InverseGamma(6, 4); mu ~ Normal(0.5, variance: v / 2); for i in 1..N { y[i] ~ Normal(mu, variance: v) }", new { y = s_y },
            ("mu", mn, Sqrt(bn / (an - 1) / kn)), InverseGamma("v", an, bn));
    }

    private static Known InverseGammaVariance() => new(
        "input N: count; v ~ InverseGamma(5, 3); for i in 1..N { y[i] ~ Normal(1, sqrt(v)) }", new { y = s_y },
        InverseGamma("v", 5 + s_y.Length / 2.0, 3 + s_y.Sum(y => (y - 1) * (y - 1)) / 2));

    private static Known Categories(int[] y, int k, double[] alpha)
    {
        double[] counts = [.. alpha.Select((a, i) => a + y.Count(v => v == i + 1))];
        var total = counts.Sum();
        return new(
            "input N: count; input K: count; input alpha[K]: positive; p ~ Dirichlet(alpha); for i in 1..N { y[i] ~ Categorical(p) }", new { y, K = k, alpha },
            [.. counts.Select((a, i) => Beta($"p[{i + 1}]", a, total - a))]);
    }

    private static (string, double, double) Beta(string name, double a, double b) => (name, a / (a + b), Sqrt(a * b / (a + b + 1)) / (a + b));

    private static (string, double, double) Gamma(string name, double shape, double rate) => (name, shape / rate, Sqrt(shape) / rate);

    private static (string, double, double) InverseGamma(string name, double shape, double scale) =>
        (name, scale / (shape - 1), scale / (shape - 1) / Sqrt(shape - 2));

    /// <summary>Moments of a normal between bounds.</summary>
    private static (string, double, double) Truncated(string name, double mean, double sd, double lower, double upper)
    {
        double a = (lower - mean) / sd, b = (upper - mean) / sd;
        var mass = Normal.CDF(0, 1, b) - Normal.CDF(0, 1, a);
        double fa = Normal.PDF(0, 1, a), fb = Normal.PDF(0, 1, b);
        var shift = (fa - fb) / mass;
        var slope = ((double.IsInfinity(a) ? 0 : a * fa) - (double.IsInfinity(b) ? 0 : b * fb)) / mass;
        return (name, mean + sd * shift, sd * Sqrt(1 + slope - shift * shift));
    }
}
