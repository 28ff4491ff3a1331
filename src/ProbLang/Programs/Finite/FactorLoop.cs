using ProbLang.Analysis;

namespace ProbLang.Programs;

/// <summary>How a program runs over the factors of a class: in nested loops where they are all of a statement's, else by a list.</summary>
internal sealed class FactorLoop
{
    private readonly IntegerBuffer[] _lists;
    private readonly int _batchRank;

    private FactorLoop(IterationSpace space, int[] shape, int batchRank, IntegerBuffer[] lists) => (Space, Shape, _batchRank, _lists) = (space, shape, batchRank, lists);

    public IterationSpace Space { get; }

    /// <summary>The sizes of the loops; the factors lie in their order.</summary>
    public int[] Shape { get; }

    /// <summary>Whether the loops are the statement's own.</summary>
    public bool IsWhole => _lists.Length == 0;

    /// <summary>On which sides a draw may lie outside of its support; null as long as it is not known.</summary>
    public (bool Lower, bool Upper)? Guards { get; set; }

    public static FactorLoop Of(IterationSpace space, int[] batch, FiniteClass own)
    {
        int[] shape = [.. space.Extents, .. batch];
        var isWhole = space.IsRectangular && own.Factors.Count == Tensor.CountOf(shape);
        return isWhole ? new FactorLoop(space, shape, batch.Length, []) : Listed(space, batch, own);
    }

    public static FactorLoop Listed(IterationSpace space, int[] batch, FiniteClass own)
    {
        var name = $"{own.Source.Kind}{own.Source.Number}".ToLowerInvariant();
        var lists = space.LoopValues.Select((values, p) => new IntegerBuffer($"{name}_{space.Plates[p].Loop}", [.. own.Factors.Select(f => values[f.Iteration])])).ToList();
        for (var d = 0; d < batch.Length; d++)
            lists.Add(new IntegerBuffer($"{name}_{d + 1}", [.. own.Factors.Select(f => FiniteScopes.Index(f.Element, batch)[d])]));
        return new FactorLoop(space, [own.Factors.Count], batch.Length, [.. lists]);
    }

    /// <summary>The statement's indices, and which of its draws or elements it is, at an index of the loops.</summary>
    public (Bindings Environment, Term[] Batch) At(TermTable table, Term[] index)
    {
        var plates = Space.Plates.Length;
        var environment = Bindings.Empty;
        for (var p = 0; p < plates; p++) environment = environment.With(Space.Plates[p].Loop, IsWhole ? index[p] + (double)Space.First[p] : Term.Load(table, _lists[p], index[0]));
        var batch = new Term[_batchRank];
        for (var d = 0; d < _batchRank; d++) batch[d] = IsWhole ? index[plates + d] : Term.Load(table, _lists[plates + d], index[0]);
        return (environment, batch);
    }
}

/// <summary>Where a factor is being lowered: the loops that run over its class, and the values of the cells that it depends on.</summary>
internal sealed record FiniteContext(FiniteClass Class, Counter[] Counters, Term[] Values);
