using ProbLang.Text;

namespace ProbLang;

/// <summary>Data cannot be read, or a model cannot be conditioned on them; the diagnostics say why.</summary>
public sealed class DataException(IReadOnlyList<Diagnostic> diagnostics) : Exception(string.Join("\n", diagnostics ?? throw new ArgumentNullException(nameof(diagnostics))))
{
    /// <summary>At least one error, perhaps with warnings.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;
}
