using ProbLang.Inference;
using Xunit;
using static ProbLang.Tests.Language.Stated;

namespace ProbLang.Tests.Language;

/// <summary>The sections “What it is for” and “Observing what is computed” of the language page.</summary>
public class ConditioningTests
{
    private const string Means = "input N: count\nmu ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(mu, 1) }\nz ~ Normal(mu, 1)";

    [Fact]
    public void One_text_is_simulated_and_conditioned()
    {
        Assert.Equal(3, Values(Means, "y", "N=3").Length);
        var posterior = Conditioned(Means, "y=[1, 2]").Infer(new Nuts { Seed = 1, Chains = 1, Warmup = 100, Draws = 100 }, cancellation: TestContext.Current.CancellationToken);
        Assert.True(double.IsFinite(posterior.Scalar("mu").Mean));
    }

    [Fact]
    public void Anything_may_be_given_anything_else()
    {
        Assert.Equal("L", Roles(Means, "mu", "y=[1, 2]"));
        Assert.Equal("O", Roles(Means, "mu", "mu=1", "N=2"));
        Assert.Equal("PP", Roles(Means, "y", "mu=1", "N=2"));
        Assert.Equal("PP", Roles(Means, "y", "z=1", "N=2"));
        Assert.Equal("L", Roles(Means, "mu", "z=1", "N=2"));
    }

    [Fact]
    public void Roles_are_decided_cell_by_cell()
    {
        Assert.Equal("OPO", Roles(Means, "y", "y=[1, null, 3]"));
        Assert.Equal("P", Roles(Means, "z", "y=[1, null, 3]"));
        Assert.Equal("OLOP", Roles("input T: count\ny[1] ~ Normal(0, 1)\nfor t in 2..T { y[t] ~ Normal(y[t-1], 1) }", "y", "y=[1, null, 3, null]"));
    }

