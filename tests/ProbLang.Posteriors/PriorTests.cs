using MathNet.Numerics.Distributions;
using Xunit;
using static System.Math;

namespace ProbLang.Posteriors;

/// <summary>
/// Models in which the data say nothing, so that the posterior is the prior: once because nothing is observed and all is drawn
/// forward, and once because what is observed does not depend on the rest, so that the sampler has to find it.
/// </summary>
public class PriorTests
{
    /// <summary>Model and, for elements of it, the distribution function. Each model ends with an observation that adds nothing.</summary>
    private static readonly Dictionary<string, (string Model, (string Name, Func<double, double> Cumulative)[] Known)> s_cases = new()
    {
        ["normal"] = Scalar("Normal(1, 2)", x => Normal.CDF(1, 2, x)),
        ["student t"] = Scalar("StudentT(5, 1, 2)", x => StudentT.CDF(1, 2, 5, x)),
        ["laplace"] = Scalar("Laplace(1, 2)", x => new Laplace(1, 2).CumulativeDistribution(x)),
        ["logistic"] = Scalar("Logistic(1, 2)", x => 1 / (1 + Exp(-(x - 1) / 2))),
        ["half normal"] = Scalar("HalfNormal(2)", x => x < 0 ? 0 : 2 * Normal.CDF(0, 2, x) - 1),
        ["half cauchy"] = Scalar("HalfCauchy(2)", x => x < 0 ? 0 : 2 / PI * Atan(x / 2)),
        ["half student t"] = Scalar("HalfStudentT(4, 2)", x => x < 0 ? 0 : 2 * StudentT.CDF(0, 2, 4, x) - 1),
        ["exponential"] = Scalar("Exponential(2)", x => x < 0 ? 0 : 1 - Exp(-2 * x)),
        ["gamma"] = Scalar("Gamma(2.5, 1.5)", x => x < 0 ? 0 : Gamma.CDF(2.5, 1.5, x)),
        ["gamma that piles up at zero"] = Scalar("Gamma(0.5, 1)", x => x < 0 ? 0 : Gamma.CDF(0.5, 1, x)),
        ["inverse gamma"] = Scalar("InverseGamma(3, 2)", x => x <= 0 ? 0 : 1 - Gamma.CDF(3, 2, 1 / x)),
        ["log normal"] = Scalar("LogNormal(0.5, 0.8)", x => x <= 0 ? 0 : Normal.CDF(0.5, 0.8, Log(x))),
        ["weibull"] = Scalar("Weibull(1.5, 2)", x => x < 0 ? 0 : 1 - Exp(-Pow(x / 2, 1.5))),
        ["beta"] = Scalar("Beta(2, 5)", x => Beta.CDF(2, 5, Clamp(x, 0, 1))),
        ["beta that piles up at both ends"] = Scalar("Beta(0.5, 0.5)", x => Beta.CDF(0.5, 0.5, Clamp(x, 0, 1))),
        ["uniform"] = Scalar("Uniform(-3, 2)", x => Clamp((x + 3) / 5, 0, 1)),
        ["truncated on both sides"] = Scalar("Normal(1, 2) truncated (-0.5, 2)", x => Between(x => Normal.CDF(1, 2, x), -0.5, 2, x)),
        ["truncated from above"] = Scalar("StudentT(5, 0, 1) truncated (, 0.5)", x => Between(x => StudentT.CDF(0, 1, 5, x), -1e8, 0.5, x)),
        ["mixture"] = Scalar("Mixture([0.3, 0.7], [Normal(-1, 1), Normal(2, 1.5)])", x => 0.3 * Normal.CDF(-1, 1, x) + 0.7 * Normal.CDF(2, 1.5, x)),
        ["mixture of positives"] = Scalar("Mixture([0.4, 0.6], [Exponential(1), Gamma(4, 2)])", x => x < 0 ? 0 : 0.4 * (1 - Exp(-x)) + 0.6 * Gamma.CDF(4, 2, x)),
        // A uniform of a gamma-distributed width has the density that the width's own tail gives it.
        ["uniform below a random bound"] = Model("b ~ Gamma(2, 1); x ~ Uniform(0, b)", ("x", x => x < 0 ? 0 : 1 - Exp(-x)), ("b", x => x < 0 ? 0 : Gamma.CDF(2, 1, x))),
        ["uniform between random bounds"] = Model("w ~ Gamma(2, 1); x ~ Uniform(-w, w)", ("x", x => new Laplace(0, 1).CumulativeDistribution(x))),
        ["uniform that a normal moves"] = Model("a ~ Normal(0, 1); x ~ Uniform(a, a + 1)", ("x", x => Ramp(x) - Ramp(x - 1)), ("a", Phi)),
        ["normal of a random mean"] = Model("m ~ Normal(1, 2); x ~ Normal(m, 1)", ("x", x => Normal.CDF(1, Sqrt(5), x)), ("m", x => Normal.CDF(1, 2, x))),
        ["normal of a random variance"] = Model("v ~ InverseGamma(3, 3); x ~ Normal(0, sqrt(v))", ("x", x => StudentT.CDF(0, 1, 6, x))),
        ["ordered pair"] = Model("x ~ Normal(0, 1) ^ 2; given x[1] < x[2]", ("x[1]", x => 1 - (1 - Phi(x)) * (1 - Phi(x))), ("x[2]", x => Phi(x) * Phi(x))),
        ["ordered three"] = Model("x ~ Normal(0, 1) ^ 3; given x[1] < x[2]; given x[2] < x[3]",
            ("x[1]", x => 1 - Pow(1 - Phi(x), 3)), ("x[2]", x => Phi(x) * Phi(x) * (3 - 2 * Phi(x))), ("x[3]", x => Pow(Phi(x), 3))),
        ["sorted three"] = Model("x ~ Normal(0, 1) ^ 3 ordered", ("x[1]", x => 1 - Pow(1 - Phi(x), 3)), ("x[2]", x => Phi(x) * Phi(x) * (3 - 2 * Phi(x))), ("x[3]", x => Pow(Phi(x), 3))),
        ["sorted positives"] = Model("x ~ Exponential(1) ^ 2 ordered", ("x[1]", x => x < 0 ? 0 : 1 - Exp(-2 * x)), ("x[2]", x => x < 0 ? 0 : Pow(1 - Exp(-x), 2))),
        ["sorted probabilities"] = Model("x ~ Uniform(0, 1) ^ 2 ordered", ("x[1]", x => 1 - Pow(1 - Clamp(x, 0, 1), 2)), ("x[2]", x => Pow(Clamp(x, 0, 1), 2))),
        ["truncated mixture"] = Scalar("Mixture([0.3, 0.7], [Normal(-1, 1), Normal(2, 1.5)]) truncated (0, 3)",
            x => Between(x => 0.3 * Normal.CDF(-1, 1, x) + 0.7 * Normal.CDF(2, 1.5, x), 0, 3, x)),
        ["ordered positives"] = Model("x ~ Exponential(1) ^ 2; given x[1] < x[2]",
            ("x[1]", x => x < 0 ? 0 : 1 - Exp(-2 * x)), ("x[2]", x => x < 0 ? 0 : Pow(1 - Exp(-x), 2))),
        ["ordered probabilities"] = Model("x ~ Uniform(0, 1) ^ 2; given x[1] < x[2]", ("x[1]", x => 1 - Pow(1 - Clamp(x, 0, 1), 2)), ("x[2]", x => Pow(Clamp(x, 0, 1), 2))),
        ["simplex"] = Model("x ~ Dirichlet([1, 2, 3.5])",
            ("x[1]", x => Beta.CDF(1, 5.5, Clamp(x, 0, 1))), ("x[2]", x => Beta.CDF(2, 4.5, Clamp(x, 0, 1))), ("x[3]", x => Beta.CDF(3.5, 3, Clamp(x, 0, 1)))),
        ["matrix of independent draws"] = Model("x ~ Gamma(2, 1) ^ (2, 3)", ("x[1,1]", x => x < 0 ? 0 : Gamma.CDF(2, 1, x)), ("x[2,3]", x => x < 0 ? 0 : Gamma.CDF(2, 1, x))),
        ["normal vector"] = Model("x ~ MvNormal([1, -1], covariance: [[2, 1.4], [1.4, 1.5]])", ("x[1]", x => Normal.CDF(1, Sqrt(2), x)), ("x[2]", x => Normal.CDF(-1, Sqrt(1.5), x))),
        ["function of what is random"] = Model("z ~ Normal(0, 1) ^ 2; x = exp(0.5 * z[1] + z[2])", ("x", x => x <= 0 ? 0 : Normal.CDF(0, Sqrt(1.25), Log(x)))),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_sampler_finds_the_prior_where_the_data_say_nothing(string name)
    {
        var posterior = Run(name, new { seen = 0.0 });
        Assert.True(posterior.Run.Gradients > 0);
        AssertKnown(name, posterior);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_nothing_observed_depends_on_is_drawn_from_the_prior(string name) => AssertKnown(name, Run(name, new { }));

    private static SampledPosterior Run(string name, object data) => Inferring.Run(s_cases[name].Model, data, seed: 2);

    private static void AssertKnown(string name, SampledPosterior posterior)
    {
        foreach (var (element, cumulative) in s_cases[name].Known) MonteCarlo.AssertDistribution(posterior, element, cumulative);
    }

    private static (string, (string, Func<double, double>)[]) Scalar(string distribution, Func<double, double> cumulative) => Model($"x ~ {distribution}", ("x", cumulative));

    private static (string, (string, Func<double, double>)[]) Model(string model, params (string, Func<double, double>)[] known) => ($"{model}\nseen ~ Normal(sum(0 * x), 1)", known);

    private static double Phi(double x) => Normal.CDF(0, 1, x);

    /// <summary>The integral of the standard normal distribution function.</summary>
    private static double Ramp(double x) => x * Phi(x) + Normal.PDF(0, 1, x);

    private static double Between(Func<double, double> cumulative, double lower, double upper, double x) =>
        (cumulative(Clamp(x, lower, upper)) - cumulative(lower)) / (cumulative(upper) - cumulative(lower));
}
