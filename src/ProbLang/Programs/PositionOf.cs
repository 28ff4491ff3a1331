using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>The coordinates that stand for values: the transforms to the unconstrained scale, backwards.</summary>
internal static class PositionOf
{
    /// <summary>A value at its bound is this far from it in coordinates: near enough to mean the bound, and near enough to come back.</summary>
    private const double Farthest = 15;

    /// <summary>Where every exponential has ended.</summary>
    private const double End = 746;

    /// <summary>Writes the coordinates of a block.</summary>
    /// <param name="block">The block; all its cells are in <paramref name="cells"/>.</param>
    /// <param name="cells">Computes the values of cells of a position.</param>
    /// <param name="offset">The place of the block's first cell among those.</param>
    /// <param name="values">The values of the block's cells.</param>
    /// <param name="position">The position, of which the block's coordinates are written.</param>
    public static void Write(LatentBlock block, CellProgram cells, int offset, ReadOnlySpan<double> values, double[] position)
    {
        if (block.Transform is not { } transform)
        {
            WriteScalars(block, cells, offset, values, position);
            return;
        }
        for (var e = 0; e < block.Events; e++)
            Inverse(transform, values.Slice(e * transform.EventSize, transform.EventSize), position.AsSpan(block.Offset + e * transform.Dimension, transform.Dimension));
    }

    /// <summary>What bounds a cell shows at the ends of its coordinate; the bound may be a cell before it, which then is right already.</summary>
    private static void WriteScalars(LatentBlock block, CellProgram cells, int offset, ReadOnlySpan<double> values, double[] position)
    {
        double[] low = new double[cells.Count], high = new double[cells.Count];
        var coordinates = position.AsSpan(block.Offset, block.Dimension);
        // Sorted elements bound each other, one after the other.
        var passes = block.Definition.Definition.Distribution is Graph.OrderedDistribution ? block.Definition.BlockShape[^1] : 1;
        for (var pass = 0; pass < passes; pass++)
        {
            var kept = coordinates.ToArray();
            coordinates.Fill(-End);
            if (pass > 0) Keep(kept, coordinates, pass, passes);
            cells.Compute(position, low);
            coordinates.Fill(End);
            if (pass > 0) Keep(kept, coordinates, pass, passes);
            cells.Compute(position, high);
            kept.CopyTo(coordinates);
            for (var i = pass; i < coordinates.Length; i += passes) coordinates[i] = Coordinate(values[i], low[offset + i], high[offset + i]);
        }
    }

    private static void Keep(double[] kept, Span<double> coordinates, int pass, int passes)
    {
        for (var i = 0; i < coordinates.Length; i++)
            if (i % passes < pass) coordinates[i] = kept[i];
    }

    private static double Coordinate(double value, double low, double high)
    {
        // Without bounds a value is its coordinate.
        if (low == -End && high == End) return value;
        var q = double.IsPositiveInfinity(high) ? Math.Log(value - low)
            : double.IsNegativeInfinity(high) ? Math.Log(low - value)
            : Math.Log((value - low) / (high - value));
        return double.IsNaN(q) ? -Farthest : Math.Clamp(q, -Farthest, Math.Max(Farthest, double.IsFinite(high) ? Farthest : End));
    }

    private static void Inverse(EventTransform transform, ReadOnlySpan<double> x, Span<double> y)
    {
        var k = transform.Size;
        switch (transform)
        {
            case SimplexTransform:
                var rest = 1.0;
                for (var i = 0; i < k - 1; i++)
                {
                    y[i] = Clamped(Math.Log(x[i] / (rest - x[i])) + Math.Log(k - 1 - i));
                    rest = Math.Max(rest - x[i], 0);
                }
                break;
            case CovarianceTransform { IsProduct: var isProduct }:
                var factor = isProduct ? Factor(x, k) : x.ToArray();
                for (int i = 0, at = 0; i < k; i++)
                    for (var j = 0; j <= i; j++) y[at++] = i == j ? Clamped(Math.Log(factor[i * k + i])) : factor[i * k + j];
                break;
            case CorrelationTransform { IsProduct: var isMatrix }:
                var rows = isMatrix ? Factor(x, k) : x.ToArray();
                for (int i = 1, at = 0; i < k; i++)
                {
                    var left = 1.0;
                    for (var j = 0; j < i; j++)
                    {
                        var partial = rows[i * k + j] / Math.Sqrt(left);
                        y[at++] = Clamped(Math.Atanh(partial));
                        left = Math.Max(left - rows[i * k + j] * rows[i * k + j], 0);
                    }
                }
                break;
            case DirectionTransform:
                for (var i = 0; i < k - 1; i++) y[i] = x[i] / Math.Max(1 - x[k - 1], 1e-8);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(transform.GetType().Name);
        }
    }

    private static double Clamped(double q) => double.IsNaN(q) ? Farthest : Math.Clamp(q, -Farthest, Farthest);

    /// <summary>The lower Cholesky factor.</summary>
    private static double[] Factor(ReadOnlySpan<double> x, int k)
    {
        var factor = new double[k * k];
        for (var i = 0; i < k; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = x[i * k + j];
                for (var c = 0; c < j; c++) sum -= factor[i * k + c] * factor[j * k + c];
                factor[i * k + j] = i == j ? Math.Sqrt(Math.Max(sum, 0)) : factor[j * k + j] > 0 ? sum / factor[j * k + j] : 0;
            }
        return factor;
    }
}
