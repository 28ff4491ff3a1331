using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang;

/// <summary>What an engine says to a problem.</summary>
internal sealed record EngineOpinion(string Engine, ImmutableArray<Diagnostic> Objections)
{
    /// <summary>Why it cannot run here, whatever the model; null where it can.</summary>
    public string? Unavailable { get; init; }

    /// <summary>What its answer would be worth; null where it objects, and where no one doubts it.</summary>
    public string? Quality { get; init; }

    /// <summary>What is approximate of its answer, or left out, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

/// <summary>The engine that would run, and why, a line each.</summary>
internal sealed record EngineReason(string Engine, ImmutableArray<string> Lines);
