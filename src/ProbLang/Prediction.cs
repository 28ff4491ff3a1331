using System.Collections.Immutable;
using ProbLang.Results;

namespace ProbLang;

/// <summary>What a row does not give, as it is expected to be after the data: a distribution for each missing element.</summary>
public sealed class Prediction
{
    internal Prediction(ImmutableArray<PredictedElement> elements) => Elements = elements;

    /// <summary>The missing elements, in the order of the model.</summary>
    public ImmutableArray<PredictedElement> Elements { get; }

    /// <summary>An element by its name, such as <c>y</c> or <c>y[2]</c>.</summary>
    /// <exception cref="ArgumentException">It was given, or there is none of that name.</exception>
    public PredictedElement this[string name] => Elements.FirstOrDefault(e => e.Name == name) ?? Elements.FirstOrDefault(e => ElementName.Parse(e.Name) == ElementName.Parse(name)) ?? throw new ArgumentException($"The prediction has no element `{name}`.", nameof(name));
}

/// <summary>The distribution of one missing element, as values with their probabilities.</summary>
public sealed class PredictedElement
{
    private readonly double[] _values;
    private readonly double[] _probabilities;

    /// <param name="name">What it is called.</param>
    /// <param name="levels">The labels of a category, else empty.</param>
    /// <param name="values">Increasing.</param>
    /// <param name="probabilities">As many, with sum 1.</param>
    /// <param name="isExact">Whether these are all its values.</param>
    internal PredictedElement(string name, ImmutableArray<string> levels, double[] values, double[] probabilities, bool isExact)
    {
        (Name, Levels, _values, _probabilities, IsExact) = (name, levels, values, probabilities, isExact);
        for (var i = 0; i < values.Length; i++) Mean += probabilities[i] * values[i];
        var variance = 0.0;
        for (var i = 0; i < values.Length; i++) variance += probabilities[i] * (values[i] - Mean) * (values[i] - Mean);
        Sd = Math.Sqrt(variance);
    }

    /// <summary>The name in the model, with its index within the row where it has one.</summary>
    public string Name { get; }

    /// <summary>The labels of a category, whose values are their places from 1; else empty.</summary>
    public ImmutableArray<string> Levels { get; }

    /// <summary>Whether the values are all that it may have, and their probabilities exact for the draws; else they are values drawn.</summary>
    public bool IsExact { get; }

    /// <summary>The values, increasing.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The probability of each value; their sum is 1.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>The mean; of a category it says nothing.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation.</summary>
    public double Sd { get; }

    /// <summary>The probability of one value; of what is continuous, 0 as a rule.</summary>
    public double Probability(double value)
    {
        var sum = 0.0;
        for (var i = Math.Max(0, FirstAt(value)); i < _values.Length && _values[i] == value; i++) sum += _probabilities[i];
        return sum;
    }

    /// <summary>The probability of a label.</summary>
    /// <exception cref="ArgumentException">There is no such level.</exception>
    public double Probability(string label) => Levels.IndexOf(label) is >= 0 and var code ? Probability(code + 1) : throw new ArgumentException($"`{Name}` has no level \"{label}\".", nameof(label));

    /// <summary>The least value up to which lies at least this probability.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public double Quantile(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        var below = 0.0;
        for (var i = 0; i < _values.Length - 1; i++)
            if ((below += _probabilities[i]) >= probability * (1 - 1e-12)) return _values[i];
        return _values[^1];
    }

    private int FirstAt(double value)
    {
        var at = Array.BinarySearch(_values, value);
        while (at > 0 && _values[at - 1] == value) at--;
        return at < 0 ? _values.Length : at;
    }
}
