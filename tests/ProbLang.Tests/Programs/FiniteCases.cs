using ProbLang.Datasets;
using static ProbLang.Tests.Analysis.ModelText;
using static ProbLang.Tests.Programs.ProgramCases;

namespace ProbLang.Tests.Programs;

/// <summary>Models of the program cases with discrete unknowns, few enough to list what they may be together.</summary>
internal static class FiniteCases
{
    public static IReadOnlyDictionary<string, (string Model, DataArray[] Data)> All { get; } = new Dictionary<string, (string, DataArray[])>
    {
        ["finite: labels of a mixture"] = (
            """
            input N: count
            w ~ Dirichlet([2, 3])
            mu ~ Normal(0, 2) ^ 2
            s ~ HalfNormal(2) ^ 2
            for i in 1..N { z[i] ~ Categorical(w); y[i] ~ Normal(mu[z[i]], s[z[i]]) }
            """,
            [Ramp("y", 7)]),
        ["finite: labels of a mixture as arrays"] = (
            """
            input N: count
            p ~ Beta(2, 3)
            mu ~ Normal(0, 2) ^ 3
            z ~ Categorical([p, 0.6 * (1 - p), 0.4 * (1 - p)]) ^ N
            y ~ Normal(mu[z], 0.5)
            x ~ Poisson(exp(0.3 * mu[z]))
            """,
            [Given("N", 6), Ramp("y", 6), Given("x", 1, 0, 3, 2, 1, 1)]),
        ["finite: a hidden Markov model"] = (
            """
            input T: count
            for k in 1..2 { P[k] ~ Dirichlet([1.5, 2]) }
            mu ~ Normal(0, 3) ^ 2
            z[1] ~ Categorical([0.5, 0.5])
            for t in 2..T { z[t] ~ Categorical(P[z[t-1]]) }
            for t in 1..T { y[t] ~ Normal(mu[z[t]], 1) }
            """,
            [Ramp("y", 8)]),
        ["finite: a hidden Markov model of two series, with ordered means and a forbidden step"] = (
            """
            input T: count
            a ~ Beta(2, 2)
            mu ~ Normal(0, 3) ^ 3
            given mu[1] < mu[2]
            given mu[2] < mu[3]
            s ~ HalfNormal(1)
            P = [[a, 1 - a, 0], [0, a, 1 - a], [0.1, 0.2, 0.7]]
            z[1] ~ Categorical([1/3, 1/3, 1/3])
            for t in 2..T { z[t] ~ Categorical(P[z[t-1]]) }
            for t in 1..T { y[t] ~ Normal(mu[z[t]], s); c[t] ~ Poisson(exp(0.5 * mu[z[t]])) }
            """,
            [Ramp("y", 6), Given("c", 0, 1, 2, 1, 0, 3)]),
        ["finite: chains of several sequences, a lag of two, and an end that is observed"] = (
            """
            input S: count
            input T: count
            b ~ Normal(0, 1) ^ 3
            for s in 1..S {
              z[s, 1] ~ Bernoulli(0.4)
              z[s, 2] ~ Bernoulli(logit: b[1])
              for t in 3..T { z[s, t] ~ Bernoulli(logit: b[1] + b[2] * z[s, t-1] - b[3] * z[s, t-2]) }
              for t in 1..T { y[s, t] ~ Normal(if z[s, t] then 1 else -1, exp(b[3])) }
            }
            """,
            [Given("S", 2), Given("T", 5), Ramp("y", 2, 5), Given("z", [2, 5], null, null, null, null, 1, null, null, 0, null, null)]),
        ["finite: chains of different lengths"] = (
            """
            input n[4]: count
            p ~ Beta(2, 3)
            m ~ Normal(0, 1) ^ 2
            for s in 1..4 {
              z[s, 1] ~ Categorical([p, 1 - p])
              for t in 2..n[s] { z[s, t] ~ Categorical(if z[s, t-1] == 1 then [p, 1 - p] else [0.3, 0.7]) }
              for t in 1..n[s] { y[s, t] ~ Normal(m[z[s, t]], 1); x[s, t] ~ Poisson(exp(0.3 * m[z[s, t]])) }
            }
            """,
            [Given("n", 3, 1, 4, 3), Rows("y", [1, 2, 0], [1], [0.3, 2, 1.5, 0.1], [1, 1, 3]), Rows("x", [1, 0, null], [2], [1, 0, 2, 1], [0, 1, 3])]),
        ["finite: labels of which some are known"] = (
            """
            input N: count
            w ~ Dirichlet([1, 1, 1])
            mu ~ Normal(0, 2) ^ 3
            for i in 1..N { z[i] ~ Categorical(w); y[i] ~ Normal(mu[z[i]], 1) }
            """,
            [Ramp("y", 6), Given("z", 1, null, null, 3, 2, null)]),
        ["finite: observations that name their unknown"] = (
            """
            input N: count
            input G: count
            input g[N]: int(1, G)
            p ~ Beta(2, 2)
            d ~ Normal(0, 1) ^ 2
            for j in 1..G { hit[j] ~ Bernoulli(p) }
            for i in 1..N { y[i] ~ Bernoulli(logit: if hit[g[i]] then d[1] else d[2]) }
            """,
            [Given("G", 3), Given("g", 2, 2, 1, 3, 3, 3, 1), Given("y", 1, 0, 1, 0, 0, 1, 1)]),
        ["finite: a plate in a plate"] = (
            """
            input N: count
            input M: count
            a ~ Normal(0, 1) ^ 2
            for i in 1..N {
              z[i] ~ DiscreteUniform(0, 2)
              for j in 1..M { y[i, j] ~ Normal(a[1] + a[2] * z[i], 1) }
            }
            """,
            [Ramp("y", 3, 2)]),
        ["finite: gates"] = (
            """
            input N: count
            p ~ Beta(1, 2)
            m ~ Normal(0, 1) ^ 2
            for i in 1..N {
              out[i] ~ Bernoulli(p)
              if out[i] { y[i] ~ Cauchy(m[1], 2) } else { y[i] ~ Normal(m[2], 1) }
            }
            """,
            [Ramp("y", 4)]),
        ["finite: what is computed of discrete unknowns, and facts about them"] = (
            """
            q ~ Beta(2, 2)
            a ~ Bernoulli(q)
            b ~ Bernoulli(0.3)
            c ~ Bernoulli(if a then 0.2 else q)
            both = a and b
            n = a + b + c
            given not both
            given n >= 1
            y ~ Normal(n - 2 * both, 1)
            factor if a then -0.3 else 0.2
            """,
            [Given("y", 0.7)]),
        ["finite: counts"] = (
            """
            r ~ Gamma(2, 1)
            p ~ Beta(2, 2)
            n ~ Poisson(r) truncated (0, 6)
            k ~ Binomial(n, p)
            m ~ Binomial(4, p)
            y ~ Binomial(n, 0.5 * p)
            x ~ Normal(k + m, 1)
            """,
            [Given("y", 2), Given("x", 3.1)]),
        ["finite: continuous unknowns that depend on a label"] = (
            """
            input N: count
            w ~ Dirichlet([2, 2])
            m ~ Normal(0, 2) ^ 2
            tau ~ HalfNormal(1)
            for i in 1..N {
              z[i] ~ Categorical(w)
              x[i] ~ Normal(m[z[i]], tau)
              y[i] ~ Normal(x[i], 0.5)
            }
            """,
            [Ramp("y", 4)]),
        ["finite: an unknown picks an unknown"] = (
            """
            m ~ Normal(0, 1) ^ 3
            for j in 1..3 { z[j] ~ Categorical([0.2, 0.3, 0.5]) }
            w ~ Categorical([0.5, 0.25, 0.25])
            y ~ Normal(m[z[w]], 1)
            v ~ Normal(m[z[1]] + z[3], 2)
            """,
            [Given("y", 0.4), Given("v", 1.5)]),
        ["finite: running counts"] = (
            """
            input T: count
            p ~ Beta(2, 2)
            z[1] ~ Bernoulli(p)
            s[1] = z[1]
            for t in 2..T { z[t] ~ Bernoulli(p); s[t] = s[t-1] + z[t] }
            for t in 1..T { y[t] ~ Normal(s[t], 1) }
            """,
            [Ramp("y", 4)]),
        ["finite: a sum of many"] = (
            """
            p ~ Beta(2, 2)
            for j in 1..9 { z[j] ~ Bernoulli(p) }
            y ~ Normal(sum(for j in 1..9: z[j]) + sum(z), 2)
            """,
            [Given("y", 7.5)]),
        ["finite: vectors by label"] = (
            """
            input N: count
            for k in 1..2 { m[k] ~ Normal(0, 2) ^ 2 }
            tau ~ HalfNormal(1)
            for i in 1..N {
              z[i] ~ Categorical([0.3, 0.7])
              y[i] ~ MvNormal(m[z[i]], covariance: [[1, 0.3], [0.3, tau + z[i]]])
            }
            """,
            [Ramp("y", 3, 2)]),
        ["finite: five states"] = (
            """
            input T: count
            b ~ Normal(0, 1) ^ 5
            z[1] ~ Categorical(logits: b)
            for t in 2..T { z[t] ~ Categorical(logits: [for k in 1..5: b[k] - 0.5 * (k - z[t-1]) ^ 2]) }
            for t in 1..T { y[t] ~ OrderedLogistic(0.5 * z[t], [-1, 0.5, 2]) }
            """,
            [Given("y", 1, 4, 2, 3, 3)]),
        ["finite: other distributions"] = (
            """
            a ~ Gamma(2, 1)
            k ~ BetaBinomial(3, a, 2)
            o ~ OrderedLogistic(a, [0, 1])
            h ~ ZeroInflated(0.3, Binomial(2, 0.5))
            g ~ Mixture([0.4, 0.6], [Bernoulli(0.2), Binomial(3, 0.5)])
            u ~ Hypergeometric(6, 3, 2)
            y ~ Normal(k + o * h - g, 1 + u)
            """,
            [Given("y", 1.2)]),
        ["finite: an interval that depends on a label"] = (
            """
            m ~ Exponential(1)
            z ~ Categorical([0.2, 0.3, 0.5])
            n ~ DiscreteUniform(1, 3)
            y ~ Uniform(-m, z)
            x ~ Uniform(0, n)
            """,
            [Given("y", 1.4), Given("x", 1.9)]),
    };
}
