using System.Runtime.CompilerServices;
using ProbLang.Inference;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Running;

public class StreamingTests
{
    private const string Schools = """
        input J: count
        input sigma[J]: positive
        mu ~ Normal(0, 5)
        tau ~ HalfCauchy(5)
        for school in 1..J {
          theta[school] ~ Normal(mu, tau)
          y[school] ~ Normal(theta[school], sigma[school])
        }
        """;

    private static readonly Nuts s_short = new() { Seed = 7, Warmup = 150, Draws = 60, Chains = 3 };

    private static Problem Schooled() =>
        Model.Compile(Schools).Model.Condition(Data.Of(new { sigma = new[] { 15.0, 10, 16, 11, 9, 11, 10, 18 }, y = new double?[] { 28, 8, -3, 7, -1, 1, null, 12 } }));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(null)]
    public async Task A_stream_has_the_draws_of_inference_with_the_same_seed(int? threads)
    {
        var problem = Schooled();
        var kept = problem.Infer(s_short, cancellation: TestContext.Current.CancellationToken).Run;
        var next = new int[s_short.Chains];
        await foreach (var draw in problem.StreamAsync(s_short with { Threads = threads }, cancellation: TestContext.Current.CancellationToken))
        {
            Assert.Equal(++next[draw.Chain - 1], draw.Iteration);
            var same = kept.Chains[draw.Chain - 1].Draws;
            Assert.Equal(same.Draw(draw.Iteration - 1), draw.Values);
            Assert.Equal(same[draw.Iteration - 1, Statistic.LogDensity], draw[Statistic.LogDensity]);
            Assert.Equal(draw["theta[3]"], draw.Array("theta")[2]);
            Assert.Equal(draw["tau"], draw.Array("tau")[0]);
            Assert.Equal(draw.Array("theta").ToArray(), draw.Get<double[]>("theta"));
            Assert.Equal(draw["theta[2]"], draw.Get<double>("theta[2]"));
        }
        Assert.All(next, n => Assert.Equal(60, n));
    }

    [Fact]
    public async Task A_stream_without_an_end_waits_for_its_reader_and_ends_with_the_loop()
    {
        var (problem, last) = (Schooled(), 0);
        var reports = new Reports();
        await foreach (var draw in problem.StreamAsync(s_short with { Draws = int.MaxValue }, reports, TestContext.Current.CancellationToken))
        {
            // Give the chains time to run ahead as far as they can.
            if (last == 0) await Task.Delay(300, TestContext.Current.CancellationToken);
            last = draw.Iteration;
            if (last == 500) break;
        }
        Assert.Equal(500, last);
        // The chains had ended when the loop was left, and were ahead of the reader by what waits and no more.
        Assert.Equal(s_short.Chains, reports.Finished);
        Assert.InRange(reports.Furthest, 500, 150 + 1024 + (500 * 3) + 3);
    }

    [Fact]
    public async Task A_cancelled_stream_says_so_with_the_token_of_the_reader()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var read = 0;
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var draw in Schooled().StreamAsync(s_short with { Draws = int.MaxValue }).WithCancellation(cancellation.Token))
                if (++read == 20) await cancellation.CancelAsync();
        });
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.InRange(read, 20, 2000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_tokens_the_one_that_was_cancelled_is_told(bool isOfTheCall)
    {
        using var call = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var loop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var read = 0;
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var draw in Schooled().StreamAsync(s_short with { Draws = int.MaxValue }, cancellation: call.Token).WithCancellation(loop.Token))
                if (++read == 20) await (isOfTheCall ? call : loop).CancelAsync();
        });
        Assert.Equal(isOfTheCall ? call.Token : loop.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task Why_there_are_no_draws_reaches_the_reader()
    {
        var unanswerable = Model.Compile("x ~ Normal(0, 1)\ny ~ Poisson(3)\nz ~ Normal(x * y, 1)\ngiven z = 1\nk ~ Poisson(exp(x))\nw ~ Normal(k, 1)\ngiven w = 2").Model.Condition(Data.Empty);
        Assert.NotEmpty(unanswerable.Objections(new Nuts()));
        await Assert.ThrowsAsync<EngineException>(() => First(unanswerable.StreamAsync(s_short)));
        var impossible = Model.Compile("x ~ Uniform(0, 1)\ny ~ Uniform(0, x)\ngiven y = 2").Model.Condition(Data.Empty);
        var failed = await Assert.ThrowsAsync<SamplingException>(() => First(impossible.StreamAsync(s_short)));
        Assert.Equal(3, failed.Failures.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => impossible.StreamAsync(s_short with { Chains = 0 }));
    }

    [Fact]
    public async Task A_mistake_that_only_a_draw_meets_stops_all_chains()
    {
        var problem = Model.Compile("x ~ Normal(0, 1)\ny ~ Normal(x, 1)\ngiven y = 0\nk ~ Poisson(2)\nz = [1, 2, 3][k + 1]").Model.Condition(Data.Empty);
        var read = 0;
        await Assert.ThrowsAsync<EngineException>(async () =>
        {
            await foreach (var draw in problem.StreamAsync(s_short with { Draws = int.MaxValue }, cancellation: TestContext.Current.CancellationToken)) read++;
        });
        Assert.InRange(read, 0, 1_000);
    }

    [Fact]
    public void Forward_draws_are_made_when_they_are_asked_for()
    {
        var problem = Schooled();
        var all = problem.Sample(20, 5, TestContext.Current.CancellationToken);
        var streamed = problem.Stream(5).Take(20).ToArray();
        for (var draw = 0; draw < 20; draw++) Assert.Equal(all.Draw(draw, "theta"), streamed[draw].Array("theta"));
        Assert.Equal(Enumerable.Range(1, 20), streamed.Select(d => d.Iteration));
        Assert.All(problem.Stream(5, Data.Of(new { tau = 2.5 })).Take(3), d => Assert.Equal(2.5, d["tau"]));
        using var cancelled = new CancellationTokenSource();
        var rest = problem.Stream(5, cancellation: cancelled.Token).GetEnumerator();
        Assert.True(rest.MoveNext());
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => rest.MoveNext());
    }

    [Fact]
    public async Task A_stream_that_was_left_is_collected()
    {
        var problem = Schooled();
        var left = await Leave(problem);
        for (var i = 0; i < 50 && left.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        Assert.False(left.IsAlive);
        GC.KeepAlive(problem);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> Leave(Problem problem)
    {
        await foreach (var draw in problem.StreamAsync(s_short)) return new WeakReference(draw);
        throw new InvalidOperationException("there is a first draw");
    }

    private static async Task<Draw> First(IAsyncEnumerable<Draw> draws)
    {
        await foreach (var draw in draws) return draw;
        throw new InvalidOperationException("no draw, and no reason");
    }

    private sealed class Reports : IProgress<ChainProgress>
    {
        private int _finished;
        private int _furthest;

        public int Finished => _finished;

        public int Furthest => _furthest;

        public void Report(ChainProgress value)
        {
            if (value.Phase == ChainPhase.Finished) Interlocked.Increment(ref _finished);
            for (int now; value.Iteration > (now = _furthest) && Interlocked.CompareExchange(ref _furthest, value.Iteration, now) != now;) { }
        }
    }
}
