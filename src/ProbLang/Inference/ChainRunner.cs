using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>Runs chains on threads: all warm up, those that landed where there is no posterior mass warm up again from elsewhere, then all draw.</summary>
internal static class ChainRunner
{
    /// <summary>A region with less than exp(-30) of the mass of another one would not be visited by any run, so a chain in it is lost.</summary>
    private const double NegligibleLogMass = 30;
    private const int MaxRounds = 3;

    public static NutsRun Run(LogDensity density, Nuts options, ulong seed, IProgress<ChainProgress>? progress, CancellationToken cancellation, PassedRun? passed = null)
    {
        var chains = new Chain[options.Chains];
        var threads = Math.Min(options.Chains, options.Threads ?? System.Environment.ProcessorCount);
        for (var i = 0; i < chains.Length; i++) chains[i] = new Chain(density.Fork(), options, seed, i, progress, cancellation, SinkOf(i));

        InParallel(chains, threads, chain => chain.Warm(), passed is null ? null : passed.Halt);
        for (var round = 0; round < MaxRounds && !cancellation.IsCancellationRequested; round++)
        {
            var lost = Lost(chains);
            if (lost.Length == 0) break;
            InParallel(lost, threads, chain => chain.Warm(), passed is null ? null : passed.Halt);
        }
        // What is passed on comes from all chains in turn, each on a thread that may wait for the reader, and from none where one cannot draw: there is no verdict to say so.
        if (!cancellation.IsCancellationRequested && (passed is null || chains.All(c => c.Failure is null)))
            InParallel(chains, passed is null ? threads : options.Threads ?? chains.Length, chain => chain.Sample(), passed is null ? null : passed.Halt);

        var runs = ImmutableArray.CreateBuilder<ChainRun>(chains.Length);
        foreach (var chain in chains) runs.Add(chain.ToRun());
        // A cancellation that comes after the last draw has stopped nothing.
        var isCancelled = cancellation.IsCancellationRequested && runs.Any(r => r.Failure is null && r.Draws.Count < options.Draws);
        return new NutsRun(options, seed, runs.MoveToImmutable(), isCancelled);

        Func<DrawSink>? SinkOf(int chain) => passed is null ? null : () => passed.Open(chain + 1);
    }

    private static Chain[] Lost(Chain[] chains)
    {
        var best = double.NegativeInfinity;
        foreach (var chain in chains) if (chain.Failure is null && chain.LogMass > best) best = chain.LogMass;
        return Array.FindAll(chains, c => c.Failure is null && c.CanRestart && c.LogMass < best - NegligibleLogMass);
    }

    private static void InParallel(Chain[] chains, int threads, Action<Chain> action, Action? halt)
    {
        var next = -1;
        Exception? failure = null;
        void Work()
        {
            try
            {
                for (int i; (i = Interlocked.Increment(ref next)) < chains.Length;) action(chains[i]);
            }
#pragma warning disable CA1031 // It is thrown again below, on the caller's thread.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, e, null);
                halt?.Invoke();
            }
        }
        var helpers = new Thread[Math.Min(threads, chains.Length) - 1];
        for (var i = 0; i < helpers.Length; i++) (helpers[i] = new Thread(Work) { IsBackground = true }).Start();
        Work();
        foreach (var helper in helpers) helper.Join();
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }
}
