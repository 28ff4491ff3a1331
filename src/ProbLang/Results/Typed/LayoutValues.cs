namespace ProbLang.Results;

/// <summary>Finds the values of a variable or an element among the columns of a layout.</summary>
internal static class LayoutValues
{
    /// <param name="layout">What the columns are.</param>
    /// <param name="columns">A value for each.</param>
    /// <param name="name">The variable or element.</param>
    /// <param name="what">What messages call the whole.</param>
    /// <exception cref="ArgumentException">It is not there.</exception>
    public static VariableValues Of(OutputLayout layout, double[] columns, string name, string what) =>
        Of(layout, name, what, variable => VariableValues.Of(variable, columns.AsSpan(variable.Offset, variable.Count)));

    public static VariableValues Of(OutputLayout layout, string name, string what, Func<OutputVariable, VariableValues> values)
    {
        var parsed = ElementName.Parse(name);
        if (layout.Find(parsed.Variable) is not { } variable) throw ElementName.NotThere(what, name, layout.Variables.Select(v => v.Name));
        if (parsed.Indices.IsEmpty) return values(variable);
        return parsed.CellOf(variable.Shape.AsSpan(), variable.Labels) is { } cell && variable.Rows?.Contains(cell) != false
            ? values(variable).Element(cell, name) : throw ElementName.NotThere(what, name, [variable.Name]);
    }
}
