using ProbLang.Numerics;

namespace ProbLang.Tests.Numerics;

/// <summary>A chain with its tables, by forward and backward passes, and as a general graph.</summary>
internal sealed unsafe class ChainCase
{
    private readonly double[] _tables, _work;

    public ChainCase(ChainShape shape, double[] unaries, double[] transitions)
    {
        (Shape, Unaries, Transitions) = (shape, unaries, transitions);
        _tables = Dirty(shape.Tables * shape.Table);
        _work = Dirty((int)shape.Work);
    }

    public ChainShape Shape { get; }

    public double[] Unaries { get; }

    public double[] Transitions { get; }

    /// <summary>Whether the last forward pass was one of logarithms.</summary>
    public bool IsLogarithmic => _work[1] != 0;

    public static ChainCase Random(int seed, int steps, int states, bool isHomogeneous, double impossible, double scale)
    {
        var random = new Random(seed);
        var shape = new ChainShape(steps, states, isHomogeneous);
        return new(shape, FiniteCase.Table(random, steps * states, impossible, scale), FiniteCase.Table(random, Math.Max(1, shape.Tables) * states * states, impossible, scale));
    }

    public double Forward()
    {
        ForwardBackward.Prepare(Shape, Pinned.At(Transitions), Pinned.At(_tables));
        return ForwardBackward.Forward(Shape, Pinned.At(Unaries), Pinned.At(Transitions), Pinned.At(_tables), Pinned.At(_work));
    }

    /// <summary>The probabilities of states and of pairs, without the padding.</summary>
    public (double[] Marginals, double[] Pairs) Backward()
    {
        double[] marginals = Dirty(Shape.Steps * Shape.Padded), pairs = Dirty(Shape.Tables * Shape.Matrix);
        ForwardBackward.Backward(Shape, Pinned.At(Transitions), Pinned.At(_tables), Pinned.At(_work), Pinned.At(marginals), Pinned.At(pairs));
        return (Packed(marginals), Packed(pairs));
    }

    public int[] Sample(ref Philox random)
    {
        var states = new int[Shape.Steps];
        ForwardBackward.Sample(Shape, Pinned.At(Transitions), Pinned.At(_tables), Pinned.At(_work), ref random, states);
        return states;
    }

    public double Maximize(int[] states) => ForwardBackward.Maximize(Shape, Pinned.At(Unaries), Pinned.At(Transitions), Pinned.At(_work), states);

    /// <summary>The same as a graph: the tables of the steps, then those of the transitions.</summary>
    public FiniteCase ToGraph()
    {
        var k = Shape.States;
        int[] sizes = [.. Enumerable.Repeat(k, Shape.Steps)];
        int[][] scopes = [.. Enumerable.Range(0, Shape.Steps).Select(t => new[] { t }), .. Enumerable.Range(0, Shape.Steps - 1).Select(t => new[] { t, t + 1 })];
        double[][] tables = [.. Enumerable.Range(0, Shape.Steps).Select(t => Pinned.Of(Unaries[(t * k)..((t + 1) * k)])),
            .. Enumerable.Range(0, Shape.Steps - 1).Select(t => Pinned.Of(Shape.IsHomogeneous ? Transitions : Transitions[(t * k * k)..((t + 1) * k * k)]))];
        return new(new FiniteGraph(sizes, scopes), tables);
    }

    private double[] Packed(double[] padded) => [.. padded.Where((_, i) => i % Shape.Padded < Shape.States)];

    private static double[] Dirty(int length)
    {
        var array = Pinned.Zeros(length);
        Array.Fill(array, double.NaN);
        return array;
    }
}
