using System.Text.Json;
using Xunit;

namespace ProbLang.Cli.Tests;

/// <summary>What the command line makes of exact answers.</summary>
public sealed class ExactCommandTests : IDisposable
{
    private const string Grass = """
        cloudy ~ Bernoulli(0.5)
        sprinkler ~ Bernoulli(if cloudy then 0.1 else 0.5)
        rain ~ Bernoulli(if cloudy then 0.8 else 0.2)
        wet ~ Bernoulli(if sprinkler and rain then 0.99 else if sprinkler or rain then 0.9 else 0.001)

        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public ExactCommandTests() => _model = _folder.File("grass.gm", Grass);

    public void Dispose() => _folder.Dispose();

    private CliRun Infer(params string[] arguments) => CliRun.Of(["infer", _model, "--given", "wet=true", .. arguments]);

    [Fact]
    public void Discrete_unknowns_are_answered_exactly_and_the_reason_is_said() => Assert.Equal(
        new CliRun(ExitCode.Done,
            """
            probability of    true
            cloudy          0.5757
            sprinkler       0.4296
            rain            0.7076

            """,
            """
            observed: wet
            engine: exact (every unknown can be summed or integrated out)
            trust: exact, up to rounding; the log evidence is -0.434806

            """), Infer());

    [Fact]
    public void An_engine_that_was_asked_for_needs_no_reason()
    {
        Assert.Equal("observed: wet\ntrust: exact, up to rounding; the log evidence is -0.434806\n", Infer("--engine", "exact").Error);
        Assert.Equal("", Infer("--engine", "exact", "--quiet", "--strict").Error);
    }

    [Fact]
    public void An_engine_that_objects_while_it_works_is_not_announced()
    {
        var twice = Infer("--query", "rain,rain");
        Assert.Equal((ExitCode.Usage, "observed: wet\nproblang: `rain` is named twice\n"), (twice.Code, twice.Error));
        var impossible = CliRun.Of("infer", _folder.File("impossible.gm", "a ~ Bernoulli(0)\nb ~ Bernoulli(if a then 0.8 else 0)\n"), "--given", "b=true");
        Assert.Equal(ExitCode.Mistake, impossible.Code);
        Assert.StartsWith("observed: b\n", impossible.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("engine:", impossible.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_of_probability_zero_gives_no_draws_either()
    {
        var run = CliRun.Of("infer", _folder.File("impossible.gm", "a ~ Bernoulli(0)\nb ~ Bernoulli(if a then 0.8 else 0)\n"), "--given", "b=true", "--engine", "nuts", "--seed", "1");
        Assert.Equal(ExitCode.Mistake, run.Code);
        Assert.DoesNotContain("a ", run.Out, StringComparison.Ordinal);
        Assert.Contains("Check that the data are possible under the model.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_observation_there_is_nothing_to_explain()
    {
        var run = CliRun.Of("infer", _model, "--mpe", "--silence", "GM0507");
        Assert.Equal((ExitCode.Usage, "observed: nothing\nproblang: nothing observed depends on a discrete unknown, so that there is nothing to explain\n"), (run.Code, run.Error));
    }

    [Fact]
    public void What_is_observed_is_not_said_to_be_missing_from_the_model() => Assert.Equal(
        "problang: --query: `wet` is observed, so that there is nothing to report of it; there are cloudy, sprinkler, rain\n", Infer("--query", "wet").Error);

    [Theory]
    [InlineData("--engine", "auto, exact, nuts, laplace, map, ep, vmp, gibbs")]
    [InlineData("--as", "table, json, csv")]
    [InlineData("--metric", "auto, diag, dense")]
    public void A_word_that_an_option_does_not_take_is_answered_with_those_that_it_does(string option, string words) => Assert.Equal(
        $"problang: {option} takes {words}, not `magic`\nproblang: `problang --help` shows how to call it\n", Infer(option, "magic").Error);

    [Fact]
    public void A_joint_distribution_and_the_most_probable_explanation_are_printed_when_asked_for() => Assert.Equal(
        """
               sprinkler
        rain       false    true
        false     0.0004  0.2919
        true      0.5700  0.1376

