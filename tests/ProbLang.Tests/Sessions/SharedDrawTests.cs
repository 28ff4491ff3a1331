using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Sessions;

public class SharedDrawTests
{
    [Fact]
    public async Task Who_waits_for_the_draws_of_another_can_be_stopped()
    {
        var problem = Model.Compile("mu ~ Normal(0, 1)").Model.Condition(Data.Empty, cancellation: TestContext.Current.CancellationToken);
        var basis = new Basis(problem, []);
        using var progress = new Held();
        var nuts = new Nuts { Seed = 1, Chains = 1, Warmup = 50, Draws = 50 };
        var maker = Task.Run(() => basis.Draw(nuts, progress, CancellationToken.None), TestContext.Current.CancellationToken);
        progress.Begun.Wait(TestContext.Current.CancellationToken);
        using var source = new CancellationTokenSource();
        var waiter = Task.Run(() => basis.Draw(nuts, null, source.Token), TestContext.Current.CancellationToken);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter);
        Assert.False(maker.IsCompleted);
        progress.Goes.Set();
        Assert.Same(await maker, basis.Draw(nuts, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Draws_that_were_cancelled_are_not_kept()
    {
        var problem = Model.Compile("mu ~ Normal(0, 1)").Model.Condition(Data.Empty, cancellation: TestContext.Current.CancellationToken);
        var basis = new Basis(problem, []);
        using var source = new CancellationTokenSource();
        var progress = new Stopping(source);
        Assert.Throws<OperationCanceledException>(() => basis.Draw(new Nuts { Seed = 1, Chains = 1, Warmup = 200, Draws = 100_000 }, progress, source.Token));
        Assert.Equal(60, basis.Draw(new Nuts { Seed = 1, Chains = 1, Warmup = 50, Draws = 60 }, null, TestContext.Current.CancellationToken).Draws.Count);
    }

    /// <summary>Stops the sampler at its first report until it may go on.</summary>
    private sealed class Held : IProgress<ChainProgress>, IDisposable
    {
        public ManualResetEventSlim Begun { get; } = new();

        public ManualResetEventSlim Goes { get; } = new();

        public void Report(ChainProgress value)
        {
            Begun.Set();
            Goes.Wait();
        }

        public void Dispose()
        {
            Begun.Dispose();
            Goes.Dispose();
        }
    }

    private sealed class Stopping(CancellationTokenSource source) : IProgress<ChainProgress>
    {
        public void Report(ChainProgress value) => source.Cancel();
    }
}
