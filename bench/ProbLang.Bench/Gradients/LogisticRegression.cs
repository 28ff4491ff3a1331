using ProbLang.Numerics;

namespace ProbLang.Bench;

/// <summary>Logistic regression of 1000 rows on 20 columns.</summary>
internal sealed class LogisticRegression : ScalarDensity
{
    private const string Text = """
        input N: count
        input D: count
        input X[N, D]: real
        alpha ~ Normal(0, 5)
        beta ~ Normal(0, 2.5) ^ D
        y ~ Bernoulli(logit: alpha + X @ beta)
        """;

    private const int N = 1000;
    private const int D = 20;

    private readonly double[] _x;
    private readonly double[] _y;

    private LogisticRegression(double[] x, double[] y) : base(["alpha", .. Elements("beta", D)]) => (_x, _y) = (x, y);

    public static GradientCase Case()
    {
        var random = new Philox(2, 0, 0);
        var columns = new double[N, D];
        double[] x = new double[N * D], y = new double[N], beta = new double[D];
        for (var j = 0; j < D; j++) beta[j] = 0.5 * random.NextNormal();
        for (var i = 0; i < N; i++)
        {
            var eta = 0.3;
            for (var j = 0; j < D; j++)
            {
                columns[i, j] = x[i * D + j] = random.NextNormal();
                eta += x[i * D + j] * beta[j];
            }
            y[i] = random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0;
        }
        return new("logistic regression 1000x20", Text, new { X = columns, y }, new LogisticRegression(x, y));
    }

    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        var alpha = position[0];
        var beta = position.Slice(1, D);
        var gBeta = gradient.Slice(1, D);
        gBeta.Clear();
        double logLikelihood = 0, gAlpha = 0;
        double[] x = _x, y = _y;
        for (var i = 0; i < y.Length; i++)
        {
            var row = x.AsSpan(i * D, D);
            // Two sums, because one would wait for each addition.
            double even = alpha, odd = 0;
            for (var j = 0; j < D; j += 2)
            {
                even += row[j] * beta[j];
                odd += row[j + 1] * beta[j + 1];
            }
            var eta = even + odd;
            var e = Math.Exp(-Math.Abs(eta));
            var p = (eta >= 0 ? 1 : e) / (1 + e);
            logLikelihood += y[i] * eta - Math.Max(eta, 0) - Math.Log(1 + e);
            var residual = y[i] - p;
            gAlpha += residual;
            for (var j = 0; j < D; j++) gBeta[j] += residual * row[j];
        }
        var squares = alpha * alpha / 25;
        gradient[0] = gAlpha - alpha / 25;
        for (var j = 0; j < D; j++)
        {
            squares += beta[j] * beta[j] / 6.25;
            gBeta[j] -= beta[j] / 6.25;
        }
        return logLikelihood - 0.5 * squares;
    }
}
