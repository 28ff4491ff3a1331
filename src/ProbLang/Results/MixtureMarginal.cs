using System.Collections.Immutable;
using ProbLang.Distributions;

namespace ProbLang.Results;

/// <summary>One of several distributions, each with its probability.</summary>
public sealed record MixtureMarginal : Marginal
{
    /// <param name="components">Weights that sum to 1, and what has them.</param>
    /// <exception cref="ArgumentException">There is no component, or a weight is negative.</exception>
    public MixtureMarginal(ImmutableArray<(double Weight, Marginal Component)> components)
    {
        if (components.IsEmpty) throw new ArgumentException("there is no component", nameof(components));
        if (components.Any(c => !(c.Weight >= 0))) throw new ArgumentException("a weight is negative", nameof(components));
        Components = [.. components.Where(c => c.Weight > 0)];
    }

    /// <summary>The components of positive weight.</summary>
    public ImmutableArray<(double Weight, Marginal Component)> Components { get; }

    /// <inheritdoc/>
    public override double Mean => Components.Sum(c => c.Weight * c.Component.Mean);

    /// <summary>The law of total variance.</summary>
    public override double Sd
    {
        get
        {
            var mean = Mean;
            return Math.Sqrt(Components.Sum(c => c.Weight * (c.Component.Sd * c.Component.Sd + (c.Component.Mean - mean) * (c.Component.Mean - mean))));
        }
    }

    /// <summary>Those of the components together, where every one has them.</summary>
    public override ImmutableArray<(double Value, double Probability)> Probabilities
    {
        get
        {
            var values = new SortedDictionary<double, double>();
            foreach (var (weight, component) in Components)
            {
                var part = component is PointMarginal point ? [(point.Value, 1.0)] : component.Probabilities;
                if (part.IsEmpty) return [];
                foreach (var (value, probability) in part) values[value] = values.GetValueOrDefault(value) + weight * probability;
            }
            return [.. values.Select(v => (v.Key, v.Value))];
        }
    }

    /// <inheritdoc/>
    public override double Cdf(double x) => Math.Min(1, Components.Sum(c => c.Weight * c.Component.Cdf(x)));

    internal override double Survival(double x) => Math.Min(1, Components.Sum(c => c.Weight * c.Component.Survival(x)));

    /// <summary>
    /// It lies between the least and the greatest of the components' quantiles; bisection over the representable numbers between them ends at
    /// the first at which the distribution function arrives, whatever its steps and flat places.
    /// </summary>
    private protected override double Inverse(double p)
    {
        const double Slack = 1e-15;
        var quantiles = Components.Select(c => c.Component.Quantile(p)).ToArray();
        var (below, above) = (QuantileSearch.Key(quantiles.Min()), QuantileSearch.Key(quantiles.Max()));
        while (below < above)
        {
            var middle = QuantileSearch.Middle(below, above);
            if (Cdf(QuantileSearch.Number(middle)) >= p * (1 - Slack)) above = middle;
            else below = middle + 1;
        }
        return QuantileSearch.Number(above);
    }
}
