using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Limits;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>Rows of a host, as the numbers that a scorer takes.</summary>
internal sealed class RowReader(ImmutableArray<ScorerField> fields, int width)
{
    private readonly ConcurrentDictionary<Type, RowType> _types = [];
    private readonly PropertyNames _names = new(fields.Select(f => f.Name));
    private readonly FrozenDictionary<string, int> _numbers = fields.Select((f, number) => (f.Name, number)).ToFrozenDictionary(f => f.Name, f => f.number);

    /// <exception cref="ArgumentException">A field is not there, has too few or too many elements, or is neither a number nor a label of its category.</exception>
    public double[] Read(object row)
    {
        var type = _types.TryGetValue(row.GetType(), out var known) ? known : _types.GetOrAdd(row.GetType(), t => RowType.Of(t, _names));
        var cells = new HostCells?[fields.Length];
        type.Read(row, name => Begin(name, cells));
        var numbers = new double[width];
        Array.Fill(numbers, double.NaN);
        for (var f = 0; f < fields.Length; f++)
        {
            if (cells[f]?.ToArray(fields[f].Name) is { } array && !IsNothing(array)) Take(fields[f], array, null, numbers);
            else if (!fields[f].IsOutcome) throw cells[f] is null ? NotThere(fields[f], type.NamesOf(row)) : fields[f].Missing();
        }
        return numbers;
    }

    /// <summary>All rows of data that have a column, or an array with a row in its first dimension, for each field.</summary>
    /// <exception cref="ArgumentException">A field is not there, has another shape, or is neither numbers nor labels of its category.</exception>
    public double[] Read(DataSet data)
    {
        var arrays = fields.Select(f => data.Arrays.GetValueOrDefault(f.Name)).ToArray();
        if (Array.TrueForAll(arrays, a => a is null)) throw new ArgumentException($"the data have nothing that a row has: {string.Join(", ", fields.Select(f => f.Name))}");
        var count = arrays.Max(a => a is { Shape: [var rows, ..] } ? rows : 0);
        var numbers = new double[count * width];
        Blockwise.Fill<double>(numbers, double.NaN);
        for (var f = 0; f < fields.Length; f++)
        {
            if (arrays[f] is { } array) Take(fields[f], array, count, numbers);
            else if (!fields[f].IsOutcome) throw new ArgumentException($"the rows have no `{fields[f].Name}`", fields[f].Name);
        }
        return numbers;
    }

    /// <summary>Where the value by a name goes; null where no field has it.</summary>
    private HostCells? Begin(string name, HostCells?[] cells)
    {
        if (!_numbers.TryGetValue(Nfkc.Normalize(name), out var f)) return null;
        if (cells[f] is not null) throw new ArgumentException($"the row has two values by the name `{fields[f].Name}`", fields[f].Name);
        return cells[f] = new HostCells(name, nanIsMissing: true) { Parameter = fields[f].Name };
    }

    /// <summary>Null, of a field of any shape.</summary>
    private static bool IsNothing(DataArray array) => array.Shape.Length == 0 && array.IsMissing(0);

    /// <summary>Writes the values of a field to their places: those of one row, or of rows.</summary>
    private void Take(ScorerField field, DataArray array, int? rows, double[] numbers)
    {
        var expected = field.Shape.AsSpan();
        if (array.Rows is not null || !(rows is { } count ? array.Shape is [var first, ..] && first == count && array.Shape.AsSpan(1).SequenceEqual(expected) : array.Shape.AsSpan().SequenceEqual(expected)))
            throw OfAnotherShape(field, array, rows);
        var labels = field.Levels.IsEmpty && array.NotNumbers is null ? null : array.ReadLabels();
        if (labels is not null && field is { Levels.IsEmpty: true, IsBoolean: false }) throw new ArgumentException(array.NotNumbers!.Message, field.Name);
        var looks = new Ticker();
        for (var cell = 0; cell < array.Values.Length; cell++)
        {
            looks.Tick();
            if (!array.IsMissing(cell)) numbers[cell / field.Count * width + field.Offset + cell % field.Count] = labels is null ? array.Values[cell] : field.CodeOf(labels[cell]!);
        }
    }

    private static ArgumentException OfAnotherShape(ScorerField field, DataArray array, int? rows) => new(
        rows is { } count ? $"`{field.Name}` has the shape [{string.Join(", ", array.Shape)}]{(array.Rows is null ? "" : " with rows that differ in length")}, but {count} rows have [{string.Join(", ", field.Shape.Prepend(count))}]"
        : field.Shape.IsEmpty ? $"`{field.Name}` is a single value in a row"
        : $"`{field.Name}` has {string.Join(" × ", field.Shape)} elements in a row", field.Name);

    private static ArgumentException NotThere(ScorerField field, IEnumerable<string> names) =>
        new($"the row has no `{field.Name}`{(Spelling.Nearest(field.Name, names) is { } meant ? $", but `{meant}`" : "")}", field.Name);
}
