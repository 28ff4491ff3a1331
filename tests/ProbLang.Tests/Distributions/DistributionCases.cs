using ProbLang.Distributions;
using ProbLang.Numerics;
using Xunit;
using Reference = MathNet.Numerics.Distributions;

namespace ProbLang.Tests.Distributions;

/// <summary>A distribution with parameters in one form, and the same in its first form.</summary>
internal sealed record Case(ScalarDistribution Distribution, int Form, double[] Parameters, double[] Canonical)
{
    public string Name => $"{Distribution.Name}({string.Join(", ", Distribution.Forms[Form].Parameters.Select((p, i) => FormattableString.Invariant($"{p.Name}: {Parameters[i]}")))})";

    public double Lower => Distribution.Bounds<Real>(Form, Reals).Lower;

    public double Upper => Distribution.Bounds<Real>(Form, Reals).Upper;

    /// <summary>Where a walk over counts may begin: the least value, or one that has all but nothing below it.</summary>
    public double First => double.IsFinite(Lower) ? Lower : Quantile(1e-15) - 100;

    /// <summary>The distance between the quartiles: a scale that every distribution has.</summary>
    public double Spread => Quantile(0.75) - Quantile(0.25);

    private Real[] Reals => [.. Parameters.Select(p => (Real)p)];

    public double LogDensity(double x) => Distribution.LogDensity<Real>(Form, x, Reals);

    public double Density(double x) => Math.Exp(LogDensity(x));

    public double LogCdf(double x) => Distribution.LogCdf<Real>(Form, x, Reals);

    public double LogSurvival(double x) => Distribution.LogSurvival<Real>(Form, x, Reals);

    public double Quantile(double probability) => Distribution.Quantile(Form, probability, Parameters);

    /// <summary>∫ f(x) density(x) over an interval.</summary>
    public double Expect(Func<double, double> f, double from, double to) => Integral(x => f(x) * Density(x), from, to);

    /// <summary>∫ f(x) over an interval, in two halves at the median or the kink of the density.</summary>
    public double Integral(Func<double, double> f, double from, double to)
    {
        var kink = Distribution.Name switch { "AsymmetricLaplace" => Parameters[0], "Triangular" => Parameters[1], _ => Quantile(0.5) };
        return from < kink && kink < to ? Quadrature.Integrate(f, from, kink, Spread) + Quadrature.Integrate(f, kink, to, Spread) : Quadrature.Integrate(f, from, to, Spread);
    }

    /// <summary>Places from one far tail to the other.</summary>
    public IEnumerable<double> Places() => new[] { 1e-10, 1e-4, 0.03, 0.3, 0.5, 0.7, 0.95, 1 - 1e-4, 1 - 1e-9 }.Select(Quantile).Distinct();

    public override string ToString() => Name;
}

