using System.Globalization;
using System.Text;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>The cells of one variable as values of the program give them, parts within parts: numbers, truth values, text, and what is missing.</summary>
/// <param name="name">What messages call the variable: the property or key.</param>
/// <param name="nanIsMissing">Whether NaN is missing rather than refused.</param>
/// <param name="isColumn">Whether the outermost dimension is that of records, which messages call rows.</param>
internal sealed class HostCells(string name, bool nanIsMissing, bool isColumn = false)
{
    private enum Content { Nothing, Numbers, Truths, Texts }

    private readonly CellList _cells = new();

    /// <summary>Null while there is no array: rows that are scored have many single values.</summary>
    private NestedCells? _nested;

    /// <summary>The part that is being read at each depth, from 0, as deep as it is now.</summary>
    private int[] _at = [];
    private int _depth;

    private Content _content;
    private List<string?>? _texts;
    private Diagnostic? _notNumbers;
    private int _rank = -1;
    private int _deepest;

    /// <summary>The sizes by depth that types, and arrays without parts, tell: they count where there are no cells.</summary>
    private int[] _expected = [];

    /// <summary>The parameter that exceptions name; null for none.</summary>
    public string? Parameter { get; init; }

    /// <summary>Whether what comes next is a part of an array.</summary>
    public bool IsNested => _depth > 0;

    /// <summary>Tells how many dimensions what comes next has: an array without parts does not show it.</summary>
    public void Expect(int rank)
    {
        if (_depth + rank > _expected.Length) Array.Resize(ref _expected, _depth + rank);
    }

    /// <summary>Tells the size of a dimension, from 0, of what comes next.</summary>
    public void Expect(int dimension, int size)
    {
        Expect(dimension + 1);
        _expected[_depth + dimension] = size;
    }

    /// <summary>Begins an array, or a part of one that is an array itself.</summary>
    public void Enter()
    {
        if (_rank >= 0 && _depth >= _rank) throw DimensionsDiffer();
        // A list that holds itself would never end.
        if (_depth == JsonArray.MostDimensions) throw TooManyDimensions();
        if (_depth == _at.Length) Array.Resize(ref _at, _depth + 2);
        _at[_depth++] = 0;
        _deepest = Math.Max(_deepest, _depth);
    }

    /// <summary>Goes on to a part, from 0.</summary>
    public void MoveTo(int part) => _at[_depth - 1] = part;

    /// <summary>Ends what the last <see cref="Enter"/> began.</summary>
    public void Leave(int length)
    {
        (_nested ??= new()).Add(--_depth, length);
    }

    public void Add(double value)
    {
        if (!double.IsNaN(value)) AddNumber(value);
        else if (nanIsMissing) AddMissing();
        else throw Mistake("is NaN, which is not a value; a missing value is null");
    }

    /// <param name="values">Parts of an array, one after the other.</param>
    /// <param name="first">Which part the first of them is.</param>
    public void AddAll(ReadOnlySpan<double> values, int first = 0)
    {
        if (values.IsEmpty) return;
        if (_content is Content.Nothing or Content.Numbers && !values.Contains(double.NaN))
        {
            Cell(Content.Numbers);
            _cells.AddAll(values);
            return;
        }
        for (var i = 0; i < values.Length; i++)
        {
            MoveTo(first + i);
            Add(values[i]);
        }
    }

    public void Add(bool value)
    {
        Cell(_content is Content.Nothing or Content.Truths ? Content.Truths : Content.Texts);
        _cells.Add(value ? 1 : 0);
        if (_content == Content.Texts) _texts!.Add(Text(value));
    }

    public void Add(string? value)
    {
        if (value is null)
        {
            AddMissing();
            return;
        }
        if (!IsText(value)) throw Mistake("has text with half of a surrogate pair, which is no character");
        Cell(Content.Texts);
        _notNumbers ??= DataFileDiagnostics.NotANumber(name, value, null);
        _cells.Add(0);
        _texts!.Add(value);
    }

    /// <summary>A label that is also a number, as members of enumerations are.</summary>
    public void Add(string label, double value)
    {
        Cell(Content.Texts);
        _cells.Add(value);
        _texts!.Add(label);
    }

    public void AddMissing()
    {
        Cell(_content);
        _cells.AddMissing();
        if (_content == Content.Texts) _texts!.Add(null);
    }

    /// <summary>What is wrong with the value that is being read.</summary>
    public ArgumentException Mistake(string what)
    {
        var place = new StringBuilder($"`{name}");
        var indices = _at.Take(_depth).Skip(isColumn ? 1 : 0);
        if (indices.Any()) place.Append(CultureInfo.InvariantCulture, $"[{string.Join(", ", indices.Select(i => i + 1))}]");
        place.Append('`');
        if (isColumn) place.Append(CultureInfo.InvariantCulture, $" in row {_at[0] + 1}");
        return new ArgumentException($"{place} {what}.", Parameter);
    }

    /// <param name="variable">The name of the array.</param>
    /// <exception cref="ArgumentException">The rows are of such different lengths that the array would be too large.</exception>
    public DataArray ToArray(string variable)
    {
        if (_nested is null) return new DataArray(variable, [], _cells.Values, _cells.Missing, _ => null) { Texts = Texts(), NotNumbers = _notNumbers };
        if (_cells.Count == 0) _nested.Deepen(_expected);
        var array = _nested.ToArray(variable, _cells, _ => null, (_, _) => null, Texts())
            ?? throw new ArgumentException($"The rows of the array `{name}` differ so much in length that it is too large.", Parameter);
        return array with { NotNumbers = _notNumbers };
    }

    private void AddNumber(double value)
    {
        Cell(_content is Content.Nothing or Content.Numbers ? Content.Numbers : Content.Texts);
        _cells.Add(value);
        if (_content == Content.Texts) _texts!.Add(NumberLabel.Of(value));
    }

    /// <summary>All cells are equally deep. Text is kept from the first cell that has some: arrays of numbers, the most and the largest, have none.</summary>
    private void Cell(Content content)
    {
        if (_rank < 0) _rank = _depth;
        if (_rank != _depth || _deepest > _depth) throw DimensionsDiffer();
        if (content == Content.Texts && _content != Content.Texts) _texts = [.. Enumerable.Range(0, _cells.Count).Select(TextOf)];
        _content = content;
    }

    private Func<string?[]>? Texts() => _content switch
    {
        Content.Texts => () => [.. _texts!],
        Content.Truths => () => [.. Enumerable.Range(0, _cells.Count).Select(TextOf)],
        _ => null,
    };

    private string? TextOf(int cell) => _cells.IsMissing(cell) ? null : _content == Content.Truths ? Text(_cells[cell] != 0) : NumberLabel.Of(_cells[cell]);

    private ArgumentException DimensionsDiffer() =>
        isColumn ? Mistake("has another number of dimensions than before") : new ArgumentException($"The parts of the array `{name}` differ in how many dimensions they have.", Parameter);

    private ArgumentException TooManyDimensions() =>
        new(string.Create(CultureInfo.InvariantCulture, $"`{name}` has more than {JsonArray.MostDimensions} dimensions."), Parameter);

    private static string Text(bool value) => value ? "true" : "false";

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && ++i < text.Length && char.IsLowSurrogate(text[i]))) return false;
        return true;
    }
}
