using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Numerics;
using ProbLang.Tests.Programs;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

/// <summary>Arrays whose rows differ in length: sizes, roles, values and mistakes.</summary>
public class RaggedTests
{
    private const string Groups = """
        input N: count
        input n[N]: count
        input x[N, n]
        mu ~ Normal(0, 1)
        for i in 1..N { y[i] ~ Normal(mu + x[i], 1) }
        """;

    [Fact]
    public void Cells_beyond_the_end_of_a_row_are_not_elements()
    {
        var model = Condition(Groups, Given("n", 2, 0, 3), Rows("x", [1, 2], [], [3, 4, 5]), Rows("y", [1, null], [], [2, 3, 4]));
        Assert.Equal("KKUUUUKKK", model.Roles("x"));
        Assert.Equal("OPUUUUOOO", model.Roles("y"));
        Assert.Equal([2, 0, 3], model.State("y").Rows!.Lengths(1));
        Assert.True(model.State("y").Rows!.IsAs(model.State("x").Rows));
    }

    [Fact]
    public void Sizes_are_those_of_the_rows_where_nothing_else_tells_them()
    {
        var model = Condition(Groups, Rows("x", [1, 2], [], [3, 4, 5]));
        Assert.Equal([2.0, 0, 3], model.State("n").Values);
        model = Condition("input N: count\ninput n[N]: count\nfor i in 1..N { for k in 1..n[i] { y[i, k] ~ Normal(0, 1) } }", Rows("y", [1, null], [2]));
        Assert.Equal([2.0, 1], model.State("n").Values);
        // In a table a row ends at its last cell that is filled.
        model = Condition(Groups, Given("x", [3, 3], 1, 2, null, null, null, null, 3, 4, 5));
        Assert.Equal([2.0, 0, 3], model.State("n").Values);
        model = Condition("input M: count\ninput N: count\ninput n[M, N]: count\ninput x[M, N, n]", DataOf("""{ "x": [[[1, 2], []], [[3], [4, 5]]] }"""));
        Assert.Equal([2.0, 0, 1, 2], model.State("n").Values);
    }

    [Fact]
    public void A_table_may_hold_rows_that_end_in_empty_cells()
    {
        var model = Condition(Groups, Given("n", 2, 1), Given("x", [2, 3], 1, 2, null, 3, null, null), Given("y", [2, 2], null, 1, 2, null));
        Assert.Equal([2, 2], model.State("x").Shape);
        Assert.Equal("KKKU", model.Roles("x"));
        Assert.Equal("POOU", model.Roles("y"));
    }

    [Fact]
    public void The_slow_evaluator_takes_rows_as_they_are()
    {
        var model = Condition("""
            input N: count
            input n[N]: count
            input x[N, n]
            s = sum(x)
            for i in 1..N { m[i] = mean(x[i]) + length(x[i]) + 10 * size(x) ; v[i] = 2 * x[i] + x[i] }
            t = sum(v) + max(v * x) + dot(x[3], v[3]) + sum(x[3, ..n[3]-1]) + sum(x[[3, 1]])
            u = [for i in 1..N: x[i]]
            """.Replace("u = [for i in 1..N: x[i]]", "u = sum([for i in 1..N: x[i]])", StringComparison.Ordinal), Rows("x", [1, 2], [7], [3, 4, 5]));
        Assert.Equal(22, model.State("s").Values[0]);
        Assert.Equal([1.5 + 2 + 60, 7 + 1 + 60, 4 + 3 + 60], model.State("m").Values);
        Assert.Equal(66 + 147 + 150 + 7 + 15, model.State("t").Values[0]);
        Assert.Equal(22, model.State("u").Values[0]);
        Assert.Equal([2, 1, 3], model.State("v").Rows!.Lengths(1));
    }

    [Fact]
    public void A_draw_has_the_elements_and_no_others()
    {
        var model = Model.Compile(Groups).Model!;
        var simulation = model.Condition(Data.Of(new { x = new[] { new[] { 1.0, 2 }, [3] } })).Sample(2, seed: 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["mu", "y[1,1]", "y[1,2]", "y[2,1]"], simulation.Layout.ElementNames);
        Assert.Equal(3, simulation.Draw(0, "y").Length);
        using var text = new StringWriter();
        simulation.WriteJson(text);
        var read = DataOf(text.ToString().Trim().TrimStart('[').Split("},")[0].Trim() + "}");
        Assert.Equal([2, 1], read.Single(a => a.Name == "y").Rows!.Lengths(1));
    }

