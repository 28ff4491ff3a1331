using System.Collections.Immutable;

namespace ProbLang.Analysis;

/// <summary>What the parameters of a model could be learned by.</summary>
/// <param name="Name">In the words of the field.</param>
/// <param name="WhyNot">Why it does not apply; null where it does.</param>
/// <param name="IsAvailable">Whether this version has it.</param>
internal sealed record Objective(string Name, string? WhyNot, bool IsAvailable)
{
    public const string ExactLikelihood = "exact likelihood";
    public const string ChangeOfVariables = "change of variables";
    public const string Laplace = "Laplace approximation";
    public const string EvidenceLowerBound = "evidence lower bound";
    public const string ScoreMatching = "score matching";
    public const string Denoising = "denoising score matching";
    public const string Adversarial = "adversarial";

    /// <summary>Of all, in the order in which they are taken.</summary>
    public static ImmutableArray<string> Names { get; } = [ExactLikelihood, ChangeOfVariables, Laplace, EvidenceLowerBound, ScoreMatching, Denoising, Adversarial];

    public bool Applies => WhyNot is null;

    /// <summary>All, as they are for a kind of model.</summary>
    public static ImmutableArray<Objective> Of(ModelKind kind) =>
    [
        new(ExactLikelihood, kind.WhyNoLikelihood, true),
        new(ChangeOfVariables, kind.WhyNoChangeOfVariables, true),
        new(Laplace, kind.WhyNoLaplace, true),
        new(EvidenceLowerBound, kind.WhyNoBound, false),
        new(ScoreMatching, kind.WhyNoScoreMatching, false),
        new(Denoising, kind is DiffusionKind ? null : "nothing is made by taking noise away, step by step", false),
        new(Adversarial, kind is ImplicitKind ? null : "every observed variable has a density, or one up to a bound or a factor, which says more than a critic can", false),
    ];
}
