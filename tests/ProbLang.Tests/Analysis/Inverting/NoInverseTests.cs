using ProbLang.Analysis;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis.Inverting;

/// <summary>What cannot be solved says why, and where.</summary>
public class NoInverseTests
{
    private const string Plate = "mu ~ Normal(0, 1)\nfor i in 1..2 { z[i] ~ Normal(mu, 1) }\n";
    private static readonly ProbLang.Datasets.DataArray s_x = Given("x", 0.5, 1.5);

    [Theory]
    [InlineData("for i in 1..2 { x[i] = z[i] + z[i] ^ 2 }", "`z[i]` goes into it more than once")]
    [InlineData("for i in 1..2 { x[i] = z[i] ^ 2 }", "`z[i] ^ 2` is the same for a number and its negative")]
    [InlineData("for i in 1..2 { x[i] = z[i] ^ 4 }", "`z[i] ^ 4` is the same for a number and its negative")]
    [InlineData("for i in 1..2 { x[i] = abs(z[i]) }", "`abs(z[i])` is the same for a number and its negative")]
    [InlineData("for i in 1..2 { x[i] = max(0, z[i]) }", "`max(0, z[i])` has no inverse")]
    [InlineData("for i in 1..2 { x[i] = sin(z[i]) }", "`sin(z[i])` has no inverse")]
    [InlineData("for i in 1..2 { x[i] = if z[i] < 0 then 0 else z[i] }", "`z[i]` decides what holds")]
    [InlineData("for i in 1..2 { x[i] = z[1] + z[2] * i }", "`z[1]` goes into more than one element")]
    [InlineData("for i in 1..2 { x[i] = mu + i }", "`mu` goes into more than one element")]
    [InlineData("for i in 1..2 { x[i] = i * sum(z) }", "`sum(z)` has no inverse")]
    [InlineData("x = [[1, 2, 3], [4, 5, 6]] @ w\nw ~ Normal(0, 1) ^ 3", "`[[1, 2, 3], [4, 5, 6]]` is 2 × 3, and only a square matrix has an inverse")]
    [InlineData("w ~ Dirichlet([1, 1])\nx = 2 * w", "`w` is drawn from Dirichlet, whose elements bind each other")]
    [InlineData("w ~ ZeroInflated(0.3, LogNormal(0, 1)) ^ 2\nx = 2 * w", "`w` takes single values with a probability of their own")]
    [InlineData("for i in 1..2 { k[i] ~ Poisson(3)\n x[i] = k[i] + 0 * z[i] ^ 2 }", "`z[i] ^ 2` is the same for a number and its negative")]
    [InlineData("for i in 1..2 { h[i] = z[i] ^ 2\n x[i] = exp(h[i]) }", "`z[i] ^ 2` is the same for a number and its negative")]
    [InlineData("for i in 1..2 { x[i] = z[i] - mean(z) }", "`z` goes into it in more than one way")]
    [InlineData("x = z - mean(z)", "`z` goes into it more than once")]
    [InlineData("for i in 1..2 { h[i] = z[i] ^ 3\n x[i] = z[i] + h[i] }", "`z` goes into it in more than one way")]
    public void The_term_that_has_no_inverse_is_named(string statement, string why)
    {
        var message = Assert.Single(TryCondition(Plate + statement, s_x).Diagnostics, d => d.Severity == ProbLang.Text.Severity.Error);
        Assert.Equal("GM0319", message.Id);
        Assert.EndsWith(": " + why, message.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_latent_is_solved_for_once() => Assert.Equal(
        ["GM0319 the data give `y[1]`, but it is computed of unknown quantities and cannot be solved for one of them: `mu` goes into more than one element"],
        MessagesOf(Plate + "for i in 1..2 { x[i] = exp(z[i])\n y[i] = mu + z[i] }", s_x, Given("y", 1, 2)));

    [Fact]
    public void A_latent_that_is_solved_for_makes_everything_else_of_it_a_check() => Assert.Equal(
        ["GM0318 the data give `y[2]` as 4, but the model computes 3"], MessagesOf(Plate + "for i in 1..2 { x[i] = z[i]\n y[i] = 2 * z[i] }", s_x, Given("y", 1, 4)));

    [Fact]
    public void A_latent_that_is_given_too_makes_it_a_check() => Assert.Equal(
        ["GM0318 the data give `x[2]` as 1.5, but the model computes 1"], MessagesOf(Plate + "for i in 1..2 { x[i] = exp(z[i]) }", s_x, Given("z", Math.Log(0.5), 0)));

    [Theory]
    [InlineData("x[i] = exp(z[i])", "`x[1]` cannot be what the data give: `exp` gives numbers above 0, but this is -0.5")]
    [InlineData("x[i] = 2 + logistic(z[i])", "`x[1]` cannot be what the data give: `logistic` gives numbers between 0 and 1, but this is -2.5")]
    [InlineData("h[i] = tanh(z[i])\n x[i] = 3 * h[i]", "`h[2]` cannot be what the data give: `tanh` gives numbers between -1 and 1, but this is 1.33333")]
    [InlineData("x[i] = (i - 1) * z[i]", "`x[1]` cannot be what the data give: a multiple by 0 says nothing of what is multiplied, but this is 0")]
    public void A_value_that_the_map_does_not_give_is_an_error(string statement, string expected) =>
        Assert.Equal(["GM0392 " + expected], MessagesOf(Plate + "for i in 1..2 { " + statement + " }", Given("x", -0.5, 4)));

    [Fact]
    public void A_value_that_the_draw_does_not_give_is_an_error() => Assert.Equal(
        ["GM0393 the data make `w[1]` -1, where the density of HalfNormal is zero"],
        MessagesOf("s ~ HalfNormal(1)\nfor i in 1..2 { w[i] ~ HalfNormal(s)\n x[i] = w[i] + 1.5 }", s_x));

    [Fact]
    public void Parameters_of_what_is_solved_for_are_checked() => Assert.Equal(
        ["GM0309 the sd of Normal is -1 for `w[1]`, but must be positive"],
        MessagesOf("input s\nfor i in 1..2 { w[i] ~ Normal(0, s)\n x[i] = w[i] + 1.5 }", s_x, Given("s", -1.0)));

    [Fact]
    public void Vectors_are_given_whole() => Assert.Equal(
        ["GM0391 `x[2]` is missing, but other elements of what this statement computes at once are given"],
        MessagesOf("z ~ Normal(0, 1) ^ 2\nx = exp(z)", Given("x", 1, null)));

    [Fact]
    public void What_is_missing_is_predicted_from_a_latent_of_its_own()
    {
        var model = Condition(Plate + "for i in 1..2 { x[i] = exp(z[i]) }", Given("x", 0.5, null));
        Assert.Equal(("KF", "CP"), (model.Roles("x"), model.Roles("z")));
        Assert.Equal(Math.Log(0.5), model.State("z").Values[0]);
    }

    [Theory]
    [InlineData("z ~ Normal(0, 1) ^ D\nx = exp(z)")]
    [InlineData("z ~ Normal(0, 1) ^ D\nh = 2 * z\nx = if 1 < 2 then exp(h) else h")]
    [InlineData("for d in 1..D { z[d] ~ Normal(0, 1) }\nx = exp(z)")]
    public void Sizes_that_the_data_do_not_name_are_those_of_what_is_computed(string statements) =>
        Assert.Equal(3, Condition("input D: count\n" + statements, Given("x", 0.5, 1, 2)).State("D").Values[0]);

    [Fact]
    public void Discrete_things_that_are_computed_and_given_are_events_as_ever()
    {
        var model = Condition("for i in 1..2 { k[i] ~ Binomial(3, 0.4) }\ns = k[1] + k[2]", Given("s", 4));
        Assert.Null(model.Inverted);
        Assert.Single(model.Conditions);
    }
}
