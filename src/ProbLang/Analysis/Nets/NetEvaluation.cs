using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>What nets compute, in doubles.</summary>
internal static class NetEvaluation
{
    /// <summary>An aspect of a net for some rows, each an argument and a context.</summary>
    public static void Evaluate(NetPlan plan, NetAspect aspect, int rows, ReadOnlySpan<double> argument, ReadOnlySpan<double> context, ReadOnlySpan<double> weights, Span<double> result) =>
        throw new NotSupportedException();
}
