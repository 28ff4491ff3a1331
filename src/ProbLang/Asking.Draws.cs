using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Inference;
using ProbLang.Numerics;

namespace ProbLang;

/// <content>Answers by draws: what is asked is computed from each of those that were made of the model, which are made once.</content>
internal sealed partial class Asking
{
    /// <summary>The streams of what a question itself draws.</summary>
    private const uint Purpose = 0xA5C;

    private Answer Sampled(Basis basis, Problem problem, QuestionModel asked)
    {
        var own = basis.Problem!;
        if (own.Objections(session.Options.Nuts) is { IsEmpty: false })
        {
            if (session.Options.Engines.FirstOrDefault(e => e.Unavailable is null && own.Objections(e).IsEmpty) is { } messages)
            {
                var given = asked.Events.IsEmpty ? asked : QuestionModel.Given(session, question, _given.Events);
                return Passed(given, asked.Events.IsEmpty ? problem : Conditioned(given), messages);
            }
            // Where exact inference takes the model and not the question, that is why there is no answer.
            _ = Placed(asked, () => own.Choose(new Auto { Exact = session.Options.Exact, Nuts = session.Options.Nuts }));
            throw new EngineException(session.Placed(asked.Extended.Written, problem.Objections(session.Options.Exact)));
        }
        var posterior = Placed(asked, () => basis.Draw(session.Options.Nuts with { Seed = session.Options.Seed }, progress, cancellation));
        if (posterior.Draws.Count == 0) return none with { Diagnostics = [SessionDiagnostics.NoDraws(posterior.Verdict, question.Expression.Place)] };
        return Drawn(posterior, problem, asked);
    }

    private Answer Drawn(SampledPosterior posterior, Problem problem, QuestionModel asked)
    {
        var state = StateOf(problem, asked.Variable);
        var (columns, held) = Columns(posterior, problem, state, [.. asked.Events.Select(e => StateOf(problem, e))]);
        var all = posterior.Draws.Complete.Length * posterior.Draws.Count;
        if (held == 0) return none with { Diagnostics = [SessionDiagnostics.NeverHolds(all, _given.Events[0].Place)] };
        return none with
        {
            Basis = AnswerBasis.Draws,
            Engine = posterior.Engine,
            Shape = [.. state.Shape],
            Elements = [.. Enumerable.Range(0, state.Count).Where(state.Exists).Select(cell => AnswerElements.Of(question, state, problem.Conditioned, cell, columns, cell))],
            Draws = (held, all),
            IsPrior = posterior.Problem.Observed.IsEmpty,
            Distrust = posterior.Verdict.Trusted ? null : posterior.Verdict,
        };
    }

    /// <summary>The cells of what is asked in every draw, NaN where a condition does not hold; and in how many all hold.</summary>
    private (DrawnColumns Columns, int Held) Columns(SampledPosterior posterior, Problem problem, VariableState state, VariableState[] events)
    {
        var (draws, model) = (posterior.Draws, problem.Conditioned);
        var evaluator = new Evaluator(model);
        var given = draws.Layout.Variables.Select(v => (Output: v, Cells: evaluator[model.Graph.Find(v.Name)!])).ToArray();
        var settled = given.Select(g => g.Output.Name).ToHashSet();
        // What the model has beside what it reports, and is not known: what is asked, conditions, and what they are computed of.
        DefinitionRun[] runs = [.. model.Order.Where(r => model.Definitions[r.Definition].Definition is var d && !settled.Contains(d.Variable.Name) && (!d.IsRandom || d.Variable == state.Variable))];
        var columns = Enumerable.Range(0, state.Count).Select(_ => new double[draws.Complete.Length * draws.Count]).ToArray();
        var values = evaluator[state.Variable];
        var random = new Philox(session.Options.Seed, 0, Purpose);
        var held = 0;
        for (var at = 0; at < draws.Complete.Length * draws.Count; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            var draw = draws.Complete[at / draws.Count].Draw(at % draws.Count);
            foreach (var (output, cells) in given)
                for (var element = 0; element < output.Count; element++) cells[output.Cells.IsDefault ? element : output.Cells[element]] = draw[output.Offset + element];
            foreach (var run in runs) evaluator.Draw(run, ref random);
            var holds = Array.TrueForAll(events, e => evaluator[e.Variable][0] == 1);
            if (holds) held++;
            for (var cell = 0; cell < columns.Length; cell++) columns[cell][at] = holds ? values[cell] : double.NaN;
        }
        return (new DrawnColumns(draws.Complete.Length, draws.Count, columns), held);
    }
}
