using ProbLang.Numerics;
using Xunit;
using static ProbLang.Tests.FrontDoor.Fits;

namespace ProbLang.Tests.FrontDoor;

/// <summary>Estimates and standard errors against closed forms and the field's own algorithms.</summary>
public class RegressionFitTests
{
    private const double Tolerance = 1e-6;

    private readonly double[][] _x;
    private readonly double[] _noise;
    private readonly double[] _uniform;

    public RegressionFitTests()
    {
        var random = new Philox(7, 0, 1);
        const int Rows = 60;
        (_x, _noise, _uniform) = (new double[Rows][], new double[Rows], new double[Rows]);
        for (var i = 0; i < Rows; i++)
        {
            _x[i] = [1, random.NextNormal(), 3 + 2 * random.NextNormal()];
            _noise[i] = random.NextNormal();
            _uniform[i] = random.NextDouble();
        }
    }

    private double[,] X => Square(_x);

    [Fact]
    public void Ordinary_least_squares()
    {
        var y = _x.Select((x, i) => 1.5 * x[0] - 0.7 * x[1] + 0.2 * x[2] + 0.8 * _noise[i]).ToArray();
        var fit = Likelihood("""
            input N: count
            input D: count
            input x[N, D]
            param beta[D]
            param sigma: positive
            for i in 1..N { y[i] ~ Normal(dot(x[i], beta), sigma) }
            """, new { N = _x.Length, D = 3, x = X, y });
        var inverse = Inverse(Gram(_x, _ => 1));
        var xy = Enumerable.Range(0, 3).Select(k => _x.Select((x, i) => x[k] * y[i]).Sum()).ToArray();
        double[] beta = [.. Enumerable.Range(0, 3).Select(j => Enumerable.Range(0, 3).Sum(k => inverse[j, k] * xy[k]))];
        var n = y.Length;
        var rss = y.Select((v, i) => v - _x[i].Zip(beta, (a, b) => a * b).Sum()).Sum(r => r * r);
        var sigma = Math.Sqrt(rss / n);
        for (var j = 0; j < 3; j++)
        {
            Near(beta[j], fit["beta"][j], Tolerance);
            Near(sigma * Math.Sqrt(inverse[j, j]), fit.StandardError($"beta[{j + 1}]"), Tolerance);
            for (var k = 0; k < 3; k++) Near(sigma * sigma * inverse[j, k], fit.Covariance[j * 4 + k], Tolerance);
        }
        Near(sigma, fit["sigma"][0], Tolerance);
        Near(sigma / Math.Sqrt(2 * n), fit.StandardError("sigma"), Tolerance);
        var logLikelihood = -0.5 * n * (Math.Log(2 * Math.PI * sigma * sigma) + 1);
        Near(logLikelihood, fit.LogLikelihood, 1e-12);
        Assert.Equal((4, (long)n), (fit.Parameters, fit.Observations));
        Near(8 - 2 * logLikelihood, fit.Aic, 1e-12);
        Near(4 * Math.Log(n) - 2 * logLikelihood, fit.Bic, 1e-12);
        Assert.True(fit.Converged, fit.Ended);
        Assert.Empty(fit.Warnings);
        Assert.Null(fit.Integral);
    }

    [Fact]
    public void Logistic_regression()
    {
        var y = _x.Select((x, i) => _uniform[i] < 1 / (1 + Math.Exp(-(0.4 + x[1] - 0.3 * x[2]))) ? 1.0 : 0.0).ToArray();
        var (beta, covariance) = Regress(_x, (i, eta) => y[i] - 1 / (1 + Math.Exp(-eta)), (_, eta) => 1 / (1 + Math.Exp(-eta)) / (1 + Math.Exp(eta)));
        Matches(beta, covariance, Likelihood("""
            input N: count
            input x[N, 3]
            param beta[3]
            for i in 1..N { y[i] ~ Bernoulli(logit: dot(x[i], beta)) }
            """, new { N = _x.Length, x = X, y }));
    }

    [Fact]
    public void Poisson_regression_with_an_exposure()
    {
        var random = new Philox(11, 0, 1);
        var exposure = _uniform.Select(u => 1 + 4 * u).ToArray();
        var y = new double[_x.Length];
        for (var i = 0; i < y.Length; i++) y[i] = random.NextPoisson(exposure[i] * Math.Exp(0.3 + 0.5 * _x[i][1] - 0.1 * _x[i][2]));
        var (beta, covariance) = Regress(_x, (i, eta) => y[i] - exposure[i] * Math.Exp(eta), (i, eta) => exposure[i] * Math.Exp(eta));
        Matches(beta, covariance, Likelihood("""
            input N: count
            input x[N, 3]
            input exposure[N]: positive
            param beta[3]
            for i in 1..N { y[i] ~ Poisson(log_rate: log(exposure[i]) + dot(x[i], beta)) }
            """, new { N = _x.Length, x = X, exposure, y }));
    }

