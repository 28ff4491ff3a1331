using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>
/// A constant in the place of the standard deviation that was meant for something else: the customary vague priors of BUGS are
/// N(0, precision 0.001), those of textbooks N(0, variance 10 000). Who writes `sd:` means it.
/// </summary>
internal static class HardCodedScale
{
    private const double LeastVariance = 100;
    private const double GreatestPrecision = 0.01;

    /// <summary>How many times its mean a prior's standard deviation is where it is to say nothing.</summary>
    private const double Vague = 10;

    public static void Check(CallExpr call, Distribution distribution, int form, Bound?[] arguments, BindingDiagnostics report)
    {
        if (distribution is not Normal || form != 0 || call.Arguments is not [_, { Name: null }] || arguments is not [ConstantValue mean, ConstantValue sd]) return;
        if (sd.Value >= LeastVariance && Math.Abs(mean.Value) * Vague <= sd.Value && (IsPowerOfTen(sd.Value) || double.IsInteger(Math.Sqrt(sd.Value))))
            report.LooksLikeVariance(sd.Span, sd.Value);
        else if (sd.Value <= GreatestPrecision && mean.Value == 0 && IsPowerOfTen(1 / sd.Value))
            report.LooksLikePrecision(sd.Span, sd.Value);
    }

    private static bool IsPowerOfTen(double x) => Math.Abs(Math.Log10(x) - Math.Round(Math.Log10(x))) < 1e-9;
}
