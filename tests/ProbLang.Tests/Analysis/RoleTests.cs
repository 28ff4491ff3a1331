using ProbLang.Analysis;
using ProbLang.Datasets;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

public class RoleTests
{
    private const string EightSchools = """
        input J: count
        input sigma[J]: positive
        mu  ~ Normal(0, 5)
        tau ~ HalfCauchy(5)
        for school in 1..J {
          theta[school] ~ Normal(mu, tau)
          y[school]     ~ Normal(theta[school], sigma[school])
        }
        """;

    private const string Autoregression = """
        input T: count
        alpha ~ Normal(0, 1)
        beta ~ Normal(0, 1)
        for t in 2..T { y[t] ~ Normal(alpha + beta * y[t-1], 1) }
        """;

    [Theory]
    [InlineData("")]
    [InlineData("given y = [1, 2, 3]")]
    public void A_null_for_a_whole_array_gives_nothing(string statement) =>
        Assert.Equal("PPP", Condition($"m ~ Normal(0, 1)\ny ~ Normal(m, 1) ^ 3\n{statement}", Given("y", [], new double?[] { null })).Roles("y"));

    [Fact]
    public void What_is_given_is_observed_and_what_it_needs_is_latent()
    {
        var model = Condition(EightSchools, Given("J", 3), Given("sigma", 1, 2, 3), Given("y", 1, null, 3));
        Assert.Equal("K", model.Roles("J"));
        Assert.Equal("L", model.Roles("mu"));
        Assert.Equal("L", model.Roles("tau"));
        Assert.Equal("OPO", model.Roles("y"));
        // The second school informs nothing: it is drawn forward.
        Assert.Equal("LPL", model.Roles("theta"));
        Assert.Equal([1, double.NaN, 3], model.State("y").Values);
    }

    [Fact]
    public void Without_data_everything_is_predicted()
    {
        var model = Condition(EightSchools, Given("J", 2), Given("sigma", 1, 2));
        Assert.All(new[] { "mu", "tau", "theta", "y" }, name => Assert.True(model.State(name).IsAll(Role.Predicted)));
    }

    [Fact]
    public void Missing_cells_of_a_chain_are_latent_before_and_predicted_after_the_last_observation()
    {
        var model = Condition(Autoregression, Given("T", 8), Given("y", 0.1, 0.2, null, null, 0.5, 0.6, null, null));
        Assert.Equal("KOLLOOPP", model.Roles("y"));
        Assert.Equal("L", model.Roles("beta"));
    }

    [Fact]
    public void The_size_of_a_chain_is_that_of_its_data()
    {
        var model = Condition(Autoregression, Given("y", 0.1, 0.2, 0.3));
        Assert.Equal(3, model.State("T").Values[0]);
        Assert.Equal("KOO", model.Roles("y"));
    }

    [Fact]
    public void A_size_is_that_of_an_input_array_or_of_the_plate_that_is_observed()
    {
        var model = Condition(EightSchools, Given("sigma", 1, 2, 3, 4));
        Assert.Equal(4, model.State("J").Values[0]);
        Assert.Equal([4], model.State("theta").Shape);
        model = Condition("input N: count\nmu ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(mu, 1) }", Given("y", 1, 2));
        Assert.Equal(2, model.State("N").Values[0]);
        model = Condition("input N: count\nmu ~ Normal(0, 1)\ny ~ Normal(mu, 1) ^ N", Given("y", 1, 2, 3));
        Assert.Equal("OOO", model.Roles("y"));
        model = Condition("input N: count\ninput D: count\ninput X[N, D]: real\nbeta ~ Normal(0, 1) ^ D\ny ~ Normal(X @ beta, 1)", Given("X", [2, 3], 1, 2, 3, 4, 5, 6));
        Assert.Equal([3], model.State("beta").Shape);
        Assert.Equal([2], model.State("y").Shape);
    }

