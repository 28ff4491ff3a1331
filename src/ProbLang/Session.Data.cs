using System.Collections.Immutable;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang;

/// <content>What is given, and the posterior of the whole model.</content>
public sealed partial class Session
{
    /// <summary>What may yet be given: inputs, sizes, labels, parameters, elements that no statement defines.</summary>
    private static readonly ImmutableHashSet<string> s_yetMissing = ["GM0301", "GM0302", "GM0305", "GM0312", "GM0314", "GM0344", "GM0376"];

    /// <summary>The same with other data, unless these do not fit the model. That something is not given yet is no mistake before a question needs it.</summary>
    /// <param name="data">All data.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SessionChange Give(Data data, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var session = With(data);
        if (Model is null) return new SessionChange(session, []);
        TryCondition(out _, out var before, cancellation);
        session.TryCondition(out _, out var after, cancellation);
        var news = after.Where(d => !before.Any(b => b.Id == d.Id && b.Message == d.Message) && !s_yetMissing.Contains(d.Id)).ToArray();
        var mistakes = Array.FindAll(news, d => d.Severity == Severity.Error);
        var said = mistakes.Length > 0 ? mistakes : news;
        return new SessionChange(mistakes.Length > 0 ? null : session, InPlace(said));
    }

    /// <summary>
    /// The posterior of everything that the data do not give, by the engine that takes the model. Draws that questions have asked for are not made again.
    /// </summary>
    /// <param name="engine">The engine; null takes the first that has no objection.</param>
    /// <param name="progress">Told where draws are made.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidOperationException">There is no model yet.</exception>
    /// <exception cref="DataException">The data do not fit.</exception>
    /// <exception cref="EngineException">The engine objects to the model.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the session is as it was.</exception>
    /// <exception cref="InsufficientMemoryException">The draws do not fit into memory.</exception>
    public Posterior Infer(Engine? engine = null, IProgress<ChainProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (Model is null) throw new InvalidOperationException("There is no model yet.");
        var basis = Budget.Run(ResourceLimits.None, default, _ => _bases.Of("", Learned.With(Data)), cancellation);
        if (basis.Problem is not { } problem) throw new DataException(Placed(basis.Diagnostics));
        var nuts = Options.Nuts with { Seed = Options.Seed };
        try
        {
            engine ??= problem.Choose(new Auto { Exact = Options.Exact, Nuts = nuts, Engines = Options.Engines }, cancellation).Engine;
            if (engine is Nuts asked && asked == nuts) return basis.Draw(nuts, progress, cancellation);
            var posterior = problem.Infer(engine, progress, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return posterior;
        }
        catch (EngineException objection)
        {
            throw new EngineException(Placed(objection.Diagnostics));
        }
    }
}
