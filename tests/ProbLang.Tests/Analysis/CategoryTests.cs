using ProbLang.Datasets;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

public class CategoryTests
{
    private const string Varying = """
        input region[N]: category
        input N: count
        for r in levels(region) { a[r] ~ Normal(0, 1) }
        for i in 1..N { y[i] ~ Normal(a[region[i]], 1) }
        """;

    private static double[] Values(string text, string name, params DataArray[] data) => Condition(text, data).State(name).Values;

    [Fact]
    public void Codes_count_from_one_in_the_order_of_the_labels()
    {
        var model = Condition(Varying, Labels("region", "Texas", "Ohio", "Texas", "Iowa"));
        Assert.Equal([3.0, 2, 3, 1], model.State("region").Values);
        Assert.Equal([3], model.State("a").Shape);
        Assert.Equal([["Iowa", "Ohio", "Texas"]], model.LabelsOf(model.Graph.Find("a")!));
        Assert.Equal(["Iowa", "Ohio", "Texas"], model.LevelsOf(model.Graph.Find("region")!));
    }

    [Theory]
    [InlineData(new[] { "b", "a", "B", "é", "" }, new[] { "", "B", "a", "b", "é" })]
    [InlineData(new[] { "10", "9", "-1", "2.5" }, new[] { "-1", "2.5", "9", "10" })]
    [InlineData(new[] { "10", "9", "x" }, new[] { "10", "9", "x" })]
    [InlineData(new[] { "1", "01", "1.0" }, new[] { "01", "1", "1.0" })]
    [InlineData(new[] { "Inf", "10", "9" }, new[] { "10", "9", "Inf" })]
    public void Labels_that_are_all_numbers_are_in_their_order_and_others_in_that_of_characters(string[] labels, string[] levels)
    {
        var model = Condition("input g[N]: category\ninput N: count\nx = g", Labels("g", labels));
        Assert.Equal(levels, model.LevelsOf(model.Graph.Find("g")!));
    }

    [Fact]
    public void Levels_that_are_listed_keep_their_order_and_need_not_all_occur()
    {
        const string text = "input g[N]: category(\"low\", \"mid\", \"high\")\ninput N: count\nx = [for k in levels(g): k]\nn = size(levels(g))\nisHigh = g >= \"mid\"";
        Assert.Equal([3.0, 1], Values(text, "g", Labels("g", "high", "low")));
        Assert.Equal([1.0, 2, 3], Values(text, "x", Labels("g", "high", "low")));
        Assert.Equal([3.0], Values(text, "n", Labels("g", "low")));
        Assert.Equal([1.0, 0], Values(text, "isHigh", Labels("g", "high", "low")));
    }

    [Fact]
    public void Variables_of_one_category_share_its_levels()
    {
        const string text = "input home[N]: category(city)\ninput away[N]: category(city)\ninput N: count\nsame = home == away\nk = size(levels(city))\nl = size(levels(away))";
        DataArray[] data = [Labels("home", "Rome", "Bonn"), Labels("away", "Bonn", "Bonn")];
        Assert.Equal([2.0, 1], Values(text, "home", data));
        Assert.Equal([0.0, 1], Values(text, "same", data));
        Assert.Equal([2.0], Values(text, "k", data));
        Assert.Equal([2.0], Values(text, "l", data));
    }

    [Fact]
    public void A_category_has_the_name_of_its_variable_unless_it_is_given_another() =>
        Assert.Equal([1.0, 3], Values("input city[N]: category\ninput N: count\ninput home[2]: category(city)\nx = home", "x", Labels("city", "B", "A"), Labels("home", "A", "C")));

    [Theory]
    [InlineData("x = region == \"Ohio\"", 1, 0, 0)]
    [InlineData("x = \"Ohio\" != region", 0, 1, 1)]
    [InlineData("x = [for i in 1..N: if region[i] == \"Texas\" then 5 else 6]", 6, 5, 6)]
    [InlineData("for i in 1..N { x[i] = w[region[i]] }\nfor r in levels(region) { w[r] = 10 * (r == \"Texas\") + r }", 2, 13, 1)]
    [InlineData("def is_ohio(r) = r == \"Ohio\"\nfor i in 1..N { x[i] = is_ohio(region[i]) }", 1, 0, 0)]
    [InlineData("x = region[[1, 2, 3]] == \"Iowa\"", 0, 0, 1)]
    [InlineData("x = home == \"Texas\"\nhome = [for i in 1..N: other[i]]\nother = if 1 > 2 then region else region", 0, 1, 0)]
    [InlineData("first[1] = region[2]\nfirst[2] = region[3]\nx = (first == \"Iowa\")[[2, 1, 2]]", 1, 0, 1)]
    public void A_label_is_compared_with_codes_of_its_category(string statement, params int[] expected) =>
        Assert.Equal(Array.ConvertAll(expected, e => (double)e), Values($"input region[N]: category\ninput N: count\n{statement}", "x", Labels("region", "Ohio", "Texas", "Iowa")));

    [Theory]
    [InlineData("x = onehot(region)", new[] { 3, 3 }, 0, 1, 0, 0, 0, 1, 1, 0, 0)]
    [InlineData("x = onehot(region[2])", new[] { 3 }, 0, 0, 1)]
    [InlineData("x = onehot(2, 4)", new[] { 4 }, 0, 1, 0, 0)]
    [InlineData("x = onehot([2, 1], K: 2)", new[] { 2, 2 }, 0, 1, 1, 0)]
    [InlineData("x = onehot(region[1], 3)", new[] { 3 }, 0, 1, 0)]
    public void Onehot_gives_indicators(string statement, int[] shape, params int[] expected)
    {
        var x = Condition($"input region[N]: category\ninput N: count\n{statement}", Labels("region", "Ohio", "Texas", "Iowa")).State("x");
        Assert.Equal(shape, x.Shape);
        Assert.Equal(Array.ConvertAll(expected, e => (double)e), x.Values);
    }

