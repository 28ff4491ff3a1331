using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Limits;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>Rows of a host, as the numbers that a scorer takes.</summary>
/// <param name="fields">What a row may give.</param>
/// <param name="width">How many numbers it has.</param>
/// <param name="known">All names of the model: they are no misspelt ones.</param>
internal sealed class RowReader(ImmutableArray<ScorerField> fields, int width, FrozenSet<string> known)
{
    private readonly ConcurrentDictionary<Type, RowType> _types = [];
    private readonly PropertyNames _names = new(fields.Select(f => f.Name));
    private readonly FrozenDictionary<string, int> _numbers = fields.Select((f, number) => (f.Name, number)).ToFrozenDictionary(f => f.Name, f => f.number);

    /// <param name="row">The row.</param>
    /// <param name="isScored">Whether it must give an outcome, if only by saying that it is missing: without any there is nothing to score.</param>
    /// <exception cref="ArgumentException">A field is not there, has too few or too many elements, or is neither a number nor a label of its category; or an outcome is misspelt.</exception>
    public double[] Read(object row, bool isScored)
    {
        var type = _types.TryGetValue(row.GetType(), out var found) ? found : _types.GetOrAdd(row.GetType(), t => RowType.Of(t, _names));
        var cells = new HostCells?[fields.Length];
        type.Read(row, name => Begin(name, cells));
        var numbers = new double[width];
        Array.Fill(numbers, double.NaN);
        for (var f = 0; f < fields.Length; f++)
        {
            if (cells[f]?.ToArray(fields[f].Name) is { } array && !IsNothing(array)) Take(fields[f], array, null, numbers);
            else if (!fields[f].IsOutcome) throw cells[f] is null ? NotThere(fields[f], type.NamesOf(row)) : fields[f].Missing();
        }
        CheckOutcomes(f => cells[f] is not null, () => type.UnusedNamesOf(row), "row", isScored);
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
        CheckOutcomes(f => arrays[f] is not null, () => data.Arrays.Keys.Where(name => !_numbers.ContainsKey(name)), "rows", isScored: true);
        return numbers;
    }

    /// <summary>
    /// An outcome may be missing, and rows may have more than the model names: so a misspelt outcome would be predicted, or scored as if nothing were known of it.
    /// What is given by name, as null is, is not misspelt.
    /// </summary>
    private void CheckOutcomes(Func<int, bool> isGiven, Func<IEnumerable<string>> unused, string what, bool isScored)
    {
        var missing = Enumerable.Range(0, fields.Length).Where(f => fields[f].IsOutcome && !isGiven(f)).Select(f => fields[f].Name).ToArray();
        if (missing.Length == 0) return;
        string[] others = [.. unused().Where(name => !known.Contains(Nfkc.Normalize(name)))];
        foreach (var name in missing)
            if (Spelling.Nearest(name, others.Where(o => WithoutDigits(o) != WithoutDigits(name))) is { } meant)
                throw new ArgumentException($"the {what} {Have(what)} no `{name}`, but `{meant}`: give `{name}`, as null where it is missing", name);
        if (isScored && missing.Length == fields.Count(f => f.IsOutcome)) throw NoOutcome(missing, what);
        if (others.Length > 0 && !fields.Where((_, f) => isGiven(f)).Any()) throw new ArgumentException($"the {what} {Have(what)} nothing that a row has: {Listed(fields.Select(f => f.Name))}");
    }

    /// <summary>What is numbered is another, not a misspelt one: <c>item9</c> beside <c>item2</c>.</summary>
    private static string WithoutDigits(string name) => string.Concat(name.Where(c => !char.IsAsciiDigit(c)));

    private static ArgumentException NoOutcome(string[] missing, string what) => missing is [var only]
        ? new($"the {what} {Have(what)} no `{only}`, without which there is nothing to score", only)
        : new($"the {what} {Have(what)} none of {Listed(missing)}, without which there is nothing to score");

    private static string Have(string what) => what == "row" ? "has" : "have";

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"`{n}`"));

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
