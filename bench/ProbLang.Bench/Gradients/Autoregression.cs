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
        var b = position.Slice(1, K);
        var sigma = Math.Exp(position[K + 1]);
        Span<double> gB = stackalloc double[K];
        gB.Clear();
        double squares = 0, gAlpha = 0;
        for (var t = K; t < _y.Length; t++)
        {
            var past = _y.AsSpan(t - K, K);
            var mean = alpha;
            for (var k = 0; k < K; k++) mean += b[k] * past[K - 1 - k];
            var residual = _y[t] - mean;
            squares += residual * residual;
            gAlpha += residual;
            for (var k = 0; k < K; k++) gB[k] += residual * past[K - 1 - k];
        }
        var precision = 1 / (sigma * sigma);
        var cauchy = sigma * sigma / 6.25;
        var prior = alpha * alpha;
        gradient[0] = gAlpha * precision - alpha / 100;
        for (var k = 0; k < K; k++)
        {
            prior += b[k] * b[k];
            gradient[1 + k] = gB[k] * precision - b[k] / 100;
        }
        gradient[K + 1] = squares * precision - (N - K) - 2 * cauchy / (1 + cauchy) + 1;
        return (1 - (N - K)) * position[K + 1] - Math.Log(1 + cauchy) - 0.5 * (squares * precision + prior / 100);
    }
}
