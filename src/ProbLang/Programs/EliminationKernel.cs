using System.Collections.Immutable;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>Log sums of components of one structure by its clique tree: factor f of component c is the table at the c-th offset of the f-th place.</summary>
internal sealed unsafe class EliminationKernel : SumKernel
{
    private readonly CliqueTree _tree;
    private readonly int _count;
    private readonly ImmutableArray<TablePlace> _factors;
    private readonly int _work;

    /// <exception cref="ArgumentException">Work areas for all components have more numbers than an array can, or entries of a table are apart.</exception>
    public EliminationKernel(CliqueTree tree, int count, ImmutableArray<TablePlace> factors) : base(TablePlace.Inputs(factors))
    {
        if (tree.Work > Array.MaxLength / Math.Max(1, count)) throw new ArgumentException($"{count} components with {tree.Entries} entries each are more than an array holds");
        (_tree, _count, _factors) = (tree, count, [.. factors.Select(f => f.Packed())]);
        _work = (int)tree.Work;
    }

    public override string Name => $"eliminate {_count}x{_tree.Graph.Sizes.Length} width {_tree.Width}";

    public override int Count => _count;

    public override int Saved => _count * _work;

    /// <summary>The addresses of one component's tables.</summary>
    public override int Work => _factors.Length;

    protected override void Run(double** tables, double* logSums, double* saved, double* work)
    {
        var factors = (double**)work;
        var looks = new BatchTicker(_work);
        for (var c = 0; c < _count; c++)
        {
            looks.Tick();
            for (var f = 0; f < _factors.Length; f++) factors[f] = tables[_factors[f].Input] + _factors[f].Offsets[c];
            logSums[c] = SumProduct.Collect(_tree, factors, saved + (long)c * _work);
        }
    }

    protected override void Adjoint(double** tables, double* saved, double* seeds, double** gradients, double* work)
    {
        var factors = (double**)work;
        var looks = new BatchTicker(_work);
        for (var c = 0; c < _count; c++)
        {
            looks.Tick();
            for (var f = 0; f < _factors.Length; f++) factors[f] = gradients[_factors[f].Input] is var g && g != null ? g + _factors[f].Offsets[c] : null;
            SumProduct.Distribute(_tree, saved + (long)c * _work);
            SumProduct.AddExpectations(_tree, saved + (long)c * _work, factors, seeds[c]);
        }
    }
}
