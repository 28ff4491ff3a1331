using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>Categories: labels where one is compared or given, ranges over levels, indicators.</summary>
internal sealed partial class ExpressionBinder
{
    private const string OneHot = "onehot";

    /// <summary>A value that is given for a variable, where the labels of a category are its values.</summary>
    public Bound? ValueFor(Variable variable, Expr written, Scope scope)
    {
        if (variable.Category is not { } category) return Value(written, scope);
        if (Labels(category, written) is { } labels) return labels;
        if (Value(written, scope) is not { } value) return null;
        if (CategoryOf.Value(value) == category) return value;
        report.NotALabel(written.Span, variable.Name);
        return null;
    }

    /// <summary>The code of a label, or an array of them; null where it is neither.</summary>
    private Bound? Labels(Category category, Expr written)
    {
        if (written is StringExpr text) return Label(category, text);
        if (written is not ArrayExpr { Elements: { Length: > 0 } elements } list || !elements.All(e => e is StringExpr)) return null;
        return new ArrayLiteral([.. elements.Select(e => Label(category, (StringExpr)e))], 1, ElementType.Integer, list.Span);
    }

    private VariableValue Label(Category category, StringExpr text)
    {
        if (!category.Listed.IsDefault && !category.Listed.Contains(text.Value)) report.NotALevel(text, category.Name, category.Listed);
        return new VariableValue(category.CodeOf(text.Value, text.Span), text.Span);
    }

    /// <summary>The operands of a comparison of which one is a label, in their order; null where none is.</summary>
    private ImmutableArray<Operand>? LabelOperands(ChainExpr expr, Scope scope, out bool isComparison)
    {
        isComparison = expr is { Operands: [StringExpr, not StringExpr] or [not StringExpr, StringExpr] } && IsComparison(expr.Operators[0]);
        if (!isComparison) return null;
        var at = expr.Operands[0] is StringExpr ? 0 : 1;
        if (Value(expr.Operands[1 - at], scope) is not { } other) return null;
        if (CategoryOf.Value(other) is not { } category)
        {
            report.NotACategory(expr.Operands[1 - at].Span);
            return null;
        }
        var label = new Operand(Label(category, (StringExpr)expr.Operands[at]), false, expr.Operands[at].Span);
        var value = new Operand(other, false, expr.Operands[1 - at].Span);
        return at == 0 ? [label, value] : [value, label];
    }

    private static bool IsComparison(BinaryOperator op) => op is BinaryOperator.Equal or BinaryOperator.NotEqual
        or BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual;

    /// <summary><c>levels(x)</c>, of a variable that is a category or of a category by its name.</summary>
    private RangeValue? LevelsOf(CallExpr call, LevelsEntry entry, Scope scope)
    {
        if (call.Arguments is not [{ Name: null, Value: { } of }])
        {
            report.ArgumentCount(call.Function, call.Arguments.Length, [entry.Signature]);
            return null;
        }
        if (of is NameExpr { Name: var name } && !scope.Has(name.Text) && declarations.Find(name.Text)?.Category is null && declarations.Categories.Find(name.Text) is { } named)
            return LevelsOf(named, call.Span);
        if (of is NameExpr { Name: var unknown } && !scope.Has(unknown.Text) && declarations.Find(unknown.Text) is null)
        {
            report.UnknownCategory(unknown, declarations.Categories.Names.Concat(declarations.Variables.Where(v => v.Category is not null).Select(v => v.Name)));
            return null;
        }
        if (Value(of, scope) is not { } value) return null;
        if (CategoryOf.Value(value) is { } category) return LevelsOf(category, call.Span);
        report.NotACategory(of.Span);
        return null;
    }

    private static RangeValue LevelsOf(Category category, Span span) =>
        new(new ConstantValue(1, ElementType.Integer, span), new VariableValue(category.Size, span), span);

    /// <summary>The number of levels, where a call is <c>size(levels(x))</c>: it can size an array before there are data.</summary>
    private static Bound? NumberOfLevels(ArrayFunction function, ImmutableArray<Bound> arguments) =>
        function is ArrayFunction.Size or ArrayFunction.Length && arguments is [RangeValue range] && CategoryOf.Range(range.Lower, range.Upper) is not null ? range.Upper : null;

    /// <summary><c>onehot(x)</c> of a category: as many indicators as it has levels.</summary>
    private ArrayFunctionValue? OneHotOf(CallExpr call, Expr codes, Scope scope)
    {
        if (Value(codes, scope) is not { } value || !AreCodes(value)) return null;
        if (CategoryOf.Value(value) is { } category)
            return new ArrayFunctionValue(ArrayFunction.OneHot, [value, new VariableValue(category.Size, call.Span)], value.Rank + 1, ElementType.Integer, call.Span);
        report.OneHotNeedsSize(call.Span);
        return null;
    }

    /// <summary>Whether values can count from 1.</summary>
    private bool AreCodes(Bound value)
    {
        if (value.Type != ElementType.Boolean) return IsInteger(value, "`x` of `onehot`");
        report.BooleanIndex(value.Span);
        return false;
    }
}
