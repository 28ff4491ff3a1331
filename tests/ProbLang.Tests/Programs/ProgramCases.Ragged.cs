using ProbLang.Datasets;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Programs;

/// <summary>Ragged arrays, slices and comprehensions.</summary>
internal static partial class ProgramCases
{
    private static readonly Dictionary<string, (string Model, DataArray[] Data)> s_ragged = new()
    {
        ["ragged: outcomes by the row, walks and sorted draws"] = (
            """
            input n[3]: count
            input x[3, n]
            s ~ Gamma(2, 2)
            for i in 1..3 {
              w[i] ~ Dirichlet(s * ones(n[i]))
              k[i] ~ Categorical(w[i])
              l[i] ~ Categorical(logits: s * x[i])
              c[i] ~ Normal(0, s) ^ n[i] ordered
              o[i] ~ OrderedLogistic(s, c[i])
              r[i] ~ GaussianRandomWalk(s, n[i])
              q[i] ~ GaussianRandomWalk(s, n[i])
              y[i] ~ Normal(sum(r[i]), 1)
            }
            """,
            [Given("n", 2, 3, 4), Rows("x", [1, 2], [1, 2, 3], [1, 2, 3, 4]), Given("k", 2, 3, 4), Given("l", 1, 3, 4), Given("o", 3, 1, 5), Given("y", 0.3, 1, 2),
                Rows("q", [1, null], [null, 1, 2], [null, null, 3, 1])]),
        ["ragged: an element at a time"] = (
            """
            input n[N]: count
            input N: count
            mu ~ Normal(0, 1)
            tau ~ HalfNormal(1)
            for i in 1..N {
              m[i] ~ Normal(mu, tau)
              for k in 1..n[i] { z[i, k] ~ Normal(m[i], tau); y[i, k] ~ Normal(z[i, k], 1) }
            }
            """,
            [Given("n", 2, 0, 3, 1), Rows("y", [1, 2], [], [0.5, null, 0.3], [2])]),
        ["ragged: a row at a time, its rows of covariates"] = (
            """
            input N: count
            input n[N]: count
            input x[N, n]
            b ~ Normal(0, 1)
            s ~ HalfNormal(1)
            for i in 1..N {
              a[i] ~ Normal(0, s)
              m[i] = a[i] + b * x[i]
              y[i] ~ Normal(m[i] + sum(m[i]) / length(x[i]), s)
            }
            """,
            [Rows("x", [0.3, 1.2], [0.7], [0.1, 0.4, -0.9]), Rows("y", [1, 2], [null], [0.5, 1.5, null])]),
        ["ragged: reductions of rows"] = (
            """
            input N: count
            input n[N]: count
            input x[N, n]
            input w[N, n]
            z ~ Normal(0, 1) ^ 4
            for i in 1..N {
              for k in 1..n[i] { u[i, k] = z[k] * x[i, k] + w[i, k] }
              y[i] ~ Normal(sum(u[i]) + mean(u[i]) * dot(u[i], x[i]) + max(u[i]) - min(u[i] * 2) + log_sum_exp(u[i]) + variance(u[i]) + sd(x[i] + u[i])
                + sum(u[i, ..n[i]-1]) + sum(u[i, 2..]) + x[i] @ u[i] + size(u[i]), 1 + exp(z[1]))
            }
            t ~ Normal(sum(u) + mean(u) + max(x * u) + size(u) + log_sum_exp(u), 1)
            """,
            [Rows("x", [0.3, 1.2], [0.7, -0.2, 1.1, 0.9], [0.1, 0.4, -0.9]), Rows("w", [0.5, 0.2], [0.1, 0.2, 0.3, 0.4], [1, 2, 3]), Given("y", 1, 2, 3), Given("t", 2.0)]),
        ["ragged: comprehensions over rows"] = (
            """
            input N: count
            input n[N]: count
            input x[N, n]
            z ~ Normal(0, 1) ^ N
            c = sum(for i in 1..N: sum(for j in 1..n[i]: x[i, j] * z[i]))
            d = sum([for i in 1..N: [for j in 1..n[i]: x[i, j]^2 * z[i]]])
            e = sum([for i in 1..N: x[i] * z[i]])
            f = mean([for i in 1..N: for j in 1..2: z[i] * j])
            y ~ Normal(c + d + e * f, 1)
            """,
            [Rows("x", [0.3, 1.2], [], [0.1, 0.4, -0.9]), Given("y", 1.5)]),
        ["ragged: a gaussian process for each group"] = (
            """
            input G: count
            input n[G]: count
            input x[G, n]
            rho ~ Gamma(5, 4)
            alpha ~ HalfNormal(2)
            mu ~ Normal(0, 1)
            for g in 1..G { y[g] ~ MvNormal(mu * ones(n[g]), gp_exp_quad(x[g], alpha, rho) + 0.3 * identity(n[g])) }
            """,
            [Rows("x", [0.3, 1.2], [0.7, 1.5, 2.2], [0.1], [1, 2]), Rows("y", [0.3, null], [0.7, 0.3, -0.4], [0.1], [0.4, 0.6])]),
        ["ragged: latent rows that are drawn together"] = (
            """
            input G: count
            input n[G]: count
            s ~ HalfNormal(1)
            for g in 1..G {
              f[g] ~ MvNormal(zeros(n[g]), s * identity(n[g]) + 0.2 * ones(n[g], n[g]))
              p[g] ~ Dirichlet(2 * ones(n[g]))
              for k in 1..n[g] { y[g, k] ~ Normal(f[g, k] * p[g, k], 1) }
              c[g] ~ Categorical(p[g])
            }
            """,
            [Given("n", 3, 2, 3, 2, 2), Rows("y", [1, 2, 3], [1, 2], [3, 2, 1], [0, 1], [1, 0]), Given("c", 3, 1, 2, 2, 1)]),
        ["ragged: three dimensions"] = (
            """
            input N: count
            input n[N]: count
            input x[N, n, 2]
            b ~ Normal(0, 1) ^ 2
            for i in 1..N {
              q[i] = x[i] @ b
              r[i] ~ Normal(sum(q[i]) + mean(x[i, .., 2]), 1)
              for k in 1..n[i] { y[i, k] ~ Normal(dot(x[i, k], b), 1); w[i, k] ~ Normal(b, 2) }
            }
            """,
            [.. DataOf("""{ "x": [[[1, 2], [0.3, 4]], [[0.5, 0.6]], [[1, 1.1], [0.2, 0.3], [0.4, 0.7]]], "y": [[1, 2], [3], [4, 5, 6]], "r": [0.1, 0.2, 0.3], "w": [[[1, 2], [3, 4]], [[5, 6]], [[7, 8], [9, null], [3, 2]]] }""")]),
        ["ragged: sizes in a matrix"] = (
            """
            input M: count
            input N: count
            input n[M, N]: count
            input x[M, N, n]
            b ~ Normal(0, 1) ^ M
            for i in 1..M { for j in 1..N { y[i, j] ~ Normal(sum(x[i, j]) * b[i], 1) } }
            t ~ Normal(sum(x[1]) * b[2], 1)
            """,
            [.. DataOf("""{ "x": [[[1, 2], [0.3]], [[0.5, 0.6, 0.1], []]], "y": [[1, 2], [3, 4]], "t": 1 }""")]),
        ["ragged: a recursion along each row"] = (
            """
            input N: count
            input n[N]: count
            phi ~ Uniform(-1, 1)
            s ~ HalfNormal(1)
            for i in 1..N {
              x[i, 1] ~ Normal(0, 1)
              for t in 2..n[i] { x[i, t] ~ Normal(phi * x[i, t-1], s) }
              h[i, 1] = s
              for t in 2..n[i] { h[i, t] = 0.5 * h[i, t-1] + phi * x[i, t-1]^2 }
              for t in 1..n[i] { y[i, t] ~ Normal(x[i, t], 1 + h[i, t]^2) }
            }
            """,
            [Given("n", 3, 2, 4), Rows("y", [1, 2, 3], [1, 2], [3, 2, 1, 0.3])]),
        ["ragged: arrays that recur through each other along each row"] = (
            """
            input N: count
            input n[N]: count
            phi ~ Normal(0, 0.5)
            theta ~ Normal(0, 0.5)
            for i in 1..N {
              for t in 1..n[i] {
                nu[i, t] = if t == 1 then phi else phi * y[i, t-1] + theta * err[i, t-1]
                err[i, t] = y[i, t] - nu[i, t]
                y[i, t] ~ Normal(nu[i, t], 1)
              }
            }
            """,
            [Rows("y", [1, 2, 0.3], [1, 2], [3, 2, 1, 0.3])]),
        ["ragged: products of rows"] = (
            """
            input N: count
            input n[N]: count
            input x[N, n]
            z ~ Normal(0, 1) ^ N
            for i in 1..N { y[i] ~ Normal(prod(x[i] * z[i]) + prod(z[..i]) + prod(1 + x[i, 2..]), 1) }
            """,
            [Rows("x", [0.3, 1.2], [0.7, -0.2, 1.1, 0.9], [0.1, 0.4, -0.9], [2]), Ramp("y", 4)]),
        ["ragged: pairs below the diagonal"] = (
            """
            input N: count
            s ~ HalfNormal(1)
            for i in 2..N { for j in 1..i-1 { d[i, j] ~ Normal(s * (i - j), 1) } }
            for i in 1..N { y[i] ~ Normal(if i > 1 then mean(d[i]) else 0, 1) }
            """,
            [Given("N", 5), Ramp("y", 5)]),
        ["slices that end at the index of a loop"] = (
            """
            input T: count
            z ~ Normal(0, 1) ^ T
            for t in 1..T {
              m[t] = mean(z[..t])
              y[t] ~ Normal(m[t] + sum(z[1..t]) + (if t > 1 then max(z[..t-1]) + log_sum_exp(z[t-1..]) else 0) + dot(z[t..], z[t..]) + sum(x[t, ..t]), 1)
            }
            input x[T, T]
            """,
            [Given("T", 12), Ramp("y", 12), Ramp("x", 12, 12)]),
        ["functions of slices of every length"] = (
            """
            input T: count
            z ~ Normal(0, 1) ^ T
            for t in 1..T {
              y[t] ~ Normal(prod(z[..t]) + [1, 3, 2][2] + sum(outer(z[..t], z[..t])) + softmax(z[..t])[t] + cumsum(z[..t])[t] + sum(concat(z[..t], z[1..1])), 1)
            }
            """,
            [Given("T", 10), Ramp("y", 10)]),
        ["slices of everything"] = (
            """
            input N: count
            input X[N, 4]
            input idx[3]: int
            z ~ Normal(0, 1) ^ 6
            Z ~ Normal(0, 1) ^ (3, 4)
            a = (z * 2)[2..3]
            b = [for i in 1..5: z[i] * i][2..4]
            c = [z[1], z[2], z[3]][2..]
            d = z[idx]
            e = Z[idx, 2]
            f = Z[idx][2]
            g = Z[2, 2..3]
            h = Z[.., 3]
            i = Z[2..3, ..2]
            j = z[3..2]
            k = X[1..2] @ Z[1]
            l = cumsum(z)[2..3]
            m = Z[[3, 1, 2], 1..2]
            y ~ Normal(sum(a) + b[2] + c[1] * d[2] + e[3] + f[1] + dot(g, a) + sum(h) + sum(i) * sum(j) + k[1] + l[2] + m[1, 2] + z[[2, 4, 6][2]] + length(j), 1)
            for n in 1..N { w[n] ~ Normal(z[[3, 1, 2][n]] + Z[[3, 1, 2][n], n] + z[floor(n / 2) + 1] + sum(z[n..N]), 1) }
            """,
            [Ramp("X", 3, 4), Given("idx", 2, 3, 1), Given("y", 0.5), Ramp("w", 3)]),
        ["comprehensions everywhere"] = (
            """
            input N: count
            K = 3
            w ~ Dirichlet([for k in 1..3: k + 1])
            mu ~ Normal(0, 1) ^ 3
            M = [for i in 1..3: [for j in 1..2: mu[i] * j]]
            Q = [for i in 1..2: for j in 1..3: mu[j] + i]
            z = sum(for i in 1..0: mu[i]) + sum(for i in 1..3: sum(for j in i..3: mu[i] * mu[j]))
            y ~ Mixture([for k in 1..3: w[k]], for k in 1..3: Normal(M[k, 2] + Q[1, k] + z, k)) ^ N
            v ~ Mixture(w[[3, 1, 2]], [Normal(mu[1], 1), Normal(mu[2], 1), Normal(M[1, 2], 1)])
            """,
            [Ramp("y", 4)]),
        ["missing parts of rows that are drawn together"] = (
            """
            input N: count
            m ~ Normal(0, 2) ^ 3
            s ~ HalfNormal(1)
            for i in 1..N { y[i] ~ MvNormal(m, s * identity(3) + 0.3 * ones(3, 3)) }
            x ~ MvNormal(m, precision: identity(3) + 0.1 * ones(3, 3))
            """,
            [Given("y", [4, 3], 1, null, 0.3, null, null, 2, 0.4, 1, -1, null, null, null), Given("x", [3], null, 0.5, null)]),
    };
}
