using ProbLang.Numerics;

namespace ProbLang.ExampleData.Glyphs;

/// <summary>A picture of a digit, such as a hand may write it.</summary>
/// <param name="Digit">From 0 to 9.</param>
/// <param name="Ink">From 0 to 1, row by row.</param>
public sealed record Glyph(int Digit, double[] Ink)
{
    /// <summary>How likely a pixel of a binary picture is to be turned over: no model can foretell this.</summary>
    public const double Speckle = 0.01;

    /// <summary>The bits a pixel that the speckles alone cost: the entropy of a binary picture is greater than this.</summary>
    public static double SpeckleBits => -Speckle * Math.Log2(Speckle) - (1 - Speckle) * Math.Log2(1 - Speckle);

    /// <summary>A digit, each equally likely, on a square of pixels.</summary>
    public static Glyph Draw(int size, ref Philox source)
    {
        var digit = (int)(10 * source.NextDouble());
        var hand = Hand.Draw(ref source);
        Point[][] lines = [.. Strokes.Of(digit).Select(line => line.Select(hand.At).ToArray())];
        return new(digit, Rasteriser.Ink(lines, hand.Pen, size));
    }

    /// <summary>Black or white, with speckles.</summary>
    public bool[] Binary(ref Philox source)
    {
        var pixels = new bool[Ink.Length];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = Ink[i] > 0.5 ^ source.NextDouble() < Speckle;
        return pixels;
    }

    /// <summary>Levels from 0 to 16, with a uniform part of a level added and divided by 17: numbers between 0 and 1 that have a density.</summary>
    public double[] Grey(ref Philox source)
    {
        var pixels = new double[Ink.Length];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (Math.Round(16 * Ink[i]) + source.NextDouble()) / 17;
        return pixels;
    }
}
