using System.Text.Json;
using ProbLang.InferNet;
using Xunit;

namespace ProbLang.Cli.Tests;

/// <summary>What the command line makes of message passing, with Infer.NET and without.</summary>
public sealed class MessagePassingCommandTests : IDisposable
{
    /// <summary>A normal sample with unknown mean and precision; exact inference has no closed form for it.</summary>
    private const string Sample = "mu ~ Normal(0, 10)\ntau ~ Gamma(1, 1)\nfor i in 1..10 { x[i] ~ Normal(mu, precision: tau) }\n";

    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public MessagePassingCommandTests() => _model = _folder.File("sample.gm", Sample);

    public static bool IsThere => new ExpectationPropagation().Unavailable is null;

    public static bool IsAbsent => !IsThere;

    private const string Absent = "this build has no Infer.NET";
    private const string There = "this build has Infer.NET";

    public void Dispose() => _folder.Dispose();

    private CliRun Run(string command, params string[] arguments) => CliRun.Of([command, _model, "--given", "x=[1.2, 0.7, 2.3, 1.9, 0.4, 1.5, 1.1, 2.8, 0.9, 1.6]", .. arguments]);

    [Theory]
    [InlineData("--engine ep --chains 2", "--chains asks for draws, which the engine `ep` does not make")]
    [InlineData("--engine gibbs --draws 5", "--draws is an option of the engine `nuts`; `gibbs` has --iterations")]
    [InlineData("--engine exact --iterations 5", "--iterations is for message passing, which the engine `exact` does not do")]
    [InlineData("--engine nuts --tolerance 1", "--tolerance is for message passing, which the engine `nuts` does not do")]
    [InlineData("--draws 5 --iterations 5", "--draws asks for draws, and --iterations for message passing")]
    [InlineData("--engine ep --iterations 0", "--iterations is at least 1")]
    [InlineData("--engine ep --tolerance -1", "--tolerance is at least 0")]
    [InlineData("--engine ep --tolerance NaN", "--tolerance is at least 0")]
    [InlineData("--engine ep --mpe", "--mpe takes an exact answer, and --engine ep asks for message passing")]
    [InlineData("--iterations 3 --query mu,tau", "--query mu,tau takes an exact answer, and --iterations asks for message passing")]
    [InlineData("--engine vi", "the engine `vi` is not in this version; `exact`, `nuts`, `laplace`, `ep`, `vmp`, `gibbs` are")]
    public void An_option_that_the_engine_does_not_have_is_a_mistake(string arguments, string message)
    {
        var run = Run("infer", arguments.Split(' '));
        Assert.Equal(new CliRun(ExitCode.Usage, "", $"problang: {message}\n"), run with { Error = run.Error.Split('\n')[0] + "\n" });
    }

    [Theory]
    [InlineData("--engines ep", "--engines takes at least two engines, as in --engines ep,nuts")]
    [InlineData("--engines nuts,magic", "--engines takes exact, nuts, laplace, ep, vmp, gibbs, not `magic`")]
    [InlineData("--engines nuts,nuts", "--engines: `nuts` is named twice")]
    [InlineData("--engines exact,nuts --iterations 3", "--iterations is for message passing, which the engines `exact`, `nuts` do not do")]
    [InlineData("--engines exact,ep --draws 3", "--draws asks for draws, which the engines `exact`, `ep` do not make")]
    [InlineData("--engines exact,nuts --query mu,tau", "--query mu,tau: engines are compared by variables one by one")]
    public void A_comparison_takes_engines_and_their_options(string arguments, string message) =>
        Assert.Equal(new CliRun(ExitCode.Usage, "", $"problang: {message}\n"), Run("compare", arguments.Split(' ')));

