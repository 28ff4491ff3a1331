using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace ProbLang.Cli.Tests;

/// <summary>
/// Bad input gives a message and exit code 1, whole transcripts of which stand in the folders of Bad/, by the kind of the mistake: a model,
/// its data if any under the same name, and what is expected; or a network to import. The command for a model is <c>infer --engine nuts</c>; another stands in
/// <c>NAME.args</c>, with {stem} for the path without its ending. Set PROBLANG_ACCEPT=1 to write the expected files, then read them.
/// </summary>
public partial class BadInputTests
{
    public static TheoryData<string> Models => [.. Directory.GetDirectories(Repository.Bad).SelectMany(f => new[] { "*.gm", "*.bif" }.SelectMany(p => Directory.GetFiles(f, p)))
        .Select(f => Path.ChangeExtension(Path.GetRelativePath(Repository.Bad, f), null).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_mistake_is_answered_as_the_transcript_says(string name)
    {
        var stem = Path.Combine(Repository.Bad, name);
        var run = CliRun.Of(Arguments(stem));
        var transcript = run.Error.Replace(Repository.Bad + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1") File.WriteAllText(stem + ".expected", transcript);
        Assert.Equal(File.ReadAllText(stem + ".expected"), transcript);
        Assert.Equal("", run.Out);
        Assert.Equal(ExitCode.Mistake, run.Code);
    }

    /// <summary>What no file can bring about, and why.</summary>
    private static readonly Dictionary<string, string> s_unreachable = new()
    {
        ["GM0253"] = "the parser reports comparisons that chain, as GM0115; this guards trees that a host makes",
        ["GM0306"] = "NaN is reported where a file is read, as GM0359; only arrays of a host hold one",
        ["GM0352"] = "a data file of that size is too large to be stored",
        ["GM0493"] = "nets that give as many values as they take are laid out so; it guards shapes that a host makes",
        ["GM0401"] = "shapes are compared with the data, as GM0326, before there is a program",
        ["GM0406"] = "statements are grouped by how many components there are, and where they cannot be, the length of the weights is reported, as GM0402",
        ["GM0702"] = "a network of that size is too large to be stored; BayesianNetworkTests makes one",
        ["GM0736"] = "a network with a model of that size is too large to be stored; BayesianNetworkTests makes one",
        ["GM0445"] = "what stands against an integral in closed form is said first, as GM0460 and after; this guards what that might overlook",
        ["GM0446"] = "as GM0445",
        ["GM0455"] = "it depends on the build; MessagePassingCommandTests has it where Infer.NET is absent",
        ["GM0456"] = "it takes Infer.NET, which not every build has; MessagePassingTests has it with an engine made for it",
        ["GM0457"] = "as GM0456",
        ["GM0458"] = "as GM0456",
        ["GM0747"] = "as GM0456",
        ["GM0477"] = "the compiler of factor graphs makes nothing that has not been measured; AllowListTests makes graphs that it is said of",
        ["GM0481"] = "branches on truth values inside of each other are compiled as choices by numbers; AllowListTests makes graphs that it is said of",
        ["GM0800"] = "a scorer is made by a host; ScorerTests has it",
        ["GM0815"] = "as GM0800",
        ["GM0801"] = "as GM0800",
        ["GM0802"] = "as GM0800",
        ["GM0803"] = "as GM0800",
        ["GM0804"] = "as GM0800",
        ["GM0805"] = "as GM0800",
        ["GM0806"] = "as GM0800",
        ["GM0807"] = "as GM0800",
        ["GM0808"] = "as GM0800",
        ["GM0809"] = "as GM0800",
        ["GM0810"] = "as GM0800",
        ["GM0811"] = "as GM0800",
        ["GM0812"] = "as GM0800",
        ["GM0813"] = "as GM0800",
        ["GM0814"] = "as GM0800",
        ["GM0486"] = "only message passing takes such a model, so that which engine the remedy names depends on the build",
        ["GM0790"] = "the source generator says it, to a build; GeneratorMessageTests has it",
        ["GM0791"] = "as GM0790",
        ["GM0792"] = "as GM0790",
        ["GM0793"] = "as GM0790",
        ["GM0794"] = "as GM0790",
        ["GM0795"] = "as GM0790",
    };

    [Fact]
    public void Every_message_has_a_transcript()
    {
        var known = Ids(Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories), InSource());
        var sessions = Directory.GetFiles(Path.Combine(Repository.Root, "tests", "ProbLang.Cli.Tests", "Repl"), "*.txt");
        var seen = Ids([.. Directory.GetFiles(Repository.Bad, "*.expected", SearchOption.AllDirectories), .. sessions], InTranscript());
        Assert.True(known.Count > 200, $"only {known.Count} ids were found in the sources");
        Assert.Empty(known.Except(seen).Except(s_unreachable.Keys));
        Assert.Empty(seen.Except(known));
        Assert.Empty(s_unreachable.Keys.Intersect(seen));
    }

    [Fact]
    public void There_are_many_different_mistakes() => Assert.True(Models.Count >= 170, $"there are {Models.Count}");

    /// <summary>The compiler's own words have no place in a message.</summary>
    [Fact]
    public void Messages_are_in_the_words_of_a_modeller()
    {
        foreach (var file in Directory.GetFiles(Repository.Bad, "*.expected", SearchOption.AllDirectories))
            foreach (var line in File.ReadLines(file).Where(l => InTranscript().IsMatch(l) || l.StartsWith("  = ", StringComparison.Ordinal)))
                Assert.False(InnerWords().IsMatch(Quoted().Replace(line, "")), $"{file}: {line}");
    }

    private static HashSet<string> Ids(string[] files, Regex pattern) =>
        [.. files.Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).SelectMany(f => pattern.Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("\"(GM[0-9]{4})\"")]
    private static partial Regex InSource();

    [GeneratedRegex("(?:error|warning) (GM[0-9]{4}):")]
    private static partial Regex InTranscript();

    [GeneratedRegex(@"\b(node|symbol|token|identifier|rank [0-9]|tensor|null reference|exception|AST|AtIndex|ElementType|enum|tuple)\b", RegexOptions.IgnoreCase)]
    private static partial Regex InnerWords();

    [GeneratedRegex("`[^`]*`|\"[^\"]*\"")]
    private static partial Regex Quoted();

    [Fact]
    public void Ten_thousand_parentheses_are_a_mistake() => AssertTranscript("parentheses", "x ~ Normal(" + new string('(', 10_000) + "1" + new string(')', 10_000) + ", 1)", "infer");

    [Fact]
    public void Ten_thousand_unary_minuses_are_a_mistake() => AssertTranscript("minuses", "x = " + new string('-', 10_000) + "1", "infer");

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_a_mistake() => AssertTranscript("long_line", "x = 1" + new string(' ', 100_000_000), "infer");

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

    private static string[] Arguments(string stem)
    {
        if (File.Exists(stem + ".bif")) return ["import", stem + ".bif"];
        var model = stem + ".gm";
        if (!File.Exists(stem + ".args"))
            return ["infer", model, .. new[] { ".json", ".csv", ".tsv" }.Where(e => File.Exists(stem + e)).SelectMany(e => new[] { "--data", stem + e }), "--engine", "nuts", "--seed", "1"];
        var written = File.ReadAllText(stem + ".args").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return [written[0], model, .. written[1..].Select(a => a.Replace("{stem}", stem, StringComparison.Ordinal))];
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
