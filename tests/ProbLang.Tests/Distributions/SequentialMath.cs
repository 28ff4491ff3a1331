using ProbLang.Numerics;

namespace ProbLang.Tests.Distributions;

/// <summary>Array mathematics in any scalar algebra whose values can be looked at, by the plainest loops.</summary>
internal sealed class SequentialMath<T>(Func<T, double> value) : IArrayMath<T> where T : IReal<T>
{
    public Arr<T> Vector(params T[] elements) => new([elements.Length], index => elements[(int)value(index[0])]);

    public Arr<T> Matrix(int n, params T[] elements) => new([n, n], index => elements[(int)value(index[0]) * n + (int)value(index[1])]);

    public T Sum(int n, Func<T, T> body)
    {
        T sum = 0.0;
        for (var i = 0; i < n; i++) sum += body(i);
        return sum;
    }

    public T Max(int n, Func<T, T> body)
    {
        T max = double.NegativeInfinity;
        for (var i = 0; i < n; i++) max = RealMath.Maximum(max, body(i));
        return max;
    }

    public T LogSumExp(int n, Func<T, T> body)
    {
        var max = T.Constant(Max(n, body));
        return max + RealMath.Log(Sum(n, i => RealMath.Exp(body(i) - max)));
    }

    /// <summary>By elimination: the pivots of [A | x] give both log |A| and xᵀ A⁻¹ x.</summary>
    public T MvNormalLogDensity(Arr<T> x, Arr<T> mean, Arr<T> matrix, MatrixForm form)
    {
        var n = mean.Length;
        Arr<T> covariance = form != MatrixForm.Cholesky ? matrix : new Arr<T>([n, n], ij => Sum(n, k => matrix[ij[0], k] * matrix[ij[1], k]));
        if (form == MatrixForm.Precision)
        {
            var quadratic = Sum(n, i => Sum(n, j => (x[i] - mean[i]) * matrix[i, j] * (x[j] - mean[j])));
            return -0.5 * quadratic + 0.5 * Eliminate(matrix, n, i => 0.0).LogDeterminant - 0.5 * n * Math.Log(2 * Math.PI);
        }
        var (logDeterminant, square) = Eliminate(covariance, n, i => x[i] - mean[i]);
        return -0.5 * square - 0.5 * logDeterminant - 0.5 * n * Math.Log(2 * Math.PI);
    }

    public T LogDeterminant(Arr<T> matrix) => Eliminate(matrix, matrix.Length, _ => 0.0).LogDeterminant;

    public (T LogDeterminant, T SquaredDistance) Mahalanobis(Arr<T> x, Arr<T> location, Arr<T> scale) => Eliminate(scale, scale.Length, i => x[i] - location[i]);

    /// <summary>By polarisation: with u and v the unit vector and the column of A, uᵀ S⁻¹ v is a quarter of |u + v|² less |u - v|², in the norm of S⁻¹.</summary>
    public (T LogDeterminant, T Trace) TraceOfQuotient(Arr<T> divisor, Arr<T> matrix)
    {
        var n = matrix.Length;
        T trace = 0.0;
        for (var i = 0; i < n; i++)
        {
            var at = i;
            T Unit(int j) => j == at ? 1.0 : 0.0;
            var sum = Eliminate(divisor, n, j => Unit(j) + matrix[j, at]).Square;
            var difference = Eliminate(divisor, n, j => Unit(j) - matrix[j, at]).Square;
            trace += 0.25 * (sum - difference);
        }
        return (LogDeterminant(divisor), trace);
    }

    private static (T LogDeterminant, T Square) Eliminate(Arr<T> matrix, int n, Func<int, T> right)
    {
        var a = new T[n, n];
        var b = new T[n];
        for (var i = 0; i < n; i++)
        {
            b[i] = right(i);
            for (var j = 0; j < n; j++) a[i, j] = matrix[i, j];
        }
        T logDeterminant = 0.0, square = 0.0;
        for (var k = 0; k < n; k++)
        {
            logDeterminant += RealMath.Log(a[k, k]);
            square += b[k] * b[k] / a[k, k];
            for (var i = k + 1; i < n; i++)
            {
                var factor = a[i, k] / a[k, k];
                for (var j = k; j < n; j++) a[i, j] -= factor * a[k, j];
                b[i] -= factor * b[k];
            }
        }
        return (logDeterminant, square);
    }
}
