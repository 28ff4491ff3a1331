using ProbLang.Analysis;
using ProbLang.Datasets;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

public class DataDiagnosticsTests
{
    private const string Schools = """
        input J: count
        input sigma[J]: positive
        mu ~ Normal(0, 5)
        for school in 1..J { y[school] ~ Normal(mu, sigma[school]) }
        """;

    [Fact]
    public void A_missing_input_is_reported_where_it_is_declared() => Assert.Equal("""
        model.gm:2:7: error GM0301: the data do not give the input `sigma`
          2 | input sigma[J]: positive
            |       ^^^^^
          = the data give `sigm`: did you mean `sigma`?
        """, TryCondition(Schools, Given("J", 2), Given("sigm", 1, 2)).Diagnostics.Single(d => d.Id == "GM0301").ToString());

    [Fact]
    public void A_size_that_nothing_tells_is_reported() => Assert.Equal("""
        model.gm:1:7: error GM0302: the data do not give `J`, and no array in them tells it
          1 | input J: count
            |       ^
          = add `J` to the data, or an array whose size it is
        """, MessageOf(Schools));

    [Fact]
    public void Sizes_that_contradict_each_other_are_named() =>
        Assert.Equal(["GM0303 the data contradict each other: `sigma` makes J 3, but `y` makes it 2"], MessagesOf(Schools, Given("sigma", 1, 2, 3), Given("y", 1, 2)));

    [Fact]
    public void An_array_that_is_too_short_is_reported_with_both_shapes() => Assert.Equal("""
        data.json:1:1: error GM0304: `sigma` is [2] in the data, but the model makes it [J = 3]
          model.gm:2:7: the model says so here
          2 | input sigma[J]: positive
            |       ^^^^^
          = give the array whole, with `null` (or an empty cell) for what is missing
        """, MessageOf(Schools, Given("J", 3), Given("sigma", 1, 2)));

    [Fact]
    public void A_short_array_of_observations_is_reported_with_the_names_of_its_dimensions() =>
        Assert.Equal(["GM0304 `y` is [2] in the data, but the model makes it [school: 1..3]"], MessagesOf(Schools, Given("J", 3), Given("sigma", 1, 2, 3), Given("y", 1, 2)));

    [Fact]
    public void An_array_for_a_scalar_draw_suggests_repetition() => Assert.Equal("""
        data.json:1:1: error GM0304: `y` is [2] in the data, but the model makes it a single number
          model.gm:2:1: the model says so here
          2 | y ~ Normal(mu, 1)
            | ^
          = for N independent draws write `y ~ … ^ N`
        """, MessageOf("mu ~ Normal(0, 1)\ny ~ Normal(mu, 1)", Given("y", 1, 2)));

    [Fact]
    public void A_missing_cell_of_an_input_has_a_remedy() => Assert.Equal("""
        data.json:1:2: error GM0305: `sigma[2]` is missing, but an input must be known
          model.gm:2:7: declared here
          2 | input sigma[J]: positive
            |       ^^^^^
          = fill it in, or model it: write `sigma[i] ~ …` instead of declaring it as an input
        """, MessageOf(Schools, Given("sigma", 1, null)));

    [Fact]
    public void NaN_is_not_a_value() =>
        Assert.Equal(["GM0306 `y[2]` is NaN in the data"], MessagesOf(Schools, Given("sigma", 1, 2), Given("y", 1, double.NaN)));

    [Theory]
    [InlineData("input k: count", 1.5, "`k` is 1.5, but its type is count")]
    [InlineData("input k: count", -1, "`k` is -1, but its type is count: at least 0")]
    [InlineData("input k: positive", 0, "`k` is 0, but its type is positive: above 0")]
    [InlineData("input k: real(-1, 1)", 2, "`k` is 2, but its type is real(-1, 1): from -1 to 1")]
    [InlineData("input k: bool", 2, "`k` is 2, but its type is bool")]
    public void A_value_outside_its_type_is_reported(string declaration, double value, string message) =>
        Assert.Equal([$"GM0307 {message}"], MessagesOf(declaration + "\nx ~ Normal(k, 1)", Given("k", value)));

