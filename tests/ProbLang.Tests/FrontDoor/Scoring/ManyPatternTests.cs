using MathNet.Numerics.Distributions;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Scoring;

/// <summary>Rows that give any subset of their variables.</summary>
public class ManyPatternTests
{
    private const int Outcomes = 9;

    [Fact]
    public void A_scorer_does_not_grow_with_what_rows_leave_out()
    {
        var model = $"input N: count\nfor i in 1..N {{ {string.Join("\n", Enumerable.Range(1, Outcomes).Select(v => $"v{v}[i] ~ Normal({v}, 1)"))} }}";
        var data = Enumerable.Range(1, Outcomes).ToDictionary(v => $"v{v}", _ => (object?)new double[2]);
        var scorer = Model.Compile(model).Model.Condition(Data.Of(data)).Scorer();
        Parallel.For(0, 1 << Outcomes, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, pattern => AssertScore(pattern));
        var (programs, sets) = scorer.Kept;
        Assert.Equal((256, 256), (programs, sets));
        // What was forgotten is made again.
        foreach (var pattern in (int[])[1, 2, 511]) AssertScore(pattern);

        void AssertScore(int pattern)
        {
            var row = new double[Outcomes];
            var expected = 0.0;
            for (var v = 0; v < Outcomes; v++)
            {
                row[v] = (pattern >> v & 1) != 0 ? 0.25 * v : double.NaN;
                if (!double.IsNaN(row[v])) expected += Normal.PDFLn(v + 1, 1, row[v]);
            }
            Assert.Equal(expected, scorer.Score(row, TestContext.Current.CancellationToken), 1e-12);
        }
    }

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
