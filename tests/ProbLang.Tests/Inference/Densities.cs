using ProbLang.Programs;

namespace ProbLang.Tests.Inference;

/// <summary>A density from a function; stateless, so that every thread may share it.</summary>
internal sealed class FunctionDensity(int dimension, FunctionDensity.Function function) : LogDensity
{
    public delegate double Function(ReadOnlySpan<double> q, Span<double> g);

    public override int Dimension => dimension;

    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient) => function(position, gradient);

    public override LogDensity Fork() => this;
}

internal static class Densities
{
    /// <summary>Independent normals with mean i and the given sds.</summary>
    public static LogDensity Independent(params double[] sds) => new FunctionDensity(sds.Length, (q, g) =>
    {
        var sum = 0.0;
        for (var i = 0; i < sds.Length; i++)
        {
            var z = (q[i] - i) / sds[i];
            sum += z * z;
            g[i] = -z / sds[i];
        }
        return -0.5 * sum;
    });

    /// <summary>A stationary AR(1) Gaussian with unit variances: correlation r^|i-j|, mean 0.</summary>
    public static LogDensity Chained(int n, double r) => new FunctionDensity(n, (q, g) =>
    {
        g.Clear();
        var precision = 1 / (1 - r * r);
        var sum = q[0] * q[0];
        g[0] = -q[0];
        for (var i = 1; i < n; i++)
        {
            var e = q[i] - r * q[i - 1];
            sum += e * e * precision;
            g[i] -= e * precision;
            g[i - 1] += r * e * precision;
        }
        return -0.5 * sum;
    });

    /// <summary>Neal's funnel: v ~ Normal(0, 3), x[i] ~ Normal(0, exp(v / 2)).</summary>
    public static LogDensity Funnel(int n) => new FunctionDensity(n + 1, (q, g) =>
    {
        var v = q[0];
        var precision = Math.Exp(-v);
        var squares = 0.0;
        for (var i = 1; i <= n; i++)
        {
            squares += q[i] * q[i];
            g[i] = -q[i] * precision;
        }
        g[0] = -v / 9 - 0.5 * n + 0.5 * squares * precision;
        return -v * v / 18 - 0.5 * n * v - 0.5 * squares * precision;
    });

    /// <summary>x ~ Normal(0, 1), y ~ Normal(x², 1).</summary>
    public static LogDensity Banana() => new FunctionDensity(2, (q, g) =>
    {
        var e = q[1] - q[0] * q[0];
        g[0] = -q[0] + 2 * e * q[0];
        g[1] = -e;
        return -0.5 * (q[0] * q[0] + e * e);
    });
}

internal static class DensityExtensions
{
    /// <summary>The density with further, standard normal coordinates.</summary>
    public static LogDensity Widened(this LogDensity density, int dimension) => new FunctionDensity(dimension, (q, g) =>
    {
        var n = density.Dimension;
        var sum = density.Evaluate(q[..n], g[..n]);
        for (var i = n; i < q.Length; i++)
        {
            sum -= 0.5 * q[i] * q[i];
            g[i] = -q[i];
        }
        return sum;
    });
}
