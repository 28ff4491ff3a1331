namespace ProbLang.ExampleData.Glyphs;

/// <summary>Turns lines into ink on a square of pixels.</summary>
internal static class Rasteriser
{
    /// <summary>How much of each pixel is inked, from 0 to 1, row by row: by how far its middle is from the nearest line.</summary>
    public static double[] Ink(Point[][] lines, double pen, int size)
    {
        var ink = new double[size * size];
        for (var i = 0; i < ink.Length; i++)
        {
            var middle = new Point((i % size + 0.5) / size, (i / size + 0.5) / size);
            ink[i] = Math.Clamp(0.5 + size * (pen - Distance(middle, lines)), 0, 1);
        }
        return ink;
    }

    private static double Distance(Point point, Point[][] lines)
    {
        var nearest = double.PositiveInfinity;
        foreach (var line in lines)
            for (var i = 1; i < line.Length; i++) nearest = Math.Min(nearest, Distance(point, line[i - 1], line[i]));
        return nearest;
    }

    private static double Distance(Point point, Point from, Point to)
    {
        Point along = to - from, beside = point - from;
        var share = Math.Clamp(Point.Dot(beside, along) / Point.Dot(along, along), 0, 1);
        var off = beside - new Point(share * along.X, share * along.Y);
        return Math.Sqrt(Point.Dot(off, off));
    }
}
