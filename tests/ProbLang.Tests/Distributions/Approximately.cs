using Xunit;

namespace ProbLang.Tests.Distributions;

/// <summary>Comparison of computed numbers.</summary>
internal static class Approximately
{
    /// <summary>Equal to a relative error where large, an absolute one where small.</summary>
    public static void Equal(double expected, double actual, double tolerance, string where = "")
    {
        if (expected == actual) return;
        var error = Math.Abs(expected - actual) / Math.Max(1, Math.Abs(expected));
        Assert.True(error <= tolerance, FormattableString.Invariant($"{where}: expected {expected:R}, got {actual:R}, off by {error:e1}"));
    }

    /// <summary>Equal to a relative error, however small the numbers.</summary>
    public static void Proportional(double expected, double actual, double tolerance, string where = "")
    {
        if (expected == actual) return;
        var error = Math.Abs(actual / expected - 1);
        Assert.True(error <= tolerance, FormattableString.Invariant($"{where}: expected {expected:R}, got {actual:R}, off by {error:e1} of it"));
    }
}