    [Fact]
    public void Two_levels_of_plates_may_be_ragged()
    {
        var model = Condition("""
            input N: count
            input n[N]: count
            for i in 1..N {
              m[i] ~ Normal(0, 1)
              for k in 1..n[i] { x[i, k] ~ Normal(m[i], 1) }
            }
            """, Given("n", 2, 0, 3), Given("x", [3, 3], 1, 2, null, null, null, null, 1, null, null));
        Assert.Equal("OOUUUUOPP", model.Roles("x"));
        Assert.Equal("LPL", model.Roles("m"));
        var cells = model.Definitions.Single(d => d.Definition.Variable.Name == "x");
        Assert.False(cells.IsRectangular);
        Assert.Equal([0, 1, 6, 7, 8], cells.Targets);
        Assert.Equal([1, 1, 3, 3, 3], cells.LoopValues[0]);
        Assert.Equal([1, 2, 1, 2, 3], cells.LoopValues[1]);
    }

    [Fact]
    public void An_index_in_the_data_says_which_elements_are_needed()
    {
        var model = Condition("""
            input N: count
            input K: count
            input group[N]: int(1, K)
            for k in 1..K { a[k] ~ Normal(0, 1) }
            for i in 1..N { y[i] ~ Normal(a[group[i]], 1) }
            """, Given("K", 3), Given("group", 1, 3, 2), Given("y", 0.5, 0.1, null));
        Assert.Equal("LPL", model.Roles("a"));
    }

    [Fact]
    public void A_computed_element_is_forward_only_where_something_predicted_goes_into_it()
    {
        var model = Condition("""
            input N: count
            mu ~ Normal(0, 1)
            for i in 1..N { y[i] ~ Normal(mu, 1) }
            twice = 2 * mu
            for i in 1..N { z[i] = y[i] + mu }
            total = sum(z)
            """, Given("y", 1, null));
        Assert.Equal("C", model.Roles("twice"));
        Assert.Equal("CF", model.Roles("z"));
        Assert.Equal("F", model.Roles("total"));
    }

    [Fact]
    public void One_observed_part_of_a_multivariate_draw_makes_the_others_latent()
    {
        var model = Condition("mu ~ Normal(0, 1)\nx ~ MvNormal([mu, mu], [[1, 0.5], [0.5, 1]])", Given("x", 1, null));
        Assert.Equal("OL", model.Roles("x"));
        Assert.Equal("L", model.Roles("mu"));
    }

    [Fact]
    public void Missing_cells_of_a_batch_are_predicted()
    {
        var model = Condition("mu ~ Normal(0, 1)\nx ~ Normal(mu, 1) ^ 3", Given("x", 1, null, 2));
        Assert.Equal("OPO", model.Roles("x"));
    }

    [Fact]
    public void Several_arrays_recur_through_each_other()
    {
        var model = Condition("""
            input T: count
            mu ~ Normal(0, 1)
            theta ~ Normal(0, 1)
            err[1] = 0
            for t in 2..T {
              nu[t] = mu + theta * err[t-1]
              err[t] = y[t] - nu[t]
              y[t] ~ Normal(nu[t], 1)
            }
            """, Given("y", [4], null, 1, 2, 3));
        Assert.Equal("UOOO", model.Roles("y"));
        Assert.Equal("UCCC", model.Roles("nu"));
        Assert.Equal("CCCC", model.Roles("err"));
        Assert.Equal(0, model.State("err").Values[0]);
    }

    [Fact]
    public void An_order_of_definitions_against_the_text_is_found()
    {
        var model = Condition("input T: count\nfor t in 1..T-1 { x[t] ~ Normal(x[t+1], 1) }\nx[T] ~ Normal(0, 1)", Given("T", 4));
        Assert.Equal([(1, 0), (0, 2), (0, 1), (0, 0)], model.Order.Select(r => (r.Definition, r.First)));
    }