        most probable together
        cloudy                  true
        sprinkler               false
        rain                    true
        probability 0.5005, log -0.6922

        """, Infer("--query", "rain,sprinkler", "--mpe").Out);

    [Fact]
    public void The_report_has_the_evidence_and_a_probability_for_each_value()
    {
        using var json = JsonDocument.Parse(Infer("--as", "json", "--quiet", "--query", "rain", "cloudy,rain").Out);
        Assert.Equal("exact", json.RootElement.GetProperty("engine").GetString());
        Assert.Equal("explicit, tractable", json.RootElement.GetProperty("class").GetString());
        Assert.Equal(Math.Log(0.64739), json.RootElement.GetProperty("log_evidence").GetDouble(), 1e-12);
        Assert.Equal(0.4581 / 0.64739, json.RootElement.GetProperty("variables").GetProperty("rain").GetProperty("p").GetProperty("1").GetDouble(), 1e-12);
        Assert.Equal(1, json.RootElement.GetProperty("joint")[0].GetProperty("p").EnumerateArray().SelectMany(r => r.EnumerateArray()).Sum(p => p.GetDouble()), 1e-12);
    }

    [Fact]
    public void Options_of_the_sampler_ask_for_draws()
    {
        var run = Infer("--draws", "300", "--warmup", "100", "--chains", "1", "--seed", "1");
        Assert.StartsWith("observed: wet\nengine: nuts (--warmup asks for draws)\nseed: 1\n", run.Error.Replace("--chains", "--warmup", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("ess_bulk", run.Out, StringComparison.Ordinal);
        Assert.Equal("problang: --draws asks for draws, which the engine `exact` does not make\n", Infer("--engine", "exact", "--draws", "5").Error);
        Assert.Equal("problang: --mpe takes an exact answer, and --draws asks for draws\n", Infer("--mpe", "--draws", "5").Error);
        Assert.Equal("problang: --query rain,cloudy takes an exact answer, and --engine nuts asks for draws\n", Infer("--query", "rain,cloudy", "--engine", "nuts").Error);
    }

    [Fact]
    public void What_cannot_be_asked_exits_with_2()
    {
        Assert.Equal(ExitCode.Usage, Infer("--query", "rain,snow").Code);
        Assert.Contains("`rain` is named twice", Infer("--query", "rain,rain").Error, StringComparison.Ordinal);
        var conjugate = _folder.File("recovery.gm", "rate ~ Beta(1, 1)\nrecovered ~ Binomial(20, rate)\nnext ~ Bernoulli(rate)\n");
        var run = CliRun.Of("infer", conjugate, "--given", "recovered=12", "--query", "rate,next");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("`rate` does not have finitely many values", run.Error, StringComparison.Ordinal);
        // Its values can be listed, all but the last; but there is no end to them.
        var counts = _folder.File("counts.gm", "rate ~ Gamma(2, 1)\nn ~ Poisson(rate)\nnext ~ Poisson(rate)\nb ~ Bernoulli(0.5)\n");
        Assert.Contains("`next` does not have finitely many values", CliRun.Of("infer", counts, "--given", "n=3", "--query", "next,b").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_only_an_exact_answer_would_do_its_objections_are_the_mistake()
    {
        var hierarchy = _folder.File("m.gm", "mu ~ Normal(0, 1)\ntau ~ HalfNormal(1)\nx ~ Normal(mu, tau)\ny ~ Normal(x, 1)\nz ~ Bernoulli(logit: x)\n");
        var run = CliRun.Of("infer", hierarchy, "--given", "y=1", "--query", "mu,z");
        Assert.Equal((ExitCode.Mistake, ""), (run.Code, run.Out));
        Assert.Matches("engine: exact .*takes an exact answer", run.Error);
        Assert.Contains("error GM", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conjugate_pair_is_answered_with_its_distribution()
    {
        var model = _folder.File("recovery.gm", "rate ~ Beta(1, 1)\nrecovered ~ Binomial(20, rate)\n");
        Assert.Equal(
            """
                   mean     sd     5%    50%    95%
            rate  0.591  0.103  0.417  0.594  0.755  Beta(alpha: 13, beta: 9)