    [Theory]
    [InlineData("y ~ Poisson(rate) ^ 2", -1, "`y[2]` is -1, which Poisson cannot give: its values are not below 0")]
    [InlineData("y ~ Bernoulli(rate / 10) ^ 2", 2, "`y[2]` is 2, which Bernoulli cannot give: its values are from 0 to 1")]
    [InlineData("y ~ Uniform(-1, 1) ^ 2", 1.5, "`y[2]` is 1.5, which Uniform cannot give: its values are from -1 to 1")]
    [InlineData("y ~ Gamma(2, rate) ^ 2", -0.5, "`y[2]` is -0.5, which Gamma cannot give: its values are not below 0")]
    [InlineData("y ~ LogNormal(rate, 1) ^ 2", 0, "`y[2]` is 0, which LogNormal cannot give: its density at 0 is zero")]
    [InlineData("y ~ Normal(rate, 1) ^ 2 truncated (0, )", -2, "`y[2]` is -2, which Normal truncated cannot give: its values are not below 0")]
    [InlineData("y ~ Normal(rate, 1) ^ 2 rounded (0.5)", 0.7, "`y[2]` is 0.7, which Normal rounded cannot give: its values are multiples of 0.5")]
    [InlineData("y ~ Normal(rate, 1) ^ 2 censored (-1, 2)", 3, "`y[2]` is 3, which Normal censored cannot give: its values are from -1 to 2")]
    [InlineData("y ~ Normal(rate, 1) ^ 2 ordered", 0.5, "`y[1]` is 1, which Normal ordered cannot give: its values increase from each to the next")]
    [InlineData("y ~ Gamma(2, rate) ^ 2 censored (interval: 3)", 4, "`y[2]` is 4, which Gamma censored cannot give: the interval that it starts ends at 3, below it")]
    [InlineData("y ~ Hurdle(0.5, Gamma(2, rate)) ^ 2", -1, "`y[2]` is -1, which Hurdle cannot give: its values are not below 0")]
    [InlineData("y[1] ~ Normal(rate, 1); y[2] ~ Delta(2)", 3, "`y[2]` is 3, which Delta cannot give: its values are from 2 to 2")]
    [InlineData("y ~ Categorical([rate / rate / 2, 0.5]) ^ 2", 3, "`y[2]` is 3, which Categorical cannot give: its values are from 1 to 2")]
    public void An_observation_outside_the_support_is_reported(string definition, double value, string message) =>
        Assert.Equal([$"GM0308 {message}"], MessagesOf("rate ~ Exponential(1)\n" + definition, Given("y", 1, value)));

    [Fact]
    public void Parts_of_a_whole_are_given_together_or_not_at_all() => Assert.Equal(
        ["GM0333 `w` is given in part, but its elements add up to 1, so those that are missing are bound by the others"],
        MessagesOf("w ~ Dirichlet([1, 1, 1]) ^ 2", Given("w", [2, 3], null, null, null, 0.2, null, null)));

    [Fact]
    public void The_place_of_an_impossible_observation_is_shown() => Assert.Equal("""
        data.json:1:2: error GM0308: `y[2]` is 7, which Binomial cannot give: its values are from 0 to 6
          model.gm:4:17: it is drawn here
          4 | for i in 1..N { y[i] ~ Binomial(n[i], p) }
            |                 ^^^^^^^^^^^^^^^^^^^^^^^^
        """, MessageOf("input N: count\ninput n[N]: count\np ~ Beta(1, 1)\nfor i in 1..N { y[i] ~ Binomial(n[i], p) }", Given("n", 7, 6), Given("y", 7, 7)));

