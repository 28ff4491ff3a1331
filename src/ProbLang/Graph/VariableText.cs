namespace ProbLang.Graph;

/// <summary>What a variable is, in words.</summary>
internal static class VariableText
{
    public static string Kind(ModelGraph graph, Variable variable) =>
        variable.IsParameter ? "param" : variable.IsInput ? "input" : graph.DefinitionsOf(variable).Any(d => d.IsRandom) ? "random" : "computed";

    /// <summary>Its type; labels that the model lists are left out.</summary>
    public static string TypeOf(Variable variable) => variable switch
    {
        { DeclaredType: { } listing, Category.Listed.IsDefault: false } when listing.Contains('"', StringComparison.Ordinal) => "category",
        { DeclaredType: { } declared } => declared,
        { Category: { } category } => $"category({category.Name})",
        { Type: ElementType.Boolean } => "bool",
        { Type: ElementType.Integer } => "int",
        _ => "real",
    };

    /// <summary>Its dimensions in brackets, by their sizes or by the loops that number them; nothing for a scalar.</summary>
    public static string Dimensions(Variable variable) =>
        variable.Rank == 0 ? "" :
        "[" + string.Join(", ", variable.IsInput || variable.IsParameter ? variable.Dims.Select(GraphPrinter.Print) : variable.DimensionNames.Select(n => n ?? "_")) + "]";
}
