using ProbLang.Inference;
using ProbLang.Numerics;
using Xunit;
using static ProbLang.Tests.FrontDoor.Fits;

namespace ProbLang.Tests.FrontDoor;

/// <summary>Parameters beside latents, which are summed or integrated out of the likelihood.</summary>
public class LatentFitTests
{
    [Fact]
    public void A_mixture_ends_where_expectation_maximisation_does()
    {
        var random = new Philox(3, 0, 1);
        var y = new double[120];
        for (var i = 0; i < y.Length; i++) y[i] = random.NextDouble() < 0.35 ? -1 + 0.6 * random.NextNormal() : 2 + random.NextNormal();
        var fit = Likelihood("""
            input N: count
            param w: probability
            param m: ordered(2)
            param s[2]: positive
            for i in 1..N {
              z[i] ~ Bernoulli(w)
              y[i] ~ Normal(if z[i] then m[2] else m[1], if z[i] then s[2] else s[1])
            }
            """, new { N = y.Length, y });
        double[] weight = [0.5, 0.5], mean = [-1, 1], sd = [1, 1];
        var logLikelihood = 0.0;
        for (var iteration = 0; iteration < 4000; iteration++)
        {
            var shares = y.Select(v => Enumerable.Range(0, 2).Select(k => weight[k] * Math.Exp(-0.5 * Math.Pow((v - mean[k]) / sd[k], 2)) / sd[k] / Math.Sqrt(2 * Math.PI)).ToArray()).ToArray();
            logLikelihood = shares.Sum(p => Math.Log(p.Sum()));
            for (var k = 0; k < 2; k++)
            {
                var r = shares.Select(p => p[k] / p.Sum()).ToArray();
                weight[k] = r.Average();
                mean[k] = r.Zip(y, (a, b) => a * b).Sum() / r.Sum();
                var center = mean[k];
                sd[k] = Math.Sqrt(r.Zip(y, (a, b) => a * (b - center) * (b - center)).Sum() / r.Sum());
            }
        }
        Near(logLikelihood, fit.LogLikelihood, 1e-10);
        Near(weight[1], fit["w"][0], 1e-6);
        for (var k = 0; k < 2; k++)
        {
            Near(mean[k], fit["m"][k], 1e-6);
            Near(sd[k], fit["s"][k], 1e-6);
        }
        Assert.All(fit.Estimates(), e => Assert.True(e.StandardError > 0));
        Assert.Empty(fit.Warnings);
        Assert.Null(fit.Integral);
    }

