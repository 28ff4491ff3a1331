using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>What stands against an integral in closed form.</summary>
internal sealed class ConjugacyException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic => diagnostic;
}