    [Fact]
    public void A_parameter_that_the_data_make_impossible_is_reported() => Assert.Equal(
        ["GM0309 the sd of Normal is -2 for `y[2]`, but must be positive"],
        MessagesOf("input N: count\ninput s[N]: real\nfor i in 1..N { y[i] ~ Normal(0, s[i]) }", Given("s", 1, -2)));

    [Fact]
    public void A_parameter_in_the_data_that_is_impossible_is_shown_where_the_data_give_it() => Assert.Equal("""
        data.json:3:2: error GM0309: the sd of Normal is -1 for `y[3]`, but must be positive
          model.gm:3:34: it is used here
          3 | for i in 1..N { y[i] ~ Normal(0, s[i, 2]) }
            |                                  ^^^^^^^
        """, MessageOf("input N: count\ninput s[N, 2]: real\nfor i in 1..N { y[i] ~ Normal(0, s[i, 2]) }", Given("s", [3, 2], 1, 1, 1, 2, 1, -1)));

    [Fact]
    public void A_parameter_that_is_observed_itself_is_checked() => Assert.Equal(
        ["GM0309 the sd of Normal is -2, but must be positive"],
        MessagesOf("s ~ Normal(0, 1) ^ 2\ny ~ Normal(0, s)", Given("s", 1, -2)));

    [Theory]
    [InlineData("y ~ Categorical(p) ^ 2", "GM0334 the p of Categorical add up to 6, but must add up to 1")]
    [InlineData("y ~ Dirichlet(p - 2)", "GM0309 the alpha of Dirichlet is -1, but must be positive")]
    [InlineData("y ~ Categorical(p - 2) ^ 2", "GM0309 the p of Categorical is -1, but must be at least 0")]
    [InlineData("y ~ Mixture(p, [Normal(0, 1), Normal(1, 1), Normal(2, 1)])", "GM0334 the weights of Mixture add up to 6 for `y`, but must add up to 1")]
    [InlineData("for i in 1..2 { y[i] ~ Mixture(p, for k in 1..3: Normal(k, 1)) }", "GM0334 the weights of Mixture add up to 6 for `y[1]`, but must add up to 1")]
    [InlineData("q = p / 3\ny ~ Categorical(q) ^ 2", "GM0334 the p of Categorical add up to 2, but must add up to 1")]
    public void Probabilities_in_the_data_add_up_to_one(string definition, string message) =>
        Assert.Equal([message], MessagesOf("input p[3]: real\n" + definition, Given("p", 1, 2, 3)));

    [Fact]
    public void The_components_of_a_mixture_are_checked_one_by_one()
    {
        var mistake = Assert.Single(TryCondition("input s[3]: real\ny ~ Mixture([0.5, 0.25, 0.25], for k in 1..3: Normal(0, s[k])) ^ 2", Given("s", 1, 2, -3)).Diagnostics);
        Assert.Equal("the sd of Normal is -3, but must be positive", mistake.Message);
        Assert.Equal(("data.json", 3), (mistake.Location!.Path, mistake.Location.Column));
    }

    [Fact]
    public void The_row_of_probabilities_that_do_not_add_up_is_shown() => Assert.Equal("""
        data.json:2:1: error GM0334: the p of Categorical add up to 1.25 for `y[2]`, but must add up to 1
          model.gm:2:36: it is used here
          2 | for i in 1..2 { y[i] ~ Categorical(p[i]) }
            |                                    ^^^^
          = divide them by their sum
        """, MessageOf("input p[2, 2]: real\nfor i in 1..2 { y[i] ~ Categorical(p[i]) }", Given("p", [2, 2], 0.5, 0.5, 0.5, 0.75)));

    [Fact]
    public void Probabilities_that_are_rounded_are_taken() =>
        Assert.Empty(MessagesOf("input p[3]: real\ny ~ Categorical(p) ^ 2", Given("p", 0.3333333, 0.3333333, 0.3333333)));

