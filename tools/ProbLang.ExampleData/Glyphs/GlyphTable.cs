using ProbLang.Numerics;

namespace ProbLang.ExampleData.Glyphs;

/// <summary>Pictures as data for a model, a row each.</summary>
public static class GlyphTable
{
    /// <summary>Black and white, so many pixels wide and high; and a table of what digits they are.</summary>
    public static (string Pixels, string Digits) Binary(int rows, int size, Philox source)
    {
        Table pixels = new(Columns(size)), digits = new(["digit"]);
        for (var i = 0; i < rows; i++)
        {
            var glyph = Glyph.Draw(size, ref source);
            pixels.Add(0, [.. glyph.Binary(ref source).Select(p => p ? 1.0 : 0)]);
            digits.Add(0, glyph.Digit);
        }
        return (pixels.ToString(), digits.ToString());
    }

    /// <summary>Grey, between 0 and 1, to three decimals: a level is 59 of these wide.</summary>
    public static string Grey(int rows, int size, Philox source)
    {
        var table = new Table(Columns(size));
        for (var i = 0; i < rows; i++)
        {
            var glyph = Glyph.Draw(size, ref source);
            table.Add(3, [.. glyph.Grey(ref source).Select(p => Math.Clamp(p, 0.001, 0.999))]);
        }
        return table.ToString();
    }

    private static string[] Columns(int size) => [.. Enumerable.Range(1, size * size).Select(d => $"x[{d}]")];
}
