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

    /// <summary>The values of a variable in a draw, row-major.</summary>
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
        foreach (var variable in Layout.Variables)
        {
            var column = Math.Max(12, variable.Levels.IsDefaultOrEmpty ? 0 : variable.Levels.Max(l => LabelText.InBrackets(l).Length) + 2);
            for (var element = variable.Offset; element < variable.Offset + variable.Count; element++)
            {
                text.Write(names[element].PadRight(width));
                foreach (var draw in _draws)
                    text.Write((double.IsNaN(draw[element]) ? "–" : variable.LabelOf(draw[element]) is { } label ? LabelText.InBrackets(label) : draw[element].ToString("G5", CultureInfo.InvariantCulture)).PadLeft(column));
                text.WriteLine();
            }
        }
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

    private static DataArray Array(OutputVariable variable, double[] values) => new(variable.Name, [.. variable.Shape], values, Missing(values), _ => null)
    {
        Texts = variable.Levels.IsDefaultOrEmpty ? null : () => System.Array.ConvertAll(values, variable.LabelOf),
    };
}
