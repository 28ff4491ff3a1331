using System.Globalization;
using System.Text;

namespace ProbLang.ExampleData;

/// <summary>A table in the CSV format, as data for a model. Numbers are rounded, which also makes the text the same where the last bits of a sine are not.</summary>
internal sealed class Table(IReadOnlyList<string> columns)
{
    private readonly StringBuilder _text = new StringBuilder().AppendJoin(',', columns).Append('\n');

    /// <summary>A row of numbers with so many decimals.</summary>
    public void Add(int decimals, params ReadOnlySpan<double> values) => Add(decimals, values, null);

    /// <summary>A row of numbers with so many decimals, and a label at its end.</summary>
    public void Add(int decimals, ReadOnlySpan<double> values, string? label)
    {
        for (var i = 0; i < values.Length; i++) _text.Append(i == 0 ? "" : ",").Append(Written(values[i], decimals));
        if (label is not null) _text.Append(values.Length == 0 ? "" : ",").Append(label);
        _text.Append('\n');
    }

    public override string ToString() => _text.ToString();

    private static string Written(double value, int decimals)
    {
        var rounded = Math.Round(value, decimals);
        return (rounded == 0 ? 0 : rounded).ToString(CultureInfo.InvariantCulture);
    }
}
