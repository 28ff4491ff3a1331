namespace ProbLang.Numerics;

/// <summary>Reduction of a matrix to a triangular one by reflections (Householder, 1958), which lose no accuracy to the squares of what is in it.</summary>
internal static class Householder
{
    /// <summary>Replaces A by R where A = Q R, the columns one after another, of <paramref name="rows"/> numbers each. What stands below the diagonal of the first columns means nothing afterwards.</summary>
    /// <param name="a">The matrix; those columns beyond <paramref name="pivots"/> are only carried along.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="pivots">How many columns become triangular.</param>
    public static void Triangularize(Span<double> a, int rows, int pivots)
    {
        var columns = a.Length / Math.Max(1, rows);
        for (var j = 0; j < Math.Min(pivots, rows); j++)
        {
            var v = a.Slice(j * rows + j, rows - j);
            var norm = Norm(v);
            if (norm == 0) continue;
            var diagonal = v[0] > 0 ? -norm : norm;
            v[0] -= diagonal;
            // vᵀv / 2, without squaring what may be far too small or large.
            var half = -diagonal * v[0];
            for (var k = j + 1; k < columns && half > 0; k++) Reflect(v, half, a.Slice(k * rows + j, rows - j));
            v[0] = diagonal;
        }
    }

    private static void Reflect(ReadOnlySpan<double> v, double half, Span<double> x)
    {
        var dot = 0.0;
        for (var i = 0; i < v.Length; i++) dot += v[i] * x[i];
        if (dot == 0) return;
        var factor = dot / half;
        for (var i = 0; i < v.Length; i++) x[i] -= factor * v[i];
    }

    private static double Norm(ReadOnlySpan<double> v)
    {
        var greatest = 0.0;
        foreach (var x in v) greatest = Math.Max(greatest, Math.Abs(x));
        if (greatest == 0 || !double.IsFinite(greatest)) return greatest;
        var sum = 0.0;
        foreach (var x in v) sum += x / greatest * (x / greatest);
        return greatest * Math.Sqrt(sum);
    }
}
