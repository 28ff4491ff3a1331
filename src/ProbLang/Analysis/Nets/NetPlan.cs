using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>A net whose sizes are known: its layers, and where each of its weights lies in the vector of all.</summary>
internal sealed class NetPlan
{
    /// <summary>What <see cref="Philox"/> streams of starts are for.</summary>
    private const uint Purpose = 0x6E65_7401;

    private NetPlan(Net net, NetShape shape, Layer layer, WeightLayout weights) =>
        (Net, Shape, Layer, Weights, WeightCount) = (net, shape, layer, weights.Blocks, weights.Count);

    public Net Net { get; }

    public NetShape Shape { get; }

    public Layer Layer { get; }

    /// <summary>All weights, in the order in which they lie.</summary>
    public ImmutableArray<WeightBlock> Weights { get; }

    public int WeightCount { get; }

    /// <summary>How long the rows are that it takes: of an embedding, labels.</summary>
    public int RowLength => Layer is EmbeddingLayer ? 1 : Shape.Inputs;

    /// <summary>Lays a net out.</summary>
    /// <param name="net">One that is no chain.</param>
    /// <param name="shape">The sizes that its uses decide.</param>
    /// <param name="evaluate">The value of a size or flag that the net states.</param>
    /// <param name="source">The text of the model.</param>
    /// <exception cref="DiagnosticException">The sizes do not go together.</exception>
    public static NetPlan Of(Net net, NetShape shape, Func<Bound, Tensor> evaluate, SourceText source)
    {
        var options = new NetOptions(net, evaluate);
        Check(net, shape, options, source);
        var layout = new WeightLayout();
        return new NetPlan(net, shape, LayerOf(net, shape, options, layout), layout);
    }

    /// <summary>What learning starts from; the same for the same seed and stream.</summary>
    /// <param name="seed">The seed of a run.</param>
    /// <param name="stream">Tells the nets of a model apart.</param>
    public double[] Start(ulong seed, uint stream)
    {
        var random = new Philox(seed, stream, Purpose);
        var weights = new double[WeightCount];
        foreach (var block in Weights)
            for (var i = 0; i < block.Count; i++)
            {
                var (centre, spread) = (block.Start.Centre, block.Start.Spread);
                // Each weight has a draw of its own, masked or not.
                var value = spread == 0 ? centre : centre + spread * random.NextNormal();
                weights[block.Offset + i] = block.Mask is { } mask && mask[i] == 0 ? 0 : value;
            }
        return weights;
    }

    private static Layer LayerOf(Net net, NetShape shape, NetOptions options, WeightLayout layout)
    {
        var (inputs, context) = (shape.Inputs, shape.Context);
        switch (net.Kind!.Name)
        {
            case "mlp":
                var kind = new HiddenLayers(options.Sizes("hidden"), options.Activation(Activation.Relu), options.Flag("residual"), options.Flag("norm"));
                return new Perceptron(layout, "", inputs, context, kind, shape.Outputs);
            case "dense":
                return new DenseLayer(layout, inputs, shape.Outputs);
            case "embedding":
                return new EmbeddingLayer(layout, inputs, shape.Outputs);
            case "masked":
                return new MaskedPerceptron(layout, "", inputs, context, Hidden(options, Activation.Relu));
            case "coupling":
                return Layers(options, layer => options.Word("kind") == "spline"
                    ? new SplineCoupling(layout, $"coupling{layer}.", inputs, context, Hidden(options, Activation.Silu), layer % 2 == 0, options.Size("bins") ?? 8)
                    : new AffineCoupling(layout, $"coupling{layer}.", inputs, context, Hidden(options, Activation.Silu), layer % 2 == 0));
            case "autoregressive_flow":
                return Layers(options, layer => new AutoregressiveLayer(layout, $"step{layer}.", inputs, context, Hidden(options, Activation.Silu), layer % 2 == 0));
            case "permutation":
                return new PermutationLayer(inputs);
            case "invertible_linear":
                return new InvertibleLinearLayer(layout, inputs);
            default:
                throw new UnreachableException($"no plan for {net.Kind.Name}");
        }
    }

    private static HiddenLayers Hidden(NetOptions options, Activation usual) => new(options.Sizes("hidden"), options.Activation(usual));

    private static LayerSequence Layers(NetOptions options, Func<int, InvertibleLayer> layer) =>
        new([.. Enumerable.Range(1, options.Size("layers")!.Value).Select(layer)]);

    private static void Check(Net net, NetShape shape, NetOptions options, SourceText source)
    {
        var place = source.Locate(net.Span);
        if (options.Size("inputs") is { } inputs && inputs != shape.Inputs) throw NetDiagnostics.Inputs(net, inputs, shape.Inputs, place);
        var (name, stated) = options.Size("outputs") is { } outputs ? ("outputs", outputs) : net.Kind!.Name is "dense" or "embedding" ? ("n", options.Size("n")!.Value) : ("", shape.Outputs);
        if (stated != shape.Outputs) throw NetDiagnostics.Outputs(net, name, stated, shape.Outputs, place);
        if (net.IsInvertible && shape.Inputs != shape.Outputs) throw NetDiagnostics.NotSquare(net, shape, place);
        if (net.Kind!.Name == "masked" && shape.Inputs != shape.Outputs) throw NetDiagnostics.NotSquare(net, shape, place);
        if (net.Kind.Name == "coupling" && shape.Inputs < 2) throw NetDiagnostics.NoHalves(net, place);
        if (net.Kind.Name == "coupling" && options.Word("kind") == "spline" && options.Size("bins") == 1) throw NetDiagnostics.OneBin(net, place);
        if (shape.Context > 0 && net.Kind.Parameters.All(p => p.Name != "hidden")) throw NetDiagnostics.NoContext(net, shape.Context, place);
    }
}
