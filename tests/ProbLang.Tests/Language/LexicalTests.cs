using System.Globalization;
using ProbLang.Syntax;
using ProbLang.Tests.Syntax;
using ProbLang.Text;
using Xunit;
using static ProbLang.Tests.Language.Stated;

namespace ProbLang.Tests.Language;

/// <summary>The section “Lexical” of the language page.</summary>
public class LexicalTests
{
    private const string Keywords = "input param given net def return import for in if then else guide factor and or not true false truncated censored rounded ordered";

    public static TheoryData<string> EachKeyword => [.. Keywords.Split(' ')];

    [Theory, MemberData(nameof(EachKeyword))]
    public void A_keyword_is_no_name(string keyword)
    {
        Assert.NotEmpty(Mistakes($"{keyword} ~ Normal(0, 1)"));
        Assert.Empty(Mistakes($"{keyword}_ ~ Normal(0, 1)"));
        Assert.Empty(Mistakes($"{char.ToUpperInvariant(keyword[0])}{keyword[1..]} ~ Normal(0, 1)"));
    }

    [Fact]
    public void The_keywords_are_those_of_the_page() =>
        Assert.Equal(Keywords.Split(' ').Order(StringComparer.Ordinal), Enum.GetValues<TokenKind>().Select(k => k.Text()).Where(t => t.Length > 0 && t.All(char.IsAsciiLetterLower)).Intersect(Keywords.Split(' ')).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("a"), InlineData("_"), InlineData("_a1"), InlineData("a_1_"), InlineData("μ"), InlineData("σ_obs"), InlineData("größe"), InlineData("変数"), InlineData("имя2")]
    public void A_name_is_a_letter_of_any_script_or_an_underscore_then_letters_digits_and_underscores(string name) => Assert.Empty(Mistakes($"{name} ~ Normal(0, 1)"));

    [Theory]
    [InlineData("1a"), InlineData("a.b"), InlineData("a-b"), InlineData("a'"), InlineData("€"), InlineData("a$b")]
    public void Anything_else_is_no_name(string name) => Assert.NotEmpty(Mistakes($"{name} ~ Normal(0, 1)"));

    [Fact]
    public void Case_matters() => Assert.Contains("GM0201", Mistakes("mu ~ Normal(0, 1)\ny ~ Normal(Mu, 1)"), StringComparison.Ordinal);

    [Fact]
    public void Names_are_compared_in_their_normal_form() => Assert.Empty(Mistakes("\u212B ~ Normal(0, 1)\ny ~ Normal(\u00C5 + A\u030A, 1)"));

    /// <summary>Right-to-left override, isolate, zero-width space, word joiner, bell, delete.</summary>
    [Theory]
    [InlineData(0x202E), InlineData(0x2066), InlineData(0x200B), InlineData(0x2060), InlineData(0x0007), InlineData(0x007F)]
    public void Invisible_characters_are_a_mistake_wherever_they_stand_and_messages_show_them_escaped(int code)
    {
        var hidden = char.ConvertFromUtf32(code);
        string[] texts = [$"a{hidden}b = 1", $"a = 1 // re{hidden}mark", $"/// do{hidden}c\na = 1", $"input r: category(\"x{hidden}y\", \"z\")\nq = r == \"z\"", $"a ={hidden} 1", $"{hidden}a = 1"];
        foreach (var text in texts)
        {
            var message = Mistakes(text);
            Assert.Contains("GM0104", message, StringComparison.Ordinal);
            Assert.Contains(code.ToString("X4", CultureInfo.InvariantCulture), message, StringComparison.Ordinal);
            Assert.DoesNotContain(hidden, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_remark_ends_with_its_line() => Assert.Equal(3, Value("a = 1 // + 10 /// * 20\n  + 2 // end", "a"));

    [Fact]
    public void Documentation_is_shown_by_explain()
    {
        var model = Compiled("/// Of the file.\n\n/// Of the mean,\n/// in two lines.\nmu ~ Normal(0, 1) // no documentation\ny ~ Normal(mu, 1)");
        Assert.Equal("Of the file.", model.Documentation);
        Assert.Contains("Of the file.", model.Explain(), StringComparison.Ordinal);
        Assert.Contains("Of the mean,", model.Explain(), StringComparison.Ordinal);
        Assert.DoesNotContain("no documentation", model.Explain(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", 1), InlineData("1_000", 1000), InlineData("0.5", 0.5), InlineData("1e-3", 0.001), InlineData("2.5E+2", 250), InlineData("pi", Math.PI), InlineData("-infinity", double.NegativeInfinity)]
    public void Numbers_and_constants_have_their_value(string text, double value) => Assert.Equal(value, Value(text));

    [Theory]
    [InlineData(".5"), InlineData("5."), InlineData("1__0"), InlineData("1e"), InlineData("0x10"), InlineData("1_")]
    public void Anything_else_is_no_number(string text) => Assert.NotEmpty(Mistakes($"a = {text}"));

    [Fact]
    public void Truth_values_and_text_are_values() =>
        Assert.Equal([1, 0, 1], Values("input r[2]: category(\"low\", \"high\")\nx = [true, false, r[2] == \"high\"]", "x", "r=[\"low\", \"high\"]"));

    [Fact]
    public void White_space_only_separates_and_a_semicolon_may_end_a_statement()
    {
        const string Text = "input N: count\nm ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(m, 1) z[i] = y[i] }\nw = -m";
        var tree = Tree(Text);
        foreach (var other in new[] { Text.Replace('\n', ' '), Text.Replace("\n", "\r\n\t", StringComparison.Ordinal), Text.Replace(" ", "\n", StringComparison.Ordinal), Text.Replace("\n", ";\n", StringComparison.Ordinal) + ";" })
            Assert.Equal(tree, Tree(other));

        static string Tree(string text)
        {
            var parsed = Parser.Parse(new SourceText("m.gm", text));
            Assert.Empty(parsed.Diagnostics);
            return TreeText.Of(parsed.File);
        }
    }
}
