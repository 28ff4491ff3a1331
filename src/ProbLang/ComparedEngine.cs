using System.Collections.Immutable;
using ProbLang.Inference;
using ProbLang.Text;

namespace ProbLang;

/// <summary>An engine among those that a problem was given to.</summary>
/// <param name="Engine">The engine, with its options.</param>
/// <param name="Posterior">Its answer; null where it objected, or was not reached.</param>
/// <param name="Objections">What it objected to, before it ran or while it did.</param>
public sealed record ComparedEngine(Engine Engine, Posterior? Posterior, ImmutableArray<Diagnostic> Objections);
