using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Tests.Analysis;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Programs;

/// <summary>Models that between them use every construct that the program compiler knows, each with data.</summary>
internal static partial class ProgramCases
{
    private static readonly Dictionary<string, (string Model, DataArray[] Data)> s_cases = new()
    {
        ["one normal"] = ("mu ~ Normal(1, 2)", []),
        ["eight schools"] = (
            """
            input sigma[J]: positive
            input J: count
            mu ~ Normal(0, 5)
            tau ~ HalfCauchy(5)
            for j in 1..J {
              theta[j] ~ Normal(mu, tau)
              y[j] ~ Normal(theta[j], sigma[j])
            }
            """,
            [Given("y", 28, 8, -3, 7, -1, 1, 18, 12), Given("sigma", 15, 10, 16, 11, 9, 11, 10, 18)]),
        ["random functions"] = (
            """
            input K: count
            input se[K]: positive
            def Effect(mu, tau, s) { theta ~ Normal(mu, tau); y ~ Normal(theta, s); return y }
            def Noisy(m, n) { s ~ HalfNormal(1); for j in 1..n { e[j] ~ Normal(0, s) } t = m + sum(e); return Normal(t, s + 0.5) }
            def shifted(a) { for i in 1..length(a) { t[i] = exp(a[i] / 2) } u = sum(t); return u * u }
            mu ~ Normal(0, 5)
            tau ~ HalfNormal(2)
            for k in 1..K { y[k] ~ Effect(mu, tau, se[k]) }
            z ~ Noisy(shifted([mu, tau]), 2) ^ 3
            """,
            [Given("y", 0.3, -0.2, null, 1.1), Given("se", 0.2, 0.4, 0.3, 0.5), Given("z", 0.4, 1.4, -0.3)]),
        ["linear regression"] = (
            """
            input N: count
            input D: count
            input X[N, D]
            alpha ~ Normal(0, 10)
            beta ~ Normal(0, 10) ^ D
            sigma ~ HalfNormal(10)
            y ~ Normal(alpha + X @ beta, sigma)
            """,
            [Ramp("X", 13, 3), Ramp("y", 13)]),
        ["logistic regression by rows"] = (
            """
            input X[N, D]
            input N: count
            input D: count
            beta ~ StudentT(4, 0, 2.5) ^ D
            for i in 1..N { y[i] ~ Bernoulli(logit: sum(for d in 1..D: X[i, d] * beta[d])) }
            """,
            [Ramp("X", 7, 10), Given("y", 0, 1, 1, 0, 1, 0, 1)]),
        ["varying intercepts by label"] = (
            """
            input region[N]: category
            input N: count
            input x[N]
            mu ~ Normal(0, 5)
            tau ~ HalfNormal(2)
            s ~ Exponential(1)
            b ~ Normal(0, 1) ^ size(levels(region))
            for r in levels(region) { a[r] ~ Normal(if r == "Ohio" then 2 * mu else mu, tau) }
            for i in 1..N { y[i] ~ Normal(a[region[i]] + dot(onehot(region[i]), b) * x[i] + (region[i] != "Iowa") * mu, s) }
            """,
            [Labels("region", "Ohio", "Texas", "Iowa", "Ohio", "Texas", "10"), Ramp("x", 6), Ramp("y", 6)]),
        ["indicators of a vector of codes"] = (
            """
            input g[N]: category("c", "b", "a")
            input k[N]: int(1, 4)
            input N: count
            b ~ Normal(0, 1) ^ 3
            c ~ Normal(0, 1) ^ 4
            s ~ HalfNormal(1)
            y ~ Normal(onehot(g) @ b + onehot(k, 4) @ c, s)
            """,
            [Labels("g", "a", "b", "a", "a", "b"), Given("k", 1, 4, 2, 3, 3), Ramp("y", 5)]),
        ["random labels given in part"] = (
            """
            input N: count
            w: simplex(3) ~ Dirichlet(ones(size(levels(digit))))
            mu ~ Normal(0, 3) ^ size(levels(digit))
            for i in 1..N { label[i]: category(digit) ~ Categorical(w) }
            for i in 1..4 { y[i] ~ Normal(mu[label[i]], 1) }
            """,
            [Given("N", 6), Labels("label", "one", "two", "three", "one", null, null), Ramp("y", 4)]),
        ["declared vectors and matrices"] = (
            """
            input S: covariance(D)
            input D: count
            input L: cholesky(D)
            input w[N]: simplex(D)
            input N: count
            m ~ Normal(0, 1) ^ D
            p: simplex(D) = softmax(m)
            x ~ MvNormal(m, S)
            y ~ MvNormal(m, cholesky: L)
            for i in 1..N { v[i]: simplex(D) ~ Dirichlet(w[i] + p) }
            """,
            [Given("S", [2, 2], 2, 0.5, 0.5, 1), Given("L", [2, 2], 1, 0, 0.3, 0.8), Given("w", [2, 2], 0.5, 0.5, 0.25, 0.75), Given("x", 1, 0.5), Given("v", [2, 2], 0.3, 0.7, null, null)]),
        ["varying intercepts"] = (
            """
            input N: count
            input G: count
            input g[N]: int(1, G)
            input x[N]
            mu ~ Normal(0, 5)
            tau ~ HalfNormal(2)
            b ~ Normal(0, 1)
            s ~ Exponential(1)
            for j in 1..G { a[j] ~ Normal(mu, tau) }
            for i in 1..N { y[i] ~ Normal(a[g[i]] + b * x[i], s) }
            """,
            [Given("G", 4), Given("g", 1, 1, 2, 2, 3, 3, 4, 4, 1, 2, 1), Ramp("x", 11), Ramp("y", 11)]),
        ["mixture of two"] = (
            """
            mu ~ Normal(0, 2) ^ 2
            given mu[1] < mu[2]
            sigma ~ HalfNormal(2) ^ 2
            theta ~ Beta(5, 5)
            input N: count
            for i in 1..N { y[i] ~ Mixture([theta, 1 - theta], [Normal(mu[1], sigma[1]), Normal(mu[2], sigma[2])]) }
            """,
            [Ramp("y", 9)]),
        ["mixture of unlike supports"] = (
            """
            input N: count
            p ~ Beta(2, 2)
            z ~ Mixture([p, 1 - p], [HalfNormal(1), Normal(0, 2) truncated (-3, 0.5)])
            for i in 1..N { y[i] ~ Mixture([p, 1 - p], [Exponential(1 + z^2), Normal(z, 1)]) }
            """,
            [Ramp("y", 6)]),
        ["mixture of many"] = (
            """
            input K: count
            input N: count
            w ~ Dirichlet(ones(K))
            for k in 1..K { mu[k] ~ Normal(0, 3); sigma[k] ~ LogNormal(0, 1) }
            for i in 1..N { y[i] ~ Mixture(w, for k in 1..K: Normal(mu[k], sigma[k])) }
            """,
            [Given("K", 10), Ramp("y", 9)]),
        ["mixture of three"] = (
            """
            input K: count
            input N: count
            w ~ Dirichlet(ones(K))
            for k in 1..K { mu[k] ~ Normal(0, 3); sigma[k] ~ LogNormal(0, 1) }
            y ~ Mixture(w, for k in 1..K: Normal(mu[k], sigma[k])) ^ N
            """,
            [Given("K", 3), Ramp("y", 9)]),
        ["autoregression"] = (
            """
            input K: count
            input T: count
            alpha ~ Normal(0, 10)
            beta ~ Normal(0, 10) ^ K
            sigma ~ HalfCauchy(2.5)
            for t in K+1..T { y[t] ~ Normal(alpha + sum(for k in 1..K: beta[k] * y[t-k]), sigma) }
            """,
            [Given("K", 3), Ramp("y", 14)]),
        ["autoregression with a gap"] = (
            """
            input T: count
            phi ~ Uniform(-1, 1)
            sigma ~ HalfCauchy(2.5)
            y[1] ~ Normal(0, 1)
            for t in 2..T { y[t] ~ Normal(phi * y[t-1], sigma) }
            """,
            [Given("T", 9), Given("y", 0.3, 0.2, null, 0.5, 1, null, null, 0.1, 0.2)]),
        ["garch"] = (
            """
            input T: count
            input sigma1: positive
            mu ~ Flat()
            alpha0 ~ Flat(0, )
            alpha1 ~ Uniform(0, 1)
            beta1 ~ Flat(0, 1 - alpha1)
            s2[1] = sigma1 ^ 2
            for t in 2..T { s2[t] = alpha0 + alpha1 * (y[t-1] - mu)^2 + beta1 * s2[t-1] }
            for t in 1..T { y[t] ~ Normal(mu, sqrt(s2[t])) }
            """,
            [Given("sigma1", 0.5), Ramp("y", 12)]),
        ["arma, two arrays through each other"] = (
            """
            input T: count
            mu ~ Normal(0, 10)
            phi ~ Normal(0, 2)
            theta ~ Normal(0, 2)
            sigma ~ HalfCauchy(5)
            nu[1] = mu + phi * mu
            for t in 2..T { nu[t] = mu + phi * y[t-1] + theta * err[t-1] }
            for t in 1..T { err[t] = y[t] - nu[t] }
            for t in 1..T { y[t] ~ Normal(nu[t], sigma) }
            """,
            [Ramp("y", 11)]),
        ["backwards recursion"] = (
            """
            input T: count
            a ~ Normal(0, 1)
            z[T] = a
            for t in 1..T-1 { z[t] = 0.5 * z[t+1] + sin(a * t) }
            for t in 1..T { y[t] ~ Normal(z[t], 1) }
            """,
            [Ramp("y", 10)]),
        ["vector recursion"] = (
            """
            input T: count
            input A[2, 2]
            s ~ HalfNormal(1)
            x0 ~ Normal(0, 1) ^ 2
            x[1, 1] = x0[1]
            x[1, 2] = x0[2]
            for t in 2..T { for k in 1..2 { x[t, k] = tanh(sum(for j in 1..2: A[k, j] * x[t-1, j])) * s } }
            for t in 1..T { y[t] ~ Normal(x[t, 1] + 2 * x[t, 2], 1) }
            """,
            [Ramp("A", 2, 2), Ramp("y", 9)]),
        ["gaussian process"] = (
            """
            input N: count
            input x[N]
            rho ~ Gamma(25, 4)
            alpha ~ HalfNormal(2)
            sigma ~ HalfNormal(1)
            y ~ MvNormal(zeros(N), gp_exp_quad(x, alpha, rho) + sigma * identity(N))
            """,
            [Ramp("x", 11), Ramp("y", 11)]),
        ["matern"] = (
            """
            input N: count
            input x[N]
            rho ~ Gamma(5, 4)
            alpha ~ HalfNormal(2)
            f ~ MvNormal(zeros(N), gp_matern52(x, alpha, rho) + gp_matern32(x, 0.5, rho) + gp_periodic(x, 0.3, 1.2, 2) + 0.1 * identity(N))
            for i in 1..N { y[i] ~ Poisson(log_rate: f[i]) }
            """,
            [Ramp("x", 6), Given("y", 0, 1, 2, 1, 0, 3)]),
        ["rows of a multivariate normal"] = (
            """
            input N: count
            input D: count
            m ~ Normal(0, 2) ^ D
            s ~ HalfNormal(1)
            r ~ Uniform(-0.3, 0.3)
            for i in 1..N { y[i] ~ MvNormal(m, s * identity(D) + r * ones(D, D) ) }
            """,
            [Given("D", 3), Ramp("y", 5, 3)]),
        ["rows with a covariance that is data"] = (
            """
            input N: count
            input S[2, 2]
            m ~ Normal(0, 2) ^ 2
            for i in 1..N { y[i] ~ MvNormal(m, S) }
            """,
            [Given("S", [2, 2], 1, 0.5, 0.5, 2), Ramp("y", 4, 2)]),
        ["latent rows and a shared factor"] = (
            """
            input N: count
            input L[2, 2]
            a ~ Normal(0, 1) ^ 2
            for i in 1..N {
              b[i] ~ MvNormal(a, cholesky: L)
              y[i] ~ Normal(b[i, 1] + exp(b[i, 2]), 1)
            }
            """,
            [Given("L", [2, 2], 1, 0, 0.5, 2), Ramp("y", 4)]),
        ["rows of the simplex"] = (
            """
            input N: count
            input z[N]: int(1, 3)
            p ~ Dirichlet([2, 3, 4]) ^ 3
            for i in 2..N { y[i] ~ Categorical(p[z[i]]) }
            y[1] ~ Categorical([0.2, 0.3, 0.5])
            """,
            [Given("z", 1, 2, 3, 1, 2), Given("y", 1, 2, 3, 3, 1)]),
        ["truncated"] = (
            """
            input N: count
            mu ~ Normal(0, 3) truncated (-1, 4)
            s ~ StudentT(3, 0, 2) truncated (0, )
            for i in 1..N { y[i] ~ Normal(mu, s) truncated (-5, 6) }
            """,
            [Ramp("y", 6)]),
        ["functions and choices"] = (
            """
            input N: count
            input x[N]
            def bump(u, c) = exp(-(u - c)^2) + (if u < c then u else c)
            c ~ Logistic(0, 1)
            k ~ Cauchy(0, 1)
            h ~ Laplace(0, 2)
            v ~ InverseGamma(3, 2)
            w ~ Weibull(2, 1)
            for i in 1..N {
              m[i] = if i == 1 then h else bump(x[i-1], c) * k
              y[i] ~ StudentT(4, m[i] + log1p(w) * atan(h), sqrt(v))
            }
            """,
            [Ramp("x", 10), Ramp("y", 10)]),
        ["counts"] = (
            """
            input N: count
            input n[N]: count
            a ~ Normal(0, 1)
            phi ~ Gamma(2, 0.5)
            p ~ Beta(2, 2)
            for i in 1..N {
              y[i] ~ NegativeBinomial(exp(a) * i, phi)
              k[i] ~ Binomial(n[i], p)
              l[i] ~ Binomial(n[i], logit: a)
            }
            """,
            [Given("n", 3, 4, 5), Given("y", 0, 2, 7), Given("k", 0, 4, 2), Given("l", 1, 2, 5)]),
        ["vectors and slices"] = (
            """
            input N: count
            z ~ Normal(0, 1) ^ N
            c = cumsum(z)
            p = softmax(z[2..N])
            q = [z[1], z[2] * 2, 3]
            s = sum(c[..3]) + dot(z, c) + prod(z[1..3]) + mean(q) + variance(z) + log_sum_exp(z) + max(c)
            y ~ Normal(s + p[2] + [for i in 1..3: z[i]^2][2] + sum(concat(z, q)), 1)
            """,
            [Given("N", 11), Given("y", 1.5)]),
        ["a matrix product of latents"] = (
            """
            input N: count
            input X[N, 3]
            B ~ Normal(0, 1) ^ (3, 4)
            M = X @ B
            for i in 1..N { for j in 1..4 { y[i, j] ~ Normal(M[i, j], 1 + M[i, 1]^2) } }
            """,
            [Ramp("X", 7, 3), Ramp("y", 7, 4)]),
        ["three levels"] = (
            """
            input R: count
            input S: count
            g ~ Normal(0, 1)
            t1 ~ HalfNormal(1)
            t2 ~ HalfNormal(1)
            for r in 1..R {
              m[r] ~ Normal(g, t1)
              for s in 1..S { a[r, s] ~ StudentT(5, m[r], t2); y[r, s] ~ Normal(a[r, s], 0.5) }
            }
            """,
            [Ramp("y", 3, 5)]),
        ["ordered chain of five"] = (
            """
            input K: count
            for k in 1..K { c[k] ~ Normal(0, 3) }
            for k in 2..K { given c[k-1] < c[k] }
            for k in 1..K { y[k] ~ Normal(c[k], 1) }
            """,
            [Given("K", 5), Ramp("y", 5)]),
        ["a missing part of a normal vector"] = (
            """
            input N: count
            s ~ HalfNormal(1)
            x ~ Normal(0, s) ^ N
            for i in 1..N { y[i] ~ Normal(x[i], 1) }
            """,
            [Given("x", 1, null, 0.3, null, 2, 0.4), Ramp("y", 6)]),
        ["more scalars than fit into one method"] = (
            string.Join('\n', Enumerable.Range(0, 60).Select(i => $"x{i} ~ StudentT({3 + i}, sin(x{i - 1}), exp(x0))").Skip(1).Prepend("x0 ~ Normal(0, 1)"))
                + "\nfor i in 1..5 { y[i] ~ Normal(x59 * x3 + exp(x20), 1 + x7^2) }",
            [Ramp("y", 5)]),
        ["a grid of latents in one statement"] = (
            """
            input N: count
            input M: count
            s ~ HalfNormal(1)
            for i in 1..N {
              for j in 1..M {
                x[i, j] ~ Normal((if i > 1 then x[i-1, j] else 0) + (if j > 1 then x[i, j-1] else 0), s)
                y[i, j] ~ Normal(x[i, j], 1)
              }
            }
            """,
            [Ramp("y", 4, 3)]),
        ["a recursion with a first step of its own"] = (
            """
            input T: count
            mu ~ Normal(0, 10)
            phi ~ Normal(0, 2)
            theta ~ Normal(0, 2)
            sigma ~ HalfCauchy(5)
            nu[1] = mu + phi * mu
            err[1] = y[1] - nu[1]
            for t in 2..T {
              nu[t] = mu + phi * y[t-1] + theta * err[t-1]
              err[t] = y[t] - nu[t]
            }
            for t in 1..T { y[t] ~ Normal(nu[t], sigma) }
            """,
            [Ramp("y", 11)]),
        ["cells of one array by several statements"] = (
            """
            input N: count
            a[1] ~ Normal(0, 1)
            a[2] = a[1] * 2
            a[3] ~ Exponential(1)
            for i in 4..N { a[i] ~ Normal(a[i-1], a[3]) }
            for i in 1..N { y[i] ~ Normal(a[i], 1) }
            """,
            [Ramp("y", 7)]),
        ["a recursion through parents that come later"] = (
            """
            input N: count
            input parent[N]: int
            s ~ HalfNormal(1)
            e ~ Normal(0, 1) ^ N
            x[N] = e[N]
            for i in 1..N-1 { x[i] = x[parent[i]] * s + e[i] }
            for i in 1..N { y[i] ~ Normal(x[i], 1) }
            """,
            [Given("parent", 3, 3, 7, 5, 6, 7, 7), Ramp("y", 7)]),
        ["a recursion through parents in any order"] = (
            """
            input N: count
            input parent[N]: int
            s ~ HalfNormal(1)
            for i in 1..N {
              x[i] = if i == 4 then s else x[parent[i]] * s + i
              y[i] ~ Normal(x[i], 1)
            }
            """,
            [Given("parent", 3, 1, 4, 4, 6, 4, 5), Ramp("y", 7)]),
        ["a recursion through all that come later"] = (
            """
            input N: count
            input L[N, N]
            e ~ Normal(0, 1) ^ N
            for i in 1..N { x[i] = e[i] + sum(for j in i+1..N: L[i, j] * x[j]) }
            for i in 1..N { y[i] ~ Normal(x[i], 1) }
            """,
            [Ramp("L", 5, 5), Ramp("y", 5)]),
        ["a recursion across its inner plate"] = (
            """
            input N: count
            input M: count
            s ~ HalfNormal(1)
            for j in 1..M { x[1, j] = s * j }
            for j in 1..M { for i in 2..N { x[i, j] = s + 0.5 * x[i-1, M + 1 - j] } }
            for i in 1..N { for j in 1..M { y[i, j] ~ Normal(x[i, j], 1) } }
            """,
            [Ramp("y", 4, 3)]),
        ["rows that recur, the reader written first"] = (
            """
            input T: count
            a ~ Normal(0, 1)
            B[1] = [a, 2 * a]
            for t in 1..T { A[t] = tanh(B[t]) * a }
            for t in 2..T { B[t] = A[t-1] + 1 }
            for t in 1..T { y[t] ~ Normal(sum(A[t]), 1) }
            """,
            [Ramp("y", 5)]),
        ["a chain of bounds, partly observed"] = (
            """
            input N: count
            s ~ HalfNormal(1)
            x[1] ~ HalfNormal(1)
            for i in 2..N { x[i] ~ Normal(0, s) truncated (x[i-1], ) }
            for i in 1..N { y[i] ~ Normal(x[i], 1) }
            """,
            [Given("x", [7], null, null, 5.3, null, 7.7, null, null), Ramp("y", 7)]),
        ["components of different support"] = (
            """
            w ~ Beta(2, 2)
            m ~ Normal(0, 1) ^ 2
            u ~ Gamma(3, 1) ^ 3
            x ~ Mixture([w, 1 - w], [Normal(0, 1) truncated (0, ), Normal(3, 1) truncated (-1, 1)])
            for i in 1..4 {
              y[i] ~ Mixture([w / 2, w / 2, 1 - w], [Normal(m[1] + x, 1), Gamma(u[1], 2), Normal(m[2], 1) truncated ( , 0)])
              z[i] ~ Mixture([w / 2, w / 2, 1 - w], [Beta(u[1], u[2]), Normal(m[2], 1), Weibull(u[3], 1)])
              k[i] ~ Mixture([w / 2, w / 2, 1 - w], [Binomial(3, w), Poisson(u[2]), Bernoulli(logit: m[1])])
              c[i] ~ Mixture([w, 1 - w], [Categorical([w, 1 - w]), Categorical([w / 3, w / 3, w / 3, 1 - w])])
            }
            """,
            [Given("y", -1, 2, -0.3, 0.4), Given("z", -1, 2, 0.3, 0.4), Given("k", 0, 5, 1, 3), Given("c", 1, 2, 3, 4)]),
        ["a range of components of different support"] = (
            """
            input lo[3]
            input n[3]: count
            w ~ Dirichlet([1, 2, 3])
            u ~ Gamma(3, 1) ^ 3
            a ~ Mixture(w, for k in 1..3: Uniform(lo[k], u[k]))
            b ~ Mixture(w, for k in 1..3: Normal(0, 1) truncated (u[k], ))
            for i in 1..4 {
              y[i] ~ Normal(a * b, 1)
              k[i] ~ Mixture(w, for k in 1..3: Binomial(n[k], logistic(a)))
              z[i] ~ Mixture(w, for k in 1..3: Uniform(lo[k], k))
            }
            """,
            [Given("lo", 0, 0, -2), Given("n", 3, 5, 7), Ramp("y", 4), Given("k", 0, 1, 6, 7), Given("z", -1, 0.5, 1.5, 2.5)]),
        ["distributions of the real line and of angles"] = (
            """
            input N: count
            m ~ Gumbel(0, 1)
            s ~ Rayleigh(1)
            a ~ SkewNormal(m, s, 2)
            h ~ AsymmetricLaplace(m, s, 0.7)
            e ~ ExGaussian(m, s, 1.5)
            w ~ VonMises(m, s)
            k ~ ChiSquare(3)
            b ~ Gumbel(m, k) ^ 3
            for i in 1..N {
              x1[i] ~ Gumbel(a, s)
              x2[i] ~ SkewNormal(m, k, h * 3)
              x3[i] ~ ExGaussian(m + e, s, k)
              x4[i] ~ AsymmetricLaplace(h, s, k)
              x5[i] ~ VonMises(w + b[1], k * 20)
              x6[i] ~ ExGaussian(b[2], exp(b[3]), 30)
            }
            """,
            [Given("N", 53), Ramp("x1", 53), Ramp("x2", 53), Ramp("x3", 53), Ramp("x4", 53), Ramp("x5", 53), Ramp("x6", 53)]),
        ["distributions of positive numbers and proportions"] = (
            """
            input N: count
            c ~ Pareto(0.01, 2)
            s ~ ScaledInverseChiSquare(4, 1)
            f ~ Frechet(3, c)
            l ~ LogLogistic(3, s)
            g ~ InverseGaussian(f, l)
            q ~ Kumaraswamy(2, 3)
            t ~ LogitNormal(0.3, s)
            u ~ Triangular(-1, q, 2)
            v ~ Pareto(c, 3)
            for i in 1..N {
              y1[i] ~ ChiSquare(l)
              y2[i] ~ ScaledInverseChiSquare(f, s)
              y3[i] ~ Pareto(0.05 * q, g)
              y4[i] ~ Frechet(s, l)
              y5[i] ~ LogLogistic(f, g)
              y6[i] ~ InverseGaussian(v, s)
              y7[i] ~ Rayleigh(c + t)
              y8[i] ~ Kumaraswamy(f, s)
              y9[i] ~ LogitNormal(u, l)
              y10[i] ~ Triangular(-q, t, 1 + s)
            }
            """,
            [Given("N", 51), .. Enumerable.Range(1, 10).Select(i => Wave($"y{i}", 51, 0.1, 0.9))]),
        ["distributions of counts"] = (
            """
            input N: count
            input n[N]: count
            a ~ Gamma(3, 1) ^ 2
            p ~ Beta(2, 2)
            m ~ Normal(0, 1)
            cut ~ Normal(0, 2) ^ 4
            given cut[1] < cut[2]
            given cut[2] < cut[3]
            given cut[3] < cut[4]
            for i in 1..N {
              k1[i] ~ BetaBinomial(n[i], a[1], a[2])
              k2[i] ~ Geometric(p)
              k3[i] ~ Skellam(a[1], 10 * a[2])
              k4[i] ~ OrderedLogistic(m * i / N, cut)
              k5[i] ~ OrderedProbit(m, [cut[1], cut[2] + a[1] + 1])
              k6[i] ~ Hypergeometric(n[i] + 9, n[i], 5)
              k7[i] ~ DiscreteUniform(-1, n[i])
              k8[i] ~ Skellam(200 * a[1], 90)
            }
            k9 ~ OrderedProbit(m, cut) ^ N
            """,
            [
                Given("N", 50), Wave("n", 50, 9, 20, true), Wave("k1", 50, 0, 9, true), Wave("k2", 50, 0, 7, true), Wave("k3", 50, -6, 30, true), Wave("k4", 50, 1, 5, true),
                Wave("k5", 50, 1, 3, true), Wave("k6", 50, 0, 5, true), Wave("k7", 50, -1, 9, true), Wave("k8", 50, 0, 200, true), Wave("k9", 50, 1, 5, true),
            ]),
        ["truncations of the later distributions"] = (
            """
            input N: count
            m ~ Normal(0, 1)
            s ~ Gamma(3, 1) ^ 2
            p ~ Beta(2, 2)
            for i in 1..N {
              x1[i] ~ Gumbel(m, s[1]) truncated (0, 1)
              x2[i] ~ SkewNormal(m, s[1], 3 * m) truncated (0, )
              x3[i] ~ ExGaussian(m, s[1], s[2]) truncated ( , 2)
              x4[i] ~ AsymmetricLaplace(m, s[1], s[2]) truncated (0, 2)
              x5[i] ~ VonMises(m, s[1]) truncated (-1, 2)
              x6[i] ~ InverseGaussian(s[1], s[2]) truncated (0.05, )
              x7[i] ~ Kumaraswamy(s[1], s[2]) truncated (0.01, 0.95)
              x8[i] ~ Triangular(-s[1], 0.2, 1 + s[2]) truncated (0, 0.95)
              k1[i] ~ BetaBinomial(12, s[1], s[2]) truncated (1, )
              k2[i] ~ Geometric(p) truncated ( , 9)
              k3[i] ~ Skellam(s[1], s[2]) truncated (-3, 9)
              k4[i] ~ Hypergeometric(50, 20, 10) truncated (1, )
            }
            """,
            [
                Given("N", 13), .. Enumerable.Range(1, 8).Select(i => Wave($"x{i}", 13, 0.1, 0.9)),
                Wave("k1", 13, 1, 12, true), Wave("k2", 13, 0, 9, true), Wave("k3", 13, -3, 9, true), Wave("k4", 13, 1, 10, true),
            ]),
        ["factors"] = (
            """
            input N: count
            input x[N]
            param w
            a ~ Normal(0, 1)
            s ~ HalfNormal(1)
            for i in 1..N {
              b[i] ~ Normal(a, s)
              factor -0.5 * (x[i] - w * b[i])^2 / s - log(s)
              for j in 1..i { factor if a > x[j] then 0.1 * b[i] else -a^2 }
            }
            factor 2 * sin(a)
            """,
            [Ramp("x", 6), Given("w", 0.7)]),
        ["branches that the data decide"] = (
            """
            input N: count
            input g[N]: int
            input wide: bool
            input M: count
            s ~ HalfNormal(1)
            for i in 1..N {
              if g[i] == 1 { x[i] ~ Normal(0, s) }
              else if g[i] == 2 { x[i] ~ Gamma(2, s) }
              else { x[i] = 0.5 * i }
              if g[i] > 1 { z[i] ~ Normal(x[i], 1) }
              y[i] ~ Normal(x[i] + (if g[i] > 1 then z[i] else 0), s)
            }
            if wide {
              for k in 1..M { u[k] ~ Normal(0, 2) }
              factor sum(u)
            } else {
              for m in 1..M { u[m] ~ Exponential(s); for l in 1..m { v[m, l] ~ Normal(u[m], 1) } }
            }
            """,
            [Given("g", 1, 2, 3, 2, 1, 3, 2), Ramp("y", 7), Given("wide", 0.0), Given("M", 3.0), Given("v", [3, 3], 1, null, null, 0.4, 0.2, null, 2, 0.3, 0.1)]),
        ["branches that a latent decides"] = (
            """
            input N: count
            input x[N]
            theta ~ Normal(0.1, 1)
            s ~ HalfNormal(1)
            w ~ Dirichlet([1, 2, 3])
            if theta > 0 {
              a ~ Normal(0, sqrt(theta) + s)
              m = a + log(theta) * sqrt(theta)
            } else {
              a ~ StudentT(4, theta, s)
              m = a * exp(-theta)
            }
            for i in 1..N {
              if x[i] < theta { y[i] ~ Normal(m, s) }
              else if x[i] < s { y[i] ~ Laplace(a * x[i], sqrt(x[i] - theta)) }
              else { y[i] ~ Normal(log(x[i] - theta), 1 / log(x[i] - theta)^2) }
              if x[i] < a { p[i] ~ Dirichlet(3 * w) } else { p[i] ~ Dirichlet([2, 2, 1 + s]) }
              k[i] ~ Categorical(p[i])
              if m > 0 { r[i] ~ Uniform(-s, s) } else { r[i] ~ Uniform(0, 2 * s) }
              if r[i] > 0 { q[i] ~ Normal(sqrt(r[i]), 0.5 + sqrt(r[i])); factor -0.1 * sqrt(r[i])^3 }
            }
            """,
            [Given("x", -0.8, 0.3, 1.1, 0.05), Ramp("y", 4), Given("k", 1, 3, 2, 1), Given("q", 0.3, -0.2, 0.7, 1)]),
        ["what one branch defines"] = (
            """
            input N: count
            theta ~ Normal(0, 1)
            s ~ HalfNormal(1)
            for i in 1..N {
              t[i] ~ Normal(theta, s)
              if t[i] > 0 {
                b[i] ~ Normal(theta, s)
                for j in 1..2 {
                  c[i, j] = b[i] * j + t[i]
                  y[i, j] ~ Normal(c[i, j], sqrt(t[i]))
                }
              }
            }
            """,
            [Ramp("y", 4, 2)]),
        ["a threshold autoregression with a gap"] = (
            """
            input T: count
            a ~ Normal(0, 1)
            b ~ Normal(0, 1)
            c ~ Normal(0, 1)
            y[1] ~ Normal(0, 1)
            for t in 2..T {
              if y[t-1] > c { y[t] ~ Normal(a * y[t-1], 1); v[t] = a + y[t] }
              else { y[t] ~ Normal(b * y[t-1], 0.5); v[t] = b * y[t] }
              z[t] ~ Normal(v[t], 1)
            }
            """,
            [Given("y", 0.3, -0.2, null, 0.5, 1, null, null, -0.1, 0.2), Given("z", [9], null, 1, 0.5, 0.2, 0.2, 0.4, 0.4, 0.1, 0)]),
        ["a recursion in branches"] = (
            """
            input T: count
            input g[T]: int
            a ~ Normal(0, 1)
            x[1] = a
            for t in 2..T {
              if g[t] == 1 { x[t] = 0.5 * x[t-1] + a }
              else if x[t-1] > 0 { x[t] = x[t-1] * sin(a) }
              else { x[t] = a - x[t-1] }
            }
            for t in 1..T { y[t] ~ Normal(x[t], 1) }
            """,
            [Given("g", 1, 2, 1, 2, 2, 1, 2), Ramp("y", 7)]),
        ["conditions that are bounds"] = (
            """
            input top[3]
            a ~ Normal(0, 1)
            b ~ Normal(0, 2)
            x ~ Normal(0, 1) ^ 3
            d = b - a
            near = abs(d) < 1.5
            given near
            given not (a > 2 or x[1] < -3)
            given x < top and top - 4 < x
            for i in 1..3 { if top[i] > 1 { given x[i] > a - 5 } }
            for i in 1..3 { y[i] ~ Normal(a + d * x[i], 1) }
            """,
            [Given("top", 0.5, 1.5, 2.5), Ramp("y", 3)]),
        ["truncated mixtures, hurdles and counts, with random bounds"] = (
            """
            p ~ Beta(2, 2)
            m ~ Normal(0, 1)
            s ~ HalfNormal(1)
            b ~ Normal(3, 1) truncated (m, )
            z ~ Mixture([p, 1 - p], [Normal(m, 1), Normal(2, s)]) truncated (-1, b)
            for i in 1..4 {
              y[i] ~ Mixture([p, 1 - p], [Normal(m, 1), Normal(z, s)]) truncated (-3, 4)
              k[i] ~ Poisson(exp(m)) truncated (1, 6)
              l[i] ~ ZeroInflated(p, Poisson(exp(m))) truncated ( , 5)
              h[i] ~ Hurdle(p, NegativeBinomial(exp(m), 2)) truncated (0, 9.5)
              g[i] ~ Hurdle(p, Gamma(1 + s, 1)) truncated (0, 8)
            }
            """,
            [Given("y", -2, 0.3, 1, 3.9), Given("k", 1, 2, 3, 6), Given("l", 0, 1, 2, 5), Given("h", 0, 0, 4, 9), Given("g", 0, 0.5, 2, 7)]),
        ["censored at bounds"] = (
            """
            m ~ Normal(0, 1)
            s ~ HalfNormal(1)
            p ~ Beta(2, 2)
            for i in 1..5 {
              y[i] ~ Normal(m, s) censored (-1, 2)
              k[i] ~ Poisson(exp(m)) censored (1, 4)
              w[i] ~ Weibull(1 + s, 2) censored ( , 3)
              x[i] ~ Mixture([p, 1 - p], [Normal(m, 1), Normal(2, s)]) censored (0, )
              t[i] ~ Normal(m, s) truncated (-3, 5) censored (-1, 2)
              u[i] ~ Normal(m, s) censored (-1, 2) truncated (-1, 1)
            }
            """,
            [Given("y", -1, 2, 0.3, 1.5, 2), Given("k", 1, 4, 2, 3, 4), Given("w", 3, 3, 0.5, 1, 2), Given("x", 0, 0, 1.5, 3, 0.2), Given("t", -1, 2, 2, 0.1, 1), Given("u", -1, -1, 0.4, 0.9, 1)]),
        ["censored by marks"] = (
            """
            input N: count
            input event[N]: int(0, 1)
            input early[N]: bool
            input upper[N]
            a ~ LogNormal(0, 0.5)
            b ~ LogNormal(1, 0.5)
            for i in 1..N {
              t[i] ~ Weibull(a, b) censored (right: event[i] == 0)
              u[i] ~ LogNormal(log(b), a) censored (right: event[i] == 0, left: early[i])
              v[i] ~ Gamma(a, b) censored (interval: upper[i])
              k[i] ~ Poisson(b) censored (right: event[i] == 0)
            }
            w ~ Normal(a, b) ^ N censored (right: event == 0)
            """,
            [Given("event", 1, 0, 1, 0, 1), Given("early", 0, 0, 1, 0, 1), Given("upper", 1, 2, 3, double.PositiveInfinity, 0.7),
                Given("t", 0.5, 2, 1, 30, 0.2), Given("u", 0.5, 2, 1, 8, 0.2), Given("v", 0.4, 2, 1.5, 1, 0.7), Given("k", 0, 2, 3, 1, 4), Given("w", -1, 2, 0.3, 12, 0)]),
        ["censored far out, with infinite bounds in the data"] = (
            """
            input lo[3]
            input hi[3]
            m ~ Normal(0, 1)
            s ~ Uniform(0.8, 1.2)
            a ~ Normal(m, s) censored (right: true)
            b ~ Weibull(1 + s, 1) censored (right: true)
            c ~ LogNormal(m, s) censored (right: true)
            d ~ Gamma(2, s) censored (right: true)
            e ~ Normal(m, s) censored (left: true)
            f ~ StudentT(4, m, s) censored (right: true)
            for i in 1..3 {
              y[i] ~ Normal(m, s) truncated (lo[i], hi[i])
              z[i] ~ Normal(m, s) censored (lo[i], hi[i])
              u[i] ~ Normal(m, s) censored (interval: hi[i])
            }
            """,
            [Given("lo", double.NegativeInfinity, -1, 10), Given("hi", 0.5, double.PositiveInfinity, 12), Given("a", 12), Given("b", 12), Given("c", 1e5), Given("d", 40), Given("e", -11), Given("f", 1e4),
                Given("y", 0.1, 3, 11), Given("z", 0.5, -1, 10), Given("u", 0.4, 10, 11)]),
        ["rounded"] = (
            """
            m ~ Normal(0, 1)
            s ~ HalfNormal(1)
            for i in 1..5 {
              y[i] ~ Normal(m, s) rounded (0.5)
              g[i] ~ Gamma(1 + s, 1) rounded (1)
              k[i] ~ Poisson(3 * exp(m)) rounded (5)
              c[i] ~ Normal(m, s) rounded (0.5) censored (-1, 1)
              t[i] ~ Normal(m, s) rounded (1) truncated (-2, 2)
            }
            """,
            [Given("y", -0.5, 0, 2.5, 1, 6.5), Given("g", 0, 1, 2, 5, 1), Given("k", 0, 5, 10, 0, 5), Given("c", -1, 1, 0.5, 0, -0.5), Given("t", -2, 2, 1, 0, -1)]),
        ["ordered"] = (
            """
            input K: count
            s ~ HalfNormal(1)
            a ~ Normal(0, 1 + s) ^ K ordered
            b ~ Exponential(1 + s) ^ 3 ordered
            c ~ Beta(2, 1 + s) ^ 4 ordered
            d ~ Normal(0, 1) ^ (2, 3) truncated ( , s) ordered
            for i in 1..2 { e[i] ~ StudentT(4, s, 2) ^ 3 ordered }
            o ~ Normal(s, 1) ^ 3 ordered
            q ~ Normal(s, 1) ^ 5 ordered
            y ~ Normal(a[1] * a[K] + b[2] + c[3] + d[1, 1] * d[2, 3] + sum(e) + q[2] * q[4], 1)
            """,
            [Given("K", 12), Given("y", 0.4), Given("o", -1, 0.2, 0.9), Given("q", [5], -1, null, 0.5, null, null)]),
        ["extra zeros and points"] = (
            """
            p ~ Beta(2, 2)
            m ~ Normal(0, 1)
            w ~ Dirichlet([1, 2, 3])
            for i in 1..4 {
              a[i] ~ ZeroInflated(p, Poisson(exp(m)))
              b[i] ~ Hurdle(p, Binomial(5, logit: m))
              c[i] ~ Hurdle(logistic(m), LogNormal(m, 1))
              d[i] ~ Mixture(w, [Delta(0), Poisson(exp(m)), Delta(3)])
              e[i] ~ Mixture(w, [Delta(0), Normal(m, 1), Normal(0, 1) censored (0, )])
              f[i] ~ ZeroInflated(p, Gamma(2, exp(m)))
            }
            g ~ ZeroInflated([p, 1 - p, 0.5, 0.2], Poisson(exp(m)))
            """,
            [Given("a", 0, 1, 0, 4), Given("b", 0, 5, 2, 0), Given("c", 0, 0.5, 2, 0), Given("d", 0, 3, 1, 7), Given("e", 0, -0.5, 2, 0), Given("f", 0, 1, 0, 2), Given("g", 0, 0, 3, 1)]),
        ["points among densities"] = (
            """
            p ~ Beta(2, 2)
            m ~ Normal(0, 1)
            s ~ Gamma(4, 4)
            for i in 1..4 {
              a[i] ~ Mixture([p, 1 - p], [Delta(0), Normal(m, s)])
              b[i] ~ Mixture([p, 1 - p], [Weibull(1.5, 1 + s), Delta(2)])
              c[i] ~ Mixture([p, 1 - p], [Delta(1), Mixture([p, 1 - p], [Laplace(m, s), Delta(-1)])]) truncated (-2, 4)
              d[i] ~ Mixture([p, 1 - p], [Normal(m, s) rounded (0.5), Normal(m, s) censored (0.5, )])
              e[i] ~ Mixture([p, 1 - p], [Geometric(p) rounded (2), Poisson(1 + s)])
              f[i] ~ Mixture([p, 1 - p], [Beta(1 + s, 2) censored (0.5, ), Normal(m, s)])
              g[i] ~ Hurdle(p, Normal(m, s) censored (0, 2))
              h[i] ~ Hurdle(p, Gamma(1 + s, 1) rounded (0.5))
              k[i] ~ ZeroInflated(p, Hurdle(p, Hurdle(p, Exponential(s))))
            }
            """,
            [Given("a", 0, 1, 0, -0.3), Given("b", 2, 1, 0.2, 3), Given("c", 1, -1, 0, 3), Given("d", 0.5, 2, 1.2, -1), Given("e", 0, 1, 2, 3), Given("f", 0.5, -1, 0.7, 3),
                Given("g", 0, 2, 1, 0), Given("h", 0, 2, 0.5, 1), Given("k", 0, 1, 0, 0.3)]),
        ["nothing left of a component"] = (
            """
            p ~ Beta(2, 2)
            m ~ Normal(0, 1)
            s ~ Gamma(4, 4)
            for i in 1..2 {
              a[i] ~ Exponential(s) rounded (1)
              b[i] ~ Mixture([p, 1 - p], [Beta(1 + s, 2), Kumaraswamy(1 + s, 2)]) rounded (0.5)
              c[i] ~ Mixture([p, 1 - p], [NegativeBinomial(2 + s, 1.5), Bernoulli(p)]) truncated (0, 0.5)
              d[i] ~ Mixture([p, 1 - p], [DiscreteUniform(1, 6), DiscreteUniform(1, 6)]) censored (-1, )
              e[i] ~ ZeroInflated(p, Mixture([p, 1 - p], [Delta(1), Beta(1 + s, 2)]))
              f[i] ~ Mixture([p, 1 - p], [Uniform(0, 1), Uniform(3, 4)]) rounded (2)
              g[i] ~ Weibull(1 + s, 1) rounded (1)
              h[i] ~ Pareto(1, 1 + s) rounded (1)
              k[i] ~ HalfNormal(s) rounded (1)
              l[i] ~ HalfCauchy(s) rounded (1)
              n[i] ~ Triangular(-s, 0.2, 1 + s) rounded (1)
              o[i] ~ Rayleigh(1 + s) rounded (1)
              q[i] ~ Uniform(-s, 3 + s) rounded (5)
            }
            """,
            [Given("a", 0, 2), Given("b", 0, 1), Given("c", 0, 0), Given("d", 1, 3), Given("e", 0, 1), Given("f", 0, 4), Given("g", 0, 1), Given("h", 1, 2),
                Given("k", 0, 1), Given("l", 0, 1), Given("n", 0, 1), Given("o", 0, 1), Given("q", 0, 5)]),
        ["ordered vectors in plates, and free cells after bounded ones"] = (
            """
            a ~ Gamma(2, 2)
            b ~ Gamma(2, 1) ^ 4
            given b[1] < b[2]
            for i in 1..3 { w[i] ~ Gamma(2, a) ^ 3 ordered }
            for i in 1..3 { y[i] ~ OrderedLogistic(a, w[i]) }
            for i in 1..4 { z[i] ~ Normal(b[g[i]], 1) }
            input g[4]: int(1, 4)
            """,
            [Given("y", 1, 2, 3), Given("z", 0.3, 1, 2, 0.5), Given("g", 4, 3, 1, 2)]),
        ["mixtures of nine, of vectors, of unchecked weights"] = (
            """
            v ~ Uniform(0, 0.25) ^ 4
            m ~ Normal(0, 1) ^ 9
            r ~ Normal(0, 1) ^ 3
            for i in 1..3 {
              y[i] ~ Mixture(softmax(m), [Normal(m[1], 1), Normal(m[2], 1), Normal(m[3], 1), Normal(m[4], 1), StudentT(3, m[5], 1), Normal(m[6], 1), Normal(m[7], 1), Normal(m[8], 1), Cauchy(m[9], 1)])
              z[i] ~ Mixture(concat(v, [1 - sum(v)]), for k in 1..5: Normal(m[k], 1))
              x[i] ~ Mixture(softmax(r[1..2]), [MvNormal(r, identity(3)), MvNormal(zeros(3), 2 * identity(3))])
            }
            """,
            [Ramp("y", 3), Ramp("z", 3), Ramp("x", 3, 3)]),
        ["functions of distributions"] = (
            """
            m ~ Normal(0, 1)
            s ~ HalfNormal(1)
            p ~ Beta(2, 2)
            v ~ Normal(0, 1) ^ 3
            x[1] = log_density(Gamma(2, s), 1.5) + log_density(Poisson(exp(m)), 3) + log_density(Normal(m, s) truncated (-2, 2), 0.5)
            x[2] = cdf(Normal(m, s), 0.3) + cdf(Mixture([p, 1 - p], [Normal(m, 1), Gamma(2, s)]), 1) + cdf(Poisson(exp(m)), 2)
            x[3] = log_survival(Weibull(1 + s, 2), 3) + log_survival(ZeroInflated(p, Poisson(exp(m))), 0) + log_survival(Normal(m, s) truncated (-2, 5), 1)
            x[4] = quantile(Normal(m, s), p) + quantile(Gamma(1 + s, 2), 0.9 * p) + quantile(Beta(2, 1 + s), 0.95)
            x[5] = sum(log_density(Normal(m, s), v)) + sum(cdf(Logistic(v, s), 0.5)) + log_density(MvNormal(v, identity(3)), [1, 2, 3])
            x[6] = cdf(Normal(m, s) rounded (1), 0.5) + cdf(Normal(m, s) censored (-1, 1), 0.2) + log_survival(Normal(m, s) censored (-1, 1), 0.2)
            x[7] = sum([for i in 1..3: log_density(Exponential(s), i)]) + log_density(Normal(0, 1) ^ 3 ordered, [m - 1, m, m + s])
            x[8] = sum(exp(log_density(Normal(0, 1) ^ 3, v))) + exp(log_density(Exponential(1), -1)) + cdf(Uniform(0, 10), m)
            for i in 1..8 { y[i] ~ Normal(x[i], 1) }
            """,
            [Ramp("y", 8)]),
    };

