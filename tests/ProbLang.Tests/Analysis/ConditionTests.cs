using ProbLang.Analysis;
using ProbLang.Numerics;
using Xunit;
using static System.Math;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

public class ConditionTests
{
    private const string Causes = "a ~ Bernoulli(0.3)\nb ~ Bernoulli(0.6)\n";

    private static double Mean(string text, string name, out double error, int cell = 0)
    {
        const int Draws = 40_000;
        var model = Condition(text);
        var sampler = new AncestralSampler(model.Simulated?.Value.Model ?? model);
        Assert.Null(sampler.Objection());
        var random = new Philox(77, 0, 0);
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < Draws; i++)
        {
            Assert.Null(sampler.Draw(ref random));
            var x = sampler.Evaluator[model.Graph.Find(name)!][cell];
            (sum, squares) = (sum + x, squares + x * x);
        }
        error = Sqrt((squares / Draws - sum / Draws * sum / Draws) / Draws);
        return sum / Draws;
    }

    [Theory]
    [InlineData("given not (a and b)", "a", (0.3 - 0.18) / 0.82)]
    [InlineData("given a or b", "a", 0.3 / (1 - 0.28))]
    [InlineData("given a != b", "a", 0.12 / (0.12 + 0.42))]
    [InlineData("given b", "b", 1)]
    [InlineData("if a { given b }", "a", 0.18 / (0.18 + 0.7))]
    [InlineData("if a { given b } else { given not b }", "a", 0.18 / (0.18 + 0.28))]
    [InlineData("n ~ Binomial(3, 0.5)\ngiven n == 2\ngiven a", "n", 2)]
    [InlineData("n ~ Binomial(3, 0.5)\ngiven n < 2", "n", 0.75)]
    [InlineData("n ~ Binomial(3, 0.5)\ngiven n < 1.5", "n", 0.75)]
    [InlineData("n ~ Binomial(3, 0.5)\ngiven n <= 2 and n >= 1 + a", "a", 0.3 * 3 / (0.3 * 3 + 0.7 * 6))]
    [InlineData("n ~ Binomial(3, 0.5) ^ 2\ngiven n == [1, 3]\nm = sum(n)", "m", 4)]
    [InlineData("x ~ Uniform(0, 1)\ngiven abs(x - 0.4) < 0.3", "x", 0.4)]
    [InlineData("x ~ Uniform(0, 1)\ngiven x < 0.1 or x > 0.5", "x", (0.1 * 0.05 + 0.5 * 0.75) / 0.6)]
    [InlineData("x ~ Uniform(0, 1) ^ 2\ngiven x > [0.5, 0.2]\nm = sum(x)", "m", 1.35)]
    [InlineData("for i in 1..2 { x[i] ~ Uniform(0, 1); if a { given x[i] > 0.5 } }\nm = x[1]", "a", 0.3 * 0.25 / (0.3 * 0.25 + 0.7))]
    public void A_condition_is_met_by_drawing_again(string text, string name, double expected)
    {
        var mean = Mean(Causes + text, name, out var error);
        Assert.InRange(mean, expected - 4 * error - 1e-12, expected + 4 * error + 1e-12);
    }

    [Theory]
    [InlineData("given not (a and b)", 1, 1, false)]
    [InlineData("given not (a and b)", 1, 0, true)]
    [InlineData("given a == b", 1, 0, false)]
    [InlineData("if a { given b }", 0, 0, true)]
    [InlineData("if a { given b }", 1, 0, false)]
    public void The_density_is_the_product_of_the_priors_where_a_condition_holds_and_zero_where_it_does_not(string condition, double a, double b, bool holds)
    {
        var model = Condition(Causes + condition);
        var density = new Evaluator(model).LogDensity(new Dictionary<Graph.Variable, double[]> { [model.Graph.Find("a")!] = [a], [model.Graph.Find("b")!] = [b] });
        Assert.Equal(holds ? Log(a == 1 ? 0.3 : 0.7) + Log(b == 1 ? 0.6 : 0.4) : double.NegativeInfinity, density, 12);
    }

    [Fact]
    public void That_a_truth_value_is_given_observes_it()
    {
        var model = Condition("for k in 1..3 { b[k] ~ Bernoulli(0.5) }\nn ~ Poisson(2)\ngiven b[2]\ngiven not b[3]\ngiven 3 == n");
        Assert.Equal("POO", model.Roles("b"));
        Assert.Equal([1, 0], model.State("b").Values[1..]);
        Assert.Equal([3], model.State("n").Values);
    }

    [Fact]
    public void Two_bounds_on_one_quantity_are_an_interval()
    {
        var model = Condition("x ~ Normal(0, 1)\nd = 2 * x\ngiven abs(d) < 3");
        Assert.Equal([(false, 1.5), (true, -1.5)], model.OrderBounds.Select(b => (b.IsLower, new Evaluator(model).Evaluate(b.Bound).Values[0])));
        Assert.Empty(model.Objections);
    }

    [Fact]
    public void Facts_that_contradict_each_other_are_a_mistake() => Assert.Equal("""
        model.gm:3:12: error GM0378: the given facts contradict each other: this condition does not hold
          3 | given not (a and b)
            |            ^^^^^^^
        """, MessageOf(Causes + "given not (a and b)", Given("a", 1.0), Given("b", 1.0)));

    [Theory]
    [InlineData("given a = true\ngiven not a")]
    [InlineData("given not a\ngiven a = true")]
    [InlineData("given a = true\ngiven a = false")]
    [InlineData("x ~ Bernoulli(0.5) ^ 2\ngiven x = [1, 0]\ngiven x[2]")]
    [InlineData("x ~ Bernoulli(0.5) ^ 2\ngiven x[2] = 1\ngiven not x[2]")]
    public void Facts_that_are_given_twice_must_be_the_same(string facts) => Assert.StartsWith("GM0378 ", Assert.Single(MessagesOf(Causes + facts)), StringComparison.Ordinal);

    [Fact]
    public void A_fact_may_be_given_twice() => Assert.Equal([1, 0], Condition(Causes + "x ~ Bernoulli(0.5) ^ 2\ngiven x = [1, 0]\ngiven x[1]\ngiven not x[2]").State("x").Values);

    [Fact]
    public void A_condition_that_is_no_bound_is_an_objection() => Assert.Equal("""
        model.gm:2:7: error GM0412: this condition cannot be met by sampling that follows gradients
          2 | given x < -1 or x > 1
            |       ^^^^^^^^^^^^^^^
          = write it as a comparison that bounds one continuous quantity, as `given a < b`, or draw the quantities from a distribution that is restricted to it
        """, Assert.Single(Condition("x ~ Normal(0, 1)\ngiven x < -1 or x > 1").Objections).ToString());

    [Fact]
    public void A_bound_in_an_open_branch_is_an_objection() =>
        Assert.Equal("GM0412", Assert.Single(Condition("t ~ Normal(0, 1)\nx ~ Normal(0, 1)\nif t > 0 { given x > 1 }").Objections).Id);

    [Fact]
    public void A_condition_that_no_draw_meets_is_named()
    {
        var random = new Philox(1, 0, 0);
        Assert.Equal("""
            model.gm:3:13: error GM0332: none of 100,000 draws meets this condition
              3 | given a and n > 5
                |             ^^^^^
              = choose priors under which the condition is not so rare
            """,
            new AncestralSampler(Condition("a ~ Bernoulli(0.5)\nn ~ Binomial(4, 0.5)\ngiven a and n > 5")).Draw(ref random)?.ToString());
    }

    // --- factors and parameters ---

    [Fact]
    public void A_factor_adds_to_the_log_density_in_its_plates_and_branches()
    {
        var model = Condition("t ~ Normal(0, 1)\nfor i in 1..3 { if i < 3 { for j in 1..i { if t > i { factor i * j * t } else { factor -1 } } } }\nfactor 2");
        double At(double t) => new Evaluator(model).LogDensity(new Dictionary<Graph.Variable, double[]> { [model.Graph.Find("t")!] = [t] });
        static double Prior(double t) => -0.5 * t * t - 0.5 * Log(2 * PI);
        Assert.Equal(Prior(0) + 2 - 3, At(0), 12);
        Assert.Equal(Prior(1.5) + 2 + 1.5 - 2, At(1.5), 12);
        Assert.Equal(Prior(3) + 2 + 3 + 6 + 12, At(3), 12);
        Assert.Equal("L", model.Roles("t"));
    }

    [Fact]
    public void A_factor_cannot_be_drawn_forward() => Assert.Equal("""
        model.gm:2:1: error GM0413: what a `factor` weights cannot be drawn forward
          2 | factor -x^2
            | ^^^^^^^^^^^
          = write it as a distribution or as a `given`, or use `infer`
        """, new AncestralSampler(Condition("x ~ Normal(0, 1)\nfactor -x^2")).Objection()?.ToString());

    [Fact]
    public void A_factor_of_an_array_is_a_mistake() => Assert.Equal("""
        m.gm:2:8: error GM0280: `factor` adds a single number to the log density, and this is a vector
          2 | factor -x^2
            |        ^^^^
          = add its elements up: `factor sum(…)`
        """, Tests.Binding.Models.Messages("x ~ Normal(0, 1) ^ 2\nfactor -x^2"));

    [Fact]
    public void A_parameter_without_a_value_is_an_unknown_that_engines_ask_for() => Assert.Equal("""
        model.gm:1:7: error GM0376: `w` is a parameter whose value is not known
          1 | param w[2]: positive
            |       ^
          = learn it first with `fit`, give its value in the data, or give it a prior: write `w[i] ~ …` instead of declaring it with `param`
        """, Compiled("param w[2]: positive\ny ~ Normal(w[1], w[2])").Model.Condition(Data.Of(new { y = 1.0 })).Objections(new ProbLang.Inference.Nuts())[0].ToString());

    [Fact]
    public void A_parameter_is_checked_like_an_input_and_tells_sizes_like_one()
    {
        const string Model = "input D: count\nparam w[D]: positive\ny ~ Normal(w, 1)";
        Assert.Equal(2, Condition(Model, Given("w", 1, 2)).State("D").Values[0]);
        Assert.Equal(["GM0307 `w[2]` is -2, but its type is positive: above 0"], MessagesOf(Model, Given("w", 1, -2)));
        Assert.Equal(Role.Latent, Condition(Model, Given("w", 1, null), Given("y", 1, 2)).State("w").Roles[1]);
        Assert.Equal(["GM0307 `w` is -1, but its type is positive: above 0"], MessagesOf("param w: positive = 0 - 1\ny = w", Given("w", 1.0)));
        Assert.Contains("w         param   real", Compiled("param w\ny ~ Normal(w, 1)").Model.Explain(), StringComparison.Ordinal);
        Assert.Contains("parameter", Compiled("param w\ny ~ Normal(w, 1)").Model.Condition(Data.Of(new { w = 2.0 })).Explain(), StringComparison.Ordinal);
    }

    private static Compilation Compiled(string text) => Model.Compile(text);
}
