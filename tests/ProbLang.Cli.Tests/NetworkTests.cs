using Xunit;

namespace ProbLang.Cli.Tests;

/// <summary><c>import</c> of Bayesian networks.</summary>
public class NetworkTests
{
    private const string Rain = "variable rain { type discrete [ 2 ] { yes, no }; }\nprobability ( rain ) { table 0.2, 0.8; }\n";
    private const string Model = "/// The Bayesian network: 1 variable, 0 arcs, 1 free parameter.\n\nrain: category(\"yes\", \"no\") ~ Categorical([0.2, 0.8])\n";
    private const string Rounded = "variable rain { type discrete [ 2 ] { yes, no }; }\nprobability ( rain ) { table 0.2, 0.801; }\n";

    public static TheoryData<string> Examples => [.. Directory.GetFiles(Path.Combine(Repository.Examples, "networks"), "*.gm").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Without_a_file_to_write_the_model_is_printed()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(new CliRun(ExitCode.Done, Model, ""), CliRun.Of("import", folder.File("rain.BIF", Rain)));
        Assert.Single(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void The_model_is_written_and_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        var (network, model) = (folder.File("rain.bif", Rain), folder.Combine("rain.gm"));
        Assert.Equal(new CliRun(ExitCode.Done, "", ""), CliRun.Of("import", network, "--out", model));
        Assert.Equal(Model, File.ReadAllText(model));
        Assert.Equal(["rain.bif", "rain.gm"], Directory.GetFiles(folder.Root).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Equal(new CliRun(ExitCode.Done, "", ""), CliRun.Of("check", model));
        Assert.Equal(new CliRun(ExitCode.Done, "", ""), CliRun.Of("format", "--check", model));
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_by_force()
    {
        using var folder = new TemporaryFolder();
        var (network, model) = (folder.File("rain.bif", Rain), folder.File("rain.gm", "x ~ Normal(0, 1)\n"));
        Assert.Equal(new CliRun(ExitCode.Usage, "", $"problang: the file `{model}` is there already; --force replaces it\n"), CliRun.Of("import", network, "--out", model));
        Assert.Equal("x ~ Normal(0, 1)\n", File.ReadAllText(model));
        Assert.Equal(ExitCode.Done, CliRun.Of("import", network, "--out", model, "--force").Code);
        Assert.Equal(Model, File.ReadAllText(model));
    }

    [Theory]
    [InlineData("variable rain {")]
    [InlineData("")]
    [InlineData("variable rain { type discrete [ 2 ] { yes, no }; }\nprobability ( rain ) { table 0.2, 0.9; }\n")]
    public void Of_a_network_with_a_mistake_nothing_is_written_even_by_force(string network)
    {
        using var folder = new TemporaryFolder();
        var (path, model) = (folder.File("rain.bif", network), folder.File("rain.gm", "x ~ Normal(0, 1)\n"));
        var run = CliRun.Of("import", path, "--out", model, "--force");
        Assert.Equal((ExitCode.Mistake, ""), (run.Code, run.Out));
        Assert.Contains("error GM07", run.Error, StringComparison.Ordinal);
        Assert.Equal("x ~ Normal(0, 1)\n", File.ReadAllText(model));
        Assert.Equal(2, Directory.GetFiles(folder.Root).Length);
    }

    [Theory]
    [InlineData("nowhere.bif", null, "there is no file `nowhere.bif`")]
    [InlineData("network.xml", null, "`network.xml` is not a .bif file, the one format that is imported")]
    [InlineData("alarm.bif.gz", null, "`alarm.bif.gz` is not a .bif file, the one format that is imported: unpack it first")]
    [InlineData("alarm", null, "`alarm` is not a .bif file, the one format that is imported")]
    [InlineData("alarm.bif", "alarm.bif", "`alarm.bif` is not a .gm file: --out names the model to write")]
    [InlineData("nowhere.bif", ".", "`.` is a folder, not a file")]
    public void A_call_that_makes_no_sense_is_answered_in_one_sentence(string path, string? output, string message) =>
        Assert.Equal(new CliRun(ExitCode.Usage, "", $"problang: {message}\n"), CliRun.Of(output is null ? ["import", path] : ["import", path, "--out", output]));

    [Fact]
    public void A_folder_that_is_not_there_is_a_mistake_of_the_call()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ExitCode.Usage, CliRun.Of("import", folder.File("rain.bif", Rain), "--out", folder.Combine("no/such/rain.gm")).Code);
    }

    [Fact]
    public void A_warning_changes_no_exit_code_and_can_be_silenced()
    {
        using var folder = new TemporaryFolder();
        var network = folder.File("rain.bif", Rounded);
        var run = CliRun.Of("import", network);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("warning GM0729", run.Error, StringComparison.Ordinal);
        Assert.Equal(new CliRun(ExitCode.Done, run.Out, ""), CliRun.Of("import", network, "--silence", "GM0729"));
    }

    /// <summary>The model says what it is; a label is fixed or given without quotes, and those of the file come out.</summary>
    [Theory, MemberData(nameof(Examples))]
    public void An_example_says_what_it_is_and_is_drawn_from(string name)
    {
        var path = Path.Combine(Repository.Examples, "networks", name);
        Assert.Matches("^[^\n]*\n  The Bayesian network ", CliRun.Of("explain", path).Out);
        var run = CliRun.Of("sample", path, "-n", "20", "--seed", "1", "--as", "csv");
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        Assert.Equal(21, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotMatch("[0-9]", run.Out.Split('\n', 2)[1]);
    }

    [Fact]
    public void A_label_of_a_network_is_given_as_a_word_and_fixed_as_one()
    {
        var asia = Path.Combine(Repository.Examples, "networks", "asia.gm");
        var run = CliRun.Of("sample", asia, "-n", "50", "--seed", "1", "--as", "csv", "--given", "dysp=yes", "--do", "either=yes", "--do", "smoke=no");
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        var (rows, names) = (run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..], run.Out.Split('\n')[0].Split(','));
        Assert.All(rows, r => Assert.Equal(("yes", "no"), (r.Split(',')[Array.IndexOf(names, "either")], r.Split(',')[Array.IndexOf(names, "smoke")])));
        Assert.Equal(ExitCode.Mistake, CliRun.Of("sample", asia, "--given", "dysp=perhaps").Code);
    }
}