    [Fact]
    public void Two_engines_that_are_always_there_are_compared()
    {
        var model = _folder.File("conjugate.gm", "mu ~ Normal(0, 1)\nb ~ Bernoulli(0.3)\ny ~ Normal(mu, 1)\n");
        var run = CliRun.Of("compare", model, "--given", "y=1", "--engines", "exact,nuts", "--seed", "1", "--strict");
        Assert.Equal((ExitCode.Done, "nuts: seed 1\nnuts against exact: agree\n"), (run.Code, string.Concat(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.Contains("GM05", StringComparison.Ordinal) && !l.StartsWith(' ')).Select(l => l + "\n"))));
        Assert.Matches(@"(?m)^mu +0\.500 +0\.707 .* agree$", run.Out);
        Assert.Matches(@"(?m)^b +0\.300 .* agree$", run.Out);
        using var json = JsonDocument.Parse(CliRun.Of("compare", model, "--given", "y=1", "--engines", "exact,nuts", "--seed", "1", "--quiet", "--as", "json", "--query", "mu").Out);
        Assert.Equal(["mu"], json.RootElement.GetProperty("comparisons").GetProperty("nuts").GetProperty("variables").EnumerateObject().Select(v => v.Name));
    }

    [Fact]
    public void Fewer_than_two_answers_are_no_comparison()
    {
        var run = Run("compare", "--engines", "exact,nuts", "--seed", "1");
        Assert.Equal((ExitCode.Mistake, ""), (run.Code, run.Out));
        Assert.Matches(@"^exact objects:\n[^\n]*error GM0460", run.Error);
        Assert.EndsWith("\nproblang: fewer than two of these engines answer, so that there is nothing to compare\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dump_of_the_factor_graph_needs_no_engine()
    {
        var run = Run("dump", "--stage", "infernet");
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        Assert.Contains("tau", run.Out, StringComparison.Ordinal);
        Assert.Equal(run.Out, Run("dump", "--stage", "infernet", "--engine", "ep").Out);
        Assert.NotEqual(run.Out, Run("dump", "--stage", "infernet", "--engine", "vmp").Out);
        Assert.Equal("problang: --engine says which algorithm the stage infernet is for; the stage graph has none\n", Run("dump", "--stage", "graph", "--engine", "ep").Error);
    }

    [Fact]
    public void A_model_that_no_factor_graph_describes_is_answered_the_same_with_and_without_the_engine()
    {
        var run = CliRun.Of("infer", _folder.File("sd.gm", "s ~ HalfNormal(1)\ny ~ Normal(0, s)\n"), "--given", "y=1", "--engine", "ep", "--quiet");
        Assert.Equal((ExitCode.Mistake, ""), (run.Code, run.Out));
        Assert.Matches(@"sd\.gm:\d+:\d+: error GM\d{4}: ", run.Error);
        Assert.Contains("--engine nuts", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("GM0455", run.Error, StringComparison.Ordinal);
    }

    [Fact(Skip = There, SkipUnless = nameof(IsAbsent))]
    public void Without_the_package_the_engine_says_what_to_do()
    {
        var run = Run("infer", "--engine", "ep", "--quiet");
        Assert.Equal((ExitCode.Mistake, ""), (run.Code, run.Out));
        Assert.Matches("^error GM0455: the engine `ep` is not available: this build has no Infer.NET, .*Microsoft.ML.Probabilistic.Compiler.*\n  = `--engine nuts` takes the model as it is\n$", run.Error);
        Assert.Matches("(?m)^  ep has no objection, but is not available: this build has no Infer.NET, .*\n  vmp has no objection, but is not available, as ep$", Run("explain").Out);
        Assert.Equal(ExitCode.Done, Run("infer", "--draws", "50", "--warmup", "50", "--chains", "1", "--quiet").Code);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsThere))]
    public void Beliefs_are_printed_with_their_distributions_and_what_the_evidence_is_worth()
    {
        var run = Run("infer", "--engine", "ep");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(
            """
                  mean     sd     5%    50%    95%
            mu   1.439  0.272  0.991  1.439  1.887  Normal(mean: 1.4392, sd: 0.27234)
            tau  1.614  0.726  0.632  1.507  2.964  Gamma(shape: 4.9412, rate: 3.0607)

            """, run.Out);
        Assert.Matches("^observed: x\ntrust: an approximation; \\d+ iterations; the log evidence is about -15\\.4932", run.Error);
        Assert.Matches("the log evidence is at least -15\\.5710", Run("infer", "--engine", "vmp").Error);
        Assert.Equal("", Run("infer", "--engine", "ep", "--quiet").Error);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsThere))]
    public void Too_few_iterations_are_not_to_be_trusted()
    {
        var run = Run("infer", "--engine", "ep", "--iterations", "2", "--strict");
        Assert.Equal(ExitCode.Untrusted, run.Code);
        Assert.Matches("do not trust:\n  The messages have not settled after 2 iterations: .*--iterations 20", run.Error);
        Assert.StartsWith("observed: x\nengine: ep (--iterations asks for message passing)\n", Run("infer", "--iterations", "100").Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Run("infer", "--engine", "ep", "--iterations", "4", "--tolerance", "10", "--strict").Code);
        var few = Run("infer", "--engine", "ep", "--iterations", "3", "--tolerance", "10", "--strict");
        Assert.Equal(ExitCode.Untrusted, few.Code);
        Assert.Contains("Whether the messages have settled cannot be told after 3 iterations.", few.Error, StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsThere))]
    public void A_sampler_has_a_seed_and_repeats_itself()
    {
        var first = Run("infer", "--engine", "gibbs", "--seed", "5", "--iterations", "500", "--as", "csv");
        Assert.Contains("\nseed: 5\n", first.Error, StringComparison.Ordinal);
        Assert.Equal(first.Out, Run("infer", "--engine", "gibbs", "--seed", "5", "--iterations", "500", "--as", "csv", "--quiet").Out);
        Assert.NotEqual(first.Out, Run("infer", "--engine", "gibbs", "--seed", "6", "--iterations", "500", "--as", "csv", "--quiet").Out);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsThere))]
    public void A_result_folder_is_enough_to_run_it_again()
    {
        var folder = _folder.Combine("out");
        Assert.Equal(ExitCode.Done, Run("infer", "--engine", "vmp", "--out", folder, "--query", "mu", "--quiet").Code);
        Assert.Equal(["data.json", "model.gm", "run.json", "summary.json"], Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "summary.json")));
        Assert.Equal("vmp", json.RootElement.GetProperty("engine").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("variables").EnumerateObject().Count());
        var again = CliRun.Of("infer", Path.Combine(folder, "model.gm"), "--data", Path.Combine(folder, "data.json"), "--engine", "vmp", "--as", "csv", "--quiet");
        Assert.Equal(Run("infer", "--engine", "vmp", "--as", "csv", "--quiet").Out, again.Out);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsThere))]
    public void What_is_left_out_cannot_be_asked_for()
    {
        var model = _folder.File("part.gm", "p ~ Beta(1, 1)\nz ~ Categorical([p ^ 2, 1 - p ^ 2])\ny ~ Bernoulli(p)\n");
        var all = CliRun.Of("infer", model, "--given", "y=true", "--engine", "ep");
        Assert.Matches("(?m)^note: `z` is not reported", all.Error);
        Assert.DoesNotMatch("(?m)^z ", all.Out);
        var asked = CliRun.Of("infer", model, "--given", "y=true", "--engine", "ep", "--query", "z", "--quiet");
        Assert.Equal((ExitCode.Usage, ""), (asked.Code, asked.Out));
        Assert.StartsWith("problang: --query: `z` is not reported", asked.Error, StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsThere))]
    public void Message_passing_is_compared_with_draws()
    {
        var run = Run("compare", "--engines", "nuts,ep,vmp,exact", "--seed", "1");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Matches("^exact objects:\n", run.Error);
        Assert.Contains("\nep against nuts: agree\n", run.Error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ep +≈ -15\.4932 +\d+\.\d\d +trust$", run.Out);
        Assert.Matches(@"(?m)^exact +– +– +objects$", run.Out);
        Assert.Matches(@"(?m)^vmp against nuts$", run.Out);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsThere))]
    public void An_interruption_before_the_first_iteration_has_nothing_to_show() => Assert.Equal(
        new CliRun(ExitCode.Interrupted, "", "interrupted: there was no iteration to show yet\n"), CliRun.Of(terminal => terminal.Interrupt(), "infer", _model, "--given", "x=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", "--engine", "ep", "--quiet"));
}
