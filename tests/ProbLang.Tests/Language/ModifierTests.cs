using Xunit;
using static ProbLang.Tests.Language.Stated;

namespace ProbLang.Tests.Language;

/// <summary>Modifiers, in the section “Distributions” of the language page; for all distributions their laws are held by <c>ModifierLaws</c>.</summary>
public class ModifierTests
{
    [Fact]
    public void A_truncation_includes_its_bounds_and_is_normalised()
    {
        Assert.Equal(Math.Log(0.5), LogDensity("x ~ Uniform(0, 4) truncated (1, 3)", ["x=3"]), 12);
        Assert.Equal(Math.Log(1.0 / 3), LogDensity("x ~ DiscreteUniform(0, 9) truncated (2, 4)", ["x=2"]), 12);
        Assert.Contains("GM0308", Mistakes("x ~ Uniform(0, 4) truncated (1, 3)", "x=3.5"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncation_is_normalised_where_bounds_and_parameters_are_random()
    {
        // Half of the mass is above the mean, wherever that is.
        const string Text = "m ~ Normal(0, 1)\nx ~ Normal(m, 2) truncated (m, )";
        foreach (var m in (double[])[-1, 0, 0.5]) Assert.Equal(Normal(m, 0, 1) + Normal(1, m, 2) + Math.Log(2), LogDensity(Text, ["x=1"], ("m", [m])), 12);
    }

    [Fact]
    public void What_is_censored_at_bounds_is_recorded_as_the_bound()
    {
        Assert.Equal(Math.Log(0.25), LogDensity("x ~ Uniform(0, 4) censored (1, 3)", ["x=1"]), 12);
        Assert.Equal(Math.Log(0.25), LogDensity("x ~ Uniform(0, 4) censored (1, 3)", ["x=3"]), 12);
        Assert.Equal(Math.Log(0.25), LogDensity("x ~ Uniform(0, 4) censored (1, 3)", ["x=2"]), 12);
        Assert.Equal(Math.Log(0.5), LogDensity("x ~ DiscreteUniform(0, 9) censored (4, 8)", ["x=4"]), 12);
    }

    [Theory]
    [InlineData("right: c", "c=true", 0.75)]
    [InlineData("right: c", "c=false", 0.25)]
    [InlineData("left: c", "c=true", 0.25)]
    public void A_mark_makes_a_bound_of_a_value(string mark, string data, double probability) =>
        Assert.Equal(Math.Log(probability), LogDensity($"input c: bool\nx ~ Uniform(0, 4) censored ({mark})", [data, "x=1"]), 12);

    [Fact]
    public void A_mark_makes_an_interval_of_a_value()
    {
        Assert.Equal(Math.Log(0.5), LogDensity("input u\nx ~ Uniform(0, 4) censored (interval: u)", ["u=3", "x=1"]), 12);
        Assert.Equal(Math.Log(0.25), LogDensity("input u\nx ~ Uniform(0, 4) censored (interval: u)", ["u=1", "x=1"]), 12);
    }

    [Fact]
    public void What_is_rounded_has_the_probability_of_its_cell() => Assert.Equal(Math.Log(0.125), LogDensity("x ~ Uniform(0, 4) rounded (0.5)", ["x=1.5"]), 12);

    [Fact]
    public void What_is_ordered_has_the_density_of_each_order() =>
        Assert.Equal(Math.Log(6) + Normal(1, 0, 1) + Normal(2, 0, 1) + Normal(3, 0, 1), LogDensity("x ~ Normal(0, 1) ^ 3 ordered", ["x=[1, 2, 3]"]), 12);

    [Fact]
    public void Modifiers_stand_after_a_repetition_and_apply_from_left_to_right()
    {
        Assert.Equal(2 * Math.Log(0.5), LogDensity("x ~ Uniform(0, 4) ^ 2 truncated (1, 3)", ["x=[1, 2]"]), 12);
        // First truncated to [0, 2], then censored at 1: half of the mass is at 1.
        Assert.Equal(Math.Log(0.5), LogDensity("x ~ Uniform(0, 4) truncated (0, 2) censored ( , 1)", ["x=1"]), 12);
        // First censored at 3, a quarter of the mass, then truncated to [2, 4]: a half of that.
        Assert.Equal(Math.Log(0.5), LogDensity("x ~ Uniform(0, 4) censored ( , 3) truncated (2, )", ["x=3"]), 12);
    }

    [Fact]
    public void What_has_no_distribution_function_takes_no_modifier() => Assert.Contains("GM0232", Mistakes("x ~ MvNormal([0, 0], identity(2)) truncated (0, )"), StringComparison.Ordinal);
}
