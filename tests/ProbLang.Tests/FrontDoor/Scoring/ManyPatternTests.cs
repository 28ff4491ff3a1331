using Xunit;

namespace ProbLang.Tests.FrontDoor.Scoring;

/// <summary>Rows that give any subset of their variables.</summary>
public class ManyPatternTests
{
    [Fact]
    public void Many_rows_are_not_all_checked_before_a_cancellation_is_seen()
    {
        var scorer = Model.Compile("input N: count\ninput x[N]: positive\nfor i in 1..N { y[i] ~ Normal(x[i], 1) }").Model.Condition(Data.Of(new { x = new[] { 1.0, 2 }, y = new[] { 1.0, 2 } })).Scorer();
        var rows = Enumerable.Repeat(1.0, 2 * 10_000).ToArray();
        // The last row is mistaken: who looks at all of them first says so.
        rows[^2] = -1;
        Assert.Throws<OperationCanceledException>(() => scorer.Score(rows, new double[10_000], new CancellationToken(true)));
        Assert.Throws<ArgumentException>(() => scorer.Score(rows, new double[10_000], TestContext.Current.CancellationToken));
    }
}
