using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Scoring;

/// <summary>The limits of a model hold for its scorers.</summary>
public class ScorerLimitTests
{
    /// <summary>Each row has 4096 settings to sum over.</summary>
    private const string Summed = """
        input N: count
        param m: real
        for i in 1..N {
          for k in 1..12 { z[i, k] ~ Bernoulli(0.3) }
          y[i] ~ Normal(m * sum(z[i]), 1)
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Problem Of(ResourceLimits limits) => Model.Compile(Summed).Model.Condition(Data.Of(new { m = 0.5, y = new[] { 1.0, 2 } })).Within(limits);

    [Fact]
    public void Each_call_has_the_whole_time()
    {
        var scorer = Of(new ResourceLimits { Time = TimeSpan.FromSeconds(4) }).Scorer();
        var row = scorer.Encode(new { y = 1.0 });
        var rows = Enumerable.Repeat(row, 400_000).SelectMany(r => r).ToArray();
        Assert.Equal(ResourceLimit.Time, Assert.Throws<ResourceLimitException>(() => scorer.Score(rows, new double[400_000], Cancellation)).Limit);
        Assert.InRange(scorer.Score(row, Cancellation), -3, 0);
        Assert.Throws<ResourceLimitException>(() => Of(new ResourceLimits { Time = TimeSpan.FromTicks(1) }).Scorer());
    }

    [Fact]
    public void Memory_is_counted_for_what_is_summed_over_and_for_each_draw()
    {
        var problem = Model.Compile(Summed.Replace("param m: real", "m ~ Normal(0, 1)", StringComparison.Ordinal)).Model.Condition(Data.Of(new { y = new[] { 1.0, 2 }, z = new int[2, 12] }));
        var draws = problem.Infer(new Nuts { Seed = 1, Chains = 1, Warmup = 100, Draws = 1000 }, cancellation: Cancellation);
        var limited = problem.Within(new ResourceLimits { Bytes = 8 << 20 }).Infer(new Nuts { Seed = 1, Chains = 1, Warmup = 100, Draws = 1000 }, cancellation: Cancellation);
        var (free, scorer) = (draws.Scorer(), limited.Scorer());
        var (row, each) = (scorer.Encode(new { y = 1.0 }), new double[1000]);
        // 4096 settings of 13 numbers fit; times 1000 draws they do not.
        Assert.Equal(free.Score(row, Cancellation), scorer.Score(row, Cancellation));
        free.ScoreEach(row, each, Cancellation);
        Assert.Equal(ResourceLimit.Bytes, Assert.Throws<ResourceLimitException>(() => scorer.ScoreEach(row, each, Cancellation)).Limit);
        // One row after the other does not add up.
        Assert.All(scorer.ScoreAll(Data.Of(new { y = new double[50] }), Cancellation), score => Assert.InRange(score, -3, 0));
    }

    [Fact]
    public void The_draws_that_a_scorer_keeps_count_when_it_is_made()
    {
        var problem = Model.Compile("input N: count\nm ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(m, 1) }").Model.Condition(Data.Of(new { y = new[] { 1.0, 2 } }));
        var fit = new Nuts { Seed = 1, Chains = 1, Warmup = 100, Draws = 4000 };
        var folder = Path.Combine(Directory.CreateTempSubdirectory("problang-").FullName, "posterior");
        problem.Infer(fit, cancellation: Cancellation).Save(folder, "1.0", "a test", Cancellation);
        var loaded = SavedPosterior.Load(folder, new CompileOptions { Limits = new ResourceLimits { Bytes = 4 << 20 } }, Cancellation);
        Assert.Equal(4000, loaded.Scorer().Draws);
        // A draw has eight numbers, which is more than 250 000 bytes together.
        var exceeded = Assert.Throws<ResourceLimitException>(() => SavedPosterior.Load(folder, new CompileOptions { Limits = new ResourceLimits { Bytes = 250_000 } }, Cancellation));
        Assert.Equal(ResourceLimit.Bytes, exceeded.Limit);
        Assert.StartsWith("the memory for these draws", exceeded.Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [Fact]
    public void A_cancellation_is_no_limit()
    {
        using var cancelled = new CancellationTokenSource();
        var scorer = Of(new ResourceLimits { Time = TimeSpan.FromMinutes(10) }).Scorer();
        cancelled.Cancel();
        foreach (var ask in new Action[] { () => scorer.Score(new { y = 1.0 }, cancelled.Token), () => scorer.Predict(new { y = 1.0 }, cancellation: cancelled.Token), () => scorer.ScoreAll(Data.Of(new { y = new[] { 1.0 } }), cancelled.Token) })
            Assert.Equal(cancelled.Token, Assert.ThrowsAny<OperationCanceledException>(ask).CancellationToken);
    }
}
