using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What is only there to be learned: nets, and guides.</summary>
internal static class Learning
{
    /// <summary>Why a model cannot be simulated or conditioned as it stands: it needs the weights of a net. Null where it needs none.</summary>
    public static Diagnostic? Objection(ModelGraph graph)
    {
        foreach (var definition in graph.Definitions)
        {
            if (LearnedBy(definition.Distribution) is { } learned) return DataDiagnostics.NeedsWeights(learned.Net.Name, graph.Source.Locate(learned.Span));
            if (Nets(definition).FirstOrDefault() is { } value) return DataDiagnostics.NeedsWeights(value.Net.Name, graph.Source.Locate(value.Span));
        }
        return null;
    }

    /// <summary>The values of nets on the right side of a definition.</summary>
    public static IEnumerable<NetValue> Nets(Definition definition) => Walk.Over(Parts.OfRight(definition)).OfType<NetValue>();

    /// <summary>The learned distribution that a distribution is, or is made of; null where it is none.</summary>
    public static LearnedDistribution? LearnedBy(BoundDistribution? distribution) => distribution switch
    {
        LearnedDistribution d => d,
        RepeatedDistribution d => LearnedBy(d.Base),
        TruncatedDistribution d => LearnedBy(d.Base),
        MixtureDistribution d => d.Components.Select(LearnedBy).FirstOrDefault(l => l is not null),
        MixtureComprehension d => LearnedBy(d.Component),
        _ => null,
    };

    /// <summary>A guide draws the latents, so that it cannot read one that it does not draw itself, or what is computed from it.</summary>
    public static void CheckGuide(Draft draft)
    {
        if (draft.Graph.Guide is not { } guide) return;
        foreach (var definition in guide.Definitions)
            foreach (var read in Walk.Over(Parts.OfRight(definition).Concat(definition.Indices)).OfType<VariableValue>())
            {
                if (guide.Variables.Contains(read.Variable)) continue;
                var state = draft[read.Variable].State;
                if (state.Any(Role.Latent) || state.Any(Role.Computed) && state.Values.Any(double.IsNaN))
                    draft.Report(DataDiagnostics.GuideReadsLatent(read.Variable.Name, draft.Locate(read.Span), draft.Locate(read.Variable.Span)));
            }
    }
}

/// <summary>Every part of some values, each once however often it is shared.</summary>
internal static class Walk
{
    public static IEnumerable<Bound> Over(IEnumerable<Bound> values)
    {
        var (seen, open) = (new HashSet<Bound>(ReferenceEqualityComparer.Instance), new Stack<Bound>(values.Reverse()));
        while (open.TryPop(out var value))
        {
            if (!seen.Add(value)) continue;
            yield return value;
            foreach (var part in Parts.Of(value)) open.Push(part);
        }
    }
}
