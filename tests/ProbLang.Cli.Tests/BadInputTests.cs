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
    public void Ten_thousand_parentheses_are_a_mistake() => AssertTranscript("parentheses", "x ~ Normal(" + new string('(', 10_000) + "1" + new string(')', 10_000) + ", 1)", "infer");

    [Fact]
    public void Ten_thousand_unary_minuses_are_a_mistake() => AssertTranscript("minuses", "x = " + new string('-', 10_000) + "1", "infer");

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_a_mistake_and_is_not_read_to_its_end()
    {
        var clock = Stopwatch.StartNew();
        AssertTranscript("long_line", "x = 1" + new string(' ', 100_000_000), "infer");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"took {clock.Elapsed}");
    }

    [Fact]
    public void A_sum_of_a_hundred_thousand_constants_is_no_mistake()
    {
        var clock = Stopwatch.StartNew();
        var model = $"mu ~ Normal(0, 1)\ny ~ Normal(mu + {Sum("")}, 1)\n";
        AssertTranscript("sum_of_constants", model, "check");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
        using var folder = new TemporaryFolder();
        Assert.Equal(ExitCode.Done, CliRun.Of("infer", folder.File("sum.gm", model), "--given", "y=5000050000", "--chains", "1", "--warmup", "100", "--draws", "100", "--seed", "1", "--quiet").Code);
    }

    [Fact]
    public void A_sum_of_a_hundred_thousand_terms_that_do_not_fold_is_no_mistake()
    {
        var clock = Stopwatch.StartNew();
        AssertTranscript("sum_of_terms", $"mu ~ Normal(0, 1)\ny ~ Normal({Sum("mu * ")}, 1)\n", "check");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    [Fact]
    public void Deeply_nested_data_are_a_mistake()
    {
        using var folder = new TemporaryFolder();
        var run = CliRun.Of("infer", folder.File("m.gm", "y ~ Normal(0, 1)\n"), "--data", folder.File("d.json", "{\"y\":" + new string('[', 100_000)));
        Assert.Equal(ExitCode.Mistake, run.Code);
        Assert.Contains("GM0355", run.Error, StringComparison.Ordinal);
    }

    private static string Sum(string before) => string.Join(" + ", Enumerable.Range(1, 100_000).Select(i => before + i.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The models are too long to be stored; their transcripts are not.</summary>
    private static void AssertTranscript(string name, string model, string command, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var run = CliRun.Of([command, folder.File("model.gm", model), .. options]);
        var transcript = $"{run.Error.Replace(folder.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}{run.Out}exit {run.Code}\n";
        var path = Path.Combine(Repository.Bad, "Generated", name + ".expected");
        if (Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1") File.WriteAllText(path, transcript);
        Assert.Equal(File.ReadAllText(path), transcript);
    }
}