    [Theory]
    [InlineData("covariance: [[1, 0.9], [0, 1]]", "GM0335 the covariance of MvNormal is not symmetric: at [1, 2] it is 0.9, but at [2, 1] 0")]
    [InlineData("covariance: [[1, 2], [2, 1]]", "GM0336 the covariance of MvNormal is not positive definite")]
    [InlineData("precision: [[1, 1], [1, 1]]", "GM0336 the precision of MvNormal is not positive definite")]
    [InlineData("precision: [[1, 0.5], [0.4, 1]]", "GM0335 the precision of MvNormal is not symmetric: at [1, 2] it is 0.5, but at [2, 1] 0.4")]
    [InlineData("cholesky: [[1, 0.5], [0, 1]]", "GM0337 the cholesky of MvNormal is 0.5 at [1, 2], but must be 0")]
    [InlineData("cholesky: [[1, 0], [0.5, 0]]", "GM0337 the cholesky of MvNormal is 0 at [2, 2], but must be positive")]
    public void A_matrix_that_is_known_is_checked(string argument, string message) =>
        Assert.Equal([message], MessagesOf($"y ~ MvNormal([0, 0], {argument})"));

    [Theory]
    [InlineData("covariance: S", 2, 0.3, 0.3, 0.5)]
    [InlineData("precision: S", 1e6, 0, 1e-10, 1e6)]
    [InlineData("cholesky: S", 2, 0, -3, 0.5)]
    public void A_matrix_that_is_right_up_to_rounding_is_taken(string argument, double a, double b, double c, double d) =>
        Assert.Empty(MessagesOf($"input S[2, 2]: real\ny ~ MvNormal([0, 0], {argument})", Given("S", [2, 2], a, b, c, d)));

    [Fact]
    public void A_matrix_in_the_data_that_is_not_symmetric_is_shown_where_the_data_give_it() => Assert.Equal("""
        data.json:1:2: error GM0335: the covariance of MvNormal is not symmetric: at [1, 2] it is 0.9, but at [2, 1] 0
          model.gm:2:22: it is used here
          2 | y ~ MvNormal([0, 0], S)
            |                      ^
        """, MessageOf("input S[2, 2]: real\ny ~ MvNormal([0, 0], S)", Given("S", [2, 2], 1, 0.9, 0, 1)));

    [Fact]
    public void A_matrix_that_is_not_square_is_refused() => Assert.Equal(
        ["GM0326 shapes do not agree: the covariance is 3 by 2, but must be square"],
        MessagesOf("input N: count\ninput S[N, 2]: real\ny ~ MvNormal([0, 0], S)", Given("S", [3, 2], 1, 0, 0, 1, 0, 0)));

    [Fact]
    public void A_vector_and_a_matrix_of_different_sizes_are_shown_with_their_shapes() => Assert.Equal(
        ["GM0326 shapes do not agree: the mean is a vector of 3, but the covariance 2 by 2"],
        MessagesOf("input m[N]\ninput N: count\ninput S[2, 2]: real\ny ~ MvNormal(m, S)", Given("m", 1, 2, 3), Given("S", [2, 2], 1, 0, 0, 1)));

    [Fact]
    public void Counts_that_do_not_add_up_are_refused() => Assert.Equal(
        ["GM0308 `y[1, 1]` is 1, which Multinomial cannot give: its values add up to n, which is 4, these to 3"],
        MessagesOf("p ~ Dirichlet(ones(2))\nfor i in 1..2 { y[i] ~ Multinomial(2 * i + 2, p) }", Given("y", [2, 2], 1, 2, 2, 4)));