/// <summary>The table that the laws run over. A new distribution takes a row for each form, and a reference.</summary>
internal static class DistributionCases
{
    private static readonly Case[] s_rows =
    [
        Row("Normal", 0, [1.5, 2]),
        Row("Normal", 1, [1.5, 4], [1.5, 2]),
        Row("Normal", 2, [1.5, 0.25], [1.5, 2]),
        Row("StudentT", 0, [3.5, -1, 2]),
        Row("StudentT", 0, [40, 10, 0.1]),
        Row("StudentT", 0, [0.7, 0, 1]),
        Row("Cauchy", 0, [-1, 2.5]),
        Row("Laplace", 0, [2, 0.7]),
        Row("Logistic", 0, [-3, 1.2]),
        Row("Gumbel", 0, [1, 2]),
        Row("SkewNormal", 0, [1, 2, 3]),
        Row("SkewNormal", 0, [0, 1, -0.4]),
        Row("SkewNormal", 0, [0, 0.5, 200]),
        Row("ExGaussian", 0, [0.3, 0.5, 1.7]),
        Row("ExGaussian", 0, [300, 50, 0.01]),
        Row("ExGaussian", 0, [0, 2, 8]),
        Row("AsymmetricLaplace", 0, [1, 2, 0.6]),
        Row("AsymmetricLaplace", 0, [-3, 0.2, 4]),
        Row("VonMises", 0, [0.5, 2]),
        Row("VonMises", 0, [3, 0.4]),
        Row("VonMises", 0, [-8, 30]),
        Row("VonMises", 0, [0.1, 500]),
        Row("HalfNormal", 0, [2.5]),
        Row("HalfCauchy", 0, [5]),
        Row("HalfStudentT", 0, [4, 2]),
        Row("HalfStudentT", 0, [1.3, 0.5]),
        Row("Exponential", 0, [0.4]),
        Row("Exponential", 1, [2.5], [0.4]),
        Row("Gamma", 0, [4, 0.5]),
        Row("Gamma", 0, [0.6, 2]),
        Row("Gamma", 0, [250, 3]),
        Row("Gamma", 1, [4, 2], [4, 0.5]),
        Row("Gamma", 2, [8, 4], [4, 0.5]),
        Row("InverseGamma", 0, [3.5, 2]),
        Row("InverseGamma", 0, [0.8, 1]),
        Row("LogNormal", 0, [0.5, 0.8]),
        Row("Weibull", 0, [1.7, 3]),
        Row("Weibull", 0, [0.8, 0.5]),
        Row("ChiSquare", 0, [5]),
        Row("ChiSquare", 0, [0.7]),
        Row("ScaledInverseChiSquare", 0, [7, 1.5]),
        Row("ScaledInverseChiSquare", 0, [2.5, 0.3]),
        Row("Pareto", 0, [2, 3.5]),
        Row("Pareto", 0, [0.1, 0.8]),
        Row("Frechet", 0, [3.5, 2]),
        Row("Frechet", 0, [0.9, 0.5]),
        Row("LogLogistic", 0, [4, 2]),
        Row("LogLogistic", 0, [0.8, 3]),
        Row("InverseGaussian", 0, [2, 3]),
        Row("InverseGaussian", 0, [1, 4000]),
        Row("InverseGaussian", 0, [5, 0.3]),
        Row("Rayleigh", 0, [2.5]),
        Row("Uniform", 0, [-2, 3]),
        Row("Beta", 0, [2, 3.5]),
        Row("Beta", 0, [0.6, 1.4]),
        Row("Beta", 0, [60, 140]),
        Row("Beta", 1, [0.3, 10], [3, 7]),
        Row("Kumaraswamy", 0, [2, 3.5]),
        Row("Kumaraswamy", 0, [0.6, 1.4]),
        Row("Kumaraswamy", 0, [60, 900]),
        Row("LogitNormal", 0, [0.5, 1.2]),
        Row("LogitNormal", 0, [-2, 0.1]),
        Row("LogitNormal", 0, [0.3, 2]),
        Row("Triangular", 0, [-1, 2, 4]),
        Row("Triangular", 0, [0, 0, 2]),
        Row("Triangular", 0, [0, 2, 2]),
        Row("Bernoulli", 0, [0.3]),
        Row("Bernoulli", 1, [Math.Log(0.3 / 0.7)], [0.3]),
        Row("Binomial", 0, [12, 0.3]),
        Row("Binomial", 0, [300, 0.97]),
        Row("Binomial", 0, [1, 0.5]),
        Row("Binomial", 1, [12, Math.Log(0.3 / 0.7)], [12, 0.3]),
        Row("BetaBinomial", 0, [12, 2, 3.5]),
        Row("BetaBinomial", 0, [40, 0.3, 0.2]),
        Row("BetaBinomial", 0, [1, 0.5, 2]),
        Row("BetaBinomial", 0, [80, 3e5, 7e5]),
        Row("Poisson", 0, [3.3]),
        Row("Poisson", 0, [150]),
        Row("Poisson", 0, [0.05]),
        Row("Poisson", 1, [Math.Log(3.3)], [3.3]),
        Row("NegativeBinomial", 0, [6, 1.5]),
        Row("NegativeBinomial", 0, [20, 4e5]),
        Row("NegativeBinomial", 0, [2, 0.3]),
        Row("NegativeBinomial", 1, [1.5, 0.2], [6, 1.5]),
        Row("Geometric", 0, [0.3]),
        Row("Geometric", 0, [0.1]),
        Row("Hypergeometric", 0, [50, 20, 10]),
        Row("Hypergeometric", 0, [60, 50, 40]),
        Row("Hypergeometric", 0, [5000, 700, 900]),
        Row("DiscreteUniform", 0, [-3, 8]),
        Row("DiscreteUniform", 0, [4, 4]),
        Row("Skellam", 0, [3, 2]),
        Row("Skellam", 0, [0.1, 0.4]),
        Row("Skellam", 0, [120, 90]),
        Row("Skellam", 0, [0.01, 30]),
    ];

