using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

public class EngineChoiceTests
{
    private const string Alarm = "burglary ~ Bernoulli(0.01)\nalarm ~ Bernoulli(if burglary then 0.95 else 0.02)";
    private const string Hierarchy = "mu ~ Normal(0, 1)\ntau ~ HalfNormal(1)\nx ~ Normal(mu, tau)\ny ~ Normal(x, 1)";

    private static readonly Auto s_auto = new() { Nuts = new Nuts { Seed = 1, Chains = 1, Warmup = 100, Draws = 50 } };

    private static Problem Problem(string text, object data) => Model.Compile(text).Model.Condition(Data.Of(data));

    [Fact]
    public async Task Exact_inference_is_taken_where_it_has_no_objection()
    {
        var problem = Problem(Alarm, new { alarm = true });
        Assert.Equal(new EngineChoice(s_auto.Exact, "every unknown can be summed or integrated out"), problem.Choose(s_auto));
        var posterior = Assert.IsType<ExactPosterior>(await problem.InferAsync(s_auto, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(0.0095 / (0.0095 + 0.0198), posterior.Scalar("burglary").Mean, 1e-12);
        Assert.Equal(Math.Log(0.0293), posterior.LogEvidence!.Value, 1e-12);
        Assert.Equal("exact", posterior.Engine);
        Assert.Equal(posterior.LogEvidence, (await problem.InferAsync(new Exact(), TestContext.Current.CancellationToken)).LogEvidence);
    }

    [Fact]
    public void The_sampler_is_taken_where_exact_inference_objects_and_the_reason_is_the_objection()
    {
        var problem = Problem(Hierarchy, new { y = 1.0 });
        var objection = problem.Objections(new Exact())[0];
        Assert.Equal(new EngineChoice(s_auto.Nuts, $"exact objects: {objection.Message}"), problem.Choose(s_auto));
        var posterior = Assert.IsType<SampledPosterior>(problem.Infer(s_auto, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("nuts", posterior.Engine);
        Assert.Null(posterior.LogEvidence);
        Assert.Equal(problem.Infer(s_auto.Nuts, cancellation: TestContext.Current.CancellationToken).Scalar("mu"), posterior.Scalar("mu"));
        Assert.Equal(objection.Id, Assert.Throws<EngineException>(() => problem.Infer(new Exact(), TestContext.Current.CancellationToken)).Diagnostics[0].Id);
    }

    [Fact]
    public void Where_both_object_the_one_for_models_of_the_kind_says_why()
    {
        var problem = Problem("m ~ Normal(0, 1)\nx ~ Normal(m, 1) censored (0, )\ny ~ Normal(x, 1)", new { y = 1.0 });
        Assert.NotEmpty(problem.Objections(s_auto.Exact));
        Assert.Equal(problem.Objections(s_auto.Nuts), Assert.Throws<EngineException>(() => problem.Infer(s_auto, cancellation: TestContext.Current.CancellationToken)).Diagnostics);
    }

    [Fact]
    public void What_is_cancelled_before_it_begins_does_not_begin()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Problem(Alarm, new { alarm = true }).Infer(new Exact(), source.Token));
    }

    [Fact]
    public void An_option_out_of_its_range_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Exact { MaxEntries = 0 });

    [Fact]
    public void The_reported_elements_do_not_depend_on_the_engine()
    {
        var problem = Problem("a ~ Bernoulli(0.5)\nfor i in 1..2 { b[i] ~ Bernoulli(if a then 0.9 else 0.2) }\nc = b[1] + b[2]\ny ~ Normal(c, 1)", new { y = 1.0 });
        var (exact, sampled) = (problem.Infer(new Exact(), TestContext.Current.CancellationToken), problem.Infer(s_auto.Nuts, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(sampled.Summary.Rows.Select(r => r.Name), exact.Summary.Rows.Select(r => r.Name));
        Assert.Equal(problem.ReportedElements, exact.Layout.ElementNames);
        Assert.Equal(["a", "b", "c"], problem.Reported);
    }

    [Fact]
    public void A_joint_distribution_that_no_table_holds_is_an_objection()
    {
        var posterior = Problem("for i in 1..40 { z[i] ~ Bernoulli(0.5) }\ny ~ Normal(z[1], 1)", new { y = 1.0 }).Infer(new Exact { MaxEntries = 1 << 16 }, TestContext.Current.CancellationToken);
        Assert.NotEmpty(Assert.Throws<EngineException>(() => posterior.Joint([.. Enumerable.Range(1, 40).Select(i => $"z[{i}]")])).Diagnostics);
        Assert.Equal(4, posterior.Joint("z[1]", "z[40]").Probabilities.Length);
    }

    [Theory]
    [InlineData("z ~ Bernoulli(0.5)\nmu ~ Normal(0, 1)\ntau ~ HalfNormal(1)\nx ~ Normal(mu, tau)\ny ~ Normal(x + z, 1)", "class: explicit, approximate\n  `tau` (line 3) is a continuous latent, so the density of the data is an integral\n")]
    [InlineData("z ~ Bernoulli(0.5)\ny ~ Normal(z, 1)", "class: explicit, tractable\n  `z` (line 1) is a discrete latent, which can be summed out\n")]
    [InlineData("y ~ Normal(0, 1)", "class: explicit, tractable\n  every observed variable has a density, and no latent is left to integrate\n")]
    public void The_class_is_decided_by_the_latent_that_is_hardest(string text, string shown) =>
        Assert.Contains(shown, Problem(text, new { y = 1.0 }).Explain(), StringComparison.Ordinal);
}
