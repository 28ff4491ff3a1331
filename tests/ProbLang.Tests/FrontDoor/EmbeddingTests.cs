using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

public class EmbeddingTests
{
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

    [Fact]
    public async Task A_program_conditions_a_model_and_reads_its_posterior()
    {
        var problem = Model.Compile(Schools).Model.Condition(Data.Of(new { sigma = new[] { 15.0, 10, 16, 11, 9, 11, 10, 18 }, y = new double?[] { 28, 8, -3, 7, -1, 1, null, 12 } }));
        Assert.Equal(["y"], problem.Observed);
        var posterior = await problem.InferAsync(new Nuts { Seed = 42 }, cancellation: TestContext.Current.CancellationToken);
        Assert.False(posterior.Interrupted);
        Assert.InRange(posterior.Scalar("tau").Mean, 2.5, 4.5);
        Assert.Equal(8, posterior.Array("theta").Mean.Length);
        Assert.Equal(posterior.Scalar("theta[7]").Mean, posterior.Array("theta").Mean[6]);
        // The cells that the data give are themselves; the missing one is predicted.
        Assert.Equal(28, posterior.Array("y").Mean[0]);
        Assert.Equal(0, posterior.Array("y").Sd[0]);
        Assert.True(posterior.Array("y").Sd[6] > 10);
        Assert.Throws<ArgumentException>(() => posterior.Scalar("nonesuch"));
    }

    [Fact]
    public void What_is_improper_and_says_nothing_about_the_data_is_an_objection()
    {
        var problem = Model.Compile("a ~ Flat()\nb ~ Normal(0, 1)\ny ~ Normal(b, 1)").Model.Condition(Data.Of(new { y = 1 }));
        var objection = Assert.Throws<EngineException>(() => problem.Infer(new Nuts { Seed = 1 }, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("GM0331", Assert.Single(objection.Diagnostics).Id);
    }

    [Fact]
    public void A_model_whose_latents_are_all_given_is_drawn_forward()
    {
        var problem = Model.Compile(Schools).Model.Condition(Data.Of(new { sigma = new[] { 1.0, 2 }, mu = 3, tau = 1, theta = new double[] { 3, 4 } }));
        var posterior = problem.Infer(new Nuts { Seed = 1 }, cancellation: TestContext.Current.CancellationToken);
        var row = posterior.Scalar("y[2]");
        Assert.InRange(row.Mean, 4 - 4 * row.Mcse, 4 + 4 * row.Mcse);
        Assert.InRange(row.Sd, 1.85, 2.15);
    }

    [Fact]
    public void Mistakes_are_exceptions_that_carry_their_diagnostics()
    {
        var model = Model.Compile(Schools).Model;
        var mistake = Assert.Throws<DataException>(() => model.Condition(Data.Of(new { y = new[] { 1.0 } })));
        Assert.NotEmpty(mistake.Diagnostics);
        Assert.Equal(string.Join("\n", mistake.Diagnostics), mistake.Message);
        Assert.Throws<InvalidOperationException>(() => Model.Compile("y ~").Model);
    }

    [Fact]
    public void A_cancelled_inference_keeps_what_it_has()
    {
        using var source = new CancellationTokenSource();
        var problem = Model.Compile(Schools).Model.Condition(Data.Of(new { sigma = new[] { 1.0, 2 }, y = new[] { 1.0, 2 } }));
        var posterior = problem.Infer(new Nuts { Seed = 1, Chains = 1, Warmup = 50, Draws = 1_000_000 }, new Immediate(p => { if (p is { Phase: ChainPhase.Sampling, Iteration: > 60 }) source.Cancel(); }), source.Token);
        Assert.True(posterior.Interrupted);
        Assert.InRange(posterior.Draws.Count, 1, 999_999);
        Assert.Equal(problem.ReportedElements, posterior.Summary.Rows.Select(r => r.Name));
        // From then on there is nothing that could be kept.
        Assert.Equal(source.Token, Assert.Throws<OperationCanceledException>(() => problem.Infer(new Nuts { Seed = 1 }, cancellation: source.Token)).CancellationToken);
    }

    [Fact]
    public void A_warm_up_that_is_cancelled_has_nothing_to_show()
    {
        using var source = new CancellationTokenSource();
        var problem = Model.Compile(Schools).Model.Condition(Data.Of(new { sigma = new[] { 1.0, 2 }, y = new[] { 1.0, 2 } }));
        var cancelled = Assert.Throws<OperationCanceledException>(() => problem.Infer(new Nuts { Seed = 1, Warmup = 1_000_000 }, new Immediate(_ => source.Cancel()), source.Token));
        Assert.Equal(source.Token, cancelled.CancellationToken);
        var late = problem.Within(new ResourceLimits { Time = TimeSpan.FromMilliseconds(300) });
        Assert.Throws<ResourceLimitException>(() => late.Infer(new Nuts { Seed = 1, Warmup = 2_000_000_000, Draws = 10 }, cancellation: TestContext.Current.CancellationToken));
    }

    private sealed class Immediate(Action<ChainProgress> report) : IProgress<ChainProgress>
    {
        public void Report(ChainProgress value) => report(value);
    }

    [Fact]
    public void Simulations_have_the_moments_of_the_model()
    {
        var simulation = Model.Compile("mu ~ Normal(10, 3)\ny ~ Normal(mu, 4) ^ 2\n").Model.Condition(Data.Empty).Sample(20_000, seed: 9, TestContext.Current.CancellationToken);
        var y = Enumerable.Range(0, simulation.Count).Select(i => simulation.Draw(i, "y")[1]).ToArray();
        var mean = y.Average();
        Assert.InRange(mean, 10 - 4 * 5 / Math.Sqrt(y.Length), 10 + 4 * 5 / Math.Sqrt(y.Length));
        Assert.InRange(Math.Sqrt(y.Average(v => (v - mean) * (v - mean))), 4.9, 5.1);
    }

    [Fact]
    public void The_models_in_the_pages_compile()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "ProbLang.sln"))) root = Path.GetDirectoryName(root)!;
        foreach (var page in (string[])["README.md", "docs/language.md"])
        {
            var parts = File.ReadAllText(Path.Combine(root, page)).Split("```gm\n");
            Assert.True(parts.Length > 1);
            foreach (var part in parts[1..]) Assert.Empty(Model.Compile(part[..part.IndexOf("```", StringComparison.Ordinal)]).Diagnostics);
        }
    }
}
