using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace ProbLang.Cli.Tests;

/// <summary>
/// Bad input gives a message and exit code 1, whole transcripts of which stand in Bad/: a model, its data if any under the
/// same name, and what is expected. Set PROBLANG_ACCEPT=1 to write the expected files, then read them.
/// </summary>
public class BadInputTests
{
    public static TheoryData<string> Models => [.. Directory.GetFiles(Repository.Bad, "*.gm").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_mistake_is_answered_as_the_transcript_says(string name)
    {
        var stem = Path.Combine(Repository.Bad, name);
        var run = CliRun.Of(["infer", stem + ".gm", .. new[] { ".json", ".csv", ".tsv" }.Where(e => File.Exists(stem + e)).SelectMany(e => new[] { "--data", stem + e }), "--seed", "1"]);
        var transcript = run.Error.Replace(Repository.Bad + Path.DirectorySeparatorChar, "", StringComparison.Ordinal) + run.Out;
        if (Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1") File.WriteAllText(stem + ".expected", transcript);
        Assert.Equal(File.ReadAllText(stem + ".expected"), transcript);
        Assert.Equal(ExitCode.Mistake, run.Code);
    }

    [Fact]
    public void Ten_thousand_parentheses_are_a_mistake() => AssertMistake("x ~ Normal(" + new string('(', 10_000) + "1" + new string(')', 10_000) + ", 1)", "GM01");

    [Fact]
    public void Ten_thousand_unary_minuses_are_a_mistake() => AssertMistake("x = " + new string('-', 10_000) + "1", "GM01");

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_a_mistake_and_is_not_read_to_its_end()
    {
        var clock = Stopwatch.StartNew();
        AssertMistake("x = 1" + new string(' ', 100_000_000), "GM01");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"took {clock.Elapsed}");
    }

    [Fact]
    public void A_sum_of_a_hundred_thousand_terms_is_no_mistake()
    {
        using var folder = new TemporaryFolder();
        var terms = string.Join(" + ", Enumerable.Range(1, 100_000).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        var model = folder.File("sum.gm", $"mu ~ Normal(0, 1)\ny ~ Normal(mu + {terms}, 1)\n");
        var clock = Stopwatch.StartNew();
        var run = CliRun.Of("check", model);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
        Assert.Equal(ExitCode.Done, CliRun.Of("infer", model, "--given", "y=5000050000", "--chains", "1", "--warmup", "100", "--draws", "100", "--seed", "1", "--quiet").Code);
    }

    [Fact]
    public void Deeply_nested_data_are_a_mistake()
    {
        using var folder = new TemporaryFolder();
        var run = CliRun.Of("infer", folder.File("m.gm", "y ~ Normal(0, 1)\n"), "--data", folder.File("d.json", "{\"y\":" + new string('[', 100_000)));
        Assert.Equal(ExitCode.Mistake, run.Code);
        Assert.Contains("GM0355", run.Error, StringComparison.Ordinal);
    }

    private static void AssertMistake(string model, string id)
    {
        using var folder = new TemporaryFolder();
        var run = CliRun.Of("infer", folder.File("model.gm", model));
        Assert.Contains(id, run.Error, StringComparison.Ordinal);
        Assert.True(run.Error.Length < 2000, "the message is short, however long the line");
        Assert.Equal("", run.Out);
        Assert.Equal(ExitCode.Mistake, run.Code);
    }
}
