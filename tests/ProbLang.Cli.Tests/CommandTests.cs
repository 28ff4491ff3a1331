using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace ProbLang.Cli.Tests;

public class CommandTests
{
    private static readonly string EightSchools = Path.Combine(Repository.Examples, "eight_schools", "eight_schools.gm");
    private static readonly string EightSchoolsData = Path.Combine(Repository.Examples, "eight_schools", "eight_schools.json");

    [Fact]
    public void Results_go_to_standard_output_and_remarks_to_standard_error()
    {
        var run = Infer("--seed", "1");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Matches(@"^observed: y\nengine: nuts \(exact objects: [^\n]+\)\nseed: 1\n", run.Error);
        Assert.Contains("ess_bulk", run.Out, StringComparison.Ordinal);
        Assert.Contains("theta[8]", run.Out, StringComparison.Ordinal);
        Assert.Equal("", Infer("--seed", "1", "--quiet").Error);
    }

    [Fact]
    public void The_same_seed_gives_the_same_output_for_any_number_of_threads()
    {
        var one = Infer("--seed", "5", "--as", "csv", "--threads", "1").Out;
        Assert.Equal(one, Infer("--seed", "5", "--as", "csv", "--threads", "4").Out);
        Assert.NotEqual(one, Infer("--seed", "6", "--as", "csv").Out);
    }

    [Fact]
    public void A_model_is_drawn_with_what_its_data_give()
    {
        var run = CliRun.Of("graph", EightSchools, "--data", EightSchoolsData);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(
            """
            mu                  ~ Normal
            tau                 ~ HalfCauchy
            for school in 1..J
              sigma[school]     input
              theta[school]     ~ Normal            ← mu, tau
              y[school]         ~ Normal, observed  ← sigma, theta

            """, run.Out);
    }

