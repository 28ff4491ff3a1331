using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Programs;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis.Finite;

/// <summary>Which values discrete unknowns may have, and what depends on them.</summary>
public class FiniteSupportsTests
{
    [Theory]
    [InlineData("z ~ Bernoulli(0.3)", 0, 2)]
    [InlineData("z ~ Categorical([0.2, 0.3, 0.5])", 1, 3)]
    [InlineData("z ~ DiscreteUniform(-2, 4)", -2, 7)]
    [InlineData("p ~ Beta(1, 1)\nz ~ Binomial(5, p)", 0, 6)]
    [InlineData("p ~ Beta(1, 1)\nz ~ Mixture([0.5, 0.5], [Bernoulli(p), DiscreteUniform(3, 4)])", 0, 5)]
    [InlineData("r ~ Gamma(1, 1)\nz ~ Poisson(r) truncated (2, 9)", 2, 8)]
    [InlineData("r ~ Gamma(1, 1)\nz ~ OrderedLogistic(r, [0, 1])", 1, 3)]
    [InlineData("z ~ ZeroInflated(0.2, DiscreteUniform(3, 4))", 0, 5)]
    [InlineData("z ~ Hypergeometric(7, 5, 4)", 2, 3)]
    public void A_cell_has_the_values_of_its_distribution(string model, int low, int count)
    {
        var supports = Find(model + "\nz_seen = z\ny ~ Normal(z_seen, 1)", "z");
        Assert.Equal((low, count), (supports.Cells[0].Low, supports.Cells[0].Count));
        Assert.Empty(supports.Objections);
        Assert.Empty(supports.CutOffs);
    }

    [Fact]
    public void A_range_that_depends_on_other_cells_holds_all_that_they_allow()
    {
        var supports = Find("a ~ DiscreteUniform(2, 4)\nb ~ Bernoulli(0.5)\nm = if b then a else 7\nz ~ DiscreteUniform(-a, m)\ny ~ Normal(z, 1)", "z");
        var cell = Assert.Single(Cells(supports), c => c.Variable.Name == "z");
        Assert.Equal((-4, 12), (cell.Low, cell.Count));
    }

    [Fact]
    public void A_count_without_an_end_is_cut_off_where_the_rest_is_negligible_for_all_its_parents()
    {
        var supports = Find("b ~ Bernoulli(0.5)\nz ~ Poisson(if b then 3 else 0.1)\ny ~ Normal(z, 1)", "z");
        var cell = Assert.Single(Cells(supports), c => c.Variable.Name == "z");
        var cut = Assert.Single(supports.CutOffs);
        Assert.Equal("z", supports.Cells[cut.Number].Variable.Name);
        var beyond = 1 - MathNet.Numerics.Distributions.Poisson.CDF(3, cell.Low + cell.Count - 1);
        Assert.InRange(beyond, 0, 1e-10);
        Assert.True(MathNet.Numerics.Distributions.Poisson.PMF(3, cell.Low + cell.Count - 1) > 1e-12, "no further than needed");
        Assert.InRange(Math.Exp(cut.LogTail), 0.5 * beyond, 2 * beyond + 1e-15);
    }

    [Theory]
    [InlineData("r ~ Gamma(1, 1)\nz ~ Poisson(r)", "GM0440")]
    [InlineData("z ~ DiscreteUniform(0, 3000000)", "GM0441")]
    [InlineData("z ~ Multinomial(3, [0.5, 0.5])", "GM0442")]
    public void What_has_no_few_values_is_an_objection(string model, string id)
    {
        var y = model.Contains("Multinomial") ? "y ~ Normal(z[1], 1)" : "y ~ Normal(z, 1)";
        Assert.Equal(id, Assert.Single(Find($"{model}\n{y}", "z").Objections).Id);
    }

