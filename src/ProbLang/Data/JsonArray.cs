using System.Text;
using System.Text.Json;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>A number or an array of numbers in JSON, its rows of one length or not, or why it is not one.</summary>
internal sealed record JsonArray(DataArray? Array, Diagnostic? Fault, bool Fatal)
{
    public const int MostDimensions = 16;

    public static JsonArray Failed(Diagnostic fault) => new(null, fault, false);

    /// <summary>Reads the value at which the reader stands, to its end.</summary>
    public static JsonArray Read(ref Utf8JsonReader reader, string name, DataBytes bytes)
    {
        var start = (int)reader.TokenStartIndex;
        var cells = new CellList();
        var counts = new int[MostDimensions];
        var nested = new NestedCells();
        int depth = 0, deepest = 0, rank = -1;
        Diagnostic? fault = null, notNumbers = null;
        var looks = new Ticker();
        do
        {
            looks.Tick();
            var at = (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                nested.Add(--depth, counts[depth]);
                continue;
            }
            if (depth > 0) counts[depth - 1]++;
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                if (depth == MostDimensions) return new JsonArray(null, DataFileDiagnostics.TooManyDimensions(bytes.Locate(at, 1), MostDimensions), true);
                if (depth == rank) fault ??= DataFileDiagnostics.Ragged(name, bytes.Locate(at, 1));
                counts[depth] = 0;
                deepest = Math.Max(deepest, ++depth);
                continue;
            }
            if (rank < 0) rank = depth;
            if (depth != rank || deepest > depth) fault ??= DataFileDiagnostics.Ragged(name, bytes.Locate(at, 1));
            if (Cell(ref reader, cells, out var isText) is not { } mistake) continue;
            var message = mistake(name, bytes.Locate(at, reader.TokenType is JsonTokenType.EndObject ? 1 : (int)reader.BytesConsumed - at));
            if (isText) notNumbers ??= message;
            else fault ??= message;
        }
        while (depth > 0 && reader.Read());
        if (fault is not null) return Failed(fault);
        return nested.ToArray(name, cells, cell => Place(bytes, start, cell), (d, row) => RowPlace(bytes, start, d, row), () => Texts(bytes, start)) is { } array
            ? new JsonArray(array with { NotNumbers = notNumbers }, null, false) : Failed(DataFileDiagnostics.TooRagged(name, RowPlace(bytes, start, 0, 0)));
    }

    /// <summary>Adds a cell; says what is wrong with it, and whether it could still be a label.</summary>
    private static Func<string, Location, Diagnostic>? Cell(ref Utf8JsonReader reader, CellList cells, out bool isText)
    {
        isText = reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                var value = reader.GetDouble();
                cells.Add(value);
                if (double.IsFinite(value)) return null;
                var digits = Encoding.UTF8.GetString(reader.ValueSpan);
                return (name, place) => DataFileDiagnostics.OutOfRange(name, digits, place);
            case JsonTokenType.True:
                cells.Add(1);
                return null;
            case JsonTokenType.False:
                cells.Add(0);
                return null;
            case JsonTokenType.Null:
                cells.AddMissing();
                return null;
            case JsonTokenType.String:
                isText = false;
                return Unescaped(ref reader) is { } text ? Text(text, cells, out isText) : DataFileDiagnostics.HalfACharacter;
            default:
                reader.Skip();
                return DataFileDiagnostics.ObjectAsValue;
        }
    }

    /// <summary>Null where an escape is half of a surrogate pair, which stands for no character.</summary>
    private static string? Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Func<string, Location, Diagnostic>? Text(string text, CellList cells, out bool isText)
    {
        isText = !SpecialNumbers.IsNaN(text);
        if (SpecialNumbers.Infinity(text) is { } infinity)
        {
            cells.Add(infinity);
            return null;
        }
        cells.Add(0);
        if (!isText) return DataFileDiagnostics.NaN;
        return (name, place) => DataFileDiagnostics.NotANumber(name, text, place);
    }

    /// <summary>Reads the value again for the text of its cells: what stands in quotes, or as it is written.</summary>
    private static string?[] Texts(DataBytes bytes, int start)
    {
        var texts = new List<string?>();
        var reader = new Utf8JsonReader(bytes.Span[start..]);
        var looks = new Ticker();
        while (reader.Read())
        {
            looks.Tick();
            if (reader.TokenType == JsonTokenType.String) texts.Add(reader.GetString());
            else if (reader.TokenType == JsonTokenType.Null) texts.Add(null);
            else if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False) texts.Add(Encoding.UTF8.GetString(reader.ValueSpan));
            if (reader.CurrentDepth == 0 && reader.TokenType != JsonTokenType.StartArray) break;
        }
        return [.. texts];
    }

    /// <summary>Reads the value again, to the cell.</summary>
    private static Location Place(DataBytes bytes, int start, int cell)
    {
        var reader = new Utf8JsonReader(bytes.Span[start..]);
        for (var left = cell; reader.Read();)
            if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray) && left-- == 0)
                break;
        var at = (int)reader.TokenStartIndex;
        return bytes.Locate(start + at, (int)reader.BytesConsumed - at);
    }

    /// <summary>Reads the value again, to the nth array at a depth.</summary>
    private static Location RowPlace(DataBytes bytes, int start, int depth, int row)
    {
        var reader = new Utf8JsonReader(bytes.Span[start..]);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == depth && row-- == 0) break;
        var at = (int)reader.TokenStartIndex;
        reader.Skip();
        return bytes.Locate(start + at, (int)reader.BytesConsumed - at);
    }
}
