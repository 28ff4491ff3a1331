using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Distributions;
using ProbLang.FactorGraphs;

namespace ProbLang.Results;

/// <summary>What is believed of an element of a factor graph, as the distribution of a cell of the model.</summary>
internal static class BeliefMarginal
{
    /// <summary>What is left out of both tails together where an affine count is listed.</summary>
    private const double Tail = 1e-15;

    /// <summary>The distribution of a cell; null where the belief is no proper distribution.</summary>
    public static Marginal? Of(Belief belief, CellBelief cell) => IsProper(belief) ? Mapped(Element(belief, cell), cell) : null;

    private static bool IsProper(Belief belief) => belief switch
    {
        PointBelief point => !point.Value.Any(double.IsNaN),
        GaussianBelief g => double.IsFinite(g.Mean) && g.Variance >= 0 && double.IsFinite(g.Variance),
        TruncatedGaussianBelief t => t.Lower <= t.Upper && t.Variance > 0
            && (double.IsInfinity(t.Variance) ? double.IsFinite(t.Lower) && double.IsFinite(t.Upper) : double.IsFinite(t.Mean)),
        GammaBelief g => IsPositive(g.Shape) && IsPositive(g.Rate),
        BetaBelief b => IsPositive(b.Alpha) && IsPositive(b.Beta),
        BooleanBelief b => b.Probability is >= 0 and <= 1,
        DiscreteBelief d => !d.Probabilities.IsEmpty && d.Probabilities.All(p => p is >= 0 and <= 1 + Tail),
        PoissonBelief p => p.Mean >= 0 && double.IsFinite(p.Mean),
        VectorGaussianBelief v => v.Mean.All(double.IsFinite) && Diagonal(v.Covariance, v.Mean.Length).All(x => x >= 0 && double.IsFinite(x)),
        DirichletBelief d => d.Alpha.All(IsPositive),
        WishartBelief w => Side(w.Rate.Length) is var side && w.Shape > 0.5 * (side - 1) && double.IsFinite(w.Shape) && Diagonal(w.Rate, side).All(IsPositive),
        _ => throw new UnreachableException($"no distribution for {belief.GetType().Name}"),
    };

    /// <summary>The distribution of one number of the element, integers counted as the model does.</summary>
    private static Marginal Element(Belief belief, CellBelief cell) => belief switch
    {
        PointBelief point => new PointMarginal(point.Value[cell.Component] + cell.Variable.Lowest),
        GaussianBelief g => Gaussian(g.Mean, g.Variance),
        TruncatedGaussianBelief { Lower: var lower, Upper: var upper } when lower == upper => new PointMarginal(lower),
        TruncatedGaussianBelief { Variance: double.PositiveInfinity } t => new CatalogMarginal(new Uniform(), 0, [t.Lower, t.Upper]),
        TruncatedGaussianBelief t => Truncated(t.Mean, Math.Sqrt(t.Variance), t.Lower, t.Upper),
        GammaBelief g => new CatalogMarginal(new Gamma(), 0, [g.Shape, g.Rate]),
        BetaBelief b => new CatalogMarginal(new Beta(), 0, [b.Alpha, b.Beta]),
        BooleanBelief b => new DiscreteMarginal([(0, 1 - b.Probability), (1, b.Probability)]),
        DiscreteBelief d => new DiscreteMarginal([.. d.Probabilities.Select((p, k) => ((double)(cell.Variable.Lowest + k), p))]),
        PoissonBelief { Mean: 0 } => new PointMarginal(cell.Variable.Lowest),
        PoissonBelief p when cell.Variable.Lowest == 0 => new CatalogMarginal(new Poisson(), 0, [p.Mean]),
        PoissonBelief p => Listed(new CatalogMarginal(new Poisson(), 0, [p.Mean]), k => k + cell.Variable.Lowest),
        VectorGaussianBelief v => Gaussian(v.Mean[cell.Component], v.Covariance[cell.Component * (v.Mean.Length + 1)]),
        DirichletBelief { Alpha.Length: 1 } => new PointMarginal(1),
        DirichletBelief d => new CatalogMarginal(new Beta(), 0, [d.Alpha[cell.Component], d.Alpha.Sum() - d.Alpha[cell.Component]]),
        WishartBelief w => WishartElement.Of(w, cell.Component),
        _ => throw new UnreachableException($"no distribution for {belief.GetType().Name}"),
    };

