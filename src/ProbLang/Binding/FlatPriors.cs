using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Binding;

/// <summary>Priors that are open to a side and flat there.</summary>
internal static class FlatPriors
{
    public static void Report(ModelGraph graph, BindingDiagnostics report)
    {
        foreach (var definition in graph.Definitions.Watched())
            if (definition.Distribution is { } distribution) Report(definition.Variable, distribution, report);
    }

    private static void Report(Variable variable, BoundDistribution distribution, BindingDiagnostics report)
    {
        if (distribution is CatalogDistribution { Distribution: Flat, Arguments: [var lower, var upper] } && (lower is null || upper is null))
            report.FlatPrior(distribution.Span, variable.Name, lower is ConstantValue { Value: 0 } ? "HalfNormal(10)" : "Normal(0, 10)");
        foreach (var part in Parts.Inside(distribution)) Report(variable, part, report);
    }
}
