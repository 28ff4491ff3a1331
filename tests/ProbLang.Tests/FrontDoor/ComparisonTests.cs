using System.Collections.Immutable;
using System.Text.Json;
using ProbLang.FactorGraphs;
using ProbLang.Inference;
using ProbLang.Results;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

/// <summary>One problem by several engines.</summary>
public class ComparisonTests
{
    private const string Text = "mu ~ Normal(0, 1)\nb ~ Bernoulli(0.3)\ny ~ Normal(mu, 1)\n";

    private static readonly FactorVariable s_mu = new() { Name = "mu", Domain = FactorDomain.Gaussian };
    private static readonly FactorVariable s_b = new() { Name = "b", Domain = FactorDomain.Boolean };
    private static readonly Nuts s_nuts = new() { Seed = 1, Chains = 2 };

    private static Problem Problem(params ImmutableArray<Diagnostic> objections)
    {
        var problem = Model.Compile(Text, new CompileOptions { Path = "m.gm" }).Model.Condition(Data.Of(new { y = 1.0 }));
        var graph = problem.Model.Graph;
        return problem.With(new FactorGraphSolver(() => new FactorGraphBuild
        {
            Graph = new FactorGraph("m", [s_mu, s_b], [], [], [s_mu, s_b]),
            Reports = new Dictionary<(Graph.Variable, int), CellBelief> { [(graph.Find("mu")!, 0)] = new(s_mu, 0), [(graph.Find("b")!, 0)] = new(s_b, 0) },
        }, (_, _) => new FactorGraphJudgement { Objections = objections }));
    }

    private static FixedBeliefs Believing(double mean, double variance, double p, FactorAlgorithm algorithm = FactorAlgorithm.ExpectationPropagation) => new(algorithm)
    {
        Answer = _ => new FactorGraphSolution
        {
            Beliefs = new Dictionary<FactorVariable, ImmutableArray<Belief>> { [s_mu] = [new GaussianBelief(mean, variance)], [s_b] = [new BooleanBelief(p)] },
            LogEvidence = -2,
            Iterations = 3,
            Change = 0,
            HasConverged = true,
        },
    };

    private static Comparison Compare(Problem problem, params Engine[] engines) => problem.Compare(engines, cancellation: TestContext.Current.CancellationToken);

    private static string Written(Comparison comparison, SummaryForm form, params string[] variables)
    {
        using var text = new StringWriter();
        comparison.Write(text, form, variables.Length == 0 ? null : variables);
        return text.ToString();
    }

    [Fact]
    public void Engines_that_find_the_same_agree()
    {
        var comparison = Compare(Problem(), new Exact(), s_nuts, Believing(0.5, 0.5, 0.3));
        Assert.True(comparison.Agrees);
        Assert.Equal("exact", comparison.Reference!.Engine.Name);
        Assert.Equal("nuts against exact: agree\nep against exact: agree", comparison.Verdict);
        Assert.Equal(["mu", "b"], comparison.Comparisons[0].Elements.Select(e => e.Element));
        Assert.True(comparison.Comparisons[0].Elements[0].DifferenceError > 0);
        Assert.Equal(0, comparison.Comparisons[1].Elements[0].DifferenceError);
    }

    [Fact]
    public void What_differs_is_said_for_each_variable_and_of_all_the_worst()
    {
        var comparison = Compare(Problem(), new Exact(), Believing(0.5, 0.5 * 0.62 * 0.62, 0.9, FactorAlgorithm.VariationalMessagePassing));
        Assert.False(comparison.Agrees);
        Assert.Equal("vmp against exact: 2 of 2 differ, b most: probabilities differ by 0.60", comparison.Verdict);
        Assert.Equal("sd too small: 0.62", comparison.Comparisons[0].Elements[0].Verdict);
        Assert.Matches(
            """
            ^ +log evidence +seconds +verdict
            exact +-1\.5155 +\d+\.\d\d +trust
            vmp +≥ -2\.0000 +\d+\.\d\d +trust

            vmp against exact
             +exact +vmp
             +mean +sd +mean +sd +difference +sd ratio +probabilities +verdict
            mu +0\.500 +0\.707 +0\.500 +0\.438 +0\.000 +0\.620 +– +sd too small: 0\.62
            b +0\.300 +0\.458 +0\.900 +0\.300 +1\.309 +0\.655 +0\.6000 +probabilities differ by 0\.60
            $
            """.ReplaceLineEndings("\n"), Written(comparison, SummaryForm.Table));
    }

