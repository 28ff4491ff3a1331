using System.Collections.Immutable;

namespace ProbLang.Graph;

/// <summary>How distributions that are made by nets are called.</summary>
internal static class LearnedForms
{
    public static ImmutableArray<LearnedForm> All { get; } = [LearnedForm.Energy, LearnedForm.Diffusion];

    /// <summary>The arguments in their order.</summary>
    public static ImmutableArray<string> Parameters(LearnedForm form) => form == LearnedForm.Energy ? ["f", "context"] : ["denoiser", "steps", "schedule", "context"];

    public static string Signature(LearnedForm form) => form == LearnedForm.Energy ? "Energy(f, context: e)" : "Diffusion(denoiser, steps: 100, schedule: cosine, context: e)";
}
