using ProbLang.Distributions;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Distributions;

public class EdgesOfTheSupport
{
    private const double Never = double.NegativeInfinity;

    public static TheoryData<string, double, double[], double> Values => new()
    {
        { "Exponential", 0, [2], Math.Log(2) },
        { "Gamma", 0, [1, 3], Math.Log(3) },
        { "Gamma", 0, [2, 3], Never },
        { "Gamma", 0, [0.5, 3], double.PositiveInfinity },
        { "Weibull", 0, [1, 4], -Math.Log(4) },
        { "Weibull", 0, [2, 4], Never },
        { "LogNormal", 0, [0, 1], Never },
        { "InverseGamma", 0, [2, 1], Never },
        { "HalfNormal", 0, [1], 0.5 * Math.Log(2 / Math.PI) },
        { "HalfCauchy", 0, [1], Math.Log(2 / Math.PI) },
        { "Beta", 0, [1, 1], 0 },
        { "Beta", 1, [1, 1], 0 },
        { "Beta", 0, [1, 3], Math.Log(3) },
        { "Beta", 1, [3, 1], Math.Log(3) },
        { "Beta", 0, [2, 3], Never },
        { "Beta", 1, [2, 3], Never },
        { "Uniform", 2, [2, 4], -Math.Log(2) },
        { "Uniform", 4, [2, 4], -Math.Log(2) },
        { "Uniform", 1.99, [2, 4], Never },
        { "Uniform", 4.01, [2, 4], Never },
        { "Uniform", 3, [4, 2], Never },
        { "Flat", 1e300, [Never, double.PositiveInfinity], 0 },
        { "Flat", 0, [0, double.PositiveInfinity], 0 },
        { "Flat", -1, [0, double.PositiveInfinity], Never },
        { "ChiSquare", 0, [2], -Math.Log(2) },
        { "ChiSquare", 0, [3], Never },
        { "ScaledInverseChiSquare", 0, [2, 1], Never },
        { "Pareto", 2, [2, 3], Math.Log(1.5) },
        { "Pareto", 1.99, [2, 3], Never },
        { "Pareto", -1, [2, 3], Never },
        { "Frechet", 0, [2, 3], Never },
        { "LogLogistic", 0, [1, 4], -Math.Log(4) },
        { "LogLogistic", 0, [2, 4], Never },
        { "LogLogistic", 0, [0.5, 4], double.PositiveInfinity },
        { "InverseGaussian", 0, [2, 3], Never },
        { "Rayleigh", 0, [2], Never },
        { "Kumaraswamy", 0, [1, 3], Math.Log(3) },
        { "Kumaraswamy", 1, [3, 1], Math.Log(3) },
        { "Kumaraswamy", 0, [2, 3], Never },
        { "Kumaraswamy", 1, [2, 3], Never },
        { "Kumaraswamy", 1, [2, 0.5], double.PositiveInfinity },
        { "LogitNormal", 0, [0, 1], Never },
        { "LogitNormal", 1, [0, 1], Never },
        { "Triangular", 0, [0, 0, 2], 0 },
        { "Triangular", 2, [0, 2, 2], 0 },
        { "Triangular", 1, [0, 1, 2], 0 },
        { "Triangular", 0, [0, 1, 2], Never },
        { "Triangular", 1, [0, 3, 2], Never },
        { "Triangular", 1, [2, 1, 0], Never },
        { "Triangular", 1, [1, 1, 1], Never },
        { "VonMises", Math.PI, [0, 0], -Math.Log(2 * Math.PI) },
        { "BetaBinomial", 0, [0, 1, 2], 0 },
        { "Geometric", 0, [1], 0 },
        { "Geometric", 1, [1], Never },
        { "Geometric", 0, [0], Never },
        { "Hypergeometric", 3, [10, 3, 10], 0 },
        { "Hypergeometric", 2, [10, 3, 10], Never },
        { "Hypergeometric", 3, [10, 12, 5], Never },
        { "Hypergeometric", 0, [0, 0, 0], 0 },
        { "DiscreteUniform", 3, [4, 2], Never },
        { "DiscreteUniform", -2, [-2, 1], -Math.Log(4) },
        { "Skellam", 0, [0, 0], 0 },
        { "Skellam", 1, [0, 0], Never },
        { "Skellam", 1, [0, 3], Never },
        { "Skellam", -2, [0, 3], 2 * Math.Log(3) - 3 - Math.Log(2) },
        { "Skellam", 2, [3, 0], 2 * Math.Log(3) - 3 - Math.Log(2) },
        { "Bernoulli", 0, [0], 0 },
        { "Bernoulli", 1, [0], Never },
        { "Bernoulli", 0, [1], Never },
        { "Bernoulli", 1, [1], 0 },
        { "Binomial", 0, [5, 0], 0 },
        { "Binomial", 1, [5, 0], Never },
        { "Binomial", 5, [5, 1], 0 },
        { "Binomial", 4, [5, 1], Never },
        { "Binomial", 0, [0, 0.3], 0 },
        { "Poisson", 0, [0], 0 },
        { "Poisson", 2, [0], Never },
        { "NegativeBinomial", 0, [0, 2], 0 },
        { "NegativeBinomial", 1, [0, 2], Never },
    };

    public static TheoryData<string, double, double[]> Ends => [.. Values.Select(row => (row.Data.Item1, row.Data.Item2, row.Data.Item3))];

