using ProbLang.Analysis;
using ProbLang.Numerics;
using ProbLang.Programs;
using Xunit;

namespace ProbLang.Tests.Learning;

/// <summary>The density of some rows against that of all, by row, and against finite differences.</summary>
public class RowProgramTests
{
    private static readonly double[,] s_pairs = { { 0.3, -0.2 }, { 1.1, 0.4 }, { -0.7, 0.9 }, { 0.2, 1.6 }, { -1.3, -0.1 } };
    private static readonly double[] s_numbers = [0.5, -1.2, 2.2, 0.1, 0.9];
    private static readonly int[] s_bits = [0, 1, 1, 0, 1];

    public static TheoryData<string, object> Models => new()
    {
        { "input N: count\ninput x[N]: real\nparam a: real\nparam b: real\nparam s: positive\nfor i in 1..N { y[i] ~ Normal(a + b * x[i], s) }", new { x = new[] { 1.0, 2, 3, 4, 5 }, y = s_numbers } },
        { "input N: count\ninput x[N, 2]: real\nnet f = mlp(hidden: [4], activation: tanh)\nparam s: positive\nfor i in 1..N { y[i] ~ Normal(f(x[i])[1], s) }", new { x = s_pairs, y = s_numbers } },
        { "input N: count\ninput x[N, 2]: real\nnet f = mlp(hidden: [3, 3], activation: softplus)\nfor i in 1..N { y[i]: int(1, 2) ~ Categorical(logits: f(x[i])) }", new { x = s_pairs, y = new[] { 1, 2, 2, 1, 2 } } },
        { "input N: count\nnet ar = masked(hidden: [5], activation: tanh)\nfor i in 1..N { for d in 1..2 { x[i, d] ~ Normal(ar(x[i, ..d - 1]), 1) } }", new { x = s_pairs } },
        { "input N: count\nnet flow = coupling(layers: 2, hidden: [4])\nfor i in 1..N { z[i] ~ Normal(0, 1) ^ 2\n x[i] = flow(z[i]) }", new { x = s_pairs } },
        { "input N: count\nnet flow = chain(autoregressive_flow(layers: 2, hidden: [4]), permutation(), invertible_linear())\nfor i in 1..N { z[i] ~ Normal(0, 1) ^ 2\n x[i] = flow(z[i]) }", new { x = s_pairs } },
        { "input N: count\nnet e = embedding(levels: 3, n: 2)\nnet f = dense(3)\nfor t in 2..N { x[t]: int(1, 3) ~ Categorical(logits: f(e(x[t - 1]))) }", new { x = new[] { 1, 3, 2, 2, 1, 3 } } },
        { "input N: count\nnet e = embedding(levels: 3, n: 2)\nnet f = mlp(hidden: [4], activation: tanh)\nfor t in 3..N { h[t] = concat(e(x[t - 1]), e(x[t - 2]))\n x[t]: int(1, 3) ~ Categorical(logits: f(h[t])) }", new { x = new[] { 1, 3, 2, 2, 1, 3, 1 } } },
        { "input N: count\ninput D: count\nparam b[D]: real\nparam w[D, D]: real\nfor i in 1..N { for d in 1..D { x[i, d] ~ Bernoulli(logit: b[d] + sum([w[d, k] * x[i, k] for k in 1..d - 1])) } }".Replace("sum([w[d, k] * x[i, k] for k in 1..d - 1])", "sum(for k in 1..d - 1: w[d, k] * x[i, k])", StringComparison.Ordinal),
            new { D = 2, x = new[,] { { 0, 1 }, { 1, 1 }, { 1, 0 }, { 0, 0 }, { 1, 1 } } } },
        { "input N: count\nparam mu: real\nparam s: positive\nfor i in 1..N { z[i] ~ Normal(0, 1)\n x[i] = exp(mu + s * z[i]) }", new { x = new[] { 0.5, 1.5, 2.5, 3.0 } } },
        { "input N: count\nparam p: probability\nfor i in 1..N { y[i] ~ Bernoulli(p) }", new { y = s_bits } },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Rows_add_up_to_the_whole(string text, object data)
    {
        var (model, rows) = Conditioned(text, data);
        var program = new RowProgram(model, rows, rows.Count);
        var (q, all) = (Position(program.Coordinates.Dimension), Enumerable.Range(0, rows.Count).ToArray());
        var each = new double[rows.Count];
        program.Each(all, q, each);
        var weights = all.Select(i => 0.5 + i).ToArray();
        Assert.Equal(each.Zip(weights, (a, b) => a * b).Sum(), program.Evaluate(all, weights, q, new double[q.Length]), 1e-9);
        Assert.Equal(each.Zip(weights, (a, b) => a * b).Sum(), program.Evaluate(all, weights, q), 1e-9);
        // Other rows, repeated and in another order.
        int[] some = [rows.Count - 1, 0, 0];
        var three = new RowProgram(model, rows, 3);
        var those = new double[3];
        three.Each(some, q, those);
        Assert.Equal([each[^1], each[0], each[0]], those, (a, b) => Math.Abs(a - b) < 1e-12 * (1 + Math.Abs(a)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_gradient_is_that_of_the_sum(string text, object data)
    {
        var (model, rows) = Conditioned(text, data);
        var program = new RowProgram(model, rows, 2);
        var q = Position(program.Coordinates.Dimension);
        int[] some = [rows.Count - 1, 1];
        double[] weights = [1, 2.5];
        var gradient = new double[q.Length];
        program.Evaluate(some, weights, q, gradient);
        for (var k = 0; k < q.Length; k++)
        {
            double At(double h)
            {
                var moved = (double[])q.Clone();
                moved[k] += h;
                return program.Evaluate(some, weights, moved);
            }
            const double h = 1e-3;
            var coarse = (At(h) - At(-h)) / (2 * h);
            var fine = (At(h / 2) - At(-h / 2)) / h;
            var expected = (4 * fine - coarse) / 3;
            Assert.True(Math.Abs(expected - gradient[k]) < 1e-7 * (1 + Math.Abs(expected)), $"coordinate {k}: {gradient[k]} for {expected}");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_row_that_comes_twice_counts_twice_with_each_of_its_weights(string text, object data)
    {
        var (model, rows) = Conditioned(text, data);
        RowProgram twice = new(model, rows, 3), once = new(model, rows, 2);
        var q = Position(twice.Coordinates.Dimension);
        var (expected, gradient) = (new double[q.Length], new double[q.Length]);
        Assert.Equal(once.Evaluate([1, 0], [3.5, 1], q, expected), twice.Evaluate([1, 0, 1], [1.5, 1, 2], q, gradient), 1e-10);
        Assert.Equal(expected, gradient, (a, b) => Math.Abs(a - b) < 1e-9 * (1 + Math.Abs(a)));
        // As the rest of a batch is filled up.
        once.Evaluate([1, 0], [1, 1], q, expected);
        twice.Evaluate([1, 0, 1], [1, 1, 0], q, gradient);
        Assert.Equal(expected, gradient, (a, b) => Math.Abs(a - b) < 1e-9 * (1 + Math.Abs(a)));
    }

    [Theory]
    [InlineData("h[i] = a * x[i]", "h[N + 1 - i]")]
    [InlineData("h[i] = exp(a * x[i])", "h[i] + h[N]")]
    [InlineData("h[i] = softmax([a, x[i], 1])", "h[N + 1 - i, 2]")]
    [InlineData("h[i] = softmax([a, x[i], 1])", "h[i, k[i]]")]
    [InlineData("h[i] = cumsum([a, x[i], 1])", "h[1 + k[i], k[i]]")]
    public void What_is_computed_of_rows_that_are_not_in_the_batch_may_be_read(string definition, string read)
    {
        var (model, rows) = Conditioned(
            $"input N: count\ninput x[N]: real\ninput k[N]: int(1, 3)\nparam a: real\nfor i in 1..N {{ {definition}\n y[i] ~ Normal({read}, 1) }}",
            new { x = new[] { 0.1, 0.7, -0.4, 1.2, 0.3 }, k = new[] { 3, 1, 2, 3, 1 }, y = s_numbers });
        var (all, two) = (new RowProgram(model, rows, rows.Count), new RowProgram(model, rows, 2));
        double[] each = new double[rows.Count], some = new double[2];
        all.Each([0, 1, 2, 3, 4], [0.6], each);
        // Of other rows first, so that what they left is not taken for these.
        two.Each([1, 2], [-3], some);
        two.Each([4, 0], [0.6], some);
        Assert.Equal([each[4], each[0]], some, (a, b) => Math.Abs(a - b) < 1e-12);
        var gradient = new double[1];
        two.Evaluate([4, 0], [1, 2], [0.6], gradient);
        double At(double position) => two.Evaluate([4, 0], [1, 2], [position]);
        Assert.Equal((At(0.6 + 1e-5) - At(0.6 - 1e-5)) / 2e-5, gradient[0], 1e-8);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void In_single_precision_the_same_to_single_precision(string text, object data)
    {
        var (model, rows) = Conditioned(text, data);
        var (exact, single) = (new RowProgram(model, rows, 3), new RowProgram(model, rows, 3, Precision.Single));
        var q = Position(exact.Coordinates.Dimension);
        var (g, h) = (new double[q.Length], new double[q.Length]);
        int[] some = [0, 2, 1];
        var value = exact.Evaluate(some, [1, 1, 2], q, g);
        Assert.Equal(value, single.Evaluate(some, [1, 1, 2], q, h), 2e-5 * (1 + Math.Abs(value)));
        for (var k = 0; k < q.Length; k++) Assert.True(Math.Abs(g[k] - h[k]) < 1e-4 * (1 + g.Max(Math.Abs)), $"coordinate {k}: {h[k]} for {g[k]}");
    }

    private static (ConditionedModel, RowPlan) Conditioned(string text, object data)
    {
        var compilation = Model.Compile(text);
        Assert.True(compilation.Success, string.Join("\n", compilation.Diagnostics));
        var model = compilation.Model!.Condition(Data.Of(data)).Conditioned;
        var rows = RowPlan.Of(model, out var reason);
        Assert.True(rows is not null, reason?.ToString());
        return (model, rows);
    }

    private static double[] Position(int dimension)
    {
        var random = new Philox(5, 0, 0);
        return [.. Enumerable.Range(0, dimension).Select(_ => 0.7 * random.NextNormal())];
    }
}