    [Fact]
    public void Data_determine_computed_sizes_and_indices()
    {
        var model = Condition("""
            input group[N]: count
            input N: count
            G = max(group)
            for g in 1..G { a[g] ~ Normal(0, 1) }
            for i in 1..N { y[i] ~ Normal(a[group[i]], 1) }
            """, Given("group", 1, 4, 2), Given("y", 1, 2, 3));
        Assert.Equal("LLPL", model.Roles("a"));
        Assert.Equal(4, model.State("G").Values[0]);
    }

    [Fact]
    public void A_value_given_in_the_model_is_observed_and_the_data_win()
    {
        const string Model = "mu ~ Normal(0, 1)\nx ~ Normal(mu, 1) ^ 2\ngiven x[2] = 5";
        Assert.Equal("PO", Condition(Model).Roles("x"));
        var overlaid = Condition(Model, Given("x", 1, null));
        Assert.Equal("OP", overlaid.Roles("x"));
    }

    [Fact]
    public void A_check_of_a_computed_quantity_passes()
    {
        var model = Condition("input x: real\ny = 2 * x", Given("x", 1.5), Given("y", 3));
        Assert.Equal(3, model.State("y").Values[0]);
    }

    [Fact]
    public void Elements_after_the_last_definition_are_known_where_they_are_used()
    {
        const string Model = "input T: count\nfor t in 1..T { x[t] ~ Normal(x[t+1], 1) }";
        Assert.Equal("OOK", Condition(Model, Given("T", 2), Given("x", 1, 2, 3)).Roles("x"));
        Assert.Equal(["GM0304 `x` is [4] in the data, but the model makes it [t: 1..3]"],
            MessagesOf("input T: count\nfor t in 1..T { x[t] ~ Normal(0, 1) }", Given("T", 3), Given("x", 1, 2, 3, 4)));
    }

    [Fact]
    public void The_size_of_an_input_may_not_depend_on_what_is_computed_from_it() =>
        Assert.Equal(["GM0328 the size of `N` depends on `N` itself"], MessagesOf("input n[N]: count\nN = sum(n)\nfor i in 1..N { x[i] ~ Normal(n[i], 1) }", Given("n", 1, 2)));

    [Fact]
    public void The_time_does_not_grow_with_the_square_of_the_rows()
    {
        const int N = 100_000;
        const string Model = """
            input N: count
            input J: count
            input g[N]: int(1, J)
            input x[N, 2]: real
            sigma ~ HalfNormal(1)
            b ~ Normal(0, 1) ^ 2
            for j in 1..J { a[j] ~ Normal(0, 1) }
            for i in 1..N {
              m[i] = a[g[i]] + x[i, 1] * b[1] + x[i, 2] * b[2]
              y[i] ~ Normal(m[i], sigma)
            }
            """;
        // About 0.1 s on an idle machine; the bound leaves room for a busy one, and none for 10¹⁰ steps.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var model = Condition(Model, Given("J", 50), Numbers("g", [N], i => i % 50 + 1), Numbers("x", [N, 2], i => i), Numbers("y", [N], i => i));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
        Assert.True(model.State("a").IsAll(Role.Latent));
        Assert.True(model.State("m").IsAll(Role.Computed));
    }

    [Fact]
    public void A_long_chain_does_not_exhaust_the_stack()
    {
        const int T = 100_000;
        var data = new[] { Numbers("y", [T], i => Math.Sin(i)) };
        var model = Condition("""
            input T: count
            phi ~ Normal(0, 1)
            for t in 1..T-1 { s[t] = 0.5 * s[t+1] + y[t] }
            s[T] = phi
            for t in 1..T { y[t] ~ Normal(0, 1) }
            obs ~ Normal(s[1], 1)
            given obs = 1
            """, data);
        Assert.True(model.State("s").IsAll(Role.Computed));
    }

    private static DataArray Numbers(string name, int[] shape, Func<int, double> value) =>
        new(name, shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(value)], null, _ => null);
}
