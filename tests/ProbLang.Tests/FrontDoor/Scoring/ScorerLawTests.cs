using System.Collections.Frozen;
using System.Globalization;
using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Scoring;

/// <summary>Rows of the data, scored as if they were new, have the densities that the slow evaluator gives the data.</summary>
public class ScorerLawTests
{
    private const int Rows = 9;

    public static TheoryData<string, string> Models => new()
    {
        { "logistic", "input N: count\ninput K: count\ninput x[N, K]\na ~ Normal(0, 2)\nb ~ Normal(0, 1) ^ K\nfor i in 1..N { y[i] ~ Bernoulli(logit: a + dot(x[i], b)) }" },
        { "varying intercepts", "input N: count\ninput g[N]: int(1, )\ninput u[N]\nmu ~ Normal(0, 3)\ntau ~ HalfNormal(2)\ns ~ HalfNormal(2)\nfor j in 1..max(g) { level[j] ~ Normal(mu, tau) }\nfor i in 1..N { w[i] ~ Normal(level[g[i]] + 0.5 * u[i], s) }" },
        { "mixture", "input N: count\np ~ Beta(2, 2)\nm ~ Normal(2, 1)\nfor i in 1..N { z[i] ~ Bernoulli(p)\n w[i] ~ Normal(m * z[i], 1) }" },
        { "zeros", "input N: count\nq ~ Uniform(0, 1)\nr ~ HalfNormal(3)\nfor i in 1..N { cases[i] ~ ZeroInflated(q, Poisson(r)) }" },
        { "series in rows", "input N: count\nr ~ Uniform(-1, 1)\ns ~ HalfNormal(1)\nfor i in 1..N { t[i, 1] ~ Normal(0, s)\n for k in 2..3 { t[i, k] ~ Normal(r * t[i, k - 1], s) } }" },
        { "standardised", "input N: count\ninput u[N]\nm = mean(u)\nd = sd(u)\nb ~ Normal(0, 1)\ns ~ HalfNormal(1)\nfor i in 1..N { v[i] = (u[i] - m) / d\n w[i] ~ Normal(b * v[i], s) }" },
        { "categories", "input N: count\ninput kind[N]: category\nfor k in levels(kind) { theta[k] ~ Dirichlet([1, 1, 1]) }\nfor i in 1..N { c[i] ~ Categorical(theta[kind[i]]) }" },
        { "vectors", "input N: count\nmu ~ Normal(0, 1) ^ 3\ns ~ HalfNormal(1)\nfor i in 1..N { t[i] ~ MvNormal(mu, covariance: s * identity(3) + 0.2) }" },
        { "trials", "input N: count\ninput size[N]: count\nq ~ Beta(1, 1)\nfor i in 1..N { hits[i] ~ Binomial(size[i], q) }" },
        { "choices", "input N: count\ninput u[N]\na ~ Normal(0, 1) ^ 2\nfor i in 1..N { w[i] ~ Normal(if u[i] > 0 then a[1] * u[i] else a[2], 1 + u[i]^2) }" },
        { "several outcomes", "input N: count\na ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Bernoulli(logit: a)\n w[i] ~ Normal(a * y[i], 1) }" },
        { "computed vectors", "input N: count\ninput g[N]: int(1, )\ns ~ HalfNormal(1)\nb ~ Normal(0, 1) ^ 2\nfor i in 1..N { for k in 1..3 { e[i, k] = b[1] + b[2] * k }\n w[i] ~ Normal(e[i, g[i]], s) }" },
    };

