namespace ProbLang.Results;

/// <summary>One draw of everything that is reported: of the posterior by a chain, or of the model forward. Immutable; it stays as it is when the stream goes on.</summary>
public sealed class Draw
{
    private readonly double[] _values;
    private readonly double[] _statistics;

    internal Draw(OutputLayout layout, int chain, int iteration, double[] values, double[] statistics) =>
        (Layout, Chain, Iteration, _values, _statistics) = (layout, chain, iteration, values, statistics);

    /// <summary>What the numbers are.</summary>
    public OutputLayout Layout { get; }

    /// <summary>The chain that made it, from 1; 1 where the draw is forward.</summary>
    public int Chain { get; }

    /// <summary>Which draw of its chain it is, from 1. Iterations of the warm-up are not counted.</summary>
    public int Iteration { get; }

    /// <summary>All its numbers, in the order of <see cref="OutputLayout.ElementNames"/>.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The value of a scalar, or of an element such as <c>theta[3]</c>. Truth values are 1 and 0, categories codes from 1; NaN for what only a branch defines that does not hold.</summary>
    /// <exception cref="ArgumentException">Nothing of that name is reported, or it cannot be had as this type.</exception>
    public double this[string element]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(element);
            if (Layout.Find(element) is { Shape.IsEmpty: true } scalar) return _values[scalar.Offset];
            var at = Layout.ElementNames.IndexOf(element);
            return at >= 0 ? _values[at] : throw new ArgumentException($"The draw has no element `{element}`.", nameof(element));
        }
    }

    /// <summary>The values of a variable, row-major; those elements only that are reported, as <see cref="OutputVariable.Cells"/> says.</summary>
    /// <exception cref="ArgumentException">No variable of that name is reported.</exception>
    public ReadOnlySpan<double> Array(string variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return Layout.Find(variable) is { } found ? Array(found) : throw new ArgumentException($"The draw has no variable `{variable}`.", nameof(variable));
    }

    /// <summary>The values of a variable of the <see cref="Layout"/>, row-major. It looks nothing up, for loops over many draws.</summary>
    public ReadOnlySpan<double> Array(OutputVariable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return _values.AsSpan(variable.Offset, variable.Count);
    }

    /// <summary>
    /// The value of a variable or an element as a type of the host: <c>double</c>, <c>int</c>, <c>bool</c>, <c>string</c> for categories, or arrays of these of the variable's rank.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing of that name is reported, or it cannot be had as this type.</exception>
    public T Get<T>(string name) => LayoutValues.Of(Layout, _values, name, "The draw").To<T>();

    /// <summary>What the sampler says of the transition to this draw; 0 where the draw is forward.</summary>
    public double this[Statistic statistic] => _statistics.Length == 0 ? 0 : _statistics[(int)statistic];
}
