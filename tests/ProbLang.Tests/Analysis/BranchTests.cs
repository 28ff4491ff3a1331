using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Numerics;
using Xunit;
using static System.Math;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

public class BranchTests
{
    private const string Coin = "z ~ Bernoulli(0.3)\nif z { x ~ Normal(2, 1) } else { x ~ Normal(-1, 0.5) }\ny ~ Normal(x, 1)";

    private static double Normal(double x, double mean, double sd) => -0.5 * Pow((x - mean) / sd, 2) - Log(sd) - 0.5 * Log(2 * PI);

    private static double LogDensity(string text, DataArray[] data, params (string Name, double[] Values)[] latents)
    {
        var model = Condition(text, data);
        return new Evaluator(model).LogDensity(latents.ToDictionary(l => model.Graph.Find(l.Name)!, l => l.Values));
    }

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(0, -1, 0.5)]
    public void The_density_of_an_element_is_that_of_the_branch_that_holds(double z, double mean, double sd)
    {
        var expected = Log(z == 1 ? 0.3 : 0.7) + Normal(0.4, mean, sd) + Normal(1.5, 0.4, 1);
        Assert.Equal(expected, LogDensity(Coin, [Given("y", 1.5)], ("z", [z]), ("x", [0.4])), 12);
        // The same where the data decide.
        Assert.Equal(expected, LogDensity(Coin, [Given("y", 1.5), Given("z", z)], ("x", [0.4])), 12);
        Assert.Equal(expected, LogDensity(Coin, [Given("y", 1.5), Given("z", z), Given("x", 0.4)]), 12);
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(-0.7)]
    public void What_one_branch_defines_counts_where_it_is_observed_and_the_branch_holds_and_has_its_prior_where_it_is_not(double theta)
    {
        const string Model = "theta ~ Normal(0, 1)\nif theta > 0 {\n  x ~ Normal(3, 2)\n  y ~ Normal(x, sqrt(theta))\n}";
        var expected = Normal(theta, 0, 1) + Normal(1, 3, 2) + (theta > 0 ? Normal(0.2, 1, Sqrt(theta)) : 0);
        Assert.Equal(expected, LogDensity(Model, [Given("y", 0.2)], ("theta", [theta]), ("x", [1])), 12);
    }

    [Fact]
    public void The_data_decide_cell_by_cell()
    {
        const string Model = """
            input N: count
            for i in 1..N {
              z[i] ~ Bernoulli(0.5)
              if z[i] { x[i] ~ Normal(0, 1) } else { x[i] ~ Normal(5, 1); w[i] ~ Normal(x[i], 1) }
            }
            """;
        var data = new[] { Given("z", 1, 0, null), Given("x", 0.3, null, 0.1), Given("w", [3], null, 4, 2) };
        var model = Condition(Model, data);
        Assert.Equal("OOL", model.Roles("z"));
        Assert.Equal("OLO", model.Roles("x"));
        // Where z is 1 no statement defines w, and nothing gives it.
        Assert.Equal("UOO", model.Roles("w"));
        foreach (var z in (double[])[0, 1])
            Assert.Equal(3 * Log(0.5) + Normal(0.3, 0, 1) + Normal(4.2, 5, 1) + Normal(4, 4.2, 1) + (z == 1 ? Normal(0.1, 0, 1) : Normal(0.1, 5, 1) + Normal(2, 0.1, 1)),
                LogDensity(Model, data, ("z", [1, 0, z]), ("x", [0, 4.2, 0])), 12);
    }

    [Fact]
    public void What_is_in_a_branch_that_does_not_hold_is_not_looked_at()
    {
        const string Model = """
            input wide: bool
            input n[2]: int
            input a[3]
            input k: int
            if wide { for i in 1..n[k] { x[i] ~ Normal(a[k], 1) } }
            else { for i in 1..n[2] { x[i] = a[i] } }
            """;
        Assert.Equal([1.0, 2], Condition(Model, Given("wide", 0.0), Given("k", 7.0), Given("n", 5, 2), Given("a", 1, 2, 3)).State("x").Values);
    }

    [Fact]
    public void Branches_run_over_the_same_range_by_indices_of_any_name()
    {
        const string Model = "t ~ Normal(0, 1)\nif t > 0 { for i in 1..2 { x[i] ~ Normal(i, 1) } } else { for j in 1 .. 2 { x[j] ~ Normal(-j, 2) } }";
        foreach (var t in (double[])[1, -1])
            Assert.Equal(Normal(t, 0, 1) + (t > 0 ? Normal(0.5, 1, 1) + Normal(0.7, 2, 1) : Normal(0.5, -1, 2) + Normal(0.7, -2, 2)),
                LogDensity(Model, [Given("x", 0.5, 0.7)], ("t", [t])), 12);
    }

    [Fact]
    public void An_else_if_without_an_end_defines_where_one_of_its_branches_holds()
    {
        const string Model = "t ~ Normal(0, 1)\nif t > 1 { x ~ Normal(1, 1) } else if t > 0 { x ~ Normal(2, 2) }";
        foreach (var (t, expected) in ((double, double)[])[(2, Normal(0.5, 1, 1)), (0.5, Normal(0.5, 2, 2)), (-1, 0)])
            Assert.Equal(Normal(t, 0, 1) + expected, LogDensity(Model, [Given("x", 0.5)], ("t", [t])), 12);
    }

    [Fact]
    public void A_branch_that_the_data_decide_leaves_an_element_undefined() => Assert.Equal(
        ["GM0314 `x` is used here (for `y`), but nothing defines it and the data do not give it"],
        MessagesOf("input c: bool\nif c { x ~ Normal(0, 1) }\ny ~ Normal(x, 1)", Given("c", 0.0)));

    [Fact]
    public void An_element_of_one_branch_that_is_reached_from_outside_is_reported_with_both_places() => Assert.Equal("""
        model.gm:3:17: error GM0379: `x[2]` is used here (for `y[1]`), but only one branch of an `if` that the data do not decide defines it
          3 | for i in 1..2 { y[i] ~ Normal(x[3 - i], 1) }
            |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^
          model.gm:2:28: defined here
          2 | for i in 1..2 { if t > i { x[i] ~ Normal(0, 1) } }
            |                            ^^^
          = use it inside of that branch alone, or define it in the other one too
        """, MessageOf("t ~ Normal(0, 1)\nfor i in 1..2 { if t > i { x[i] ~ Normal(0, 1) } }\nfor i in 1..2 { y[i] ~ Normal(x[3 - i], 1) }"));

    [Fact]
    public void Branches_that_cannot_be_joined_are_reported_with_both_places() => Assert.Equal("""
        model.gm:2:31: error GM0377: both branches of an `if` that the data do not decide define `x`, in ways that cannot be joined
          2 | if t > 0 { x = 1 + t } else { x ~ Normal(0, 1) }
            |                               ^
          model.gm:2:12: in the other branch
          2 | if t > 0 { x = 1 + t } else { x ~ Normal(0, 1) }
            |            ^
          = write both with the same `for`s and indices, and draw (`~`) or compute (`=`) the same kind of quantity in both
        """, MessageOf("t ~ Normal(0, 1)\nif t > 0 { x = 1 + t } else { x ~ Normal(0, 1) }"));

    [Fact]
    public void A_value_given_in_an_open_branch_is_a_mistake() =>
        Assert.Equal(["GM0349 this value is given only where an `if` holds that the data do not decide"], MessagesOf("t ~ Normal(0, 1)\nx ~ Normal(t, 1)\nif t > 0 { given x = 1 }"));

    // --- drawn forward ---

    private const int Draws = 40_000;

    private static Simulation Sample(string text, object data, params string[] interventions)
    {
        var fix = Data.Empty;
        foreach (var assignment in interventions) fix = fix.With(Data.Given(assignment, "--do"));
        return Model.Compile(text).Model.Condition(Data.Of(data)).Sample(Draws, 20_261, fix, TestContext.Current.CancellationToken);
    }

    /// <summary>A mean within four Monte Carlo standard errors.</summary>
    private static void HasMean(double expected, IEnumerable<double> draws)
    {
        var x = draws.ToArray();
        var mean = x.Average();
        var error = Sqrt(x.Sum(v => (v - mean) * (v - mean)) / x.Length / (x.Length - 1));
        Assert.InRange(mean, expected - 4 * error, expected + 4 * error);
    }

    private static double[] Column(Simulation simulation, string name, int cell = 0) => [.. Enumerable.Range(0, simulation.Count).Select(i => simulation.Draw(i, name)[cell])];

    [Fact]
    public void A_draw_takes_the_branch_that_was_drawn()
    {
        var simulation = Sample(Coin, new { });
        HasMean(0.3 * 2 - 0.7, Column(simulation, "y"));
        HasMean(0.3, Column(simulation, "z"));
    }

    [Fact]
    public void What_is_observed_is_drawn_anew_and_decides_anew()
    {
        var simulation = Sample(Coin, new { z = 1, y = 3.0 });
        HasMean(0.3 * 2 - 0.7, Column(simulation, "x"));
    }

    [Fact]
    public void A_fixed_condition_decides_the_branch()
    {
        HasMean(2, Column(Sample(Coin, new { }, "z=1"), "x"));
        HasMean(-1, Column(Sample(Coin, new { z = 1 }, "z=0"), "x"));
    }

    [Fact]
    public void What_a_branch_defines_that_does_not_hold_is_not_there()
    {
        var simulation = Sample("k ~ Categorical([0.25, 0.25, 0.5])\nm = [10, 20]\nif k < 3 { x ~ Normal(m[k], 1); y = 2 * x }", new { });
        var (k, x, y) = (Column(simulation, "k"), Column(simulation, "x"), Column(simulation, "y"));
        for (var i = 0; i < k.Length; i++)
        {
            Assert.Equal(k[i] == 3, double.IsNaN(x[i]));
            Assert.Equal(k[i] == 3, double.IsNaN(y[i]));
        }
        HasMean(30, y.Where(v => !double.IsNaN(v)));
        using var text = new StringWriter();
        simulation.WriteJson(text);
        Assert.Contains("\"x\": null", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_predicted_element_of_a_branch_is_there_where_the_branch_holds()
    {
        var posterior = Model.Compile("t ~ Normal(0, 1)\ny ~ Normal(t, 1)\nif t > 0 { x ~ Normal(7, 1) }").Model.Condition(Data.Of(new { y = 0.5 }))
            .Infer(new ProbLang.Inference.Nuts { Seed = 3 }, cancellation: TestContext.Current.CancellationToken);
        var row = posterior.Scalar("x");
        Assert.InRange(row.Mean, 7 - 4 * row.Mcse, 7 + 4 * row.Mcse);
        Assert.Equal(4000, row.Holds!.Value.Of);
        // t given y is Normal(0.25, sqrt(0.5)).
        Assert.InRange(row.Holds!.Value.Draws / 4000.0, 0.58, 0.70);
        using var table = new StringWriter();
        posterior.Write(table, SummaryForm.Table);
        Assert.Contains($"x: given that its branch holds, as it does in {row.Holds.Value.Draws} of 4000 draws", table.ToString(), StringComparison.Ordinal);
        using var json = new StringWriter();
        posterior.Write(json, SummaryForm.Json);
        Assert.Contains($"\"holds_in\": {row.Holds.Value.Draws}", json.ToString(), StringComparison.Ordinal);
    }
}
