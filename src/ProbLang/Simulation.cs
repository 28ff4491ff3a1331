using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Datasets;
using ProbLang.Results;

namespace ProbLang;

/// <summary>Ancestral draws: in each, a value of everything that the model defines.</summary>
public sealed class Simulation
{
    private readonly List<double[]> _draws;

    internal Simulation(OutputLayout layout, List<double[]> draws, bool interrupted) => (Layout, _draws, Interrupted) = (layout, draws, interrupted);

    /// <summary>What the numbers of a draw are.</summary>
    public OutputLayout Layout { get; }

    /// <summary>How many draws there are.</summary>
    public int Count => _draws.Count;

    /// <summary>Whether it was cancelled before all draws were made.</summary>
    public bool Interrupted { get; }

    /// <summary>The values of a variable in a draw, row-major; of a ragged array those that exist.</summary>
    /// <exception cref="ArgumentException">The model defines no such variable.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such draw; they count from 0.</exception>
    public ReadOnlySpan<double> Draw(int draw, string variable)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(draw, _draws.Count);
        ArgumentNullException.ThrowIfNull(variable);
        var found = Layout.Find(variable) ?? throw new ArgumentException($"The model defines no variable `{variable}`.", nameof(variable));
        return _draws[draw].AsSpan(found.Offset, found.Count);
    }

    /// <summary>
    /// The value of a variable, or of an element such as <c>theta[3]</c>, in a draw. For a scalar <c>double</c>; for whole numbers also <c>int</c> and the other integers; for truth values <c>bool</c>; for a category <c>string</c>, an enumeration with members by the names of the
    /// labels, or an integer for the code. For an array an array of these of its rank, or of arrays, which a ragged one needs; with <c>?</c> where only one branch of an <c>if</c> defines an element.
    /// </summary>
    /// <param name="draw">Counted from 0.</param>
    /// <param name="name">The variable or element, as in <see cref="OutputLayout.ElementNames"/>.</param>
    /// <exception cref="ArgumentException">The model defines no such variable or element; or it cannot be had as this type, and the message says as which it can.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such draw.</exception>
    public T Get<T>(int draw, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(draw, _draws.Count);
        return LayoutValues.Of(Layout, _draws[draw], name, "The model").To<T>();
    }

    /// <summary>A row for each element, a column for each draw.</summary>
    public void WriteTable(TextWriter text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var names = Layout.ElementNames;
        var width = names.Length == 0 ? 0 : names.Max(n => n.Length);
        foreach (var variable in Layout.Variables)
        {
            var column = Math.Max(12, variable.Levels.IsDefaultOrEmpty ? 0 : variable.Levels.Max(l => LabelText.InBrackets(l).Length) + 2);
            for (var element = variable.Offset; element < variable.Offset + variable.Count; element++)
            {
                text.Write(names[element].PadRight(width));
                foreach (var draw in _draws)
                    text.Write((double.IsNaN(draw[element]) ? "–" : variable.LabelOf(draw[element]) is { } label ? LabelText.InBrackets(label) : InTable(draw[element])).PadLeft(column));
                text.WriteLine();
            }
        }
    }

    /// <summary>Whole numbers whole, others with five digits; what is very small or large by powers of ten, as in the table of a posterior.</summary>
    private static string InTable(double value)
    {
        var size = Math.Abs(value);
        if (size < 1e9 && value == Math.Floor(value)) return value.ToString("0", CultureInfo.InvariantCulture);
        if (size is < 1e-4 or >= 1e7) return value.ToString("0.####e+0", CultureInfo.InvariantCulture);
        var decimals = Math.Max(0, 4 - (int)Math.Floor(Math.Log10(size)));
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>What a branch defines that does not hold is not there.</summary>
    private static bool[]? Missing(double[] values) => System.Array.Exists(values, double.IsNaN) ? System.Array.ConvertAll(values, double.IsNaN) : null;

    /// <summary>A row for each draw, a column for each element.</summary>
    public void WriteCsv(TextWriter text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text.WriteLine(string.Join(',', Layout.ElementNames.Select(LabelText.InCsv)));
        var variables = Layout.Variables.SelectMany(v => Enumerable.Repeat(v, v.Count)).ToArray();
        foreach (var draw in _draws)
            text.WriteLine(string.Join(',', draw.Select((v, at) =>
                double.IsNaN(v) ? "" : variables[at].LabelOf(v) is { } label ? LabelText.InCsv(label) : v.ToString("R", CultureInfo.InvariantCulture))));
    }

    /// <summary>An array with an object for each draw, which is data for the same model.</summary>
    public void WriteJson(TextWriter text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text.Write('[');
        for (var i = 0; i < _draws.Count; i++)
        {
            text.Write(i == 0 ? "\n" : ",\n");
            JsonText.Write(text, Layout.Variables.Select(v => Array(v, _draws[i][v.Offset..(v.Offset + v.Count)])));
        }
        text.WriteLine("\n]");
    }

    private static DataArray Array(OutputVariable variable, double[] elements)
    {
        var values = elements;
        if (variable.Rows is not null)
        {
            values = new double[variable.Shape.Aggregate(1, (a, b) => a * b)];
            for (var element = 0; element < elements.Length; element++) values[variable.Cells[element]] = elements[element];
        }
        return new DataArray(variable.Name, [.. variable.Shape], values, Missing(values), _ => null)
        {
            Rows = variable.Rows,
            Texts = variable.Levels.IsDefaultOrEmpty ? null : () => [.. values.Select((v, cell) => variable.Rows?.Contains(cell) == false ? null : variable.LabelOf(v))],
        };
    }
}
