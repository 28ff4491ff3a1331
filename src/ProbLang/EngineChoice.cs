using ProbLang.Inference;

namespace ProbLang;

/// <summary>The engine that <see cref="Auto"/> takes for a problem.</summary>
/// <param name="Engine">The engine, with its options.</param>
/// <param name="Reason">Why this one, in a sentence.</param>
public sealed record EngineChoice(Engine Engine, string Reason);
