using System.Collections.Concurrent;

namespace ProbLang.InferNet;

/// <summary>
/// The thread on which everything is compiled, one thing after the other. It has a deep stack, since Infer.NET walks expressions and long chains of messages by recursion;
/// and it is one for the whole process, since with a new one each time the C library's allocator spreads what the C# compiler takes over many arenas, none of which it gives back.
/// </summary>
internal static class CompilerThread
{
    private const int StackSize = 256 << 20;

    private static readonly Lazy<BlockingCollection<Action>> s_work = new(Start);

    /// <summary>Does something there.</summary>
    public static Task<T> Run<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        s_work.Value.Add(Do);
        return result.Task;

        void Do()
        {
            try
            {
                result.SetResult(work());
            }
#pragma warning disable CA1031 // It is thrown again where the result is awaited.
            catch (Exception e)
#pragma warning restore CA1031
            {
                result.SetException(e);
            }
        }
    }

    private static BlockingCollection<Action> Start()
    {
        var work = new BlockingCollection<Action>();
        new Thread(() => Serve(work), StackSize) { IsBackground = true, Name = "Infer.NET compiler" }.Start();
        return work;
    }

    private static void Serve(BlockingCollection<Action> work)
    {
        while (true) work.Take()();
    }
}