    public static IEnumerable<string> Names => [.. s_cases.Keys, .. s_ragged.Keys, .. MatrixCases.All.Keys, .. FiniteCases.All.Keys];

    public static ConditionedModel Model(string name)
    {
        var (model, data) = s_cases.TryGetValue(name, out var found) || s_ragged.TryGetValue(name, out found) ? found : MatrixCases.All.TryGetValue(name, out found) ? found : FiniteCases.All[name];
        return Condition(model, data);
    }

    /// <summary>Numbers between two ends, without a pattern.</summary>
    private static DataArray Wave(string name, int count, double lower, double upper, bool whole = false) => Given(name, [count],
        [.. Enumerable.Range(0, count).Select(i => lower + (upper - lower) * (0.5 + 0.5 * Math.Sin(1.7 * i + name[^1]))).Select(x => (double?)(whole ? Math.Round(x) : Math.Round(x, 4)))]);

    /// <summary>Numbers without a pattern, the same every time.</summary>
    public static DataArray Ramp(string name, params int[] shape)
    {
        var count = shape.Aggregate(1, (a, b) => a * b);
        return Given(name, shape, [.. Enumerable.Range(0, count).Select(i => (double?)Math.Round(Math.Sin(1.7 * i + name.Length + name[0]) + 0.1 * i / count, 4))]);
    }
}