    [Theory]
    [InlineData("LKJ(2, 1)", new[] { 1, 0.5, 0.4, 1 }, "GM0308 `y[2, 1]` is 0.4, which LKJ cannot give: it is symmetric with ones on the diagonal")]
    [InlineData("LKJ(2, 1)", new[] { 1, 0.5, 0.5, 2 }, "GM0308 `y[2, 2]` is 2, which LKJ cannot give: it is symmetric with ones on the diagonal")]
    [InlineData("LKJCholesky(2, 1)", new[] { 1, 0, 0.6, 0.7 }, "GM0308 `y[2, 1]` is 0.6, which LKJCholesky cannot give: each of its rows has length 1")]
    [InlineData("LKJCholesky(2, 1)", new[] { 1, 0.1, 0.6, 0.8 }, "GM0308 `y[1, 2]` is 0.1, which LKJCholesky cannot give: it is 0 above its diagonal")]
    [InlineData("Wishart(4, identity(2))", new[] { 1, 2.0, 2, 1 }, "GM0308 `y[1, 1]` is 1, which Wishart cannot give: it is positive definite")]
    public void A_matrix_that_a_distribution_cannot_give_is_refused(string distribution, double[] y, string message) =>
        Assert.Equal([message], MessagesOf($"y ~ {distribution}", Given("y", [2, 2], [.. y.Select(v => (double?)v)])));

    [Fact]
    public void A_matrix_given_in_part_is_refused() => Assert.Equal(
        ["GM0333 `y` is given in part, but it is a correlation matrix, so those that are missing are bound by the others"],
        MessagesOf("y ~ LKJ(2, 1)", Given("y", [2, 2], 1, 0.5, null, 1)));

    [Fact]
    public void Too_few_degrees_of_freedom_for_a_matrix_are_refused() => Assert.Equal(
        ["GM0309 the df of Wishart is 2, but must be above 2"],
        MessagesOf("input n\ninput K: count\nS ~ Wishart(n, identity(K))\ny ~ Normal(S[1, 1], 1)", Given("n", 2), Given("K", 3), Given("y", 1)));

    [Fact]
    public void The_size_of_a_draw_is_known_from_the_data() => Assert.Contains(
        "GM0312", string.Join('\n', MessagesOf("n ~ Poisson(3)\nx ~ GaussianRandomWalk(1, n)\ny ~ Normal(x[1], 1)", Given("y", 1))));

    [Fact]
    public void The_size_of_a_draw_follows_from_its_data() => Assert.Empty(
        MessagesOf("input N: count\ns ~ HalfNormal(1)\ny ~ GaussianRandomWalk(s, N)", Given("y", 1, 2, 3)));

    [Fact]
    public void A_mixture_without_components_is_refused() => Assert.Equal(
        ["GM0339 this mixture has no components for `y`: its range is empty"],
        MessagesOf("input K: count\ninput w[K]: real\ny ~ Mixture(w, for k in 1..K: Normal(k, 1))", Given("K", 0), Given("w")));

    [Fact]
    public void A_value_at_the_edge_of_an_unknown_density_is_a_warning() => Assert.Equal("""
        data.json:1:2: warning GM0340: `y[2]` is 0, where the density of Beta is zero or infinite
          model.gm:2:1: it is drawn here
          2 | y ~ Beta(a, 2) ^ 3
            | ^^^^^^^^^^^^^^^^^^
          = model such values apart from the others (a hurdle), or move them off the edge
        """, MessageOf("a ~ Gamma(2, 1)\ny ~ Beta(a, 2) ^ 3", Given("y", 0.5, 0, 0)));

    [Theory]
    [InlineData("y ~ Dirichlet([a, a, 1])", true, 0, 0.5, 0.5)]
    [InlineData("y ~ Dirichlet([a, a, 1])", false, 0.5, 0.5, 0)]
    [InlineData("y ~ Gamma(a, 1) ^ 3", true, 1, 0, 2)]
    [InlineData("y ~ Gamma(1, a) ^ 3", false, 1, 0, 2)]
    [InlineData("y ~ Exponential(a) ^ 3", false, 1, 0, 2)]
    [InlineData("y ~ Beta(1, a) ^ 3", false, 0.5, 0, 0.5)]
    [InlineData("y ~ Beta(2, a) ^ 3", true, 0.5, 1, 0.5)]
    [InlineData("y ~ Uniform(0, a) ^ 3", false, 0.5, 0, 0.5)]
    [InlineData("y ~ HalfNormal(a) ^ 3", false, 0.5, 0, 0.5)]
    public void Only_an_edge_where_the_density_is_never_finite_is_warned_of(string definition, bool isWarned, double first, double second, double third) =>
        Assert.Equal(isWarned ? ["GM0340"] : [], TryCondition("a ~ Gamma(2, 1)\n" + definition, Given("y", first, second, third)).Diagnostics.Select(d => d.Id));

