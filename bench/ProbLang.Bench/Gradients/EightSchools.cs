namespace ProbLang.Bench;

/// <summary>A hierarchy of eight measured effects, non-centred.</summary>
internal sealed class EightSchools() : ScalarDensity(["mu", "tau", .. Elements("theta", 8)])
{
    private const string Text = """
        input J: count
        input sigma[J]: positive
        mu ~ Normal(0, 5)
        tau ~ HalfCauchy(5)
        for school in 1..J {
          theta[school] ~ Normal(mu, tau)
          y[school] ~ Normal(theta[school], sigma[school])
        }
        """;

    private static readonly double[] Y = [28, 8, -3, 7, -1, 1, 18, 12];
    private static readonly double[] Sigma = [15, 10, 16, 11, 9, 11, 10, 18];

    private readonly double[] _y = Y;
    private readonly double[] _precision = [.. Sigma.Select(s => 1 / (s * s))];

    public static GradientCase Case() => new("eight schools", Text, new { y = Y, sigma = Sigma }, new EightSchools());

    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        var mu = position[0];
        var tau = Math.Exp(position[1]);
        var z = position[2..];
        var gz = gradient[2..];
        double squares = 0, gMu = 0, gTau = 0;
        double[] y = _y, precision = _precision;
        for (var j = 0; j < y.Length; j++)
        {
            var residual = y[j] - mu - tau * z[j];
            var g = residual * precision[j];
            squares += residual * g + z[j] * z[j];
            gMu += g;
            gTau += g * z[j];
            gz[j] = g * tau - z[j];
        }
        var cauchy = tau * tau / 25;
        gradient[0] = gMu - mu / 25;
        gradient[1] = gTau * tau - 2 * cauchy / (1 + cauchy) + 1;
        return position[1] - Math.Log(1 + cauchy) - 0.5 * (squares + mu * mu / 25);
    }
}
