using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Results;

namespace ProbLang;

/// <summary>Answers from what is known of each element.</summary>
internal static class AnswerElements
{
    public static AnswerElement Of(Question question, VariableState state, ConditionedModel model, int cell, Marginal marginal) =>
        new()
        {
            Index = IndexOf(state, model, cell),
            Value = question.Kind switch
            {
                QuestionKind.Sd => marginal.Sd,
                QuestionKind.Variance => marginal.Sd * marginal.Sd,
                QuestionKind.Quantile => marginal.Quantile(question.Level),
                _ => marginal.Mean,
            },
            Summary = Named(SummaryRow.Of("", marginal), state, model, cell),
            Marginal = marginal,
        };

    /// <summary>From draws, those that are not there as NaN.</summary>
    public static AnswerElement Of(Question question, VariableState state, ConditionedModel model, int cell, DrawnColumns columns, int column)
    {
        var isDiscrete = state.Variable.Type != ElementType.Real;
        ImmutableArray<double> draws = [.. columns[column].Where(v => !double.IsNaN(v))];
        var row = columns.Summarize(columns[column], isDiscrete);
        // One draw has no spread, which is not one of 0.
        if (draws.Length < 2) row = row with { Sd = double.NaN };
        var (value, error) = question.Kind switch
        {
            QuestionKind.Sd => (row.Sd, columns.ErrorOfVariance(column, row.Mean) / (2 * row.Sd)),
            QuestionKind.Variance => (row.Sd * row.Sd, columns.ErrorOfVariance(column, row.Mean)),
            QuestionKind.Quantile => columns.Quantile(column, question.Level),
            _ => (row.Mean, row.Mcse),
        };
        return new AnswerElement
        {
            Index = IndexOf(state, model, cell),
            Value = value,
            Error = error,
            Summary = Named(row, state, model, cell),
            Draws = draws,
        };
    }

    private static SummaryRow Named(SummaryRow row, VariableState state, ConditionedModel model, int cell) =>
        row with { Name = state.Variable.Name + IndexOf(state, model, cell), Levels = model.LevelsOf(state.Variable), IsBoolean = state.Variable.Type == ElementType.Boolean };

    public static string IndexOf(VariableState state, ConditionedModel model, int cell) =>
        new OutputVariable("", [.. state.Shape], 0) { Labels = model.LabelsOf(state.Variable) }.ElementName(cell);
}
