using System.Collections.Immutable;
using System.Text.Json;
using ProbLang.FactorGraphs;
using ProbLang.Inference;
using ProbLang.Results;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

/// <summary>What the front door makes of a factor graph, of what is objected to it, and of what an engine believes; graphs and beliefs are written by hand.</summary>
public class MessagePassingTests
{
    /// <summary>Exact inference objects to the heavy tail; the sampler does not.</summary>
    private const string Text = """
        for i in 1..2 { mu[i] ~ Normal(0, 1) }
        tau ~ Gamma(2, 2)
        sd = 1 / sqrt(tau)
        b ~ Bernoulli(0.5)
        y ~ StudentT(3, mu[1] + mu[2], sd)
        """;

    private static readonly FactorVariable s_size = new() { Name = "size", Domain = FactorDomain.Integer, Data = FactorData.Of(2) };
    private static readonly FactorRange s_range = new("i", new FactorReference(s_size));
    private static readonly FactorVariable s_mu = new() { Name = "mu", Domain = FactorDomain.Gaussian, Ranges = [s_range] };
    private static readonly FactorVariable s_tau = new() { Name = "tau", Domain = FactorDomain.Gamma };
    private static readonly FactorVariable s_b = new() { Name = "b", Domain = FactorDomain.Boolean };

    private static readonly FactorGraphSolution s_solution = new()
    {
        Beliefs = new Dictionary<FactorVariable, ImmutableArray<Belief>>
        {
            [s_mu] = [new GaussianBelief(1, 4), new GaussianBelief(-1, 0.25)],
            [s_tau] = [new GammaBelief(3, 2)],
            [s_b] = [new BooleanBelief(0.25)],
        },
        LogEvidence = -1.5,
        Iterations = 12,
        Change = 1e-9,
        HasConverged = true,
        CompileTime = TimeSpan.FromSeconds(0.25),
    };

    private static readonly FixedBeliefs s_ep = new() { Answer = _ => s_solution };
    private static readonly FixedBeliefs s_vmp = new(FactorAlgorithm.VariationalMessagePassing) { Answer = _ => s_solution };

    private static readonly Diagnostic s_mistake = new("GM0999", Severity.Error, "this is too heavy", Remedy: "make it a Normal");

    private static Problem Problem(FactorGraphJudgement? judgement = null, FactorGraphBuild? build = null, string text = Text)
    {
        var problem = Model.Compile(text, new CompileOptions { Path = "m.gm" }).Model.Condition(Data.Of(new { y = 1.5 }));
        return problem.With(new FactorGraphSolver(() => build ?? Build(problem), (_, _) => judgement ?? new FactorGraphJudgement { Notes = ["variances are 0.9 of the true ones"] }));
    }

    private static FactorGraphBuild Build(Problem problem)
    {
        var graph = problem.Model.Graph;
        return new FactorGraphBuild
        {
            Graph = new FactorGraph("m", [s_size, s_mu, s_tau, s_b], [s_range], [], [s_mu, s_tau, s_b]),
            Notes = ["a note of the compilation"],
            Reports = new Dictionary<(Graph.Variable, int), CellBelief>
            {
                [(graph.Find("mu")!, 0)] = new(s_mu, 0),
                [(graph.Find("mu")!, 1)] = new(s_mu, 1),
                [(graph.Find("tau")!, 0)] = new(s_tau, 0),
                [(graph.Find("sd")!, 0)] = new(s_tau, 0) { Power = -0.5 },
                [(graph.Find("b")!, 0)] = new(s_b, 0),
            },
        };
    }

    private static MessagePassingPosterior Infer(FixedBeliefs engine, FactorGraphJudgement? judgement = null) => Problem(judgement).Infer(engine, cancellation: TestContext.Current.CancellationToken);

    private static JsonElement Json(Posterior posterior)
    {
        using var text = new StringWriter();
        posterior.Write(text, SummaryForm.Json);
        return JsonDocument.Parse(text.ToString()).RootElement;
    }

    [Fact]
    public void Beliefs_are_reported_as_distributions_of_the_cells()
    {
        var posterior = Infer(s_ep);
        Assert.Equal(["mu[1]", "mu[2]", "tau", "sd", "b"], posterior.Summary.Rows.Select(r => r.Name));
        Assert.Equal(["ep", "False"], [posterior.Engine, posterior.Summary.IsMonteCarlo.ToString()]);
        Assert.Equal((1, 2), (posterior.Scalar("mu[1]").Mean, posterior.Scalar("mu[1]").Sd));
        Assert.Equal([1, -1], posterior.Array("mu").Mean.ToArray());
        Assert.Equal(new GammaPowerMarginal(3, 2, -0.5, 1), posterior.Marginal("sd"));
        Assert.True(posterior.Scalar("b").IsBoolean);
        Assert.Equal(-1.5, posterior.LogEvidence);
        Assert.Equal(new IterationSummary(12, 1e-9, true), posterior.Iterations);
        Assert.Equal(["a note of the compilation", "variances are 0.9 of the true ones"], posterior.Notes);
        Assert.True(posterior.Seconds.Compile >= 0.25);
        Assert.Null(posterior.Seed);
    }

