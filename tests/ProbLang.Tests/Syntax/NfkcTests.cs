using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Syntax;

public class NfkcTests
{
    [Theory]
    [InlineData("mu", "mu")]
    [InlineData("\u00B5", "\u03BC")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\uFF4D\uFF55", "mu")]
    [InlineData("\uFB01t", "fit")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u03D5", "\u03C6")]
    [InlineData("\U0001D6CD", "\u03BC")]
    [InlineData("a\u0323\u0302", "\u1EAD")]
    [InlineData("a\u0302\u0323", "\u1EAD")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("\uD55C", "\uD55C")]
    [InlineData("\u1E9B\u0323", "\u1E69")]
    [InlineData("\uFF76\uFF9E", "\u30AC")]
    public void A_name_has_one_form_however_it_is_typed(string typed, string normal) => Assert.Equal(normal, Nfkc.Normalize(typed));

    [Fact]
    public void A_normal_name_stays_as_it_is()
    {
        var random = new Random(1);
        for (var i = 0; i < 5000; i++)
        {
            var typed = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => Character(random)));
            var normal = Nfkc.Normalize(typed);
            Assert.Equal(normal, Nfkc.Normalize(normal));
        }
    }

    /// <summary>Half of them marks and jamo, where the order and the neighbours matter.</summary>
    private static string Character(Random random)
    {
        var c = random.Next(4) switch
        {
            0 => random.Next(0x41, 0x250),
            1 => random.Next(0x300, 0x370),
            2 => random.Next(0x1100, 0x1200),
            _ => random.Next(0x41, 0x30000),
        };
        return c is >= 0xD800 and <= 0xDFFF ? "\uD55C" : char.ConvertFromUtf32(c);
    }

    [Fact]
    public void Two_spellings_of_a_name_are_one_name()
    {
        var file = Parser.Parse(new SourceText("a.gm", "\u00B5 ~ Normal(0, 1)\ny ~ Normal(\u03BC, 1)")).File;
        var defined = Assert.IsType<DefineStatement>(file.Statements[0]).Name.Text;
        var used = Assert.IsType<NameExpr>(Assert.IsType<CallExpr>(Assert.IsType<DefineStatement>(file.Statements[1]).Right).Arguments[0].Value).Name.Text;
        Assert.Equal(defined, used);
    }
}