    [Fact]
    public void An_array_of_the_wrong_rank_is_reported_before_the_sizes_that_it_does_not_tell() => Assert.Equal("""
        data.json:1:1: error GM0341: `X` has 1 dimension in the data, [3], but 2 in the model, [N, D]
          model.gm:3:7: the model says so here
          3 | input X[N, D]: real
            |       ^
        """, MessageOf("input N: count\ninput D: count\ninput X[N, D]: real\nb ~ Normal(0, 1) ^ D\ny ~ Normal(X @ b, 1)", Given("X", 1, 2, 3), Given("y", 1, 2, 3)));

    [Fact]
    public void Observations_of_the_wrong_rank_are_reported_before_the_sizes_that_they_do_not_tell() =>
        Assert.Equal(["GM0341 `y` has 2 dimensions in the data, [1, 2], but 1 in the model, [N]"],
            MessagesOf("input N: count\nfor i in 1..N { y[i] ~ Normal(0, 1) }", Given("y", [1, 2], 1, 2)));

    [Fact]
    public void An_element_that_is_defined_twice_is_shown_at_both_places()
    {
        var twice = Assert.Single(TryCondition("input N: count\nfor i in 1..3 { x[i] ~ Normal(0, 1) }\nfor i in 3..N { x[i] ~ Normal(0, 2) }", Given("N", 5)).Diagnostics);
        Assert.Equal("`x[3]` is defined twice", twice.Message);
        Assert.Equal((3, 17), (twice.Location!.Line, twice.Location.Column));
        Assert.Equal((2, 17), (twice.Related.Single().Location.Line, twice.Related.Single().Location.Column));
    }

    [Fact]
    public void A_definition_below_the_first_element_is_reported() =>
        Assert.Equal(["GM0311 this defines `x` at 0, but indices start at 1"], MessagesOf("input N: count\nfor i in 1..N { x[i-1] ~ Normal(0, 1) }", Given("N", 2)));

    [Fact]
    public void A_size_that_is_random_is_reported() =>
        Assert.Equal(["GM0312 this size or range is not known from the data"], MessagesOf("n ~ Poisson(3)\nfor i in 1..n { x[i] ~ Normal(0, 1) }"));

    [Fact]
    public void An_element_that_is_used_but_not_defined_is_named() => Assert.Equal("""
        model.gm:2:31: error GM0314: `y[1]` is used here (for `y[2]`), but nothing defines it and the data do not give it
          2 | for t in 2..T { y[t] ~ Normal(y[t-1], 1) }
            |                               ^^^^^^
          = define `y[1]`, or give it in the data
        """, MessageOf("input T: count\nfor t in 2..T { y[t] ~ Normal(y[t-1], 1) }", Given("T", 3)));

    [Fact]
    public void An_index_below_one_is_reported() =>
        Assert.Equal(["GM0315 `y[0]` is used here, but indices start at 1"], MessagesOf("input T: count\nfor t in 1..T { y[t] ~ Normal(y[t-1], 1) }", Given("T", 3), Given("y", 1, 2, 3)));

    [Fact]
    public void An_index_beyond_the_end_is_reported() =>
        Assert.Equal(["GM0315 `x[3]` is used here, but `x` has 2 elements"], MessagesOf("input N: count\ninput x[N]: real\nfor i in 1..N { y[i] ~ Normal(x[i+1], 1) }", Given("x", 1, 2)));

