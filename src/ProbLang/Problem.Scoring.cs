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

    /// <summary>A scorer of rows that are not among the data, where all that rows share is known: given with the data, or taken from a fit, as in <c>model.Condition(fit.Data.With(data))</c>.</summary>
    /// <param name="rows">The index of the <c>for</c> whose rows are meant; null where what is observed stands in <c>for</c>s over one range.</param>
    /// <exception cref="EngineException">Something that rows share is not known, or the rows are not of one form or depend on each other.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    public Scorer Scorer(string? rows = null)
    {
        if (!Unlearned.IsEmpty) throw new EngineException(Unlearned);
        return ProbLang.Scorer.Of(this, rows, null);
    }

    /// <summary>A scorer of rows that are not among the data, by the parameters of a fit of the same model.</summary>
    /// <param name="fit">What was learned.</param>
    /// <param name="rows">The index of the <c>for</c> whose rows are meant; null where what is observed stands in <c>for</c>s over one range.</param>
    /// <exception cref="EngineException">Something that rows share is not among the parameters, or the rows are not of one form or depend on each other.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="DataException">The fit is of another model.</exception>
    public Scorer Scorer(Fit fit, string? rows = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Objection(Model) is { } objection) throw new DataException([objection]);
        return Run(_ => With(fit.Values), default).Scorer(rows);
    }
}
