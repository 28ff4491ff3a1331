using ProbLang.Distributions;
using ProbLang.FactorGraphs;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Results;

/// <summary>What is believed of an element of a factor graph becomes the distribution of a cell of the model.</summary>
public class BeliefMarginalTests
{
    private static readonly FactorVariable s_variable = new() { Name = "x", Domain = FactorDomain.Gaussian };
    private static readonly CellBelief s_cell = new(s_variable, 0);

    private static Marginal Of(Belief belief, CellBelief? cell = null) => BeliefMarginal.Of(belief, cell ?? s_cell)!;

    private static Marginal Catalog(string family, params double[] values) => new CatalogMarginal((ScalarDistribution)DistributionCatalog.Find(family)!, 0, [.. values]);

    [Fact]
    public void Families_of_the_catalog_are_named_with_their_parameters()
    {
        Assert.Equal(Catalog("Normal", 1, 3), Of(new GaussianBelief(1, 9)));
        Assert.Equal(Catalog("Gamma", 2, 5), Of(new GammaBelief(2, 5)));
        Assert.Equal(Catalog("Beta", 2, 5), Of(new BetaBelief(2, 5)));
        Assert.Equal(Catalog("Poisson", 4), Of(new PoissonBelief(4)));
        Assert.Equal(Catalog("Uniform", -1, 2), Of(new TruncatedGaussianBelief(0, double.PositiveInfinity, -1, 2)));
        Assert.Equal(Catalog("Normal", 0, 2), Of(new TruncatedGaussianBelief(0, 4, double.NegativeInfinity, double.PositiveInfinity)));
        Assert.Equal(new PointMarginal(2), Of(new GaussianBelief(2, 0)));
        Assert.Equal(new PointMarginal(0), Of(new PoissonBelief(0)));
    }

    [Fact]
    public void A_number_of_a_vector_has_the_marginal_of_the_whole()
    {
        var vector = new VectorGaussianBelief([1, 2], [4, 0.5, 0.5, 9]);
        Assert.Equal(Catalog("Normal", 2, 3), Of(vector, new CellBelief(s_variable, 0, 1)));
        Assert.Equal(Catalog("Beta", 3, 7), Of(new DirichletBelief([2, 3, 5]), new CellBelief(s_variable, 0, 1)));
        Assert.Equal(new PointMarginal(1), Of(new DirichletBelief([2])));
    }

    [Fact]
    public void Integers_are_counted_as_the_model_counts_them()
    {
        var states = new CellBelief(new FactorVariable { Name = "z", Domain = FactorDomain.Integer, Lowest = 1 }, 0);
        Assert.Equal([(1, 0.25), (2, 0.75)], Of(new DiscreteBelief([0.25, 0.75]), states).Probabilities);
        Assert.Equal(3, Of(new PointBelief([2]), states).Mean);
        Assert.Equal([(0, 0.75), (1, 0.25)], Of(new BooleanBelief(0.25)).Probabilities);
        var from5 = new CellBelief(new FactorVariable { Name = "n", Domain = FactorDomain.Count, Lowest = 5 }, 0);
        Assert.Equal(5 + 3, Of(new PoissonBelief(3), from5).Mean, 1e-12);
    }

    [Fact]
    public void A_power_of_a_precision_is_a_deviation_a_variance_or_a_scale()
    {
        Assert.Equal(new GammaPowerMarginal(3, 2, -0.5, 1), Of(new GammaBelief(3, 2), s_cell with { Power = -0.5 }));
        Assert.Equal(Catalog("InverseGamma", 3, 8), Of(new GammaBelief(3, 2), s_cell with { Power = -1, Scale = 4 }));
        Assert.Equal(Catalog("Gamma", 3, 0.5), Of(new GammaBelief(3, 2), s_cell with { Scale = 4 }));
        var negative = Of(new GammaBelief(3, 2), s_cell with { Power = -0.5, Scale = -2, Offset = 1 });
        Assert.Equal(1 - 2 * new GammaPowerMarginal(3, 2, -0.5, 1).Mean, negative.Mean, 1e-12);
        Assert.Equal(new PointMarginal(9), Of(new PointBelief([0.25]), s_cell with { Power = -0.5, Scale = 4, Offset = 1 }));
    }

    [Fact]
    public void An_affine_function_stays_in_the_family_where_there_is_one()
    {
        Assert.Equal(Catalog("Normal", -3, 6), Of(new GaussianBelief(2, 9), s_cell with { Scale = -2, Offset = 1 }));
        Assert.Equal(Catalog("Beta", 5, 2), Of(new BetaBelief(2, 5), s_cell with { Scale = -1, Offset = 1 }));
        Assert.Equal(new AffineMarginal(Catalog("Beta", 2, 5), 3, 1), Of(new BetaBelief(2, 5), s_cell with { Scale = 3, Offset = 1 }));
        Assert.Equal(new TruncatedNormalMarginal(-3, 2, double.NegativeInfinity, 1), Of(new TruncatedGaussianBelief(2, 1, 0, double.PositiveInfinity), s_cell with { Scale = -2, Offset = 1 }));
        Assert.Equal([(-3, 0.75), (1, 0.25)], Of(new BooleanBelief(0.75), s_cell with { Scale = -4, Offset = 1 }).Probabilities);
    }

    [Fact]
    public void A_negative_multiple_of_a_count_has_the_right_tail()
    {
        var (count, debt) = (Of(new PoissonBelief(3)), Of(new PoissonBelief(3), s_cell with { Scale = -1 }));
        Assert.Equal(1 - count.Cdf(1), debt.Cdf(-2), 1e-12);
        Assert.Equal(-count.Mean, debt.Mean, 1e-12);
        Assert.Equal(count.Sd, debt.Sd, 1e-9);
    }

