using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>A value for one element, as <c>--given x[3]=1.5</c> has it.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Indices">Counted from 1, one for each dimension.</param>
/// <param name="Value">Null takes a value back.</param>
/// <param name="Place">Where the user wrote it.</param>
internal sealed record CellOverlay(string Name, ImmutableArray<int> Indices, double? Value, Location Place)
{
    /// <summary>The value as a label; null where it is null.</summary>
    public string? Label { get; init; }

    /// <summary>Why the value is not a number; null where it is.</summary>
    public Diagnostic? NotNumber { get; init; }

    public string Element => string.Create(CultureInfo.InvariantCulture, $"{Name}[{string.Join(", ", Indices)}]");

    /// <summary>The array with the value in its place.</summary>
    public DataArray Onto(DataArray array, out Diagnostic? mistake)
    {
        mistake = null;
        var offset = 0;
        var fits = Indices.Length == array.Shape.Length;
        for (var d = 0; fits && d < Indices.Length; d++)
        {
            fits = Indices[d] >= 1 && Indices[d] <= array.Shape[d];
            offset = offset * array.Shape[d] + Indices[d] - 1;
        }
        if (!fits)
        {
            mistake = DataFileDiagnostics.OverlayShape(Element, string.Join(" × ", array.Shape), Place);
            return array;
        }
        var values = (double[])array.Values.Clone();
        values[offset] = Value ?? 0;
        var missing = (bool[]?)array.Missing?.Clone() ?? (Value is null ? new bool[values.Length] : null);
        if (missing is not null) missing[offset] = Value is null;
        return array with { Values = values, Missing = missing, Place = cell => cell == offset ? Place : array.Place(cell), NotNumbers = NotNumber ?? array.NotNumbers, Texts = Labels };

        string?[] Labels()
        {
            var labels = array.ReadLabels();
            labels[offset] = Label;
            return labels;
        }
    }
}

/// <summary>What <c>--given</c> says: a variable's whole value, or one element's.</summary>
internal sealed record GivenArgument(DataReading Reading, CellOverlay? Overlay)
{
    /// <summary>Null where the text is not <c>NAME=VALUE</c> or <c>NAME[INDEX]=VALUE</c>.</summary>
    /// <param name="text">The assignment.</param>
    /// <param name="source">What messages call the place.</param>
    public static GivenArgument? Parse(string text, string source = "--given")
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) return null;
        var target = Nfkc.Normalize(text[..equals].Trim());
        var value = JsonData.ReadValue(new DataBytes($"{source} {target}", Encoding.UTF8.GetBytes(text[(equals + 1)..])), target);
        var column = CsvColumn.Of(target, new Location(source, 1, 1, target.Length, text));
        if (column.Fault is not null || column.Name.Length == 0) return null;
        if (value.Fault is { } fault)
        {
            // A shell takes the quotes away, so that a single word may be a label.
            if (!IsWord(text[(equals + 1)..].Trim())) return new GivenArgument(DataReading.Failed(fault), null);
            var word = text[(equals + 1)..].Trim();
            value = new JsonArray(new DataArray(target, [], [0], null, _ => fault.Location) { Texts = () => [word], NotNumbers = fault, IsAssigned = true }, null, false);
        }
        if (column.Indices.Length == 0) return new GivenArgument(DataReading.Empty with { Data = new DataSet(new Dictionary<string, DataArray> { [target] = value.Array! }) }, null);
        var array = value.Array!;
        if (array.Shape.Length > 0) return new GivenArgument(DataReading.Failed(DataFileDiagnostics.OverlayValue(target, column.Place)), null);
        return new GivenArgument(DataReading.Empty, new CellOverlay(column.Name, [.. column.Indices], array.IsMissing(0) ? null : array.Values[0], column.Place)
        {
            Label = array.ReadLabels()[0],
            NotNumber = array.NotNumbers,
        });
    }

    private static bool IsWord(string text) => text.Length > 0 && text[0] is not ('[' or '{' or '"') && !SpecialNumbers.IsNaN(text);
}