    [Theory, MemberData(nameof(Values))]
    public void A_density_is_right_at_the_edge(string name, double x, double[] p, double expected) =>
        Approximately.Equal(expected, Scalar(name).LogDensity<Real>(0, x, [.. p.Select(v => (Real)v)]), 1e-14, name);

    [Theory, MemberData(nameof(Ends))]
    public void A_derivative_at_the_edge_is_a_number_where_the_density_is_finite(string name, double x, double[] p)
    {
        for (var i = 0; i < p.Length; i++)
        {
            Dual[] moving = [.. p.Select((v, j) => new Dual(v, i == j ? 1 : 0))];
            var density = Scalar(name).LogDensity<Dual>(0, x, moving);
            if (double.IsFinite(density.Value)) Assert.True(double.IsFinite(density.Derivative), $"{name} at {x}, parameter {i}");
        }
    }

    [Fact]
    public void The_slope_in_a_shape_of_exactly_one_is_not_lost()
    {
        var gamma = Scalar("Gamma").LogDensity<Dual>(0, 2.5, [new(1, 1), 3]);
        Approximately.Equal(Math.Log(2.5) + Math.Log(3) - SpecialFunctions.Digamma(1), gamma.Derivative, 1e-14);
        var beta = Scalar("Beta").LogDensity<Dual>(0, 0.25, [new(1, 1), 1]);
        Approximately.Equal(Math.Log(0.25) - SpecialFunctions.Digamma(1) + SpecialFunctions.Digamma(2), beta.Derivative, 1e-14);
    }

    [Theory]
    [InlineData(800), InlineData(-800), InlineData(40), InlineData(-40)]
    public void A_far_logit_keeps_its_probability(double logit)
    {
        double Log(double x) => Scalar("Bernoulli").LogDensity<Real>(1, x, [logit]);
        Approximately.Proportional(-Math.Abs(logit), Log(logit > 0 ? 0 : 1), 1e-14);
        Approximately.Equal(-Math.Exp(-Math.Abs(logit)), Log(logit > 0 ? 1 : 0), 1e-14);
        Assert.True(double.IsFinite(Scalar("Binomial").LogDensity<Real>(1, 3, [7, logit])));
    }

    [Theory]
    [InlineData(1e7), InlineData(1e10), InlineData(1e15)]
    public void A_vast_dispersion_is_the_poisson_limit(double dispersion)
    {
        foreach (var x in new[] { 0.0, 1, 7, 40, 300 })
        {
            // NB(x) = Poisson(x) (1 + ((x - mean)² - x) / (2 dispersion) + O(dispersion⁻²))
            double limit = Scalar("Poisson").LogDensity<Real>(0, x, [30]) + ((x - 30) * (x - 30) - x) / (2 * dispersion);
            Approximately.Equal(limit, Scalar("NegativeBinomial").LogDensity<Real>(0, x, [30, dispersion]), 1e-12 + 1e8 / (dispersion * dispersion), $"at {x}");
        }
    }

    [Theory]
    [InlineData(1e8), InlineData(1e14)]
    public void Vast_degrees_of_freedom_are_the_normal_limit(double df)
    {
        foreach (var x in new[] { 0.0, 0.5, 3, -6 })
        {
            var z = (x - 1) / 2;
            double limit = Scalar("Normal").LogDensity<Real>(0, x, [1, 2]) + (z * z * z * z - 2 * z * z - 1) / (4 * df);
            Approximately.Equal(limit, Scalar("StudentT").LogDensity<Real>(0, x, [df, 1, 2]), 1e-13, $"at {x}");
        }
    }

    [Fact]
    public void Both_sides_of_the_switch_to_stirlings_series_agree()
    {
        foreach (var x in new[] { 0.5, 1, 12, 5000 })
        {
            double Rising(double a) => DensityTerms.LogRising<Real>(a, x);
            // The slope in a, digamma(a + x) - digamma(a), is below 1 here, so 1e-9 apart the values are as near.
            Approximately.Equal(Rising(1e5 - 1e-9), Rising(1e5), 3e-9, $"rise of {x}");
        }
    }

    [Fact]
    public void An_improper_distribution_says_that_it_has_no_draws()
    {
        var flat = Scalar("Flat");
        Assert.False(flat.CanSample);
        var random = new Philox(1, 0, 0);
        Assert.Throws<NotSupportedException>(() => flat.Sample(0, ref random, [0, 1]));
        Assert.All(DistributionCatalog.All.Where(d => d != flat), d => Assert.True(d.CanSample));
    }

    private static ScalarDistribution Scalar(string name) => (ScalarDistribution)DistributionCatalog.Find(name)!;

    [Theory, MemberData(nameof(DistributionCases.Scalars), MemberType = typeof(DistributionCases))]
    public void A_parameter_outside_of_its_domain_leaves_no_density(string name)
    {
        var row = DistributionCases.Find(name);
        var parameters = row.Distribution.Forms[row.Form].Parameters;
        for (var i = 0; i < parameters.Length; i++)
        {
            foreach (var wrong in parameters[i].Domain switch { Domain.Positive => new[] { -0.4, -1.7 }, Domain.Probability => [-0.4, 1.3], _ => [] })
            {
                double[] p = [.. row.Parameters];
                p[i] = wrong;
                var impossible = row.Places().Select(x => (row with { Parameters = p }).LogDensity(x));
                Assert.All(impossible, density => Assert.False(double.IsFinite(density), $"{parameters[i].Name} = {wrong}"));
            }
        }
    }
}