    [Fact]
    public void A_cycle_of_elements_shows_every_statement() => Assert.Equal("""
        model.gm:2:1: error GM0316: `a[1]` depends on itself
          2 | a[1] ~ Normal(b[N], 1)
            | ^^^^^^^^^^^^^^^^^^^^^^
          model.gm:3:17: through `b[2]`, defined here
          3 | for i in 2..N { b[i] = a[i-1] }
            |                 ^^^^^^^^^^^^^
          = break the cycle: each element may depend on others only in one direction
        """, MessageOf("input N: count\na[1] ~ Normal(b[N], 1)\nfor i in 2..N { b[i] = a[i-1] }", Given("N", 2)));

    [Fact]
    public void A_check_that_fails_shows_both_values() =>
        Assert.Equal(["GM0318 the data give `y` as 4, but the model computes 3"], MessagesOf("input x: real\ny = 2 * x", Given("x", 1.5), Given("y", 4)));

    [Fact]
    public void A_name_that_the_model_lacks_is_a_warning() => Assert.Equal("""
        data.json:1:1: warning GM0320: the data give `mue`, which the model does not name
          = did you mean `mu`?
        """, MessageOf("mu ~ Normal(0, 1)", Given("mue", 1, 2)));

    [Fact]
    public void A_column_that_the_model_lacks_is_shown_at_its_header()
    {
        var reading = CsvData.Read(new DataBytes("data.csv", "y,mue\n1,2\n"u8.ToArray()), ",");
        var place = Assert.Single(Conditioner.Condition(Bind("y ~ Normal(0, 1) ^ 1"), reading.Data).Diagnostics).Location!;
        Assert.Equal(("data.csv", 1, 3, 3), (place.Path, place.Line, place.Column, place.Length));
    }

    [Fact]
    public void A_scalar_with_a_prior_that_the_data_clamp_is_a_warning() => Assert.Equal("""
        data.json:1:1: warning GM0321: the data give `tau`, so it is taken as observed and its prior only scores it
          model.gm:1:1: declared here
          1 | tau ~ HalfNormal(1)
            | ^^^^^^^^^^^^^^^^^^^
          = leave `tau` out of the data to infer it
        """, MessageOf("tau ~ HalfNormal(1)\nx ~ Normal(0, tau)", Given("tau", 1)));

    [Fact]
    public void A_scalar_outcome_on_which_nothing_depends_is_there_to_be_observed()
    {
        Assert.Empty(MessagesOf("m ~ Normal(0, 1)\ny ~ Normal(m, 1)", Given("y", 1)));
        Assert.Equal(["GM0321 the data give `a`, so it is taken as observed and its prior only scores it"],
            MessagesOf("a ~ Normal(0, 1)\nb ~ Normal(0, 1)\ngiven a < b", Given("a", 1)));
    }

    [Fact]
    public void Shapes_that_do_not_agree_are_reported() => Assert.Equal(
        ["GM0326 shapes do not agree: `X` is N×D = 2×3, `b` has 2"],
        MessagesOf("input N: count\ninput D: count\ninput X[N, D]: real\nb ~ Normal(0, 1) ^ N\ny ~ Normal(X @ b, 1)", Given("X", [2, 3], 1, 2, 3, 4, 5, 6)));

    [Fact]
    public void A_hostile_size_is_refused() =>
        Assert.Equal(["GM0327 this plate is too large: at most 50,000,000 elements"], MessagesOf("input N: count\nfor i in 1..N { x[i] ~ Normal(0, 1) }", Given("N", 1e9)));

    [Fact]
    public void Mistakes_that_follow_from_others_are_not_reported() =>
        Assert.Equal(["GM0302 the data do not give `J`, and no array in them tells it"], MessagesOf(Schools, Given("mu", [], 1).Named("unrelated")).Where(m => !m.StartsWith("GM0320", StringComparison.Ordinal)));
}

internal static class DataArrays
{
    public static DataArray Named(this DataArray array, string name) => array with { Name = name };
}
