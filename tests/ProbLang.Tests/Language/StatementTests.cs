using Xunit;
using static ProbLang.Tests.Language.Stated;

namespace ProbLang.Tests.Language;

/// <summary>The table and the rules of the section “Statements” of the language page, but for arrays.</summary>
public class StatementTests
{
    [Fact]
    public void An_input_is_known_and_its_default_counts_where_the_data_give_nothing()
    {
        const string Text = "input a: real = 2 * b\ninput b: real = 3\nx = a + b";
        Assert.Equal(9, Value(Text, "x"));
        Assert.Equal(4, Value(Text, "x", "a=1"));
        Assert.Equal(3, Value(Text, "x", "b=1"));
        Assert.Contains("GM0301", Mistakes("input c\nx = c", []), StringComparison.Ordinal);
        Assert.Contains("GM0261", Mistakes("input c\nc ~ Normal(0, 1)"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_needs_a_value_or_a_prior()
    {
        var objection = Assert.Single(Model.Compile("param w = 3\ny ~ Normal(w, 1)").Model.Condition(Data.Given("y=1")).Objections(new ProbLang.Inference.Nuts()));
        Assert.Equal("GM0376", objection.Id);
        Assert.Contains("prior", objection.Remedy, StringComparison.Ordinal);
        Assert.Equal(Normal(1, 2, 1), LogDensity("param w = 3\ny ~ Normal(w, 1)", ["y=1", "w=2"]), 12);
    }

    [Fact]
    public void A_random_variable_may_declare_its_type()
    {
        Assert.Empty(Mistakes("x: int(0, 9) ~ Binomial(9, 0.5)"));
        Assert.Contains("GM0275", Mistakes("x: positive ~ Normal(0, 1)"), StringComparison.Ordinal);
        Assert.Contains("error", Mistakes("x: int ~ Normal(0, 1)"), StringComparison.Ordinal);
    }

    // --- given ---

    [Fact]
    public void A_value_in_the_file_is_observed_and_the_data_win_cell_by_cell()
    {
        const string Text = "m ~ Normal(0, 1)\nx ~ Normal(m, 1) ^ 3\ngiven x[1] = 1\ngiven x[2] = 2";
        Assert.Equal("OOP", Roles(Text, "x"));
        Assert.Equal("OOO", Roles(Text, "x", "x=[4, 5, 6]"));
        Assert.Equal([4, 2], Conditioned(Text, "x[1]=4").Conditioned.Variables.Single(v => v.Variable.Name == "x").Values[..2]);
    }

    [Fact]
    public void A_null_takes_a_value_of_the_file_back() =>
        Assert.Equal("PO", Roles("x ~ Normal(0, 1) ^ 2\ngiven x[1] = 1\ngiven x[2] = 2", "x", "x[1]=null"));

    [Fact]
    public void What_is_given_a_value_of_is_known()
    {
        Assert.Contains("GM0325", Mistakes("a ~ Normal(0, 1)\nb ~ Normal(0, 1)\ngiven a = b", []), StringComparison.Ordinal);
        Assert.Equal("O", Roles("input k\na ~ Normal(0, 1)\ngiven a = k + 1", "a", "k=3"));
        Assert.Equal(7, Value("input k\ngiven k = 7\nx = k", "x"));
    }

    [Fact]
    public void A_condition_stands_at_any_level()
    {
        const string Text = "for i in 1..2 { x[i] ~ Uniform(0, 1); if i == 2 { given x[i] > 0.9 } }";
        for (ulong seed = 1; seed < 20; seed++)
        {
            var draws = Conditioned(Text).Sample(5, seed, cancellation: TestContext.Current.CancellationToken);
            for (var i = 0; i < 5; i++) Assert.InRange(draws.Draw(i, "x")[1], 0.9, 1);
        }
    }

    [Fact]
    public void A_truth_value_that_is_given_is_observed_as_true() => Assert.Equal("PO", Roles("b ~ Bernoulli(0.5) ^ 2\ngiven b[2]", "b"));

    [Fact]
    public void That_continuous_variables_are_equal_is_a_mistake()
    {
        Assert.Contains("GM0272", Mistakes("a ~ Normal(0, 1)\nb ~ Normal(0, 1)\ngiven a == b"), StringComparison.Ordinal);
        Assert.Empty(Mistakes("n ~ Poisson(3)\ngiven n == 2"));
    }

    [Theory]
    [InlineData("given mu[1] < mu[2]")]
    [InlineData("given mu[2] > mu[1]")]
    [InlineData("given abs(mu[2] - mu[1]) < 2")]
    [InlineData("given mu[2] > mu[1] and mu[2] < 3 + mu[1]")]
    public void A_comparison_that_bounds_one_latent_by_earlier_ones_is_a_bound(string condition) =>
        Conditioned($"mu ~ Normal(0, 1) ^ 2\n{condition}\ny ~ Normal(mu[1], 1)", "y=1").Prepare();

    [Theory]
    [InlineData("given mu[1] * mu[2] < 1 or mu[1] > 2")]
    [InlineData("given mu[1]^2 + mu[2]^2 < 1")]
    public void Other_conditions_between_continuous_latents_are_an_objection(string condition) =>
        Assert.Contains("error GM", Objections($"mu ~ Normal(0, 1) ^ 2\n{condition}\ny ~ Normal(mu[1], 1)", "y=1"), StringComparison.Ordinal);

    [Fact]
    public void A_condition_never_renormalises_and_a_truncation_always_does()
    {
        Assert.Equal(Normal(1, 0, 1), LogDensity("x ~ Normal(0, 1)\ngiven x > 0", [], ("x", [1.0])), 12);
        Assert.Equal(double.NegativeInfinity, LogDensity("x ~ Normal(0, 1)\ngiven x > 0", [], ("x", [-1])));
        Assert.Equal(Normal(1, 0, 1) + Math.Log(2), LogDensity("x ~ Normal(0, 1) truncated (0, )", ["x=1"]), 12);
        // Also where the bound is random.
        Assert.Equal(Normal(0, 0, 1) + Normal(1, 0, 1) + Math.Log(2), LogDensity("m ~ Normal(0, 1)\nx ~ Normal(0, 1) truncated (m, )", ["x=1"], ("m", [0])), 12);
    }

    // --- factor, for, if ---

    [Fact]
    public void A_factor_adds_to_the_log_density() =>
        Assert.Equal(Normal(1.5, 0, 1) - 2.25, LogDensity("x ~ Normal(0, 1)\nfactor -x^2", [], ("x", [1.5])), 12);

    [Fact]
    public void A_for_is_a_plate_or_a_chain()
    {
        Assert.Equal([2, 4, 6], Values("for i in 1..3 { x[i] = 2 * i }", "x"));
        Assert.Equal([1, 2, 4], Values("x[1] = 1\nfor i in 2..3 { x[i] = 2 * x[i-1] }", "x"));
        Assert.Equal([4, 2, 1], Values("x[3] = 1\nfor i in 1..2 { x[i] = 2 * x[i+1] }", "x"));
    }

    [Fact]
    public void Both_branches_may_define_the_same_element()
    {
        const string Text = "input c: bool\nif c { x = 1; u = 3 } else { x = 2 }\ny = x";
        Assert.Equal(1, Value(Text, "y", "c=true"));
        Assert.Equal(2, Value(Text, "y", "c=false"));
        Assert.Contains("GM0281", Mistakes("c ~ Bernoulli(0.5)\nif c { u ~ Normal(0, 1) }\ny ~ Normal(u, 1)"), StringComparison.Ordinal);
        Assert.Contains("GM0260", Mistakes("c ~ Bernoulli(0.5)\nif c { u = 1 }\nu = 2"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_condition_of_a_branch_may_be_random()
    {
        const string Text = "c ~ Bernoulli(0.3)\nif c { x ~ Normal(2, 1) } else { x ~ Normal(-1, 0.5) }";
        Assert.Equal(Math.Log(0.3) + Normal(1, 2, 1), LogDensity(Text, ["c=1", "x=1"]), 12);
        Assert.Equal(Math.Log(0.7) + Normal(1, -1, 0.5), LogDensity(Text, ["c=0", "x=1"]), 12);
    }

    // --- def ---

    [Fact]
    public void A_function_sees_the_variables_of_the_model_beside_its_arguments()
    {
        Assert.Equal(7, Value("a = 3\nb = 1\ndef f(b) = a + b\nx = f(4)", "x"));
        Assert.Equal(5, Value("def f(a) { t = a^2; return t + 1 }\nx = f(2)", "x"));
    }

    [Fact]
    public void A_random_function_has_variables_for_each_use_and_the_density_of_its_body()
    {
        const string Text = "def D(a, b) { m ~ Normal(a, 1); x ~ Normal(m, b); return x }\nx ~ D(1, 2)\ny ~ D(3, 4)";
        var expected = Normal(0.5, 1, 1) + Normal(2, 0.5, 2) + Normal(-0.5, 3, 1) + Normal(0, -0.5, 4);
        Assert.Equal(expected, LogDensity(Text, ["x=2", "y=0"], ("x.m", [0.5]), ("y.m", [-0.5])), 12);
    }

    [Theory]
    [InlineData("for i in 1..2 { def f(a) = a }")]
    [InlineData("if true { net f = mlp([8]) }")]
    [InlineData("for i in 1..2 { import \"a.gm\" }")]
    public void Functions_nets_and_imports_stand_at_the_top(string text) => Assert.Contains("GM0210", Mistakes(text), StringComparison.Ordinal);

    [Fact]
    public void Functions_do_not_recur()
    {
        Assert.Contains("GM0211", Mistakes("def f(a) = f(a - 1)\nx = f(3)"), StringComparison.Ordinal);
        Assert.Contains("GM0211", Mistakes("def f(a) = g(a)\ndef g(a) = f(a)\nx = f(3)"), StringComparison.Ordinal);
    }

    // --- how statements hold together ---

    [Fact]
    public void The_order_of_statements_does_not_matter()
    {
        string[] statements = ["input N: count", "m ~ Normal(0, 1)", "s = exp(t)", "t = m / 2", "for i in 1..N { y[i] ~ Normal(f(m), s) }", "def f(a) = a + t", "given m > -5"];
        var random = new Random(5);
        for (var n = 0; n < 30; n++)
        {
            random.Shuffle(statements);
            Assert.Equal(Normal(0.4, 0, 1) + Normal(1, 0.6, Math.Exp(0.2)) + Normal(2, 0.6, Math.Exp(0.2)), LogDensity(string.Join('\n', statements), ["y=[1, 2]"], ("m", [0.4])), 12);
        }
    }

    [Fact]
    public void A_cycle_a_second_definition_and_an_element_without_one_show_every_place()
    {
        var cycle = Mistakes("a = b\nb = c\nc = a");
        Assert.Contains("GM0264", cycle, StringComparison.Ordinal);
        Assert.All((string[])["m.gm:1", "1 | a = b", "2 | b = c", "3 | c = a"], line => Assert.Contains(line.Replace("m.gm", "model.gm", StringComparison.Ordinal), cycle, StringComparison.Ordinal));
        var second = Mistakes("a = 1\nb = 2\na = 3");
        Assert.Contains("GM0260", second, StringComparison.Ordinal);
        Assert.Contains("1 | a = 1", second, StringComparison.Ordinal);
        Assert.Contains("3 | a = 3", second, StringComparison.Ordinal);
        var undefined = Mistakes("x[1] = 1\nx[3] = 3\ny = x[2]", []);
        Assert.Contains("GM0314", undefined, StringComparison.Ordinal);
        Assert.Contains("x[2]", undefined, StringComparison.Ordinal);
    }

    // --- names ---

    [Fact]
    public void A_name_before_a_parenthesis_is_a_function_and_elsewhere_a_variable() =>
        Assert.Equal(Math.Exp(2) + 2, Value("exp = 2\nmean = exp(exp) + exp\nsd = mean", "sd"), 12);

    [Fact]
    public void Loop_variables_and_arguments_shadow()
    {
        Assert.Equal(6 + 100, Value("i = 100\nx = sum(for i in 1..3: i) + i", "x"));
        Assert.Equal(4 + 100, Value("a = 100\ndef f(a) = a^2\nx = f(2) + a", "x"));
    }

    [Fact]
    public void An_own_function_may_hide_a_built_in_with_a_warning()
    {
        const string Text = "def exp(x) = x + 1\ny = exp(2)";
        Assert.Contains("warning GM0213", Mistakes(Text), StringComparison.Ordinal);
        Assert.Equal(3, Value(Text, "y"));
    }
}
