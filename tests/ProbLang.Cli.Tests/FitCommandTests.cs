using System.Globalization;
using System.Text.Json;
using Xunit;

namespace ProbLang.Cli.Tests;

public class FitCommandTests
{
    private const string Line = "input N: count\ninput x[N]\nparam a\nparam s: positive\nfor i in 1..N { y[i] ~ Normal(a * x[i], s) }\n";

    private static TemporaryFolder Folder(out string model, out string data)
    {
        var folder = new TemporaryFolder();
        model = folder.File("line.gm", Line);
        data = folder.File("line.json", """{"x": [1, 2, 3, 4], "y": [1.1, 1.9, 3.2, 3.9]}""");
        return folder;
    }

    [Fact]
    public void Estimates_are_a_table_with_what_the_fit_comes_to()
    {
        using var folder = Folder(out var model, out var data);
        var run = CliRun.Of("fit", model, "--data", data);
        Assert.Equal("""
               estimate      se   lower   upper
            a    1.0033  0.0241  0.9561  1.0506
            s    0.1320  0.0467  0.0660  0.2639
            intervals at level 0.95

            log likelihood: 2.424901, of 4 observations by 2 parameters
            AIC: -0.849802, BIC: -2.077214

            """.ReplaceLineEndings("\n"), run.Out);
        Assert.Contains("observed: y", run.Error, StringComparison.Ordinal);
        Assert.Contains("Converged: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, run.Code);
    }

    [Fact]
    public void A_fit_is_taken_by_the_other_commands()
    {
        using var folder = Folder(out var model, out var data);
        var fit = folder.Combine("line.fit");
        Assert.Equal(ExitCode.Done, CliRun.Of("fit", model, "--data", data, "--save", fit, "--quiet").Code);
        var drawn = CliRun.Of("sample", model, "--given", "x=[10, 20]", "--fit", fit, "--seed", "1", "--as", "csv");
        Assert.Equal(ExitCode.Done, drawn.Code);
        var values = drawn.Out.Split('\n')[1].Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(values[0], 9, 11);
        Assert.InRange(values[1], 19, 21);
        Assert.Contains("the log evidence is 2.424901", CliRun.Of("infer", model, "--data", data, "--fit", fit).Error, StringComparison.Ordinal);
        Assert.Contains("GM0376", CliRun.Of("infer", model, "--data", data).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, CliRun.Of("infer", model, "--data", data, "--fit", fit + "x").Code);
    }

    [Fact]
    public void Json_and_csv_hold_the_same_numbers()
    {
        using var folder = Folder(out var model, out var data);
        using var json = JsonDocument.Parse(CliRun.Of("fit", model, "--data", data, "--as", "json", "--level", "0.9").Out);
        var estimate = json.RootElement.GetProperty("estimates").GetProperty("a");
        var row = CliRun.Of("fit", model, "--data", data, "--as", "csv", "--level", "0.9").Out.Split('\n')[1].Split(',');
        Assert.Equal(["a", .. new[] { "estimate", "se", "lower", "upper" }.Select(n => estimate.GetProperty(n).GetDouble().ToString("R", CultureInfo.InvariantCulture))], row);
        Assert.True(json.RootElement.GetProperty("converged").GetBoolean());
        Assert.Equal(2, json.RootElement.GetProperty("parameters").GetInt32());
    }

    [Fact]
    public void A_warning_costs_the_exit_code_only_when_strict()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("sum.gm", "param a\nparam b\nfor i in 1..3 { y[i] ~ Normal(a + b, 1) }\n");
        var data = folder.File("sum.json", """{"y": [1, 2, 3]}""");
        var run = CliRun.Of("fit", model, "--data", data);
        Assert.Contains("warning: `a`, `b` are not identified", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(ExitCode.Untrusted, CliRun.Of("fit", model, "--data", data, "--strict").Code);
    }

    [Theory]
    [InlineData("--level", "1", "--level is between 0 and 1")]
    [InlineData("--starts", "0", "--starts is at least 1")]
    [InlineData("--engine", "nuts", "--engine takes ml, map, not `nuts`")]
    public void Options_out_of_their_range_are_mistakes_of_the_command(string option, string value, string message)
    {
        using var folder = Folder(out var model, out var data);
        var run = CliRun.Of("fit", model, "--data", data, option, value);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, run.Code);
    }

