using System.Collections.Immutable;
using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// Log sums of chains with the same number of states. Steps of all chains are counted through, as are transitions, of which a chain has one less:
/// a place of unaries has an offset for each step, one of transitions for each transition, <see cref="TablePlace.None"/> where it has no table there.
/// A transition's table has the earlier state slowest. One table that all transitions share is exponentiated once; unaries that follow each other
/// are not copied.
/// </summary>
internal sealed unsafe class ChainKernel : SumKernel
{
    private readonly ChainPart[] _parts;
    private readonly TableRun[] _transitions;
    private readonly ChainShape _shared;
    private readonly int _states;
    private readonly int _saved;
    private readonly int _work;

    /// <param name="states">How many states each step has.</param>
    /// <param name="lengths">The steps of each chain, at least one.</param>
    /// <param name="unaries">Places with an offset for each step.</param>
    /// <param name="transitions">Places with an offset for each transition.</param>
    /// <exception cref="OverflowException">The chains need more numbers than an array holds.</exception>
    public ChainKernel(int states, ImmutableArray<int> lengths, ImmutableArray<TablePlace> unaries, ImmutableArray<TablePlace> transitions)
        : base(TablePlace.Inputs(unaries.Concat(transitions)))
    {
        _states = states;
        var count = lengths.Sum() - lengths.Length;
        var isHomogeneous = transitions.All(t => t.IsShared);
        _shared = new ChainShape(2, states, isHomogeneous);
        _transitions = count > 0 && isHomogeneous ? [.. transitions.SelectMany(t => t.Packed().Runs(0, 1))] : [];
        _parts = new ChainPart[lengths.Length];
        var (step, transition) = (0, 0);
        // What all transitions share is summed and prepared once, before all chains.
        long saved = isHomogeneous ? _shared.Table + states * states : 0, work = 0;
        for (var c = 0; c < lengths.Length; c++)
        {
            var shape = new ChainShape(lengths[c], states, isHomogeneous);
            var part = _parts[c] = new ChainPart(shape, checked((int)saved), [.. unaries.SelectMany(u => u.Runs(step, shape.Steps))],
                isHomogeneous ? [] : [.. transitions.SelectMany(t => t.Packed().Runs(transition, shape.Tables))]);
            saved += part.Saved;
            work = Math.Max(work, part.Work);
            (step, transition) = (step + lengths[c], transition + lengths[c] - 1);
        }
        (_saved, _work) = (checked((int)saved), checked((int)work));
    }

    public override string Name =>
        $"chain {_parts.Length}x{_states} steps {_parts.Sum(p => p.Shape.Steps)}{(_shared.IsHomogeneous ? "" : " inhomogeneous")}";

    public override int Count => _parts.Length;

    public override int Saved => _saved;

    public override int Work => _work;

    protected override void Run(double** tables, double* logSums, double* saved, double* work)
    {
        var shared = Shared(tables, saved);
        if (_shared.IsHomogeneous && _transitions.Length != 1) Assemble(_transitions, 1, _states * _states, tables, shared);
        if (_shared.IsHomogeneous) TransitionTable.Prepare(_shared, shared, saved);
        var numbers = 0L;
        for (var c = 0; c < _parts.Length; c++)
        {
            var part = _parts[c];
            Look(part, ref numbers);
            double* unaries = work, transitions = shared, prepared = saved;
            if (part.IsInPlace) unaries = tables[part.Unaries[0].Input] + part.Unaries[0].Offset;
            else Assemble(part.Unaries, part.Shape.Steps, _states, tables, unaries);
            if (!_shared.IsHomogeneous)
            {
                transitions = part.LogTransitions(saved);
                prepared = part.Tables(saved);
                Assemble(part.Transitions, part.Shape.Tables, _states * _states, tables, transitions);
                ForwardBackward.Prepare(part.Shape, transitions, prepared);
            }
            logSums[c] = ForwardBackward.Forward(part.Shape, unaries, transitions, prepared, part.Area(saved));
        }
    }

    protected override void Adjoint(double** tables, double* saved, double* seeds, double** gradients, double* work)
    {
        var shared = Shared(tables, saved);
        var numbers = 0L;
        for (var c = 0; c < _parts.Length; c++)
        {
            var part = _parts[c];
            Look(part, ref numbers);
            var transitions = _shared.IsHomogeneous ? _transitions.AsSpan(0, part.Shape.Tables * _transitions.Length) : part.Transitions;
            var pairs = IsWanted(transitions, gradients) ? part.Pairs(work) : null;
            ForwardBackward.Backward(part.Shape, _shared.IsHomogeneous ? shared : part.LogTransitions(saved), _shared.IsHomogeneous ? saved : part.Tables(saved),
                part.Area(saved), work, pairs);
            Scatter(part.Unaries, 1, part.Shape, work, seeds[c], gradients);
            if (pairs != null) Scatter(transitions, _states, part.Shape, pairs, seeds[c], gradients);
        }
    }

    /// <summary>Between chains the computation may end, where some thousand numbers have been computed.</summary>
    private static void Look(ChainPart part, ref long numbers)
    {
        if ((numbers += part.Work) < 1 << 14) return;
        numbers = 0;
        Budget.Current.Check();
    }

    /// <summary>The table that all transitions share, where it stands or where the sum of several is put.</summary>
    private double* Shared(double** tables, double* saved) => _transitions is [var run] ? tables[run.Input] + run.Offset : saved + _shared.Table;

    /// <summary>The sum of the tables in each place, one after the other.</summary>
    private static void Assemble(ReadOnlySpan<TableRun> runs, int count, int size, double** tables, double* sums)
    {
        var covers = !runs.IsEmpty && runs[0].Count == count;
        if (!covers) new Span<double>(sums, count * size).Clear();
        for (var r = 0; r < runs.Length; r++)
        {
            var run = runs[r];
            double* source = tables[run.Input] + run.Offset, target = sums + (long)run.First * size;
            var isFirst = covers && r == 0;
            if (run.IsPacked(size)) LogRows.Add(source, target, run.Count * size, isFirst);
            else
                for (var t = 0; t < run.Count; t++) LogRows.AddSpaced(source + (long)t * run.Stride, run.Spacing, target + (long)t * size, size, isFirst);
        }
    }

    private static bool IsWanted(ReadOnlySpan<TableRun> runs, double** gradients)
    {
        foreach (var run in runs)
            if (gradients[run.Input] != null) return true;
        return false;
    }

    /// <summary>Adds expectations, whose rows are in whole lanes, to the gradients of the tables in each place.</summary>
    private static void Scatter(ReadOnlySpan<TableRun> runs, int rows, in ChainShape shape, double* expectations, double seed, double** gradients)
    {
        foreach (var run in runs)
        {
            if (gradients[run.Input] == null) continue;
            double* source = expectations + (long)run.First * rows * shape.Padded, target = gradients[run.Input] + run.Offset;
            if (run.IsPacked(rows * shape.States))
            {
                LogRows.AddFromPadded(source, run.Count * rows, shape.States, seed, target);
                continue;
            }
            for (var t = 0; t < run.Count; t++, source += rows * shape.Padded, target += run.Stride)
            {
                if (run.Spacing == 1) LogRows.AddFromPadded(source, rows, shape.States, seed, target);
                else LogRows.AddToSpaced(seed, source, shape.States, target, run.Spacing);
            }
        }
    }
}
