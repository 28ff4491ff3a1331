using System.Diagnostics;
using System.Globalization;
using System.Text;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Networks;

/// <summary>Files that nobody meant as networks, and networks with words left out, exchanged and doubled: the answer is a model or diagnostics.</summary>
public class HostileNetworkTests
{
    private static readonly string[] s_pieces =
    [
        "network", "variable", "probability", "property", "type", "discrete", "table", "default", "{", "}", "(", ")", "[", "]", "|", ",", ";", "\"", "//", "/*", "*/", "\n", "\r", "\t", " ",
        "0.5", "-1", "1e999", "NaN", "2147483648", "yes", "no", "\0", "\uFEFF", "\u202E", "\uD800", "é",
    ];

    [Fact]
    public void Whatever_a_file_is_the_answer_is_a_model_or_diagnostics()
    {
        var clock = Stopwatch.StartNew();
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var text = Mutated(random, RandomNetwork.Draw(random, most: 5).Write(random));
            var imported = BayesianNetwork.Import(text);
            Assert.True(imported.Diagnostics.Length <= 50);
            Assert.All(imported.Diagnostics, d => Assert.NotNull(d.Location));
            Assert.Equal(imported.Diagnostics.Any(d => d.Severity == Severity.Error), imported.Text is null);
            if (imported.Text is { } model) Assert.True(Model.Compile(model).Success, $"seed {seed}\n{text}\n{model}");
        }
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), $"took {clock.Elapsed}");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("(")]
    [InlineData("variable a {")]
    [InlineData("variable\n")]
    [InlineData("variable a {\n")]
    [InlineData("probability ( a | ")]
    [InlineData("\"")]
    [InlineData("/*")]
    [InlineData("property ")]
    [InlineData("network { property ")]
    [InlineData("network { property \"\n")]
    [InlineData("\0")]
    [InlineData("x ")]
    public void A_million_times_the_same_is_a_mistake_that_is_soon_found(string piece)
    {
        var clock = Stopwatch.StartNew();
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var imported = BayesianNetwork.Import(text);
        Assert.Null(imported.Text);
        Assert.NotEmpty(imported.Diagnostics);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    [Fact]
    public void A_chain_of_ten_thousand_variables_is_a_model()
    {
        var bif = new StringBuilder();
        for (var i = 9_999; i >= 0; i--)
            bif.Append($"variable v{i} {{ type discrete [ 2 ] {{ yes, no }}; }} probability ( v{i}{(i > 0 ? $" | v{i - 1}" : "")} ) {{ default 0.5, 0.5; }}\n");
        var imported = BayesianNetwork.Import(bif.ToString());
        Assert.Empty(imported.Diagnostics);
        Assert.True(Model.Compile(imported.Text!).Success);
        var cyclic = BayesianNetwork.Import(bif.ToString().Replace("( v0 )", "( v0 | v9999 )", StringComparison.Ordinal));
        Assert.Equal("GM0725", Assert.Single(cyclic.Diagnostics).Id);
        Assert.True(cyclic.Diagnostics[0].ToString().Length < 5_000, "a message that is too long to read");
    }

    /// <summary>Two long lines that messages show by turns, names that are nearly like many others, labels and parents without end.</summary>
    [Theory]
    [InlineData("variable a { type discrete [ 1 ] { x }; } ", 60_000, "\n", "variable a { type discrete [ 1 ] { x }; } ", 60_000)]
    [InlineData("variable v# { type discrete [ 1 ] { x }; }\n", 60_000, "", "probability ( w# ) { table 1; }\n", 60_000)]
    [InlineData("variable v# { type discrete [ 1 ] { x }; }\n", 60_000, "probability ( v1 |", " v#", 60_000)]
    [InlineData("variable v# { type discrete [ 60000 ] {", 1, "", " x#", 60_000)]
    public void A_long_file_with_a_mistake_in_each_line_is_soon_refused(string first, int firsts, string between, string second, int seconds)
    {
        var clock = Stopwatch.StartNew();
        var text = new StringBuilder();
        for (var i = 0; i < firsts; i++) text.Append(first.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        text.Append(between);
        for (var i = 0; i < seconds; i++) text.Append(second.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.InRange(BayesianNetwork.Import(text.ToString()).Diagnostics.Length, 1, 50);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    [Fact]
    public void Rows_by_labels_are_found_at_once_however_many_there_are()
    {
        const int count = 50_000;
        var (clock, labels) = (Stopwatch.StartNew(), Enumerable.Range(0, count).Select(i => $"x{i}").ToArray());
        var bif = $"variable a {{ type discrete [ {count} ] {{ {string.Join(' ', labels)} }}; }}\nprobability ( a ) {{ table 1{string.Concat(Enumerable.Repeat(" 0", count - 1))}; }}\n" +
            $"variable b {{ type discrete [ 1 ] {{ y }}; }}\nprobability ( b | a ) {{ {string.Concat(labels.Select(l => $"({l}) 1;\n"))} }}\n";
        var imported = BayesianNetwork.Import(bif);
        Assert.Empty(imported.Diagnostics);
        Assert.NotNull(imported.Text);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    /// <summary>A remark on each row would repeat a label of a megabyte half a million times.</summary>
    [Fact]
    public void A_long_label_does_not_fill_the_memory()
    {
        var bif = new StringBuilder();
        for (var i = 0; i < 19; i++) bif.Append(CultureInfo.InvariantCulture, $"variable v{i} {{ type discrete [ 2 ] {{ {(i == 0 ? new string('x', 1_000_000) : "yes")}, no }}; }}\nprobability ( v{i} {(i < 18 ? "" : string.Join(' ', Enumerable.Range(0, 18).Select(p => $"v{p}")))} ) {{ default 0.5, 0.5; }}\n");
        Assert.Equal("GM0736", Assert.Single(BayesianNetwork.Import(bif.ToString()).Diagnostics).Id);
    }

    private static string Mutated(Random random, string text)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var place = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 12), text.Length - place);
            text = random.Next(4) switch
            {
                0 => text.Remove(place, length),
                1 => text.Insert(place, s_pieces[random.Next(s_pieces.Length)]),
                2 => text.Insert(random.Next(text.Length), text.Substring(place, length)),
                _ => text.Remove(place, length).Insert(place, s_pieces[random.Next(s_pieces.Length)]),
            };
            if (text.Length == 0) text = " ";
        }
        return text;
    }
}
