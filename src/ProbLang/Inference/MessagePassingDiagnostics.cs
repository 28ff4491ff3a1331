using ProbLang.FactorGraphs;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>What message passing says of a model that it can describe as a factor graph, one method a message.</summary>
internal static class MessagePassingDiagnostics
{
    public static Diagnostic Unavailable(MessagePassing engine, string reason) => new("GM0455", Severity.Error, $"the engine `{engine.Name}` is not available: {Sentence(reason)}");

    public const string ContradictionId = "GM0456";

    public static Diagnostic Of(FactorGraphException mistake) => mistake.IsContradiction
        ? new Diagnostic(ContradictionId, Severity.Error, Sentence(mistake.Message), Remedy: "check that the data are possible under the model")
        : new Diagnostic("GM0457", Severity.Error, Sentence(mistake.Message));

    public static Diagnostic Improper(string element) => new("GM0458", Severity.Error,
        $"message passing found no proper distribution of `{element}`", Remedy: $"give `{element}` a prior that says more");

    private static string Sentence(string text) => text.TrimEnd('.');
}
