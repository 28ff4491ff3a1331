namespace ProbLang.Inference;

/// <summary>How far the search for a maximum is.</summary>
/// <param name="Iteration">How many steps were taken from this start.</param>
/// <param name="LogLikelihood">What is maximised, there.</param>
/// <param name="Gradient">The largest coordinate of its gradient; of training by mini-batches NaN.</param>
/// <param name="Training">How far training by mini-batches is; null where there is none.</param>
public readonly record struct FitProgress(int Iteration, double LogLikelihood, double Gradient, TrainingProgress? Training = null);