    [Fact]
    public void Levels_size_plates_inputs_and_repeated_draws()
    {
        var model = Condition("""
            input region[N]: category
            input N: count
            input area[size(levels(region))]: positive
            a ~ Normal(0, area)
            b ~ Normal(0, 1) ^ size(levels(region))
            c = a + 2 * b
            w ~ Dirichlet(ones(size(levels(region))))
            for i in 1..N { y[i] ~ Normal(c[region[i]], w[region[i]]) }
            """, Labels("region", "x", "y", "x"), Given("area", 2, 3), Given("y", 1, 2, 3));
        foreach (var name in new[] { "area", "a", "b", "c", "w" }) Assert.Equal([["x", "y"]], model.LabelsOf(model.Graph.Find(name)!));
        Assert.True(model.LabelsOf(model.Graph.Find("y")!).IsDefault);
    }

    [Fact]
    public void A_random_category_is_observed_where_it_is_given_and_predicted_elsewhere()
    {
        const string text = """
            input N: count
            w ~ Dirichlet(ones(size(levels(digit))))
            for i in 1..N { label[i]: category(digit) ~ Categorical(w) }
            """;
        var model = Condition(text, Given("N", 3), Labels("label", "seven", null, "one"));
        Assert.Equal("OPO", model.Roles("label"));
        Assert.Equal([2, double.NaN, 1], model.State("label").Values);
    }

    [Fact]
    public void A_model_may_give_labels_itself()
    {
        Assert.Equal([2.0, 1, 3], Values("input g[3]: category\ngiven g[1] = \"b\"\ngiven g[2] = \"a\"\ngiven g[3] = \"c\"\nx = g", "g"));
        Assert.Equal([2.0, 1], Values("input g[2]: category = [\"b\", \"a\"]\nx = g", "g"));
        Assert.Equal([3.0, 1], Values("input g[2]: category(\"c\", \"b\", \"a\") = [\"a\", \"c\"]\nx = g", "g"));
        Assert.Equal([1.0, 1], Values("input g[2]: category = [\"b\", \"a\"]\nx = g", "g", Labels("g", "z", "z")));
    }

    [Theory]
    [InlineData("x = region == \"Ohoi\"", "GM0343 \"Ohoi\" is not a level of `region`: the data have no such label")]
    [InlineData("input size: category(\"small\", \"large\")\nx = size + region[1]", "GM0342 `size` is \"tiny\", which is not one of its levels")]
    [InlineData("c: category(colour) ~ Categorical([0.5, 0.5])\nx = region", "GM0344 the levels of `colour` are not known: the data give none of its labels")]
    [InlineData("c: category(region) ~ Categorical([0.25, 0.25, 0.5])", "GM0345 `c` is declared `category(region)`, but Categorical gives values above 2")]
    [InlineData("x = onehot(region[1] + 1, 2)", "GM0348 `onehot` has 2 indicators, but the code is 3")]
    [InlineData("c: category(region) = region[1] + 5", "GM0307 `c` is 7, but its type is category(region): from 1 to 2")]
    [InlineData("for i in 1..N { y[i] ~ Normal(sum(for j in 1..2: onehot(region[j] + 2 * (i == 2), 2)[1]), 1) }", "GM0348 `onehot` has 2 indicators, but the code is 4")]
    public void A_label_or_code_that_does_not_fit_is_reported(string statement, string expected) =>
        Assert.Equal([expected], MessagesOf($"input region[N]: category\ninput N: count\n{statement}", [Labels("region", "Ohio", "Iowa"), .. statement.Contains("size:", StringComparison.Ordinal) ? new[] { Scalar("size", "tiny") } : []]));

    private static DataArray Scalar(string name, string label) => new(name, [], [0], null, _ => null) { Texts = () => [label] };

    [Fact]
    public void A_missing_input_is_reported_before_its_levels() =>
        Assert.Equal(["GM0301 the data do not give the input `region`"], MessagesOf(Varying, Given("N", 2)));

    [Fact]
    public void A_missing_label_of_an_input_is_a_mistake() =>
        Assert.Equal(["GM0305 `region[2]` is missing, but an input must be known"], MessagesOf(Varying, Labels("region", "a", null)));

    [Fact]
    public void A_label_that_is_not_listed_is_reported_in_its_cell() => Assert.Equal("""
        data.csv:3:1: error GM0342: `g[2]` is "hihg", which is not one of its levels
          model.gm:1:7: declared here
          1 | input g[N]: category("low", "high")
            |       ^
          = did you mean "high"?
        """, MessageOf("input g[N]: category(\"low\", \"high\")\ninput N: count\nx = g", Labels("g", "low", "hihg")));

    [Fact]
    public void Numbers_of_the_data_are_labels_of_a_category()
    {
        var model = Condition(Varying, Given("region", 10, 9, 10));
        Assert.Equal([2.0, 1, 2], model.State("region").Values);
        Assert.Equal(["9", "10"], model.LevelsOf(model.Graph.Find("region")!));
    }
}
