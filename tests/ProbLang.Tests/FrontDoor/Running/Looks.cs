using ProbLang.Limits;

namespace ProbLang.Tests.FrontDoor.Running;

/// <summary>Computations whose looks at the budget are counted, and which are cancelled at one of them.</summary>
internal static class Looks
{
    /// <summary>How often a computation looks.</summary>
    public static int Of(Action compute)
    {
        var looks = 0;
        Run(_ => Interlocked.Increment(ref looks), compute);
        return looks;
    }

    /// <summary>Runs a computation, and cancels it at the nth look.</summary>
    /// <returns>What it threw, null where it returned; and how often it looked after that.</returns>
    public static (Exception? Thrown, int After) CancelledAt(int look, CancellationTokenSource source, Action<CancellationToken> compute)
    {
        var (looks, thrown) = (0, (Exception?)null);
        Run(_ =>
        {
            if (Interlocked.Increment(ref looks) == look) source.Cancel();
        }, () =>
        {
            try
            {
                compute(source.Token);
            }
            catch (OperationCanceledException cancelled)
            {
                thrown = cancelled;
            }
        });
        return (thrown, Math.Max(0, looks - look));
    }

    private static void Run(Action<Budget> looked, Action compute) => Budget.Run<object?>(ResourceLimits.None, default, budget =>
    {
        budget.Looked = () => looked(budget);
        compute();
        return null;
    }, default);
}
