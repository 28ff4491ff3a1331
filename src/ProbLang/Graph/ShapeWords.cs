using System.Globalization;
using ProbLang.Text;

namespace ProbLang.Graph;

/// <summary>An operand as it was written, its value where it has the shape of a whole array, and its shape; a size that is not known is null.</summary>
internal sealed record ShapedOperand(Span Span, Bound? Value, int?[] Shape);

/// <summary>Shapes in messages, with the names of their dimensions: "`X` is N×D = 5×2, `beta` has 3".</summary>
internal static class ShapeWords
{
    private const int LongestText = 30;

    /// <summary>What was written and its shape; a size that is not known is null.</summary>
    public static string Of(SourceText source, Span span, Bound? value, int?[] shape) => $"{Quote(source, span)} {Of(source, value, shape)}";

    /// <summary>Those among them that are arrays: single numbers fit any.</summary>
    public static string OfAll(SourceText source, IEnumerable<ShapedOperand> operands) =>
        string.Join(", ", operands.Where(o => o.Shape.Length > 0).Select(o => Of(source, o.Span, o.Value, o.Shape)));

    /// <summary>"is N×D = 5×2", "has 3".</summary>
    private static string Of(SourceText source, Bound? value, int?[] shape)
    {
        if (shape.Length == 0) return "is a single number";
        var names = shape.Select((_, d) => Name(source, value, d)).ToArray();
        var sizes = string.Join("×", shape.Select((n, d) => n?.ToString(CultureInfo.InvariantCulture) ?? names[d] ?? "?"));
        var named = string.Join("×", shape.Select((n, d) => names[d] ?? n?.ToString(CultureInfo.InvariantCulture) ?? "?"));
        return $"{(shape.Length == 1 ? "has" : "is")} {(named == sizes ? sizes : $"{named} = {sizes}")}";
    }

    private static string? Name(SourceText source, Bound? value, int dimension) => value switch
    {
        VariableValue { Variable: { IsInput: true } input } when dimension < input.Dims.Length && input.Dims[dimension] is not ConstantValue and var size && Text(source, size.Span) is { Length: <= LongestText } written => written,
        VariableValue { Variable: { IsInput: false } variable } when dimension < variable.DimensionNames.Length => variable.DimensionNames[dimension],
        _ => null,
    };

    private static string Quote(SourceText source, Span span)
    {
        var text = Text(source, span);
        return $"`{(text.Length <= LongestText ? text : text[..LongestText] + "…")}`";
    }

    private static string Text(SourceText source, Span span) => string.Join(' ', source.TextOf(span).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
