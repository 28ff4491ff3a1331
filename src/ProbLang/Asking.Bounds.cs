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
        if (LoneExpression.Of(question.Expression).Tree is not ChainExpr { Operands: [var left, var right], Operators: [var comparison] }) return null;
        var isBelow = comparison is BinaryOperator.Less or BinaryOperator.LessOrEqual;
        if (!isBelow && comparison is not (BinaryOperator.Greater or BinaryOperator.GreaterOrEqual)) return null;
        return Below(left, right, isBelow) ?? Below(right, left, !isBelow);
    }

    /// <summary>Whether a quantity, or each element of it, is below a value, or above it: for what is continuous it makes no difference what holds at the value. Null where it is not known exactly.</summary>
    private Answer? Below(Expr quantity, Expr value, bool isBelow)
    {
        string[] names = [QuestionModel.NewName(session, "quantity"), QuestionModel.NewName(session, "value")];
        var extended = session.Extended([PlacedText.Of($"{names[0]} = {Printer.Print(quantity)}"), PlacedText.Of($"{names[1]} = {Printer.Print(value)}")]);
        var problem = session.Conditioned(extended, _given.Data);
        var (state, known) = (StateOf(problem, names[0]), StateOf(problem, names[1]));
        if (known.Shape is not [] || !known.IsKnown() || !problem.Objections(session.Options.Exact).IsEmpty) return null;
        var (marginals, notes) = problem.Marginals(state.Variable, session.Options.Exact, cancellation);
        if (marginals.Any(m => !m.Probabilities.IsEmpty)) return null;
        var bound = known.Values[0];
        ImmutableArray<Marginal> events = [.. marginals.Select(m => (Below: m.Cdf(bound), Above: m.Survival(bound))).Select(p => isBelow ? p : (Below: p.Above, Above: p.Below)).Select(p => new DiscreteMarginal([(0, p.Above), (1, p.Below)]))];
        var answer = Answered(problem, state, events) with { Basis = AnswerBasis.Exact, Engine = "exact", Notes = notes };
        return answer with { Elements = [.. answer.Elements.Select(e => e with { Summary = e.Summary with { Name = "answer" + e.Index, IsBoolean = true } })] };
    }
}
