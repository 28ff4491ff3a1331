namespace ProbLang.Inference;

/// <summary>How far the search for a maximum is.</summary>
/// <param name="Iteration">How many steps were taken from this start.</param>
/// <param name="LogLikelihood">What is maximised, there.</param>
/// <param name="Gradient">The largest coordinate of its gradient.</param>
public readonly record struct FitProgress(int Iteration, double LogLikelihood, double Gradient);
