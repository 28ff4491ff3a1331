using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ProbLang.Inference;
using ProbLang.Results;

namespace ProbLang;

/// <content>Draws as they are made.</content>
public sealed partial class Problem
{
    /// <summary>About so many numbers wait for a slow reader, in draws of at most <see cref="MostWaiting"/>.</summary>
    private const int WaitingNumbers = 1 << 17;
    private const int MostWaiting = 1024;

    /// <summary>
    /// Draws from the posterior while they are made, those of all chains as they come, without those of the warm-up. Chain by chain they are the draws of
    /// <see cref="Infer(Nuts, IProgress{ChainProgress}?, CancellationToken)"/> with the same seed. A slow reader makes the chains wait, so that memory stays bounded however many draws are asked for:
    /// <see cref="int.MaxValue"/> is as good as no end. Leaving the loop stops the chains before it returns.
    /// </summary>
    /// <param name="engine">The sampler. Where it names no number of threads each chain has one while it draws.</param>
    /// <param name="progress">Told how far each chain is.</param>
    /// <param name="cancellation">Ends the stream with an <see cref="OperationCanceledException"/>; what was read before is good.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option of the engine is out of its range.</exception>
    /// <exception cref="EngineException">While reading: the engine objects to the model.</exception>
    /// <exception cref="SamplingException">While reading: a chain finds no place to start, or does not move from it.</exception>
    /// <exception cref="ResourceLimitException">While reading: it needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">While reading: it was cancelled.</exception>
    public IAsyncEnumerable<Draw> StreamAsync(Nuts engine, IProgress<ChainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        engine.CheckOptions();
        return Passed(engine, progress, cancellation, default);
    }

    /// <summary>
    /// Draws of all that the model defines, forward, each made when it is asked for, without an end: <c>problem.Stream(seed: 1).Take(1000)</c>. They are those of
    /// <see cref="Sample(int, ulong, Data, CancellationToken)"/> with the same seed.
    /// </summary>
    /// <param name="seed">The same one gives the same draws.</param>
    /// <param name="interventions">Random variables that are fixed to values; null fixes none.</param>
    /// <param name="cancellation">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DataException">The model has something that cannot be drawn, or an intervention does not fit it.</exception>
    /// <exception cref="ResourceLimitException">Also while reading: it needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">Also while reading: it was cancelled.</exception>
    public IEnumerable<Draw> Stream(ulong seed, Data? interventions = null, CancellationToken cancellation = default)
    {
        if (!Unlearned.IsEmpty) throw new DataException(Unlearned);
        var model = Run(_ => AncestralSimulation.Of(Conditioned), cancellation);
        var layout = AncestralSimulation.Layout(model);
        return Watched(AncestralSimulation.Draws(model, layout, seed, InterventionBinding.Of(model, interventions ?? Data.Empty)), cancellation)
            .Select((values, at) => new Draw(layout, 1, unchecked(at + 1), values, []));
    }

    /// <summary>What a reader asks for one by one; each is computed within the limits, and may be cancelled on the way.</summary>
    private IEnumerable<T> Watched<T>(IEnumerable<T> items, CancellationToken cancellation)
    {
        using var each = items.GetEnumerator();
        while (Run(_ => each.MoveNext(), cancellation)) yield return each.Current;
    }

    /// <param name="engine">The sampler.</param>
    /// <param name="progress">Told how far each chain is.</param>
    /// <param name="asked">The token of the call.</param>
    /// <param name="own">That of the loop.</param>
    private async IAsyncEnumerable<Draw> Passed(Nuts engine, IProgress<ChainProgress>? progress, CancellationToken asked, [EnumeratorCancellation] CancellationToken own)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(asked, own);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(either.Token);
        var waiting = Channel.CreateBounded<Draw>(new BoundedChannelOptions(Waiting(engine)) { SingleReader = true });
        var chains = Task.Factory.StartNew(() => Pass(engine, progress, waiting.Writer, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            while (await HasMore(waiting.Reader, either.Token, asked, own).ConfigureAwait(false))
                while (waiting.Reader.TryRead(out var draw)) yield return draw;
            ThrowIfCancelled(asked, own);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await chains.ConfigureAwait(false);
        }
    }

    /// <summary>Waits for a draw; what ends it carries the token that was cancelled, not one that is made of two.</summary>
    private static async ValueTask<bool> HasMore(ChannelReader<Draw> reader, CancellationToken either, CancellationToken asked, CancellationToken own)
    {
        try
        {
            return await reader.WaitToReadAsync(either).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ThrowIfCancelled(asked, own);
            throw;
        }
    }

    private static void ThrowIfCancelled(CancellationToken asked, CancellationToken own)
    {
        asked.ThrowIfCancellationRequested();
        own.ThrowIfCancellationRequested();
    }

    private int Waiting(Nuts engine) => Math.Clamp(WaitingNumbers / Math.Max(1, _layout.Value.Count), Math.Min(engine.Chains, MostWaiting), MostWaiting);

    /// <summary>Runs the chains; what goes wrong is the reader's to see.</summary>
    private void Pass(Nuts engine, IProgress<ChainProgress>? progress, ChannelWriter<Draw> reader, CancellationTokenSource stop)
    {
        Exception? failure = null;
        try
        {
            var seed = engine.Seed ?? (ulong)Random.Shared.NextInt64();
            var run = Run(budget => Answered(() => ChainRunner.Run(_program.Value.Density, engine, seed, progress, budget.Token, new PassedRun(_layout.Value, reader, stop))), stop.Token);
            if (!run.Failures.IsEmpty) failure = new SamplingException(run.Failures);
        }
#pragma warning disable CA1031 // The reader throws it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }
        reader.Complete(failure);
    }
}
