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

    /// <summary>How the first two operands that do not agree differ, with what the model calls them; null where all agree.</summary>
    public static string? Difference(IReadOnlyList<Bound?> operands, IReadOnlyList<int[]?> shapes)
    {
        var arrays = Enumerable.Range(0, shapes.Count).Where(i => shapes[i] is { Length: > 0 }).ToArray();
        var other = Array.Find(arrays, i => !shapes[i].AsSpan().SequenceEqual(shapes[arrays[0]]));
        return other == 0 ? null : $"{Named(operands[arrays[0]], shapes[arrays[0]]!)} and {Named(operands[other], shapes[other]!)} differ in shape, and only single numbers are repeated";
    }

    /// <summary>Operands of a matrix product with what the model calls them; null for another function, or where they fit.</summary>
    public static string? Product(ArrayFunctionValue function, IReadOnlyList<int[]?> shapes) => function.Function != ArrayFunction.MatrixMultiply || shapes[0]![^1] == shapes[1]![0] ? null
        : $"{Named(function.Arguments[0], shapes[0]!)} @ {Named(function.Arguments[1], shapes[1]!)} do not fit together";

    private static string Named(Bound? operand, int[] shape) => operand is VariableValue { Variable: var variable } ? $"`{variable.Name}` {Of(variable, shape)}" : Of(shape);

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
