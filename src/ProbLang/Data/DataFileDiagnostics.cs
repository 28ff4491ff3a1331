using System.Globalization;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>Every message about the form of data: files and <c>--given</c>.</summary>
internal static class DataFileDiagnostics
{
    private const int LongestQuote = 40;

    public static Diagnostic NotUtf8(Location place) =>
        Error("GM0350", "the file is not UTF-8 text", place with { LineText = null }, "save the file in the encoding UTF-8");

    public static Diagnostic UnknownFormat(string path) =>
        Error("GM0351", $"`{path}` is not a kind of data file that is known", null, "data are read from files named .json, .csv and .tsv");

    public static Diagnostic TooLarge(string path, long limit) =>
        Error("GM0352", string.Create(CultureInfo.InvariantCulture, $"`{path}` is larger than {limit >> 20} MiB"), null, null);

    public static Diagnostic EndsEarly(Location place) =>
        Error("GM0353", "the JSON ends before it is complete", place, null);

    public static Diagnostic CommaBeforeBracket(Location place) =>
        Error("GM0353", "no value follows this comma", place, "remove the comma before the closing bracket");

    public static Diagnostic NotJson(Location place, string found) =>
        Error("GM0353", $"{Quote(found)} cannot stand here in JSON", place, found switch
        {
            "'" => "names and texts stand in double quotes",
            "/" or "#" => "JSON has no comments",
            ";" => "a comma stands between two values",
            "None" or "NA" or "NULL" or "undefined" => "a missing value is written null",
            "True" or "TRUE" => "write true",
            "False" or "FALSE" => "write false",
            "Infinity" or "-Infinity" or "Inf" or "-Inf" or "inf" or "-inf" => "write \"Inf\" if infinity is meant",
            _ when char.IsLetter(found[0]) => "texts stand in double quotes, and a missing value is written null",
            _ when found[0] == '.' => "a number has a digit before its point",
            _ => null,
        });

    public static Diagnostic NotAnObject(Location place) =>
        Error("GM0354", "the data are not named", place, "write an object with a value by the name of each variable: {\"y\": [1, 2, 3]}");

    public static Diagnostic TooManyDimensions(Location place, int limit) =>
        Error("GM0355", string.Create(CultureInfo.InvariantCulture, $"an array has more than {limit} dimensions"), place, null);

    public static Diagnostic Duplicate(string name, Location place, Location first) =>
        Error("GM0356", $"`{name}` is given twice in one file", place, null) with { Related = [("first given here", first)] };

    public static Diagnostic Ragged(string name, Location place) =>
        Error("GM0357", $"the parts of the array `{name}` differ in how many dimensions they have", place, "give every row the same number of dimensions, with null for what is missing");

    public static Diagnostic TooRagged(string name, Location? place) =>
        Error("GM0389", $"the rows of the array `{name}` differ so much in length that it is too large", place, "give long and short rows as two arrays");

    public static Diagnostic NotANumber(string name, string found, Location? place) =>
        Error("GM0358", $"`{name}` has {Quote(found)} where a number is expected", place, "labels are the values of a variable that is declared `: category`");

    public static Diagnostic NotANumberInColumn(string header, string found, Location place) =>
        Error("GM0358", $"the column `{header}` holds numbers, but line {place.Line.ToString(CultureInfo.InvariantCulture)} has {Quote(found)}", place,
            "a missing value is an empty cell or NA");

    public static Diagnostic ObjectAsValue(string name, Location place) =>
        Error("GM0358", $"`{name}` is an object where a number or an array of numbers is expected", place, null);

    public static Diagnostic NaN(string name, Location place) => NaNBecause($"`{name}` has NaN", place);

    public static Diagnostic NaN(Location place) => NaNBecause("NaN stands here", place);

    public static Diagnostic HalfACharacter(string name, Location place) =>
        Error("GM0368", $"`{name}` has text with half of a surrogate pair, which is no character", place, "write the character itself, or both halves of it");

    public static Diagnostic OutOfRange(string name, string found, Location place) =>
        Error("GM0360", $"`{name}` has {Quote(found)}, which is too large for a number", place, "write \"Inf\" if infinity is meant");

    /// <summary><paramref name="header"/> is that of the only column, where there is one alone.</summary>
    public static Diagnostic RowLength(int found, int expected, Location place, string? header) =>
        Error("GM0361", string.Create(CultureInfo.InvariantCulture, $"this row has {Cells(found)}, but the first line names {expected}"), place,
            header?.Contains(';', StringComparison.Ordinal) == true ? "columns are separated by commas, and numbers have a point: 1.5" : header?.Contains('\t', StringComparison.Ordinal) == true ? "columns are separated by commas; a table with tabs is named .tsv" : null);

    public static Diagnostic NoRows(string path) =>
        Error("GM0362", "the table has no rows", new Location(path, 1, 1, 1, null), "the first line names the columns, every other line is a row");

    public static Diagnostic MissingColumn(string name, string header, Location place) =>
        Error("GM0363", $"the columns of `{name}` are incomplete: there is no `{header}`", place, "columns count from 1, without gaps");

    public static Diagnostic BadColumnIndex(string header, Location place) =>
        Error("GM0364", $"the column header `{header}` has an index that is not a number from 1", place, "write `x[1]`, `x[2]`, and so on");

    public static Diagnostic OverlayShape(string element, string shape, Location place) =>
        Error("GM0365", $"there is no `{element}`: the data give an array of {shape}", place, "indices count from 1, one for each dimension");

    public static Diagnostic OverlayValue(string element, Location place) =>
        Error("GM0366", $"`{element}` is one element and takes one number", place, null);

    public static Diagnostic UnknownElement(string element, string name, Location place) =>
        Error("GM0367", $"there is no `{element}`: the model has no variable `{name}`", place, null);

    private static Diagnostic NaNBecause(string fact, Location place) =>
        Error("GM0359", fact + ", which is not a value", place, "a missing value is null in JSON, and NA or empty in a table");

    private static string Cells(int n) => n == 1 ? "1 cell" : n.ToString(CultureInfo.InvariantCulture) + " cells";

    private static string Quote(string found) => "\"" + (found.Length <= LongestQuote ? found : found[..LongestQuote] + "…") + "\"";

    private static Diagnostic Error(string id, string message, Location? place, string? remedy) => new(id, Severity.Error, message, place, remedy);
}
