using FsCheck;
using FsCheck.Fluent;
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
    public void A_normal_name_stays_as_it_is() =>
        Prop.ForAll(Gen.ListOf(Gen.Choose(0x41, 0x2FFFF).Where(c => c is < 0xD800 or > 0xDFFF)).ToArbitrary(), characters =>
        {
            var once = Nfkc.Normalize(string.Concat(characters.Select(char.ConvertFromUtf32)));
            return Nfkc.Normalize(once) == once;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Two_spellings_of_a_name_are_one_name()
    {
        var file = Parser.Parse(new SourceText("a.gm", "\u00B5 ~ Normal(0, 1)\ny ~ Normal(\u03BC, 1)")).File;
        var defined = Assert.IsType<DefineStatement>(file.Statements[0]).Name.Text;
        var used = Assert.IsType<NameExpr>(Assert.IsType<CallExpr>(Assert.IsType<DefineStatement>(file.Statements[1]).Right).Arguments[0].Value).Name.Text;
        Assert.Equal(defined, used);
    }
}
