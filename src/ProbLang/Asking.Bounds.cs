using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Results;
using ProbLang.Syntax;

namespace ProbLang;

/// <content>The probability that a continuous quantity is above or below a known value is one of its distribution function.</content>
internal sealed partial class Asking
{
    private Answer? ByBound()
    {
        if (TreeOf(question.Expression) is not ChainExpr { Operands: [var left, var right], Operators: [var comparison] }) return null;
        var isBelow = comparison is BinaryOperator.Less or BinaryOperator.LessOrEqual;
        if (!isBelow && comparison is not (BinaryOperator.Greater or BinaryOperator.GreaterOrEqual)) return null;
        return Below(left, right) is { } p ? Of(isBelow ? p : 1 - p) : Below(right, left) is { } q ? Of(isBelow ? 1 - q : q) : null;
    }

    /// <summary>P(quantity ≤ value), which is P(quantity &lt; value) for what is continuous; null where it is not known exactly.</summary>
    private double? Below(Expr quantity, Expr value)
    {
        string[] names = [QuestionModel.NewName(session, "quantity"), QuestionModel.NewName(session, "value")];
        var extended = session.Extended([PlacedText.Of($"{names[0]} = ").With(Written(quantity)), PlacedText.Of($"{names[1]} = ").With(Written(value))]);
        var problem = session.Conditioned(extended, _given.Data);
        var (state, known) = (StateOf(problem, names[0]), StateOf(problem, names[1]));
        if (state.Shape is not [] || known.Shape is not [] || !known.IsKnown() || !problem.Objections(session.Options.Exact).IsEmpty) return null;
        var marginal = problem.Marginals(state.Variable, session.Options.Exact, cancellation).Marginals[0];
        return marginal.Probabilities.IsEmpty ? marginal.Cdf(known.Values[0]) : null;
    }

    private Answer Of(double probability)
    {
        var marginal = new DiscreteMarginal([(0, 1 - probability), (1, probability)]);
        return none with
        {
            Elements = [new AnswerElement { Index = "", Value = probability, Summary = SummaryRow.Of("answer", marginal) with { IsBoolean = true }, Marginal = marginal }],
            IsPrior = _given.Key.Length == 0 && session.TryCondition(out var problem, out _) && problem!.Observed.IsEmpty,
            Basis = AnswerBasis.Exact,
            Engine = "exact",
        };
    }

    private const string Before = "it ~ ";

    private static Expr TreeOf(PlacedText written) => ((DefineStatement)Parser.Parse(new Text.SourceText("session", Before + written.Text)).File.Statements[0]).Right;

    /// <summary>A part of the question; a parenthesis around it is no part of the tree.</summary>
    private PlacedText Written(Expr part) => PlacedText.Of(Printer.Print(part));
}
