using System.Collections.Immutable;
using ProbLang.Inference;

namespace ProbLang;

/// <content>Several engines, compared.</content>
public sealed partial class Problem
{
    /// <summary>
    /// Gives the problem to several engines, one after the other, and compares their answers. Engines that object are reported, and the others still compared. A cancellation
    /// ends it with what there is by then.
    /// </summary>
    /// <param name="engines">At least two; the first that answers is the reference.</param>
    /// <param name="started">Told of each engine before it runs.</param>
    /// <param name="cancellation">Ends the comparison soon.</param>
    /// <exception cref="ArgumentException">There are fewer than two engines, or two of one name; or one is null, or gives no posterior.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it began.</exception>
    public Comparison Compare(IReadOnlyCollection<Engine> engines, IProgress<Engine>? started = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engines);
        if (engines.Any(e => e is null)) throw new ArgumentException("an engine is null", nameof(engines));
        if (engines.FirstOrDefault(e => e is MaximumLikelihood or MaximumAPosteriori) is { Name: var fit }) throw new ArgumentException($"`{fit}` gives no posterior to compare: call Fit", nameof(engines));
        if (engines.Count < 2) throw new ArgumentException("a comparison takes at least two engines", nameof(engines));
        if (engines.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }) throw new ArgumentException($"the engine `{twice}` is named twice", nameof(engines));
        return Run(budget => Compared(engines, started, budget.Token), cancellation);
    }

    private Comparison Compared(IReadOnlyCollection<Engine> engines, IProgress<Engine>? started, CancellationToken cancellation)
    {
        ImmutableArray<ComparedEngine> asked = [.. engines.Select(e => new ComparedEngine(e, null, e is MessagePassing passing ? Objections(passing, engines.OfType<MessagePassing>()) : Objections(e)))];
        // Alone an engine would run for nothing.
        if (asked.Count(e => e.Objections.IsEmpty) < 2) return new Comparison(this, asked, cancellation.IsCancellationRequested);
        var (answers, interrupted) = (ImmutableArray.CreateBuilder<ComparedEngine>(), false);
        foreach (var engine in asked)
        {
            interrupted |= cancellation.IsCancellationRequested;
            if (interrupted || !engine.Objections.IsEmpty)
            {
                answers.Add(engine);
                continue;
            }
            started?.Report(engine.Engine);
            answers.Add(Answer(engine.Engine, cancellation));
            interrupted |= answers[^1].Posterior?.Interrupted == true || cancellation.IsCancellationRequested;
        }
        return interrupted ? new Comparison(this, answers.ToImmutable(), true) : Compared(answers.ToImmutable(), cancellation);
    }

    /// <summary>All of it is computed here, unless it is cancelled on the way: then whoever looks at it computes it.</summary>
    private Comparison Compared(ImmutableArray<ComparedEngine> answers, CancellationToken cancellation)
    {
        var comparison = new Comparison(this, answers, false);
        try
        {
            _ = comparison.Reference;
            return comparison;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Comparison(this, answers, true);
        }
    }

    private ComparedEngine Answer(Engine engine, CancellationToken cancellation)
    {
        try
        {
            return new ComparedEngine(engine, Infer(engine, cancellation), []);
        }
        catch (EngineException objection)
        {
            return new ComparedEngine(engine, null, [.. objection.Diagnostics]);
        }
        catch (OperationCanceledException)
        {
            return new ComparedEngine(engine, null, []);
        }
    }
}
