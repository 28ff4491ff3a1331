using ProbLang.Distributions;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Results;

public class MarginalTests
{
    private static readonly Marginal s_die = new DiscreteMarginal([.. Enumerable.Range(1, 6).Select(k => ((double)k, 1.0 / 6))]);
    private static readonly Marginal s_beta = new CatalogMarginal(new Beta(), 0, [5, 2]);
    private static readonly Marginal s_poisson = new CatalogMarginal(new Poisson(), 0, [3]);
    private static readonly Marginal s_normals = new MixtureMarginal([(0.25, new CatalogMarginal(new Normal(), 0, [-2, 1])), (0.75, new CatalogMarginal(new Normal(), 0, [5, 0.5]))]);
    private static readonly Marginal s_steps = new MixtureMarginal([(0.5, new PointMarginal(1)), (0, new PointMarginal(9)), (0.3, s_die), (0.2, new CatalogMarginal(new Exponential(), 0, [2]))]);

    private static readonly Marginal s_positive = new TruncatedNormalMarginal(-0.5, 2, 0, double.PositiveInfinity);
    private static readonly Marginal s_between = new TruncatedNormalMarginal(3, 0.7, -1, 2.5);
    private static readonly Marginal s_difference = new GammaDifferenceMarginal(0.8, 1.5, 0.25);
    private static readonly Marginal s_concentrated = new GammaDifferenceMarginal(400, 0.01, 0.03);

    public static TheoryData<int> Places => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    private static Marginal At(int place) => new[] { new PointMarginal(-1.5), s_die, s_beta, s_poisson, s_normals, s_steps, s_positive, s_between, s_difference, s_concentrated }[place];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_quantile_is_the_first_value_at_which_the_distribution_function_arrives(int place)
    {
        var marginal = At(place);
        for (var p = 0.01; p < 1; p += 0.017)
        {
            var x = marginal.Quantile(p);
            Assert.True(marginal.Cdf(x) >= p - 1e-12, $"P(X ≤ {x}) = {marginal.Cdf(x)} < {p}");
            Assert.True(marginal.Cdf(x - 1e-7) <= p + 1e-12, $"P(X ≤ {x} - 1e-7) = {marginal.Cdf(x - 1e-7)} > {p}");
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => marginal.Quantile(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => marginal.Quantile(double.NaN));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Mean_and_deviation_are_those_of_the_distribution_function(int place)
    {
        var marginal = At(place);
        // E[X] and E[X²] over the quantiles, by the midpoint rule.
        var count = marginal is GammaDifferenceMarginal ? 1_000 : 10_000;
        double mean = 0, squares = 0;
        for (var i = 0; i < count; i++)
        {
            var x = marginal.Quantile((i + 0.5) / count);
            mean += x / count;
            squares += x * x / count;
        }
        Assert.Equal(mean, marginal.Mean, 1e-3);
        Assert.Equal(Math.Sqrt(Math.Max(0, squares - mean * mean)), marginal.Sd, 5e-3);
    }

    [Fact]
    public void A_median_between_two_equal_halves_is_the_lower_value() =>
        Assert.Equal(3, s_die.Quantile(0.5));

    [Fact]
    public void Values_of_probability_zero_are_no_quantiles()
    {
        var certain = new DiscreteMarginal([(0, 0), (1, 1), (2, 0)]);
        Assert.Equal((1.0, 1.0, 0.0), (certain.Quantile(0), certain.Quantile(1), certain.Sd));
    }

    [Fact]
    public void A_distribution_of_the_catalog_says_its_name_and_parameters()
    {
        Assert.Equal("Beta", s_beta.Distribution);
        Assert.Equal([("alpha", 5.0), ("beta", 2.0)], s_beta.Parameters);
        Assert.Equal(5.0 / 7, s_beta.Mean, 1e-15);
        Assert.Empty(s_beta.Probabilities);
        Assert.Null(s_normals.Distribution);
        Assert.Equal(s_beta, new CatalogMarginal(new Beta(), 0, [5, 2]));
        Assert.NotEqual(s_beta, new CatalogMarginal(new Beta(), 0, [5, 3]));
    }

    [Fact]
    public void An_integer_lists_its_values_up_to_tails_that_do_not_matter()
    {
        Assert.InRange(s_poisson.Probabilities.Sum(p => p.Probability), 1 - 1e-11, 1);
        Assert.Equal(Math.Exp(-3) * 27 / 6, s_poisson.Probabilities.Single(p => p.Value == 3).Probability, 1e-15);
        Assert.Empty(new CatalogMarginal(new Poisson(), 0, [1e6]).Probabilities);
    }

    [Fact]
    public void A_mixture_of_discrete_distributions_has_their_values()
    {
        var mixture = new MixtureMarginal([(0.5, s_die), (0.5, new PointMarginal(6))]);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], mixture.Probabilities.Select(p => p.Value));
        Assert.Equal(7.0 / 12, mixture.Probabilities[^1].Probability, 1e-15);
        Assert.Empty(s_steps.Probabilities);
    }

    [Fact]
    public void What_is_no_distribution_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new DiscreteMarginal([]));
        Assert.Throws<ArgumentException>(() => new DiscreteMarginal([(2, 0.5), (1, 0.5)]));
        Assert.Throws<ArgumentException>(() => new MixtureMarginal([]));
        Assert.Throws<ArgumentException>(() => new MixtureMarginal([(-1, s_die), (2, s_die)]));
    }

    [Fact]
    public void A_joint_distribution_is_read_by_places_and_conditioned_on_all_but_the_last()
    {
        var table = new JointTable([[0, 1], [1, 2, 3]], [0.1, 0.2, 0.1, 0, 0, 0.6]);
        Assert.Equal((0.2, 0.6), (table[0, 1], table[1, 2]));
        Assert.Equal([0.25, 0.5, 0.25, 0, 0, 1], table.Conditional().Probabilities.Select(p => Math.Round(p, 14)));
        Assert.Throws<ArgumentOutOfRangeException>(() => table[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => table[0, 3]);
    }
}
