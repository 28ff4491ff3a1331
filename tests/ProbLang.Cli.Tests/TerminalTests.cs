using ProbLang.FactorGraphs;
using ProbLang.Inference;
using Xunit;

namespace ProbLang.Cli.Tests;

public class TerminalTests
{
    [Fact]
    public void A_chain_shows_its_phase_its_speed_and_its_divergences()
    {
        var line = ProgressDisplay.Line(new ChainProgress(2, ChainPhase.Sampling, 1500, 2000, 3, TimeSpan.FromSeconds(0.5)));
        Assert.Equal("chain 2   ███████████████░░░░░   1500/2000 sampling     3000 draws/s  3 divergences", line);
    }

    [Fact]
    public void A_chain_that_has_not_begun_is_waiting_and_one_that_has_finished_keeps_its_speed()
    {
        using var error = new StringWriter();
        using (var display = new ProgressDisplay(error, chains: 3, width: 200))
        {
            display.Report(new ChainProgress(1, ChainPhase.Finished, 2000, 2000, 0, TimeSpan.FromSeconds(2)));
            Thread.Sleep(150);
            display.Report(new ChainProgress(2, ChainPhase.Warmup, 100, 2000, 0, TimeSpan.FromSeconds(1)));
        }
        Assert.Contains("finished     1000 draws/s\n", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("warm-up       100 draws/s\n", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("chain 3   ░░░░░░░░░░░░░░░░░░░░      0/2000 waiting         0 draws/s\n", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_display_redraws_its_lines_and_leaves_nothing_behind()
    {
        using var error = new StringWriter();
        using (var display = new ProgressDisplay(error, chains: 2, width: 30))
        {
            Thread.Sleep(150);
            display.Report(new ChainProgress(1, ChainPhase.Warmup, 1, 2000, 0, TimeSpan.FromSeconds(1)));
            Thread.Sleep(150);
            display.Report(new ChainProgress(2, ChainPhase.Sampling, 1500, 2000, 0, TimeSpan.FromSeconds(1)));
        }
        var text = error.ToString();
        Assert.StartsWith("\e[2Kchain 1", text, StringComparison.Ordinal);
        Assert.Contains("\e[2A\e[2Kchain 1", text, StringComparison.Ordinal);
        Assert.EndsWith("\e[2A\e[J", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Replace("\e[2K", "", StringComparison.Ordinal).Replace("\e[2A", "", StringComparison.Ordinal).Length < 30));
    }

    [Fact]
    public void Message_passing_shows_its_iteration_and_how_much_that_changed()
    {
        Assert.Equal("ep: iteration 12 of at most 1000, changed by 0.0012", IterationDisplay.Line("ep", new IterationProgress(12, 1000, 0.00123)));
        Assert.Equal("gibbs: iteration 5 of at most 20", IterationDisplay.Line("gibbs", new IterationProgress(5, 20, double.NaN)));
        using var error = new StringWriter();
        using (var display = new IterationDisplay(error, "ep", width: 20))
        {
            display.Report(new IterationProgress(1, 1000, 1));
            Thread.Sleep(150);
            display.Report(new IterationProgress(2, 1000, 0.5));
            Thread.Sleep(150);
            display.Report(new IterationProgress(3, 1000, 0.25));
        }
        Assert.Equal("\e[2Kep: iteration 2 of \n\e[1A\e[2Kep: iteration 3 of \n\e[1A\e[J", error.ToString());
    }

    [Fact]
    public void A_bug_is_answered_with_what_to_send_and_no_stack_trace()
    {
        using var error = new StringWriter();
        try
        {
            throw new InvalidOperationException("first line\nsecond line");
        }
        catch (InvalidOperationException bug)
        {
            BugReport.Write(error, bug, ["infer", "m.gm"]);
        }
        var text = error.ToString();
        Assert.Contains("please report it", text, StringComparison.Ordinal);
        Assert.Contains("problang infer m.gm", text, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: first line second line", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_is_full_is_said_and_no_bug()
    {
        using var output = new FullDisk();
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(output, error, isInteractive: false);
        Assert.Equal(ExitCode.Usage, CommandLine.Run(["--version"], terminal));
        Assert.Equal("problang: No space left on device\n", error.ToString());
    }

    [Fact]
    public void The_verdict_follows_the_summary_where_both_go_to_one_place()
    {
        using var place = new MemoryStream();
        using var output = new StreamWriter(place, leaveOpen: true);
        using var error = new StreamWriter(place, leaveOpen: true) { AutoFlush = true };
        using var terminal = new Terminal(output, error, isInteractive: false);
        var folder = Path.Combine(Repository.Examples, "beetles");
        Assert.Equal(ExitCode.Done, CommandLine.Run(["infer", Path.Combine(folder, "beetles.gm"), "--data", Path.Combine(folder, "beetles.csv"), "--seed", "1"], terminal));
        Assert.Matches(@"(?s)^observed: killed\s+engine: nuts [^\n]*\s+seed: 1\s+mean .*\nhalf [^\n]*\ntrust: [^\n]*\n$", System.Text.Encoding.UTF8.GetString(place.ToArray()));
    }

    private sealed class FullDisk : StringWriter
    {
        public override void Flush() => throw new IOException("No space left on device");
    }

    [Fact]
    public void Training_shows_its_losses_its_speed_and_the_time_left()
    {
        var progress = new TrainingProgress(13, 50, 300, 1200, -1.23456, 0.5, 0.49, 12345.6, TimeSpan.FromSeconds(3725));
        Assert.Equal("epoch 13/50 █████░░░░░░░░░░░░░░░ loss -1.2346  held out 0.5 (best 0.49)  12346 rows/s  1:02:05 left", TrainingLine.Of(progress));
        progress = progress with { HeldOutLoss = null, BestHeldOutLoss = null, TimeLeft = TimeSpan.FromSeconds(9.9) };
        Assert.Equal("epoch 13/50 █████░░░░░░░░░░░░░░░ loss -1.2346  12346 rows/s  0:09 left", TrainingLine.Of(progress));
        Assert.Equal("epoch 1/50 ░░░░░░░░░░░░░░░░░░░░ loss NaN  0 rows/s",
            TrainingLine.Of(new TrainingProgress(1, 50, 0, 1200, double.NaN, null, null, 0, null)));
    }
}
