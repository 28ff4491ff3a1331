namespace ProbLang.Inference;

/// <summary>What a minimizer of smooth functions knows: a dimension, and a value with its gradient.</summary>
internal interface ISmoothFunction
{
    int Dimension { get; }

    /// <summary>The value at a position; overwrites the gradient. Where the function is not defined it is NaN or infinite, and nothing is thrown.</summary>
    double Evaluate(ReadOnlySpan<double> position, Span<double> gradient);
}
