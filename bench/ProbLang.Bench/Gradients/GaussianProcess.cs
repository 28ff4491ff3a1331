using ProbLang.Numerics;

namespace ProbLang.Bench;

/// <summary>Regression by a Gaussian process through 50 points: exponentiated quadratic and noise.</summary>
internal sealed class GaussianProcess : ScalarDensity
{
    private const string Text = """
        input N: count
        input x[N]: real
        rho ~ Gamma(25, 4)
        alpha ~ HalfNormal(2)
        sigma ~ HalfNormal(1)
        y ~ MvNormal(zeros(N), gp_exp_quad(x, alpha, rho) + sigma * identity(N))
        """;

    private const int N = 50;

    private readonly double[] _y;
    private readonly double[] _distances = new double[N * N];
    private readonly double[] _kernel = new double[N * N];
    private readonly double[] _factor = new double[N * N];
    private readonly double[] _inverse = new double[N * N];
    private readonly double[] _column = new double[N];
    private readonly double[] _weights = new double[N];

    private GaussianProcess(double[] x, double[] y) : base(["rho", "alpha", "sigma"])
    {
        _y = y;
        for (var i = 0; i < N; i++)
            for (var j = 0; j < i; j++) _distances[i * N + j] = (x[i] - x[j]) * (x[i] - x[j]);
    }

    public static GradientCase Case()
    {
        var random = new Philox(6, 0, 0);
        double[] x = new double[N], y = new double[N];
        for (var i = 0; i < N; i++)
        {
            x[i] = -10 + 20.0 * i / (N - 1);
            y[i] = 2 * Math.Sin(0.5 * x[i]) + 0.4 * random.NextNormal();
        }
        return new("GP N=50", Text, new { x, y }, new GaussianProcess(x, y));
    }

    /// <remarks>
    /// With K = L L', a = K⁻¹ y and M = L⁻¹, the gradient in K is ½ (a a' - M' M). It is symmetric: the part below the
    /// diagonal counts twice.
    /// </remarks>
    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        double rho = Math.Exp(position[0]), alpha = Math.Exp(position[1]), sigma = Math.Exp(position[2]);
        double variance = alpha * alpha, decay = 1 / (rho * rho);
        FillKernel(variance, decay, sigma);
        if (!Factorize(_factor, _column, out var logDeterminant)) return double.NegativeInfinity;
        Solve(_factor, _y, _weights);
        Invert(_factor, _inverse, _column);
        var (fit, gRho, gAlpha, gSigma) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < N; i++)
        {
            var a = _weights[i];
            fit += a * _y[i];
            for (var j = 0; j < i; j++)
            {
                var g = (a * _weights[j] - _inverse[i * N + j]) * _kernel[i * N + j];
                gAlpha += g;
                gRho += g * _distances[i * N + j];
            }
            var diagonal = 0.5 * (a * a - _inverse[i * N + i]);
            gAlpha += diagonal * variance;
            gSigma += diagonal;
        }
        gradient[0] = gRho * decay + 25 - 4 * rho;
        gradient[1] = 2 * gAlpha - variance / 4 + 1;
        gradient[2] = gSigma * sigma - sigma * sigma + 1;
        return 25 * position[0] - 4 * rho + position[1] + position[2] - 0.5 * (fit + logDeterminant + variance / 4 + sigma * sigma);
    }

    private void FillKernel(double variance, double decay, double sigma)
    {
        var half = -0.5 * decay;
        for (var i = 0; i < N; i++)
        {
            for (var at = i * N; at < i * N + i; at++) _factor[at] = _kernel[at] = variance * Math.Exp(half * _distances[at]);
            _factor[i * N + i] = variance + sigma;
        }
    }

    /// <summary>The lower triangle to its Cholesky factor, column by column: inner loops along rows, without chains of additions.</summary>
    private static bool Factorize(double[] a, double[] column, out double logDeterminant)
    {
        logDeterminant = 0;
        for (var j = 0; j < N; j++)
        {
            var pivot = a[j * N + j];
            if (!(pivot > 0)) return false;
            logDeterminant += Math.Log(pivot);
            var diagonal = Math.Sqrt(pivot);
            var scale = 1 / diagonal;
            a[j * N + j] = diagonal;
            for (var i = j + 1; i < N; i++) column[i] = a[i * N + j] *= scale;
            for (var i = j + 1; i < N; i++) Subtract(a.AsSpan(i * N + j + 1, i - j), column[i], column.AsSpan(j + 1, i - j));
        }
        return true;
    }

    /// <summary>x = (L L')⁻¹ b.</summary>
    private static void Solve(double[] l, double[] b, double[] x)
    {
        for (var i = 0; i < N; i++)
        {
            var row = l.AsSpan(i * N, i);
            var sum = b[i];
            for (var j = 0; j < row.Length; j++) sum -= row[j] * x[j];
            x[i] = sum / l[i * N + i];
        }
        for (var i = N - 1; i >= 0; i--)
        {
            x[i] /= l[i * N + i];
            Subtract(x.AsSpan(0, i), x[i], l.AsSpan(i * N, i));
        }
    }

    /// <summary>The lower triangle of (L L')⁻¹ = M' M, a row of M = L⁻¹ after the other; L is overwritten by M.</summary>
    private static void Invert(double[] l, double[] inverse, double[] row)
    {
        Array.Clear(inverse);
        for (var i = 0; i < N; i++)
        {
            row.AsSpan(0, i).Clear();
            for (var j = 0; j < i; j++) Subtract(row.AsSpan(0, j + 1), l[i * N + j], l.AsSpan(j * N, j + 1));
            var scale = 1 / l[i * N + i];
            for (var j = 0; j < i; j++) l[i * N + j] = row[j] * scale;
            l[i * N + i] = scale;
            for (var j = 0; j <= i; j++) Subtract(inverse.AsSpan(j * N, j + 1), -l[i * N + j], l.AsSpan(i * N, j + 1));
        }
    }

    /// <summary>y -= a x.</summary>
    private static void Subtract(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        x = x[..y.Length];
        for (var i = 0; i < y.Length; i++) y[i] -= a * x[i];
    }
}
