namespace ProbLang.Analysis;

/// <summary>Shapes and elements as a modeller writes them.</summary>
internal static class ShapeText
{
    /// <summary><c>[8, 3]</c>; "a single number" for a scalar.</summary>
    public static string Of(int[] shape) => shape.Length == 0 ? "a single number" : $"[{string.Join(", ", shape)}]";

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
