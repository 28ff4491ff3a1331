using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>One chain of a <see cref="ChainKernel"/>: where its tables are, and where in the saved area what it leaves for the adjoint.</summary>
internal sealed unsafe class ChainPart
{
    private readonly int _start;

    public ChainPart(ChainShape shape, int start, TableRun[] unaries, TableRun[] transitions)
    {
        (Shape, _start) = (shape, start);
        (Unaries, Transitions) = (CoveringFirst(unaries, shape.Steps), CoveringFirst(transitions, shape.Tables));
        IsInPlace = Unaries is [var only] && only.Count == shape.Steps && only.IsPacked(shape.States);
    }

    public ChainShape Shape { get; }

    public TableRun[] Unaries { get; }

    public TableRun[] Transitions { get; }

    /// <summary>Whether the unaries are one table a step, and follow each other.</summary>
    public bool IsInPlace { get; }

    /// <summary>The numbers that the chain saves.</summary>
    public long Saved => Shape.Work + (Shape.IsHomogeneous ? 0 : (long)Shape.Tables * (Squared + Shape.Table));

    /// <summary>The numbers that a pass needs on the way: the sums of unaries, or marginals and pairs.</summary>
    public long Work => (long)Shape.Steps * Shape.Padded + (long)Shape.Tables * Shape.Matrix;

    public double* Area(double* saved) => saved + _start;

    /// <summary>The sums of log transitions, where they differ.</summary>
    public double* LogTransitions(double* saved) => saved + _start + Shape.Work;

    /// <summary>What is prepared of them.</summary>
    public double* Tables(double* saved) => LogTransitions(saved) + (long)Shape.Tables * Squared;

    /// <summary>Where the adjoint puts the probabilities of pairs.</summary>
    public double* Pairs(double* work) => work + (long)Shape.Steps * Shape.Padded;

    private int Squared => Shape.States * Shape.States;

    /// <summary>A run over all is copied, and the rest is added to it.</summary>
    private static TableRun[] CoveringFirst(TableRun[] runs, int count) => [.. runs.OrderByDescending(r => r.Count == count)];
}
