using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Checks given values against the declared type; the first that is outside is reported.</summary>
internal static class TypeCheck
{
    /// <param name="draft">The model.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its cells; NaN where not known.</param>
    /// <param name="place">Where a cell is given.</param>
    /// <param name="slack">How far beyond a bound a value may be, relative to the bound: one that is computed is rounded.</param>
    public static void Run(Draft draft, Variable variable, int[] shape, double[] values, Func<int, Location?> place, double slack = 0)
    {
        StructureCheck.Run(draft, variable, shape, values, place);
        var (from, to) = Range(draft, variable);
        var looks = new Ticker();
        for (var i = 0; i < values.Length; i++)
        {
            looks.Tick();
            var x = values[i];
            if (double.IsNaN(x)) continue;
            if (variable.Type != ElementType.Real && x != Math.Floor(x)) throw Outside(variable.DeclaredType ?? "a whole number");
            if (variable.Type == ElementType.Boolean && x is not (0 or 1)) throw Outside(variable.DeclaredType ?? "bool");
            if (x < from - slack * Math.Abs(from) || variable.LowerIsOpen && x <= from || x > to + slack * Math.Abs(to)) throw Outside(Described(variable, from, to));

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

    /// <summary>The least and the greatest value of the declared type; NaN where there is none.</summary>
    public static (double Lower, double Upper) Range(Draft draft, Variable variable) =>
        variable.Category is { } category ? (1, draft.Levels.TryGetValue(category, out var levels) ? levels.Length : double.NaN)
        : (Evaluate(draft, variable.Lower), Evaluate(draft, variable.Upper));

    private static double Evaluate(Draft draft, Bound? bound) => bound is null ? double.NaN : draft.Code.Scalar(bound)();
}
