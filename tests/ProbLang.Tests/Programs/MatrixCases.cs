using ProbLang.Datasets;
using static ProbLang.Tests.Analysis.ModelText;
using static ProbLang.Tests.Programs.ProgramCases;

namespace ProbLang.Tests.Programs;

/// <summary>Models of the program cases with distributions and functions of vectors and matrices.</summary>
internal static class MatrixCases
{
    public static IReadOnlyDictionary<string, (string Model, DataArray[] Data)> All { get; } = new Dictionary<string, (string, DataArray[])>
    {
        ["correlated varying slopes"] = (
            """
            input N: count
            input G: count
            input g[N]: int(1, G)
            input x[N]
            L ~ LKJCholesky(2, 2)
            tau ~ HalfNormal(1) ^ 2
            m ~ Normal(0, 1) ^ 2
            for j in 1..G { b[j] ~ MvNormal(m, cholesky: diag(tau) @ L) }
            for i in 1..N { y[i] ~ Normal(b[g[i], 1] + b[g[i], 2] * x[i], 0.5) }
            """,
            [Given("G", 3), Given("g", 1, 1, 2, 2, 3, 3, 1), Ramp("x", 7), Ramp("y", 7)]),
        ["correlated varying slopes, written non-centred"] = (
            """
            input N: count
            input G: count
            input g[N]: int(1, G)
            input x[N]
            L ~ LKJCholesky(2, 2)
            tau ~ HalfNormal(1) ^ 2
            z ~ Normal(0, 1) ^ (2, G)
            b = diag(tau) @ L @ z
            for i in 1..N { y[i] ~ Normal(b[1, g[i]] + b[2, g[i]] * x[i], 0.5) }
            """,
            [Given("G", 3), Given("g", 1, 1, 2, 2, 3, 3, 1), Ramp("x", 7), Ramp("y", 7)]),
        ["latent vectors of several kinds, some observed"] = (
            """
            input N: count
            V ~ Wishart(5, identity(3))
            m ~ MvNormal(zeros(3), covariance: V)
            for i in 1..N { b[i] ~ MvNormal(m, covariance: (1 + i / 3) * V) }
            c ~ MvNormal(m[1..2], cholesky: [[exp(m[3] / 4), 0], [m[1], 1]]) ^ 3
            for i in 1..N { y[i] ~ Normal(b[i, 1] + b[i, 2] * b[i, 3] + m[2] + c[2, 1] + c[i, 2], 1) }
            """,
            [Ramp("y", 3), Given("b", [3, 3], null, null, null, 0.3, -0.2, 0.4, null, null, null)]),
        ["a latent vector in a branch"] = (
            """
            k ~ Normal(0, 1)
            s ~ HalfNormal(1)
            if k > 0.1 {
              b ~ MvNormal(k * ones(2), s * identity(2))
              y ~ Normal(b[1] + b[2], 1)
            } else { y ~ Normal(0, 2) }
            """,
            [Given("y", 0.4)]),
        ["a correlation matrix of five"] = (
            """
            input N: count
            eta ~ Gamma(2, 1)
            s ~ HalfNormal(1)
            R ~ LKJ(5, eta)
            for i in 1..N { y[i] ~ MvNormal(zeros(5), s * R) }
            """,
            [Ramp("y", 4, 5)]),
        ["a factor of nine, with what it gives"] = (
            """
            eta ~ Gamma(2, 1)
            L ~ LKJCholesky(9, eta)
            R = L @ transpose(L)
            y ~ Normal(R[9, 1] + R[4, 3] + L[9, 9], 1)
            """,
            [Given("y", 0.4)]),
        ["correlations in a plate and a power"] = (
            """
            input G: count
            for g in 1..G { L[g] ~ LKJCholesky(3, g) }
            R ~ LKJ(3, 2) ^ G
            for g in 1..G {
              y[g] ~ MvNormal(zeros(3), cholesky: L[g])
              z[g] ~ MvNormal(y[g], R[g])
            }
            """,
            [Ramp("y", 2, 3), Ramp("z", 2, 3)]),
        ["a correlation of one and of none below"] = (
            """
            R ~ LKJ(1, 2)
            L ~ LKJCholesky(1, 2)
            y ~ Normal(R[1, 1] + L[1, 1], 1)
            mu ~ Normal(y, 1)
            """,
            [Given("y", 0.4)]),
        ["covariances"] = (
            """
            input N: count
            nu ~ Gamma(2, 1)
            df = nu + 3
            s ~ HalfNormal(1)
            S ~ Wishart(df, s * identity(3) + 0.1 * ones(3, 3))
            T ~ InverseWishart(df, s * identity(3) + 0.1 * ones(3, 3))
            for i in 1..N {
              y[i] ~ MvNormal(zeros(3), S)
              z[i] ~ MvNormal(zeros(3), precision: T)
            }
            """,
            [Ramp("y", 4, 3), Ramp("z", 4, 3)]),
        ["a chain of covariances, observed and not"] = (
            """
            input G: count
            V ~ InverseWishart(7, identity(2))
            for g in 1..G {
              S[g] ~ Wishart(4 + g, V)
              W[g] ~ InverseWishart(4 + g, S[g])
            }
            """,
            [Given("G", 2), Given("W", [2, 2, 2], 1, 0.5, 0.5, 2, 3, -0.4, -0.4, 0.7)]),
        ["a covariance of nine"] = (
            """
            S ~ Wishart(12, identity(9))
            y ~ MvStudentT(4, zeros(9), S)
            """,
            [Ramp("y", 9)]),
        ["heavy-tailed rows"] = (
            """
            input N: count
            df ~ Gamma(4, 1)
            m ~ Normal(0, 1) ^ 3
            R ~ LKJ(3, 1)
            for i in 1..N { y[i] ~ MvStudentT(df, m, R) }
            x ~ MvStudentT(df + 1, m, 2 * R)
            """,
            [Ramp("y", 4, 3)]),
        ["counts of kinds"] = (
            """
            input N: count
            input n[N]: count
            p ~ Dirichlet([1, 2, 3])
            a ~ Gamma(2, 1) ^ 3
            for i in 1..N {
              y[i] ~ Multinomial(n[i], p)
              z[i] ~ DirichletMultinomial(n[i], a)
            }
            """,
            [Given("n", 3, 6), Given("y", [2, 3], 1, 2, 0, 0, 0, 6), Given("z", [2, 3], 1, 1, 1, 2, 0, 4)]),
        ["walks"] = (
            """
            input T: count
            s ~ HalfNormal(1)
            x ~ GaussianRandomWalk(s, T)
            for g in 1..3 { w[g] ~ GaussianRandomWalk(s * g, 4) }
            for t in 1..T { y[t] ~ Normal(x[t], 1) }
            z ~ GaussianRandomWalk(s, T)
            """,
            [Ramp("y", 11), Ramp("z", 11)]),
        ["autoregressions as one draw"] = (
            """
            input T: count
            phi ~ Normal(0, 0.5) ^ 3
            s ~ HalfNormal(1)
            x ~ AR(phi, s, T)
            short ~ AR(phi, s, 2)
            long ~ AR([phi[1], phi[2], phi[3], 0.1, 0.2, 0.1, phi[1], phi[2], phi[3]], s, 12)
            for t in 1..T { y[t] ~ Normal(x[t], 1) }
            z ~ AR(phi, s, T)
            """,
            [Ramp("y", 13), Ramp("z", 13)]),
        ["functions of latent matrices"] = (
            """
            a ~ Normal(0, 1) ^ (3, 3)
            B = a + 4 * identity(3)
            v ~ Normal(0, 1) ^ 3
            W = inverse(B)
            u = solve(B, v)
            U = solve(B, a)
            y ~ Normal(W[1, 2] + u[2] + U[3, 1] + det(B) / 50 + log_det(B) + quadratic(B, v), 1)
            q = sort(v)
            k = rank(v)
            z ~ Normal(q[1] + 2 * q[2] + 4 * q[3] + k[1] * v[2], 1)
            """,
            [Given("y", 0.4), Given("z", 0.3)]),
        ["functions of a matrix whose rows must be exchanged"] = (
            """
            a ~ Normal(0, 1) ^ (3, 3)
            v ~ Normal(0, 1) ^ 3
            C = [[a[1, 1] / 9, 4, a[1, 2]], [a[2, 1], a[2, 2] / 9, 4], [3, a[3, 1], a[3, 2]]]
            y ~ Normal(inverse(C)[1, 2] + solve(C, v)[3] + solve(transpose(C), a)[2, 1] + det(C) / 50 + log_det(C), 1)
            """,
            [Given("y", 0.4)]),
        ["functions of matrices in a plate"] = (
            """
            input G: count
            a ~ Normal(0, 1) ^ (3, 3)
            v ~ Normal(0, 1) ^ 3
            for g in 1..G {
              C[g] = a @ transpose(a) + g * identity(3)
              Q[g] = cholesky(C[g])
              u[g] = solve(C[g], g * v)
              s[g] = sort(g * v)
              y[g] ~ Normal(log_det(C[g]) + inverse(C[g])[1, 2] + Q[g, 3, 1] + u[g, 2] + s[g, 1], 1)
            }
            """,
            [Ramp("y", 4)]),
        ["larger matrices"] = (
            """
            input A[11, 11]
            input M[11, 2]
            v ~ Normal(0, 1) ^ 11
            B = A / 20 + diag(exp(v / 10))
            X = solve(B, M)
            y ~ Normal(sum(X) + inverse(B)[10, 3] + log_det(B) + sum(sort(v)[2..4]) + det(A) / 1000, 1)
            """,
            [Ramp("A", 11, 11), Ramp("M", 11, 2), Given("y", 0.4)]),
    };
}
