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
        if (double.IsInfinity(value)) return value > 0 ? "infinity" : "-infinity";
        // No more digits than a number has.
        if (value != 0) decimals = Math.Min(decimals, 14 - (int)Math.Floor(Math.Log10(Math.Abs(value))));
        if (decimals > 6 && Math.Abs(value) < 0.001 || Math.Abs(value) >= 1e7) return Scientific(value, decimals);
        var text = value.ToString("F" + Math.Max(0, decimals).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return IsZero(text) && text[0] == '-' ? text[1..] : text;
    }

    /// <summary>A power of ten, with as many digits before it as reach to those decimals, three at least.</summary>
    private static string Scientific(double value, int decimals)
    {
        if (value == 0) return "0";
        var digits = Math.Clamp(decimals + (int)Math.Floor(Math.Log10(Math.Abs(value))), 2, 14);
        return value.ToString($"0.{new string('#', digits)}e+0", CultureInfo.InvariantCulture);
    }

    /// <summary>Four decimals, or a power of ten where they would show nothing; only what is certain is written as 0 or 1.</summary>
    public static string Probability(double p) =>
        double.IsNaN(p) ? "–" : p is 0 or 1 ? p.ToString(CultureInfo.InvariantCulture) : p < 0.00005 ? p.ToString("0.0e+0", CultureInfo.InvariantCulture) : p.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>Five significant digits, no more than there are.</summary>
    public static string Short(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    public static string Whole(double value) => double.IsNaN(value) ? "–" : value.ToString("0", CultureInfo.InvariantCulture);

    private static bool IsZero(string text) => text.AsSpan().IndexOfAnyInRange('1', '9') < 0;
}
