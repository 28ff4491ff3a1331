namespace ProbLang.Datasets;

/// <summary>How files spell what is not a finite number.</summary>
internal static class SpecialNumbers
{
    public static double? Infinity(ReadOnlySpan<char> text)
    {
        var negative = text.StartsWith("-");
        if (negative || text.StartsWith("+")) text = text[1..];
        if (!text.Equals("inf", StringComparison.OrdinalIgnoreCase) && !text.Equals("infinity", StringComparison.OrdinalIgnoreCase)) return null;
        return negative ? double.NegativeInfinity : double.PositiveInfinity;
    }

    public static bool IsNaN(ReadOnlySpan<char> text) => text.Equals("nan", StringComparison.OrdinalIgnoreCase);

    public static bool IsMissing(ReadOnlySpan<char> text) => text.IsEmpty || text is "NA";

    public static double? Boolean(ReadOnlySpan<char> text) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase) ? 1 : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? 0 : null;
}
