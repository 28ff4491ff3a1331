namespace ProbLang.Posteriors;

/// <summary>A model with data whose posterior is known.</summary>
/// <param name="Model">Its text.</param>
/// <param name="Data">Its data.</param>
/// <param name="Answers">Mean and standard deviation of elements.</param>
internal sealed record Known(string Model, object Data, params (string Name, double Mean, double Sd)[] Answers);
