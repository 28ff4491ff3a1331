using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Numerics;
using Xunit;
using static System.Math;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

public class EvaluatorTests
{
    private static double Normal(double x, double mean, double sd) => -0.5 * Pow((x - mean) / sd, 2) - Log(sd) - 0.5 * Log(2 * PI);

    private static double LogDensity(string text, DataArray[] data, params (string Name, double[] Values)[] latents)
    {
        var model = Condition(text, data);
        return new Evaluator(model).LogDensity(latents.ToDictionary(l => model.Graph.Find(l.Name)!, l => l.Values));
    }

    /// <summary>A quantity of a model without data.</summary>
    private static double[] Value(string expression, string before = "")
    {
        var model = Condition($"{before}\nresult = {expression}");
        return model.State("result").Values;
    }

    [Fact]
    public void Latents_and_observations_add_up_and_predictions_do_not_count()
    {
        var x = LogDensity("""
            mu ~ Normal(0, 5)
            tau ~ HalfNormal(2)
            for i in 1..3 {
              theta[i] ~ Normal(mu, tau)
              y[i] ~ Normal(theta[i], 0.5)
            }
            """, [Given("y", 1, 2, null)], ("mu", [0.3]), ("tau", [1.5]), ("theta", [0.7, 1.9, 100]));
        var expected = Normal(0.3, 0, 5) + Log(2) + Normal(1.5, 0, 2) + Normal(0.7, 0.3, 1.5) + Normal(1.9, 0.3, 1.5) + Normal(1, 0.7, 0.5) + Normal(2, 1.9, 0.5);
        Assert.Equal(expected, x, 12);
    }

    [Fact]
    public void A_regression_with_a_matrix_is_that_of_its_rows()
    {
        var x = LogDensity("""
            input N: count
            input X[N, 2]: real
            beta ~ Normal(0, 1) ^ 2
            y ~ Normal(0.5 + X @ beta, 2)
            """, [Given("X", [2, 2], 1, 2, 3, 4), Given("y", 1, -1)], ("beta", [0.1, -0.2]));
        Assert.Equal(Normal(0.1, 0, 1) + Normal(-0.2, 0, 1) + Normal(1, 0.5 + 0.1 - 0.4, 2) + Normal(-1, 0.5 + 0.3 - 0.8, 2), x, 12);
    }

    [Fact]
    public void Both_mixtures_sum_over_their_components()
    {
        var data = new[] { Given("y", 0.4, -3) };
        (string, double[])[] latents = [("w", [0.3, 0.7]), ("mu", [-1.0, 2])];
        const string Priors = "w ~ Dirichlet([1, 1])\nmu ~ Normal(0, 1) ^ 2\n";
        double Component(double y) => Log(0.3 * Exp(Normal(y, -1, 1)) + 0.7 * Exp(Normal(y, 2, 1)));
        var expected = Normal(-1, 0, 1) + Normal(2, 0, 1) + Component(0.4) + Component(-3);
        Assert.Equal(expected, LogDensity(Priors + "y ~ Mixture(w, [Normal(mu[1], 1), Normal(mu[2], 1)]) ^ 2", data, latents), 12);
        Assert.Equal(expected, LogDensity(Priors + "for i in 1..2 { y[i] ~ Mixture(w, for k in 1..2: Normal(mu[k], 1)) }", data, latents), 12);
    }

    [Theory]
    [InlineData("Normal(m, 1) truncated (0, )", 0.5)]
    [InlineData("Normal(m, 1) truncated (-1, 2)", 1.5)]
    [InlineData("Normal(m, 1) truncated (, 1)", -2)]
    public void A_truncated_density_is_that_of_the_whole_over_its_mass(string distribution, double y)
    {
        var (lower, upper) = distribution.Contains("(0, )", StringComparison.Ordinal) ? (0, double.PositiveInfinity) : distribution.Contains("-1, 2", StringComparison.Ordinal) ? (-1, 2) : (double.NegativeInfinity, 1.0);
        var mass = SpecialFunctions.Phi(upper - 0.3) - SpecialFunctions.Phi(lower - 0.3);
        Assert.Equal(Normal(0.3, 0, 1) + Normal(y, 0.3, 1) - Log(mass), LogDensity($"m ~ Normal(0, 1)\ny ~ {distribution}\ngiven y = {y}", [], ("m", [0.3])), 10);
    }

