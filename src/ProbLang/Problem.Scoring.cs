using ProbLang.Inference;

namespace ProbLang;

/// <content>The density of data.</content>
public sealed partial class Problem
{
    /// <summary>
    /// The log density of the data, with all that is unknown summed or integrated out exactly: in total, and by row where the rows are independent.
    /// The parameters must be known: give them with the data, or take them from a fit.
    /// </summary>
    /// <exception cref="EngineException">A parameter is not known, or the density is an integral that has no closed form.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Scores Score(CancellationToken cancellation = default)
    {
        if (!Unlearned.IsEmpty) throw new EngineException(Unlearned);
        return Run(budget =>
        {
            if (HasLatents && Objections(new Exact()) is { IsEmpty: false } objections) throw new EngineException(objections);
            return Answered(() => Scoring.Of(Conditioned, _exact, _maxTableEntries, budget.Token));
        }, cancellation);
    }
}
