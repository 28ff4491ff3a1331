using ProbLang.Results;
using Xunit;

namespace ProbLang.Posteriors;

public class ThreadTests
{
    [Theory]
    [InlineData(
        """
        input N: count
        input x[N]: real
        alpha ~ Normal(0, 5)
        beta ~ Normal(0, 2)
        sigma ~ HalfNormal(2)
        for i in 1..N { y[i] ~ Normal(alpha + beta * x[i], sigma); k[i] ~ Poisson(exp(0.3 * y[i])) }
        """)]
    [InlineData(
        """
        input N: count
        mu ~ Normal(0, 5)
        tau ~ HalfNormal(3)
        for i in 1..N { theta[i] ~ Normal(mu, tau); y[i] ~ Normal(theta[i], if i < 3 then 0.1 else 4) }
        """)]
    public void The_same_seed_gives_the_same_draws_bit_for_bit_for_any_number_of_threads(string model)
    {
        var data = new Dictionary<string, object?> { ["y"] = new double?[] { 1.2, -0.3, 0.8, null, 2.9, null } };
        if (model.Contains("input x", StringComparison.Ordinal)) data["x"] = new[] { 0.1, -1, 0.4, 1, 2, 3 };
        var problem = Inferring.Problem(model, data);
        var alone = Draws(problem, 1);
        Assert.True(alone.Length > 4 * 500);
        foreach (var threads in (int[])[2, 4]) Assert.Equal(alone, Draws(problem, threads));
        Assert.NotEqual(alone, Draws(problem, 1, seed: 8));
    }

    /// <summary>The bits of all draws and statistics, chain after chain.</summary>
    private static long[] Draws(Problem problem, int threads, ulong seed = 7)
    {
        var posterior = problem.Infer(Inferring.Options(seed) with { Warmup = 500, Draws = 500, Threads = threads }, null, TestContext.Current.CancellationToken);
        return [.. posterior.Draws.Chains.SelectMany(Bits)];
    }

    private static IEnumerable<long> Bits(ChainDraws chain)
    {
        for (var draw = 0; draw < chain.Count; draw++)
        {
            foreach (var value in (double[])[.. chain.Draw(draw), .. chain.Statistics(draw)]) yield return BitConverter.DoubleToInt64Bits(value);
        }
    }
}
