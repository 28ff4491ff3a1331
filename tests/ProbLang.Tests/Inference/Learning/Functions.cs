using ProbLang.Inference;

namespace ProbLang.Tests.Inference.Learning;

/// <summary>A smooth function from a delegate.</summary>
internal sealed class SmoothFunction(int dimension, SmoothFunction.Function function) : ISmoothFunction
{
    public delegate double Function(ReadOnlySpan<double> x, Span<double> g);

    public int Dimension => dimension;

    public double Evaluate(ReadOnlySpan<double> position, Span<double> gradient) => function(position, gradient);
}

internal static class Functions
{
    /// <summary>Σ 100 (x[i+1] - x[i]²)² + (1 - x[i])², with its minimum 0 at 1.</summary>
    public static ISmoothFunction Rosenbrock(int n) => new SmoothFunction(n, (x, g) =>
    {
        g.Clear();
        var sum = 0.0;
        for (var i = 0; i + 1 < n; i++)
        {
            double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
            sum += 100 * a * a + b * b;
            g[i] += -400 * x[i] * a - 2 * b;
            g[i + 1] += 200 * a;
        }
        return sum;
    });

    /// <summary>½ Σ scale[i] (x[i] - i)².</summary>
    public static ISmoothFunction Bowl(params double[] scales) => new SmoothFunction(scales.Length, (x, g) =>
    {
        var sum = 0.0;
        for (var i = 0; i < scales.Length; i++)
        {
            g[i] = scales[i] * (x[i] - i);
            sum += 0.5 * g[i] * (x[i] - i);
        }
        return sum;
    });
}
