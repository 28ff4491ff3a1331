using ProbLang.Analysis;
using ProbLang.Graph;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

public class OrderBoundTests
{
    [Fact]
    public void The_later_of_two_latents_is_bounded_by_the_earlier()
    {
        var bound = Assert.Single(Condition("mu ~ Normal(0, 1) ^ 2\ngiven mu[1] < mu[2]").OrderBounds);
        Assert.Equal(("mu", 1, true), (bound.Variable.Name, bound.Cell, bound.IsLower));
        var element = Assert.IsType<IndexedValue>(bound.Bound);
        Assert.Equal(1, ((ConstantValue)((AtIndex)element.Indices[0]).Position).Value);
    }

    [Fact]
    public void An_affine_condition_is_solved_for_the_last_latent()
    {
        var model = Condition("alpha ~ Uniform(0, 1)\nbeta ~ Uniform(0, 1)\ngiven alpha + 2 * beta < 1");
        var bound = Assert.Single(model.OrderBounds);
        Assert.Equal(("beta", false), (bound.Variable.Name, bound.IsLower));
        var evaluator = new Evaluator(model);
        evaluator[model.Graph.Find("alpha")!][0] = 0.4;
        Assert.Equal(0.3, evaluator.Evaluate(bound.Bound).Values[0], 12);
    }

    [Fact]
    public void A_condition_in_a_plate_bounds_one_cell_an_iteration()
    {
        var model = Condition("c ~ Normal(0, 1) ^ 4\nfor k in 2..4 { given c[k-1] < c[k] }");
        Assert.Equal([1, 2, 3], model.OrderBounds.Select(b => b.Cell));
        Assert.Equal([2, 3, 4], model.OrderBounds.Select(b => b.LoopValues.Single().Value));
        Assert.All(model.OrderBounds, b => Assert.True(b.IsLower));
        Assert.Equal("LLLL", model.Roles("c"));
    }

    [Fact]
    public void A_latent_against_data_has_a_constant_bound()
    {
        var bound = Assert.Single(Condition("input top: real\nmu ~ Normal(0, 1)\ngiven mu < top", Given("top", 3)).OrderBounds);
        Assert.Equal(3, Assert.IsType<ConstantValue>(bound.Bound).Value);
        Assert.False(bound.IsLower);
    }

    [Fact]
    public void A_computed_difference_is_seen_through()
    {
        var bound = Assert.Single(Condition("a ~ Normal(0, 1)\nb ~ Normal(0, 1)\nd = b - a\ngiven 0 < d").OrderBounds);
        Assert.Equal(("b", true), (bound.Variable.Name, bound.IsLower));
    }

    [Fact]
    public void A_condition_that_is_not_linear_is_an_objection()
    {
        Assert.Equal("""
            model.gm:3:7: error GM0322: this condition cannot be written as a bound on one unknown quantity by earlier ones
              3 | given a * b < 1
                |       ^^^^^^^^^
              = write it so that one continuous quantity stands in it linearly, such as `a + b < 1`, or use a truncated prior
            """, Assert.Single(Condition("a ~ Normal(0, 1)\nb ~ Normal(0, 1)\ngiven a * b < 1").Objections).ToString());
    }

    [Fact]
    public void A_condition_that_the_data_break_is_an_error() =>
        Assert.Equal(["GM0324 this condition does not hold for the data: 3 is not below 2"], MessagesOf("input a: real\ninput b: real\ngiven a < b", Given("a", 3), Given("b", 2)));
}
