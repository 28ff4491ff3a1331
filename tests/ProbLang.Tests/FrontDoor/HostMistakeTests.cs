using System.Collections.Immutable;
using ProbLang.FactorGraphs;
using ProbLang.Inference;
using ProbLang.Results;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

/// <summary>What a program hands over wrongly is told as that, by the name of the parameter or the property.</summary>
public class HostMistakeTests
{
    private static Problem Normal() => Model.Compile("x ~ Normal(0, 1)\nfor i in 1..2 { y[i] ~ Normal(x, 1) }\nx3 = x ^ 3\n").Model.Condition(Data.Of(new { y = new[] { 1.0, 2 } }));

    private static SampledPosterior Sampled() => Normal().Infer(new Nuts { Seed = 1, Chains = 2, Warmup = 20, Draws = 10 }, cancellation: TestContext.Current.CancellationToken);

    [Fact]
    public void Options_that_are_null_are_refused_where_they_are_set()
    {
        Assert.Throws<ArgumentNullException>("Limits", () => new CompileOptions { Limits = null! });
        Assert.Throws<ArgumentNullException>("Path", () => new CompileOptions { Path = null! });
        Assert.Throws<ArgumentNullException>("path", () => Model.CompileFile(null!, cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>("silenced", () => Model.Compile("x ~ Normal(0, 1)", new() { Silenced = [null!] }, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentNullException>("name", () => new GmNameAttribute(null!));
        Assert.Throws<ArgumentNullException>("source", () => Data.OfJson("{}", null!, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentNullException>("Exact", () => new Auto { Exact = null! });
        Assert.Throws<ArgumentNullException>("Nuts", () => new Auto { Nuts = null! });
        Assert.Throws<ArgumentException>("Engines", () => new Auto { Engines = [null!] });
        Assert.Equal([], new Auto { Engines = default }.Engines);
        Assert.Throws<ArgumentNullException>("Compile", () => new SessionOptions { Compile = null! });
        Assert.Throws<ArgumentNullException>("Nuts", () => new SessionOptions { Nuts = null! });
        Assert.Throws<ArgumentNullException>("Exact", () => new SessionOptions { Exact = null! });
        Assert.Throws<ArgumentException>("Engines", () => new SessionOptions { Engines = [null!] });
        Assert.Contains("exact likelihood", Assert.Throws<ArgumentException>("Objective", () => new MaximumLikelihood { Objective = "zzz" }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Engines_that_are_null_are_refused_before_one_runs()
    {
        var problem = Normal();
        Assert.Throws<ArgumentException>("engines", () => problem.Compare([null!, new Exact(), new Nuts()], cancellation: TestContext.Current.CancellationToken));
        Assert.StartsWith("`ml` gives no posterior to compare", Assert.Throws<ArgumentException>("engines", () => problem.Compare([new MaximumLikelihood(), new Exact()], cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("engines", () => problem.Explain([null!]));
    }

    [Fact]
    public void Values_that_an_enumeration_does_not_have_are_out_of_range()
    {
        var problem = Normal();
        Assert.Throws<ArgumentOutOfRangeException>("form", () => problem.DrawGraph((GraphForm)77));
        Assert.Throws<ArgumentOutOfRangeException>("form", () => problem.Model.DrawGraph((GraphForm)77));
        Assert.Throws<ArgumentOutOfRangeException>("algorithm", () => problem.PrintFactorGraph((FactorAlgorithm)99, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>("Metric", () => problem.Infer(new Nuts { Metric = (MetricKind)9 }, cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>("form", () => Sampled().Write(TextWriter.Null, (SummaryForm)9));
    }

    [Fact]
    public void Places_of_draws_that_are_not_there_are_told_as_they_were_given()
    {
        var posterior = Sampled();
        var column = new double[20];
        Assert.Throws<ArgumentOutOfRangeException>("output", () => posterior.Draws.CopyColumn(999, column));
        Assert.Throws<ArgumentOutOfRangeException>("output", () => posterior.Draws.CopyColumn(-1, column));
        Assert.Throws<ArgumentException>("column", () => posterior.Draws.CopyColumn(0, column.AsSpan(1)));
        Assert.Throws<ArgumentOutOfRangeException>("output", () => posterior.Draws.Complete[0].CopyColumn(2, column.AsSpan(10)));
        Assert.Throws<ArgumentException>("column", () => posterior.Draws.Complete[0].CopyColumn(0, column));
        var x = posterior.Draws.Variable("x");
        Assert.Contains("'-1'", Assert.Throws<ArgumentOutOfRangeException>("draw", () => x[0, -1].Length).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("chain", () => x[2, 0].Length);
        Assert.Throws<ArgumentOutOfRangeException>("element", () => x.CopyTo(0, -1, column));
        Assert.Contains("'-1'", Assert.Throws<ArgumentOutOfRangeException>("chain", () => posterior.GetDraw<double>("x", -1, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("draw", () => posterior.GetDraw<double>("x", 0, 10));
        var problem = Normal();
        var simulation = problem.Sample(2, 1, TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentOutOfRangeException>("draw", () => simulation.Draw(2, "x").Length);
        Assert.Contains("'-1'", Assert.Throws<ArgumentOutOfRangeException>("draw", () => simulation.Get<double>(-1, "x")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("variable", () => simulation.Draw(0, null!).Length);
        var generated = Model.Compile("y ~ Normal(0, 1)").Model.Condition(Data.Empty).Generate(2, 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentOutOfRangeException>("line", () => generated[2].Length);
        Assert.Throws<ArgumentOutOfRangeException>("line", () => generated[-1].Length);
    }

    [Fact]
    public void What_is_null_is_told_by_its_parameter()
    {
        var posterior = Sampled();
        Assert.Throws<ArgumentNullException>("layout", () => new Draws(null!, []));
        Assert.Throws<ArgumentNullException>("chains", () => new Draws(posterior.Layout, default));
        Assert.Throws<ArgumentNullException>("variables", () => new OutputLayout(default));
        Assert.Throws<ArgumentNullException>("name", () => Spelling.Nearest(null!, []));
        Assert.Throws<ArgumentNullException>("candidates", () => Spelling.Nearest("x", null!));
        Assert.Throws<ArgumentNullException>("folder", () => posterior.Save(null!, "1", "host", TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentNullException>("version", () => posterior.Save("folder", null!, "host", TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentNullException>("command", () => posterior.Save("folder", "1", null!, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentNullException>("diagnostics", () => new DataException(null!));
        Assert.Throws<ArgumentNullException>("diagnostics", () => new EngineException(null!));
        Assert.Throws<ArgumentNullException>("name", () => posterior.Array(null!));
        Assert.Throws<ArgumentNullException>("variable", () => posterior.Pictures(null!));
        var fit = Model.Compile("param b\ny ~ Normal(b, 1)").Model.Condition(Data.Of(new { y = 1.0 })).Fit(new MaximumLikelihood(), cancellation: TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentNullException>("element", () => fit.StandardError(null!));
        Assert.Throws<ArgumentNullException>("variable", () => fit[null!].Length);
        var draw = Normal().Stream(1, cancellation: TestContext.Current.CancellationToken).First();
        Assert.Throws<ArgumentNullException>("element", () => draw[null!]);
        Assert.Throws<ArgumentNullException>("variable", () => draw.Array((string)null!).Length);
    }

    [Fact]
    public async Task What_is_asked_for_wrongly_is_told_at_once_and_not_by_the_task()
    {
        var problem = Normal();
        var token = TestContext.Current.CancellationToken;
        Assert.Throws<ArgumentNullException>("engine", () => { _ = problem.InferAsync((Engine)null!, token); });
        Assert.Throws<ArgumentNullException>("engine", () => { _ = problem.InferAsync((Exact)null!, token); });
        Assert.Throws<ArgumentNullException>("engine", () => { _ = problem.InferAsync((Laplace)null!, token); });
        Assert.Throws<ArgumentOutOfRangeException>("Chains", () => { _ = problem.InferAsync(new Nuts { Chains = 0 }, cancellation: token); });
        LaplacePosterior approximate = await problem.InferAsync(new Laplace { Seed = 1, Draws = 50 }, token);
        Assert.Equal(50, approximate.Draws.Count);
    }

    [Fact]
    public void The_making_of_a_scorer_can_be_cancelled()
    {
        var cancelled = new CancellationToken(true);
        var problem = Model.Compile("param b\nfor i in 1..2 { y[i] ~ Normal(b, 1) }").Model.Condition(Data.Of(new { y = new[] { 1.0, 2 } }));
        var fit = problem.Fit(new MaximumLikelihood(), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(cancelled, Assert.Throws<OperationCanceledException>(() => problem.Scorer(fit, null, cancelled)).CancellationToken);
        Assert.Equal(cancelled, Assert.Throws<OperationCanceledException>(() => Sampled().Scorer(null, cancelled)).CancellationToken);
        var scorer = problem.Scorer(fit, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(cancelled, Assert.Throws<OperationCanceledException>(() => scorer.Prepare(cancelled)).CancellationToken);
        scorer.Prepare(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void What_describes_a_problem_can_be_cancelled()
    {
        var (problem, cancelled) = (Normal(), new CancellationToken(true));
        Assert.Throws<OperationCanceledException>(() => problem.Explain(cancelled));
        Assert.Throws<OperationCanceledException>(() => problem.Model.Explain(cancelled));
        Assert.Throws<OperationCanceledException>(() => problem.PrintProgram(cancelled));
        Assert.Throws<OperationCanceledException>(() => problem.PrintFactorGraph(null, cancelled));
        Assert.Equal(problem.Explain(), problem.Explain(TestContext.Current.CancellationToken));
    }
}