    [Theory]
    [InlineData("""{ "n": [2, 3], "x": [[1, 2], [3, 4]] }""", "data.json:1:30: error GM0385: row 2 of `x` has 2 values, but `n[2]` is 3")]
    [InlineData("""{ "n": [2, 1], "x": [[1, 2], [3]], "y": [[1, 2], [3, 4]] }""", "data.json:1:50: error GM0385: row 2 of `y` has 2 values, but the model makes it 1")]
    [InlineData("""{ "n": [2, 3], "x": [[1, 2], [3, null, 4]] }""", "data.json:1:34: error GM0305: `x[2, 2]` is missing, but an input must be known")]
    [InlineData("""{ "N": 2, "n": [2, 1], "x": [[1, 2]] }""", "data.json:1:31: error GM0304: `x` is [1, 2] in the data, but the model makes it [N = 2, n up to 2]")]
    [InlineData("""{ "N": 3, "n": [2, 1], "x": [[1, 2]] }""", "data.json:1:17: error GM0304: `n` is [2] in the data, but the model makes it [N = 3]")]
    public void A_row_of_another_length_is_reported_where_it_is(string data, string expected) =>
        Assert.StartsWith(expected + "\n", TryCondition(Groups, DataOf(data)).Diagnostics.First() + "\n");

    [Fact]
    public void Rows_of_an_array_that_is_not_ragged_have_one_length()
    {
        Assert.StartsWith("data.json:1:16: error GM0385: row 2 of `X` has 1 value, but `D` is 2\n",
            MessageOf("input N: count\ninput D: count\ninput X[N, D]", DataOf("""{"X": [[1, 2], [3]]}""")) + "\n");
        Assert.StartsWith("data.json:1:16: error GM0385: row 2 of `y` has 1 value, but the rows of `y` are all of one length in the model, 2\n",
            MessageOf("y ~ Normal(0, 1) ^ (2, 2)", DataOf("""{"y": [[1, 2], [3]]}""")) + "\n");
    }

    [Theory]
    [InlineData("z = x[2, 2]", "model.gm:6:5: error GM0386: `x[2, 2]` is used here, but row 2 of `x` has 1 element")]
    [InlineData("z = sum(x[1, 2..3])", "model.gm:6:9: error GM0386: `x[1, 3]` is used here, but row 1 of `x` has 2 elements")]
    [InlineData("for i in 1..2 { z[i] = y[i, 2] }", "model.gm:6:24: error GM0386: `y[2, 2]` is used here, but row 2 of `y` has 1 element")]
    [InlineData("z = x @ [1, 2]", "model.gm:6:5: error GM0326: shapes do not agree: the rows of this array differ in length, and here they must not")]
    [InlineData("z = sum(x[1] + x[2])", "model.gm:6:9: error GM0326: shapes do not agree: `x[1]` has 2, `x[2]` has 1")]
    [InlineData("z = cols(x)", "model.gm:6:5: error GM0326: shapes do not agree: the rows of this array differ in length, so that it has no number of columns")]
    [InlineData("z ~ Normal(x, 1)", "model.gm:6:1: error GM0387: this defines several rows of `z` at once, and they differ in length")]
    [InlineData("input w[n, 2]", "model.gm:6:9: error GM0243: a size is a single number, and this is a vector")]
    [InlineData("input m[3]: count = [1, 1, 1]\ninput w[N, m]", "model.gm:7:12: error GM0388: the sizes of dimension 2 of `w` are [3], but there is one for each of [2]")]
    public void A_mistake_with_rows_is_explained(string statement, string expected)
    {
        var source = new ProbLang.Text.SourceText("model.gm", Groups + "\n" + statement);
        var bound = ProbLang.Binding.Binder.Bind(ProbLang.Syntax.Parser.Parse(source).File, source);
        var message = bound.Graph is { } graph
            ? Conditioner.Condition(graph, new DataSet(DataOf("""{ "x": [[1, 2], [3]] }""").ToDictionary(a => a.Name))).Diagnostics.First(d => d.Severity == ProbLang.Text.Severity.Error)
            : bound.Diagnostics.First(d => d.Severity == ProbLang.Text.Severity.Error);
        Assert.StartsWith(expected + "\n", message + "\n");
    }
}