    [Fact]
    public void Modes_and_normal_approximations_are_engines()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("mean.gm", "m ~ Normal(0, 2)\nfor i in 1..3 { y[i] ~ Normal(m, 1) }\n");
        var data = folder.File("mean.json", """{"y": [1, 2, 4]}""");
        var mode = CliRun.Of("infer", model, "--data", data, "--engine", "map");
        Assert.StartsWith("   estimate     se  lower  upper\nm     2.154  0.555  1.067  3.241\n", mode.Out, StringComparison.Ordinal);
        var laplace = CliRun.Of("infer", model, "--data", data, "--engine", "laplace", "--seed", "1", "--as", "json");
        using var json = JsonDocument.Parse(laplace.Out);
        Assert.InRange(json.RootElement.GetProperty("variables").GetProperty("m").GetProperty("mean").GetDouble(), 2.1, 2.2);
        Assert.Equal("an approximation", json.RootElement.GetProperty("log_evidence_is").GetString());
        Assert.Contains("trust: near normal", laplace.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, CliRun.Of("infer", model, "--data", data, "--engine", "map", "--out", folder.Combine("out")).Code);
    }

    /// <summary>The estimates and standard errors that the page of the examples has.</summary>
    [Theory]
    [InlineData("linear", "by_heat", -0.8827, 0.0817)]
    [InlineData("linear", "sigma", 1.1453, 0.0573)]
    [InlineData("logistic", "intercept", -2.782, 0.424)]
    [InlineData("logistic", "by_hour", 0.5120, 0.0739)]
    [InlineData("poisson", "intercept", 0.5882, 0.0710)]
    [InlineData("poisson", "by_staff", 0.2774, 0.0149)]
    public void The_examples_have_these_estimates(string example, string parameter, double estimate, double error)
    {
        var stem = Path.Combine(Repository.Examples, "glm", example);
        using var json = JsonDocument.Parse(CliRun.Of("fit", stem + ".gm", "--data", stem + ".csv", "--as", "json", "--strict").Out);
        var found = json.RootElement.GetProperty("estimates").GetProperty(parameter);
        Assert.Equal(estimate, found.GetProperty("estimate").GetDouble(), 6e-4);
        Assert.Equal(error, found.GetProperty("se").GetDouble(), 6e-4);
    }

    [Fact]
    public void New_rows_are_scored_by_the_draws_of_a_folder()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("m.gm", "input N: count\nmu ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(mu, 1) }\n");
        var posterior = folder.Combine("posterior");
        Assert.Equal(ExitCode.Done, CliRun.Of("infer", model, "--data", folder.File("old.json", "{\"y\": [0.5, 1.5, 1]}"), "--engine", "nuts", "--seed", "1", "--out", posterior, "--quiet").Code);
        var run = CliRun.Of("score", model, "--posterior", posterior, "--data", folder.File("new.csv", "y\n0.8\n9\n"), "--as", "csv");
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        var scores = run.Out.Split('\n')[1..3].Select(l => double.Parse(l.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        // A mean of 0.75 with variance 1/4.
        Assert.Equal(-0.5 * (Math.Log(2 * Math.PI * 1.25) + 0.05 * 0.05 / 1.25), scores[0], 0.02);
        Assert.True(scores[1] < -15);
        Assert.Equal(ExitCode.Usage, CliRun.Of("score", model, "--posterior", folder.Combine("nowhere"), "--data", folder.Combine("new.csv")).Code);
        Assert.Equal(ExitCode.Usage, CliRun.Of("score", folder.File("other.gm", "input N: count\nfor i in 1..N { y[i] ~ Normal(0, 1) }\n"), "--posterior", posterior, "--data", folder.Combine("new.csv")).Code);
        var wrong = CliRun.Of("score", model, "--posterior", posterior, "--data", folder.File("wrong.csv", "z\n1\n"));
        Assert.Equal(ExitCode.Usage, wrong.Code);
        Assert.Contains("nothing that a row has: y", wrong.Error, StringComparison.Ordinal);
    }
}
