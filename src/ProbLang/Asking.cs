using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Inference;
using ProbLang.Results;

namespace ProbLang;

/// <summary>One question to a session on its way to an answer: what is known is said, what can be is computed exactly, the rest is answered by draws, or by messages.</summary>
internal sealed partial class Asking(Session session, Question question, Answer none, IProgress<ChainProgress>? progress, CancellationToken cancellation)
{
    private readonly QuestionData _given = QuestionData.Of(session, question);

    /// <exception cref="DataException">The question is mistaken, or the data do not fit.</exception>
    /// <exception cref="EngineException">No engine takes it.</exception>
    public Answer Answer()
    {
        var asked = QuestionModel.Of(session, question, _given.Events);
        // What has nothing to do with the question is neither to keep it from an exact answer nor to be spoken of.
        var part = session.PartOf(none.Question);
        if (part is not null && new Asking(part, question, none, progress, cancellation).Exact() is { } exactly) return exactly;
        // A model without exact answers has them where the question gives enough; else they are looked for once.
        if ((_given.Key.Length > 0 || session.MayBeExact) && Exact(asked) is { } exact) return exact;
        var problem = Conditioned(asked);
        var state = StateOf(problem, asked.Variable);
        if (state.IsKnown()) return Known(problem, state);
        return Sampled(session.Model is null ? new Basis(problem, []) : session.BasisOf(_given.Key, _given.Data), problem, asked, part);
    }

    /// <summary>Null where the model or the question has no exact answer.</summary>
    private Answer? Exact()
    {
        try
        {
            return _given.Key.Length > 0 || session.MayBeExact ? Exact(QuestionModel.Of(session, question, _given.Events)) : null;
        }
        catch (Exception mistake) when (mistake is DataException or EngineException)
        {
            return null;
        }
    }

    private Answer Known(Problem problem, VariableState state) => Answered(problem, state, [.. state.Values.Select(v => new PointMarginal(v))]) with { Basis = AnswerBasis.Known };

    /// <summary>Null where the question is none that has an exact answer.</summary>
    private Answer? Exact(QuestionModel asked)
    {
        if (!asked.Events.IsEmpty) asked = QuestionModel.Given(session, question, _given.Events);
        var problem = Conditioned(asked);
        var state = StateOf(problem, asked.Variable);
        return state.IsKnown() ? Known(problem, state)
            : problem.Objections(session.Options.Exact).IsEmpty ? Solved(asked, problem)
            : _given.Events.IsEmpty ? ByBound() : null;
    }

    private Problem Conditioned(QuestionModel asked)
    {
        try
        {
            return session.Conditioned(asked.Extended, _given.Data);
        }
        catch (DataException mistake)
        {
            throw new DataException(_given.InQuestion(mistake.Diagnostics));
        }
    }

    private Answer Solved(QuestionModel asked, Problem problem)
    {
        var state = StateOf(problem, asked.Variable);
        var (marginals, notes) = Placed(asked, () => problem.Marginals(state.Variable, session.Options.Exact, cancellation));
        return Answered(problem, state, marginals) with { Basis = AnswerBasis.Exact, Engine = "exact", Notes = notes };
    }

    /// <summary>Messages answer what nothing else does; conditions are stated with the model.</summary>
    private Answer Passed(QuestionModel asked, Problem problem, MessagePassing engine)
    {
        var posterior = Placed(asked, () => problem.Infer(engine, null, cancellation));
        if (posterior.Interrupted) throw new OperationCanceledException(cancellation);
        var state = StateOf(problem, asked.Variable);
        var variable = posterior.Layout.Find(asked.Variable) ?? throw new EngineException([SessionDiagnostics.NoMessages(question.Expression.Text, engine.Name, question.Expression.Place)]);
        var names = posterior.Layout.ElementNames.AsSpan(variable.Offset, variable.Count);
        var marginals = ImmutableArray.CreateBuilder<Marginal>(state.Count);
        for (var cell = 0; cell < state.Count; cell++)
        {
            var at = variable.Cells.IsDefault ? cell : variable.Cells.IndexOf(cell);
            marginals.Add(at < 0 ? new PointMarginal(state.Values[cell]) : posterior.Marginal(names[at]));
        }
        return Answered(problem, state, marginals.MoveToImmutable()) with
        {
            Basis = AnswerBasis.Messages,
            Engine = engine.Name,
            Notes = posterior.Notes,
            Distrust = posterior.Verdict.Trusted ? null : posterior.Verdict,
        };
    }

    private Answer Answered(Problem problem, VariableState state, ImmutableArray<Marginal> marginals) => none with
    {
        Shape = [.. state.Shape],
        Elements = [.. Enumerable.Range(0, state.Count).Where(state.Exists).Select(cell => AnswerElements.Of(question, state, problem.Conditioned, cell, marginals[cell]))],
        IsPrior = problem.Observed.IsEmpty,
    };

    private static VariableState StateOf(Problem problem, string variable) => problem.Conditioned[problem.Conditioned.Graph.Find(variable)!];

    /// <summary>What an engine objects to has its place in what was written.</summary>
    private T Placed<T>(QuestionModel asked, Func<T> infer)
    {
        try
        {
            return infer();
        }
        catch (EngineException objection)
        {
            throw new EngineException(session.Placed(asked.Extended.Written, objection.Diagnostics));
        }
    }
}
