using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>Binds <c>given</c>: values in the file itself, and order conditions.</summary>
internal sealed class GivenBinder(ExpressionBinder binder, BindingDiagnostics report)
{
    public List<GivenValue> Values { get; } = [];

    public List<GivenOrder> Orders { get; } = [];

    public void Bind(GivenSite site, IReadOnlyDictionary<PlateSite, Plate?> plates)
    {
        var around = site.Plates.Select(p => plates[p]).OfType<Plate>().ToImmutableArray();
        if (site.Statement.Value is { } value) Value(site, around, value);
        else Condition(site.Statement.Subject, site, around);
    }

    private void Value(GivenSite site, ImmutableArray<Plate> plates, Expr written)
    {
        var subject = Subject(site.Statement.Subject, site.Scope);
        var value = subject is { } known ? binder.ValueFor(known.Variable, written, site.Scope) : binder.Value(written, site.Scope);
        if (subject is null || value is null) return;
        var (variable, indices, rank) = subject.Value;
        if (value.Rank != rank) report.GivenShape(variable.Name, written.Span, rank, value.Rank);
        else if (value.Type == ElementType.Real && variable.Type != ElementType.Real) report.DeclaredTypeMismatch(variable.Name, variable.Type == ElementType.Boolean ? "bool" : "int", "a real number", written.Span);
        else Values.Add(new(plates, variable, indices, value, site.Statement.Span));
    }

    /// <summary>The variable or element that is given, with the rank of what is left of it.</summary>
    private (Variable Variable, ImmutableArray<Bound> Indices, int Rank)? Subject(Expr subject, Scope scope)
    {
        if (binder.Value(subject, scope) is not { } bound) return null;
        switch (bound)
        {
            case VariableValue { Variable: var variable }:
                return (variable, [], variable.Rank);
            case IndexedValue { Array: VariableValue { Variable: var variable } } element when element.Indices.All(i => i is AtIndex { Position.Rank: 0 }):
                return (variable, [.. element.Indices.Cast<AtIndex>().Select(i => i.Position)], element.Rank);
            case IndexedValue { Array: VariableValue }:
                report.GivenSlice(subject.Span);
                return null;
            default:
                report.GivenNeedsName(subject.Span);
                return null;
        }
    }

    private void Condition(Expr condition, GivenSite site, ImmutableArray<Plate> plates)
    {
        switch (condition)
        {
            case ChainExpr { Operators: [BinaryOperator.And, ..] } all:
                foreach (var one in all.Operands) Condition(one, site, plates);
                break;
            case ChainExpr { Operators: [BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual] } comparison:
                Order(comparison, site, plates);
                break;
            case ChainExpr { Operators: [BinaryOperator.Equal] }:
                if (binder.Value(condition, site.Scope) is not null) report.GivenEquality(condition.Span);
                break;
            case UnaryExpr { Operator: UnaryOperator.Not, Operand: NameExpr or IndexExpr } negated:
                Truth(negated.Operand, 0, site, plates);
                break;
            case NameExpr or IndexExpr:
                Truth(condition, 1, site, plates);
                break;
            default:
                if (binder.Value(condition, site.Scope) is not null) report.GivenCondition(condition.Span);
                break;
        }
    }

    private void Order(ChainExpr comparison, GivenSite site, ImmutableArray<Plate> plates)
    {
        var left = binder.Number(comparison.Operands[0], site.Scope, "a side of a condition");
        var right = binder.Number(comparison.Operands[1], site.Scope, "a side of a condition");
        if (left is null || right is null) return;
        var rises = comparison.Operators[0] is BinaryOperator.Less or BinaryOperator.LessOrEqual;
        Orders.Add(rises ? new(plates, left, right, comparison.Span) : new(plates, right, left, comparison.Span));
    }

    private void Truth(Expr subject, double truth, GivenSite site, ImmutableArray<Plate> plates)
    {
        if (Subject(subject, site.Scope) is not { } known) return;
        if (known.Variable.Type != ElementType.Boolean || known.Rank != 0) report.GivenCondition(subject.Span);
        else Values.Add(new(plates, known.Variable, known.Indices, new ConstantValue(truth, ElementType.Boolean, subject.Span), site.Statement.Span));
    }
}
