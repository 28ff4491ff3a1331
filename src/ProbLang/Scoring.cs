using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Inference;
using ProbLang.Programs;

namespace ProbLang;

/// <summary>The log density of data: by row where the rows are independent, else of all data together.</summary>
internal static class Scoring
{
    /// <summary>How many rows are computed at a time.</summary>
    private const int MostTogether = 256;

    /// <exception cref="ObjectionException">The density of the data is an integral that has no closed form.</exception>
    public static Scores Of(ConditionedModel model, ExactSolver exact, long maxTableEntries, CancellationToken cancellation)
    {
        if (RowPlan.Of(model, out _) is { } rows) return ByRow(model, rows, cancellation);
        return model.Variables.Any(v => v.Any(Role.Latent)) ? Summed(model, exact, maxTableEntries, cancellation) : Evaluated(model);
    }

    private static Scores ByRow(ConditionedModel model, RowPlan plan, CancellationToken cancellation)
    {
        var scores = new RowProgram(model, plan, Math.Min(plan.Count, MostTogether)).Each([], cancellation);
        return new Scores(scores.Sum(), [.. scores], [.. Enumerable.Range(plan.First, plan.Count).Select(r => r.ToString(CultureInfo.InvariantCulture))], plan.Name);
    }

    /// <summary>What has no rows of one form, but nothing unknown either.</summary>
    private static Scores Evaluated(ConditionedModel model)
    {
        var evaluator = new Evaluator(model);
        var total = evaluator.LogDensity();
        var rows = new LikelihoodRows(model);
        var scores = new double[rows.Names.Count];
        evaluator.LogLikelihood((variable, cell, density) => scores[rows.RowOf[(variable, cell)]] += density);
        rows.AddFactors(evaluator, (row, density) => scores[row] += density);
        return model.Factors.Any(f => f.Factor.Observed is null) || model.Conditions.Count > 0 ? Whole(total) : Rows(total, scores, rows);
    }

    /// <summary>What is unknown is summed or integrated out; of each row by itself where all that is unknown belongs to one.</summary>
    private static Scores Summed(ConditionedModel model, ExactSolver exact, long maxTableEntries, CancellationToken cancellation)
    {
        var total = exact.Solve(new Exact(), cancellation).LogEvidence;
        if (FinitePlan.Of(model, maxTableEntries) is not { } plan || model.Factors.Count > 0 || model.Conditions.Count > 0) return Whole(total);
        var (evaluator, rows) = (new Evaluator(model), new LikelihoodRows(model));
        evaluator.Compute();
        var scores = new double[rows.Names.Count];
        var sums = new SummedRows(model, evaluator, plan, rows.RowOf);
        var isWhole = true;
        evaluator.LogLikelihood((variable, cell, density) =>
        {
            if (sums.Covers(variable, cell)) return;
            isWhole &= !double.IsNaN(density);
            scores[rows.RowOf[(variable, cell)]] += density;
        });
        sums.Add(scores);
        return isWhole ? Rows(total, scores, rows) : Whole(total);
    }

    private static Scores Whole(double total) => new(total, [], [], null);

    private static Scores Rows(double total, double[] scores, LikelihoodRows rows) => new(total, [.. scores], [.. rows.Names], rows.Plate?.Name);
}
