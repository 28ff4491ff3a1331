using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace ProbLang.Tests.Datasets;

public class HostDataTests
{
    [Fact]
    public void Data_of_a_program_are_numbers_and_arrays_of_any_kind()
    {
        var arrays = Data.Of(new
        {
            n = 3,
            ok = true,
            y = new double?[] { 1, null, 3 },
            grid = new[,] { { 1, 2, 3 }, { 4, 5, 6 } },
            rows = new List<float[]> { new[] { 1f, 2f }, new[] { 3f, 4f } },
            none = Array.Empty<int>(),
        }).Reading.Data.Arrays;
        Assert.Empty(arrays["n"].Shape);
        Assert.Equal([1.0], arrays["ok"].Values);
        Assert.True(arrays["y"].IsMissing(1));
        Assert.Equal([2, 3], arrays["grid"].Shape);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], arrays["grid"].Values);
        Assert.Equal([2, 2], arrays["rows"].Shape);
        Assert.Equal([0], arrays["none"].Shape);
        Assert.Equal([0, 3], Data.Of(new { x = new double[0, 3] }).Reading.Data.Arrays["x"].Shape);
        Assert.Equal([5.0], Data.Of(new Dictionary<string, object?> { ["x"] = 5 }).Reading.Data.Arrays["x"].Values);
    }

    [Fact]
    public void What_is_no_data_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = new DateTime(2020, 1, 1) }));
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = double.NaN }));
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = new object[] { new[] { 1 }, 2 } }));
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = "a\ud800b" }));
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = "a\udc00\ud800" }));
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = new object[] { 1, new[] { 2 } } }));
    }

    private enum Size { Small, Large }

    [Fact]
    public void Text_truth_values_and_enumerations_are_labels()
    {
        var arrays = Data.Of(new
        {
            text = new[] { "b", null, "a" },
            truth = new bool?[] { true, null, false },
            size = new[] { Size.Large, Size.Small },
            mixed = new object?[] { 1.5, null, 'c' },
            number = new[] { 1, 2 },
            one = "\ud83d\ude00",
        }).Reading.Data.Arrays;
        Assert.Equal<IEnumerable<string?>>(["b", null, "a"], arrays["text"].ReadLabels());
        Assert.Equal("error GM0358: `text` has \"b\" where a number is expected", arrays["text"].NotNumbers!.ToString().Split('\n')[0]);
        Assert.Equal<IEnumerable<string?>>(["true", null, "false"], arrays["truth"].ReadLabels());
        Assert.Equal([1.0, 0, 0], arrays["truth"].Values);
        Assert.Equal<IEnumerable<string?>>(["Large", "Small"], arrays["size"].ReadLabels());
        Assert.Equal([1.0, 0], arrays["size"].Values);
        Assert.Null(arrays["size"].NotNumbers);
        Assert.Equal<IEnumerable<string?>>(["1.5", null, "c"], arrays["mixed"].ReadLabels());
        Assert.Equal<IEnumerable<string?>>(["\ud83d\ude00"], arrays["one"].ReadLabels());
        Assert.Equal<IEnumerable<string?>>(["1", "2"], arrays["number"].ReadLabels());
    }

    [Fact]
    public void An_array_without_elements_has_the_dimensions_of_its_type()
    {
        var arrays = Data.Of(new { a = Array.Empty<double[]>(), b = new List<double[,]>(), c = new double[2][][] { [], [] }, d = new double[0, 3][], e = new[] { new double[0, 3], new double[0, 3] }, f = Array.Empty<object>() }).Reading.Data.Arrays;
        Assert.Equal([0, 0], arrays["a"].Shape);
        Assert.Equal([0, 0, 0], arrays["b"].Shape);
        Assert.Equal([2, 0, 0], arrays["c"].Shape);
        Assert.Equal([0, 3, 0], arrays["d"].Shape);
        Assert.Equal([2, 0, 3], arrays["e"].Shape);
        Assert.Equal([0], arrays["f"].Shape);
        Assert.All(arrays.Values, a => Assert.Empty(a.Values));
        var records = Data.OfRecords([new { x = Array.Empty<double[]>() }, new { x = Array.Empty<double[]>() }]).Reading.Data.Arrays;
        Assert.Equal([2, 0, 0], records["x"].Shape);
        var model = Model.Compile("input N: count\ninput K: count\ninput x[N, K]: real\nmu ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(mu * sum(x[i]), 1) }").Model;
        Assert.Empty(model.Condition(Data.Of(new { K = 2, x = Array.Empty<double[]>(), y = Array.Empty<double>() })).Warnings);
    }

    [Fact]
    public void A_decimal_number_is_labelled_as_it_is()
    {
        var array = Data.Of(new { x = new[] { 1m, 1.0m, 0.10m, 1234567890.123456789m, 9007199254740993m, 9007199254740992m, -0.0000001m, 0.12345678901234567890m, 10000000000000000m } }).Reading.Data.Arrays["x"];
        Assert.Equal<IEnumerable<string?>>(["1", "1", "0.1", "1234567890.123456789", "9007199254740993", "9007199254740992", "-1E-07", "0.1234567890123456789", "10000000000000000"], array.ReadLabels());
        Assert.Equal([1, 1, 0.1, 1234567890.123456789, 9007199254740992, 9007199254740992, -1e-7, 0.1234567890123456789, 1e16], array.Values);
        Assert.Null(array.NotNumbers);
        // One label of one number, whatever its type.
        Assert.Equal<IEnumerable<string?>>(["10000000000000000", "0.1", "1"], Data.Of(new { x = new[] { 1e16, 0.1, 1 } }).Reading.Data.Arrays["x"].ReadLabels());
        Assert.Equal<IEnumerable<string?>>(["10000000000000000", "a"], Data.Of(new { x = new object[] { 10000000000000000, "a" } }).Reading.Data.Arrays["x"].ReadLabels());
    }

    [Fact]
    public void Numbers_of_json_are_labelled_as_they_are()
    {
        var json = JsonSerializer.Deserialize<JsonElement>("""{ "x": [1, 1.0, 9007199254740993, 9007199254740992, -9007199254740995, 36893488147419103233, 1e3, 18446744073709551615] }""");
        foreach (var array in new[] { Data.Of(json), Data.Of(new { x = JsonNode.Parse(json.GetRawText())!["x"] }), Data.OfRecords([json, json]) }.Select(d => d.Reading.Data.Arrays["x"]))
        {
            Assert.Equal<IEnumerable<string?>>(["1", "1", "9007199254740993", "9007199254740992", "-9007199254740995", "36893488147419103233", "1000", "18446744073709551615"], array.ReadLabels().Take(8));
            Assert.Equal([1.0, 1, 9007199254740992, 9007199254740992, -9007199254740996, 36893488147419103232.0, 1000, 18446744073709551616.0], array.Values.Take(8));
            Assert.Null(array.NotNumbers);
        }
        Assert.Throws<ArgumentException>(() => Data.Of(JsonSerializer.Deserialize<JsonElement>("""{ "x": 1, "x": 2 }""")));
    }

    [Fact]
    public void The_name_of_the_number_of_rows_is_one_of_the_model()
    {
        var model = Model.Compile("input N: count\ninput groups: count\nmu ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(mu, groups) }").Model;
        Assert.Equal("DataOptions.RowSize is `n`, but the model has no `n`; did you mean `N`?", Mistake("n"));
        Assert.Equal("DataOptions.RowSize is `rows`, but the model has no `rows`.", Mistake("rows"));
        Assert.Empty(model.Condition(Records("N")).Warnings);
        Assert.Equal("DataOptions.RowSize is `row`, but the object has no `row`; did you mean `rows`?", Assert.Throws<ArgumentException>(() => Data.Of(new { rows = 2 }, new DataOptions { RowSize = "row" })).Message);
        Assert.Equal([2.0], Data.Of(new { N = 2 }, new DataOptions { RowSize = "N" }).Reading.Data.Arrays["N"].Values);
        Assert.NotNull(Data.Of(new { RowCount = 2 }, new DataOptions { RowSize = "row_count" }));
        // Where the model has no sizes, it is like any name that it does not know.
        Assert.Contains("`N`", Assert.Single(Model.Compile("for i in 1..2 { y[i] ~ Normal(0, 1) }").Model.Condition(Data.OfRecords([new { y = 1 }, new { y = 2 }], new DataOptions { RowSize = "N" })).Warnings).Message, StringComparison.Ordinal);

        Data Records(string size) => Data.OfRecords([new { y = 1 }, new { y = 2 }], new DataOptions { RowSize = size }).With(Data.Of(new { groups = 1 }));

        string Mistake(string size) => Assert.Throws<ArgumentException>(() => model.Condition(Records(size))).Message;
    }

    [Fact]
    public void Rows_may_differ_in_length()
    {
        var array = Data.Of(new { x = new[] { [1.0], [], new double?[] { 2, null, 3 } } }).Reading.Data.Arrays["x"];
        Assert.Equal([3, 3], array.Shape);
        Assert.Equal([1, 0, 3], array.Rows!.Lengths(1));
        Assert.Equal([1.0, 0, 0, 0, 0, 0, 2, 0, 3], array.Values);
        Assert.Equal("FTTTTTFTF", string.Concat(array.Missing!.Select(m => m ? 'T' : 'F')));
    }

    [Fact]
    public void Later_data_win_variable_by_variable()
    {
        var data = Data.Of(new { x = 1, y = 2 }).With(Data.Of(new { y = 3, z = 4 })).With(Data.Given("z=5"));
        Assert.Equal([1.0, 3, 5], data.Reading.Data.Arrays.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Value.Values[0]));
        Assert.Single(Data.Given("x[2]=1").With(Data.Given("x[3]=1")).Overlays, o => o.Element == "x[2]");
        Assert.Empty(Data.Given("x[2]=1").With(Data.Of(new { x = new[] { 1, 2, 3 } })).Overlays);
        Assert.Throws<FormatException>(() => Data.Given("x"));
        Assert.Throws<DataException>(() => Data.Given("x=[1, 2"));
    }
}
