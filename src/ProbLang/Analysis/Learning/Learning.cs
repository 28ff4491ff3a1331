using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What is only there to be learned: nets, and guides.</summary>
internal static class Learning
{
    /// <summary>Why a model cannot be conditioned: one of its distributions is none that this version learns. Null where it can.</summary>
    public static Diagnostic? Objection(ModelGraph graph) =>
        graph.Definitions.Select(d => LearnedBy(d.Distribution)).Concat(Asked(graph)).OfType<LearnedDistribution>().OrderBy(d => d.Span.Start)
            .Select(d => DataDiagnostics.NotLearnedYet(d.Form.ToString(), d.Net.Name, graph.Source.Locate(d.Span))).FirstOrDefault();

    /// <summary>What is asked of learned distributions: their densities, and their like.</summary>
    private static IEnumerable<LearnedDistribution?> Asked(ModelGraph graph) => Walk.Over(Values(graph)).OfType<DistributionValue>().Select(v => LearnedBy(v.Distribution));

    /// <summary>Every value that a statement of the model is made of, its plates and branches included.</summary>
    private static IEnumerable<Bound> Values(ModelGraph graph) =>
    [
        .. graph.Definitions.SelectMany(d => Parts.OfRight(d).Concat(d.Indices).Concat(Around(d.Plates, d.Gates))),
        .. graph.GivenValues.SelectMany(g => g.Indices.Append(g.Value).Concat(Around(g.Plates, g.Gates))),
        .. graph.GivenOrders.SelectMany(g => Around(g.Plates, g.Gates).Append(g.Less).Append(g.Greater)),
        .. graph.GivenConditions.SelectMany(g => Around(g.Plates, g.Gates).Append(g.Condition)),
        .. graph.Factors.SelectMany(f => Around(f.Plates, f.Gates).Append(f.Value)),
    ];

    private static IEnumerable<Bound> Around(ImmutableArray<Plate> plates, ImmutableArray<Gate> gates) => Uses.OfPlates(plates).Concat(gates.Select(g => g.Condition));

    /// <summary>A graph as it is learned: nets have variables for their values and their weights, and parameters that nothing gives are unknowns.</summary>
    public static (ModelGraph Graph, DataSet Data) Prepare(ModelGraph graph, DataSet data)
    {
        var (extracted, known) = NetExtraction.Of(ChainExpansion.Of(graph), data);
        return (ParameterOpening.Of(WeightOpening.Of(extracted, known), known), known);
    }

    /// <summary>As <see cref="Prepare"/>, of a graph that was prepared and then changed: what the weights rest on may be another.</summary>
    public static (ModelGraph Graph, DataSet Data) PrepareAgain(ModelGraph graph, DataSet data)
    {
        if (graph.Nets.IsEmpty) return (graph, data);
        var (extracted, known) = NetExtraction.Of(WeightOpening.Closed(graph), data);
        return (WeightOpening.Of(extracted, known), known);
    }

    /// <summary>A graph as it is drawn forward: as it is written, with weights for the nets.</summary>
    public static ModelGraph PrepareSimulation(ModelGraph graph, DataSet data) => WeightOpening.Of(ChainExpansion.Of(graph), data);

    /// <summary>A net and all that it is made of.</summary>
    public static IEnumerable<Net> WithParts(Net net) => net.Parts.SelectMany(WithParts).Prepend(net);

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