    [Theory]
    [InlineData("for i in 1..3 { z[i] ~ Bernoulli(0.5); y[i] ~ Normal(z[i], 1) }", "z[1]")]
    [InlineData("z ~ Bernoulli(0.5) ^ 3\ny ~ Normal(z, 1)", "z[1]")]
    [InlineData("z ~ Bernoulli(0.5) ^ 3\nm = 2 * z - 1\ny ~ Normal(if m > 0 then 3 else m, 1)", "z[1]")]
    [InlineData("z ~ Bernoulli(0.5) ^ 3\ny ~ Normal([for i in 1..3: z[i] + z[1]], 1)", "z[1]")]
    [InlineData("for i in 1..3 { z[i] ~ Categorical([0.5, 0.5]) }\nm ~ Normal(0, 1) ^ 2\ny ~ Normal(m[z], 1)", "z[1]")]
    [InlineData("z ~ Bernoulli(0.5) ^ 3\ny ~ Normal(z[1] + sum(z[2..]), 1) ^ 3", "z[1] z[2] z[3]")]
    [InlineData("z ~ Bernoulli(0.5) ^ 3\nw ~ Categorical([0.5, 0.5])\ny ~ Normal(z[w], 1) ^ 3", "w z[1] z[2] z[3]")]
    public void A_draw_depends_on_the_cells_that_it_reads(string model, string expected)
    {
        var conditioned = Condition(model, Given("y", 0.1, 0.2, 0.3));
        var evaluator = new Evaluator(conditioned);
        var supports = FiniteSupports.Find(conditioned, evaluator, role => role == Role.Latent, -30);
        var definition = Enumerable.Range(0, conditioned.Definitions.Count).Single(d => conditioned.Definitions[d].Definition.Variable.Name == "y");
        var scope = supports.Scopes.Of(definition, 0, 0);
        Assert.Equal(expected, string.Join(' ', scope.Cells.Select(c => supports.Cells[c]).Select(c => ShapeText.Element(c.Variable.Name, conditioned[c.Variable].Shape, c.Cell))));
    }

    [Fact]
    public void Components_of_one_structure_are_one_group()
    {
        var model = Condition(
            """
            input n[3]: count
            p ~ Beta(1, 1)
            for s in 1..3 {
              z[s, 1] ~ Bernoulli(p)
              for t in 2..n[s] { z[s, t] ~ Bernoulli(if z[s, t-1] then p else 0.2) }
              for t in 1..n[s] { y[s, t] ~ Normal(z[s, t], 1) }
            }
            """, Given("n", 3, 5, 3), Rows("y", [1, 2, 3], [1, 2, 3, 4, 5], [1, 2, 3]));
        var plan = FinitePlan.Of(model)!;
        Assert.Equal([(2, 3), (1, 5)], plan.Groups.Select(g => (g.Components.Length, g.Graph.Sizes.Length)));
        Assert.Equal(3, plan.Classes.Count);
        Assert.All(plan.Groups, g => Assert.Equal(1, g.Tree.Width));
    }

    [Fact]
    public void A_sum_that_is_too_large_names_what_makes_it_so()
    {
        var model = Condition("for j in 1..40 { z[j] ~ Bernoulli(0.5) }\ny ~ Normal(sum(z), 1)", Given("y", 3));
        var objection = Assert.Throws<ObjectionException>(() => FinitePlan.Of(model)).Diagnostic;
        Assert.Equal("GM0444", objection.Id);
        Assert.Contains("`z[1]`, `z[2]`", objection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_bounds_the_tables_of_sums()
    {
        var model = Model.Compile("p ~ Beta(1, 1)\nfor i in 1..3 { z[i] ~ Bernoulli(p); y[i] ~ Normal(z[i], 1) }").Model!;
        var data = Data.Of(new { y = new[] { 0.1, 0.9, 1.2 } });
        model.Condition(data, new ConditionOptions { MaxTableEntries = 18 }).Prepare();
        var objection = Assert.Throws<EngineException>(() => model.Condition(data, new ConditionOptions { MaxTableEntries = 17 }).Prepare());
        Assert.Equal("GM0444", Assert.Single(objection.Diagnostics).Id);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConditionOptions { MaxTableEntries = 0 });
    }

    private static FiniteSupports Find(string model, string latent)
    {
        var conditioned = Condition(model, Given("y", 0.5));
        Assert.True(conditioned[conditioned.Graph.Find(latent)!].Any(Role.Latent));
        return FiniteSupports.Find(conditioned, new Evaluator(conditioned), role => role == Role.Latent, Math.Log(1e-12));
    }

    private static IEnumerable<FiniteCell> Cells(FiniteSupports supports) => Enumerable.Range(0, supports.Cells.Count).Select(n => supports.Cells[n]);
}
