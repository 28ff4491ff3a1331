using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

/// <summary>Models that are fitted, and the linear algebra of closed forms.</summary>
internal static class Fits
{
    public static Problem Condition(string model, object data)
    {
        var compilation = Model.Compile(model, new CompileOptions { Path = "model.gm" });
        Assert.True(compilation.Success, string.Join("\n", compilation.Diagnostics));
        return compilation.Model.Condition(Data.Of(data));
    }

    public static Fit Likelihood(string model, object data, MaximumLikelihood? engine = null) => Condition(model, data).Fit(engine ?? new MaximumLikelihood(), null, TestContext.Current.CancellationToken);

    public static Fit Mode(string model, object data) => Condition(model, data).Fit(new MaximumAPosteriori(), null, TestContext.Current.CancellationToken);

    public static void Near(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(expected - actual) <= relative * Math.Max(Math.Abs(expected), 1e-300), FormattableString.Invariant($"expected {expected:R}, got {actual:R}: off by {Math.Abs(actual / expected - 1):E1}"));

    /// <summary>A⁻¹ by Gauss and Jordan.</summary>
    public static double[,] Inverse(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var (a, inverse) = ((double[,])matrix.Clone(), new double[n, n]);
        for (var i = 0; i < n; i++) inverse[i, i] = 1;
        for (var c = 0; c < n; c++)
        {
            var pivot = c;
            for (var r = c + 1; r < n; r++) if (Math.Abs(a[r, c]) > Math.Abs(a[pivot, c])) pivot = r;
            for (var k = 0; k < n; k++)
            {
                (a[c, k], a[pivot, k]) = (a[pivot, k], a[c, k]);
                (inverse[c, k], inverse[pivot, k]) = (inverse[pivot, k], inverse[c, k]);
            }
            var scale = 1 / a[c, c];
            for (var k = 0; k < n; k++) (a[c, k], inverse[c, k]) = (a[c, k] * scale, inverse[c, k] * scale);
            for (var r = 0; r < n; r++)
            {
                if (r == c) continue;
                var factor = a[r, c];
                for (var k = 0; k < n; k++) (a[r, k], inverse[r, k]) = (a[r, k] - factor * a[c, k], inverse[r, k] - factor * inverse[c, k]);
            }
        }
        return inverse;
    }

    /// <summary>XᵀWX.</summary>
    public static double[,] Gram(double[][] x, Func<int, double> weight)
    {
        var p = x[0].Length;
        var gram = new double[p, p];
        for (var i = 0; i < x.Length; i++)
            for (var j = 0; j < p; j++)
                for (var k = 0; k < p; k++) gram[j, k] += weight(i) * x[i][j] * x[i][k];
        return gram;
    }

    /// <summary>Newton's method on a generalised linear model: the derivative of the log likelihood of a row by its linear predictor, and minus the second.</summary>
    public static (double[] Beta, double[,] Covariance) Regress(double[][] x, Func<int, double, double> slope, Func<int, double, double> weight, double start = 0)
    {
        var p = x[0].Length;
        var beta = new double[p];
        beta[0] = start;
        for (var iteration = 0; ; iteration++)
        {
            double Eta(int i) => x[i].Zip(beta, (a, b) => a * b).Sum();
            var covariance = Inverse(Gram(x, i => weight(i, Eta(i))));
            if (iteration == 60) return (beta, covariance);
            var score = new double[p];
            for (var i = 0; i < x.Length; i++)
                for (var k = 0; k < p; k++) score[k] += slope(i, Eta(i)) * x[i][k];
            beta = [.. beta.Select((b, j) => b + Enumerable.Range(0, p).Sum(k => covariance[j, k] * score[k]))];
        }
    }
}
