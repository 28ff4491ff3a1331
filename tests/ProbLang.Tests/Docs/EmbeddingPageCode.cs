using ProbLang.Inference;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Docs;

/// <summary>What docs/embedding.md shows, running.</summary>
public class EmbeddingPageCode
{
    private const string Coins = """
        input N: count
        bias ~ Beta(1, 1)
        for i in 1..N { flips[i] ~ Bernoulli(bias) }
        """;

    [Fact]
    public void From_text_to_numbers()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var compilation = Model.Compile(Coins);
        if (!compilation.Success) throw new InvalidOperationException(string.Join("\n", compilation.Diagnostics));
        var problem = compilation.Model.Condition(Data.Of(new { flips = new[] { true, true, false, true } }));
        var posterior = problem.Infer(new Exact(), cancellation);
        Console.WriteLine(posterior.Scalar("bias").Mean);
        Assert.Equal(4.0 / 6, posterior.Scalar("bias").Mean, 1e-12);
    }

    private const string Schools = """
        input J: count
        input sigma[J]: positive
        mu ~ Normal(0, 5)
        tau ~ HalfCauchy(5)
        for school in 1..J {
          theta[school] ~ Normal(mu, tau)
          y[school] ~ Normal(theta[school], sigma[school])
        }
        """;

    private static SampledPosterior Sampled()
    {
        var data = Data.Of(new
        {
            sigma = new[] { 15.0, 10, 16, 11, 9, 11, 10, 18 },
            y = new double?[] { 28, 8, -3, 7, -1, 1, null, 12 },
        });
        return Model.Compile(Schools).Model.Condition(data).Infer(new Nuts { Seed = 1, Chains = 2, Warmup = 300, Draws = 500 }, cancellation: TestContext.Current.CancellationToken);
    }

    public sealed record Exam(string School, double? ExamScore, double[] Marks);

    [Fact]
    public void Records()
    {
        IEnumerable<Exam> exams = [new("north", 61, [1, 2]), new("south", null, [3, 2]), new("south", 48, [2, 2])];
        var data = Data.OfRecords(exams);
        var model = Model.Compile("""
            input N: count
            input school[N]: category
            input marks[N, 2]: real
            for s in levels(school) { level[s] ~ Normal(50, 10) }
            slope ~ Normal(0, 1)
            for i in 1..N { exam_score[i] ~ Normal(level[school[i]] + slope * sum(marks[i]), 5) }
            """).Model;
        var posterior = model.Condition(data).Infer(new Exact(), TestContext.Current.CancellationToken);
        Assert.True(posterior.Get<double>("level[north]") > posterior.Get<double>("level[south]"));
        Assert.Equal(48, posterior.Get<double>("exam_score[3]"));
        Assert.Equal("`Marks[2]` in row 3 is NaN, which is not a value; a missing value is null.",
            Assert.Throws<ArgumentException>(() => Data.OfRecords(exams.Take(2).Append(new Exam("x", 1, [1, double.NaN])))).Message);
    }

    [Fact]
    public void Typed_results()
    {
        var posterior = Sampled();
        double tau = posterior.Get<double>("tau");
        double[] theta = posterior.Get<double[]>("theta");
        double third = posterior.Get<double>("theta[3]");
        double[] upper = posterior.Get<double[]>("theta", SummaryStatistic.Quantile(0.95));
        double above = posterior.Probability("tau", t => t > 3);
        Assert.Equal(third, theta[2]);
        Assert.Equal(posterior.Scalar("tau").Mean, tau);
        Assert.Equal(posterior.Scalar("theta[8]").Q95, upper[7], 1e-12);
        Assert.InRange(above, 0.2, 0.7);
    }

    [Fact]
    public void What_was_learned_and_what_was_simulated()
    {
        var model = Model.Compile("input N: count\ninput x[N]: real\nparam beta[2]: real\nfor i in 1..N { y[i] ~ Normal(beta[1] + beta[2] * x[i], 1) }").Model;
        var points = Data.OfRecords([new { x = 0.0, y = 1.0 }, new { x = 1.0, y = 3.0 }, new { x = 2.0, y = 5.0 }]);
        var fit = model.Condition(points).Fit(new MaximumLikelihood(), cancellation: TestContext.Current.CancellationToken);
        var simulation = model.Condition(fit.Data.With(Data.Of(new { x = new[] { 0.5, 1.5 } }))).Sample(1, 1, TestContext.Current.CancellationToken);
        double[] learned = fit.Get<double[]>("beta");
        double[] simulated = simulation.Get<double[]>(0, "y");
        Assert.Equal([1.0, 2], learned, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(2, simulated.Length);
    }

    [Fact]
    public void Draws_as_spans()
    {
        var (posterior, wins) = (Sampled(), 0);
        VariableDraws draws = posterior.Draws.Variable("theta");
        for (var chain = 0; chain < draws.Chains; chain++)
        {
            for (var draw = 0; draw < draws.Count; draw++)
            {
                ReadOnlySpan<double> theta = draws[chain, draw];
                if (theta[0] > theta[1]) wins++;
            }
        }
        Assert.InRange(wins, 500, 800);
        Assert.Equal(draws[1, 7].ToArray(), posterior.GetDraw<double[]>("theta", 1, 7));
    }
}
