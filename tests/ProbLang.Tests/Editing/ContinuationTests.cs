using ProbLang.Syntax;
using ProbLang.Tests.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Editing;

public class ContinuationTests
{
    [Theory]
    [InlineData("for i in 1..3 {")]
    [InlineData("for i in 1..3")]
    [InlineData("for i in 1..3 { x[i] ~ Normal(0, 1)")]
    [InlineData("for i in")]
    [InlineData("x ~ Normal(0,")]
    [InlineData("x ~")]
    [InlineData("x = 1 +")]
    [InlineData("x[1]: real")]
    [InlineData("x = if a then b")]
    [InlineData("if a then b else")]
    [InlineData("1 + 2 *")]
    [InlineData("if a > 1 {")]
    [InlineData("if a { x = 1 } else")]
    [InlineData("input")]
    [InlineData("net f")]
    [InlineData("def f(a, b)")]
    [InlineData("def f(a) { t = a^2")]
    [InlineData("x ~ Normal(0, 1) truncated")]
    [InlineData("x = [1, 2,\n 3")]
    [InlineData("y = 1; x = -")]
    [InlineData("x = 1 + // the rest")]
    [InlineData("/// The mean of all.")]
    [InlineData("/// The mean of all.\n")]
    public void What_breaks_off_goes_on(string text) => Assert.True(EditedText.IsUnfinished(text));

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("x")]
    [InlineData("x[1]")]
    [InlineData("theta[3] > 1 and tau < 2")]
    [InlineData("if a then b else c")]
    [InlineData("for i in 1..3 { x[i] ~ Normal(0, 1) }")]
    [InlineData("x ~ Normal(0, 1)")]
    [InlineData("x ~ Normal(0, 1) truncated (0, )")]
    [InlineData("x = \"not closed")]
    [InlineData("x = 1,")]
    [InlineData("x = (1 + 2]")]
    [InlineData("x = (1 + 2\ny ~ Normal(0, 1)")]
    [InlineData("x = (1 + 2\ninput N: count")]
    [InlineData("x = [1, 2;")]
    [InlineData("for i in (1..3 {")]
    [InlineData("}")]
    [InlineData("x = ) + (")]
    [InlineData("P(rain | wet)")]
    [InlineData("def f(a) { t = a }")]
    [InlineData("a b")]
    [InlineData("// nothing")]
    [InlineData("/// A model.\n\n")]
    public void What_is_complete_or_mistaken_does_not(string text) => Assert.False(EditedText.IsUnfinished(text));

    [Theory]
    [MemberData(nameof(ModelTexts.Examples), MemberType = typeof(ModelTexts))]
    public void A_model_is_unfinished_at_every_line_end_inside_of_brackets(string example)
    {
        var text = ModelTexts.Read(example);
        Assert.False(EditedText.IsUnfinished(text));
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
        {
            var cut = text[..end];
            if (IsOpen(cut)) Assert.True(EditedText.IsUnfinished(cut), cut);
        }
    }

    [Fact]
    public void What_the_parser_accepts_is_finished()
    {
        var accepted = 0;
        foreach (var text in ModelTexts.Edited(2000).Concat(Enumerable.Range(0, 500).Select(seed => Printer.Print(new RandomTrees(seed).File()))))
        {
            var isUnfinished = EditedText.IsUnfinished(text);
            if (!Parser.Parse(new SourceText("", text)).Success) continue;
            accepted++;
            Assert.False(isUnfinished, text);
        }
        Assert.InRange(accepted, 500, 2500);
    }

    private static bool IsOpen(string text)
    {
        var depth = 0;
        var tokens = Lexer.Read(new SourceText("", text));
        for (var i = 0; i < tokens.Last; i++)
            depth += tokens[i].Kind switch
            {
                TokenKind.LeftParenthesis or TokenKind.LeftBracket or TokenKind.LeftBrace => 1,
                TokenKind.RightParenthesis or TokenKind.RightBracket or TokenKind.RightBrace => -1,
                _ => 0,
            };
        return depth > 0;
    }
}
