using System.Collections;
using System.Collections.Immutable;
using System.Data;
using System.Dynamic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Scoring;

/// <summary>Rows of a host are read as its data are.</summary>
public class RowReadingTests
{
    private const string Everything = """
        input N: count
        input x[N, 2]
        input kind[N]: category
        input size[N]
        param b: real
        for i in 1..N {
            z[i] ~ Bernoulli(0.3)
            y[i] ~ Normal(b * x[i, 1] + x[i, 2] + kind[i] + size[i] + z[i], 1)
        }
        """;

    private enum Kind { Red, Blue }

    private sealed record Named(double[] X, Kind Kind, decimal Size, bool? Z, double Y)
    {
        public int NotLookedAt => throw new InvalidOperationException("nobody wants this");
    }

    private readonly record struct Row(ReadOnlyMemory<float> X, string Kind, Half Size, bool Z, object Y);

    private static Scorer Everyone() => Scorer(Everything, new { b = 2.0, x = new[,] { { 1.0, 2 }, { 3, 4 } }, kind = new[] { "Red", "Blue" }, size = new[] { 1, 2 }, y = new[] { 1.0, 2 } });

    [Fact]
    public void A_row_is_any_object_that_names_its_values()
    {
        var scorer = Everyone();
        double[] expected = [0.5, 3, scorer.Inputs.Single(f => f.Name == "kind").Levels.IndexOf("Blue") + 1, 1.5, 1, 4];
        Assert.Equal(["x", "kind", "size", "z", "y"], scorer.Inputs.Select(f => f.Name));
        dynamic expando = new ExpandoObject();
        (expando.x, expando.kind, expando.size, expando.z, expando.y) = (new List<double> { 0.5, 3 }, "Blue", 1.5, true, 4);
        var json = """{ "x": [0.5, 3], "kind": "Blue", "size": 1.5, "z": true, "y": 4, "id": { "not": "looked at" } }""";
        object[] rows =
        [
            new { x = new[] { 0.5, 3 }, kind = "Blue", size = 1.5, z = true, y = 4 },
            new Named([0.5, 3], Kind.Blue, 1.50m, true, 4),
            new Row(new[] { 0.5f, 3 }, "Blue", (Half)1.5, true, 4L),
            new Dictionary<string, object?> { ["x"] = new float[] { 0.5f, 3 }, ["kind"] = "Blue", ["size"] = 1.5m, ["z"] = 1, ["y"] = (byte)4, ["other"] = new object() },
            new SortedList<string, object> { ["x"] = ImmutableArray.Create(0.5, 3), ["kind"] = Kind.Blue, ["size"] = 1.5f, ["z"] = 1.0, ["y"] = 4u },
            new Hashtable { ["x"] = new ArrayList { 0.5, 3 }, ["kind"] = "Blue", ["size"] = 1.5, ["z"] = true, ["y"] = 4 },
            new[] { KeyValuePair.Create("x", (object)new[] { 0.5, 3 }), KeyValuePair.Create("kind", (object)"Blue"), KeyValuePair.Create("size", (object)1.5), KeyValuePair.Create("z", (object)"true"), KeyValuePair.Create("y", (object)4) },
            expando,
            JsonSerializer.SerializeToElement(JsonNode.Parse(json)),
            JsonNode.Parse(json)!,
            JsonNode.Parse(json)!.AsObject().ToDictionary(p => p.Key, p => p.Value),
        ];
        foreach (var row in rows) Assert.Equal(expected, scorer.Encode(row));
    }

