using ProbLang.Numerics;

namespace ProbLang.Bench;

/// <summary>A regression of 900 rows whose intercept varies over 85 groups, non-centred.</summary>
internal sealed class VaryingIntercepts : ScalarDensity
{
    private const string Text = """
        input N: count
        input J: count
        input g[N]: int(1, J)
        input x[N]: real
        mu ~ Normal(0, 10)
        tau ~ HalfNormal(5)
        b ~ Normal(0, 10)
        sigma ~ HalfNormal(5)
        for j in 1..J { a[j] ~ Normal(mu, tau) }
        for i in 1..N { y[i] ~ Normal(a[g[i]] + b * x[i], sigma) }
        """;

    private const int N = 900;
    private const int J = 85;

    private readonly int[] _group;
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _a = new double[J];
    private readonly double[] _gA = new double[J];

    private VaryingIntercepts(int[] group, double[] x, double[] y) : base(["mu", "tau", "b", "sigma", .. Elements("a", J)]) =>
        (_group, _x, _y) = ([.. group.Select(g => g - 1)], x, y);

    public static GradientCase Case()
    {
        var random = new Philox(3, 0, 0);
        var group = new int[N];
        double[] x = new double[N], y = new double[N], a = new double[J];
        for (var j = 0; j < J; j++) a[j] = 1.5 + 0.4 * random.NextNormal();
        for (var i = 0; i < N; i++)
        {
            group[i] = 1 + (int)(J * random.NextDouble());
            x[i] = random.NextDouble() < 0.2 ? 1 : 0;
            y[i] = a[group[i] - 1] - 0.7 * x[i] + 0.8 * random.NextNormal();
        }
        return new("varying intercepts 900 rows, 85 groups", Text, new { J, g = group, x, y }, new VaryingIntercepts(group, x, y));
    }

    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        var mu = position[0];
        var tau = Math.Exp(position[1]);
        var b = position[2];
        var sigma = Math.Exp(position[3]);
        var z = position.Slice(4, J);
        var gZ = gradient.Slice(4, J);
        double[] a = _a, gA = _gA;
        for (var j = 0; j < a.Length; j++) a[j] = mu + tau * z[j];
        gA.AsSpan().Clear();
        double squares = 0, gB = 0;
        var precision = 1 / (sigma * sigma);
        for (var i = 0; i < _y.Length; i++)
        {
            var j = _group[i];
            var residual = _y[i] - a[j] - b * _x[i];
            squares += residual * residual;
            gA[j] += residual;
            gB += residual * _x[i];
        }
        double prior = 0, gMu = 0, gTau = 0;
        for (var j = 0; j < gA.Length; j++)
        {
            var g = gA[j] * precision;
            gMu += g;
            gTau += g * z[j];
            gZ[j] = g * tau - z[j];
            prior += z[j] * z[j];
        }
        gradient[0] = gMu - mu / 100;
        gradient[1] = gTau * tau - tau * tau / 25 + 1;
        gradient[2] = gB * precision - b / 100;
        gradient[3] = squares * precision - N - sigma * sigma / 25 + 1;
        return position[1] + (1 - N) * position[3]
            - 0.5 * (squares * precision + prior + (mu * mu + b * b) / 100 + (tau * tau + sigma * sigma) / 25);
    }
}