    [Fact]
    public void The_report_tells_how_it_was_found()
    {
        var json = Json(Infer(s_vmp));
        Assert.Equal("""{"name":"Normal","mean":1,"sd":2}""", JsonSerializer.Serialize(json.GetProperty("variables").GetProperty("mu[1]").GetProperty("distribution")));
        Assert.Equal("""{"0":0.75,"1":0.25}""", JsonSerializer.Serialize(json.GetProperty("variables").GetProperty("b").GetProperty("p")));
        Assert.Equal(-1.5, json.GetProperty("log_evidence").GetDouble());
        Assert.Equal("a lower bound", json.GetProperty("log_evidence_is").GetString());
        Assert.Equal(2, json.GetProperty("notes").GetArrayLength());
        Assert.Equal(12, json.GetProperty("diagnostics").GetProperty("iterations").GetInt32());
        Assert.True(json.GetProperty("diagnostics").GetProperty("converged").GetBoolean());
        Assert.False(json.GetProperty("variables").GetProperty("mu[1]").TryGetProperty("mcse", out _));
    }

    [Fact]
    public void The_verdict_says_what_the_evidence_is_worth()
    {
        Assert.Equal("trust: an approximation; 12 iterations; the log evidence is about -1.5", Infer(s_ep).Verdict.ToString());
        Assert.Equal("trust: an approximation; 12 iterations; the log evidence is at least -1.5", Infer(s_vmp).Verdict.ToString());
        Assert.Equal("trust: exact, up to rounding; 12 iterations; the log evidence is -1.5", Infer(s_ep, new FactorGraphJudgement { IsExact = true }).Verdict.ToString());
        var draws = new FixedBeliefs(FactorAlgorithm.GibbsSampling) { Answer = _ => s_solution with { LogEvidence = null, Change = double.NaN }, Seed = 7 };
        Assert.Equal("trust: draws that nothing checks for mixing; 12 iterations", Infer(draws).Verdict.ToString());
        Assert.Equal(7UL, Infer(draws).Seed);
        Assert.Equal(JsonValueKind.Null, Json(Infer(draws)).GetProperty("diagnostics").GetProperty("change").ValueKind);
    }

    [Fact]
    public void What_has_not_settled_is_not_to_be_trusted()
    {
        var posterior = Infer(s_ep with { Answer = _ => s_solution with { HasConverged = false, Change = 0.0123 } });
        Assert.Equal(Concern.NotConverged, Assert.Single(posterior.Verdict.Reasons).Concern);
        Assert.Equal(
            "do not trust:\n  The messages have not settled after 12 iterations: the last one still changed what is believed, by 0.012 standard deviations (at most 1E-08 is wanted). "
            + "Let them go on (--iterations 120); if that does not help, another engine should take the model.", posterior.Verdict.ToString());
        Assert.Equal("do not trust", Json(posterior).GetProperty("diagnostics").GetProperty("verdict").GetString());
    }

    [Fact]
    public void An_interruption_keeps_what_is_believed_by_then()
    {
        using var source = new CancellationTokenSource();
        var posterior = Problem().Infer(s_ep with { Answer = _ => { source.Cancel(); return s_solution with { HasConverged = false }; } }, cancellation: source.Token);
        Assert.True(posterior.Interrupted);
        Assert.Equal(Concern.Interrupted, Assert.Single(posterior.Verdict.Reasons).Concern);
        Assert.StartsWith("do not trust:\n  interrupted: 12 iterations", posterior.Verdict.ToString(), StringComparison.Ordinal);
        using var early = new CancellationTokenSource();
        early.Cancel();
        Assert.Throws<OperationCanceledException>(() => Problem().Infer(s_ep, cancellation: early.Token));
    }