    [Fact]
    public void Components_that_start_alike_are_told_apart()
    {
        double[] y = [.. Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? -3 : 3) + Math.Sin(i))];
        var fit = Likelihood("param m[2]\nfor i in 1..40 { y[i] ~ Mixture([0.5, 0.5], [Normal(m[1], 1), Normal(m[2], 1)]) }", new { y });
        Assert.InRange(Math.Abs(fit["m"][0] - fit["m"][1]), 5, 7);
        Assert.True(fit.Converged, fit.Ended);
    }

    [Fact]
    public void A_hidden_Markov_model_ends_where_Baum_and_Welch_do()
    {
        var random = new Philox(21, 0, 1);
        var (state, y) = (0, new double[200]);
        double[,] turn = { { 0.85, 0.15 }, { 0.25, 0.75 } }, show = { { 0.7, 0.2, 0.1 }, { 0.1, 0.3, 0.6 } };
        for (var t = 0; t < y.Length; t++)
        {
            if (t > 0) state = random.NextDouble() < turn[state, 0] ? 0 : 1;
            var u = random.NextDouble();
            y[t] = u < show[state, 0] ? 1 : u < show[state, 0] + show[state, 1] ? 2 : 3;
        }
        var fit = Likelihood("""
            input N: count
            param A[2]: simplex(2) = [[0.7, 0.3], [0.3, 0.7]]
            param B[2]: simplex(3) = [[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]]
            z[1] ~ Categorical([0.5, 0.5])
            for t in 2..N { z[t] ~ Categorical(A[z[t-1]]) }
            for t in 1..N { y[t] ~ Categorical(B[z[t]]) }
            """, new { N = y.Length, y });
        double[,] a = { { 0.7, 0.3 }, { 0.3, 0.7 } }, b = { { 0.5, 0.3, 0.2 }, { 0.2, 0.3, 0.5 } };
        var logLikelihood = 0.0;
        for (var iteration = 0; iteration < 20_000; iteration++) logLikelihood = BaumWelch(y, a, b);
        Near(logLikelihood, fit.LogLikelihood, 1e-9);
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 2; j++) Near(a[i, j], fit["A"][2 * i + j], 1e-5);
            for (var k = 0; k < 3; k++) Near(b[i, k], fit["B"][3 * i + k], 1e-5);
        }
        Assert.Equal(6, fit.Parameters);
    }

    [Fact]
    public void A_linear_mixed_model_has_its_closed_form()
    {
        const int Groups = 12, Each = 5;
        var (y, group) = Grouped(Groups, Each, 1.3, 0.8);
        var fit = Likelihood(Mixed, new { N = y.Length, J = Groups, group, y });
        var means = Enumerable.Range(0, Groups).Select(j => Enumerable.Range(0, Each).Average(i => y[j * Each + i])).ToArray();
        var (mean, within) = (y.Average(), y.Select((v, i) => Math.Pow(v - means[i / Each], 2)).Sum() / (Groups * (Each - 1)));
        var between = Each * means.Sum(m => Math.Pow(m - mean, 2)) / Groups;
        var tau = Math.Sqrt((between - within) / Each);
        Near(mean, fit["mu"][0], 1e-6);
        Near(Math.Sqrt(within), fit["sigma"][0], 1e-6);
        Near(tau, fit["tau"][0], 1e-6);
        Near(Math.Sqrt(between / (Groups * Each)), fit.StandardError("mu"), 1e-6);
        var logLikelihood = -0.5 * y.Length * Math.Log(2 * Math.PI) - 0.5 * Groups * (Math.Log(between) + (Each - 1) * Math.Log(within)) - 0.5 * y.Length;
        Near(logLikelihood, fit.LogLikelihood, 1e-9);
        // The variances: var(s²) = 2 s⁴ / J(n - 1), var(λ) = 2 λ² / J, independent.
        var variance = (2 * between * between / Groups + 2 * within * within / (Groups * (Each - 1))) / (Each * Each);
        Near(Math.Sqrt(variance) / (2 * tau), fit.StandardError("tau"), 1e-5);
        Assert.Equal("exact over `u`", fit.Integral);
        Assert.Equal((3, (long)y.Length), (fit.Parameters, fit.Observations));
    }

    [Fact]
    public void A_variance_that_is_nothing_is_at_its_bound()
    {
        // Groups that differ less than chance would have them.
        var y = new double[20];
        for (var i = 0; i < y.Length; i++) y[i] = i % 4 - 1.5 + 0.01 * Math.Sin(i);
        var fit = Likelihood(Mixed, new { N = 20, J = 5, group = Enumerable.Range(0, 20).Select(i => i / 4 + 1), y });
        Assert.InRange(fit["tau"][0], 0, 1e-2);
        Assert.Contains(fit.Warnings, w => w.StartsWith("`tau` is at its bound 0", StringComparison.Ordinal));
        Assert.Equal(double.NaN, fit.StandardError("tau"));
        var sd = Math.Sqrt(y.Sum(v => Math.Pow(v - y.Average(), 2)) / 20);
        Near(sd, fit["sigma"][0], 1e-4);
        Near(sd / Math.Sqrt(20), fit.StandardError("mu"), 1e-3);
    }

    [Fact]
    public void A_Poisson_model_with_random_intercepts_is_integrated_by_Laplace()
    {
        const int Groups = 15, Each = 6;
        var random = new Philox(8, 0, 1);
        var (y, x, group) = (new double[Groups * Each], new double[Groups * Each], new int[Groups * Each]);
        for (var j = 0; j < Groups; j++)
        {
            var u = 0.7 * random.NextNormal();
            for (var i = j * Each; i < (j + 1) * Each; i++)
            {
                (group[i], x[i]) = (j + 1, random.NextNormal());
                y[i] = random.NextPoisson(Math.Exp(0.5 + 0.3 * x[i] + u));
            }
        }
        var fit = Likelihood("""
            input N: count
            input J: count
            input group[N]: int
            input x[N]
            param a
            param b
            param tau: positive
            for j in 1..J { u[j] ~ Normal(0, tau) }
            for i in 1..N { y[i] ~ Poisson(log_rate: a + b * x[i] + u[group[i]]) }
            """, new { N = y.Length, J = Groups, group, x, y });
        Assert.Equal("a Laplace approximation over `u`", fit.Integral);
        double[] at = [fit["a"][0], fit["b"][0], fit["tau"][0]];
        double Marginal(double[] p, int nodes) => Enumerable.Range(0, Groups).Sum(j => GroupIntegral(p, y.AsSpan(j * Each, Each).ToArray(), x.AsSpan(j * Each, Each).ToArray(), nodes));
        Near(Marginal(at, 1), fit.LogLikelihood, 1e-10);
        // A maximum: the slope is nothing against the standard errors, which are those of the differences.
        foreach (var (k, name) in (ReadOnlySpan<(int, string)>)[(0, "a"), (1, "b"), (2, "tau")])
        {
            var error = fit.StandardError(name);
            double Moved(double by) => Marginal([.. at.Select((v, i) => i == k ? v + by * error : v)], 1);
            Assert.Equal(0, (Moved(1e-3) - Moved(-1e-3)) / 2e-3, 4);
        }
        // Adaptive quadrature by 25 nodes is the integral itself; by one it is Laplace's.
        Assert.InRange(Math.Abs(Marginal(at, 25) - fit.LogLikelihood), 1e-6, 0.2);
        Assert.All(fit.Estimates(), e => Assert.True(e.StandardError > 0));
    }

    [Fact]
    public void Conjugate_latents_are_integrated_exactly()
    {
        double[] y = [3, 7, 1, 9, 4, 6, 2, 10, 5, 8];
        var latent = Likelihood("input N: count\nparam a: positive\nparam b: positive\nfor i in 1..N { p[i] ~ Beta(a, b)\n y[i] ~ Binomial(12, p[i]) }", new { N = 10, y });
        var marginal = Likelihood("input N: count\nparam a: positive\nparam b: positive\nfor i in 1..N { y[i] ~ BetaBinomial(12, a, b) }", new { N = 10, y });
        Assert.Equal("exact over `p`", latent.Integral);
        Near(marginal.LogLikelihood, latent.LogLikelihood, 1e-10);
        foreach (var name in (ReadOnlySpan<string>)["a", "b"])
        {
            Near(marginal[name][0], latent[name][0], 1e-6);
            Near(marginal.StandardError(name), latent.StandardError(name), 1e-5);
        }
    }

    [Fact]
    public void A_series_of_latents_is_integrated_as_a_chain()
    {
        var random = new Philox(4, 0, 1);
        var (level, y) = (0.0, new double[60]);
        for (var t = 0; t < y.Length; t++)
        {
            level = 0.8 * level + 0.5 * random.NextNormal();
            y[t] = level + 0.7 * random.NextNormal();
        }
        var fit = Likelihood("""
            input N: count
            param phi: real(-1, 1)
            param q: positive
            param r: positive
            x[1] ~ Normal(0, q)
            for t in 2..N { x[t] ~ Normal(phi * x[t-1], q) }
            for t in 1..N { y[t] ~ Normal(x[t], r) }
            """, new { N = y.Length, y });
        Assert.Equal("exact over `x`", fit.Integral);
        double Kalman(double phi, double q, double r)
        {
            double mean = 0, variance = q * q, sum = 0;
            for (var t = 0; t < y.Length; t++)
            {
                if (t > 0) (mean, variance) = (phi * mean, phi * phi * variance + q * q);
                var total = variance + r * r;
                sum += -0.5 * (Math.Log(2 * Math.PI * total) + Math.Pow(y[t] - mean, 2) / total);
                (mean, variance) = (mean + variance / total * (y[t] - mean), variance * r * r / total);
            }
            return sum;
        }
        var (a, b, c) = (fit["phi"][0], fit["q"][0], fit["r"][0]);
        Near(Kalman(a, b, c), fit.LogLikelihood, 1e-9);
        foreach (var step in (ReadOnlySpan<double>)[1e-3, -1e-3])
        {
            Assert.True(Kalman(a + step, b, c) < fit.LogLikelihood);
            Assert.True(Kalman(a, b + step, c) < fit.LogLikelihood);
            Assert.True(Kalman(a, b, c + step) < fit.LogLikelihood);
        }
    }

    private const string Mixed = """
        input N: count
        input J: count
        input group[N]: int
        param mu
        param tau: positive
        param sigma: positive
        for j in 1..J { u[j] ~ Normal(0, tau) }
        for i in 1..N { y[i] ~ Normal(mu + u[group[i]], sigma) }
        """;

    private static (double[] Y, int[] Group) Grouped(int groups, int each, double tau, double sigma)
    {
        var random = new Philox(9, 0, 1);
        var (y, group) = (new double[groups * each], new int[groups * each]);
        for (var j = 0; j < groups; j++)
        {
            var u = tau * random.NextNormal();
            for (var i = j * each; i < (j + 1) * each; i++) (y[i], group[i]) = (2 + u + sigma * random.NextNormal(), j + 1);
        }
        return (y, group);
    }

    /// <summary>log ∫ Normal(u; 0, tau) Π Poisson(y; exp(a + b x + u)) du by adaptive Gauss-Hermite quadrature.</summary>
    private static double GroupIntegral(double[] p, double[] y, double[] x, int nodes)
    {
        double Log(double u) => -0.5 * Math.Log(2 * Math.PI) - Math.Log(p[2]) - 0.5 * u * u / (p[2] * p[2])
            + y.Select((v, i) => v * (p[0] + p[1] * x[i] + u) - Math.Exp(p[0] + p[1] * x[i] + u) - MathNet.Numerics.SpecialFunctions.GammaLn(v + 1)).Sum();
        double mode = 0, curvature = 0;
        for (var step = 0; step < 60; step++)
        {
            var rate = x.Sum(v => Math.Exp(p[0] + p[1] * v + mode));
            curvature = rate + 1 / (p[2] * p[2]);
            mode += (y.Sum() - rate - mode / (p[2] * p[2])) / curvature;
        }
        curvature = x.Sum(v => Math.Exp(p[0] + p[1] * v + mode)) + 1 / (p[2] * p[2]);
        if (nodes == 1) return Log(mode) + 0.5 * Math.Log(2 * Math.PI / curvature);
        // The trapezoid rule converges as fast for such functions.
        var (sum, width) = (0.0, 20.0 / (nodes * 8));
        for (var k = -nodes * 4; k <= nodes * 4; k++) sum += Math.Exp(Log(mode + k * width / Math.Sqrt(curvature)) - Log(mode)) * width;
        return Log(mode) + Math.Log(sum / Math.Sqrt(curvature));
    }

    private static double BaumWelch(double[] y, double[,] a, double[,] b)
    {
        var n = y.Length;
        double[,] forward = new double[n, 2], backward = new double[n, 2];
        var scale = new double[n];
        for (var t = 0; t < n; t++)
        {
            for (var j = 0; j < 2; j++)
            {
                var from = t == 0 ? 0.5 : forward[t - 1, 0] * a[0, j] + forward[t - 1, 1] * a[1, j];
                forward[t, j] = from * b[j, (int)y[t] - 1];
            }
            scale[t] = forward[t, 0] + forward[t, 1];
            for (var j = 0; j < 2; j++) forward[t, j] /= scale[t];
        }
        backward[n - 1, 0] = backward[n - 1, 1] = 1;
        for (var t = n - 2; t >= 0; t--)
            for (var i = 0; i < 2; i++)
                backward[t, i] = Enumerable.Range(0, 2).Sum(j => a[i, j] * b[j, (int)y[t + 1] - 1] * backward[t + 1, j]) / scale[t + 1];
        double[,] turns = new double[2, 2], shows = new double[2, 3];
        for (var t = 0; t < n; t++)
            for (var i = 0; i < 2; i++)
            {
                shows[i, (int)y[t] - 1] += forward[t, i] * backward[t, i];
                for (var j = 0; t < n - 1 && j < 2; j++) turns[i, j] += forward[t, i] * a[i, j] * b[j, (int)y[t + 1] - 1] * backward[t + 1, j] / scale[t + 1];
            }
        for (var i = 0; i < 2; i++)
        {
            var (turned, shown) = (turns[i, 0] + turns[i, 1], shows[i, 0] + shows[i, 1] + shows[i, 2]);
            for (var j = 0; j < 2; j++) a[i, j] = turns[i, j] / turned;
            for (var k = 0; k < 3; k++) b[i, k] = shows[i, k] / shown;
        }
        return scale.Sum(Math.Log);
    }
}
