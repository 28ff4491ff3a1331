using System.Collections.Immutable;
using ProbLang.Results;

namespace ProbLang;

/// <summary>
/// What a posterior says of a variable, in numbers of its shape. Elements that the data give have their value, with deviation 0; of truth values the mean is the probability of
/// <c>true</c>. An element that nothing is known of is NaN.
/// </summary>
/// <typeparam name="T"><c>double</c> for a single value, else an array of its rank, <c>double[]</c>, <c>double[,]</c>, or nested arrays for ragged ones, <c>double[][]</c>.</typeparam>
public sealed class Estimate<T>
{
    private readonly ElementRows _rows;

    /// <summary>What a posterior says of a variable.</summary>
    /// <param name="posterior">The posterior.</param>
    /// <param name="variable">The variable's name in the model.</param>
    /// <exception cref="ArgumentException">The model has no such variable, or it has another number of dimensions than <typeparamref name="T"/>.</exception>
    public Estimate(Posterior posterior, string variable)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        _rows = new ElementRows(posterior, variable);
        if (ShapedArray.RankOf(typeof(T)) != _rows.Shape.Length)
            throw new ArgumentException($"`{variable}` has {_rows.Shape.Length} dimensions, which {typeof(T)} has not.", nameof(variable));
    }

    /// <summary>The variable's name in the model.</summary>
    public string Name => _rows.Name;

    /// <summary>The sizes, outermost first; empty for a single value. Of a ragged array the greatest.</summary>
    public ImmutableArray<int> Shape => [.. _rows.Shape];

    /// <summary>Posterior means.</summary>
    public T Mean => Shaped(r => r.Mean, v => v);

    /// <summary>Posterior standard deviations.</summary>
    public T Sd => Shaped(r => r.Sd, v => double.IsNaN(v) ? double.NaN : 0);

    /// <summary>Medians.</summary>
    public T Median => Shaped(r => r.Q50, v => v);

    /// <summary>The 5% quantiles.</summary>
    public T Q5 => Shaped(r => r.Q5, v => v);

    /// <summary>The 95% quantiles.</summary>
    public T Q95 => Shaped(r => r.Q95, v => v);

    /// <summary>All that the summary has of an element: Monte Carlo error, effective sample sizes, probabilities of the values.</summary>
    /// <param name="indices">From 0, one for each dimension; none for a single value.</param>
    /// <exception cref="ArgumentException">There are more or fewer indices than dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public SummaryRow this[params int[] indices] => _rows[indices];

    private T Shaped(Func<SummaryRow, double> statistic, Func<double, double> given) => ShapedArray.Of<T>(_rows.Numbers(statistic, given), _rows.Shape, _rows.Lengths);

    /// <inheritdoc/>
    public override string ToString() => _rows.Shape.Length == 0 ? $"{Name}: {_rows[[]].Mean:G4} ± {_rows[[]].Sd:G4}" : $"{Name}[{string.Join(", ", _rows.Shape)}]";
}

/// <summary>What a posterior says of a category.</summary>
/// <typeparam name="TLabel"><c>string</c>, or an enumeration whose members are numbered from 1 in the order of the labels.</typeparam>
public sealed class LabelEstimate<TLabel>
{
    private readonly ElementRows _rows;

    /// <summary>What a posterior says of a variable.</summary>
    /// <param name="posterior">The posterior.</param>
    /// <param name="variable">The variable's name in the model.</param>
    /// <exception cref="ArgumentException">The model has no such variable.</exception>
    public LabelEstimate(Posterior posterior, string variable)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        _rows = new ElementRows(posterior, variable);
    }

    /// <summary>The variable's name in the model.</summary>
    public string Name => _rows.Name;

    /// <summary>The sizes, outermost first; empty for a single value.</summary>
    public ImmutableArray<int> Shape => [.. _rows.Shape];

    /// <summary>The label that is most probable: of a single value without indices, of an element by its indices from 0.</summary>
    /// <exception cref="ArgumentException">There are more or fewer indices than dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public TLabel MostProbable(params int[] indices)
    {
        var row = _rows[indices];
        return LabelOf(row, row.Probabilities.IsEmpty ? row.Mean : row.Probabilities.MaxBy(p => p.Probability).Value);
    }

    /// <summary>How probable a label is: of a single value without indices, of an element by its indices from 0.</summary>
    /// <exception cref="ArgumentException">There are more or fewer indices than dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public double Probability(TLabel label, params int[] indices)
    {
        var row = _rows[indices];
        foreach (var (value, probability) in row.Probabilities)
            if (EqualityComparer<TLabel>.Default.Equals(LabelOf(row, value), label)) return probability;
        return row.Probabilities.IsEmpty && EqualityComparer<TLabel>.Default.Equals(LabelOf(row, row.Mean), label) ? 1 : 0;
    }

    /// <inheritdoc/>
    public override string ToString() => _rows.Shape.Length == 0 ? $"{Name}: {MostProbable()}" : $"{Name}[{string.Join(", ", _rows.Shape)}]";

    private static TLabel LabelOf(SummaryRow row, double code) => (TLabel)(typeof(TLabel) == typeof(string) ? row.LabelOf(code) : Enum.ToObject(typeof(TLabel), (int)code));
}