    [Fact]
    public void A_truncated_count_includes_its_bounds()
    {
        double Poisson(int k) => k * Log(2) - 2 - Log(Enumerable.Range(1, k).Aggregate(1.0, (a, b) => a * b));
        var mass = Enumerable.Range(1, 3).Sum(k => Exp(Poisson(k)));
        Assert.Equal(-2 + Poisson(1) - Log(mass), LogDensity("r ~ Exponential(1)\ny ~ Poisson(r) truncated (1, 3)\ngiven y = 1", [], ("r", [2])), 10);
    }

    [Fact]
    public void Far_in_a_tail_a_truncated_density_keeps_its_digits()
    {
        // The hazard of a standard normal at 20 is 20.0497...: 20 + 1/20 - 2/20³ + 10/20⁵.
        var x = LogDensity("m ~ Normal(0, 1)\ny ~ Normal(m, 1) truncated (20, )\ngiven y = 20", [], ("m", [0])) - Normal(0, 0, 1);
        Assert.Equal(Log(20 + 1 / 20.0 - 2 / 8000.0 + 10 / 3.2e6), x, 6);
    }

    [Fact]
    public void A_multivariate_normal_is_the_same_from_each_of_its_matrices()
    {
        const string Model = "m ~ Normal(0, 1)\ny ~ MvNormal([m, 2 * m], {0})\ngiven y = [1, 2.5]";
        const double Determinant = 2 * 1 - 0.36;
        var (a, b) = (1 - 0.4, 2.5 - 0.8);
        var expected = Normal(0.4, 0, 1) - 0.5 * (a * a - 2 * 0.6 * a * b + 2 * b * b) / Determinant - 0.5 * Log(Determinant) - Log(2 * PI);
        foreach (var matrix in new[] { "[[2, 0.6], [0.6, 1]]", "precision: inverse([[2, 0.6], [0.6, 1]])", "cholesky: cholesky([[2, 0.6], [0.6, 1]])" })
            Assert.Equal(expected, LogDensity(Model.Replace("{0}", matrix, StringComparison.Ordinal), [], ("m", [0.4])), 10);
    }

    [Fact]
    public void Outside_the_support_and_against_a_condition_the_density_is_zero()
    {
        Assert.Equal(double.NegativeInfinity, LogDensity("s ~ Exponential(1)\ny ~ Normal(0, 2 + s) ^ 2", [Given("y", 1, 2)], ("s", [-1])));
        const string Ordered = "mu ~ Normal(0, 1) ^ 2\ngiven mu[1] < mu[2]";
        Assert.Equal(double.NegativeInfinity, LogDensity(Ordered, [], ("mu", [1, 0])));
        Assert.Equal(Normal(1, 0, 1) + Normal(0, 0, 1), LogDensity(Ordered, [], ("mu", [0, 1])), 12);
    }

