using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What is only there to be learned: nets, and guides.</summary>
internal static class Learning
{
    /// <summary>Why a model cannot be simulated or conditioned as it stands: it needs the weights of a net. Null where it needs none.</summary>
    public static Diagnostic? Objection(ModelGraph graph)
    {
        var distributions = graph.Definitions.Select(d => LearnedBy(d.Distribution)).Select(UseBy);
        var values = Walk.Over(Values(graph)).Select(v => v switch
        {
            NetValue value => (value.Net, value.Span),
            DistributionValue asked => UseBy(LearnedBy(asked.Distribution)),
            _ => null,
        });
        return distributions.Concat(values).OfType<(Net Net, Span Span)>().OrderBy(u => u.Span.Start)
            .Select(u => DataDiagnostics.NeedsWeights(u.Net.Name, graph.Source.Locate(u.Span))).FirstOrDefault();

        static (Net, Span)? UseBy(LearnedDistribution? learned) => learned is null ? null : (learned.Net, learned.Span);
    }

    /// <summary>Every value that a statement of the model is made of, its plates and branches included.</summary>
    private static IEnumerable<Bound> Values(ModelGraph graph) =>
    [
        .. graph.Definitions.SelectMany(d => Parts.OfRight(d).Concat(d.Indices).Concat(Around(d.Plates, d.Gates))),
        .. graph.GivenValues.SelectMany(g => g.Indices.Append(g.Value).Concat(Around(g.Plates, g.Gates))),
        .. graph.GivenOrders.SelectMany(g => Around(g.Plates, g.Gates).Append(g.Less).Append(g.Greater)),
        .. graph.GivenConditions.SelectMany(g => Around(g.Plates, g.Gates).Append(g.Condition)),
        .. graph.Factors.SelectMany(f => Around(f.Plates, f.Gates).Append(f.Value)),
    ];

    private static IEnumerable<Bound> Around(ImmutableArray<Plate> plates, ImmutableArray<Gate> gates) =>
        plates.SelectMany(p => (Bound[])[p.Lower, p.Upper]).Concat(gates.Select(g => g.Condition));

    /// <summary>The values of nets on the right side of a definition.</summary>
    public static IEnumerable<NetValue> Nets(Definition definition) => Walk.Over(Parts.OfRight(definition)).OfType<NetValue>();

    /// <summary>The learned distribution that a distribution is, or is made of; null where it is none.</summary>
    public static LearnedDistribution? LearnedBy(BoundDistribution? distribution) => distribution switch
    {
        null => null,
        LearnedDistribution d => d,
        _ => Parts.Inside(distribution).Select(LearnedBy).FirstOrDefault(l => l is not null),
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
