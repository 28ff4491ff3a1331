using ProbLang.Limits;

namespace ProbLang.Inference;

/// <summary>The second derivatives of a function at a position, by differences of its gradient.</summary>
internal sealed class Hessian
{
    /// <summary>A second derivative that is not so much larger than its error may be 0: then its coordinate has no scale of its own.</summary>
    private const double Distinct = 1e6;

    private Hessian(double[] values, double[] errors, int dimension)
    {
        (Dimension, Values, Units) = (dimension, values, new double[dimension]);
        for (var i = 0; i < dimension; i++)
        {
            var curvature = Math.Max(Math.Abs(this[i, i]), Distinct * errors[i * dimension + i]);
            Units[i] = curvature > 0 ? 1 / Math.Sqrt(curvature) : 1;
        }
        for (var i = 0; i < errors.Length; i++) Error = Math.Max(Error, errors[i] * Units[i / dimension] * Units[i % dimension]);
    }

    public int Dimension { get; }

    /// <summary>The matrix, row-major and symmetric; NaN where the gradient is not finite nearby.</summary>
    public double[] Values { get; }

    /// <summary>The unit of each coordinate in which its own second derivative is one, or 0.</summary>
    public double[] Units { get; }

    /// <summary>The largest estimated error of an element, in these units; NaN where the matrix is.</summary>
    public double Error { get; }

    public double this[int row, int column] => Values[row * Dimension + column];

    /// <summary>About fourteen gradients a coordinate.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Hessian Of(ISmoothFunction function, ReadOnlySpan<double> position, CancellationToken cancellation = default)
    {
        var n = function.Dimension;
        var column = new HessianColumn(function, position);
        Budget.Current.Take(2.0 * n * n * sizeof(double), "the matrix of second derivatives");
        double[] values = new double[n * n], errors = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Budget.Current.Check();
            column.Differentiate(i, values.AsSpan(i * n, n), errors.AsSpan(i * n, n));
        }
        Symmetrize(values, errors, n);
        return new Hessian(values, errors, n);
    }

    private static void Symmetrize(double[] values, double[] errors, int n)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                double a = values[i * n + j], b = values[j * n + i];
                values[i * n + j] = values[j * n + i] = 0.5 * (a + b);
                errors[i * n + j] = errors[j * n + i] = Math.Max(Math.Max(errors[i * n + j], errors[j * n + i]), 0.5 * Math.Abs(a - b));
            }
        }
    }
}
