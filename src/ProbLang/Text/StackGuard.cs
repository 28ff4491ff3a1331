using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace ProbLang.Text;

/// <summary>Lets a recursion over a deep tree go on where the stack it began on ends, which may be a host's small one.</summary>
internal static class StackGuard
{
    private const int FreshStackBytes = 4 << 20;

    /// <summary>Whether there is room for some more calls.</summary>
    public static bool HasRoom => RuntimeHelpers.TryEnsureSufficientExecutionStack();

    /// <summary>Runs a step on a stack of its own, and waits for it.</summary>
    public static T OnFreshStack<T>(Func<T> step)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try { result = step(); }
            catch (Exception exception) { failure = ExceptionDispatchInfo.Capture(exception); }
        }, FreshStackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