    /// <summary>The distribution of scale · x^power + offset, by name where that has one.</summary>
    private static Marginal Mapped(Marginal x, CellBelief cell)
    {
        if (cell is { Power: 1, Scale: 1, Offset: 0 }) return x;
        return x switch
        {
            PointMarginal point => new PointMarginal(cell.Scale * Math.Pow(point.Value, cell.Power) + cell.Offset),
            DiscreteMarginal discrete => Listed(discrete, Map),
            CatalogMarginal { Family: Poisson } counts => Listed(counts, Map),
            CatalogMarginal { Family: Gamma } gamma => Affine(GammaPower(gamma.Values[0], gamma.Values[1], cell.Power, Math.Abs(cell.Scale)), Math.Sign(cell.Scale), cell.Offset),
            _ when cell.Power == 1 => Affine(x, cell.Scale, cell.Offset),
            _ => throw new UnreachableException($"no distribution for a power of {x.GetType().Name}"),
        };

        double Map(double value) => cell.Scale * Math.Pow(value, cell.Power) + cell.Offset;
    }

    private static Marginal Affine(Marginal x, double scale, double offset) => x switch
    {
        _ when scale == 1 && offset == 0 => x,
        CatalogMarginal { Family: Normal } normal => new CatalogMarginal(new Normal(), 0, [scale * normal.Values[0] + offset, Math.Abs(scale) * normal.Values[1]]),
        CatalogMarginal { Family: Uniform } uniform => new CatalogMarginal(new Uniform(), 0, Ordered(scale * uniform.Values[0] + offset, scale * uniform.Values[1] + offset)),
        CatalogMarginal { Family: Beta } beta when scale == -1 && offset == 1 => new CatalogMarginal(new Beta(), 0, [beta.Values[1], beta.Values[0]]),
        TruncatedNormalMarginal t when Ordered(scale * t.Lower + offset, scale * t.Upper + offset) is [var lower, var upper] =>
            Truncated(scale * t.Location + offset, Math.Abs(scale) * t.Scale, lower, upper),
        _ => new AffineMarginal(x, scale, offset),
    };

    /// <summary>A positive multiple of a power of a gamma variable.</summary>
    private static Marginal GammaPower(double shape, double rate, double power, double coefficient) => power switch
    {
        1 => new CatalogMarginal(new Gamma(), 0, [shape, rate / coefficient]),
        -1 => new CatalogMarginal(new InverseGamma(), 0, [shape, rate * coefficient]),
        _ => new GammaPowerMarginal(shape, rate, power, coefficient),
    };

    private static Marginal Gaussian(double mean, double variance) => variance == 0 ? new PointMarginal(mean) : new CatalogMarginal(new Normal(), 0, [mean, Math.Sqrt(variance)]);

    private static Marginal Truncated(double mean, double sd, double lower, double upper) =>
        double.IsInfinity(lower) && double.IsInfinity(upper) ? new CatalogMarginal(new Normal(), 0, [mean, sd]) : new TruncatedNormalMarginal(mean, sd, lower, upper);

    /// <summary>Each value on its own; values that become equal add up.</summary>
    private static DiscreteMarginal Listed(Marginal x, Func<double, double> map)
    {
        var values = new SortedDictionary<double, double>();
        foreach (var (value, probability) in Values(x)) values[map(value)] = values.GetValueOrDefault(map(value)) + probability;
        return new DiscreteMarginal([.. values.Select(v => (v.Key, v.Value))]);
    }

    private static IEnumerable<(double Value, double Probability)> Values(Marginal x)
    {
        if (x is not CatalogMarginal counts) return x.Probabilities;
        var (least, most) = ((int)counts.Quantile(Tail), (int)counts.Quantile(1 - Tail));
        return Enumerable.Range(least, most - least + 1).Select(k => ((double)k, counts.Cdf(k) - (k == 0 ? 0 : counts.Cdf(k - 1))));
    }

    private static ImmutableArray<double> Ordered(double a, double b) => a <= b ? [a, b] : [b, a];

    private static bool IsPositive(double x) => x > 0 && double.IsFinite(x);

    private static int Side(int count) => (int)Math.Round(Math.Sqrt(count));

    private static IEnumerable<double> Diagonal(ImmutableArray<double> matrix, int side) => Enumerable.Range(0, side).Select(i => matrix[i * (side + 1)]);
}
