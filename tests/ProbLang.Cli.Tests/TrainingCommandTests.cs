using System.Diagnostics;
using Xunit;

namespace ProbLang.Cli.Tests;

public sealed class TrainingCommandTests : IDisposable
{
    private const string Curve = "input N: count\ninput x[N]: real\nnet f = mlp(hidden: [12], activation: tanh)\nparam s: positive = 1\nfor i in 1..N { y[i] ~ Normal(f(x[i]), s) }\n";

    private readonly TemporaryFolder _folder = new();
    private readonly string _model;
    private readonly string _data;

    public TrainingCommandTests()
    {
        _model = _folder.File("curve.gm", Curve);
        _data = _folder.File("curve.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"{i / 100.0 - 1.5},{Math.Sin(i / 50.0) + 0.1 * Math.Cos(i * i)}\n"))));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_net_is_trained_and_says_how_it_ended()
    {
        var run = Fit("--epochs", "20", "--batch", "32", "--learning-rate", "0.01");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Matches("^ +estimate +se +lower +upper\ns +[0-9.]+ +– +– +–\n\nlog likelihood: -?[0-9.]+, of 300 observations by 38 parameters\nheld-out loss: -?[0-9.]+ a row\n$", run.Out);
        Assert.Matches("^observed: y\nTraining was completed after 180 steps of 32 rows \\(20 epochs\\); epoch [0-9]+ had the lowest held-out loss, -?[0-9.]+ a row of 30\n", run.Error);
    }

    [Fact]
    public void The_same_command_gives_the_same_fit()
    {
        string[] options = ["--epochs", "4", "--batch", "16", "--averaging", "0.9", "--clip", "1", "--weight-decay", "0.01", "--schedule", "cosine", "--warm-up", "3"];
        Assert.Equal(Fit([.. options, "--as", "json"]).Out, Fit([.. options, "--as", "json"]).Out);
        Assert.NotEqual(Fit([.. options, "--as", "json"]).Out, Fit([.. options, "--as", "json", "--seed", "2"]).Out);
    }

    [Fact]
    public void A_killed_training_goes_on_to_the_identical_fit()
    {
        string[] options = ["--steps", "3000", "--patience", "0", "--batch", "16", "--learning-rate", "0.01", "--checkpoint-every", "10", "--seed", "5"];
        Fit([.. options, "--checkpoint", _folder.Combine("whole.ckpt"), "--save", _folder.Combine("whole.fit")]);

        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "fit", _model, "--data", _data, .. options, "--checkpoint", _folder.Combine("cut.ckpt")]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var first = DateTime.MinValue;
        while (!process.HasExited && !HasGoneOn(_folder.Combine("cut.ckpt"), ref first)) Thread.Sleep(5);
        process.Kill();
        process.WaitForExit();
        Assert.True(File.Exists(_folder.Combine("cut.ckpt")), process.StandardError.ReadToEnd());

        var resumed = Fit([.. options, "--checkpoint", _folder.Combine("cut.ckpt"), "--resume", "--save", _folder.Combine("cut.fit")]);
        Assert.Equal(ExitCode.Done, resumed.Code);
        Assert.Equal(File.ReadAllBytes(_folder.Combine("whole.fit")), File.ReadAllBytes(_folder.Combine("cut.fit")));
        Assert.Equal(File.ReadAllBytes(_folder.Combine("whole.ckpt")), File.ReadAllBytes(_folder.Combine("cut.ckpt")));
    }

    /// <summary>Whether a checkpoint was written again after the one before the first step.</summary>
    private static bool HasGoneOn(string path, ref DateTime first)
    {
        if (!File.Exists(path)) return false;
        var written = File.GetLastWriteTimeUtc(path);
        if (first == DateTime.MinValue) first = written;
        return written > first;
    }

    [Fact]
    public void A_training_that_is_interrupted_keeps_the_best_by_then_and_its_checkpoint()
    {
        var checkpoint = _folder.Combine("run.ckpt");
        string[] options = ["--steps", "200000", "--patience", "0", "--checkpoint", checkpoint];
        var run = CliRun.InterruptedWhen(text => text.Contains("epoch ", StringComparison.Ordinal), ["fit", _model, "--data", _data, .. options]);
        Assert.Equal(ExitCode.Interrupted, run.Code);
        Assert.Contains("log likelihood: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("Training was cancelled after ", run.Error, StringComparison.Ordinal);
        Assert.Contains("warning: training did not end: the values are the best by then\n", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(checkpoint));
    }

    [Theory]
    [InlineData("--epochs is at least 1", "--epochs", "0")]
    [InlineData("--steps is at least 1", "--steps", "-5")]
    [InlineData("either --epochs or --steps says how long to train, not both", "--steps", "5", "--epochs", "2")]
    [InlineData("--batch is at least 1", "--batch", "0")]
    [InlineData("--learning-rate is above 0", "--learning-rate", "0")]
    [InlineData("--learning-rate is above 0", "--learning-rate", "NaN")]
    [InlineData("--clip is at least 0", "--clip", "-1")]
    [InlineData("--weight-decay is at least 0", "--weight-decay", "-1")]
    [InlineData("--averaging is at least 0 and below 1", "--averaging", "1")]
    [InlineData("--held-out is a part of the rows below 1, or a whole number of them", "--held-out", "1.5")]
    [InlineData("--held-out is at least 0", "--held-out", "-1")]
    [InlineData("--patience is at least 0", "--patience", "-1")]
    [InlineData("--decay is at most 1", "--decay", "2")]
    [InlineData("either --schedule cosine or --decay says how the learning rate falls, not both", "--schedule", "cosine", "--decay", "0.9")]
    [InlineData("--resume needs --checkpoint FILE", "--resume")]
    [InlineData("--checkpoint-every needs --checkpoint FILE", "--checkpoint-every", "5")]
    [InlineData("--epochs trains by mini-batches, and --engine map looks at all data at once", "--epochs", "5", "--engine", "map")]
    [InlineData("--starts looks for a maximum from several places, and --batch trains from one", "--batch", "5", "--starts", "3")]
    [InlineData("--steps takes a whole number, not `many`", "--steps", "many")]
    [InlineData("--schedule takes constant, cosine, not `linear`", "--schedule", "linear")]
    public void An_option_that_makes_no_sense_is_named(string message, params string[] options)
    {
        var run = Fit(options);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith($"problang: {message}\n", run.Error);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public void A_checkpoint_that_is_not_there_is_said_not_to_be()
    {
        var run = Fit("--checkpoint", _folder.Combine("none.ckpt"), "--resume");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("none.ckpt", run.Error, StringComparison.Ordinal);
    }

    private CliRun Fit(params string[] options) => CliRun.Of(["fit", _model, "--data", _data, .. options]);
}
