using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Datasets;
using ProbLang.Results;

namespace ProbLang;

/// <summary>Data that a model made: a line for each row of its plate where what is generated has rows, else for each draw. As a table of values it is data again.</summary>
public sealed class Generated
{
    private readonly OutputLayout _line;
    private readonly List<ArraySegment<double>> _lines;

    internal Generated(OutputLayout line, List<ArraySegment<double>> lines, bool interrupted) => (_line, _lines, Interrupted) = (line, lines, interrupted);

    /// <summary>What the numbers of a line are, such as <c>x[1]</c>.</summary>
    public ImmutableArray<string> Columns => _line.ElementNames;

    /// <summary>How many lines there are.</summary>
    public int Count => _lines.Count;

    /// <summary>Whether it was cancelled before all was made.</summary>
    public bool Interrupted { get; }

    /// <summary>The numbers of a line, one a column; lines count from 0. A truth value is 0 or 1, a category its code, from 1; NaN where only a branch defines a value, which does not hold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public ReadOnlySpan<double> this[int line]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(line);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(line, _lines.Count);
            return _lines[line];
        }
    }

    /// <summary>The value of a variable, or of a column such as <c>x[1]</c>, in a line: types as those of <see cref="Simulation.Get"/>.</summary>
    /// <param name="line">Counted from 0.</param>
    /// <param name="name">The variable, whose shape is without the rows; or the column.</param>
    /// <exception cref="ArgumentException">There is no such variable or column; or it cannot be had as this type, and the message says as which it can.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public T Get<T>(int line, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(line);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(line, _lines.Count);
        return LayoutValues.Of(_line, [.. _lines[line]], name, "What was generated").To<T>();
    }

    /// <summary>A heading and the lines, separated by commas, with labels for categories; nothing where a branch does not define a value.</summary>
    public void WriteCsv(TextWriter text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text.Write(string.Join(',', Columns.Select(LabelText.InCsv)));
        text.Write('\n');
        var variables = _line.Variables.SelectMany(v => Enumerable.Repeat(v, v.Count)).ToArray();
        foreach (var line in _lines)
        {
            text.Write(string.Join(',', line.Select((v, at) => Written(variables[at], v, LabelText.InCsv))));
            text.Write('\n');
        }
    }

    /// <summary>As <see cref="WriteCsv"/>, in columns.</summary>
    public void WriteTable(TextWriter text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var variables = _line.Variables.SelectMany(v => Enumerable.Repeat(v, v.Count)).ToArray();
        string[][] rows = [[.. Columns], .. _lines.Select(line => line.Select((v, at) => Written(variables[at], v, LabelText.InBrackets, "G6")).ToArray())];
        var widths = new int[Columns.Length];
        foreach (var row in rows)
            for (var c = 0; c < widths.Length; c++) widths[c] = Math.Max(widths[c], row[c].Length);
        foreach (var row in rows)
        {
            text.Write(string.Join("  ", row.Select((cell, c) => cell.PadLeft(widths[c]))));
            text.Write('\n');
        }
    }

    /// <summary>An object with an array for each variable, the lines its first dimension: data for the same model.</summary>
    public void WriteJson(TextWriter text)
    {
        ArgumentNullException.ThrowIfNull(text);
        JsonText.Write(text, _line.Variables.Select(Array));
        text.Write('\n');
    }

    private DataArray Array(OutputVariable variable)
    {
        var values = new double[_lines.Count * variable.Count];
        for (var i = 0; i < _lines.Count; i++) _lines[i].AsSpan(variable.Offset, variable.Count).CopyTo(values.AsSpan(i * variable.Count));
        var missing = values.AsSpan().Contains(double.NaN) ? System.Array.ConvertAll(values, double.IsNaN) : null;
        return new DataArray(variable.Name, [_lines.Count, .. variable.Shape], values, missing, _ => null)
        {
            Texts = variable.Levels.IsDefaultOrEmpty ? null : () => [.. values.Select(variable.LabelOf)],
        };
    }

    private static string Written(OutputVariable variable, double value, Func<string, string> label, string format = "R") =>
        double.IsNaN(value) ? "" : variable.LabelOf(value) is { } text ? label(text) : value.ToString(format, CultureInfo.InvariantCulture);
}
