using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using ProbLang.Datasets;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang;

/// <summary>Rows of a host, as the numbers that a scorer takes.</summary>
internal sealed class RowReader(ImmutableArray<ScorerField> fields, int width)
{
    private readonly ConcurrentDictionary<Type, PropertyInfo?[]> _properties = [];
    private readonly PropertyNames _names = new(fields.Select(f => f.Name));

    /// <exception cref="ArgumentException">A field is not there, has too few or too many elements, or is neither a number nor a label of its category.</exception>
    public double[] Read(object row)
    {
        var numbers = new double[width];
        var find = Finder(row);
        for (var f = 0; f < fields.Length; f++)
        {
            var into = numbers.AsSpan(fields[f].Offset, fields[f].Count);
            if (find(f) is { } value) Fill(fields[f], value, into);
            else if (fields[f].IsOutcome) into.Fill(double.NaN);
            else throw new ArgumentException(Missing(fields[f].Name, row), fields[f].Name);
        }
        return numbers;
    }

    /// <summary>All rows of data that have a column, or an array with a row in its first dimension, for each field.</summary>
    public double[] Read(DataSet data)
    {
        var arrays = fields.Select(f => data.Arrays.GetValueOrDefault(f.Name)).ToArray();
        if (Array.TrueForAll(arrays, a => a is null)) throw new ArgumentException($"the data have nothing that a row has: {string.Join(", ", fields.Select(f => f.Name))}");
        var count = arrays.Max(a => a is { Shape: [var rows, ..] } ? rows : 0);
        var numbers = new double[count * width];
        Blockwise.Fill<double>(numbers, double.NaN);
        for (var f = 0; f < fields.Length; f++)
        {
            var field = fields[f];
            if (arrays[f] is not { } array)
            {
                if (!field.IsOutcome) throw new ArgumentException($"the rows have no `{field.Name}`", field.Name);
                continue;
            }
            if (array.Shape.Length == 0 || array.Shape[0] != count || !array.Shape.AsSpan(1).SequenceEqual(field.Shape.AsSpan()))
                throw new ArgumentException($"`{field.Name}` has the shape [{string.Join(", ", array.Shape)}], but {count} rows have [{string.Join(", ", field.Shape.Prepend(count))}]", field.Name);
            var labels = field.Levels.IsEmpty ? null : array.ReadLabels();
            if (labels is null && array.NotNumbers is { } text) throw new ArgumentException(text.Message, field.Name);
            var looks = new Ticker();
            for (var cell = 0; cell < array.Values.Length; cell++)
            {
                looks.Tick();
                if (!array.IsMissing(cell)) numbers[cell / field.Count * width + field.Offset + cell % field.Count] = labels is null ? array.Values[cell] : field.CodeOf(labels[cell]!);
            }
        }
        return numbers;
    }

    private Func<int, object?> Finder(object row)
    {
        switch (row)
        {
            case JsonElement { ValueKind: JsonValueKind.Object } json:
                return f => json.TryGetProperty(fields[f].Name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;
            case JsonElement json:
                throw new ArgumentException($"a row is a JSON object, and not {json.ValueKind}");
            case IReadOnlyDictionary<string, object?> pairs:
                return f => pairs.GetValueOrDefault(fields[f].Name);
            case IDictionary dictionary:
                return f => dictionary[fields[f].Name];
            default:
                var properties = _properties.GetOrAdd(row.GetType(), PropertiesOf);
                return f => properties[f]?.GetValue(row, BindingFlags.DoNotWrapExceptions, null, null, null);
        }
    }

    private PropertyInfo?[] PropertiesOf(Type type)
    {
        var found = _names.Of(type);
        return [.. fields.Select(field => found.GetValueOrDefault(field.Name))];
    }

    private static void Fill(ScorerField field, object value, Span<double> into)
    {
        var count = 0;
        Add(value, 0, into);

        void Add(object? part, int depth, Span<double> numbers)
        {
            switch (part)
            {
                case JsonElement { ValueKind: JsonValueKind.Array } array:
                    Check(depth, array.GetArrayLength());
                    foreach (var element in array.EnumerateArray()) Add(element, depth + 1, numbers);
                    return;
                case Array { Rank: > 1 } grid:
                    for (var d = 0; d < grid.Rank; d++) Check(depth + d, grid.GetLength(d));
                    foreach (var element in grid) Add(element, depth + grid.Rank, numbers);
                    return;
                case IEnumerable parts and not string:
                    var elements = parts as ICollection ?? parts.Cast<object?>().ToArray();
                    Check(depth, elements.Count);
                    foreach (var element in elements) Add(element, depth + 1, numbers);
                    return;
            }
            if (depth != field.Shape.Length) throw OfAnotherShape();
            numbers[count++] = Number(field, part);
        }

        void Check(int depth, int size)
        {
            if (depth >= field.Shape.Length || field.Shape[depth] != size) throw OfAnotherShape();
        }

        ArgumentException OfAnotherShape() => new(field.Shape.IsEmpty ? $"`{field.Name}` is a single value in a row" : $"`{field.Name}` has {string.Join(" × ", field.Shape)} elements in a row", field.Name);
    }

    private static double Number(ScorerField field, object? value) => value switch
    {
        null => double.NaN,
        string label => field.CodeOf(label),
        bool truth => Truth(field, truth),
        Enum level => field.CodeOf(level.ToString()),
        JsonElement { ValueKind: JsonValueKind.Null } => double.NaN,
        JsonElement { ValueKind: JsonValueKind.String } text => field.CodeOf(text.GetString()!),
        JsonElement { ValueKind: JsonValueKind.True } => Truth(field, true),
        JsonElement { ValueKind: JsonValueKind.False } => Truth(field, false),
        JsonElement { ValueKind: JsonValueKind.Number } number => Plain(field, number.GetDouble()),
        IConvertible number and not DateTime => Plain(field, number.ToDouble(CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"`{field.Name}` is not a number", field.Name),
    };

    private static double Truth(ScorerField field, bool truth) => field.Levels.IsEmpty ? truth ? 1 : 0 : field.CodeOf(truth ? "true" : "false");

    /// <summary>The labels of a category may look like numbers.</summary>
    private static double Plain(ScorerField field, double number) => field.Levels.IsEmpty ? number : field.CodeOf(number.ToString("R", CultureInfo.InvariantCulture));

    private static string Missing(string name, object row)
    {
        var names = row switch
        {
            JsonElement json => json.EnumerateObject().Select(p => p.Name),
            IReadOnlyDictionary<string, object?> pairs => pairs.Keys,
            IDictionary dictionary => dictionary.Keys.OfType<string>(),
            _ => row.GetType().GetProperties().Select(p => p.Name),
        };
        return $"the row has no `{name}`{(Spelling.Nearest(name, names) is { } meant ? $", but `{meant}`" : "")}";
    }
}
