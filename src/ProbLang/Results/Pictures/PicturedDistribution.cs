using System.Collections.Immutable;
using System.Globalization;

namespace ProbLang.Results;

/// <summary>The distribution of a scalar as a picture needs it, be it known by draws or by its distribution function. Immutable.</summary>
public abstract class PicturedDistribution
{
    private readonly Func<double, string> _textOf;

    private protected PicturedDistribution(Func<double, string>? textOf) => _textOf = textOf ?? (value => value.ToString("G6", CultureInfo.InvariantCulture));

    /// <summary>What is known as a distribution: it is drawn from its probabilities or its distribution function.</summary>
    /// <param name="marginal">The distribution.</param>
    /// <param name="textOf">What a discrete value is called; null for numbers.</param>
    public static PicturedDistribution Of(Marginal marginal, Func<double, string>? textOf = null)
    {
        ArgumentNullException.ThrowIfNull(marginal);
        return new PicturedMarginal(marginal, textOf);
    }

    /// <summary>What is known by draws. Those that are NaN, as where a branch does not hold, are left out.</summary>
    /// <param name="draws">The draws, of all chains.</param>
    /// <param name="isDiscrete">Whether each value has a probability.</param>
    /// <param name="textOf">What a discrete value is called; null for numbers.</param>
    public static PicturedDistribution Of(ReadOnlySpan<double> draws, bool isDiscrete = false, Func<double, string>? textOf = null) =>
        new PicturedDraws(draws, isDiscrete, textOf);

    /// <summary>Whether there is nothing to show: no draw, or a branch that never holds.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>The values with their probabilities, ascending; empty where they are continuous or too many to list.</summary>
    internal abstract ImmutableArray<(double Value, double Probability)> Values { get; }

    /// <summary>Whether the values are whole numbers.</summary>
    internal abstract bool IsWhole { get; }

    /// <summary>How many bins are justified over a range; draws are few.</summary>
    internal abstract int BinsOver(double lower, double upper);

    /// <summary>P(X ≤ x).</summary>
    internal abstract double Below(double x);

    /// <summary>A quantile; infinite where so much is.</summary>
    internal abstract double Quantile(double p);

    /// <summary>A quantile of what is finite.</summary>
    internal virtual double FiniteQuantile(double p) => Quantile(p);

    /// <summary>What is left out of a picture, in a sentence; null where nothing is.</summary>
    internal virtual string? Note => null;

    /// <summary>What a value is called.</summary>
    internal string TextOf(double value) => LabelText.InBrackets(_textOf(value));
}
