using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Checks given values against the declared type; the first that is outside is reported.</summary>
internal static class TypeCheck
{
    public static void Run(Draft draft, Variable variable, int[] shape, double[] values, Func<int, Location?> place)
    {
        var (lower, upper) = (Evaluate(draft, variable.Lower), Evaluate(draft, variable.Upper));
        for (var i = 0; i < values.Length; i++)
        {
            var x = values[i];
            if (double.IsNaN(x)) continue;
            if (variable.Type != ElementType.Real && x != Math.Floor(x)) throw Outside(variable.DeclaredType ?? "a whole number");
            if (variable.Type == ElementType.Boolean && x is not (0 or 1)) throw Outside(variable.DeclaredType ?? "bool");
            var (from, to) = (At(lower, i), At(upper, i));
            if (x < from || variable.LowerIsOpen && x <= from || x > to) throw Outside(Described(variable, from, to));

            DiagnosticException Outside(string type) =>
                new(DataDiagnostics.OutsideType(ShapeText.Element(variable.Name, shape, i), x, type, place(i), draft.Locate(variable.Span)));
        }
    }

    private static string Described(Variable variable, double from, double to)
    {
        var range = double.IsNaN(from) ? $"at most {DataDiagnostics.Show(to)}"
            : double.IsNaN(to) ? $"{(variable.LowerIsOpen ? "above" : "at least")} {DataDiagnostics.Show(from)}"
            : $"from {DataDiagnostics.Show(from)} to {DataDiagnostics.Show(to)}";
        return variable.DeclaredType is { } type ? $"{type}: {range}" : range;
    }

    private static Tensor? Evaluate(Draft draft, Bound? bound) => bound is null ? null : draft.Code.Evaluate(bound);

    private static double At(Tensor? bound, int cell) => bound is null ? double.NaN : bound.Values[bound.Rank == 0 ? 0 : cell];
}
