using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Carries a modeller's mistake out of an evaluation to the stage that collects diagnostics; never leaves this folder.</summary>
internal sealed class DiagnosticException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic => diagnostic;
}