            """, CliRun.Of("infer", model, "--given", "recovered=12").Out);
        using var json = JsonDocument.Parse(CliRun.Of("infer", model, "--given", "recovered=12", "--as", "json", "--quiet").Out);
        Assert.Equal("""{"name":"Beta","alpha":13,"beta":9}""", JsonSerializer.Serialize(json.RootElement.GetProperty("variables").GetProperty("rate").GetProperty("distribution")));
        Assert.Equal(Math.Log(1.0 / 21), json.RootElement.GetProperty("log_evidence").GetDouble(), 1e-12);
        Assert.Contains("which is integrated in closed form", CliRun.Of("explain", model, "--given", "recovered=12").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_cut_off_is_a_note()
    {
        var run = CliRun.Of("infer", _folder.File("thinned.gm", "n ~ Poisson(3)\ny ~ Binomial(n, 0.5)\n"), "--given", "y=2");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Matches(@"(?m)^note: .*`n`", run.Error);
        Assert.Matches(@"(?m)^n +3\.50 ", run.Out);
    }

    [Fact]
    public void A_result_folder_holds_all_variables_and_what_was_asked()
    {
        var out1 = _folder.Combine("out");
        Assert.Equal(ExitCode.Done, Infer("--mpe", "--out", out1, "--quiet").Code);
        Assert.Equal(["data.json", "model.gm", "run.json", "summary.json"], Directory.GetFiles(out1).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(out1, "summary.json")));
        Assert.Equal(3, json.RootElement.GetProperty("variables").EnumerateObject().Count());
        Assert.True(json.RootElement.GetProperty("most_probable").GetProperty("values").GetProperty("rain").GetBoolean());
        var again = CliRun.Of("infer", Path.Combine(out1, "model.gm"), "--data", Path.Combine(out1, "data.json"), "--as", "csv", "--quiet");
        Assert.Equal(Infer("--as", "csv", "--quiet").Out, again.Out);
    }

    [Fact]
    public void An_interruption_has_no_result_and_exits_with_130()
    {
        var run = CliRun.Of(terminal => terminal.Interrupt(), "infer", _model, "--given", "wet=true", "--engine", "exact");
        Assert.Equal(new CliRun(ExitCode.Interrupted, "", "observed: wet\ninterrupted: an exact answer is there when it is done, not before\n"), run);
    }

    [Fact]
    public void An_explanation_names_the_engine_that_would_run_and_what_the_other_says()
    {
        var text = CliRun.Of("explain", _model, "--given", "wet=true").Out;
        Assert.Contains("class: explicit, tractable\n  `cloudy` (line 1) is a discrete latent, which can be summed out\n  family: latent variable model\n\nengine: exact\n  every unknown can be summed or integrated out\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  nuts has no objection\n", text, StringComparison.Ordinal);
        var schools = Path.Combine(Repository.Examples, "eight_schools", "eight_schools");
        Assert.Matches("\nengine: nuts\n  the density of the latents has a gradient\n  exact objects: [^\n]*eight_schools.gm:[0-9]+:[0-9]+: error GM", CliRun.Of("explain", schools + ".gm", "--data", schools + ".json").Out);
    }

    [Fact]
    public void A_model_that_gives_its_data_itself_is_explained_with_them()
    {
        var text = CliRun.Of("explain", _folder.File("given.gm", Grass + "given wet = true\n")).Out;
        Assert.Matches(@"(?m)^  wet +random +bool +observed", text);
        Assert.Contains("engine: exact\n  every unknown", text, StringComparison.Ordinal);
    }
}
