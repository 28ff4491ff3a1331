using Xunit;
using static System.Math;

namespace ProbLang.Posteriors;

/// <summary>Intercepts and slopes that vary together: as one draw of a normal vector, and as one writes it by hand with standard normals.</summary>
public class CorrelatedSlopesTests(ITestOutputHelper output)
{
    private const string Head =
        """
        input N: count
        input G: count
        input g[N]: int(1, G)
        input x[N]
        L ~ LKJCholesky(2, 2)
        tau ~ HalfNormal(1) ^ 2
        m ~ Normal(0, 2) ^ 2
        sigma ~ HalfNormal(1)

        """;

    private const string Tail = "\nfor i in 1..N { y[i] ~ Normal(b[g[i], 1] + b[g[i], 2] * x[i], sigma) }";
    private const string AsVectors = "for j in 1..G { b[j] ~ MvNormal(m, cholesky: diag(tau) @ L) }";
    private const string AsCovariance = "for j in 1..G { b[j] ~ MvNormal(m, diag(tau) @ L @ transpose(L) @ diag(tau)) }";
    private const string ByHand = "z ~ Normal(0, 1) ^ (2, G)\nu = diag(tau) @ L @ z\nfor j in 1..G { b[j] = m + u[.., j] }";

    [Theory]
    [InlineData(AsVectors, 20, 30, 1), InlineData(AsVectors, 8, 3, 1), InlineData(AsCovariance, 8, 3, 1), InlineData(AsVectors, 8, 3, 0.1)]
    public void One_draw_of_a_vector_is_sampled_as_well_as_standard_normals_and_says_the_same(string form, int groups, int each, double spread)
    {
        var data = DataOf(groups, each, spread);
        var (drawn, byHand) = (Inferring.Run(Head + form + Tail, data), Inferring.Run(Head + ByHand + Tail, data));
        // Where data say about as much as the prior, the choice of form may leave a few divergences, as it does of scalars.
        if (each * spread is > 10 or < 1) Assert.True(drawn.Verdict.Trusted, drawn.Verdict.ToString());
        foreach (var name in new[] { "L[2,1]", "tau[1]", "tau[2]", "m[1]", "m[2]", "sigma", "b[1,1]", "b[1,2]", $"b[{groups},2]" })
        {
            var (one, other) = (drawn.Scalar(name), byHand.Scalar(name));
            var error = Sqrt(one.Mcse * one.Mcse + other.Mcse * other.Mcse);
            Assert.True(Abs(one.Mean - other.Mean) < 4 * error, $"{name}: {one.Mean} and {other.Mean}, with a standard error of {error}");
        }
        var (here, there) = (Least(drawn), Least(byHand));
        output.WriteLine(FormattableString.Invariant($"least effective draws per gradient: {here:G3}, by hand {there:G3}"));
        Assert.True(here >= 0.5 * there, $"{here} effective draws per gradient, {there} by hand");
    }

    private static double Least(SampledPosterior posterior) =>
        new[] { "L[2,1]", "tau[1]", "tau[2]", "m[1]", "m[2]", "sigma" }.Min(name => posterior.Scalar(name).EssBulk) / posterior.Run.Gradients;

    /// <summary>Deviations without a pattern, the same at each run, of slopes that go with their intercepts.</summary>
    private static object DataOf(int groups, int each, double spread)
    {
        var (n, g) = (groups * each, Enumerable.Range(0, groups * each).Select(i => i / each + 1).ToArray());
        double[] x = [.. Enumerable.Range(0, n).Select(i => 1.4 * Sin(3.7 * i * i + 1))];
        var y = new double[n];
        for (var i = 0; i < n; i++)
        {
            var (a, b) = (spread * Sqrt(2) * Sin(2.3 * g[i] + 1), spread * Sqrt(2) * Sin(4.1 * g[i] * g[i]));
            y[i] = 1 + 0.8 * a + (-0.5 + 0.5 * (0.6 * a + 0.8 * b)) * x[i] + Sin(5.1 * i * i + 2);
        }
        return new { G = groups, g, x, y };
    }
}
