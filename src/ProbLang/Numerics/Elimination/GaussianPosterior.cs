using ProbLang.Limits;

namespace ProbLang.Numerics;

/// <summary>
/// A normal distribution of many unknowns by the triangular factor R of its precision Rᵀ R. Unknowns that are connected in R have their
/// covariance at once (Takahashi, Fagan and Chen, 1973); that of others takes a solution.
/// </summary>
internal sealed class GaussianPosterior
{
    /// <summary>Up to so many unknowns above it, the variance of a sum is found by a solution rather than from covariances, which may cancel.</summary>
    private const int ShortWay = 512;

    private readonly int[] _position;
    private readonly int[][] _above;
    private readonly double[][] _factor;
    private readonly double[] _diagonal;
    private readonly double[] _means;
    private readonly int[] _depth;
    private readonly Once<(double[] Variances, double[][] Covariances)> _covariances;

    public GaussianPosterior(int[] order, int[] position, int[][] above, double[][] factor, double[] diagonal, double[] right, double squares, int improper)
    {
        (_position, _above, _factor, _diagonal, Improper) = (position, above, factor, diagonal, improper);
        (_means, _depth) = (new double[order.Length], new int[order.Length]);
        var log = -0.5 * squares + order.Length * HalfLogTwoPi;
        for (var k = order.Length - 1; k >= 0; k--)
        {
            var sum = right[k];
            for (var j = 0; j < above[k].Length; j++) sum -= factor[k][j] * _means[above[k][j]];
            _means[k] = sum / diagonal[k];
            _depth[k] = above[k].Length == 0 ? 0 : 1 + _depth[above[k][0]];
            log -= Math.Log(Math.Abs(diagonal[k]));
        }
        LogIntegral = log;
        _covariances = new(Covariances);
    }

    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>The log of the integral of exp(-½ Σ (row - mean)²) over all unknowns.</summary>
    public double LogIntegral { get; }

    /// <summary>An unknown of which the rows say too little, so that the integral diverges; -1 where there is none.</summary>
    public int Improper { get; }

    public double Mean(int unknown) => _means[_position[unknown]];

    public double Variance(int unknown) => _covariances.Value.Variances[_position[unknown]];

    /// <summary>The variance of Σ coefficient × unknown.</summary>
    public double Variance(ReadOnlySpan<int> unknowns, ReadOnlySpan<double> coefficients)
    {
        if (unknowns.Length == 1) return coefficients[0] * coefficients[0] * Variance(unknowns[0]);
        var depth = 0;
        foreach (var unknown in unknowns) depth = Math.Max(depth, _depth[_position[unknown]]);
        return depth > ShortWay && FromCovariances(unknowns, coefficients) is { } variance ? variance : BySolution(unknowns, coefficients);
    }

    /// <summary>The mean of Σ coefficient × unknown.</summary>
    public double Mean(ReadOnlySpan<int> unknowns, ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var i = 0; i < unknowns.Length; i++) sum += coefficients[i] * Mean(unknowns[i]);
        return sum;
    }

    private double? FromCovariances(ReadOnlySpan<int> unknowns, ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var i = 0; i < unknowns.Length; i++)
        {
            sum += coefficients[i] * coefficients[i] * Variance(unknowns[i]);
            for (var j = 0; j < i; j++)
            {
                var (k, above) = (_position[unknowns[i]], _position[unknowns[j]]);
                if (k > above) (k, above) = (above, k);
                if (Array.BinarySearch(_above[k], above) is not (>= 0 and var place)) return null;
                sum += 2 * coefficients[i] * coefficients[j] * _covariances.Value.Covariances[k][place];
            }
        }
        return sum;
    }

    /// <summary>The squared length of u in Rᵀ u = coefficients, along the unknowns that are above those of the sum.</summary>
    private double BySolution(ReadOnlySpan<int> unknowns, ReadOnlySpan<double> coefficients)
    {
        var open = new SortedDictionary<int, double>();
        for (var i = 0; i < unknowns.Length; i++) open[_position[unknowns[i]]] = open.GetValueOrDefault(_position[unknowns[i]]) + coefficients[i];
        var squares = 0.0;
        while (open.Count > 0)
        {
            var (k, rest) = open.First();
            open.Remove(k);
            var u = rest / _diagonal[k];
            squares += u * u;
            for (var j = 0; u != 0 && j < _above[k].Length; j++) open[_above[k][j]] = open.GetValueOrDefault(_above[k][j]) - u * _factor[k][j];
        }
        return squares;
    }

    private (double[] Variances, double[][] Covariances) Covariances()
    {
        var (variances, covariances) = (new double[_diagonal.Length], new double[_diagonal.Length][]);
        for (var k = _diagonal.Length - 1; k >= 0; k--)
        {
            var (above, factor) = (_above[k], _factor[k]);
            var own = covariances[k] = new double[above.Length];
            for (var i = 0; i < above.Length; i++)
            {
                own[i] -= factor[i] * variances[above[i]];
                // What is above this unknown is connected, so it is found in order.
                for (int j = i + 1, at = 0; j < above.Length; j++, at++)
                {
                    while (_above[above[i]][at] != above[j]) at++;
                    var covariance = covariances[above[i]][at];
                    own[i] -= factor[j] * covariance;
                    own[j] -= factor[i] * covariance;
                }
            }
            var variance = 1 / (_diagonal[k] * _diagonal[k]);
            for (var i = 0; i < above.Length; i++)
            {
                own[i] /= _diagonal[k];
                variance -= factor[i] * own[i] / _diagonal[k];
            }
            variances[k] = variance;
        }
        return (variances, covariances);
    }
}