    [Theory]
    [InlineData(".json", "{\"y\": [1, null, 3]}")]
    [InlineData(".csv", "y\n1\nNA\n3\n")]
    [InlineData(".csv", "y,N\n1,3\n,3\n3,3\n")]
    [InlineData(".tsv", "y\n1\nNA\n3\n")]
    public void A_missing_cell_is_not_given(string extension, string text)
    {
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + extension);
        File.WriteAllText(file, text);
        try
        {
            var data = Data.Load(file, TestContext.Current.CancellationToken);
            Assert.True(Compiled("for i in 1..3 { y[i] ~ Normal(0, 1) }").TryCondition(data, out var problem, out _));
            Assert.Equal("OPO", Analysis.ModelText.Roles(problem!.Conditioned, "y"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void An_element_that_no_statement_defines_is_known_where_the_data_give_it_and_a_mistake_only_where_it_is_used_and_not_given()
    {
        const string Text = "input T: count\nfor t in 3..T { y[t] ~ Normal(y[t-1], 1) }";
        Assert.Equal("KKOO", Roles(Text, "y", "y=[1, 2, 3, 4]"));
        Assert.Empty(Mistakes(Text, "y=[null, 2, 3, 4]"));
        Assert.Contains("GM0314", Mistakes(Text, "y=[1, null, 3, 4]"), StringComparison.Ordinal);
        Assert.Contains("GM0315", Mistakes("input T: count\nfor t in 1..T { y[t] ~ Normal(y[t-1], 1) }", "y=[1, 2, 3, 4]"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_cell_of_an_input_has_a_remedy()
    {
        var message = Mistakes("input x[3]\ny = sum(x)", "x=[1, null, 3]");
        Assert.Contains("GM0305", message, StringComparison.Ordinal);
        Assert.Contains("~", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_is_given_whole()
    {
        const string Text = "for i in 1..3 { y[i] ~ Normal(0, 1) }";
        Assert.Empty(Mistakes(Text, "y=[1, 2, null]"));
        Assert.Contains("GM0304", Mistakes(Text, "y=[1, 2]"), StringComparison.Ordinal);
    }

    [Fact]
    public void NaN_is_a_mistake()
    {
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".csv");
        File.WriteAllText(file, "y\n1\nNaN\n");
        try
        {
            var diagnostic = Assert.Single(Assert.Throws<DataException>(() => Compiled("y ~ Normal(0, 1) ^ 2").Condition(Data.Load(file, TestContext.Current.CancellationToken))).Diagnostics);
            Assert.Equal(("GM0359", 3), (diagnostic.Id, diagnostic.Location!.Line));
            Assert.Contains("NA", diagnostic.Remedy, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
        Assert.Throws<ArgumentException>(() => Data.Of(new { y = new[] { 1, double.NaN } }));
    }

    // --- the class ---

    [Theory]
    [InlineData("y ~ Normal(0, 1)", "explicit, tractable", "no latent is left")]
    [InlineData("y[1] ~ Normal(0, 1)\nfor t in 2..3 { y[t] ~ Normal(y[t-1], 1) }", "explicit, tractable", "")]
    [InlineData("m ~ Normal(0, 1)\ny ~ Normal(m, 1)", "explicit, tractable", "`m` (line 1) is a continuous latent, which is integrated in closed form")]
    [InlineData("m ~ Cauchy(0, 1)\ny ~ Normal(m, 1)", "explicit, approximate", "`m` (line 1)")]
    public void The_class_and_the_line_that_decides_it_are_derived(string text, string name, string why)
    {
        var explained = Conditioned(text, text.Contains("y[t]", StringComparison.Ordinal) ? "y=[1, 2, 3]" : "y=1").Explain();
        Assert.Contains($"class: {name}", explained, StringComparison.Ordinal);
        Assert.Contains(why, explained, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_data_what_nothing_depends_on_counts_as_observed_and_it_says_so() =>
        Assert.Contains("without data, what nothing depends on counts as observed", Compiled("m ~ Normal(0, 1)\ny ~ Normal(m, 1)").Explain(), StringComparison.Ordinal);

    // --- what is computed, simulation ---

    [Fact]
    public void A_computed_quantity_that_is_given_and_known_is_a_check()
    {
        Assert.Empty(Mistakes("input a\nx = a + 1", "a=2", "x=3"));
        Assert.Contains("GM0318", Mistakes("input a\nx = a + 1", "a=2", "x=4"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_distribution_of_a_function_of_a_variable_says_what_to_write() => Assert.Contains("LogNormal", Mistakes("log(y) ~ Normal(0, 1)"), StringComparison.Ordinal);

    [Fact]
    public void A_simulation_takes_inputs_and_sizes_and_draws_every_random_variable_anew()
    {
        const string Text = "input N: count\ninput x[N]\nmu ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(mu + x[i], 1) }";
        var draws = Conditioned(Text, "x=[1000, 2000]", "y=[5, 6]", "mu=100").Sample(50, 1, cancellation: TestContext.Current.CancellationToken);
        var mus = Enumerable.Range(0, 50).Select(i => draws.Draw(i, "mu")[0]).ToArray();
        Assert.Equal(50, mus.Distinct().Count());
        Assert.All(mus, mu => Assert.InRange(mu, -6, 6));
        for (var i = 0; i < 50; i++) Assert.InRange(draws.Draw(i, "y")[1], 1980, 2020);
    }

    [Fact]
    public void A_condition_is_met_by_rejection()
    {
        var draws = Conditioned("a ~ Normal(0, 1)\nb ~ Normal(0, 1)\ngiven a < b").Sample(200, 1, cancellation: TestContext.Current.CancellationToken);
        for (var i = 0; i < 200; i++) Assert.True(draws.Draw(i, "a")[0] < draws.Draw(i, "b")[0]);
    }

    [Theory]
    [InlineData("x ~ Flat()\ny ~ Normal(x, 1)")]
    [InlineData("x ~ Normal(0, 1)\nfactor -x^2")]
    public void What_cannot_be_drawn_is_an_objection_with_a_remedy(string text) =>
        Assert.NotNull(Assert.Single(Assert.Throws<DataException>(() => Conditioned(text).Sample(1, 1, cancellation: TestContext.Current.CancellationToken)).Diagnostics).Remedy);

    /// <summary>The families of the page, each with the class that it gives there.</summary>
    [Theory]
    [InlineData("net ar = masked(hidden: [128])\nfor i in 1..N { for d in 1..D {\n  x[i, d] ~ Bernoulli(logit: ar(x[i, ..d-1])) } }\ninput N: count\ninput D: count", "explicit, tractable")]
    [InlineData("input N: count\nnet flow = coupling(layers: 8, hidden: [64, 64])\nfor i in 1..N {\n  z[i] ~ Normal(0, 1) ^ 2\n  x[i] = flow(z[i])\n}", "explicit, tractable")]
    [InlineData("input N: count\nnet decode = mlp(hidden: [128])\nfor i in 1..N {\n  z[i] ~ Normal(0, 1) ^ 2\n  x[i] ~ Bernoulli(logit: decode(z[i]))\n}\nguide {\n  net encode = mlp(hidden: [128])\n  for i in 1..N {\n    h[i] = encode(x[i])\n    z[i] ~ Normal(h[i, 1..2], exp(h[i, 3..4]))\n  }\n}", "explicit, approximate")]
    [InlineData("input N: count\nnet generator = mlp(hidden: [64, 64])\nfor i in 1..N {\n  z[i] ~ Normal(0, 1) ^ 2\n  x[i] = generator(z[i])\n}", "implicit")]
    [InlineData("input N: count\nnet energy = mlp(hidden: [64, 64])\nfor i in 1..N { x[i] ~ Energy(energy) }", "explicit, approximate")]
    [InlineData("input N: count\nnet denoise = mlp(hidden: [128, 128])\nfor i in 1..N { x[i] ~ Diffusion(denoise, steps: 100) }", "explicit, approximate")]
    [InlineData("input N: count\ninput label[N]: category\nnet generator = mlp(hidden: [64])\nfor i in 1..N {\n  z[i] ~ Normal(0, 1) ^ 2\n  x[i] = generator(concat(z[i], onehot(label[i])))\n}", "implicit")]
    public void A_generative_family_has_its_class(string text, string name) => Assert.Contains($"class: {name}\n", Compiled(text).Explain(), StringComparison.Ordinal);

    /// <summary>Of what does not exist nothing can be drawn, whatever formula a sampler would put the parameters into.</summary>
    [Theory]
    [InlineData("Normal(0, s)")]
    [InlineData("Exponential(s)")]
    [InlineData("Uniform(0, s)")]
    [InlineData("Bernoulli(s)")]
    [InlineData("Geometric(s)")]
    [InlineData("Poisson(s)")]
    [InlineData("LogNormal(0, s)")]
    [InlineData("ZeroInflated(s, Poisson(1))")]
    [InlineData("Mixture([s, 1 - s], [Normal(0, 1), Normal(5, 1)])")]
    public void A_distribution_without_meaning_draws_nothing(string distribution)
    {
        var draws = Conditioned($"s ~ Uniform(-1, 1)\nx ~ {distribution}").Sample(200, 1, cancellation: TestContext.Current.CancellationToken);
        for (var i = 0; i < 200; i++) Assert.Equal(draws.Draw(i, "s")[0] < 0, double.IsNaN(draws.Draw(i, "x")[0]));
    }
}