    internal static readonly object Everything = new
    {
        K = 2,
        x = new[,] { { 0.1, 1 }, { -0.4, 0.3 }, { 1.2, -0.7 }, { 0.5, 0.5 }, { -1.1, 0.2 }, { 0.3, -1.4 }, { 0.9, 0.8 }, { -0.2, -0.6 }, { 1.5, 0.4 } },
        y = new[] { 1, 0, 1, 1, 0, 0, 1, 0, 1 },
        g = new[] { 1, 2, 3, 1, 2, 3, 1, 2, 3 },
        u = new[] { 0.2, -0.5, 1.1, 0.4, -1.3, 0.8, -0.1, 0.6, 1.7 },
        w = new[] { 0.7, -1.2, 2.5, 0.9, 0.1, 1.8, -0.4, 0.3, 2.2 },
        cases = new[] { 0, 0, 3, 1, 0, 0, 2, 0, 5 },
        t = new[,] { { 0.1, 1, 0.3 }, { -0.4, 0.3, 0.1 }, { 1.2, -0.7, 0.9 }, { 0.5, 0.5, 0.2 }, { -1.1, 0.2, 0.4 }, { 0.3, -1.4, 0.6 }, { 0.9, 0.8, -0.3 }, { -0.2, -0.6, 0.1 }, { 1.5, 0.4, 0.7 } },
        kind = new[] { "red", "blue", "red", "red", "blue", "blue", "red", "blue", "red" },
        c = new[] { 1, 2, 3, 1, 1, 2, 3, 1, 2 },
        size = new[] { 4, 5, 3, 6, 2, 7, 5, 4, 3 },
        hits = new[] { 1, 5, 0, 2, 1, 3, 2, 4, 1 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Rows_of_the_data_have_their_log_likelihood_in_each_draw(string name, string model)
    {
        var (posterior, scorer, rows) = Scored(model);
        using var text = new StringWriter();
        PointwiseLikelihood.Of(posterior)!.Write(text);
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(l => l.Split(',').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.Equal(scorer.Draws, lines.Length);
        var densities = new double[scorer.Draws];
        for (var row = 0; row < Rows; row++)
        {
            scorer.ScoreEach(Row(scorer, rows, row), densities, TestContext.Current.CancellationToken);
            for (var draw = 0; draw < densities.Length; draw++) AssertNear(lines[draw][row], densities[draw], $"{name}, row {row}");
            var max = densities.Max();
            AssertNear(max + Math.Log(densities.Average(d => Math.Exp(d - max))), scorer.Score(Row(scorer, rows, row), TestContext.Current.CancellationToken), name);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Many_rows_have_the_scores_that_each_has_in_any_order(string name, string model)
    {
        var (_, scorer, rows) = Scored(model);
        var order = Enumerable.Range(0, 40).Select(i => i * 7 % Rows).ToArray();
        var scores = new double[order.Length];
        scorer.Score([.. order.SelectMany(row => Row(scorer, rows, row).ToArray())], scores, TestContext.Current.CancellationToken);
        for (var i = 0; i < order.Length; i++) AssertNear(scorer.Score(Row(scorer, rows, order[i]), TestContext.Current.CancellationToken), scores[i], name);
    }

    [Theory]
    [InlineData("y", "input N: count\ninput K: count\ninput x[N, K]\na ~ Normal(0, 2)\nb ~ Normal(0, 1) ^ K\nfor i in 1..N { y[i] ~ Bernoulli(logit: a + dot(x[i], b)) }")]
    [InlineData("hits", "input N: count\ninput size[N]: count\nq ~ Beta(1, 1)\nfor i in 1..N { hits[i] ~ Binomial(size[i], q) }")]
    [InlineData("c", "input N: count\ninput kind[N]: category\nfor k in levels(kind) { theta[k] ~ Dirichlet([1, 1, 1]) }\nfor i in 1..N { c[i] ~ Categorical(theta[kind[i]]) }")]
    [InlineData("y", "input N: count\na ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Bernoulli(logit: a)\n w[i] ~ Normal(a * y[i], 1) }")]
    public void What_is_predicted_has_the_probabilities_of_the_scores(string outcome, string model)
    {
        var (_, scorer, rows) = Scored(model);
        var field = scorer.Inputs.Single(f => f.Name == outcome);
        for (var row = 0; row < Rows; row++)
        {
            var open = Row(scorer, rows, row).ToArray();
            open[field.Offset] = double.NaN;
            var evidence = Math.Exp(scorer.Score(open, TestContext.Current.CancellationToken));
            var element = scorer.Predict(open, cancellation: TestContext.Current.CancellationToken)[outcome];
            Assert.True(element.IsExact);
            Assert.Equal(1, element.Probabilities.ToArray().Sum(), 1e-12);
            foreach (var value in element.Values)
            {
                open[field.Offset] = value;
                Assert.Equal(Math.Exp(scorer.Score(open, TestContext.Current.CancellationToken)) / evidence, element.Probability(value), 1e-12);
            }
        }
    }

    [Fact]
    public void Eight_threads_that_share_a_scorer_get_the_scores_of_one()
    {
        var (_, scorer, rows) = Scored((string)Models.First().Data.Item2);
        var expected = Enumerable.Range(0, Rows).Select(r => scorer.Score(Row(scorer, rows, r), TestContext.Current.CancellationToken)).ToArray();
        Parallel.For(0, 800, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Assert.Equal(expected[i % Rows], scorer.Score(Row(scorer, rows, i % Rows))));
    }

    internal static (SampledPosterior Posterior, Scorer Scorer, double[] Rows) Scored(string model)
    {
        var compilation = Model.Compile(model);
        Assert.True(compilation.Success, string.Join("\n", compilation.Diagnostics));
        var data = Data.Of(Everything);
        var posterior = compilation.Model!.Condition(data).Infer(new Nuts { Seed = 7, Chains = 2, Warmup = 200, Draws = 60 }, null, TestContext.Current.CancellationToken);
        var scorer = posterior.Scorer();
        return (posterior, scorer, new RowReader(scorer.Inputs, scorer.Width, FrozenSet<string>.Empty).Read(Sliced(scorer, data)));
    }

    /// <summary>The data that rows have.</summary>
    private static ProbLang.Datasets.DataSet Sliced(Scorer scorer, Data data) => new(data.Reading.Data.Arrays.Where(a => scorer.Inputs.Any(f => f.Name == a.Key)).ToDictionary());

    private static ReadOnlySpan<double> Row(Scorer scorer, double[] rows, int row) => rows.AsSpan(row * scorer.Width, scorer.Width);

    private static void AssertNear(double expected, double actual, string what) => Assert.True(Math.Abs(expected - actual) <= 1e-11 * Math.Max(1, Math.Abs(expected)), $"{what}: {expected:R} and {actual:R}");
}
