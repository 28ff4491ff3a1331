using System.Globalization;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Cells and their values as messages show them.</summary>
internal static class CellText
{
    /// <summary>Such as <c>`z[3]` is 2</c>.</summary>
    public static string Is(ConditionedModel model, FiniteCell cell, int state) => Is(model, cell.Variable, cell.Cell, cell[state]);

    /// <summary>Such as <c>`z[3]` is 2</c>.</summary>
    public static string Is(ConditionedModel model, Variable variable, int cell, double value) => $"{Element(model, variable, cell)} is {Value(model, variable, value)}";

    /// <summary>Such as <c>`z[3]`</c>.</summary>
    public static string Element(ConditionedModel model, Variable variable, int cell) => $"`{ShapeText.Element(variable.Name, model[variable].Shape, cell)}`";

    private static string Value(ConditionedModel model, Variable variable, double value)
    {
        if (double.IsNaN(value)) return "not there";
        if (variable.Type == ElementType.Boolean) return value != 0 ? "true" : "false";
        var levels = model.LevelsOf(variable);
        return !levels.IsDefaultOrEmpty && value >= 1 && value <= levels.Length ? $"\"{levels[(int)value - 1]}\"" : value.ToString("R", CultureInfo.InvariantCulture);
    }
}
