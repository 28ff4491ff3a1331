using System.Diagnostics;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>The types of the language.</summary>
internal static class DeclaredTypes
{
    private static readonly string[] s_names = [.. TypeCatalog.Names];

    /// <summary>What the elements are; real for a type that is not known.</summary>
    public static ElementType ElementOf(TypeExpr type) => type.Name.Text switch
    {
        "int" or "count" or "category" => ElementType.Integer,
        "bool" => ElementType.Boolean,
        _ => ElementType.Real,
    };

    /// <summary>How many dimensions a vector or a matrix of a type has; 0 for a number.</summary>
    public static int RankOf(Structure structure) => structure switch
    {
        Structure.None => 0,
        Structure.Simplex or Structure.Ordered or Structure.Unit => 1,
        Structure.Covariance or Structure.Correlation or Structure.Cholesky => 2,
        _ => throw new UnreachableException(structure.ToString()),
    };

    /// <summary>The type of a structure, without its size.</summary>
    public static string NameOf(Structure structure) => structure.ToString().ToLowerInvariant();

    /// <summary>Gives a variable what its declared type says before anything is bound.</summary>
    public static void Declare(TypeExpr type, Identifier name, Variable variable, Categories categories)
    {
        variable.Type = ElementOf(type);
        variable.Structure = Enum.GetValues<Structure>().FirstOrDefault(s => s != Structure.None && NameOf(s) == type.Name.Text);
        if (type.Name.Text == "category") variable.Category = categories.Declare(type, name);
    }

    /// <summary>Gives a variable the bounds, or the size, of its declared type.</summary>
    public static void Apply(TypeExpr type, Variable variable, ExpressionBinder binder, BindingDiagnostics report)
    {
        var name = type.Name.Text;
        variable.DeclaredType = report.TextOf(type.Span);
        if (!s_names.Contains(name))
        {
            report.UnknownType(type.Name, OtherLanguages.Type(name) ?? Spelling.Nearest(name, s_names));
            return;
        }
        if (name == "category") return;
        if (variable.Structure != Structure.None)
        {
            if (type.Arguments is not [{ } size]) report.TypeArguments(type, $"{name}(K)");
            else if (binder.Integer(size, Scope.Top, "a size") is { } bound && ConstantChecks.IsSize(bound, size.Span, report)) variable.StructureSize = bound;
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
