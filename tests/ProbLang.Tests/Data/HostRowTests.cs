using System.Collections;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;
using DataArray = ProbLang.Datasets.DataArray;

namespace ProbLang.Tests.Datasets;

/// <summary>What else than records are rows, and what is none.</summary>
public class HostRowTests
{
    private readonly record struct Pair(double X, int? Y);

    private record Named(double X);

    private sealed record More(double X, double Z) : Named(X);

    private sealed class WithSpan
    {
        public double X { get; init; }

        public ReadOnlySpan<double> Span => default;

        public ref double Reference => throw new InvalidOperationException();

        public unsafe int* Pointer => null;
    }

    private static IReadOnlyDictionary<string, DataArray> Arrays(Data data) => data.Reading.Data.Arrays;

    private static DataTable Table()
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("ExamScore", typeof(double));
        table.Columns.Add("Place", typeof(string));
        table.Columns.Add("At", typeof(DateTime));
        table.Rows.Add(1.5, "north", DateTime.UnixEpoch);
        table.Rows.Add(DBNull.Value, DBNull.Value, DBNull.Value);
        return table;
    }

    [Fact]
    public void Structs_that_may_be_null_are_records_and_one_that_is_null_is_told()
    {
        var arrays = Arrays(Data.OfRecords(new Pair?[] { new Pair(1, 2), new Pair(3, null) }));
        Assert.Equal(["X", "Y"], arrays.Keys);
        Assert.Equal([1.0, 3], arrays["X"].Values);
        Assert.Equal([false, true], arrays["Y"].Missing!);
        Assert.Equal("Row 2 is null. (Parameter 'rows')", Assert.Throws<ArgumentException>(() => Data.OfRecords(new Pair?[] { new Pair(1, 2), null })).Message);
        Assert.Equal(["X", "Y"], Arrays(Data.OfRecords(Array.Empty<Pair?>())).Keys);
    }

    [Fact]
    public void Objects_of_no_type_are_what_the_first_is()
    {
        Assert.Equal([1.0, 2], Arrays(Data.OfRecords(new List<object> { new { x = 1 }, new { x = 2 } }))["x"].Values);
        Assert.Equal([1.0, 2], Arrays(Data.OfRecords(new List<object> { new Dictionary<string, object?> { ["x"] = 1 }, new Dictionary<string, object?> { ["x"] = 2 } }))["x"].Values);
        Assert.Equal([1.0, 2], Arrays(Data.OfRecords(new ArrayList { new Pair(1, 0), new Pair(2, 0) }.Cast<dynamic>()))["X"].Values);
        var derived = Arrays(Data.OfRecords(new List<object> { new Named(1), new More(2, 3) }));
        Assert.Equal(["X"], derived.Keys);
        Assert.Equal([1.0, 2], derived["X"].Values);
        Assert.Empty(Arrays(Data.OfRecords(new List<object>())));
        var counted = Arrays(Data.OfRecords(new List<object>(), new DataOptions { RowSize = "N" }));
        Assert.Equal([0.0], counted["N"].Values);
    }

    [Fact]
    public void Objects_of_no_type_are_walked_once_and_told_where_they_differ()
    {
        var walks = 0;
        IEnumerable<object> Rows()
        {
            walks++;
            yield return new Named(1);
            yield return new Named(2);
        }
        Assert.Equal([1.0, 2], Arrays(Data.OfRecords(Rows()))["X"].Values);
        Assert.Equal(1, walks);
        Assert.StartsWith("Row 2 is a Named, and the first row is a More.", Refused(() => Data.OfRecords(new List<object> { new More(1, 2), new Named(1) })), StringComparison.Ordinal);
        Assert.StartsWith("Row 1 is null.", Refused(() => Data.OfRecords(new List<object> { null! })), StringComparison.Ordinal);
        Assert.StartsWith("Row 2 is null.", Refused(() => Data.OfRecords(new List<object> { new Named(1), null! })), StringComparison.Ordinal);
        Assert.StartsWith("A Object has no properties", Refused(() => Data.OfRecords(new List<object> { new() })), StringComparison.Ordinal);
        Assert.StartsWith("A Int32 has no properties", Refused(() => Data.OfRecords(new List<object> { 1 })), StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_and_documents_of_json_are_rows_and_values()
    {
        var array = JsonNode.Parse("""[{ "x": 1, "m": [1, 2] }, { "x": null, "m": [3, 4] }]""")!.AsArray();
        var arrays = Arrays(Data.OfRecords(array));
        Assert.Equal([false, true], arrays["x"].Missing!);
        Assert.Equal([1.0, 2, 3, 4], arrays["m"].Values);
        Assert.Equal([1.0, 0], Arrays(Data.OfRecords(array.Cast<object>()))["x"].Values);
        using var document = JsonDocument.Parse("""{ "x": [1, 2], "big": 9007199254740993 }""");
        Assert.Equal([1.0, 2], Arrays(Data.Of(document))["x"].Values);
        Assert.Equal<IEnumerable<string?>>(["9007199254740993"], Arrays(Data.Of(JsonNode.Parse("""{ "big": 9007199254740993 }""")!))["big"].ReadLabels());
        Assert.Equal<IEnumerable<string?>>(["a", "true"], Arrays(Data.Of(new JsonObject { ["x"] = new JsonArray("a", true) }))["x"].ReadLabels());
        Assert.StartsWith("JSON names values by an object, and this is Number.", Refused(() => Data.OfRecords(JsonNode.Parse("[1]")!.AsArray())), StringComparison.Ordinal);
        Assert.StartsWith("`x[1]` is NaN", Refused(() => Data.Of(new JsonObject { ["x"] = new JsonArray(JsonValue.Create(double.NaN)) })), StringComparison.Ordinal);
        Assert.StartsWith("`x[1]` is an object", Refused(() => Data.Of(new JsonObject { ["x"] = new JsonArray(new JsonObject()) })), StringComparison.Ordinal);
        Assert.StartsWith("An object of JSON has two values by one name.", Refused(() => Data.Of(JsonNode.Parse("""{ "x": 1, "x": 2 }""")!)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_a_table_are_named_by_its_columns_and_dates_are_passed_over()
    {
        using var table = Table();
        foreach (var data in new[] { Data.OfRecords(table.Rows.Cast<DataRow>()), Data.OfRecords(table.DefaultView.Cast<DataRowView>()), Data.OfRecords(table.Rows.Cast<object>()), Data.OfRecords(Records(table)) })
        {
            var arrays = Arrays(data);
            Assert.Equal(["ExamScore", "Place"], arrays.Keys);
            Assert.Equal([1.5, 0], arrays["ExamScore"].Values);
            Assert.Equal([false, true], arrays["ExamScore"].Missing!);
            Assert.Equal<IEnumerable<string?>>(["north", null], arrays["Place"].ReadLabels());
        }
        Assert.Equal([1.5], Arrays(Data.Of(table.Rows[0]))["ExamScore"].Values);
        var model = Model.Compile("input N: count\nfor i in 1..N { exam_score[i] ~ Normal(0, 1) }").Model;
        Assert.Equal(["exam_score"], model.Condition(Data.OfRecords(table.Rows.Cast<DataRow>())).Observed);
        var dated = Model.Compile("input N: count\nfor i in 1..N { at[i] ~ Normal(0, 1) }").Model;
        Assert.Contains("`At` is a date", Refused(() => dated.Condition(Data.OfRecords(table.Rows.Cast<DataRow>()))), StringComparison.Ordinal);
    }

    private static IEnumerable<DbDataRecord> Records(DataTable table)
    {
        using var reader = table.CreateDataReader();
        foreach (DbDataRecord record in reader) yield return record;
    }

    [Fact]
    public void What_has_many_rows_or_is_one_object_says_who_takes_it()
    {
        using var table = Table();
        using var reader = table.CreateDataReader();
        Assert.StartsWith("A DataTable has many rows: give `Data.OfReader` the reader", Refused(() => Data.Of(table)), StringComparison.Ordinal);
        Assert.StartsWith("A DataTableReader has many rows", Refused(() => Data.Of(reader)), StringComparison.Ordinal);
        Assert.StartsWith("A dictionary is one object, which `Data.Of` takes.", Refused(() => Data.OfRecords(new Dictionary<string, double> { ["y"] = 1 })), StringComparison.Ordinal);
        Assert.Equal(["Key", "Value"], Arrays(Data.OfRecords(new Dictionary<int, double> { [1] = 2 })).Keys);
    }

    [Fact]
    public void Properties_that_no_array_could_hold_are_passed_over()
    {
        Assert.Equal(["X"], Arrays(Data.Of(new WithSpan { X = 1 })).Keys);
        Assert.Equal([2.0], Arrays(Data.OfRecords([new WithSpan { X = 2 }]))["X"].Values);
    }

    [Fact]
    public void A_list_that_holds_itself_has_too_many_dimensions()
    {
        var list = new ArrayList();
        list.Add(list);
        Assert.StartsWith("`y` has more than 16 dimensions.", Refused(() => Data.Of(new { y = list })), StringComparison.Ordinal);
        var objects = new object[1];
        objects[0] = objects;
        Assert.StartsWith("`y` has more than 16 dimensions.", Refused(() => Data.OfRecords([new { y = objects }])), StringComparison.Ordinal);
        foreach (var depth in new[] { 16, 17 })
        {
            var text = new string('[', depth) + "1" + new string(']', depth);
            using var json = JsonDocument.Parse($$"""{ "y": {{text}} }""");
            object nested = 1.0;
            for (var d = 0; d < depth; d++) nested = new[] { nested };
            if (depth == 16)
            {
                Assert.Equal(16, Arrays(Data.Of(new { y = nested }))["y"].Shape.Length);
                Assert.Equal(16, Arrays(Data.Of(json.RootElement))["y"].Shape.Length);
                Assert.Equal(16, Arrays(Data.OfJson($$"""{ "y": {{text}} }"""))["y"].Shape.Length);
                continue;
            }
            Refused(() => Data.Of(new { y = nested }));
            Refused(() => Data.Of(json.RootElement));
            Refused(() => Data.Of(JsonNode.Parse($$"""{ "y": {{text}} }""")!));
            Assert.Throws<DataException>(() => Data.OfJson($$"""{ "y": {{text}} }"""));
        }
    }

    [Fact]
    public void Arrays_that_do_not_begin_at_0_are_arrays_and_segments_of_none_are_told()
    {
        var shifted = Array.CreateInstance(typeof(double), [2], [5]);
        shifted.SetValue(3.0, 6);
        Assert.Equal([0.0, 3], Arrays(Data.Of(new { y = (object)shifted }))["y"].Values);
        var grid = Array.CreateInstance(typeof(int), [2, 1], [5, -1]);
        grid.SetValue(7, 6, -1);
        var read = Arrays(Data.Of(new { y = grid }))["y"];
        Assert.Equal([2, 1], read.Shape);
        Assert.Equal([0.0, 7], read.Values);
        Assert.StartsWith("`y` is a segment of no array", Refused(() => Data.Of(new { y = default(ArraySegment<double>) })), StringComparison.Ordinal);
        Assert.Equal([2.0, 3], Arrays(Data.Of(new { y = new ArraySegment<double>([1, 2, 3], 1, 2) }))["y"].Values);
    }

    [Fact]
    public void Integers_of_any_width_are_numbers_or_labels()
    {
        var arrays = Arrays(Data.Of(new { small = (Int128)5, large = new[] { UInt128.MaxValue, UInt128.MaxValue - 1 }, any = BigInteger.Pow(10, 400), most = Int128.MaxValue, power = BigInteger.Pow(2, 100), longest = long.MaxValue }));
        Assert.Equal([5.0], arrays["small"].Values);
        Assert.Equal<IEnumerable<string?>>([UInt128.MaxValue.ToString(CultureInfo.InvariantCulture), (UInt128.MaxValue - 1).ToString(CultureInfo.InvariantCulture)], arrays["large"].ReadLabels());
        Assert.Equal<IEnumerable<string?>>([$"1{new string('0', 400)}"], arrays["any"].ReadLabels());
        Assert.Equal<IEnumerable<string?>>([Int128.MaxValue.ToString(CultureInfo.InvariantCulture)], arrays["most"].ReadLabels());
        Assert.Equal([Math.Pow(2, 100)], arrays["power"].Values);
        Assert.Equal<IEnumerable<string?>>(["9223372036854775807"], arrays["longest"].ReadLabels());
    }

    [Fact]
    public void Half_a_character_in_text_is_no_label()
    {
        var mistake = Assert.Throws<DataException>(() => Data.OfJson("{\n  \"ä\": [\"a\", \"\ud800\"] }", cancellation: TestContext.Current.CancellationToken));
        var diagnostic = Assert.Single(mistake.Diagnostics);
        Assert.Equal("GM0368", diagnostic.Id);
        Assert.Equal((2, 15), (diagnostic.Location!.Line, diagnostic.Location.Column));
    }

    private static string Refused(Action read) => Assert.Throws<ArgumentException>(read).Message;
}
