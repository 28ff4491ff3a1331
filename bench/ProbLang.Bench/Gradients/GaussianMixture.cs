using ProbLang.Numerics;

namespace ProbLang.Bench;

/// <summary>A mixture of three normals over 1000 rows, with unknown weights, means and sds.</summary>
internal sealed class GaussianMixture : ScalarDensity
{
    private const string Text = """
        input N: count
        input K: count
        w ~ Dirichlet(ones(K))
        for k in 1..K {
          mu[k] ~ Normal(0, 10)
          s[k] ~ HalfNormal(5)
        }
        for i in 1..N { y[i] ~ Mixture(w, for k in 1..K: Normal(mu[k], s[k])) }
        """;

    private const int N = 1000;
    private const int K = 3;

    private readonly double[] _y;

    private GaussianMixture(double[] y) : base([.. Elements("w", K - 1), .. Elements("mu", K), .. Elements("s", K)]) => _y = y;

    public static GradientCase Case()
    {
        var random = new Philox(4, 0, 0);
        double[] means = [-2, 0.5, 3], sds = [0.7, 0.5, 1];
        var y = new double[N];
        for (var i = 0; i < N; i++)
        {
            var u = random.NextDouble();
            var k = u < 0.3 ? 0 : u < 0.7 ? 1 : 2;
            y[i] = means[k] + sds[k] * random.NextNormal();
        }
        return new("Gaussian mixture K=3 N=1000", Text, new { K, y }, new GaussianMixture(y));
    }

    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        var sticks = position[..(K - 1)];
        var mu = position.Slice(K - 1, K);
        var logS = position.Slice(2 * K - 1, K);
        Span<double> share = stackalloc double[K - 1], height = stackalloc double[K], scale = stackalloc double[K];
        Span<double> sum = stackalloc double[K], gMu = stackalloc double[K], gS = stackalloc double[K];
        var value = Break(sticks, share, height);
        for (var k = 0; k < K; k++)
        {
            height[k] -= logS[k];
            scale[k] = Math.Exp(-logS[k]);
        }
        value += LogLikelihood(_y, mu, scale, height, sum, gMu, gS);
        for (var k = 0; k < K; k++)
        {
            var s = 1 / scale[k];
            value += logS[k] - 0.5 * (mu[k] * mu[k] / 100 + s * s / 25);
            gradient[K - 1 + k] = gMu[k] * scale[k] - mu[k] / 100;
            gradient[2 * K - 1 + k] = gS[k] - s * s / 25 + 1;
        }
        var later = sum[K - 1];
        for (var k = K - 2; k >= 0; k--)
        {
            gradient[k] = sum[k] * (1 - share[k]) - later * share[k] + 1 - (K - k) * share[k];
            later += sum[k];
        }
        return value;
    }

    /// <summary>The sum of log p(y), and by component the sums of responsibility r, of r z, and of r (z² - 1).</summary>
    private static double LogLikelihood(
        double[] y, ReadOnlySpan<double> mu, ReadOnlySpan<double> scale, ReadOnlySpan<double> height, Span<double> sum, Span<double> gMu, Span<double> gS)
    {
        double mu0 = mu[0], mu1 = mu[1], mu2 = mu[2], scale0 = scale[0], scale1 = scale[1], scale2 = scale[2];
        double height0 = height[0], height1 = height[1], height2 = height[2];
        double sum0 = 0, sum1 = 0, sum2 = 0, gMu0 = 0, gMu1 = 0, gMu2 = 0, gS0 = 0, gS1 = 0, gS2 = 0, value = 0;
        foreach (var x in y)
        {
            double z0 = (x - mu0) * scale0, z1 = (x - mu1) * scale1, z2 = (x - mu2) * scale2;
            double l0 = height0 - 0.5 * z0 * z0, l1 = height1 - 0.5 * z1 * z1, l2 = height2 - 0.5 * z2 * z2;
            var max = Math.Max(l0, Math.Max(l1, l2));
            double p0 = Math.Exp(l0 - max), p1 = Math.Exp(l1 - max), p2 = Math.Exp(l2 - max);
            var total = p0 + p1 + p2;
            var norm = 1 / total;
            double r0 = p0 * norm, r1 = p1 * norm, r2 = p2 * norm;
            value += max + Math.Log(total);
            sum0 += r0;
            sum1 += r1;
            sum2 += r2;
            gMu0 += r0 * z0;
            gMu1 += r1 * z1;
            gMu2 += r2 * z2;
            gS0 += r0 * (z0 * z0 - 1);
            gS1 += r1 * (z1 * z1 - 1);
            gS2 += r2 * (z2 * z2 - 1);
        }
        (sum[0], sum[1], sum[2]) = (sum0, sum1, sum2);
        (gMu[0], gMu[1], gMu[2]) = (gMu0, gMu1, gMu2);
        (gS[0], gS[1], gS[2]) = (gS0, gS1, gS2);
        return value;
    }

    /// <summary>The log weights by breaking a stick; returns the log-Jacobian.</summary>
    private static double Break(ReadOnlySpan<double> sticks, Span<double> share, Span<double> logWeights)
    {
        double logRest = 0, logJacobian = 0;
        for (var k = 0; k < K - 1; k++)
        {
            var u = sticks[k] - Math.Log(K - 1 - k);
            share[k] = 1 / (1 + Math.Exp(-u));
            var logLeft = -Math.Log(1 + Math.Exp(u));
            logWeights[k] = logRest + u + logLeft;
            logRest += logLeft;
            logJacobian += u + (K - k) * logLeft;
        }
        logWeights[K - 1] = logRest;
        return logJacobian;
    }
}