    [Fact]
    public void A_row_of_a_query_is_named_by_its_columns_as_the_model_or_as_properties_are()
    {
        var scorer = Everyone();
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var (name, type) in new[] { ("x", typeof(double[])), ("Kind", typeof(string)), ("SIZE", typeof(decimal)), ("z", typeof(bool)), ("Y", typeof(double)), ("At", typeof(DateTime)) }) table.Columns.Add(name, type);
        table.Rows.Add(new[] { 0.5, 3 }, "Blue", 1.5m, true, DBNull.Value, DateTime.UnixEpoch);
        double[] expected = [0.5, 3, scorer.Inputs.Single(f => f.Name == "kind").Levels.IndexOf("Blue") + 1, 1.5, 1, double.NaN];
        Assert.Equal(expected, scorer.Encode(table.Rows[0]));
        using var reader = table.CreateDataReader();
        Assert.True(reader.Read());
        Assert.Equal(expected, scorer.Encode(reader));
        using var document = JsonDocument.Parse("""{ "x": [0.5, 3], "kind": "Blue", "size": 1.5, "z": true }""");
        Assert.Equal(expected, scorer.Encode(document));
        table.Columns.Remove("SIZE");
        Assert.StartsWith("the row has no `size`", Assert.Throws<ArgumentException>("size", () => scorer.Encode(table.Rows[0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_outcome_in_a_row_of_a_query_is_told()
    {
        var scorer = Scorer("input N: count\nfor i in 1..N { height[i] ~ Normal(0, 1) }", new { height = new[] { 1.0, 2 } });
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("Id", typeof(int));
        table.Columns.Add("Heigth", typeof(double));
        table.Rows.Add(1, 2.0);
        Assert.StartsWith("the row has no `height`, but `Heigth`", Assert.Throws<ArgumentException>("height", () => scorer.Score(table.Rows[0], TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        table.Columns["Heigth"]!.ColumnName = "HEIGHT";
        Assert.Equal(-2 - Math.Log(2 * Math.PI) / 2, scorer.Score(table.Rows[0], TestContext.Current.CancellationToken), 12);
    }

    [Fact]
    public void Dictionaries_may_be_of_one_type_of_values()
    {
        var numbers = Scorer("input N: count\ninput x[N]\nfor i in 1..N { y[i] ~ Normal(x[i], 1) }", new { x = new[] { 1.0, 2 }, y = new[] { 1.0, 2 } });
        Assert.Equal([0.5, 4], numbers.Encode(new Dictionary<string, double> { ["y"] = 4, ["x"] = 0.5 }));
        Assert.Equal([0.5, double.NaN], numbers.Encode(new Dictionary<string, double?> { ["y"] = null, ["x"] = 0.5 }.ToImmutableDictionary()));
        Assert.Equal([1, 4], numbers.Encode(new Dictionary<string, int> { ["y"] = 4, ["x"] = 1 }.AsReadOnly()));
        var labels = Scorer("input N: count\ninput kind[N]: category\nfor i in 1..N { c[i]: category ~ Categorical([0.5, if kind[i] == \"a\" then 0.5 else 0.5]) }", new { kind = new[] { "a", "b" }, c = new[] { "u", "v" } });
        Assert.Equal([2, 1], labels.Encode(new Dictionary<string, string> { ["kind"] = "b", ["c"] = "u" }));
        Assert.Equal([1, double.NaN], labels.Encode(new Dictionary<string, char> { ["kind"] = 'a' }));
    }

    [Fact]
    public void What_is_missing_is_an_outcome()
    {
        var scorer = Everyone();
        var whole = new { x = new[] { 0.5, 3 }, kind = "Red", size = 1, z = false, y = 2.0 };
        foreach (var none in new object?[] { null, DBNull.Value, double.NaN, default(JsonElement), JsonSerializer.SerializeToElement<string?>(null) })
        {
            Assert.Equal([0.5, 3, 1, 1, double.NaN, double.NaN], scorer.Encode(new { whole.x, kind = "Blue", whole.size, z = none, y = none }));
            var mistake = Assert.Throws<ArgumentException>(() => scorer.Score(new { whole.x, whole.kind, size = none }));
            Assert.Equal(("size", "`size` is missing, and no outcome that could be (Parameter 'size')"), (mistake.ParamName, mistake.Message));
        }
    }

    [Theory]
    [InlineData("size", "`size` has \"c\" where a number is expected")]
    [InlineData("at", "`size` is a date, which is no number")]
    [InlineData("id", "`size` has \"00000000-0000-0000-0000-000000000000\" where a number is expected")]
    [InlineData("nothing", "`size` is an object without a value")]
    [InlineData("stream", "`size` is of the type MemoryStream, which is neither a number nor text")]
    [InlineData("ragged", "The parts of the array `size` differ in how many dimensions they have.")]
    [InlineData("object", "`size` is an object, which is neither a number nor text nor an array of these.")]
    public void What_is_no_data_is_said_of_its_field(string what, string why)
    {
        using var stream = new MemoryStream();
        object size = what switch { "size" => 'c', "at" => DateTime.UnixEpoch, "id" => Guid.Empty, "nothing" => new object(), "stream" => stream, "ragged" => new object[] { 1, new[] { 1 } }, _ => JsonSerializer.SerializeToElement(new { a = 1 }) };
        var mistake = Assert.Throws<ArgumentException>(() => Everyone().Score(new { x = new[] { 0.5, 3 }, kind = "Red", size, y = 2.0 }));
        Assert.StartsWith(why, mistake.Message, StringComparison.Ordinal);
        Assert.Equal("size", mistake.ParamName);
    }

    [Fact]
    public void What_does_not_name_its_values_is_no_row()
    {
        var scorer = Everyone();
        foreach (var row in new object[] { 5, "a", new[] { "a", "b" }, new object(), JsonValue.Create(4), new JsonArray(1, 2), new Dictionary<int, double> { [1] = 2 }, JsonSerializer.SerializeToElement(new[] { 1 }) })
            Assert.Throws<ArgumentException>(() => scorer.Encode(row));
        var twice = Assert.Throws<ArgumentException>(() => scorer.Encode(JsonSerializer.Deserialize<JsonElement>("""{ "size": 1, "size": 2 }""")));
        Assert.Equal(("size", "the row has two values by the name `size` (Parameter 'size')"), (twice.ParamName, twice.Message));
    }

    [Fact]
    public void Keys_are_in_normal_form_as_names_of_the_model_are()
    {
        var scorer = Scorer("input N: count\ninput µ[N]\nfor i in 1..N { y[i] ~ Normal(µ[i], 1) }", new { µ = new[] { 1.0, 2 }, y = new[] { 1.0, 2 } });
        Assert.Equal([3.0, 4], scorer.Encode(new Dictionary<string, double> { ["\u00B5"] = 3, ["y"] = 4 }));
        Assert.Equal([3.0, 4], scorer.Encode(new Dictionary<string, double> { ["\u03BC"] = 3, ["y"] = 4 }));
    }

    [Fact]
    public void Labels_that_are_whole_numbers_beyond_a_double_stay_apart()
    {
        const string model = "input N: count\ninput id[N]: category\nparam a[3]\nfor i in 1..N { y[i] ~ Normal(a[id[i]], 1) }";
        const long first = 9007199254740992, second = first + 1, third = 12345678901234567;
        var parameters = new { a = new[] { 1.0, 2, 3 }, y = new[] { 1.0, 2, 3 } };
        var json = $$"""{ "id": [{{first}}, {{second}}, {{third}}] }""";
        foreach (var ids in new[] { Data.Of(new { id = new[] { first, second, third } }), Data.Of(JsonSerializer.Deserialize<JsonElement>(json)), Data.Of(new { id = new decimal[] { first, second, third } }), Data.OfJson(json) })
        {
            var scorer = Model.Compile(model).Model.Condition(ids.With(Data.Of(parameters))).Scorer();
            foreach (var id in new[] { first, second, third })
            {
                var code = scorer.Inputs.Single(f => f.Name == "id").Levels.IndexOf($"{id}") + 1.0;
                Assert.NotEqual(0, code);
                foreach (var row in new object[] { new { id }, new { id = (decimal)id }, new { id = (ulong)id }, new { id = $"{id}" }, JsonSerializer.SerializeToElement(new { id }), new Dictionary<string, object> { ["id"] = id } })
                    Assert.Equal([code, double.NaN], scorer.Encode(row));
            }
            double[] expected = [-0.5 * Math.Log(2 * Math.PI), -0.5 * Math.Log(2 * Math.PI), -0.5 * Math.Log(2 * Math.PI)];
            var y = ((string[])[$"{first}", $"{second}", $"{third}"]).Select(l => scorer.Inputs.Single(f => f.Name == "id").Levels.IndexOf(l) + 1.0).ToArray();
            Assert.Equal(expected, scorer.ScoreAll(ids.With(Data.Of(new { y })), TestContext.Current.CancellationToken), (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Fact]
    public void An_array_of_no_columns_is_taken_by_its_rank()
    {
        var scorer = Scorer("input N: count\ninput K: count\ninput x[N, K, 2]\nfor i in 1..N { y[i] ~ Normal(sum(x[i]), 1) }", new { K = 0, x = new double[3, 0, 2], y = new[] { 1.0, 2, 3 } });
        Assert.Equal([1.0], scorer.Encode(new { x = new double[0, 2], y = 1 }));
        Assert.Throws<ArgumentException>(() => scorer.Encode(new { x = new double[0, 3], y = 1 }));
    }

    private static Scorer Scorer(string model, object data) => Model.Compile(model).Model.Condition(Data.Of(data)).Scorer();
}
