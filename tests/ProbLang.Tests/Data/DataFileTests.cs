using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ProbLang.Datasets;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Datasets;

public class DataFileTests
{
    private static DataReading Json(string text) => DataFile.Read(new DataBytes("data.json", Encoding.UTF8.GetBytes(text)), DataFormat.Json);

    private static DataReading Csv(string text) => DataFile.Read(new DataBytes("data.csv", Encoding.UTF8.GetBytes(text)), DataFormat.Csv);

    private static string Message(DataReading reading) =>
        string.Join("\n", reading.Diagnostics.Concat(reading.Faults.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value)).Concat(reading.Data.Arrays.Values.Select(a => a.NotNumbers).OfType<Diagnostic>()));

    [Fact]
    public void A_JSON_object_gives_arrays_by_name_row_major()
    {
        var data = Json("""{ "J": 2, "X": [[1, 2, 3], [4, null, 6]], "ok": [true, false], "e": [], "f": [[], []], "b": ["Inf", "-Infinity"] }""").Data.Arrays;
        Assert.Empty(data["J"].Shape);
        Assert.Equal([2.0], data["J"].Values);
        Assert.Equal([2, 3], data["X"].Shape);
        Assert.Equal([1.0, 2, 3, 4, 0, 6], data["X"].Values);
        Assert.Equal([4], Enumerable.Range(0, 6).Where(data["X"].IsMissing));
        Assert.Null(data["ok"].Missing);
        Assert.Equal([1.0, 0], data["ok"].Values);
        Assert.Equal([0], data["e"].Shape);
        Assert.Equal([2, 0], data["f"].Shape);
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity], data["b"].Values);
    }

    [Fact]
    public void A_table_gives_a_vector_for_each_column_and_a_matrix_for_columns_with_brackets()
    {
        var data = Csv("\"\",x[2],y,\"x[1]\"\r\n1,0.5,1,10\r\n2,,NA,20\r\n3,-1e-3,TRUE,30\r\n").Data.Arrays;
        Assert.Equal(["x", "y"], data.Keys.Order());
        Assert.Equal([3, 2], data["x"].Shape);
        Assert.Equal([10, 0.5, 20, 0, 30, -1e-3], data["x"].Values);
        Assert.True(data["x"].IsMissing(3));
        Assert.Equal([1.0, 0, 1], data["y"].Values);
        Assert.True(data["y"].IsMissing(1));
        Assert.Equal((3, 4), (data["y"].Place(1)!.Line, data["y"].Place(1)!.Column));
    }

    [Fact]
    public void A_blank_line_in_a_table_of_one_column_is_a_missing_cell_unless_it_ends_the_file()
    {
        var y = Csv("y\n1\n\n3\n\n\n").Data.Arrays["y"];
        Assert.Equal([1.0, 0, 3], y.Values);
        Assert.True(y.IsMissing(1));
        Assert.Equal(4, y.Place(2)!.Line);
        Assert.Equal([1.0, 2], Csv("y,z\n1,5\n\n2,6\n").Data.Arrays["y"].Values);
    }

    [Fact]
    public void The_place_of_a_cell_is_its_line_and_column_in_the_file()
    {
        var x = Json("{\n  \"é\": 1, \"x\": [[1, 22],\n    [\"Inf\", 4]]\n}").Data.Arrays["x"];
        Assert.Equal([(2, 18, 1), (2, 21, 2), (3, 6, 5), (3, 13, 1)], Enumerable.Range(0, 4).Select(c => (x.Place(c)!.Line, x.Place(c)!.Column, x.Place(c)!.Length)));
        var table = Csv("a,\"b\nc\",x\n1,\"2\n\",3\n4,5,66\n").Data.Arrays["x"];
        Assert.Equal([(4, 3, 1), (5, 5, 2)], Enumerable.Range(0, 2).Select(c => (table.Place(c)!.Line, table.Place(c)!.Column, table.Place(c)!.Length)));
    }

    [Theory]
    [InlineData("""{ "y": [1, 2""", "data.json:1:12: error GM0353: the JSON ends before it is complete")]
    [InlineData("", "data.json:1:1: error GM0353: the JSON ends before it is complete")]
    [InlineData("""{ "y": [1, 2,] }""", "data.json:1:13: error GM0353: no value follows this comma")]
    [InlineData("""{ "y": [1, nope] }""", "data.json:1:12: error GM0353: \"nope\" cannot stand here in JSON")]
    [InlineData("""{ "y": [1, NaN] }""", "data.json:1:12: error GM0359: NaN stands here, which is not a value")]
    [InlineData("""{ "y": [1, "NaN"] }""", "data.json:1:12: error GM0359: `y` has NaN, which is not a value")]
    [InlineData("""[1, 2]""", "data.json:1:1: error GM0354: the data are not named")]
    [InlineData("""{ "y": [[1, 2], [3]] }""", "data.json:1:17: error GM0357: the parts of the array `y` differ in length")]
    [InlineData("""{ "y": [1, [2]] }""", "data.json:1:12: error GM0357: the parts of the array `y` differ in length")]
    [InlineData("""{ "y": [[], 1] }""", "data.json:1:13: error GM0357: the parts of the array `y` differ in length")]
    [InlineData("""{ "y": ["abc"] }""", "data.json:1:9: error GM0358: `y` has \"abc\" where a number is expected")]
    [InlineData("""{ "y": { "z": 1 }, "w": 1 }""", "data.json:1:8: error GM0358: `y` is an object where a number or an array of numbers is expected")]
    [InlineData("""{ "y": 1, "y": 2 }""", "data.json:1:11: error GM0356: `y` is given twice in one file")]
    [InlineData("""{ "y": 1e999 }""", "data.json:1:8: error GM0360: `y` has \"1e999\", which is too large for a number")]
    public void A_mistake_in_JSON_is_reported_where_it_is(string text, string expected) => Assert.StartsWith(expected + "\n", Message(Json(text)) + "\n");

    [Theory]
    [InlineData("x,y\n1,2\n3,abc\n", "data.csv:3:3: error GM0358: the column `y` holds numbers, but line 3 has \"abc\"")]
    [InlineData("x,y\n1,2\n3\n", "data.csv:3:1: error GM0361: this row has 1 cell, but the first line names 2")]
    [InlineData("x,y\n1,2,3\n", "data.csv:2:1: error GM0361: this row has 3 cells, but the first line names 2")]
    [InlineData("x,y\n", "data.csv:1:1: error GM0362: the table has no rows")]
    [InlineData("", "data.csv:1:1: error GM0362: the table has no rows")]
    [InlineData("y,y\n1,2\n", "data.csv:1:3: error GM0356: `y` is given twice in one file")]
    [InlineData("x[1],x[3]\n1,2\n", "data.csv:1:1: error GM0363: the columns of `x` are incomplete: there is no `x[2]`")]
    [InlineData("x[1],x[0]\n1,2\n", "data.csv:1:6: error GM0364: the column header `x[0]` has an index that is not a number from 1")]
    [InlineData("x,x[1]\n1,2\n", "data.csv:1:3: error GM0356: `x` is given twice in one file")]
    [InlineData("y\nnan\n", "data.csv:2:1: error GM0359: `y` has NaN, which is not a value")]
    public void A_mistake_in_a_table_is_reported_where_it_is(string text, string expected) => Assert.StartsWith(expected + "\n", Message(Csv(text)) + "\n");

    [Fact]
    public void A_fault_of_one_column_leaves_the_others()
    {
        var reading = Csv("state,y\nnan,1\nIowa,2\n");
        Assert.Empty(reading.Diagnostics);
        Assert.Equal("state", Assert.Single(reading.Faults).Key);
        Assert.Equal([1.0, 2], reading.Data.Arrays["y"].Values);
    }

    [Theory]
    [InlineData("""{ "s": [["Ohio", null, "NA"], ["", "a\"b\u00e9\n", 1.50]] , "t": 1}""", "Ohio", null, "NA", "", "a\"bé\n", "1.50")]
    [InlineData("""{ "s": [true, 007e1, "1", "NA", "Inf", "x"] }""")]
    [InlineData("""{ "s": [true, 7e1, "1", "NA", "Inf", 1e999], "t": 1 }""", "true", "7e1", "1", "NA", "Inf", "1e999")]
    [InlineData("""{ "s": [01] }""")]
    public void Labels_in_JSON_are_text_or_what_stands_for_a_number(string text, params string?[] labels)
    {
        if (labels.Length == 0) Assert.NotEmpty(Json(text).Diagnostics);
        else Assert.Equal<IEnumerable<string?>>(labels, Json(text).Data.Arrays["s"].ReadLabels());
    }

    [Fact]
    public void Labels_in_a_table_are_the_text_of_the_cells_and_those_of_a_matrix_are_row_major()
    {
        var labels = Csv("s[2],n,s[1]\n\"a, \"\"b\"\"\",1,007\nNA,2,\n 1e999 ,3,\"two\nlines\"\n").Data.Arrays["s"];
        Assert.Equal([3, 2], labels.Shape);
        Assert.Equal<IEnumerable<string?>>(["007", "a, \"b\"", null, null, "two\nlines", "1e999"], labels.ReadLabels());
        Assert.Equal([false, false, true, true, false, false], labels.Missing!);
        Assert.Equal("data.csv:2:1: error GM0358: the column `s[2]` holds numbers, but line 2 has \"a, \"b\"\"", labels.NotNumbers!.ToString().Split('\n')[0]);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_character() =>
        Assert.StartsWith("data.json:1:8: error GM0368: `y` has text with half of a surrogate pair", Message(Json("""{ "y": "\ud800" }""")));

    [Fact]
    public void An_element_given_by_itself_may_be_a_label()
    {
        var y = Json("""{ "y": ["a", "b", null] }""").Data.Arrays["y"];
        foreach (var (given, expected) in new[] { ("y[3]=c", "c"), ("y[3]=\"c d\"", "c d"), ("y[3]=7", "7"), ("y[3]=null", null) })
            Assert.Equal<IEnumerable<string?>>(["a", "b", expected], GivenArgument.Parse(given)!.Overlay!.Onto(y, out _).ReadLabels());
        Assert.Equal("GM0353", GivenArgument.Parse("y=c")!.Reading.Data.Arrays["y"].NotNumbers!.Id);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped_and_other_bytes_that_are_not_UTF_8_are_reported()
    {
        Assert.Equal([7.0], DataFile.Read(new DataBytes("d.csv", [0xEF, 0xBB, 0xBF, .. "y\n7\n"u8]), DataFormat.Csv).Data.Arrays["y"].Values);
        Assert.Equal([7.0], DataFile.Read(new DataBytes("d.json", [0xEF, 0xBB, 0xBF, .. "{\"y\": 7}"u8]), DataFormat.Json).Data.Arrays["y"].Values);
        Assert.StartsWith("d.csv:2:3: error GM0350: the file is not UTF-8 text", Message(DataFile.Read(new DataBytes("d.csv", [.. "y\n76"u8, 0xFF, .. "\n"u8]), DataFormat.Csv)));
    }

    [Fact]
    public void Nesting_without_end_is_a_message() =>
        Assert.StartsWith("data.json:1:22: error GM0355: an array has more than 16 dimensions", Message(Json("{\"y\":" + new string('[', 100_000))));

    [Fact]
    public void Any_table_of_numbers_is_read_back_as_it_was_written() => Prop.ForAll<NormalFloat[], bool[]>((numbers, holes) =>
    {
        var cells = numbers.Select((n, i) => i < holes.Length && holes[i] ? null : (double?)n.Item).Append(0).ToArray();
        var text = "y\n" + string.Concat(cells.Select(c => (c is { } v ? v.ToString("R", CultureInfo.InvariantCulture) : "NA") + "\n"));
        var y = Csv(text).Data.Arrays["y"];
        return cells.Select((c, i) => c is null ? y.IsMissing(i) : !y.IsMissing(i) && y.Values[i] == c).All(same => same);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_labels_are_read_back_as_they_were_written() => Prop.ForAll<NonNull<string>[], bool[]>((texts, holes) =>
    {
        var labels = texts.Select((t, i) => i < holes.Length && holes[i] ? null : SpecialNumbers.IsNaN(t.Get) ? "n" : t.Get).Append("end").ToArray();
        using var json = new StringWriter();
        JsonText.Write(json, [new DataArray("s", [labels.Length], new double[labels.Length], Array.ConvertAll(labels, l => l is null), _ => null) { Texts = () => labels }]);
        // A cell of a table loses the space around it, and an empty one is missing.
        var cells = Array.ConvertAll(labels, l => l?.Trim() is { Length: > 0 } text && text != "NA" && !SpecialNumbers.IsNaN(text) ? text : null);
        var table = "n,s\n" + string.Concat(cells.Select(c => $"1,\"{c?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"));
        return Json(json.ToString()).Data.Arrays["s"].ReadLabels().SequenceEqual(labels) && Csv(table).Data.Arrays["s"].ReadLabels().SequenceEqual(cells);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_element_given_by_itself_lies_over_the_array()
    {
        var y = Json("""{ "y": [[1, 2], [3, 4]] }""").Data.Arrays["y"];
        var overlay = GivenArgument.Parse("y[2,1]=7.5")!.Overlay!;
        var changed = overlay.Onto(y, out var mistake);
        Assert.Null(mistake);
        Assert.Equal([1, 2, 7.5, 4], changed.Values);
        Assert.True(GivenArgument.Parse("y[1,1]=null")!.Overlay!.Onto(changed, out _).IsMissing(0));
        GivenArgument.Parse("y[3,1]=1")!.Overlay!.Onto(y, out mistake);
        Assert.Equal("--given:1:1: error GM0365: there is no `y[3, 1]`: the data give an array of 2 × 2", mistake!.ToString().Split('\n')[0]);
        Assert.Equal([1.0, 2], GivenArgument.Parse("z=[1, 2]")!.Reading.Data.Arrays["z"].Values);
        Assert.Null(GivenArgument.Parse("z"));
    }
}