    [Fact]
    public void Negative_binomial_regression_given_its_dispersion()
    {
        const double Dispersion = 2.5;
        var random = new Philox(13, 0, 1);
        var y = new double[_x.Length];
        for (var i = 0; i < y.Length; i++)
        {
            var mean = Math.Exp(0.8 + 0.4 * _x[i][1]);
            y[i] = random.NextPoisson(mean * random.NextGamma(Dispersion) / Dispersion);
        }
        const string Text = """
            input N: count
            input x[N, 3]
            param beta[3]
            param dispersion: positive
            for i in 1..N { y[i] ~ NegativeBinomial(exp(dot(x[i], beta)), dispersion) }
            """;
        double Slope(int i, double eta) => (y[i] - Math.Exp(eta)) / (1 + Math.Exp(eta) / Dispersion);
        double Weight(int i, double eta) => Math.Exp(eta) * (1 + y[i] / Dispersion) / Math.Pow(1 + Math.Exp(eta) / Dispersion, 2);
        var (beta, covariance) = Regress(_x, Slope, Weight, start: 0.8);
        Matches(beta, covariance, Likelihood(Text, new { N = _x.Length, x = X, y, dispersion = Dispersion }));
        // With its dispersion unknown too, the score of the dispersion is 0 where the fit ends: Σ ψ(y + r) - ψ(r) + log(r / (r + μ)) + (μ - y) / (r + μ).
        var fit = Likelihood(Text, new { N = _x.Length, x = X, y });
        var r = fit["dispersion"][0];
        var score = y.Select((v, i) =>
        {
            var mean = Math.Exp(_x[i].Zip(fit["beta"].ToArray(), (a, b) => a * b).Sum());
            return MathNet.Numerics.SpecialFunctions.DiGamma(v + r) - MathNet.Numerics.SpecialFunctions.DiGamma(r) + Math.Log(r / (r + mean)) + (mean - v) / (r + mean);
        }).Sum();
        Assert.Equal(0, score, 8);
    }

    [Fact]
    public void Estimates_do_not_depend_on_how_a_parameter_is_written()
    {
        var y = _noise.Select(v => 2 + 0.5 * v).ToArray();
        var sd = Likelihood("input N: count\nparam m\nparam s: positive\nfor i in 1..N { y[i] ~ Normal(m, s) }", new { N = y.Length, y });
        var precision = Likelihood("input N: count\nparam m\nparam t: positive\nfor i in 1..N { y[i] ~ Normal(m, precision: t) }", new { N = y.Length, y });
        Near(Math.Pow(sd["s"][0], -2), precision["t"][0], 1e-9);
        Near(sd.LogLikelihood, precision.LogLikelihood, 1e-12);
        Near(sd.StandardError("m"), precision.StandardError("m"), 1e-8);
        // The delta method: d t = -2 s⁻³ d s.
        Near(2 * Math.Pow(sd["s"][0], -3) * sd.StandardError("s"), precision.StandardError("t"), 1e-7);
        var (low, high) = (sd.Estimates()[1].Lower, sd.Estimates()[1].Upper);
        // On the log scale both intervals are one, turned over.
        Near(Math.Pow(high, -2), precision.Estimates()[1].Lower, 1e-7);
        Near(Math.Pow(low, -2), precision.Estimates()[1].Upper, 1e-7);
    }

    [Fact]
    public void Units_of_the_data_change_estimates_by_as_much()
    {
        const string Text = "input N: count\ninput x[N]\nparam a\nparam b\nparam s: positive\nfor i in 1..N { y[i] ~ Normal(a + b * x[i], s) }";
        var x = _x.Select(r => r[1]).ToArray();
        var y = x.Select((v, i) => 3 + 2 * v + _noise[i]).ToArray();
        var fit = Likelihood(Text, new { N = y.Length, x, y });
        var scaled = Likelihood(Text, new { N = y.Length, x = x.Select(v => 1e-4 * v), y = y.Select(v => 1e5 * v) });
        Near(1e9 * fit["b"][0], scaled["b"][0], 1e-7);
        Near(1e9 * fit.StandardError("b"), scaled.StandardError("b"), 1e-6);
        Near(1e5 * fit.StandardError("a"), scaled.StandardError("a"), 1e-6);
        Near(fit.LogLikelihood - y.Length * Math.Log(1e5), scaled.LogLikelihood, 1e-10);
    }

    private static void Matches(double[] beta, double[,] covariance, Fit fit)
    {
        Assert.True(fit.Converged, fit.Ended);
        Assert.Empty(fit.Warnings);
        for (var j = 0; j < beta.Length; j++)
        {
            Near(beta[j], fit["beta"][j], Tolerance);
            Near(Math.Sqrt(covariance[j, j]), fit.StandardError($"beta[{j + 1}]"), Tolerance);
        }
    }

    private static double[,] Square(double[][] rows)
    {
        var matrix = new double[rows.Length, rows[0].Length];
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < rows[0].Length; j++) matrix[i, j] = rows[i][j];
        return matrix;
    }
}
