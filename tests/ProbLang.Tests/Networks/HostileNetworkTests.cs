using System.Diagnostics;
using System.Text;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Networks;

/// <summary>Files that nobody meant as networks, and networks with words left out, exchanged and doubled: the answer is a model or diagnostics.</summary>
public class HostileNetworkTests
{
    private static readonly string[] s_pieces =
    [
        "network", "variable", "probability", "property", "type", "discrete", "table", "default", "{", "}", "(", ")", "[", "]", "|", ",", ";", "\"", "//", "/*", "*/", "\n", " ",
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
