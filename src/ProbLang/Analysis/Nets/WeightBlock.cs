using System.Collections.Immutable;

namespace ProbLang.Analysis;

/// <summary>Some of the weights of a net: an array within the vector of all of them, row-major.</summary>
/// <param name="Name">What they are called, such as <c>layer1.weight</c>.</param>
/// <param name="Offset">Where they begin.</param>
/// <param name="Shape">A matrix of inputs × outputs, or a vector.</param>
/// <param name="Start">What learning starts from.</param>
internal sealed record WeightBlock(string Name, int Offset, ImmutableArray<int> Shape, WeightStart Start)
{
    /// <summary>1 where a weight is used and 0 where a mask takes it out; null where all are used.</summary>
    public double[]? Mask { get; init; }

    public int Count { get; } = Shape.Aggregate(1, (a, b) => a * b);

    public override string ToString() => $"{Name}[{string.Join(", ", Shape)}]";
}

/// <summary>Normal about a centre; exactly the centre where the spread is 0.</summary>
internal readonly record struct WeightStart(double Centre, double Spread)
{
    public static readonly WeightStart Zero = new(0, 0);

    public static readonly WeightStart One = new(1, 0);

    /// <summary>
    /// Signals and gradients keep their size from layer to layer: variance 2 / inputs before an activation that is 0 for half of its arguments
    /// (He et al. 2015), 2 / (inputs + outputs) before others (Glorot and Bengio 2010).
    /// </summary>
    public static WeightStart Of(Activation activation, double inputs, double outputs) => new(0, activation switch
    {
        Activation.Relu or Activation.Gelu or Activation.Silu => Math.Sqrt(2 / Math.Max(1, inputs)),
        _ => Math.Sqrt(2 / Math.Max(1, inputs + outputs)),
    });

    /// <summary>A last layer that says next to nothing, so that a flow starts near the identity.</summary>
    public static WeightStart Faint(double inputs) => new(0, 0.01 / Math.Sqrt(Math.Max(1, inputs)));
}

/// <summary>Lays weights out, one block after the other.</summary>
internal sealed class WeightLayout
{
    private readonly ImmutableArray<WeightBlock>.Builder _blocks = ImmutableArray.CreateBuilder<WeightBlock>();

    public int Count { get; private set; }

    public ImmutableArray<WeightBlock> Blocks => _blocks.ToImmutable();

    public WeightBlock Add(string name, WeightStart start, params ImmutableArray<int> shape) => Add(new WeightBlock(name, Count, shape, start));

    public WeightBlock Add(WeightBlock block)
    {
        var placed = block with { Offset = Count };
        _blocks.Add(placed);
        Count = checked(Count + placed.Count);
        return placed;
    }
}
