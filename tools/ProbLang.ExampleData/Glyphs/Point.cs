namespace ProbLang.ExampleData.Glyphs;

/// <summary>A place on the sheet: from left to right and from top to bottom, each from 0 to 1.</summary>
internal readonly record struct Point(double X, double Y)
{
    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

    public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y);

    public static double Dot(Point a, Point b) => a.X * b.X + a.Y * b.Y;
}
