using System.Globalization;

namespace ProbLang.Results;

/// <summary>Numbers as a reader of a table wants them.</summary>
internal static class NumberText
{
    /// <summary>The decimals that show three digits of the spread; of the value itself where there is no spread.</summary>
    public static int Decimals(double spread, double value)
    {
        var size = spread > 0 ? spread : Math.Abs(value);
        return double.IsFinite(size) && size > 0 ? 2 - (int)Math.Floor(Math.Log10(size)) : 2;
    }

    public static string Fixed(double value, int decimals)
    {
        if (double.IsNaN(value)) return "–";
        if (decimals > 6 || Math.Abs(value) >= 1e7) return value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        var text = value.ToString("F" + Math.Max(0, decimals).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return IsZero(text) && text[0] == '-' ? text[1..] : text;
    }

    /// <summary>Four decimals, or a power of ten where they would show nothing; only what is certain is written as 0 or 1.</summary>
    public static string Probability(double p) =>
        double.IsNaN(p) ? "–" : p is 0 or 1 ? p.ToString(CultureInfo.InvariantCulture) : p < 0.00005 ? p.ToString("0.0e+0", CultureInfo.InvariantCulture) : p.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>Five significant digits, no more than there are.</summary>
    public static string Short(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    public static string Whole(double value) => double.IsNaN(value) ? "–" : value.ToString("0", CultureInfo.InvariantCulture);

    private static bool IsZero(string text) => text.AsSpan().IndexOfAnyInRange('1', '9') < 0;
}