    private static readonly Dictionary<string, Func<double[], double, double>> s_references = new()
    {
        ["Normal"] = (p, x) => new Reference.Normal(p[0], p[1]).DensityLn(x),
        ["StudentT"] = (p, x) => new Reference.StudentT(p[1], p[2], p[0]).DensityLn(x),
        ["Cauchy"] = (p, x) => new Reference.Cauchy(p[0], p[1]).DensityLn(x),
        ["Laplace"] = (p, x) => new Reference.Laplace(p[0], p[1]).DensityLn(x),
        ["Logistic"] = (p, x) => -Math.Log(4 * p[1]) - 2 * Math.Log(Math.Cosh((x - p[0]) / (2 * p[1]))),
        ["HalfNormal"] = (p, x) => Math.Log(2) + new Reference.Normal(0, p[0]).DensityLn(x),
        ["HalfCauchy"] = (p, x) => Math.Log(2) + new Reference.Cauchy(0, p[0]).DensityLn(x),
        ["HalfStudentT"] = (p, x) => Math.Log(2) + new Reference.StudentT(0, p[1], p[0]).DensityLn(x),
        ["Exponential"] = (p, x) => new Reference.Exponential(p[0]).DensityLn(x),
        ["Gamma"] = (p, x) => new Reference.Gamma(p[0], p[1]).DensityLn(x),
        ["InverseGamma"] = (p, x) => new Reference.Gamma(p[0], p[1]).DensityLn(1 / x) - 2 * Math.Log(x),
        ["LogNormal"] = (p, x) => new Reference.LogNormal(p[0], p[1]).DensityLn(x),
        ["Weibull"] = (p, x) => new Reference.Weibull(p[0], p[1]).DensityLn(x),
        ["Uniform"] = (p, x) => new Reference.ContinuousUniform(p[0], p[1]).DensityLn(x),
        ["Beta"] = (p, x) => new Reference.Beta(p[0], p[1]).DensityLn(x),
        ["Bernoulli"] = (p, x) => new Reference.Bernoulli(p[0]).ProbabilityLn((int)x),
        ["Binomial"] = (p, x) => new Reference.Binomial(p[1], (int)p[0]).ProbabilityLn((int)x),
        ["Poisson"] = (p, x) => new Reference.Poisson(p[0]).ProbabilityLn((int)x),
        // As a product, factor by factor: the gamma functions of the usual formula cancel where the dispersion is large.
        ["NegativeBinomial"] = (p, x) => Enumerable.Range(0, (int)x).Sum(i => Math.Log((p[1] + i) / (p[1] + p[0]) * p[0] / (i + 1))) - p[1] * SpecialFunctions.Log1p(p[0] / p[1]),
        ["Gumbel"] = (p, x) => -(x - p[0]) / p[1] - Math.Exp(-(x - p[0]) / p[1]) - Math.Log(p[1]),
        ["SkewNormal"] = (p, x) => Math.Log(2) + new Reference.Normal(p[0], p[1]).DensityLn(x) + Math.Log(Reference.Normal.CDF(0, 1, p[2] * (x - p[0]) / p[1])),
        ["ExGaussian"] = (p, x) => Math.Log(p[2]) + p[2] * (p[0] - x + p[2] * p[1] * p[1] / 2) + Math.Log(Reference.Normal.CDF(0, 1, (x - p[0]) / p[1] - p[2] * p[1])),
        ["AsymmetricLaplace"] = (p, x) => -Math.Abs(x - p[0]) / p[1] * (x < p[0] ? 1 / p[2] : p[2]) - Math.Log(p[1] * (p[2] + 1 / p[2])),
        ["VonMises"] = (p, x) => p[1] * Math.Cos(x - p[0]) - Math.Log(2 * Math.PI * MathNet.Numerics.SpecialFunctions.BesselI0(p[1])),
        ["ChiSquare"] = (p, x) => new Reference.ChiSquared(p[0]).DensityLn(x),
        ["ScaledInverseChiSquare"] = (p, x) => new Reference.Gamma(p[0] / 2, p[0] * p[1] * p[1] / 2).DensityLn(1 / x) - 2 * Math.Log(x),
        ["Pareto"] = (p, x) => new Reference.Pareto(p[0], p[1]).DensityLn(x),
        ["Frechet"] = (p, x) => new Reference.Weibull(p[0], 1 / p[1]).DensityLn(1 / x) - 2 * Math.Log(x),
        ["LogLogistic"] = (p, x) => Math.Log(p[0] / p[1]) + (p[0] - 1) * Math.Log(x / p[1]) - 2 * SpecialFunctions.Log1p(Math.Pow(x / p[1], p[0])),
        ["InverseGaussian"] = (p, x) => new Reference.InverseGaussian(p[0], p[1]).DensityLn(x),
        ["Rayleigh"] = (p, x) => new Reference.Rayleigh(p[0]).DensityLn(x),
        ["Kumaraswamy"] = (p, x) => Math.Log(p[0] * p[1]) + (p[0] - 1) * Math.Log(x) + (p[1] - 1) * SpecialFunctions.Log1p(-Math.Pow(x, p[0])),
        ["LogitNormal"] = (p, x) => new Reference.Normal(p[0], p[1]).DensityLn(Math.Log(x / (1 - x))) - Math.Log(x * (1 - x)),
        ["Triangular"] = (p, x) => new Reference.Triangular(p[0], p[2], p[1]).DensityLn(x),
        ["BetaBinomial"] = (p, x) => LogProduct(x, i => (p[1] + i) / (i + 1) * (p[0] - i)) + LogProduct(p[0] - x, i => p[2] + i) - LogProduct(p[0], i => p[1] + p[2] + i),
        ["Geometric"] = (p, x) => new Reference.Geometric(p[0]).ProbabilityLn((int)x + 1),
        ["Hypergeometric"] = (p, x) => LogProduct(x, i => (p[1] - i) / (i + 1)) + LogProduct(p[2] - x, i => (p[0] - p[1] - i) / (i + 1)) - LogProduct(p[2], i => (p[0] - i) / (i + 1)),
        ["DiscreteUniform"] = (p, x) => new Reference.DiscreteUniform((int)p[0], (int)p[1]).ProbabilityLn((int)x),
        // By the convolution of the two counts.
        ["Skellam"] = (p, x) => Math.Log(Enumerable.Range(0, 500).Where(j => x + j >= 0).Sum(j => Math.Exp(new Reference.Poisson(p[0]).ProbabilityLn((int)x + j) + new Reference.Poisson(p[1]).ProbabilityLn(j)))),
    };

    private static readonly Dictionary<string, Case> s_byName = s_rows.ToDictionary(c => c.Name);

    public static TheoryData<string> Scalars => Names(_ => true);

    public static TheoryData<string> Continuous => Names(c => !c.Distribution.IsDiscrete);

    public static TheoryData<string> Discrete => Names(c => c.Distribution.IsDiscrete);

    public static TheoryData<string> LocationScale => Names(c => c.Distribution.IsLocationScale);

    public static IEnumerable<Case> All => s_rows;

    public static Case Find(string name) => s_byName[name];

    public static double LogReference(Case of, double x) => s_references[of.Distribution.Name](of.Canonical, x);

    private static double LogProduct(double count, Func<int, double> factor) => Enumerable.Range(0, (int)count).Sum(i => Math.Log(factor(i)));

    private static TheoryData<string> Names(Func<Case, bool> choose) => [.. s_rows.Where(choose).Select(c => c.Name)];

    private static Case Row(string name, int form, double[] parameters, double[]? canonical = null) =>
        new((ScalarDistribution)DistributionCatalog.Find(name)!, form, parameters, canonical ?? parameters);
}
