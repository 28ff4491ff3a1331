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
    public ReadOnlySpan<double> Draw(int draw, string variable)
    {
        var found = Layout.Find(variable) ?? throw new ArgumentException($"The model defines no variable `{variable}`.", nameof(variable));
        return _draws[draw].AsSpan(found.Offset, found.Count);
    }

    /// <summary>A row for each element, a column for each draw.</summary>
    public void WriteTable(TextWriter text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var names = Layout.ElementNames;
        var width = names.Length == 0 ? 0 : names.Max(n => n.Length);
        for (var element = 0; element < names.Length; element++)
        {
            text.Write(names[element].PadRight(width));
            foreach (var draw in _draws) text.Write(draw[element].ToString("G5", CultureInfo.InvariantCulture).PadLeft(12));
            text.WriteLine();
        }
    }

    /// <summary>A row for each draw, a column for each element.</summary>
    public void WriteCsv(TextWriter text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text.WriteLine(string.Join(',', Layout.ElementNames.Select(n => n.Contains(',', StringComparison.Ordinal) ? $"\"{n}\"" : n)));
        foreach (var draw in _draws) text.WriteLine(string.Join(',', draw.Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
    }

    private static DataArray Array(OutputVariable variable, ReadOnlySpan<double> elements)
    {
        if (variable.Rows is not { } rows) return new DataArray(variable.Name, [.. variable.Shape], elements.ToArray(), null, _ => null);
        var values = new double[variable.Shape.Aggregate(1, (a, b) => a * b)];
        for (var element = 0; element < elements.Length; element++) values[variable.Cells[element]] = elements[element];
        return new DataArray(variable.Name, [.. variable.Shape], values, null, _ => null) { Rows = rows };
    }

    /// <summary>An array with an object for each draw, which is data for the same model.</summary>
    public void WriteJson(TextWriter text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text.Write('[');
        for (var i = 0; i < _draws.Count; i++)
        {
            text.Write(i == 0 ? "\n" : ",\n");
            JsonText.Write(text, Layout.Variables.Select(v => Array(v, _draws[i].AsSpan(v.Offset, v.Count))));
        }
        text.WriteLine("\n]");
    }
}
