namespace ProbLang.FactorGraphs;

/// <summary>An engine cannot go on with a factor graph, for a reason that lies in the graph or its data.</summary>
/// <param name="message">One sentence in the modeller's words.</param>
/// <param name="isContradiction">Whether the data contradict the model.</param>
/// <param name="inner">What the engine's library said.</param>
#pragma warning disable CA1032 // It is thrown by engines alone, and never without a reason.
public sealed class FactorGraphException(string message, bool isContradiction = false, Exception? inner = null) : Exception(message, inner)
#pragma warning restore CA1032
{
    /// <summary>Whether the data contradict the model.</summary>
    public bool IsContradiction => isContradiction;
}