    [Theory]
    [InlineData("picture.svg", null, "<svg ")]
    [InlineData("picture.GV", null, "digraph ")]
    [InlineData("picture.mmd", null, "---\ntitle")]
    [InlineData("picture.txt", null, "mu ")]
    [InlineData("picture.txt", "dot", "digraph ")]
    public void A_drawing_is_written_in_the_form_of_its_file(string name, string? form, string start)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine(name);
        string[] arguments = ["graph", EightSchools, "--out", file, .. form is null ? (string[])[] : ["--as", form]];
        Assert.Equal((ExitCode.Done, ""), (CliRun.Of(arguments).Code, CliRun.Of([.. arguments, "--force"]).Out));
        Assert.StartsWith(start, File.ReadAllText(file), StringComparison.Ordinal);
        var again = CliRun.Of(arguments);
        Assert.Equal((ExitCode.Usage, $"problang: the file `{file}` is there already; --force replaces it\n"), (again.Code, again.Error));
    }

    [Theory]
    [InlineData("--chains", "x", "--chains takes a whole number, not `x`")]
    [InlineData("--seed", "-1", "--seed takes a whole number from 0 to 18446744073709551615, not `-1`")]
    [InlineData("--target-accept", "high", "--target-accept takes a number, not `high`")]
    public void An_option_says_what_it_takes(string option, string value, string message)
    {
        var run = Infer(option, value);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith($"problang: {message}\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_reports_the_variables_that_it_names()
    {
        var run = Infer("--seed", "1", "--query", "tau", "mu", "--as", "csv");
        Assert.Equal(["mu", "tau"], run.Out.TrimEnd().Split('\n').Skip(1).Select(l => l.Split(',')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(ExitCode.Usage, Infer("--query", "sigma_typo").Code);
    }

    [Fact]
    public void A_result_folder_is_enough_to_run_it_again()
    {
        using var folder = new TemporaryFolder();
        var first = folder.Combine("first");
        Assert.Equal(ExitCode.Done, Infer("--seed", "3", "--out", first, "--warmup", "200", "--draws", "100", "--chains", "2").Code);
        Assert.Equal(["chain-1.csv", "chain-2.csv", "data.json", "log_likelihood.csv", "model.gm", "run.json", "summary.json"],
            Directory.GetFiles(first).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        var draws = Draws(Path.Combine(first, "chain-1.csv"));
        Assert.StartsWith("lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,mu,tau,theta.1,", draws[0], StringComparison.Ordinal);
        Assert.Equal(101, draws.Length);

        var second = folder.Combine("second");
        var again = CliRun.Of("infer", Path.Combine(first, "model.gm"), "--data", Path.Combine(first, "data.json"),
            "--seed", "3", "--out", second, "--warmup", "200", "--draws", "100", "--chains", "2", "--quiet");
        Assert.Equal(ExitCode.Done, again.Code);
        Assert.Equal(Draws(Path.Combine(first, "chain-2.csv")), Draws(Path.Combine(second, "chain-2.csv")));
        Assert.Empty(Directory.GetDirectories(folder.Root).Select(d => Path.GetFileName(d)).Except(["first", "second"]));
    }

    [Fact]
    public void The_log_likelihood_of_a_row_is_its_density_in_each_draw()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ExitCode.Done, Infer("--seed", "3", "--out", folder.Combine("out"), "--warmup", "200", "--draws", "50", "--chains", "1").Code);
        var draws = Draws(folder.Combine("out/chain-1.csv"));
        var rows = File.ReadAllLines(folder.Combine("out/log_likelihood.csv"));
        Assert.Equal("log_lik.1,log_lik.2,log_lik.3,log_lik.4,log_lik.5,log_lik.6,log_lik.7,log_lik.8", rows[0]);
        Assert.Equal(51, rows.Length);
        var theta = Array.IndexOf(draws[0].Split(','), "theta.3");
        for (var draw = 1; draw <= 50; draw++)
        {
            var z = (-3 - double.Parse(draws[draw].Split(',')[theta], CultureInfo.InvariantCulture)) / 16;
            Assert.Equal(-0.5 * z * z - Math.Log(16 * Math.Sqrt(2 * Math.PI)), double.Parse(rows[draw].Split(',')[2], CultureInfo.InvariantCulture), 1e-9);
        }
    }

    [Fact]
    public void The_log_likelihood_of_a_row_with_a_label_is_the_sum_over_what_the_label_may_be()
    {
        using var folder = new TemporaryFolder();
        folder.File("labels.gm", "input N: count\nmu ~ Normal(0, 3) ^ 2\nw ~ Beta(2, 2)\nfor i in 1..N { z[i] ~ Categorical([w, 1 - w]); s[i] = if z[i] == 1 then 1 else 2; y[i] ~ Normal(mu[z[i]], s[i]) }");
        folder.File("labels.json", """{"y": [-1.5, 0.3, 2.2], "z": [null, null, 1]}""");
        Assert.Equal(ExitCode.Done, CliRun.Of("infer", folder.Combine("labels.gm"), "--data", folder.Combine("labels.json"), "--seed", "3", "--out", folder.Combine("out"), "--warmup", "200", "--draws", "50", "--chains", "1").Code);
        var draws = Draws(folder.Combine("out/chain-1.csv"));
        var rows = File.ReadAllLines(folder.Combine("out/log_likelihood.csv"));
        var names = draws[0].Split(',');
        for (var draw = 1; draw <= 50; draw++)
        {
            double Of(string name) => double.Parse(draws[draw].Split(',')[Array.IndexOf(names, name)], CultureInfo.InvariantCulture);
            double Component(int k, double y) => (k == 1 ? Of("w") : 1 - Of("w")) * Math.Exp(-0.5 * Math.Pow((y - Of($"mu.{k}")) / k, 2)) / (k * Math.Sqrt(2 * Math.PI));
            var row = rows[draw].Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(Math.Log(Component(1, -1.5) + Component(2, -1.5)), row[0], 1e-9);
            Assert.Equal(Math.Log(Component(1, 0.3) + Component(2, 0.3)), row[1], 1e-9);
            Assert.Equal(Math.Log(Component(1, 2.2)), row[2], 1e-9);
        }
    }

    [Fact]
    public void A_folder_that_holds_something_else_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        folder.File("precious.txt", "mine");
        var run = Infer("--out", folder.Root);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Equal("mine", File.ReadAllText(folder.Combine("precious.txt")));
    }

    [Fact]
    public void An_interruption_keeps_the_finished_draws_and_exits_with_130()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Combine("out");
        var run = CliRun.InterruptedWhen(IsWellIntoSampling,
            "infer", EightSchools, "--data", EightSchoolsData, "--draws", "2000000", "--warmup", "300", "--chains", "1", "--seed", "1", "--out", path);
        Assert.Equal(ExitCode.Interrupted, run.Code);
        Assert.Contains("theta[8]", run.Out, StringComparison.Ordinal);
        Assert.True(File.ReadLines(Path.Combine(path, "chain-1.csv")).Count() > 100);
        Assert.Matches(@"(?m)^  interrupted: \d+ draws of chain 1$", run.Error);
        Assert.Contains("\"interrupted: ", File.ReadAllText(Path.Combine(path, "summary.json")), StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "run.json"))).RootElement.GetProperty("interrupted").GetBoolean());
    }

    [Fact]
    public void A_run_in_which_every_chain_fails_exits_with_1_and_says_why()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("m.gm", "x ~ Normal(0, 1)\ny ~ Normal(log(-1 - x ^ 2), 1)\n");
        var run = CliRun.Of("infer", model, "--given", "y=1", "--quiet");
        Assert.Equal(ExitCode.Mistake, run.Code);
        Assert.StartsWith("do not trust:\n  Chain 1 found no place to start", run.Error, StringComparison.Ordinal);
        Assert.Contains("There are no draws", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trusted_result_says_so_and_on_which_grounds()
    {
        Assert.Matches(@"(?m)^trust: R-hat at most 1\.00\d, at least \d+ effective draws, no divergences$", Infer("--seed", "1").Error);
        using var folder = new TemporaryFolder();
        var nothing = CliRun.Of("infer", folder.File("m.gm", "y ~ Normal(0, 1)\n"), "--given", "y=0.1", "--strict");
        Assert.Equal(ExitCode.Done, nothing.Code);
        Assert.Contains("trust: there was nothing to infer", nothing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_asked_is_answered_with_the_help()
    {
        var run = CliRun.Of();
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("infer <MODEL>", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public void Draws_that_no_array_holds_are_refused_before_anything_runs()
    {
        var run = Infer("--chains", "1", "--draws", "220000000", "--quiet");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Equal("problang: these draws need 2200000000 numbers in one piece of memory, which holds at most 2147483591: ask for fewer draws\n", run.Error);
    }

    [Fact]
    public void More_draws_than_memory_holds_are_refused_before_anything_runs()
    {
        var run = Infer("--draws", "2000000000", "--quiet");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("memory", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_on_the_command_line_wins_over_the_file()
    {
        var moved = Mean(Infer("--seed", "1", "--as", "json", "--given", "y[1]=200", "--quiet"), "theta[1]");
        Assert.True(moved > Mean(Infer("--seed", "1", "--as", "json", "--quiet"), "theta[1]") + 2);
        var predicted = Infer("--seed", "1", "--as", "json", "--given", "y[8]=null", "--quiet");
        Assert.Equal(Mean(predicted, "theta[8]"), Mean(predicted, "y[8]"), 2.0);
    }

    [Fact]
    public void Samples_are_data_for_the_same_model()
    {
        using var folder = new TemporaryFolder();
        var run = CliRun.Of("sample", EightSchools, "--data", EightSchoolsData, "-n", "2", "--seed", "4", "--as", "json");
        Assert.Equal(ExitCode.Done, run.Code);
        var draws = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(2, draws.GetArrayLength());
        var simulated = folder.File("simulated.json", $$"""{ "y": {{draws[0].GetProperty("y").GetRawText()}} }""");
        Assert.Equal(ExitCode.Done, CliRun.Of("infer", EightSchools, "--data", EightSchoolsData, "--data", simulated, "--seed", "1", "--quiet").Code);
        var table = CliRun.Of("sample", EightSchools, "--data", EightSchoolsData, "-n", "3", "--seed", "4", "--as", "csv").Out.TrimEnd().Split('\n');
        Assert.Equal(4, table.Length);
        Assert.Equal(draws[0].GetProperty("mu").GetDouble(), double.Parse(table[1].Split(',')[Array.IndexOf(table[0].Split(','), "mu")], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_simulation_can_fix_a_variable()
    {
        var run = CliRun.Of("sample", EightSchools, "--data", EightSchoolsData, "--seed", "4", "--as", "json", "--do", "mu=1000", "--do", "theta[2]=-50");
        var draw = JsonDocument.Parse(run.Out).RootElement[0];
        Assert.Equal(1000, draw.GetProperty("mu").GetDouble());
        Assert.Equal(-50, draw.GetProperty("theta")[1].GetDouble());
        Assert.True(draw.GetProperty("theta")[0].GetDouble() > 500);
        var mistake = CliRun.Of("sample", EightSchools, "--data", EightSchoolsData, "--do", "theta[9]=1");
        Assert.Equal(ExitCode.Mistake, mistake.Code);
        Assert.Contains("--do:1:1: error GM0372", mistake.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, CliRun.Of("sample", EightSchools, "--data", EightSchoolsData, "--do", "theta").Code);
    }

    [Theory]
    [InlineData("syntax", "theta[school] ~ Normal(mu, tau)")]
    [InlineData("graph", "theta")]
    [InlineData("program", "gradient[0] +=")]
    public void Every_stage_can_be_printed(string stage, string contains)
    {
        var run = CliRun.Of("dump", EightSchools, "--data", EightSchoolsData, "--stage", stage);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains(contains, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_explained_with_roles_class_and_engine()
    {
        var run = CliRun.Of("explain", EightSchools, "--data", EightSchoolsData);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Matches(@"(?m)^  theta +random +real +\[school: 8\] +latent", run.Out);
        Assert.Matches(@"(?m)^  y +random +real +\[school: 8\] +observed", run.Out);
        Assert.Contains("class: explicit, approximate\n  `tau` (line 11) is a continuous latent", run.Out, StringComparison.Ordinal);
        Assert.Contains("engine: nuts", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("infer", "nowhere.gm")]
    [InlineData("infer")]
    [InlineData("conjure", "model.gm")]
    [InlineData("check")]
    [InlineData("dump", "model.gm", "--stage", "poetry")]
    public void A_command_line_that_cannot_be_followed_exits_with_2(params string[] arguments)
    {
        var run = CliRun.Of(arguments);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith("problang: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Theory]
    [InlineData("--engine", "smc")]
    [InlineData("--engine", "magic")]
    [InlineData("--engine", "exact", "--draws", "10")]
    [InlineData("--engine", "nuts", "--mpe")]
    [InlineData("--engine", "nuts", "--query", "mu,tau")]
    [InlineData("--chains", "2", "--mpe")]
    [InlineData("--query", "theta,mu")]
    [InlineData("--chains", "0")]
    [InlineData("--target-accept", "1.5")]
    [InlineData("--metric", "round")]
    [InlineData("--given", "x")]
    [InlineData("--data", "nowhere.json")]
    [InlineData("--seed", "minus one")]
    public void An_option_that_has_no_such_value_exits_with_2(params string[] arguments) => Assert.Equal(ExitCode.Usage, Infer(arguments).Code);

    [Fact]
    public void Only_strict_turns_distrust_into_an_exit_code()
    {
        string[] tooShort = ["--seed", "1", "--warmup", "20", "--draws", "20"];
        var run = Infer(tooShort);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("theta", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Untrusted, Infer([.. tooShort, "--strict"]).Code);
        var cars = Path.Combine(Repository.Examples, "stopping_distances", "stopping_distances");
        Assert.Equal(new CliRun(ExitCode.Done, "", ""), CliRun.Of("infer", cars + ".gm", "--data", cars + ".csv", "--seed", "1", "--strict", "--quiet") with { Out = "" });
    }

    [Fact]
    public void Models_are_checked_without_data()
    {
        Assert.Equal(new CliRun(ExitCode.Done, "", ""), CliRun.Of("check", EightSchools));
        var both = CliRun.Of("check", EightSchools, Path.Combine(Repository.Bad, "names", "unknown_name.gm"));
        Assert.Equal(ExitCode.Mistake, both.Code);
        Assert.Contains("unknown_name.gm:3:", both.Error, StringComparison.Ordinal);
    }

    private static bool IsWellIntoSampling(string progress) =>
        Regex.Match(progress, @"(\d+)/2000300 sampling") is { Success: true } seen && int.Parse(seen.Groups[1].Value, CultureInfo.InvariantCulture) > 500;

    private static CliRun Infer(params string[] arguments) => CliRun.Of(["infer", EightSchools, "--data", EightSchoolsData, .. arguments]);

    private static string[] Draws(string chain) => [.. File.ReadAllLines(chain).Where(l => !l.StartsWith('#'))];

    private static double Mean(CliRun run, string variable) =>
        JsonDocument.Parse(run.Out).RootElement.GetProperty("variables").GetProperty(variable).GetProperty("mean").GetDouble();
}
