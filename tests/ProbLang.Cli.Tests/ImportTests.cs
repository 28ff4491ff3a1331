using Xunit;

namespace ProbLang.Cli.Tests;

public sealed class ImportTests : IDisposable
{
    private const string Text = """
        import "lib/studies.gm"
        input K: count
        input se[K]: positive
        mu ~ Normal(0, 5)
        for k in 1..K {
          y[k] ~ Study(mu, se[k])
        }

        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _model;
    private readonly string _data;

    public ImportTests()
    {
        Directory.CreateDirectory(_folder.Combine("lib"));
        _folder.File("lib/studies.gm", "def Study(mu, s) { theta ~ Normal(mu, 0.5); y ~ Normal(theta, s); return y }\n");
        _model = _folder.File("meta.gm", Text);
        _data = _folder.File("meta.json", """{"y": [0.3, -0.2, 1.1], "se": [0.2, 0.4, 0.3]}""");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_command_takes_a_model_with_imports()
    {
        Assert.Equal((ExitCode.Done, "", ""), Parts(CliRun.Of("check", _model)));
        Assert.Equal(Text, CliRun.Of("dump", _model, "--stage", "syntax").Out);
        Assert.Contains("  for k in 1..K: y.theta[k] ~ Normal(mean: mu, sd: 0.5)\n", CliRun.Of("dump", _model, "--stage", "graph").Out, StringComparison.Ordinal);
        Assert.Contains("y.theta", CliRun.Of("dump", _model, "--data", _data, "--stage", "program").Out, StringComparison.Ordinal);
        Assert.Contains("y.theta   random  real      [k: 3]      latent", CliRun.Of("explain", _model, "--data", _data).Out, StringComparison.Ordinal);
        var sampled = CliRun.Of("sample", _model, "--given", "se=[1, 2]", "--seed", "1", "--as", "csv");
        Assert.Contains(",y.theta[1],y.theta[2]", sampled.Out, StringComparison.Ordinal);
        var inferred = CliRun.Of("infer", _model, "--data", _data, "--seed", "1", "--chains", "1", "--warmup", "200", "--draws", "200");
        Assert.Equal(ExitCode.Done, inferred.Code);
        Assert.Contains("\ny.theta[3] ", inferred.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, "", ""), Parts(CliRun.Of("format", _model, "--check")));
    }

    [Fact]
    public void Locals_are_named_in_the_files_of_a_run()
    {
        var results = _folder.Combine("run");
        Assert.Equal(ExitCode.Done, CliRun.Of("infer", _model, "--data", _data, "--seed", "1", "--chains", "1", "--warmup", "200", "--draws", "50", "--out", results).Code);
        var draws = Directory.GetFiles(results, "*.csv").Select(File.ReadAllText).First(t => t.Contains("lp__", StringComparison.Ordinal));
        Assert.Contains(",y.theta.1,y.theta.2,y.theta.3", draws, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_outside_the_folders_is_refused()
    {
        var outside = Path.Combine(Directory.CreateDirectory(_folder.Combine("inner")).FullName, "m.gm");
        File.WriteAllText(outside, "import \"../lib/studies.gm\"\ny ~ Study(0, 1)\n");
        var run = CliRun.Of("check", outside);
        Assert.Equal(ExitCode.Mistake, run.Code);
        Assert.Contains("error GM0294: `../lib/studies.gm` is outside the folders that this model may import from", run.Error, StringComparison.Ordinal);
    }

    private static (int, string, string) Parts(CliRun run) => (run.Code, run.Out, run.Error);
}
