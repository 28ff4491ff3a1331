using ProbLang.Inference;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

public class TypedDrawTests
{
    private const string Text = """
        input N: count
        mu ~ Normal(0, 1)
        for i in 1..N { for j in 1..2 { x[i, j] ~ Normal(mu, 1) } }
        for i in 1..N { big[i] = mu > 0 }
        k ~ Poisson(exp(mu))
        y ~ Normal(mu, 1)
        """;

    private static SampledPosterior Sampled() => Model.Compile(Text).Model.Condition(Data.Of(new { N = 3, y = 0.5, x = new double?[,] { { 1, null }, { null, null }, { null, 2 } } }))
        .Infer(new Nuts { Seed = 3, Chains = 2, Warmup = 200, Draws = 300 }, cancellation: TestContext.Current.CancellationToken);

    [Fact]
    public void The_draws_of_a_variable_are_chains_by_draws_by_elements()
    {
        var posterior = Sampled();
        var x = posterior.Draws.Variable("x");
        Assert.Equal((2, 300, 4), (x.Chains, x.Count, x.Elements));
        Assert.Equal(["x[1,2]", "x[2,1]", "x[2,2]", "x[3,1]"], x.ElementNames);
        var column = new double[600];
        for (var e = 0; e < x.Elements; e++)
        {
            posterior.Draws.CopyColumn(x.Variable.Offset + e, column);
            var copy = new double[601];
            x.CopyTo(e, copy);
            Assert.Equal(column, copy[..600]);
            Assert.Equal(posterior.Get<double>(x.ElementNames[e]), column.Average(), 1e-12);
            Assert.Equal(column[450], x[1, 150, e]);
            Assert.Equal(column[450], x[1, 150][e]);
            var one = posterior.Draws.Variable(x.ElementNames[e]);
            Assert.Equal([column[7]], one[0, 7].ToArray());
            var chain = new double[300];
            one.CopyTo(1, 0, chain);
            Assert.Equal(column[300..], chain);
        }
    }

    [Fact]
    public void To_look_at_draws_allocates_nothing()
    {
        var x = Sampled().Draws.Variable("x");
        var buffer = new double[x.Chains * x.Count];
        Sum();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = Sum();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, allocated);
        Assert.True(double.IsFinite(sum));

