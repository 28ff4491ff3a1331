using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Numerics;
using ProbLang.Results;

namespace ProbLang;

/// <content>Answers by draws: what is asked is computed from each of those that were made of the model, which are made once.</content>
internal sealed partial class Asking
{
    /// <summary>The streams of what a question itself draws.</summary>
    private const uint Purpose = 0xA5C;

    private Answer Sampled(Basis basis, Problem problem, QuestionModel asked, Session? part)
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
        return Drawn(posterior, problem, asked, part);
    }

    private Answer Drawn(SampledPosterior posterior, Problem problem, QuestionModel asked, Session? part)
    {
        var state = StateOf(problem, asked.Variable);
        var (columns, counts) = Columns(posterior, problem, state, [.. asked.Events.Select(e => StateOf(problem, e))]);
        var all = posterior.Draws.Complete.Length * posterior.Draws.Count;
        if (counts.Held == 0) return none with { Diagnostics = [SessionDiagnostics.NeverHolds(all, _given.Events[0].Place)] };
        return none with
        {
            Basis = AnswerBasis.Draws,
            Engine = posterior.Engine,
            Shape = [.. state.Shape],
            Elements = [.. Enumerable.Range(0, state.Count).Where(state.Exists).Select(cell => AnswerElements.Of(question, state, problem.Conditioned, cell, columns, cell))],
            Draws = (counts.Held, all),
            IsPrior = posterior.Problem.Observed.IsEmpty,
            Notes = Undefined(state, problem.Conditioned, counts, all),
            Distrust = Distrust(ReasonsOf(posterior, part), columns, state, counts.Held, all),
        };
    }

    /// <summary>What speaks against the run; of what has nothing to do with the question, only that which speaks against all of it.</summary>
    private static ImmutableArray<Reason> ReasonsOf(SampledPosterior posterior, Session? part)
    {
        var reasons = posterior.Verdict.Reasons;
        if (reasons.IsEmpty || part is null) return reasons;
        var names = part.Statements.SelectMany(s => s.Names).ToHashSet();
        return Judge.About(reasons, posterior.Draws, [.. posterior.Summary.Rows.Where(r => names.Contains(r.Variable))]);
    }

    /// <summary>What speaks against the run, and what speaks against the draws that the answer itself rests on.</summary>
    private Verdict? Distrust(ImmutableArray<Reason> reasons, DrawnColumns columns, VariableState state, int held, int all)
    {
        if (held < all && held < Least)
            reasons = reasons.Add(new Reason(Concern.FewDraws, null, string.Create(CultureInfo.InvariantCulture, $"The answer rests on only {held} of {all} draws (at least {Least}). State the condition with `given`, so that the draws are made with it.")));
        if (state.Variable.Type != ElementType.Boolean && Enumerable.Range(0, state.Count).Any(cell => state.Exists(cell) && HasNoMoment(columns, cell)))
            reasons = reasons.Add(new Reason(Concern.HeavyTail, null, $"The {(IsOfVariance ? "variance" : "mean")} may not exist: the draws have so heavy a tail that their {(IsOfVariance ? "variance" : "mean")} and its error tell little. Ask for quantiles."));
        return reasons.IsEmpty ? null : new Verdict(reasons);
    }

    /// <summary>Of fewer draws that are left by conditions an answer is not to be trusted.</summary>
    private const int Least = 100;

    private bool IsOfVariance => question.Kind is QuestionKind.Sd or QuestionKind.Variance;

    /// <summary>Whether averages of what is averaged, squares for a variance, are not to be trusted: their tail is that of a distribution without a variance, or nearly without a mean.</summary>
    private bool HasNoMoment(DrawnColumns columns, int cell)
    {
        if (!IsOfVariance && question.Kind != QuestionKind.Mean) return false;
        var distances = Array.FindAll(columns[cell], double.IsFinite);
        if (distances.Length == 0) return false;
        Array.Sort(distances);
        var middle = ColumnSummary.Quantile(distances, 0.5);
        for (var i = 0; i < distances.Length; i++) distances[i] = (IsOfVariance ? 2 : 1) * Math.Log(Math.Abs(distances[i] - middle));
        return ParetoShape.Of(distances) > ParetoShape.Most;
    }

    /// <summary>What is said where a draw has no value of what is asked, or of a condition: an answer is of the other draws, and an event without a value does not hold.</summary>
    private ImmutableArray<string> Undefined(VariableState state, ConditionedModel model, DrawCounts counts, int all)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        var cell = Enumerable.Range(0, state.Count).Where(state.Exists).OrderByDescending(c => counts.Undefined[c]).FirstOrDefault(-1);
        var (missing, isEvent) = (cell < 0 ? 0 : counts.Undefined[cell], question.Kind == QuestionKind.Probability);
        if (missing > 0) notes.Add(Share($"`{question.Expression.Text}`{AnswerElements.IndexOf(state, model, cell)}", missing, counts.Held) + (isEvent ? NotHolding : missing < counts.Held ? ": the answer is of the others" : ""));
        for (var e = 0; e < counts.UndefinedEvents.Length; e++)
            if (counts.UndefinedEvents[e] is > 0 and var without) notes.Add(Share($"the condition `{_given.Events[e].Text}`", without, all) + NotHolding);
        return notes.ToImmutable();
    }

    private const string NotHolding = ", where it counts as not holding";

    private static string Share(string what, int missing, int of) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} has no value in {missing} of {of} draws ({(100.0 * missing / of).ToString(missing < of / 100 ? "0.0##" : "0", CultureInfo.InvariantCulture)}%)");

    /// <summary>In how many draws all conditions hold; in how many of these each cell of what is asked has no value; and in how many draws each condition has none.</summary>
    private sealed record DrawCounts(int Held, int[] Undefined, int[] UndefinedEvents);

    /// <summary>The cells of what is asked in every draw, NaN where a condition does not hold or there is no value: these are told apart by the counts.</summary>
    private (DrawnColumns Columns, DrawCounts Counts) Columns(SampledPosterior posterior, Problem problem, VariableState state, VariableState[] events)
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
        var (held, undefined, undefinedEvents, isEvent) = (0, new int[state.Count], new int[events.Length], question.Kind == QuestionKind.Probability);
        for (var at = 0; at < draws.Complete.Length * draws.Count; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            var draw = draws.Complete[at / draws.Count].Draw(at % draws.Count);
            foreach (var (output, cells) in given)
                for (var element = 0; element < output.Count; element++) cells[output.Cells.IsDefault ? element : output.Cells[element]] = draw[output.Offset + element];
            foreach (var run in runs) evaluator.Draw(run, ref random);
            var holds = true;
            for (var e = 0; e < events.Length; e++)
            {
                var condition = evaluator[events[e].Variable][0];
                if (double.IsNaN(condition)) undefinedEvents[e]++;
                holds &= condition == 1;
            }
            if (holds) held++;
            for (var cell = 0; cell < columns.Length; cell++)
            {
                var isUndefined = holds && double.IsNaN(values[cell]);
                if (isUndefined) undefined[cell]++;
                // As behind the bar, what is neither true nor false does not hold.
                columns[cell][at] = !holds ? double.NaN : isUndefined && isEvent ? 0 : values[cell];
            }
        }
        return (new DrawnColumns(draws.Complete.Length, draws.Count, columns), new DrawCounts(held, undefined, undefinedEvents));
    }
}
