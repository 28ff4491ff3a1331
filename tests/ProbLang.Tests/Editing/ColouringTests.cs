using System.Text;
using ProbLang.Editing;
using Xunit;

namespace ProbLang.Tests.Editing;

public class ColouringTests
{
    [Theory]
    [InlineData("mu ~ Normal(0, 1)", "Name mu|Operator ~|Distribution Normal|Operator (|Number 0|Operator ,|Number 1|Operator )")]
    [InlineData("input J: count", "Keyword input|Name J|Operator :|Type count")]
    [InlineData("w: ordered(3) ~ Flat()", "Name w|Operator :|Type ordered|Operator (|Number 3|Operator )|Operator ~|Distribution Flat|Operator (|Operator )")]
    [InlineData("x = exp(mean: count)", "Name x|Operator =|Function exp|Operator (|Name mean|Operator :|Name count|Operator )")]
    [InlineData("x ~ Mixture(w, y) ordered", "Name x|Operator ~|Distribution Mixture|Operator (|Name w|Operator ,|Name y|Operator )|Keyword ordered")]
    [InlineData("def Step(a) = a\ny ~ Step(1)", "Keyword def|Function Step|Operator (|Name a|Operator )|Operator =|Name a|Name y|Operator ~|Function Step|Operator (|Number 1|Operator )")]
    [InlineData("net f = mlp(8) y = f(x) ", "Keyword net|Function f|Operator =|Function mlp|Operator (|Number 8|Operator )|Name y|Operator =|Function f|Operator (|Name x|Operator )")]
    [InlineData("x = unknown(true)", "Name x|Operator =|Name unknown|Operator (|Number true|Operator )")]
    [InlineData("/// says\n//// no\nx=1 // and", "Documentation /// says|Comment //// no|Name x|Operator =|Number 1|Comment // and")]
    [InlineData("given x = \"low\"", "Keyword given|Name x|Operator =|Text \"low\"")]
    [InlineData("x = 1x $$ \"open", "Name x|Operator =|Mistake 1x|Mistake $$|Mistake \"open")]
    [InlineData("# one\nx /* two", "Mistake # one|Name x|Mistake /* two")]
    [InlineData("", "")]
    public void A_text_has_the_colours_of_its_words(string text, string colours) =>
        Assert.Equal(colours, string.Join('|', EditedText.Colours(text).Select(s => $"{s.Colour} {text.Substring(s.Start, s.Length)}")));

    [Theory]
    [MemberData(nameof(ModelTexts.Examples), MemberType = typeof(ModelTexts))]
    public void What_is_not_coloured_of_a_model_is_blank(string example)
    {
        var text = ModelTexts.Read(example);
        var spans = EditedText.Colours(text);
        Assert.DoesNotContain(spans, s => s.Colour == TextColour.Mistake);
        Assert.Equal("", Uncoloured(text, spans).Trim());
    }

    [Fact]
    public void Whatever_the_text_the_pieces_are_in_order_apart_and_within_it()
    {
        foreach (var text in ModelTexts.Edited(3000))
        {
            var end = 0;
            foreach (var span in EditedText.Colours(text))
            {
                Assert.True(span.Length > 0 && span.Start >= end, text);
                end = span.Start + span.Length;
            }
            Assert.True(end <= text.Length, text);
            Assert.True(string.IsNullOrWhiteSpace(Uncoloured(text, EditedText.Colours(text))), text);
        }
    }

    private static string Uncoloured(string text, IEnumerable<ColouredSpan> spans)
    {
        var rest = new StringBuilder(text);
        foreach (var span in spans.Reverse()) rest.Remove(span.Start, span.Length);
        return rest.ToString();
    }
}
