using Xunit;

namespace ProbLang.Cli.Tests;

public class WarningTests
{
    private const string Model = "input unused = 1\nb ~ Normal(0, 1)\ntau ~ HalfNormal(1)\ny ~ Normal(0, tau)\n";

    [Fact]
    public void Warnings_are_printed_like_mistakes_and_change_no_exit_code()
    {
        using var folder = new TemporaryFolder();
        var run = CliRun.Of("explain", folder.File("m.gm", Model), "--given", "y=1", "--given", "extra=2");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal("""
            m.gm:1:7: warning GM0214: the input `unused` is not used
              1 | input unused = 1
                |       ^^^^^^
              = remove it, or use it
            --given extra:1:1: warning GM0320: the data give `extra`, which the model does not name
              1 | 2
                | ^
            m.gm:2:1: warning GM0501: nothing observed depends on `b`: its posterior is its prior
              2 | b ~ Normal(0, 1)
                | ^
              = use it in what the data are to explain, or leave it out

            """, run.Error.Replace(folder.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("explain")]
    [InlineData("infer", "--warmup", "50", "--draws", "20", "--chains", "1", "--quiet")]
    [InlineData("sample")]
    [InlineData("dump", "--stage", "program")]
    public void Each_can_be_silenced_in_every_command_that_prints_them(string command, params string[] options)
    {
        using var folder = new TemporaryFolder();
        string[] data = command == "check" ? [] : ["--given", "y=1", "--given", "extra=2"];
        var run = CliRun.Of([command, folder.File("m.gm", Model), .. data, .. options, "--silence", "GM0214", "--silence", "GM0320", "--silence", "GM0501"]);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.DoesNotContain("warning", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_no_warning_has_is_a_mistake_of_the_call()
    {
        using var folder = new TemporaryFolder();
        var run = CliRun.Of("check", folder.File("m.gm", Model), "--silence", "GM214");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith("problang: --silence: there is no warning `GM214`: did you mean `GM0214`?\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_matters_only_to_inference_is_not_said_of_a_simulation()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("m.gm", "a ~ Normal(0, 1)\ny ~ Normal(a, 1)\n");
        Assert.Equal("", CliRun.Of("sample", model, "--seed", "1").Error);
        Assert.Contains("warning GM0507", CliRun.Of("infer", model, "--seed", "1", "--warmup", "50", "--draws", "20", "--chains", "1").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_constants_decide_is_checked_without_data()
    {
        using var folder = new TemporaryFolder();
        var run = CliRun.Of("check", folder.File("m.gm", "input N: count\ns = 1 - 2\nfor i in 1..N { y[i] ~ Normal(0, s) }\nz ~ Normal(0, s)\n"));
        Assert.Equal(ExitCode.Mistake, run.Code);
        Assert.Contains("m.gm:4:15: error GM0309: the sd of Normal is -1 for `z`, but must be positive", run.Error, StringComparison.Ordinal);
    }
}
