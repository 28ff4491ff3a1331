using System.Collections.Immutable;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang;

/// <summary>A session's model with data that it is asked with: what answers start from, computed when it is first needed.</summary>
internal sealed class Basis
{
    private readonly object _sampling = new();
    private SampledPosterior? _sampled;

    public Basis(Problem? problem, ImmutableArray<Diagnostic> diagnostics) => (Problem, Diagnostics) = (problem, diagnostics);

    /// <summary>Null where the data do not fit.</summary>
    public Problem? Problem { get; }

    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The draws of the posterior, made once.</summary>
    /// <exception cref="EngineException">The sampler objects.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the next one who asks begins anew.</exception>
    public SampledPosterior Draw(Nuts engine, IProgress<ChainProgress>? progress, CancellationToken cancellation) => Budget.Run(ResourceLimits.None, default, budget =>
    {
        // Who waits for another's draws can be stopped too.
        budget.Enter(_sampling);
        try
        {
            if (_sampled is { } known) return known;
            var sampled = Problem!.Infer(engine, progress, cancellation);
            // What was cancelled is a posterior of the draws that were done.
            budget.Token.ThrowIfCancellationRequested();
            return _sampled = sampled;
        }
        finally
        {
            Monitor.Exit(_sampling);
        }
    }, cancellation);
}

/// <summary>What a session was asked with so far; the oldest is forgotten when there are many.</summary>
internal sealed class AnswerBases(Session session)
{
    private const int Most = 8;

    private readonly object _gate = new();
    private readonly List<(string Key, Basis Basis)> _known = [];

    /// <summary>The session's data with some more.</summary>
    /// <param name="key">What tells these from others.</param>
    /// <param name="data">All of them.</param>
    public Basis Of(string key, Data data)
    {
        // Who waits for another's computation can be stopped too.
        Budget.Current.Enter(_gate);
        try
        {
            if (_known.Find(k => k.Key == key).Basis is { } known) return known;
            session.Model!.TryCondition(data, out var problem, out var diagnostics);
            var basis = new Basis(problem, diagnostics);
            if (_known.Count == Most) _known.RemoveAt(0);
            _known.Add((key, basis));
            return basis;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }
}