    [Fact]
    public void Arrays_that_recur_through_each_other_are_computed_in_order()
    {
        var x = LogDensity("""
            theta ~ Normal(0, 1)
            err[1] = 0.5
            for t in 2..4 {
              nu[t] = theta * err[t-1]
              err[t] = y[t] - nu[t]
              y[t] ~ Normal(nu[t], 1)
            }
            """, [Given("y", [4], null, 1, 2, 3)], ("theta", [0.5]));
        var (expected, error) = (Normal(0.5, 0, 1), 0.5);
        foreach (var y in new[] { 1.0, 2, 3 })
        {
            expected += Normal(y, 0.5 * error, 1);
            error = y - 0.5 * error;
        }
        Assert.Equal(expected, x, 12);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_is_evaluated()
    {
        const int T = 100_000;
        var data = new DataArray("y", [T], new double[T], null, _ => null);
        var x = LogDensity("input T: count\nphi ~ Normal(0, 1)\ns[1] = phi\nfor t in 2..T { s[t] = 0.9 * s[t-1] }\nfor t in 1..T { y[t] ~ Normal(s[t], 1) }", [data], ("phi", [1]));
        var squares = (1 - Pow(0.81, T)) / (1 - 0.81);
        Assert.Equal(Normal(1, 0, 1) - 0.5 * squares - T * 0.5 * Log(2 * PI), x, 1e-6);
    }

    [Theory]
    [InlineData("sum([1, 2, 3.5])", 6.5)]
    [InlineData("prod([2, 3, 4])", 24)]
    [InlineData("mean([1, 2, 6])", 3)]
    [InlineData("variance([1, 2, 6])", 7)]
    [InlineData("sd([1, 2, 6])", 2.6457513110645906)]
    [InlineData("min([3, 1, 2])", 1)]
    [InlineData("max([3, 1, 2])", 3)]
    [InlineData("log_sum_exp([1000, 1000])", 1000.6931471805599)]
    [InlineData("dot([1, 2], [3, 4])", 11)]
    [InlineData("det([[2, 1], [1, 3]])", 5)]
    [InlineData("log_det([[2, 1], [1, 3]])", 1.6094379124341003)]
    [InlineData("trace([[2, 1], [1, 3]])", 5)]
    [InlineData("quadratic([[2, 1], [1, 3]], [1, 2])", 18)]
    [InlineData("size([[1, 2], [3, 4]])", 4)]
    [InlineData("rows([[1, 2, 5], [3, 4, 6]]) + 10 * cols([[1, 2, 5], [3, 4, 6]])", 32)]
    [InlineData("if 1 < 2 then 10 else 20", 10)]
    [InlineData("[1, 2] @ [3, 4]", 11)]
    [InlineData("-7 % 3", 2)]
    [InlineData("sum(for k in 1..4: k ^ 2)", 30)]
    [InlineData("length(linspace(0, 1, 5))", 5)]
    public void A_function_gives_a_number(string expression, double value) => Assert.Equal(value, Assert.Single(Value(expression)), 12);

    [Theory]
    [InlineData("cumsum([1, 2, 3])", new[] { 1.0, 3, 6 })]
    [InlineData("sort([3, 1, 2])", new[] { 1.0, 2, 3 })]
    [InlineData("rank([30, 10, 20])", new[] { 3.0, 1, 2 })]
    [InlineData("softmax([0, log(3)])", new[] { 0.25, 0.75 })]
    [InlineData("transpose([[1, 2, 3], [4, 5, 6]])", new[] { 1.0, 4, 2, 5, 3, 6 })]
    [InlineData("inverse([[2, 0], [0, 4]])", new[] { 0.5, 0, 0, 0.25 })]
    [InlineData("solve([[2, 1], [1, 3]], [3, 5])", new[] { 0.8, 1.4 })]
    [InlineData("cholesky([[4, 2], [2, 5]])", new[] { 2.0, 0, 1, 2 })]
    [InlineData("diag([1, 2])", new[] { 1.0, 0, 0, 2 })]
    [InlineData("diagonal([[1, 2], [3, 4]])", new[] { 1.0, 4 })]
    [InlineData("outer([1, 2], [3, 4])", new[] { 3.0, 4, 6, 8 })]
    [InlineData("identity(2)", new[] { 1.0, 0, 0, 1 })]
    [InlineData("linspace(0, 1, 3)", new[] { 0, 0.5, 1 })]
    [InlineData("concat([1, 2], [3])", new[] { 1.0, 2, 3 })]
    [InlineData("append([1, 2], 3)", new[] { 1.0, 2, 3 })]
    [InlineData("[[1, 2], [3, 4]] @ [[0, 1], [1, 0]]", new[] { 2.0, 1, 4, 3 })]
    [InlineData("[1, 2] @ [[1, 2], [3, 4]]", new[] { 7.0, 10 })]
    [InlineData("m[.., 2]", new[] { 2.0, 5 })]
    [InlineData("m[2]", new[] { 4.0, 5, 6 })]
    [InlineData("m[2, 2..]", new[] { 5.0, 6 })]
    [InlineData("m[1, [3, 1]]", new[] { 3.0, 1 })]
    [InlineData("1 / [1, 2, 4]", new[] { 1, 0.5, 0.25 })]
    [InlineData("[for i in 1..2: m[i, i]]", new[] { 1.0, 5 })]
    [InlineData("[for i in 1..2: m[i, 1..2]]", new[] { 1.0, 2, 4, 5 })]
    [InlineData("if [1, 5] < [2, 2] then [10, 20] else 0", new[] { 10.0, 0 })]
    [InlineData("gp_exp_quad([0, 1], 2, 0.5)", new[] { 4, 0.5413411329464508, 0.5413411329464508, 4 })]
    public void A_function_gives_an_array(string expression, double[] value)
    {
        var given = Value(expression, "m = [[1, 2, 3], [4, 5, 6]]");
        Assert.Equal(value.Length, given.Length);
        for (var i = 0; i < value.Length; i++) Assert.Equal(value[i], given[i], 12);
    }

    [Fact]
    public void Every_function_of_arrays_is_computed()
    {
        var matrix = new Tensor([2, 2], [2, 1, 1, 2]);
        var vector = Tensor.Vector(1, 2);
        foreach (var entry in FunctionCatalog.All.OfType<ArrayEntry>())
        {
            var arguments = entry.Parameters.Select((_, i) => entry.RankAt(i) switch
            {
                ParameterRank.Matrix => matrix,
                ParameterRank.Scalar or ParameterRank.Size or ParameterRank.ScalarOrVector => Tensor.Scalar(2),
                _ => vector,
            }).ToArray();
            var result = ArrayFunctions.Apply(entry.Function, arguments);
            Assert.True(result.IsKnown, entry.Name);
            Assert.Equal(entry.RankOf([.. arguments.Select(a => a.Rank)]), result.Rank);
        }
    }

    [Fact]
    public void Predictions_follow_from_the_latents()
    {
        var model = Condition("""
            mu ~ Normal(0, 1)
            for i in 1..3 { y[i] ~ Normal(mu, 0.1) }
            z = y[3] - mu
            """, Given("y", 1, 2, null));
        var evaluator = new Evaluator(model);
        evaluator[model.Graph.Find("mu")!][0] = 7;
        var random = new Philox(1, 0, 0);
        Assert.True(evaluator.HasPredictions);
        evaluator.Predict(ref random);
        var y = evaluator[model.Graph.Find("y")!];
        Assert.Equal([1, 2], y[..2]);
        Assert.InRange(y[2], 6, 8);
        Assert.Equal(y[2] - 7, evaluator[model.Graph.Find("z")!][0]);
    }

    [Fact]
    public void What_is_computed_from_latents_alone_is_computed_apart()
    {
        var model = Condition("mu ~ Normal(0, 1)\ntwice = 2 * mu\ny ~ Normal(twice, 1) ^ 2", Given("y", 1, 2));
        var evaluator = new Evaluator(model);
        evaluator[model.Graph.Find("mu")!][0] = 3;
        evaluator.Compute();
        Assert.False(evaluator.HasPredictions);
        Assert.Equal(6, evaluator[model.Graph.Find("twice")!][0]);
    }

    [Fact]
    public void The_likelihood_of_each_observation_adds_up_with_the_prior_to_the_density()
    {
        var model = Condition("mu ~ Normal(0, 1)\nfor i in 1..3 { y[i] ~ Normal(mu, 2) }", Given("y", 1, null, 3));
        var evaluator = new Evaluator(model);
        evaluator[model.Graph.Find("mu")!][0] = 0.5;
        var terms = new List<(string, int, double)>();
        evaluator.LogLikelihood((variable, cell, x) => terms.Add((variable.Name, cell, x)));
        Assert.Equal([("y", 0, Normal(1, 0.5, 2)), ("y", 2, Normal(3, 0.5, 2))], terms);
        Assert.Equal(Normal(0.5, 0, 1) + terms.Sum(t => t.Item3), evaluator.LogDensity(), 12);
    }
}