        double Sum()
        {
            var total = 0.0;
            for (var chain = 0; chain < x.Chains; chain++)
                for (var draw = 0; draw < x.Count; draw++)
                {
                    foreach (var value in x[chain, draw]) total += value;
                    total += x[chain, draw, 2];
                }
            x.CopyTo(1, buffer);
            return total + buffer[^1];
        }
    }

    [Fact]
    public void One_draw_is_a_value_with_what_is_given_in_it()
    {
        var posterior = Sampled();
        var draw = posterior.GetDraw<double[,]>("x", 1, 150);
        Assert.Equal((1, 2), (draw[0, 0], draw[2, 1]));
        Assert.Equal<double[]>(posterior.Draws.Variable("x")[1, 150].ToArray(), [draw[0, 1], draw[1, 0], draw[1, 1], draw[2, 0]]);
        var mu = posterior.GetDraw<double>("mu", 1, 150);
        Assert.Equal([mu > 0, mu > 0, mu > 0], posterior.GetDraw<bool[]>("big", 1, 150));
        Assert.Equal(posterior.Draws.Variable("k")[1, 150][0], posterior.GetDraw<int>("k", 1, 150));
        Assert.Throws<ArgumentOutOfRangeException>(() => posterior.GetDraw<double>("mu", 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => posterior.GetDraw<double>("mu", 0, -1));
    }

    [Fact]
    public void Quantiles_modes_and_probabilities_are_those_of_the_draws()
    {
        var posterior = Sampled();
        var mu = new double[600];
        posterior.Draws.Variable("mu").CopyTo(0, mu);
        Assert.Equal(mu.Count(v => v > 0.3) / 600.0, posterior.Probability("mu", v => v > 0.3), 1e-12);
        Assert.Equal(posterior.Scalar("mu").Q95, posterior.Get<double>("mu", SummaryStatistic.Quantile(0.95)), 1e-12);
        Assert.Equal(mu.Min(), posterior.Get<double>("mu", SummaryStatistic.Quantile(0)));
        var k = new double[600];
        posterior.Draws.Variable("k").CopyTo(0, k);
        var mode = k.GroupBy(v => v).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;
        Assert.Equal(mode, posterior.Get<int>("k"));
        Assert.Equal(posterior.Probability("big[1]", v => v == 1), posterior.Get<double>("big[1]"), 1e-12);
    }

    [Fact]
    public void What_is_not_there_is_an_error_of_the_program()
    {
        var posterior = Sampled();
        Assert.Throws<ArgumentException>(() => posterior.Draws.Variable("nonesuch"));
        Assert.Throws<ArgumentException>(() => posterior.Draws.Variable("x[1,1]"));
        var x = posterior.Draws.Variable("x");
        Assert.Throws<ArgumentOutOfRangeException>(() => x[0, 300].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => x[2, 0].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => x[0, 0, 4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.CopyTo(4, new double[600]));
        Assert.Throws<ArgumentException>(() => x.CopyTo(0, new double[599]));
        Assert.Throws<ArgumentException>(() => x.CopyTo(0, 0, new double[299]));
    }

    [Fact]
    public void A_run_without_draws_has_no_values()
    {
        var posterior = Model.Compile(Text).Model.Condition(Data.Of(new { N = 1, y = 0.5 })).Infer(new Nuts { Seed = 3, Warmup = 10, Draws = 0 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Throws<InvalidOperationException>(() => posterior.Get<double>("mu"));
        Assert.Throws<InvalidOperationException>(() => posterior.Array("x"));
        Assert.Throws<InvalidOperationException>(() => posterior.Probability("mu", v => v > 0));
        Assert.Equal(0.5, posterior.Get<double>("y"));
    }

    private sealed record Row(double? Height, string Kind, int[] Counts);

    private enum Kind { a, b }

    private const string Rows = """
        input N: count
        for k in 1..2 { level[k] ~ Normal(0, 10) }
        for i in 1..N {
          kind[i]: category("a", "b") ~ Categorical([0.4, 0.6])
          height[i] ~ Normal(level[kind[i]], 1)
          for j in 1..2 { counts[i, j] ~ Poisson(4) }
          tall[i] = height[i] > 0
        }
        """;

    [Fact]
    public void What_is_simulated_comes_back_as_it_was_given()
    {
        var model = Model.Compile(Rows).Model;
        var simulation = model.Condition(Data.Of(new { N = 4 })).Sample(2, 5, TestContext.Current.CancellationToken);
        var (kinds, heights, counts) = (simulation.Get<string[]>(1, "kind"), simulation.Get<double[]>(1, "height"), simulation.Get<int[][]>(1, "counts"));
        Assert.Equal(kinds, simulation.Get<Kind[]>(1, "kind").Select(k => k.ToString()));
        Assert.Equal(heights.Select(h => h > 0), simulation.Get<bool[]>(1, "tall"));
        Assert.Equal(simulation.Draw(1, "height").ToArray(), heights);
        Assert.Equal(heights[2], simulation.Get<double>(1, "height[3]"));
        Assert.Throws<ArgumentOutOfRangeException>(() => simulation.Get<double[]>(2, "height"));
        Assert.Throws<ArgumentException>(() => simulation.Get<int[]>(1, "height"));

        var rows = Enumerable.Range(0, 4).Select(i => new Row(i == 3 ? null : heights[i], kinds[i], counts[i]));
        var posterior = model.Condition(Data.OfRecords(rows)).Infer(new Laplace { Seed = 1 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(heights[..3], posterior.Get<double[]>("height")[..3]);
        Assert.Equal(kinds, posterior.Get<string[]>("kind"));
        Assert.Equal(counts, posterior.Get<int[][]>("counts"));
        Assert.Equal(counts[1][1], posterior.Get<int[,]>("counts")[1, 1]);
        var drawn = posterior.GetDraw<double[]>("height", 0);
        Assert.Equal(heights[..3], drawn[..3]);
        Assert.Equal(posterior.Draws.Variable("height")[0, 0][0], drawn[3]);
    }

    [Fact]
    public void What_was_learned_has_the_shape_of_its_variable()
    {
        var model = Model.Compile("input N: count\ninput g[N]: category\nparam a[size(levels(g))]: real\nparam s: positive\nfor i in 1..N { y[i] ~ Normal(a[g[i]], s) }").Model;
        var data = Data.OfRecords([new { g = "north", y = 1.0 }, new { g = "north", y = 3.0 }, new { g = "south", y = 5.0 }, new { g = "south", y = 9.0 }]);
        var fit = model.Condition(data).Fit(new MaximumLikelihood(), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([2.0, 7], fit.Get<double[]>("a"), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(7, fit.Get<double>("a[south]"), 1e-5);
        Assert.Equal(Math.Sqrt(2.5), fit.Get<double>("s"), 1e-5);
        Assert.Equal("`a` is a vector of 2, real: ask for double[], not for double.", Assert.Throws<ArgumentException>(() => fit.Get<double>("a")).Message);
        Assert.Equal("The fit has no variable `b`. (Parameter 'name')", Assert.Throws<ArgumentException>(() => fit.Get<double>("b")).Message);
        var half = model.Condition(data.With(Data.Of(new { s = 1.5 }))).Fit(new MaximumLikelihood(), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(half.Get<double[]>("a"), half["a"].ToArray());
    }

    [Fact]
    public void What_is_generated_can_be_had_line_by_line()
    {
        var generated = Model.Compile(Rows).Model.Condition(Data.Of(new { N = 4, level = new[] { 1, 2 } })).Generate(1, 7, ["kind", "counts", "height"], TestContext.Current.CancellationToken);
        Assert.Equal(4, generated.Count);
        for (var line = 0; line < generated.Count; line++)
        {
            Assert.Contains(generated.Get<string>(line, "kind"), (string[])["a", "b"]);
            Assert.Equal(generated.Get<int[]>(line, "counts")[1], generated.Get<int>(line, "counts[2]"));
            Assert.True(double.IsFinite(generated.Get<double>(line, "height")));
        }
    }
}
