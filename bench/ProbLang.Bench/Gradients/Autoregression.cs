using ProbLang.Numerics;

namespace ProbLang.Bench;

/// <summary>A series of 200 explained by its last five values.</summary>
internal sealed class Autoregression : ScalarDensity
{
    private const string Text = """
        input N: count
        input K: count
        alpha ~ Normal(0, 10)
        for k in 1..K { b[k] ~ Normal(0, 10) }
        sigma ~ HalfCauchy(2.5)
        for t in K+1..N { y[t] ~ Normal(alpha + sum(for k in 1..K: b[k] * y[t-k]), sigma) }
        """;

    private const int N = 200;
    private const int K = 5;

    private readonly double[] _y;

    private Autoregression(double[] y) : base(["alpha", .. Elements("b", K), "sigma"]) => _y = y;

    public static GradientCase Case()
    {
        var random = new Philox(5, 0, 0);
        double[] b = [0.7, -0.3, 0.2, 0.1, -0.1];
        var y = new double[N];
        for (var t = 0; t < N; t++)
        {
            y[t] = 0.5 + 0.5 * random.NextNormal();
            for (var k = 0; k < K && k < t; k++) y[t] += b[k] * y[t - 1 - k];
        }
        return new("AR(5) N=200", Text, new { N, K, y }, new Autoregression(y));
    }

    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        var alpha = position[0];
        double b1 = position[1], b2 = position[2], b3 = position[3], b4 = position[4], b5 = position[5];
        var sigma = Math.Exp(position[K + 1]);
        double squares = 0, gAlpha = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0;
        var y = _y;
        for (var t = K; t < y.Length; t++)
        {
            double y1 = y[t - 1], y2 = y[t - 2], y3 = y[t - 3], y4 = y[t - 4], y5 = y[t - 5];
            var residual = y[t] - alpha - (b1 * y1 + b2 * y2) - (b3 * y3 + b4 * y4) - b5 * y5;
            squares += residual * residual;
            gAlpha += residual;
            g1 += residual * y1;
            g2 += residual * y2;
            g3 += residual * y3;
            g4 += residual * y4;
            g5 += residual * y5;
        }
        var precision = 1 / (sigma * sigma);
        var cauchy = sigma * sigma / 6.25;
        gradient[0] = gAlpha * precision - alpha / 100;
        gradient[1] = g1 * precision - b1 / 100;
        gradient[2] = g2 * precision - b2 / 100;
        gradient[3] = g3 * precision - b3 / 100;
        gradient[4] = g4 * precision - b4 / 100;
        gradient[5] = g5 * precision - b5 / 100;
        var prior = alpha * alpha + b1 * b1 + b2 * b2 + b3 * b3 + b4 * b4 + b5 * b5;
        gradient[K + 1] = squares * precision - (N - K) - 2 * cauchy / (1 + cauchy) + 1;
        return (1 - (N - K)) * position[K + 1] - Math.Log(1 + cauchy) - 0.5 * (squares * precision + prior / 100);
    }
}
