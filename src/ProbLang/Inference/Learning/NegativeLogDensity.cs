using ProbLang.Limits;
using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>A log density turned over, so that minimizing it finds the mode.</summary>
internal sealed class NegativeLogDensity(LogDensity density) : ISmoothFunction
{
    public int Dimension => density.Dimension;

    public double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        Budget.Current.Check();
        var value = density.Evaluate(position, gradient);
        for (var i = 0; i < gradient.Length; i++) gradient[i] = -gradient[i];
        return -value;
    }
}
