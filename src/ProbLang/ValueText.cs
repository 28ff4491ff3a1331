using System.Globalization;
using System.Text;

namespace ProbLang;

/// <summary>Known values as text: numbers, labels, arrays of them by rows.</summary>
internal static class ValueText
{
    /// <summary>So many elements are shown of a row, and so many rows.</summary>
    private const int Most = 20;

    public static string Of(Answer answer)
    {
        string[] texts = [.. answer.Elements.Select(e => answer.Kind == QuestionKind.Distribution && (e.Summary.IsBoolean || !e.Summary.Levels.IsDefaultOrEmpty) ? e.Summary.TextOf(e.Value) : Number(e.Value))];
        if (answer.Shape.IsEmpty) return texts[0];
        var shape = string.Join(" × ", answer.Shape);
        // Of a ragged array not every place has an element.
        return answer.Shape.Aggregate(1, (a, b) => a * b) == texts.Length ? $"{shape}:{(answer.Shape.Length == 1 ? " " : "\n")}{Nested(answer.Shape.AsSpan(), texts)}" : $"{texts.Length} elements: {Row(texts)}";
    }

    /// <summary>Whole numbers whole, others with six digits.</summary>
    public static string Number(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e15 ? value.ToString("0", CultureInfo.InvariantCulture)
        : double.IsInfinity(value) ? value > 0 ? "infinity" : "-infinity"
        : value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Nested(ReadOnlySpan<int> shape, ReadOnlySpan<string> texts)
    {
        if (shape.Length == 1) return Row(texts);
        var text = new StringBuilder("[");
        var size = shape[0] == 0 ? 0 : texts.Length / shape[0];
        for (var i = 0; i < Math.Min(shape[0], Most); i++) text.Append(i == 0 ? "" : ",\n ").Append(Nested(shape[1..], texts.Slice(i * size, size)));
        if (shape[0] > Most) text.Append(CultureInfo.InvariantCulture, $",\n … and {shape[0] - Most} more");
        return text.Append(']').ToString();
    }

    private static string Row(ReadOnlySpan<string> texts)
    {
        var shown = string.Join(", ", texts[..Math.Min(texts.Length, Most)]!);
        return texts.Length > Most ? string.Create(CultureInfo.InvariantCulture, $"[{shown}, … and {texts.Length - Most} more]") : $"[{shown}]";
    }
}