    [Fact]
    public void The_forms_for_programs_have_every_number()
    {
        var comparison = Compare(Problem(), new Exact(), Believing(0.5, 0.5, 0.9));
        var lines = Written(comparison, SummaryForm.Csv).Split('\n');
        Assert.Equal("variable,engine,reference,mean,sd,reference_mean,reference_sd,difference,difference_error,sd_ratio,sd_ratio_error,total_variation,verdict", lines[0]);
        Assert.StartsWith("mu,ep,exact,0.5,0.7071067811865476,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("b,ep,exact,0.9,", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(",agree", Written(comparison, SummaryForm.Csv, "mu").TrimEnd(), StringComparison.Ordinal);
        var json = JsonDocument.Parse(Written(comparison, SummaryForm.Json)).RootElement;
        Assert.Equal(("exact", false), (json.GetProperty("reference").GetString(), json.GetProperty("agree").GetBoolean()));
        Assert.Equal(0.6, json.GetProperty("comparisons").GetProperty("ep").GetProperty("variables").GetProperty("b").GetProperty("total_variation").GetDouble(), 1e-12);
        Assert.Equal("an approximation", json.GetProperty("engines").GetProperty("ep").GetProperty("log_evidence_is").GetString());
    }

    [Fact]
    public void An_engine_that_objects_is_reported_and_the_others_are_compared()
    {
        var mistake = new Diagnostic("GM0999", Severity.Error, "this is too heavy");
        var comparison = Compare(Problem(mistake), Believing(0, 1, 0.5), new Exact(), s_nuts);
        Assert.Equal("this is too heavy", comparison.Engines[0].Objections[0].Message);
        Assert.Equal("exact", comparison.Reference!.Engine.Name);
        Assert.Equal("nuts", Assert.Single(comparison.Comparisons).Name);
        Assert.Matches(@"(?m)^ep +– +– +objects$", Written(comparison, SummaryForm.Table));
        Assert.Contains("--engine exact", comparison.Engines[0].Objections[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_engine_finds_while_it_works_is_an_objection_too()
    {
        var comparison = Compare(Problem(), Believing(0, 1, 0.5) with { Answer = _ => throw new FactorGraphException("it does not fit", isContradiction: true) }, new Exact());
        Assert.Equal("GM0456", Assert.Single(comparison.Engines[0].Objections).Id);
        Assert.Empty(comparison.Comparisons);
        Assert.False(comparison.Agrees);
        Assert.Equal("nothing was compared", comparison.Verdict);
    }

    [Fact]
    public void Alone_an_engine_does_not_run()
    {
        var mistake = new Diagnostic("GM0999", Severity.Error, "this is too heavy");
        var comparison = Compare(Problem(mistake), Believing(0, 1, 0.5), Believing(0, 1, 0.5, FactorAlgorithm.GibbsSampling), new Exact());
        Assert.All(comparison.Engines, e => Assert.Null(e.Posterior));
        Assert.Null(comparison.Reference);
    }

    [Fact]
    public void A_cancellation_keeps_what_is_there()
    {
        using var source = new CancellationTokenSource();
        var comparison = Problem().Compare([new Exact(), Believing(0.5, 0.5, 0.3) with { Answer = g => { source.Cancel(); return Believing(0.5, 0.5, 0.3).Answer(g); } }, s_nuts], cancellation: source.Token);
        Assert.True(comparison.Interrupted);
        Assert.Equal(["exact", "ep"], comparison.Engines.Where(e => e.Posterior is not null).Select(e => e.Engine.Name));
        Assert.Single(comparison.Comparisons);
        Assert.Matches("(?m)^nuts .*did not run$", Written(comparison, SummaryForm.Table));
    }

    [Fact]
    public void A_comparison_takes_two_different_engines()
    {
        Assert.Throws<ArgumentException>(() => Compare(Problem(), new Exact()));
        Assert.Throws<ArgumentException>(() => Compare(Problem(), new Exact(), new Exact { MaxEntries = 5 }));
    }
}
