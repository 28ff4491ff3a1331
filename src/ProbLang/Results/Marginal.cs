using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ProbLang.Distributions;
using ProbLang.Numerics;

namespace ProbLang.Results;

/// <summary>What is known of one scalar, as a distribution rather than by draws.</summary>
public abstract record Marginal
{
    /// <summary>The mean; infinite or NaN where there is none.</summary>
    public abstract double Mean { get; }

    /// <summary>The standard deviation; infinite or NaN where there is none.</summary>
    public abstract double Sd { get; }

    /// <summary>The values with their probabilities, ascending; empty where the values are continuous.</summary>
    public virtual ImmutableArray<(double Value, double Probability)> Probabilities => [];

    /// <summary>The name of the distribution where it is one of the catalog; else null.</summary>
    public virtual string? Distribution => null;

    /// <summary>The parameters of that distribution, by name; empty where it is none of the catalog.</summary>
    public virtual ImmutableArray<(string Name, double Value)> Parameters => [];

    /// <summary>The bounds at which that distribution is cut off, either of which may be infinite; null where it is not.</summary>
    public virtual (double Lower, double Upper)? Truncation => null;

    /// <summary>
    /// For an element that only one branch of an <c>if</c> defines, the probability that this branch holds: the marginal is that of the element
    /// given that it does. 1 for an element that is always there.
    /// </summary>
    public double Holds { get; init; } = 1;

    /// <summary>P(X ≤ x).</summary>
    public abstract double Cdf(double x);

    /// <summary>P(X > x), as accurate in the upper tail as <see cref="Cdf"/> is in the lower.</summary>
    internal virtual double Survival(double x) => 1 - Cdf(x);

    /// <summary>The least x with P(X ≤ x) ≥ p.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is not from 0 to 1.</exception>
    public double Quantile(double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        return Inverse(p);
    }

    private protected abstract double Inverse(double p);
}

/// <summary>A value that is known.</summary>
public sealed record PointMarginal(double Value) : Marginal
{
    /// <inheritdoc/>
    public override double Mean => Value;

    /// <inheritdoc/>
    public override double Sd => 0;

    /// <inheritdoc/>
    public override double Cdf(double x) => x >= Value ? 1 : 0;

    private protected override double Inverse(double p) => Value;
}

/// <summary>Finitely many values with probabilities.</summary>
public sealed record DiscreteMarginal : Marginal
{
    /// <param name="probabilities">Values in ascending order, with probabilities that sum to 1.</param>
    /// <exception cref="ArgumentException">There is no value, or values do not ascend.</exception>
    public DiscreteMarginal(ImmutableArray<(double Value, double Probability)> probabilities)
    {
        if (probabilities.IsEmpty) throw new ArgumentException("there is no value", nameof(probabilities));
        for (var k = 1; k < probabilities.Length; k++)
            if (!(probabilities[k - 1].Value < probabilities[k].Value)) throw new ArgumentException("values do not ascend", nameof(probabilities));
        Probabilities = probabilities;
        foreach (var (value, probability) in probabilities) Mean += probability * value;
        var variance = 0.0;
        foreach (var (value, probability) in probabilities) variance += probability * (value - Mean) * (value - Mean);
        Sd = Math.Sqrt(variance);
    }

    /// <inheritdoc/>
    public override ImmutableArray<(double Value, double Probability)> Probabilities { get; }

    /// <inheritdoc/>
    public override double Mean { get; }

    /// <inheritdoc/>
    public override double Sd { get; }

    /// <inheritdoc/>
    public override double Cdf(double x)
    {
        var sum = 0.0;
        foreach (var (value, probability) in Probabilities)
            if (value <= x) sum += probability;
        return Math.Min(1, sum);
    }

    /// <summary>A few roundings of the sum are forgiven, so that the median of two equal halves is the lower one.</summary>
    private protected override double Inverse(double p)
    {
        const double Slack = 1e-14;
        var sum = 0.0;
        foreach (var (value, probability) in Probabilities)
            if (probability > 0 && (sum += probability) >= p * (1 - Slack)) return value;
        return Probabilities.Last(v => v.Probability > 0).Value;
    }
}

/// <summary>A distribution of the catalog, such as Beta(5, 2), by its name and parameters.</summary>
public sealed record CatalogMarginal : Marginal
{
    /// <param name="family">The distribution.</param>
    /// <param name="form">Which of its forms the values are for.</param>
    /// <param name="values">The values of the form's parameters, in its order.</param>
    internal CatalogMarginal(ScalarDistribution family, int form, ImmutableArray<double> values) => (Family, Form, Values) = (family, form, values);

    internal ScalarDistribution Family { get; }

    internal int Form { get; }

    internal ImmutableArray<double> Values { get; }

    /// <summary>How many values of an integer are listed with their probabilities, and how much may be missing from both tails.</summary>
    private const int MostValues = 100;
    private const double Tail = 1e-12;

    /// <inheritdoc/>
    public override double Mean => Family.Mean(Form, Values.AsSpan());

    /// <inheritdoc/>
    public override double Sd => Math.Sqrt(Family.Variance(Form, Values.AsSpan()));

    /// <inheritdoc/>
    public override string? Distribution => Family.Name;

    /// <inheritdoc/>
    public override ImmutableArray<(string Name, double Value)> Parameters => [.. Family.Forms[Form].Parameters.Zip(Values, (p, v) => (p.Name, v))];

    /// <summary>The values beyond tails of 10⁻¹² are left out; all are where there are more than a hundred.</summary>
    public override ImmutableArray<(double Value, double Probability)> Probabilities
    {
        get
        {
            if (!Family.IsDiscrete) return [];
            var (lower, upper) = (Quantile(Tail), Quantile(1 - Tail));
            return upper - lower < MostValues ? [.. Enumerable.Range(0, (int)(upper - lower) + 1).Select(k => (lower + k, Math.Exp(LogDensity(lower + k))))] : [];
        }
    }

    /// <inheritdoc/>
    public override double Cdf(double x) => Math.Exp(Family.LogCdf<Real>(Form, Family.IsDiscrete ? Math.Floor(x) : x, Reals));

    internal override double Survival(double x) => Math.Exp(Family.LogSurvival<Real>(Form, Family.IsDiscrete ? Math.Floor(x) : x, Reals));

    private protected override double Inverse(double p) => Family.Quantile(Form, p, Values.AsSpan());

    private ReadOnlySpan<Real> Reals => MemoryMarshal.Cast<double, Real>(Values.AsSpan());

    private double LogDensity(double x) => Family.LogDensity<Real>(Form, x, Reals);

    /// <inheritdoc/>
    public bool Equals(CatalogMarginal? other) => other is not null && Family.Name == other.Family.Name && Form == other.Form && Holds == other.Holds && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Family.Name, Form, Values.Length);
}
