using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>The types of the language that a number can have.</summary>
internal static class DeclaredTypes
{
    private static readonly string[] s_names = ["real", "positive", "probability", "int", "count", "bool"];

    /// <summary>Types of the language that come later.</summary>
    private static readonly string[] s_later = ["category", "simplex", "ordered", "unit", "covariance", "correlation", "cholesky"];

    /// <summary>What the elements are; real for a type that is not known.</summary>
    public static ElementType ElementOf(TypeExpr type) => type.Name.Text switch
    {
        "int" or "count" => ElementType.Integer,
        "bool" => ElementType.Boolean,
        _ => ElementType.Real,
    };

    /// <summary>Gives a variable the bounds of its declared type.</summary>
    public static void Apply(TypeExpr type, Variable variable, ExpressionBinder binder, BindingDiagnostics report)
    {
        var name = type.Name.Text;
        variable.DeclaredType = report.TextOf(type.Span);
        if (!s_names.Contains(name))
        {
            if (s_later.Contains(name)) report.NotInThisVersion($"the type `{name}`", type.Span);
            else report.UnknownType(type.Name, OtherLanguages.Type(name) ?? Spelling.Nearest(name, s_names));
            return;
        }
        var takesBounds = name is "real" or "int";
        if (type.Arguments.Length != 0 && !(takesBounds && type.Arguments.Length == 2))
        {
            report.TypeArguments(type, takesBounds ? $"{name}(lower, upper)" : name);
            return;
        }
        switch (name)
        {
            case "positive":
                variable.Lower = new ConstantValue(0, ElementType.Real, type.Span);
                variable.LowerIsOpen = true;
                break;
            case "probability":
                variable.Lower = new ConstantValue(0, ElementType.Real, type.Span);
                variable.Upper = new ConstantValue(1, ElementType.Real, type.Span);
                break;
            case "count":
                variable.Lower = new ConstantValue(0, ElementType.Integer, type.Span);
                break;
            case "real" or "int" when !type.Arguments.IsEmpty:
                variable.Lower = Bound(type.Arguments[0], name, binder);
                variable.Upper = Bound(type.Arguments[1], name, binder);
                if (variable is { Lower: ConstantValue lower, Upper: ConstantValue upper } && lower.Value > upper.Value) report.EmptyType(type.Span);
                break;
        }
    }

    private static Bound? Bound(Expr? bound, string type, ExpressionBinder binder) =>
        bound is null ? null
        : type == "int" ? binder.Integer(bound, Scope.Top, "a bound of `int`")
        : binder.Number(bound, Scope.Top, "a bound of `real`");
}
