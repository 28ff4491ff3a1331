using ProbLang.Numerics;

namespace ProbLang.ExampleData.Glyphs;

/// <summary>How a digit is written this time: where, how large, how slanted, and with what pen.</summary>
internal sealed record Hand(Point Shift, double Width, double Height, double Slant, double Angle, double Pen)
{
    public static Hand Draw(ref Philox source) => new(
        new(0.04 * source.NextNormal(), 0.04 * source.NextNormal()),
        0.85 + 0.3 * source.NextDouble(),
        0.85 + 0.2 * source.NextDouble(),
        0.18 * source.NextNormal(),
        0.08 * source.NextNormal(),
        0.055 + 0.035 * source.NextDouble());

    /// <summary>Where the pen is when it means to be at a point.</summary>
    public Point At(Point meant)
    {
        double y = Height * (meant.Y - 0.5), x = Width * (meant.X - 0.5) - Slant * y;
        var (sine, cosine) = Math.SinCos(Angle);
        return new Point(0.5 + x * cosine - y * sine, 0.5 + x * sine + y * cosine) + Shift;
    }
}
