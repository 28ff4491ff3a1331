using ProbLang.Analysis;
using ProbLang.Datasets;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis.Inverting;

/// <summary>Pairs of models that have the same density: one observes what it computes, the other draws it from the distribution that this has.</summary>
internal static class InversionCases
{
    private static readonly DataArray[] s_three = [Given("x", 0.4, 1.3, 2.2)];
    private static readonly DataArray[] s_fractions = [Given("x", 0.15, 0.42, 0.93)];
    private static readonly DataArray[] s_signed = [Given("x", -1.4, 0.3, 2.6)];
    private const string Prior = "mu ~ Normal(0.3, 1)\nsigma ~ HalfNormal(2)\n";
    private const string Noise = Prior + "for i in 1..3 { z[i] ~ Normal(0, 1) }\n";

    private static readonly Dictionary<string, (string Computed, string Drawn, DataArray[] Data)> s_cases = new()
    {
        ["a shift and a scale"] = (Noise + "for i in 1..3 { x[i] = mu + sigma * z[i] }", Prior + "for i in 1..3 { x[i] ~ Normal(mu, sigma) }", s_signed),
        ["a difference the other way round"] = (Noise + "for i in 1..3 { x[i] = mu - z[i] * sigma }", Prior + "for i in 1..3 { x[i] ~ Normal(mu, sigma) }", s_signed),
        ["minus and a quotient"] = (Noise + "for i in 1..3 { x[i] = -(z[i] / sigma) + mu }", Prior + "for i in 1..3 { x[i] ~ Normal(mu, 1 / sigma) }", s_signed),
        ["exp"] = (Noise + "for i in 1..3 { x[i] = exp(mu + sigma * z[i]) }", Prior + "for i in 1..3 { x[i] ~ LogNormal(mu, sigma) }", s_three),
        ["exp, of whole vectors"] = (Prior + "z ~ Normal(0, 1) ^ 3\nx = exp(mu + sigma * z)", Prior + "x ~ LogNormal(mu, sigma) ^ 3", s_three),
        ["exp, of a vector with scales of its own"] = (Prior + "z ~ Normal(0, 1) ^ 3\nx = exp(mu + [0.5, 1, sigma] * z)", Prior + "x ~ LogNormal(mu, [0.5, 1, sigma])", s_three),
        ["logistic"] = (Noise + "for i in 1..3 { x[i] = logistic(mu + sigma * z[i]) }", Prior + "for i in 1..3 { x[i] ~ LogitNormal(mu, sigma) }", s_fractions),
        ["log"] = (Prior + "for i in 1..3 { y[i] ~ LogNormal(mu, sigma) }\nfor i in 1..3 { x[i] = log(y[i]) }", Prior + "for i in 1..3 { x[i] ~ Normal(mu, sigma) }", s_signed),
        ["logit"] = (Prior + "for i in 1..3 { y[i] ~ LogitNormal(mu, sigma) }\nfor i in 1..3 { x[i] = logit(y[i]) }", Prior + "for i in 1..3 { x[i] ~ Normal(mu, sigma) }", s_signed),
        ["a chain of computed variables"] = (Noise + "for i in 1..3 { eta[i] = mu + sigma * z[i] }\nfor j in 1..3 { x[j] = exp(eta[j]) }", Prior + "for i in 1..3 { x[i] ~ LogNormal(mu, sigma) }", s_three),
        ["a chain from plates to whole vectors"] = (Noise + "for i in 1..3 { eta[i] = mu + sigma * z[i] }\nx = exp(eta)", Prior + "for i in 1..3 { x[i] ~ LogNormal(mu, sigma) }", s_three),
        ["a chain from whole vectors to plates"] = (Prior + "z ~ Normal(0, 1) ^ 3\neta = mu + sigma * z\nfor i in 1..3 { x[i] = exp(eta[i]) }", Prior + "x ~ LogNormal(mu, sigma) ^ 3", s_three),
        ["a function of the model"] = ("def warp(a, b) { t = a * b; return exp(t + mu) }\n" + Noise + "for i in 1..3 { x[i] = warp(z[i], sigma) }", Prior + "for i in 1..3 { x[i] ~ LogNormal(mu, sigma) }", s_three),
        ["a random function"] = ("def D(m, s) { e ~ Normal(0, 1); return m + s * e }\n" + Prior + "for i in 1..3 { x[i] ~ D(mu, sigma) }", Prior + "for i in 1..3 { x[i] ~ Normal(mu, sigma) }", s_signed),
        ["a power of a positive number"] = (Prior + "for i in 1..3 { u[i] ~ LogNormal(mu, 0.7)\n x[i] = u[i] ^ sigma }", Prior + "for i in 1..3 { x[i] ~ LogNormal(sigma * mu, 0.7 * sigma) }", s_three),
        ["a square of a positive number"] = (Prior + "for i in 1..3 { u[i] ~ LogNormal(mu, sigma)\n x[i] = u[i] ^ 2 }", Prior + "for i in 1..3 { x[i] ~ LogNormal(2 * mu, 2 * sigma) }", s_three),
        ["a square root"] = (Prior + "for i in 1..3 { u[i] ~ LogNormal(mu, sigma)\n x[i] = sqrt(u[i]) }", Prior + "for i in 1..3 { x[i] ~ LogNormal(mu / 2, sigma / 2) }", s_three),
        ["a reciprocal"] = (Prior + "for i in 1..3 { u[i] ~ Gamma(3, sigma)\n x[i] = 1 / u[i] }", Prior + "for i in 1..3 { x[i] ~ InverseGamma(3, sigma) }", s_three),
        ["an exponent"] = (Prior + "for i in 1..3 { z[i] ~ Normal(mu, sigma)\n x[i] = 2 ^ z[i] }", Prior + "for i in 1..3 { x[i] ~ LogNormal(mu * log(2), sigma * log(2)) }", s_three),
        ["the distribution function"] = (Noise + "for i in 1..3 { x[i] = Phi(z[i]) * (1 + sigma) }", Prior + "for i in 1..3 { x[i] ~ Uniform(0, 1 + sigma) }", s_fractions),
        ["the quantile"] = (Prior + "for i in 1..3 { u[i] ~ Uniform(0, 1)\n x[i] = mu + sigma * inv_Phi(u[i]) }", Prior + "for i in 1..3 { x[i] ~ Normal(mu, sigma) }", s_signed),
        ["an exponential from a uniform"] = (Prior + "for i in 1..3 { u[i] ~ Uniform(0, 1)\n x[i] = -log1p(-u[i]) * sigma }", Prior + "for i in 1..3 { x[i] ~ Exponential(scale: sigma) }", s_three),
        ["a Weibull from an exponential"] = (Prior + "for i in 1..3 { e[i] ~ Exponential(1)\n x[i] = sigma * e[i] ^ (1 / (0.5 + sigma)) }", Prior + "for i in 1..3 { x[i] ~ Weibull(0.5 + sigma, sigma) }", s_three),
        ["a Gumbel from an exponential"] = (Prior + "for i in 1..3 { e[i] ~ Exponential(1)\n x[i] = mu - sigma * log(e[i]) }", Prior + "for i in 1..3 { x[i] ~ Gumbel(mu, sigma) }", s_signed),
        ["a branch that the data decide for each"] = (Noise + "input c[3]: bool\nfor i in 1..3 { x[i] = if c[i] then mu + sigma * z[i] else 2 * z[i] }",
            Prior + "input c[3]: bool\nfor i in 1..3 { x[i] ~ Normal(if c[i] then mu else 0, if c[i] then sigma else 2) }", [.. s_signed, Given("c", 1, 0, 1)]),
        ["statements in branches that the data decide"] = (Noise + "input c[3]: bool\nfor i in 1..3 { if c[i] { x[i] = mu + sigma * z[i] } else { x[i] = exp(z[i]) - 4 } }",
            Prior + "input c[3]: bool\nfor i in 1..3 { if c[i] { x[i] ~ Normal(mu, sigma) } else { y[i] ~ LogNormal(0, 1)\n x[i] = y[i] - 4 } }", [.. s_signed, Given("c", 1, 0, 1)]),
        ["a matrix, of vectors in a plate"] = ("input L[2, 2]\nmu ~ Normal(0, 1) ^ 2\nfor i in 1..3 { z[i] ~ Normal(0, 1) ^ 2\n x[i] = mu + L @ z[i] }",
            "input L[2, 2]\nmu ~ Normal(0, 1) ^ 2\nfor i in 1..3 { x[i] ~ MvNormal(mu, covariance: L @ transpose(L)) }", [Given("x", [3, 2], 0.3, 1.1, -0.4, 0.2, 2.2, -0.7), Given("L", [2, 2], 1.2, -0.4, 0.3, 0.8)]),
        ["a Cholesky factor that is not known"] = ("tau ~ HalfNormal(1)\nC ~ LKJCholesky(2, 2)\nL = tau * C\nfor i in 1..3 { z[i] ~ Normal(0, 1) ^ 2\n x[i] = L @ z[i] }",
            "tau ~ HalfNormal(1)\nC ~ LKJCholesky(2, 2)\nL = tau * C\nfor i in 1..3 { x[i] ~ MvNormal([0, 0], cholesky: L) }", [Given("x", [3, 2], 0.3, 1.1, -0.4, 0.2, 2.2, -0.7)]),
        ["rows of a matrix times a matrix"] = ("input A[2, 2]\ns ~ HalfNormal(1)\nZ ~ Normal(0, s) ^ (3, 2)\nX = Z @ A",
            "input A[2, 2]\ns ~ HalfNormal(1)\nfor i in 1..3 { X[i] ~ MvNormal([0, 0], covariance: s ^ 2 * (transpose(A) @ A)) }", [Given("X", [3, 2], 0.3, 1.1, -0.4, 0.2, 2.2, -0.7), Given("A", [2, 2], 1.2, -0.4, 0.3, 0.8)]),
        ["a transposed matrix"] = ("s ~ HalfNormal(1)\nZ ~ Normal(0, s) ^ (3, 2)\nX = exp(transpose(Z))", "s ~ HalfNormal(1)\nX ~ LogNormal(0, s) ^ (2, 3)", [Given("X", [2, 3], 0.3, 1.1, 0.4, 0.2, 2.2, 0.7)]),
        ["a permutation"] = (Noise + "input p[3]: int\nfor i in 1..3 { x[i] = mu + sigma * z[p[i]] }", Prior + "input p[3]: int\nfor i in 1..3 { x[i] ~ Normal(mu, sigma) }", [.. s_signed, Given("p", 2, 3, 1)]),
        ["a draw of vectors"] = ("m ~ Normal(0, 1)\nz ~ MvNormal([m, 0, 1], covariance: [[2, 0.5, 0], [0.5, 1, 0.2], [0, 0.2, 1.5]])\nx = 3 - 2 * z",
            "m ~ Normal(0, 1)\nx ~ MvNormal([3 - 2 * m, 3, 1], covariance: [[8, 2, 0], [2, 4, 0.8], [0, 0.8, 6]])", s_signed),
        ["an autoregression by its innovations"] = (Prior + "a ~ Normal(0, 1)\nfor t in 1..3 { e[t] ~ Normal(0, sigma) }\nx[1] = mu + e[1]\nfor t in 2..3 { x[t] = a * x[t-1] + e[t] }",
            Prior + "a ~ Normal(0, 1)\nx[1] ~ Normal(mu, sigma)\nfor t in 2..3 { x[t] ~ Normal(a * x[t-1], sigma) }", s_signed),
        ["a moving average by its innovations"] = (Prior + "a ~ Normal(0, 1)\nfor t in 1..3 { e[t] ~ Normal(0, sigma) }\nx[1] = mu + e[1]\nfor t in 2..3 { x[t] = mu + e[t] + a * e[t-1] }",
            Prior + "a ~ Normal(0, 1)\nL = sigma * [[1, 0, 0], [a, 1, 0], [0, a, 1]]\nx ~ MvNormal(mu * ones(3), cholesky: L)", s_signed),
        ["a random walk that is computed"] = (Prior + "for t in 1..3 { e[t] ~ Normal(0, sigma) }\nw[1] = mu + e[1]\nfor t in 2..3 { w[t] = w[t-1] + e[t] }\nfor t in 1..3 { x[t] = exp(w[t]) }",
            Prior + "for t in 1..3 { m[t] = if t == 1 then mu else log(x[max(1, t - 1)]) }\nfor t in 1..3 { x[t] ~ LogNormal(m[t], sigma) }", s_three),
        ["latents that depend on each other"] = (Prior + "z[1] ~ Normal(mu, 1)\nfor t in 2..3 { z[t] ~ Normal(z[t-1], sigma) }\nfor t in 1..3 { x[t] = 2 * z[t] + 1 }",
            Prior + "x[1] ~ Normal(2 * mu + 1, 2)\nfor t in 2..3 { x[t] ~ Normal(x[t-1], 2 * sigma) }", s_signed),
        ["two outputs of two latents"] = (Prior + "a ~ Normal(0, 1)\nb ~ Normal(mu, sigma)\nx = a + 2 * b\ny = a + 1",
            Prior + "y ~ Normal(1, 1)\nx ~ Normal(y - 1 + 2 * mu, 2 * sigma)", [Given("x", 0.7), Given("y", -0.4)]),
        ["a mixture behind a map"] = (Prior + "for i in 1..3 { z[i] ~ Mixture([0.3, 0.7], [Normal(mu, 1), Normal(-mu, sigma)])\n x[i] = 2 * z[i] }",
            Prior + "for i in 1..3 { x[i] ~ Mixture([0.3, 0.7], [Normal(2 * mu, 2), Normal(-2 * mu, 2 * sigma)]) }", s_signed),
        ["a discrete latent that decides"] = (Prior + "for i in 1..3 { k[i] ~ Categorical([0.4, 0.6])\n z[i] ~ Normal(0, 1)\n x[i] = [mu, -mu][k[i]] + sigma * z[i] }",
            Prior + "for i in 1..3 { x[i] ~ Mixture([0.4, 0.6], [Normal(mu, sigma), Normal(-mu, sigma)]) }", s_signed),
        ["values of which some are missing"] = (Noise + "for i in 1..3 { x[i] = exp(mu + sigma * z[i]) }", Prior + "for i in 1..3 { x[i] ~ LogNormal(mu, sigma) }",
            [Given("x", 0.4, 1.3, null)]),
        ["rows of different lengths"] = ("input n[2]: count\n" + Prior + "for i in 1..2 { for k in 1..n[i] { z[i, k] ~ Normal(0, 1)\n x[i, k] = exp(mu + sigma * z[i, k]) } }",
            "input n[2]: count\n" + Prior + "for i in 1..2 { for k in 1..n[i] { x[i, k] ~ LogNormal(mu, sigma) } }", [Rows("x", [0.4, 1.3, 2.2], [0.7]), Given("n", 3, 1)]),
        ["a truncated draw"] = (Prior + "for i in 1..3 { z[i] ~ Normal(mu, sigma) truncated (0, )\n x[i] = 3 * z[i] }", Prior + "for i in 1..3 { x[i] ~ Normal(3 * mu, 3 * sigma) truncated (0, ) }", s_three),
    };

    public static IEnumerable<string> Names => s_cases.Keys;

    public static ConditionedModel Computed(string name) => Condition(s_cases[name].Computed, s_cases[name].Data);

    public static ConditionedModel Drawn(string name) => Condition(s_cases[name].Drawn, s_cases[name].Data);
}
