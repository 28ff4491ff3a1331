using Xunit;
using static ProbLang.Tests.Language.Stated;

namespace ProbLang.Tests.Language;

/// <summary>Arrays, plates and shapes: the later part of the section “Statements” of the language page.</summary>
public class ArrayTests
{
    [Fact]
    public void An_array_comes_from_its_definitions()
    {
        Assert.Equal([3], Shape("for school in 1..3 { theta[school] ~ Normal(0, 1) }", "theta"));
        Assert.Equal([1, 5, 7, 9], Values("x[1] = 1\nx[2] = 5\nfor t in 3..4 { x[t] = 2 * t + 1 }", "x"));
    }

    [Fact]
    public void An_index_on_the_left_is_any_integer_expression_that_the_data_decide()
    {
        Assert.Equal([3, 2, 1], Values("input s[3]: int\nfor i in 1..3 { x[s[4 - i]] = i }", "x", "s=[1, 2, 3]"));
        Assert.Equal([10, 20, 1], Values("n = 2\nfor i in 1..n { x[i] = 10 * i }\nx[n+1] = 1", "x"));
        Assert.Contains("GM0312", Mistakes("k ~ Poisson(2)\nx[k + 1] = 3", []), StringComparison.Ordinal);
    }

    [Fact]
    public void Overlap_coverage_and_order_are_checked_with_the_data()
    {
        const string Overlap = "input n: count\nfor i in 1..n { x[i] = 1 }\nfor i in 3..4 { x[i] = 2 }";
        Assert.Empty(Mistakes(Overlap, "n=2"));
        Assert.Contains("GM0310", Mistakes(Overlap, "n=3"), StringComparison.Ordinal);
        const string Coverage = "input n: count\nfor i in 1..n { x[i] = 1 }\ny = x[3]";
        Assert.Empty(Mistakes(Coverage, "n=3"));
        Assert.Contains("error", Mistakes(Coverage, "n=2"), StringComparison.Ordinal);
        const string Order = "input s[3]: int\nx[3] = 1\nfor i in 1..2 { x[i] = x[s[i]] }";
        Assert.Empty(Mistakes(Order, "s=[2, 3, 3]"));
        Assert.Contains("GM0316", Mistakes(Order, "s=[2, 1, 3]"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_defined_in_a_plate_carries_its_variable()
    {
        var message = Mistakes("for i in 1..3 { m = i }");
        Assert.Contains("GM0262", message, StringComparison.Ordinal);
        Assert.Contains("`m[i] = …`", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_arrays_recur_through_each_other() => Assert.Equal([1, 3, 5, 7], Values("nu[1] = 1\nfor t in 2..4 { nu[t] = err[t-1] + 1 }\nfor t in 1..4 { err[t] = nu[t] + 1 }", "nu"));

    [Fact]
    public void Indices_count_from_1_and_ranges_include_both_ends()
    {
        Assert.Equal([2, 3, 4], Values("x = 2..4", "x"));
        Assert.Empty(Values("x = [for i in 1..0: i]", "x"));
        Assert.Equal(10, Value("v = [10, 20]\nx = v[1]", "x"));
        Assert.Contains("GM0249", Mistakes("v = [10, 20]\nx = v[0]"), StringComparison.Ordinal);
        Assert.Contains("GM0250", Mistakes("v = [10, 20]\nx = v[3]"), StringComparison.Ordinal);
    }

    [Fact]
    public void Inner_sizes_may_depend_on_outer_indices()
    {
        const string Text = "input N: count\ninput n[N]: count\ninput x[N, n]\nfor i in 1..N { for k in 1..n[i] { y[i, k] = 2 * x[i, k] } s[i] = sum(y[i]) }";
        Assert.Equal([6, 6, 0], Values(Text, "s", "x=[[1, 2], [3], []]"));
        Assert.Equal([3, 2], Shape(Text, "y", "x=[[1, 2], [3], []]"));
    }

    [Fact]
    public void A_row_is_there_where_the_range_inside_of_it_is_empty()
    {
        const string Text = "input N: count\ninput K: count\nm ~ Normal(0, 1)\nfor i in 1..N { for k in 1..K { x[i, k] ~ Normal(m, 1) } y[i] ~ Normal(m + sum(x[i]), 1) }";
        Assert.Equal([2, 0], Shape(Text, "x", "N=2", "K=0"));
        Conditioned(Text, "K=0", "y=[1, 2]").Prepare();
        Assert.Equal([0, 0], Shape(Text, "x", "N=0", "K=2"));
    }

    [Theory]
    [InlineData("x[2]", new double[] { 4, 5, 6 })]
    [InlineData("x[2, 3]", new double[] { 6 })]
    [InlineData("x[2][3]", new double[] { 6 })]
    [InlineData("x[2, 2..3]", new double[] { 5, 6 })]
    [InlineData("x[2, ..2]", new double[] { 4, 5 })]
    [InlineData("x[2, 2..]", new double[] { 5, 6 })]
    [InlineData("x[.., 2]", new double[] { 2, 5, 8 })]
    [InlineData("x[2..]", new double[] { 4, 5, 6, 7, 8, 9 })]
    [InlineData("x[..1]", new double[] { 1, 2, 3 })]
    [InlineData("x[2..3, 1..2]", new double[] { 4, 5, 7, 8 })]
    [InlineData("x[[3, 1], 1]", new double[] { 7, 1 })]
    [InlineData("x[1, 2..1]", new double[] { })]
    public void Rows_and_slices_are_parts(string expression, double[] values) => Assert.Equal(values, Values($"x = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]\ny = {expression}", "y"));

    [Fact]
    public void Indexing_by_a_random_integer_is_allowed_and_by_a_truth_value_is_diagnosed()
    {
        Assert.Equal(Normal(9, 5, 1), LogDensity("mu = [3, 5]\nz ~ Categorical([0.5, 0.5])\ny ~ Normal(mu[z], 1)", ["z=2", "y=9"]) - Math.Log(0.5), 12);
        foreach (var index in new[] { "input z: bool", "z ~ Bernoulli(0.5)", "input z: int(0, 1)" })
        {
            var message = Mistakes($"{index}\nmu = [3, 5]\ny = mu[z]");
            Assert.Contains("GM0245", message, StringComparison.Ordinal);
            Assert.Contains("+ 1", message, StringComparison.Ordinal);
        }
        Assert.Empty(Mistakes("input z: bool\nmu = [3, 5]\ny = mu[z + 1]"));
    }

    [Fact]
    public void The_loop_variable_names_the_dimension()
    {
        Assert.Contains("[school: 3]", Conditioned("for school in 1..3 { theta[school] ~ Normal(0, 1) }").Explain(), StringComparison.Ordinal);
        var labelled = Conditioned("input N: count\ninput g[N]: category\nfor r in levels(g) { a[r] ~ Normal(0, 1) }\nfor i in 1..N { y[i] ~ Normal(a[g[i]], 1) }", "g=[\"Ohio\", \"Iowa\"]").Sample(1, 1, cancellation: TestContext.Current.CancellationToken);
        using var table = new StringWriter();
        labelled.WriteTable(table);
        Assert.Contains("a[Ohio]", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("a[Iowa]", table.ToString(), StringComparison.Ordinal);
    }

    // --- shapes ---

    [Fact]
    public void Only_single_numbers_are_repeated_to_fit()
    {
        Assert.Equal([3, 4], Values("x = 2 + [1, 2]", "x"));
        Assert.Equal([4, 6], Values("x = [1, 2] + [3, 4]", "x"));
        Assert.Contains("GM0241", Mistakes("x = [1, 2] + [1, 2, 3]"), StringComparison.Ordinal);
        Assert.Contains("GM0240", Mistakes("x = [1, 2] + [[1, 2], [3, 4]]"), StringComparison.Ordinal);
        Assert.Contains("GM0326", Mistakes("input a[N]\ninput b[M]\ninput N: count\ninput M: count\nx = a + b", "a=[1, 2]", "b=[1, 2, 3]"), StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_and_distributions_of_numbers_apply_element_by_element()
    {
        Assert.Equal([1, 2], Values("x = sqrt([1, 4])", "x"));
        Assert.Equal(Normal(1, 3, 1) + Normal(2, 4, 1), LogDensity("y ~ Normal([3, 4], 1)", ["y=[1, 2]"]), 12);
        Assert.Equal([10, 2], Values("x = if [true, false] then [10, 20] else [1, 2]", "x"));
    }

    [Fact]
    public void A_number_drawn_once_against_an_array_suggests_repetition() => Assert.Contains("^ N", Mistakes("input N: count\nmu ~ Normal(0, 1)\ny ~ Normal(mu, 1)", "N=2", "y=[1, 2]"), StringComparison.Ordinal);

    [Fact]
    public void Repetition_adds_leading_dimensions()
    {
        Assert.Equal([4], Shape("x ~ Normal(0, 1) ^ 4", "x"));
        Assert.Equal([2, 4], Shape("x ~ Normal(0, 1) ^ (2, 4)", "x"));
        Assert.Equal([4, 3], Shape("x ~ Dirichlet([1, 1, 1]) ^ 4", "x"));
        Assert.Equal([4, 2], Shape("x ~ Normal([0, 1], 1) ^ 4", "x"));
        Assert.Equal([0], Shape("x ~ Normal(0, 1) ^ 0", "x"));
    }

    [Fact]
    public void Functions_of_vectors_act_on_the_last_dimension()
    {
        var rows = Values("x = softmax([[1, 2], [5, 5]])", "x");
        Assert.Equal(1, rows[0] + rows[1], 12);
        Assert.Equal(0.5, rows[2], 12);
        Assert.Equal(0.5, rows[3], 12);
    }

    [Theory]
    [InlineData("sum", 10), InlineData("mean", 2.5), InlineData("max", 4), InlineData("min", 1), InlineData("prod", 24), InlineData("size", 4)]
    public void A_reduction_of_one_argument_takes_all_elements(string function, double value) => Assert.Equal(value, Value($"{function}([[1, 2], [3, 4]])"));

    [Fact]
    public void A_mixture_picks_for_each_element_of_numbers_and_for_each_vector_of_vectors()
    {
        double Both(double first, double second) => Math.Log(0.25 * Math.Exp(first) + 0.75 * Math.Exp(second));
        Assert.Equal(Both(Normal(1, 0, 1), Normal(1, 5, 1)) + Both(Normal(4, 0, 1), Normal(4, 5, 1)),
            LogDensity("x ~ Mixture([0.25, 0.75], [Normal(0, 1), Normal(5, 1)]) ^ 2", ["x=[1, 4]"]), 12);
        Assert.Equal(Both(Normal(1, 0, 1) + Normal(4, 0, 1), Normal(1, 5, 1) + Normal(4, 5, 1)),
            LogDensity("x ~ Mixture([0.25, 0.75], [MvNormal([0, 0], identity(2)), MvNormal([5, 5], identity(2))])", ["x=[1, 4]"]), 12);
    }
}
