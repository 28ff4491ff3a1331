using ProbLang.Text;

namespace ProbLang;

/// <summary>The engine objects to the model; the diagnostics say to what, and what would suit it.</summary>
public sealed class EngineException(IReadOnlyList<Diagnostic> diagnostics) : Exception(string.Join("\n", diagnostics ?? throw new ArgumentNullException(nameof(diagnostics))))
{
    /// <summary>At least one error.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;
}
