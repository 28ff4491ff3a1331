using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Shapes and elements as a modeller writes them.</summary>
internal static class ShapeText
{
    /// <summary><c>[8, 3]</c>; "a single number" for a scalar.</summary>
    public static string Of(int[] shape) => shape.Length == 0 ? "a single number" : $"[{string.Join(", ", shape)}]";

    /// <summary>With the names of the dimensions where there are any: <c>[J = 8]</c> of an input, <c>[school: 1..8]</c> of what a plate defines.</summary>
    public static string Of(Variable variable, int[] shape)
    {
        if (shape.Length == 0 || shape.Length != variable.Rank) return Of(shape);
        return $"[{string.Join(", ", shape.Select(Dimension))}]";

        string Dimension(int n, int d) =>
            d < variable.Dims.Length && variable.Dims[d] is VariableValue { Variable: var size } ? $"{size.Name} {(size.Rank > 0 ? "up to" : "=")} {n}"
            : d < variable.DimensionNames.Length && variable.DimensionNames[d] is { } name ? $"{name}: 1..{n}"
            : $"{n}";
    }

    /// <summary><c>theta[3]</c>, <c>x[1, 2]</c>: a cell, counted from 0, as an element, counted from 1.</summary>
    public static string Element(string name, int[] shape, int cell)
    {
        if (shape.Length == 0) return name;
        var index = new int[shape.Length];
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            index[d] = cell % shape[d] + 1;
            cell /= shape[d];
        }
        return $"{name}[{string.Join(", ", index)}]";
    }
}
