namespace ProbLang.ExampleData.Glyphs;

/// <summary>The lines that a pen draws for each of the digits.</summary>
internal static class Strokes
{
    public static Point[][] Of(int digit) => s_digits[digit];

    private static readonly Point[][][] s_digits =
    [
        [Arc(0.5, 0.5, 0.25, 0.37, 0, 360)],
        [Line((0.34, 0.27), (0.53, 0.12), (0.53, 0.88))],
        [[.. Arc(0.5, 0.34, 0.24, 0.21, 190, 385), .. Line((0.66, 0.5), (0.26, 0.87), (0.76, 0.87))]],
        [Arc(0.46, 0.31, 0.23, 0.19, 200, 450), Arc(0.46, 0.69, 0.26, 0.19, 270, 520)],
        [Line((0.62, 0.88), (0.62, 0.12), (0.22, 0.63), (0.8, 0.63))],
        [[.. Line((0.72, 0.13), (0.34, 0.13), (0.31, 0.48)), .. Arc(0.47, 0.66, 0.26, 0.22, 230, 505)]],
        [[.. Line((0.64, 0.12), (0.4, 0.36)), .. Arc(0.5, 0.66, 0.23, 0.22, 190, 550)]],
        [Line((0.24, 0.14), (0.76, 0.14), (0.42, 0.88))],
        [Arc(0.5, 0.31, 0.19, 0.18, 0, 360), Arc(0.5, 0.69, 0.24, 0.19, 0, 360)],
        [Arc(0.48, 0.34, 0.22, 0.21, 0, 360), Line((0.7, 0.34), (0.66, 0.62), (0.5, 0.88))],
    ];

    private static Point[] Line(params ReadOnlySpan<(double X, double Y)> points)
    {
        var line = new Point[points.Length];
        for (var i = 0; i < line.Length; i++) line[i] = new(points[i].X, points[i].Y);
        return line;
    }

    /// <summary>A part of an ellipse, in degrees from the right and then downwards.</summary>
    private static Point[] Arc(double x, double y, double radiusX, double radiusY, double from, double to)
    {
        const int steps = 16;
        var arc = new Point[steps + 1];
        for (var i = 0; i <= steps; i++)
        {
            var (sine, cosine) = Math.SinCos((from + (to - from) * i / steps) * Math.PI / 180);
            arc[i] = new(x + radiusX * cosine, y + radiusY * sine);
        }
        return arc;
    }
}