    [Fact]
    public void Cells_without_an_answer_are_left_out_and_of_an_array_they_are_unknown()
    {
        var problem = Problem();
        var build = Build(problem);
        var without = build with { Reports = build.Reports.Where(r => r.Value is not { Element: 1 } && r.Key.Variable.Name != "sd").ToDictionary() };
        problem = problem.With(new FactorGraphSolver(() => without, (_, _) => new FactorGraphJudgement { IsExact = true }));
        var found = problem.Infer(s_ep, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["mu[1]", "tau", "b"], found.Summary.Rows.Select(r => r.Name));
        Assert.Equal(0.25, found.Scalar("b").Mean);
        Assert.True(double.IsNaN(found.Array("mu").Mean[1]) && double.IsNaN(found.Array("mu").Sd[1]));
        Assert.Throws<ArgumentException>(() => found.Scalar("sd"));
        // Auto prefers draws of everything to exact answers of a part.
        Assert.Equal("nuts", problem.Choose(new Auto { Engines = [s_ep] }).Engine.Name);
    }

    [Fact]
    public void An_element_of_a_branch_says_how_probable_that_branch_is()
    {
        var problem = Problem();
        var build = Build(problem);
        var mu = problem.Model.Graph.Find("mu")!;
        var gated = problem.With(new FactorGraphSolver(() => build with
        {
            Reports = build.Reports.ToDictionary(r => r.Key, r => r.Key.Variable == mu ? r.Value with { Branches = [(s_b, 0, r.Key.Cell)] } : r.Value),
        }, (_, _) => new FactorGraphJudgement()));
        var posterior = gated.Infer(s_ep, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((0.75, 0.25), (posterior.Scalar("mu[1]").HoldsWith, posterior.Scalar("mu[2]").HoldsWith));
    }

    [Fact]
    public void Random_starts_have_a_seed()
    {
        var problem = Problem();
        var build = Build(problem);
        var random = build with { Graph = new FactorGraph("m", [new FactorVariable { Name = "z", Domain = FactorDomain.Boolean, StartsRandomly = true }], [], [], []) };
        var posterior = problem.With(new FactorGraphSolver(() => random, (_, _) => new FactorGraphJudgement())).Infer(s_ep with { Seed = 5 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(5UL, posterior.Seed);
        Assert.Equal(5, Json(posterior).GetProperty("seed").GetInt32());
    }

    [Fact]
    public void Progress_is_handed_on()
    {
        var seen = new List<IterationProgress>();
        Problem().Infer(s_ep, new Listener(seen.Add), TestContext.Current.CancellationToken);
        Problem().Infer((Engine)(s_ep with { Iterations = 7 }), null, new Listener(seen.Add), TestContext.Current.CancellationToken);
        Assert.Equal([new IterationProgress(1, 50, 0.5), new IterationProgress(1, 7, 0.5)], seen);
    }

    [Fact]
    public void An_objection_names_the_smallest_change_and_the_engine_that_needs_none()
    {
        var problem = Problem(new FactorGraphJudgement { Objections = [s_mistake] });
        Assert.Equal("make it a Normal; `--engine nuts` takes the model as it is", Assert.Single(problem.Objections(s_ep)).Remedy);
        Assert.Equal(problem.Objections(s_ep), Assert.Throws<EngineException>(() => problem.Infer(s_ep, cancellation: TestContext.Current.CancellationToken)).Diagnostics);
        Assert.Equal(problem.Objections(s_ep), problem.Objections((Engine)s_ep));
        var told = s_mistake with { Remedy = "take `--engine nuts`" };
        Assert.Equal(told, Assert.Single(Problem(new FactorGraphJudgement { Objections = [told] }).Objections(s_ep)));
        Assert.Equal("`--engine nuts` takes the model as it is", Assert.Single(Problem(build: new FactorGraphBuild { Objections = [s_mistake with { Remedy = null }] }).Objections(s_ep)).Remedy);
    }

    [Fact]
    public void Where_neither_built_in_engine_can_the_next_one_is_named()
    {
        const string Unbounded = "m ~ Normal(0, 1)\nx ~ Normal(m, 1) censored (0, )\ny ~ Normal(x, 1)";
        var problem = Model.Compile(Unbounded).Model.Condition(Data.Of(new { y = 1.0 }));
        problem = problem.With(new FactorGraphSolver(() => new FactorGraphBuild { Graph = new FactorGraph("m", [], [], [], []) },
            (_, algorithm) => new FactorGraphJudgement { Objections = algorithm == FactorAlgorithm.ExpectationPropagation ? [s_mistake] : [] }));
        Assert.Equal("make it a Normal; `--engine vmp` takes the model as it is", problem.Objections(s_ep, s_ep, s_vmp)[0].Remedy);
        Assert.Equal("make it a Normal", problem.Objections(s_ep, s_vmp with { Missing = "it is not here" })[0].Remedy);
    }

    [Fact]
    public void An_engine_that_is_not_there_says_so_where_nothing_else_stands_against_it()
    {
        var missing = s_ep with { Missing = "this build has no Infer.NET." };
        var objection = Assert.Single(Problem().Objections(missing));
        Assert.Equal(("GM0455", "the engine `ep` is not available: this build has no Infer.NET"), (objection.Id, objection.Message));
        Assert.Equal("GM0999", Assert.Single(Problem(new FactorGraphJudgement { Objections = [s_mistake] }).Objections(missing)).Id);
    }

    [Fact]
    public void What_an_engine_finds_while_it_works_is_a_diagnostic()
    {
        Diagnostic Thrown(Exception mistake) => Assert.Throws<EngineException>(() => Infer(s_ep with { Answer = _ => throw mistake })).Diagnostics[0];
        Assert.Equal(("GM0456", "y cannot be both"), (Thrown(new FactorGraphException("y cannot be both.", isContradiction: true)).Id, Thrown(new FactorGraphException("y cannot be both.", isContradiction: true)).Message));
        Assert.Equal(("GM0457", "`--engine nuts` takes the model as it is"), (Thrown(new FactorGraphException("too deep")).Id, Thrown(new FactorGraphException("too deep")).Remedy));
        var improper = s_solution with { Beliefs = new Dictionary<FactorVariable, ImmutableArray<Belief>>(s_solution.Beliefs) { [s_mu] = [new GaussianBelief(0, 1), new GaussianBelief(0, -1)] } };
        Assert.Equal(("GM0458", "message passing found no proper distribution of `mu[2]`"), (Assert.Throws<EngineException>(() => Infer(s_ep with { Answer = _ => improper })).Diagnostics[0] is var d ? d.Id : "", d.Message));
        Assert.Throws<InvalidOperationException>(() => Infer(s_ep with { Answer = _ => s_solution with { Beliefs = new Dictionary<FactorVariable, ImmutableArray<Belief>>() } }));
    }

    [Fact]
    public void Auto_takes_messages_first_where_they_are_exact_and_last_where_they_are_not()
    {
        var auto = new Auto { Engines = [s_vmp with { Missing = "no" }, s_ep] };
        Assert.Equal("nuts", Problem().Choose(auto).Engine.Name);
        var choice = Problem(new FactorGraphJudgement { IsExact = true }).Choose(auto);
        Assert.Same(s_ep, choice.Engine);
        Assert.EndsWith("; the messages of ep are exact too", choice.Reason, StringComparison.Ordinal);
        Assert.Equal("exact", Problem(new FactorGraphJudgement { IsExact = true }, text: "y ~ Normal(0, 1)").Choose(auto).Engine.Name);
        Assert.Equal("nuts", Problem(new FactorGraphJudgement { Objections = [s_mistake] }).Choose(auto).Engine.Name);
        Assert.IsType<MessagePassingPosterior>(Problem(new FactorGraphJudgement { IsExact = true }).Infer(auto, cancellation: TestContext.Current.CancellationToken));
        Assert.Empty(Problem().Objections((Engine)auto));
    }

    [Fact]
    public void Auto_takes_messages_where_nothing_else_runs()
    {
        var problem = Model.Compile("m ~ Normal(0, 1)\nx ~ Normal(m, 1) censored (0, )\ny ~ Normal(x, 1)").Model.Condition(Data.Of(new { y = 1.0 }));
        problem = problem.With(new FactorGraphSolver(() => new FactorGraphBuild { Graph = new FactorGraph("m", [], [], [], []) }, (_, _) => new FactorGraphJudgement()));
        var choice = problem.Choose(new Auto { Engines = [s_ep] });
        Assert.Same(s_ep, choice.Engine);
        Assert.Matches("^exact objects: .*; nuts objects: ", choice.Reason);
        Assert.NotEmpty(problem.Objections((Engine)new Auto()));
        Assert.Contains("engine: ep\n  no other engine takes the model; its answer is approximate\n", problem.Explain(s_ep), StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_has_a_word_of_each_engine()
    {
        var text = Problem().Explain(s_ep, s_vmp with { Missing = "this build has no Infer.NET" });
        Assert.Contains("\n  ep has no objection; its answer would be approximate\n    a note of the compilation\n    variances are 0.9 of the true ones\n  vmp has no objection, but is not available: this build has no Infer.NET\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  ep objects: error GM0999: this is too heavy\n    = make it a Normal\n", Problem(new FactorGraphJudgement { Objections = [s_mistake] }).Explain(s_ep), StringComparison.Ordinal);
        Assert.Contains("engine: ep\n  its messages are exact for this model\n  a note of the compilation\n", Problem(new FactorGraphJudgement { IsExact = true }).Explain(s_ep), StringComparison.Ordinal);
    }

    private sealed class Listener(Action<IterationProgress> heard) : IProgress<IterationProgress>
    {
        public void Report(IterationProgress value) => heard(value);
    }
}
