using System.Collections;
using System.Globalization;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>Data from values of the host program: numbers, booleans, text, enumerations, arrays of any rank, nested sequences; null is missing.</summary>
internal static class HostValues
{
    public static DataSet Read(object values) => new(Named(values).ToDictionary(v => Nfkc.Normalize(v.Name), v => Array(Nfkc.Normalize(v.Name), v.Value)));

    private static IEnumerable<(string Name, object? Value)> Named(object values) => values switch
    {
        IDictionary dictionary => dictionary.Keys.Cast<object>().Select(k => (k as string ?? throw new ArgumentException("Data are named by strings.", nameof(values)), dictionary[k])),
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs.Select(p => (p.Key, p.Value)),
        _ => values.GetType().GetProperties().Select(p => (p.Name, p.GetValue(values))),
    };

    private static DataArray Array(string name, object? value)
    {
        var cells = new CellList();
        List<string?>? texts = null;
        Diagnostic? notNumbers = null;
        var shape = new List<int>();
        var rank = -1;
        Add(value, 0);
        // An array without cells says its shape only by itself.
        if (value is Array { Length: 0 } empty) return new DataArray(name, [.. Enumerable.Range(0, empty.Rank).Select(empty.GetLength)], [], null, _ => null);
        return new DataArray(name, [.. shape], cells.Values, cells.Missing, _ => null) { Texts = texts is null ? null : () => [.. texts], NotNumbers = notNumbers };

        void Add(object? part, int depth)
        {
            if (part is Array { Rank: > 1 } grid) part = Nested(grid, 0, new int[grid.Rank]);
            if (part is IEnumerable parts and not string)
            {
                if (rank >= 0 && depth >= rank) throw Ragged();
                var count = 0;
                if (shape.Count == depth) shape.Add(-1);
                foreach (var element in parts)
                {
                    Add(element, depth + 1);
                    count++;
                }
                if (shape[depth] >= 0 && shape[depth] != count) throw Ragged();
                shape[depth] = count;
                return;
            }
            if (rank < 0) rank = depth;
            if (rank != depth || shape.Count > depth) throw Ragged();
            Cell(part);
        }

        void Cell(object? part)
        {
            var text = part switch { string label => label, char letter => letter.ToString(), bool truth => truth ? "true" : "false", Enum value => value.ToString(), _ => null };
            // Text is kept from the first cell that has some: arrays of numbers, the most and the largest, have none.
            if (text is not null) texts ??= [.. Enumerable.Range(0, cells.Count).Select(c => cells.IsMissing(c) ? null : cells[c].ToString("R", CultureInfo.InvariantCulture))];
            if (part is null) cells.AddMissing();
            else if (part is string or char)
            {
                if (!IsText(text!)) throw new ArgumentException($"`{name}` has text with half of a surrogate pair, which is no character.");
                cells.Add(0);
                notNumbers ??= DataFileDiagnostics.NotANumber(name, text!, null);
            }
            else cells.Add(Number(name, part));
            texts?.Add(text ?? (part is null ? null : cells[cells.Count - 1].ToString("R", CultureInfo.InvariantCulture)));
        }

        ArgumentException Ragged() => new($"The parts of the array `{name}` differ in length.");
    }

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && ++i < text.Length && char.IsLowSurrogate(text[i]))) return false;
        return true;
    }

    private static double Number(string name, object value)
    {
        if (value is not IConvertible number || value is DateTime) throw new ArgumentException($"`{name}` has {value}, which is not a number.");
        var result = number.ToDouble(CultureInfo.InvariantCulture);
        return !double.IsNaN(result) ? result : throw new ArgumentException($"`{name}` has NaN, which is not a value; a missing value is null.");
    }

    private static IEnumerable<object?> Nested(Array grid, int dimension, int[] index)
    {
        for (var i = 0; i < grid.GetLength(dimension); i++)
        {
            index[dimension] = i;
            yield return dimension == grid.Rank - 1 ? grid.GetValue(index) : Nested(grid, dimension + 1, index);
        }
    }
}
