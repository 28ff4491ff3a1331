using ProbLang.FactorGraphs;
using ProbLang.Inference;
using static ProbLang.FactorGraphs.FactorDomain;
using static ProbLang.FactorGraphs.FactorOperation;
using static ProbLang.InferNet.Tests.Reference;

namespace ProbLang.InferNet.Tests;

/// <summary>Each operation in a small model whose posterior is known in closed form or from a grid.</summary>
public sealed class OperationTests
{
    private readonly GraphOf _g = new();

    [Fact]
    public void Every_operation_is_tried()
    {
        var source = File.ReadAllText(Repository.Source("OperationTests.cs")) + File.ReadAllText(Repository.Source("GateTests.cs"));
        foreach (var operation in Enum.GetNames<FactorOperation>()) Assert.Matches($@"Define\([^;]*\b{operation}\b", source);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void A_copy(string engine)
    {
        var (x, y, z) = (Normal("x", 0, 1), _g.Unknown("y", Gaussian), _g.Data("z", Gaussian, [2]));
        _g.Define(y.All(), Copy, x.All());
        _g.Define(z.All(), GaussianFromMeanAndVariance, y.All(), _g.Real(1));
        Mean(engine, x, 1, 0.5, engine == "gibbs" ? 0.02 : 1e-9);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("gibbs")]
    public void A_number_from_an_integer(string engine)
    {
        var k = _g.Range("k", 3);
        var (z, m, x) = (Choice("z", k, 0.2, 0.3, 0.5), _g.Unknown("m", Gaussian), _g.Data("x", Gaussian, [0.7]));
        _g.Define(m.All(), Copy, z.All());
        _g.Define(x.All(), GaussianFromMeanAndVariance, m.All(), _g.Real(1));
        var weights = new[] { 0.2, 0.3, 0.5 }.Select((p, i) => p * NormalDensity(0.7, i, 1)).ToArray();
        Probabilities(engine, z, weights, engine == "gibbs" ? 0.02 : 1e-9);
    }

    [InferNetFact]
    public void A_random_variance()
    {
        var (x, v) = (_g.Data("x", Gaussian, [1.5]), _g.Unknown("v", Gamma));
        _g.Define(v.All(), GammaFromShapeAndRate, _g.Real(3), _g.Real(2));
        _g.Define(x.All(), GaussianFromMeanAndVariance, _g.Real(0), v.All());
        var belief = Assert.IsType<GammaBelief>(By("ep", v));
        var (mean, variance, _) = Moments(u => u * u * Math.Exp(-2 * u) * NormalDensity(1.5, 0, u), 0, 30);
        Assert.Equal(mean, belief.Shape / belief.Rate, 1e-4);
        Assert.Equal(variance, belief.Shape / (belief.Rate * belief.Rate), 1e-2);
    }

    [InferNetTheory]
    [InlineData("ep", 1.0), InlineData("vmp", 1.0), InlineData("ep", double.PositiveInfinity)]
    public void A_number_within_bounds(string engine, double variance)
    {
        var x = _g.Unknown("x", FactorDomain.TruncatedGaussian);
        _g.Define(x.All(), FactorOperation.TruncatedGaussian, _g.Real(0.5), _g.Real(variance), _g.Real(-1), _g.Real(2));
        var belief = Assert.IsType<TruncatedGaussianBelief>(By(engine, x));
        Assert.Equal((-1, 2), (belief.Lower, belief.Upper));
        Assert.Equal(variance, belief.Variance, 1e-9);
    }

    [InferNetFact]
    public void The_mean_of_a_normal_number_within_bounds()
    {
        var (x, y) = (_g.Unknown("x", FactorDomain.TruncatedGaussian), _g.Data("y", Gaussian, [-1]));
        _g.Define(x.All(), FactorOperation.TruncatedGaussian, _g.Real(0), _g.Real(1), _g.Real(0), _g.Real(double.PositiveInfinity));
        _g.Define(y.All(), GaussianFromMeanAndVariance, x.All(), _g.Real(1));
        var belief = Assert.IsType<TruncatedGaussianBelief>(By("ep", x));
        Assert.Equal((-0.5, 0.5), (Math.Round(belief.Mean, 9), Math.Round(belief.Variance, 9)));
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void Counts_with_an_unknown_rate(string engine)
    {
        var n = _g.Range("n", 3);
        var (rate, counts) = (_g.Unknown("rate", Gamma), _g.Data("counts", Count, [2, 4, 3], [n]));
        _g.Define(rate.All(), GammaFromShapeAndRate, _g.Real(2), _g.Real(1));
        _g.For(n, () => _g.Define(counts.At(n), Poisson, rate.All()));
        var belief = Assert.IsType<GammaBelief>(By(engine, rate));
        Assert.Equal((11, 4), (Math.Round(belief.Shape, 9), Math.Round(belief.Rate, 9)));
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void Successes_with_an_unknown_probability(string engine)
    {
        var (p, successes) = (_g.Unknown("p", FactorDomain.Beta), _g.Data("successes", Count, [7]));
        _g.Define(p.All(), FactorOperation.Beta, _g.Real(1), _g.Real(1));
        _g.Define(successes.All(), Binomial, _g.Real(10, Count), p.All());
        var belief = Assert.IsType<BetaBelief>(By(engine, p));
        Assert.Equal((8, 4), (Math.Round(belief.Alpha, 9), Math.Round(belief.Beta, 9)));
    }

    [InferNetTheory]
    [InlineData("ep", 2e-3), InlineData("vmp", 0.2)]
    public void Heads_by_log_odds(string engine, double tolerance)
    {
        var (x, y) = (Normal("x", 0.5, 2), _g.Data("y", FactorDomain.Boolean, [1]));
        _g.Define(y.All(), BernoulliFromLogOdds, x.All());
        var (mean, variance, _) = Moments(u => NormalDensity(u, 0.5, 2) / (1 + Math.Exp(-u)), -12, 12);
        Mean(engine, x, mean, variance, tolerance);
    }

    [InferNetTheory]
    [InlineData("ep", 2e-2), InlineData("vmp", 0.2)]
    public void Successes_by_log_odds(string engine, double tolerance)
    {
        var (x, y) = (Normal("x", 0.5, 2), _g.Data("y", Count, [7]));
        _g.Define(y.All(), BinomialFromLogOdds, _g.Real(10, Count), x.All());
        var (mean, variance, _) = Moments(u => NormalDensity(u, 0.5, 2) * Math.Exp(7 * u - 10 * Log1P(Math.Exp(u))), -12, 12);
        Mean(engine, x, mean, variance, tolerance);
    }

    [InferNetTheory]
    [InlineData("ep", 2e-2), InlineData("vmp", 0.1)]
    public void Counts_by_the_log_of_their_rate(string engine, double tolerance)
    {
        var (x, y) = (Normal("x", 0, 1), _g.Data("y", Count, [4]));
        _g.Define(y.All(), PoissonFromLogRate, x.All());
        var (mean, variance, _) = Moments(u => NormalDensity(u, 0, 1) * Math.Exp(4 * u - Math.Exp(u)), -8, 8);
        Mean(engine, x, mean, variance, tolerance);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void Categories_with_unknown_probabilities(string engine)
    {
        var (k, n) = (_g.Range("k", 3), _g.Range("n", 5));
        var (p, x) = (_g.Unknown("p", Simplex, values: k), _g.Data("x", Integer, [0, 2, 2, 1, 2], [n], k));
        _g.Define(p.All(), Dirichlet, _g.Data("alpha", FactorDomain.Vector, [1, 2, 3], shape: [3]).All());
        _g.For(n, () => _g.Define(x.At(n), Discrete, p.All()));
        Assert.Equal([2, 3, 6], Assert.IsType<DirichletBelief>(By(engine, p)).Alpha.Select(a => Math.Round(a, 9)));
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void Counts_of_categories(string engine)
    {
        var k = _g.Range("k", 3);
        var (p, x) = (_g.Unknown("p", Simplex, values: k), _g.Data("x", Count, [1, 0, 4], [k]));
        _g.Define(p.All(), DirichletSymmetric, _g.Real(2));
        _g.Define(x.All(), Multinomial, _g.Real(5, Count), p.All());
        Assert.Equal([3, 2, 6], Assert.IsType<DirichletBelief>(By(engine, p)).Alpha.Select(a => Math.Round(a, 9)));
    }

    [InferNetFact]
    public void An_unknown_pseudo_count()
    {
        var (k, n) = (_g.Range("k", 2), _g.Range("n", 40));
        var (a, p) = (_g.Unknown("a", Gamma), _g.Unknown("p", Simplex, [n], k));
        var x = _g.Data("x", Count, [.. Enumerable.Range(0, 40).SelectMany(i => i % 2 == 0 ? new[] { 20.0, 0 } : [0, 20])], [n, k]);
        _g.Define(a.All(), GammaFromShapeAndRate, _g.Real(1), _g.Real(1));
        var trials = _g.Real(20, Count);
        _g.For(n, () =>
        {
            _g.Define(p.At(n), DirichletSymmetric, a.All());
            _g.Define(x.At(n), Multinomial, trials, p.At(n));
        });
        // Proportions at the ends of their range tell of a pseudo-count near 0.
        var belief = Assert.IsType<GammaBelief>(By("vmp", a));
        Assert.InRange(belief.Shape / belief.Rate, 0.001, 0.2);
    }

    [InferNetFact]
    public void Categories_by_logits()
    {
        var (k, n) = (_g.Range("k", 3), _g.Range("n", 50));
        var (logits, x) = (_g.Unknown("logits", Gaussian, [k]), _g.Data("x", Integer, [.. Enumerable.Range(0, 50).Select(i => i < 30 ? 0.0 : i < 45 ? 1 : 2)], [n], k));
        var (zero, four) = (_g.Real(0), _g.Real(4));
        _g.For(k, () => _g.Define(logits.At(k), GaussianFromMeanAndVariance, zero, four));
        _g.For(n, () => _g.Define(x.At(n), DiscreteFromLogits, logits.All()));
        var solution = Solve.By(new VariationalMessagePassing(), _g.Ask(logits).Build());
        var means = Enumerable.Range(0, 3).Select(i => Solve.Gaussian(solution, logits, i).Mean).ToArray();
        Assert.Equal(Math.Log(30.0 / 15), means[0] - means[1], 0.1);
        Assert.Equal(Math.Log(15.0 / 5), means[1] - means[2], 0.2);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void A_precision_matrix(string engine)
    {
        var n = _g.Range("n", 2);
        var (precision, x) = (_g.Unknown("precision", Matrix), _g.Data("x", FactorDomain.Vector, [1, 0, 0, 2], [n], shape: [2]));
        var zero = Vector("zero", 0, 0);
        _g.Define(precision.All(), WishartFromShapeAndRate, _g.Real(2), Matrix2("rate", 1, 0, 0, 1));
        _g.For(n, () => _g.Define(x.At(n), VectorGaussianFromMeanAndPrecision, zero, precision.All()));
        var belief = Assert.IsType<WishartBelief>(By(engine, precision));
        Assert.Equal(3, belief.Shape, 1e-9);
        Assert.Equal([1.5, 0, 0, 3], belief.Rate.Select(r => Math.Round(r, 9)));
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void A_vector_with_a_known_variance(string engine)
    {
        var (x, y) = (_g.Unknown("x", FactorDomain.Vector), _g.Data("y", FactorDomain.Vector, [2, 4], shape: [2]));
        _g.Define(x.All(), VectorGaussianFromMeanAndVariance, Vector("zero", 0, 0), Matrix2("v", 1, 0, 0, 3));
        _g.Define(y.All(), VectorGaussianFromMeanAndVariance, x.All(), Matrix2("w", 1, 0, 0, 1));
        var belief = Assert.IsType<VectorGaussianBelief>(By(engine, x));
        Assert.Equal([1, 3], belief.Mean.Select(m => Math.Round(m, 6)), Tolerant(engine == "gibbs" ? 0.03 : 1e-6));
        Assert.Equal([0.5, 0, 0, 0.75], belief.Covariance.Select(c => Math.Round(c, 6)), Tolerant(engine == "gibbs" ? 0.03 : 1e-6));
    }

    [InferNetTheory]
    [InlineData(nameof(Plus), 1.0), InlineData(nameof(Minus), -1.0)]
    public void Sums_and_differences(string operation, double sign)
    {
        var (a, b, sum, y) = (Normal("a", 1, 2), Normal("b", 0, 1), _g.Unknown("sum", Gaussian), _g.Data("y", Gaussian, [4]));
        if (operation == nameof(Plus)) _g.Define(sum.All(), Plus, a.All(), b.All());
        else _g.Define(sum.All(), Minus, a.All(), b.All());
        _g.Define(y.All(), GaussianFromMeanAndVariance, sum.All(), _g.Real(1));
        Mean("ep", b, sign * 3 / 4.0, 0.75, 1e-9);
    }

    [InferNetFact]
    public void Sums_and_differences_of_integers()
    {
        var (k, s) = (_g.Range("k", 3), _g.Range("s", 5));
        var (a, b, sum, back, x) = (Choice("a", k, 0.5, 0.3, 0.2), Choice("b", k, 0.2, 0.2, 0.6), _g.Unknown("sum", Integer, values: s), _g.Unknown("back", Integer, values: s), _g.Data("x", FactorDomain.Boolean, [1]));
        _g.Define(sum.All(), Plus, a.All(), b.All());
        _g.Define(back.All(), Minus, sum.All(), b.All());
        _g.Define(x.All(), AreEqual, sum.All(), _g.Real(2, Integer));
        Probabilities("ep", a, [0.5 * 0.6, 0.3 * 0.2, 0.2 * 0.2], 1e-9);
    }

    [InferNetFact]
    public void Products_with_a_known_factor()
    {
        var (a, product, y) = (Normal("a", 0, 1), _g.Unknown("product", Gaussian), _g.Data("y", Gaussian, [4]));
        _g.Define(product.All(), Product, a.All(), _g.Real(2));
        _g.Define(y.All(), GaussianFromMeanAndVariance, product.All(), _g.Real(1));
        Mean("ep", a, 1.6, 0.2, 1e-9);
    }

    [InferNetFact]
    public void Ratios()
    {
        var (a, ratio, y) = (Normal("a", 0, 1), _g.Unknown("ratio", Gaussian), _g.Data("y", Gaussian, [4]));
        _g.Define(ratio.All(), Ratio, a.All(), _g.Real(0.5));
        _g.Define(y.All(), GaussianFromMeanAndVariance, ratio.All(), _g.Real(1));
        Mean("ep", a, 1.6, 0.2, 1e-9);
    }

    [InferNetFact]
    public void Ratios_of_positive_numbers()
    {
        var (a, b, ratio, count) = (Positive("a", 4, 2), Positive("b", 5, 5), _g.Unknown("ratio", Gamma), _g.Data("count", Count, [6]));
        _g.Define(ratio.All(), Ratio, a.All(), b.All());
        _g.Define(count.All(), Poisson, ratio.All());
        var (mean, _) = MomentsOfFirst((u, v) => Math.Pow(u, 3) * Math.Exp(-2 * u) * Math.Pow(v, 4) * Math.Exp(-5 * v) * Math.Pow(u / v, 6) * Math.Exp(-u / v), (1e-3, 20), (1e-3, 8));
        var belief = Assert.IsType<GammaBelief>(By("ep", a));
        // The factor is approximate where both are uncertain.
        Assert.Equal(mean, belief.Shape / belief.Rate, 0.25 * mean);
    }

    [InferNetFact]
    public void Products_of_positive_numbers()
    {
        var (a, product, count) = (Positive("a", 4, 2), _g.Unknown("product", Gamma), _g.Data("count", Count, [6]));
        _g.Define(product.All(), Product, a.All(), _g.Real(3));
        _g.Define(count.All(), Poisson, product.All());
        Assert.Equal(new GammaBelief(10, 5), By("ep", a));
    }

    [InferNetTheory]
    [InlineData("ep", 0.02), InlineData("vmp", 0.07)]
    public void A_precision_by_its_logarithm(string engine, double tolerance)
    {
        var (a, precision, y) = (Normal("a", 0, 1), _g.Unknown("precision", Gamma), _g.Data("y", Gaussian, [2]));
        _g.Define(precision.All(), FactorOperation.Exp, a.All());
        _g.Define(y.All(), GaussianFromMeanAndPrecision, _g.Real(0), precision.All());
        var (mean, variance, _) = Moments(u => NormalDensity(u, 0, 1) * NormalDensity(2, 0, Math.Exp(-u)), -8, 8);
        Mean(engine, a, mean, variance, tolerance);
    }

    [InferNetFact]
    public void The_logarithm_of_a_positive_number()
    {
        var (a, log, y) = (Positive("a", 4, 2), _g.Unknown("log", Gaussian), _g.Data("y", Gaussian, [1]));
        _g.Define(log.All(), FactorOperation.Log, a.All());
        _g.Define(y.All(), GaussianFromMeanAndVariance, log.All(), _g.Real(0.5));
        var (mean, _, _) = Moments(u => Math.Pow(u, 3) * Math.Exp(-2 * u) * NormalDensity(1, Math.Log(u), 0.5), 1e-6, 30);
        var belief = Assert.IsType<GammaBelief>(By("vmp", a));
        Assert.Equal(mean, belief.Shape / belief.Rate, 0.05);
    }

    [InferNetTheory]
    [InlineData(nameof(Max)), InlineData(nameof(Min))]
    public void The_greater_and_the_smaller_of_two(string operation)
    {
        var (a, b, top, y) = (Normal("a", 0, 1), Normal("b", 0.5, 1), _g.Unknown("top", Gaussian), _g.Data("y", Gaussian, [1]));
        if (operation == nameof(Max)) _g.Define(top.All(), FactorOperation.Max, a.All(), b.All());
        else _g.Define(top.All(), FactorOperation.Min, a.All(), b.All());
        _g.Define(y.All(), GaussianFromMeanAndVariance, top.All(), _g.Real(1));
        var (mean, variance) = MomentsOfFirst((u, v) => NormalDensity(u, 0, 1) * NormalDensity(v, 0.5, 1) * NormalDensity(1, operation == nameof(Max) ? Math.Max(u, v) : Math.Min(u, v), 1), (-8, 8), (-8, 8));
        Mean("ep", a, mean, variance, 0.05);
    }

    [InferNetFact]
    public void The_sum_of_an_array()
    {
        var n = _g.Range("n", 4);
        var (x, sum, y) = (_g.Unknown("x", Gaussian, [n]), _g.Unknown("sum", Gaussian), _g.Data("y", Gaussian, [10]));
        var (zero, one) = (_g.Real(0), _g.Real(1));
        _g.For(n, () => _g.Define(x.At(n), GaussianFromMeanAndVariance, zero, one));
        _g.Define(sum.All(), Sum, x.All());
        _g.Define(y.All(), GaussianFromMeanAndVariance, sum.All(), one);
        Mean("ep", x, 2, 0.8, 1e-9);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void Inner_products_and_linear_maps_of_vectors(string engine)
    {
        var (x, mapped, inner, y) = (_g.Unknown("x", FactorDomain.Vector), _g.Unknown("mapped", FactorDomain.Vector), _g.Unknown("inner", Gaussian), _g.Data("y", Gaussian, [3]));
        _g.Define(x.All(), VectorGaussianFromMeanAndVariance, Vector("zero", 0, 0), Matrix2("v", 1, 0, 0, 1));
        // One row, two columns: with more rows than columns the image would have no density.
        _g.Define(mapped.All(), MatrixTimesVector, _g.Data("map", Real, [0.5, 1], shape: [1, 2]).All(), x.All());
        _g.Define(inner.All(), InnerProduct, mapped.All(), _g.Data("two", FactorDomain.Vector, [2], shape: [1]).All());
        _g.Define(y.All(), GaussianFromMeanAndVariance, inner.All(), _g.Real(1));
        // The inner product is x1 + 2 x2.
        var belief = Assert.IsType<VectorGaussianBelief>(By(engine, x));
        Assert.Equal([0.5, 1], belief.Mean, Tolerant(engine == "gibbs" ? 0.03 : 1e-6));
        Assert.Equal([5 / 6.0, -1 / 3.0, -1 / 3.0, 1 / 3.0], belief.Covariance, Tolerant(engine == "gibbs" ? 0.05 : 1e-6));
    }

    [InferNetFact]
    public void An_element_of_a_vector()
    {
        var (x, element, y) = (_g.Unknown("x", FactorDomain.Vector), _g.Unknown("element", Gaussian), _g.Data("y", Gaussian, [3]));
        _g.Define(x.All(), VectorGaussianFromMeanAndVariance, Vector("zero", 0, 0), Matrix2("v", 2, 1, 1, 2));
        _g.Define(element.All(), VectorElement, x.All(), _g.Real(1, Integer));
        _g.Define(y.All(), GaussianFromMeanAndVariance, element.All(), _g.Real(1));
        var belief = Assert.IsType<VectorGaussianBelief>(By("ep", x));
        Assert.Equal([1, 2], belief.Mean, Tolerant(1e-6));
    }

    [InferNetTheory]
    [InlineData("and", 0.3 * 0.5 / 0.85), InlineData("or", 0.3 / 0.65)]
    public void Boolean_operations(string operation, double expected)
    {
        var (a, b, c) = (Coin("a", 0.3), Coin("b", 0.5), _g.Unknown("c", FactorDomain.Boolean));
        var (not, seen) = (_g.Unknown("not", FactorDomain.Boolean), _g.Data("seen", FactorDomain.Boolean, [operation == "and" ? 0.0 : 1]));
        if (operation == "and") _g.Define(c.All(), And, a.All(), b.All());
        else _g.Define(c.All(), Or, a.All(), b.All());
        _g.Define(not.All(), Not, c.All());
        _g.Define(seen.All(), Not, not.All());
        Assert.Equal(expected, Assert.IsType<BooleanBelief>(By("ep", a)).Probability, 1e-9);
    }

    [InferNetFact]
    public void Equal_booleans()
    {
        var (a, b, seen) = (Coin("a", 0.3), Coin("b", 0.6), _g.Data("seen", FactorDomain.Boolean, [1]));
        _g.Define(seen.All(), AreEqual, a.All(), b.All());
        Assert.Equal(0.18 / (0.18 + 0.28), Assert.IsType<BooleanBelief>(By("ep", a)).Probability, 1e-9);
    }

    [InferNetFact]
    public void Comparisons_of_integers()
    {
        var k = _g.Range("k", 3);
        var (a, b) = (Choice("a", k, 0.5, 0.3, 0.2), Choice("b", k, 0.2, 0.2, 0.6));
        var (greater, least) = (_g.Data("greater", FactorDomain.Boolean, [1]), _g.Data("least", FactorDomain.Boolean, [1]));
        _g.Define(greater.All(), Greater, b.All(), a.All());
        _g.Define(least.All(), AtLeast, a.All(), _g.Real(1, Integer));
        Probabilities("ep", a, [0, 0.3 * 0.6, 0], 1e-9);
    }

    private FactorVariable Normal(string name, double mean, double variance)
    {
        var x = _g.Unknown(name, Gaussian);
        _g.Define(x.All(), GaussianFromMeanAndVariance, _g.Real(mean), _g.Real(variance));
        return x;
    }

    private FactorVariable Positive(string name, double shape, double rate)
    {
        var x = _g.Unknown(name, Gamma);
        _g.Define(x.All(), GammaFromShapeAndRate, _g.Real(shape), _g.Real(rate));
        return x;
    }

    private FactorVariable Coin(string name, double probability)
    {
        var x = _g.Unknown(name, FactorDomain.Boolean);
        _g.Define(x.All(), Bernoulli, _g.Real(probability));
        return x;
    }

    private FactorVariable Choice(string name, FactorRange values, params double[] probabilities)
    {
        var x = _g.Unknown(name, Integer, values: values);
        _g.Define(x.All(), Discrete, _g.Data("p_" + name, Simplex, probabilities, values: values, shape: [probabilities.Length]).All());
        return x;
    }

    private FactorReference Vector(string name, params double[] numbers) => _g.Data(name, FactorDomain.Vector, numbers, shape: [numbers.Length]).All();

    private FactorReference Matrix2(string name, params double[] numbers) => _g.Data(name, Matrix, numbers, shape: [2, 2]).All();

    private Belief By(string engine, FactorVariable variable) => Solve.By(Solve.Engine(engine), _g.Ask(variable).Build()).Beliefs[variable][0];

    private void Mean(string engine, FactorVariable variable, double mean, double variance, double tolerance)
    {
        var belief = Assert.IsType<GaussianBelief>(By(engine, variable));
        Assert.Equal(mean, belief.Mean, tolerance * Math.Sqrt(variance));
        Assert.Equal(variance, belief.Variance, tolerance * variance);
    }

    private void Probabilities(string engine, FactorVariable variable, double[] weights, double tolerance) =>
        Assert.Equal(weights.Select(w => w / weights.Sum()), Assert.IsType<DiscreteBelief>(By(engine, variable)).Probabilities, Tolerant(tolerance));

    private static IEqualityComparer<double> Tolerant(double tolerance) => EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) <= tolerance, _ => 0);

    private static double Log1P(double x) => Math.Log(1 + x);
}
