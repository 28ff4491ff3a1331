using System.Collections.Immutable;
using ProbLang.Distributions;
using ProbLang.FactorGraphs;

namespace ProbLang.Results;

/// <summary>The distribution of one element of a Wishart matrix. With S the inverse of the rate, the matrix is a sum of outer products of normal vectors with covariance S / 2, twice the shape in number.</summary>
internal static class WishartElement
{
    public static Marginal Of(WishartBelief belief, int component)
    {
        var side = (int)Math.Round(Math.Sqrt(belief.Rate.Length));
        var (row, column) = Math.DivRem(component, side);
        var (rows, columns) = (Column(belief.Rate, side, row), Column(belief.Rate, side, column));
        if (row == column) return new CatalogMarginal(new Gamma(), 0, [belief.Shape, 1 / rows[row]]);
        var (scale, cross) = (Math.Sqrt(rows[row] * columns[column]), rows[column]);
        return new GammaDifferenceMarginal(belief.Shape, 0.5 * (scale + cross), 0.5 * (scale - cross));
    }

    /// <summary>A column of the inverse of a symmetric positive definite matrix, by Gauss and Jordan's elimination.</summary>
    private static double[] Column(ImmutableArray<double> matrix, int side, int column)
    {
        var work = matrix.ToArray();
        var x = new double[side];
        x[column] = 1;
        for (var pivot = 0; pivot < side; pivot++)
        {
            for (var row = 0; row < side; row++)
            {
                if (row == pivot) continue;
                var factor = work[row * side + pivot] / work[pivot * side + pivot];
                for (var k = pivot; k < side; k++) work[row * side + k] -= factor * work[pivot * side + k];
                x[row] -= factor * x[pivot];
            }
        }
        for (var row = 0; row < side; row++) x[row] /= work[row * side + row];
        return x;
    }
}