    /// <summary>X = Σ uu' over twice the shape normal vectors of covariance S/2, S the inverse of the rate.</summary>
    [Fact]
    public void Elements_of_a_Wishart_matrix_have_its_moments()
    {
        // The inverse of the rate [[2, 1, 0], [1, 3, 1], [0, 1, 4]] is [[11, -4, 1], [-4, 8, -2], [1, -2, 5]] / 18.
        var belief = new WishartBelief(2.5, [2, 1, 0, 1, 3, 1, 0, 1, 4]);
        double[] covariance = [11 / 36.0, -4 / 36.0, 1 / 36.0, -4 / 36.0, 8 / 36.0, -2 / 36.0, 1 / 36.0, -2 / 36.0, 5 / 36.0];
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
            {
                var element = Of(belief, new CellBelief(s_variable, 0, i * 3 + j));
                Assert.Equal(5 * covariance[i * 3 + j], element.Mean, 1e-12);
                Assert.Equal(Math.Sqrt(5 * (covariance[i * 3 + j] * covariance[i * 3 + j] + covariance[i * 4] * covariance[j * 4])), element.Sd, 1e-12);
            }
        Assert.Equal(Catalog("Gamma", 2.5, 18 / 11.0).Quantile(0.3), Of(belief).Quantile(0.3), 1e-12);
    }

    /// <summary>Of shape 1 both are exponential, and the difference is an asymmetric Laplace variable.</summary>
    [Theory]
    [InlineData(0.4)]
    [InlineData(0)]
    [InlineData(25)]
    [InlineData(-0.7)]
    [InlineData(-3)]
    public void The_difference_of_two_exponentials_is_a_Laplace_variable(double x)
    {
        var (first, second) = (1.5, 0.25);
        var expected = x >= 0 ? 1 - first / (first + second) * Math.Exp(-x / first) : second / (first + second) * Math.Exp(x / second);
        Assert.Equal(1, new GammaDifferenceMarginal(1, first, second).Cdf(x) / expected, 1e-10);
    }

    [Theory]
    [InlineData(0, 0.79788456, 0.36338023)]
    [InlineData(0.5, 1.1410778, 0.26848041)]
    [InlineData(1, 1.5251353, 0.19909767)]
    public void A_normal_above_a_bound_has_the_known_moments(double bound, double mean, double variance)
    {
        var above = Of(new TruncatedGaussianBelief(0, 1, bound, double.PositiveInfinity));
        Assert.Equal(mean, above.Mean, 1e-7);
        Assert.Equal(variance, above.Sd * above.Sd, 1e-7);
        Assert.Equal((bound, double.PositiveInfinity), above.Truncation);
        Assert.Equal("Normal", above.Distribution);
    }

    /// <summary>Far out a normal is an exponential: mean and deviation from the bound near 1/a, to an order of 1/a².</summary>
    [Fact]
    public void Far_in_the_tail_nothing_is_lost()
    {
        var far = new TruncatedNormalMarginal(0, 1, 1000, double.PositiveInfinity);
        Assert.Equal(1e-3, far.Mean - 1000, 3e-9);
        Assert.Equal(1e-3, far.Sd, 3e-9);
        Assert.Equal(1e-3 * Math.Log(2), far.Quantile(0.5) - 1000, 1e-9);
        Assert.Equal(0.5, far.Cdf(far.Quantile(0.5)), 1e-6);
        var below = new TruncatedNormalMarginal(0, 1, double.NegativeInfinity, -1000);
        Assert.Equal(-far.Quantile(0.95), below.Quantile(0.05), 1e-9);
        Assert.Equal(0.5, new TruncatedNormalMarginal(0, 1e9, 0, 1).Mean, 1e-9);
    }

    [Fact]
    public void What_is_no_distribution_is_said_to_be_none()
    {
        foreach (var belief in (Belief[])[new GaussianBelief(0, -1), new GaussianBelief(0, double.PositiveInfinity), new GammaBelief(0, 1), new BetaBelief(1, double.NaN),
            new BooleanBelief(1.5), new DiscreteBelief([]), new PoissonBelief(-1), new WishartBelief(0.5, [1, 0, 0, 1]), new DirichletBelief([1, 0]),
            new VectorGaussianBelief([0], [-1]), new TruncatedGaussianBelief(0, double.PositiveInfinity, 0, double.PositiveInfinity), new PointBelief([double.NaN])])
            Assert.Null(BeliefMarginal.Of(belief, s_cell));
    }

    /// <summary>A new family needs a case.</summary>
    [Fact]
    public void Every_family_of_beliefs_has_a_distribution()
    {
        Belief[] samples = [new PointBelief([1]), new GaussianBelief(0, 1), new TruncatedGaussianBelief(0, 1, 0, 1), new GammaBelief(1, 1), new BetaBelief(1, 1), new BooleanBelief(0.5),
            new DiscreteBelief([0.5, 0.5]), new PoissonBelief(1), new VectorGaussianBelief([0], [1]), new DirichletBelief([1, 1]), new WishartBelief(1, [1])];
        Assert.Equal(typeof(Belief).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Belief))).ToHashSet(), samples.Select(b => b.GetType()).ToHashSet());
        Assert.All(samples, b => Assert.True(double.IsFinite(Of(b).Quantile(0.5))));
    }
}
