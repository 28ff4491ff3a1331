using System.Collections.Immutable;
using System.Globalization;

namespace ProbLang.Results;

/// <summary>How an engine fared that was compared with others.</summary>
/// <param name="Name">The engine.</param>
/// <param name="LogEvidence">The log marginal likelihood, where it gives one.</param>
/// <param name="EvidenceKind">How that relates to the true one.</param>
/// <param name="Seconds">How long it took, in all; NaN where it did not run.</param>
/// <param name="Verdict">What it says of its own result; null where it did not run.</param>
/// <param name="Objections">Why it did not run, a sentence each.</param>
internal sealed record EngineReport(string Name, double? LogEvidence, EvidenceKind? EvidenceKind, double Seconds, Verdict? Verdict, ImmutableArray<string> Objections);

/// <summary>An engine's answers beside those of the reference.</summary>
/// <param name="Name">The engine.</param>
/// <param name="Elements">What both report, in the order of the model.</param>
/// <param name="Missing">What only the reference reports.</param>
public sealed record EngineComparison(string Name, ImmutableArray<ElementComparison> Elements, ImmutableArray<string> Missing)
{
    /// <summary>Whether all elements agree.</summary>
    public bool Agrees => Elements.All(e => e.Agrees);

    /// <summary><c>agree</c>, or how many elements differ and which most.</summary>
    public string Verdict
    {
        get
        {
            if (Elements.IsEmpty) return "nothing to compare";
            if (Agrees) return "agree";
            var worst = Elements.Where(e => !e.Agrees).MaxBy(e => e.Excess)!;
            return string.Create(CultureInfo.InvariantCulture, $"{Elements.Count(e => !e.Agrees)} of {Elements.Length} differ, {worst.Element} most: {worst.Verdict}");
        }
    }
}

/// <summary>Everything that a comparison of engines says.</summary>
/// <param name="Model">The model's file or name.</param>
/// <param name="Reference">The engine that the others are compared with; null where none ran.</param>
/// <param name="Engines">The engines in the order in which they were asked for.</param>
/// <param name="Comparisons">One for each engine that ran beside the reference.</param>
internal sealed record ComparisonReport(string Model, string? Reference, ImmutableArray<EngineReport> Engines, ImmutableArray<EngineComparison> Comparisons)
{
    /// <summary>Whether at least two engines ran, and all agree with the reference.</summary>
    public bool Agrees => !Comparisons.IsEmpty && Comparisons.All(c => c.Agrees);

    /// <summary>A line for each engine beside the reference.</summary>
    public string Verdict => Comparisons.IsEmpty ? "nothing was compared" : string.Join("\n", Comparisons.Select(c => $"{c.Name} against {Reference}: {c.Verdict}"));
}
