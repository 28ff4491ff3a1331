using ProbLang.Limits;
using Xunit;

namespace ProbLang.Tests.Limits;

public class OnceTests
{
    [Fact]
    public async Task Who_waits_for_another_to_make_it_can_be_stopped()
    {
        using var begun = new ManualResetEventSlim();
        using var goes = new ManualResetEventSlim();
        var made = 0;
        var once = new Once<int>(() =>
        {
            begun.Set();
            goes.Wait();
            return ++made;
        });
        var maker = Task.Run(() => once.ValueUnless(CancellationToken.None), TestContext.Current.CancellationToken);
        begun.Wait(TestContext.Current.CancellationToken);
        using var source = new CancellationTokenSource();
        var waiter = Task.Run(() => once.ValueUnless(source.Token), TestContext.Current.CancellationToken);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter);
        Assert.False(once.IsValueCreated);
        goes.Set();
        Assert.Equal(1, await maker);
        Assert.Equal(1, once.ValueUnless(source.Token));
    }
}
