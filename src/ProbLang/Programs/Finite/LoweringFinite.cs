using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Programs;

/// <summary>Discrete unknowns, summed out of the density.</summary>
internal sealed partial class Lowering
{
    // So many entries of a table are written out, so that what is picked by a value is a constant of its loop.
    private const int MostWrittenOut = 16;

    private readonly FinitePlan? _plan;
    private readonly Dictionary<FiniteClass, FactorLoop> _factorLoops = [];
    private readonly Dictionary<FiniteClass, (BufferSlice Table, bool IsShared)> _tables = [];

    /// <summary>A coordinate stands for a value in one range, whatever discrete unknowns are.</summary>
    private void CheckRanges()
    {
        if (_plan is null) return;
        foreach (var block in _coordinates.Blocks)
            if (!block.HasChoice && _plan.Reaches(TransformValues(block.Definition.Definition.Distribution!))) throw Objection.RangeOfDiscrete(_model.Graph.Source, block.Definition.Definition);
    }

    /// <summary>The log of the sum over the values of all cells. Chains are taken together, whatever their lengths, so that the program does not grow with these.</summary>
    private Term SumOf(IEnumerable<FiniteGroup> groups)
    {
        Term sum = 0.0;
        var chains = new Dictionary<int, List<FiniteGroup>>();
        foreach (var group in groups)
        {
            if (group.IsPlate) sum += SumOfPlate(group);
            else if (group.Path is null) sum += SumByKernel([group]);
            else if (chains.TryGetValue(group.Graph.Sizes[0], out var alike)) alike.Add(group);
            else chains.Add(group.Graph.Sizes[0], [group]);
        }
        foreach (var alike in chains.Values) sum += SumByKernel(alike);
        return sum;
    }

    /// <summary>Single cells: the sum over the values of each is part of the loop over the plate.</summary>
    private Term SumOfPlate(FiniteGroup group)
    {
        FiniteClass[] classes = [.. group.Classes];
        var loops = Array.ConvertAll(classes, LoopOf);
        if (!Array.TrueForAll(loops, l => l.IsWhole && l.Shape.AsSpan().SequenceEqual(loops[0].Shape))) loops = Array.ConvertAll(classes, c => FactorLoop.Listed(SpaceOf(c.Source), BatchOf(c), c));
        return SumOver(loops[0].Shape, index => _math.LogSumExp(group.Graph.Sizes[0], state =>
        {
            Term sum = 0.0;
            for (var c = 0; c < classes.Length; c++) sum += TermOf(classes[c], loops[c], index, [Term.AsReal(state) + (double)classes[c].Slots[0].Low]);
            return sum;
        }));
    }

    /// <summary>Anything else: tables of every factor, and a kernel that eliminates the cells, of a group or of several that are chains.</summary>
    private Term SumByKernel(List<FiniteGroup> groups)
    {
        var inputs = new List<BufferSlice>();
        var places = groups.ConvertAll(g => PlacesOf(g, inputs));
        SumKernel kernel = groups is [var only]
            ? SumKernels.Of(only.Tree, only.Components.Length, places[0])
            : SumKernels.OfPaths([.. groups.Zip(places, (g, own) => new Paths(g.Graph, g.Path!, g.Components.Length, own))]);
        var sums = Result("log_sums", kernel.Count, [.. inputs.Select(i => i.Buffer)]);
        _program.Add(kernel.Call([.. inputs], sums));
        return SumOver([kernel.Count], index => Term.Load(_table, sums, index[0]));
    }

    /// <summary>Where the tables of a group's factors are; inputs that are new are added.</summary>
    private ImmutableArray<TablePlace> PlacesOf(FiniteGroup group, List<BufferSlice> inputs)
    {
        var places = new TablePlace[group.Factors.Length];
        for (var f = 0; f < places.Length; f++)
        {
            var (own, tables) = group.Factors[f];
            var (table, isShared) = TableOf(own);
            var input = inputs.IndexOf(table);
            if (input < 0)
            {
                input = inputs.Count;
                inputs.Add(table);
            }
            places[f] = new TablePlace(input, Array.ConvertAll(tables, t => isShared ? 0 : t * own.Entries));
        }
        return [.. places];
    }

    /// <summary>The tables of a class, one after the other; where no loop changes them, one that serves all.</summary>
    private (BufferSlice Table, bool IsShared) TableOf(FiniteClass own)
    {
        if (_tables.TryGetValue(own, out var known)) return known;
        var stores = new List<(Counter[] Counters, Term Index, Term Value)>();
        var isShared = false;
        AtTop(() =>
        {
            isShared = !DependsOnLoop(own);
            ForEachEntry(own, isShared, (index, value) => stores.Add(([.. _active.Where(c => index.DependsOn(c) || value.DependsOn(c))], Term.AsInteger(_table, index), value)));
        });
        var length = own.Entries * (isShared ? 1 : own.Factors.Count);
        var buffer = Result($"table{_tables.Count}", length, stores.TrueForAll(s => s.Value.IsData), stores.Exists(s => s.Value.IsActive));
        foreach (var (counters, index, value) in stores) _program.Add(new Store(counters, buffer, index, value, adds: false));
        return _tables[own] = (new BufferSlice(buffer, 0), isShared);
    }

    /// <summary>Whether the tables of a class differ.</summary>
    private bool DependsOnLoop(FiniteClass own)
    {
        var slots = Array.ConvertAll(own.Slots, s => Enter(s.Count));
        var loop = LoopOf(own);
        var counters = Array.ConvertAll(loop.Shape, Enter);
        var term = TermOf(own, loop, Array.ConvertAll(counters, _table.Value), Values(own, Array.ConvertAll(slots, _table.Value)));
        Leave(slots.Length + counters.Length);
        return Array.Exists(counters, term.DependsOn);
    }

    /// <summary>Calls an action with the place and the value of each entry of each table, within the loops that they vary in.</summary>
    private void ForEachEntry(FiniteClass own, bool isShared, Action<Term, Term> entry)
    {
        var loop = LoopOf(own);
        int[] sizes = Array.ConvertAll(own.Slots, s => s.Count);
        if (own.Entries > MostWrittenOut)
        {
            ForEach(sizes, At);
            return;
        }
        for (var e = 0; e < own.Entries; e++) At(ConstantIndex(e, sizes));

        void At(Term[] slots) => ForEach(loop.Shape, index =>
        {
            var value = Term.AsReal(TermOf(own, loop, index, Values(own, slots)));
            var place = Flat(slots, sizes);
            entry(isShared ? place : Flat(index, loop.Shape) * (double)own.Entries + place, value);
        });
    }

    private static Term[] Values(FiniteClass own, Term[] states)
    {
        var values = new Term[states.Length];
        for (var s = 0; s < values.Length; s++) values[s] = Term.AsReal(states[s]) + (double)own.Slots[s].Low;
        return values;
    }

    // --- a factor ---

    /// <summary>What a factor adds to the log density, where its cells have these values.</summary>
    private Term TermOf(FiniteClass own, FactorLoop loop, Term[] index, Term[] values)
    {
        var (outer, representative) = (_finite, _representative);
        _representative = own.Source.Kind == FiniteKind.Draw ? own.Factors[0].Iteration : representative;
        _finite = new FiniteContext(own, Array.ConvertAll(index, i => i.Counter), values);
        var (environment, batch) = loop.At(_table, index);
        var term = own.Source.Kind switch
        {
            FiniteKind.Draw => DrawTerm(own, loop, index, environment, batch),
            FiniteKind.Condition => Where(ElementOf(_model.Conditions[own.Source.Number].Condition, environment, batch), 0.0, double.NegativeInfinity),
            _ => Scalar(_model.Factors[own.Source.Number].Factor.Value, environment),
        };
        if (!own.IsDrawn) term = WhereHolds(loop.Space, environment, term);
        else if (_model.Definitions[own.Source.Number].Definition.Distribution!.Type != ElementType.Real)
        {
            // A cell that is not there is one of its values, all alike, and says nothing of anything else.
            var even = -Math.Log(own.Slots[0].Count);
            term = WhereHolds(loop.Space, environment, term - even) + even;
        }
        (_finite, _representative) = (outer, representative);
        return term;
    }

    private Term ElementOf(Bound value, Bindings environment, Term[] batch)
    {
        var view = Lower(value, environment);
        return Term.AsReal(view.Rank == 0 ? view.Scalar : view[batch]);
    }

    private Term DrawTerm(FiniteClass own, FactorLoop loop, Term[] index, Bindings environment, Term[] batch)
    {
        if (!own.IsDrawn || _coordinates[_model.Definitions[own.Source.Number]] is not { } block || !IsWhollyInBranch(block)) return DrawTerm(own, loop, environment, batch);
        var places = new Dictionary<int, int>();
        foreach (var cell in block.Cells) places.Add(cell, places.Count);
        var at = Listed(Flat(index, loop.Shape), [.. own.Factors.Select(f => places[block.Definition.Targets[f.Iteration] + f.Element])]);
        return WithStandIn(block, environment, batch, at, (inside, element, _) => DrawTerm(own, loop, inside, element));
    }

    private Term DrawTerm(FiniteClass own, FactorLoop loop, Bindings environment, Term[] batch)
    {
        var definition = _model.Definitions[own.Source.Number];
        var distribution = definition.Definition.Distribution!;
        var x = Target(definition, definition.EventRank, environment, batch);
        while (distribution is RepeatedDistribution repeated) (distribution, batch) = (repeated.Base, batch[repeated.Sizes.Length..]);
        if (x.Rank > 0 || distribution is ChoiceDistribution or MixtureDistribution or MixtureComprehension) return WherePossible(own, distribution, environment, batch, () => Density(distribution, environment, batch, x));
        var (lower, upper) = loop.Guards ??= Guards(own, loop);
        var support = Support(distribution, environment, batch);
        var whole = new Bounds<Term>(support.Lower, support.HasLower && !lower, support.Upper, support.HasUpper && !upper);
        return WherePossible(own, distribution, environment, batch, () => AtValue(distribution, whole, environment, batch, x));
    }

    /// <summary>On which sides a value may lie outside of the support for some values of the cells.</summary>
    private (bool Lower, bool Upper) Guards(FiniteClass own, FactorLoop loop)
    {
        loop.Guards = (false, false);
        var saved = _active.ToArray();
        _active.Clear();
        var slots = Array.ConvertAll(own.Slots, s => Enter(s.Count));
        var index = Array.ConvertAll(loop.Shape, s => _table.Value(Enter(s)));
        var outer = _finite;
        _finite = new FiniteContext(own, Array.ConvertAll(index, i => i.Counter), Values(own, Array.ConvertAll(slots, _table.Value)));
        var definition = _model.Definitions[own.Source.Number];
        var (environment, batch) = loop.At(_table, index);
        var distribution = definition.Definition.Distribution!;
        while (distribution is RepeatedDistribution repeated) (distribution, batch) = (repeated.Base, batch[repeated.Sizes.Length..]);
        var support = Support(distribution, environment, batch);
        _finite = outer;
        _active.Clear();
        _active.AddRange(saved);
        // Where the cell itself is summed over, its range may be wider than this draw's own.
        bool Varies(Term end, double own) => slots.Any(end.DependsOn) || end.Kind != TermKind.Constant || !(end.Value == own);
        return own.IsDrawn && definition.Definition.Distribution!.Type != ElementType.Real
            ? (support.HasLower && Varies(support.Lower, own.Slots[0].Low), support.HasUpper && Varies(support.Upper, own.Slots[0].Low + own.Slots[0].Count - 1))
            : (support.HasLower && slots.Any(support.Lower.DependsOn), support.HasUpper && slots.Any(support.Upper.DependsOn));
    }

    // --- loops over the factors of a class ---

    private FactorLoop LoopOf(FiniteClass own)
    {
        if (!_factorLoops.TryGetValue(own, out var loop)) _factorLoops.Add(own, loop = FactorLoop.Of(SpaceOf(own.Source), BatchOf(own), own));
        return loop;
    }

    private IterationSpace SpaceOf(FiniteSource source) => source.Kind switch
    {
        FiniteKind.Draw => _model.Definitions[source.Number].Space,
        FiniteKind.Condition => _model.Conditions[source.Number].Space,
        _ => _model.Factors[source.Number].Space,
    };

    /// <summary>The shape of the draws, or the elements, of an iteration.</summary>
    private int[] BatchOf(FiniteClass own)
    {
        var first = own.Factors[0];
        if (own.Source.Kind != FiniteKind.Draw) return first.Shape;
        var definition = _model.Definitions[own.Source.Number];
        return definition.ShapeOf(first.Iteration)[..^definition.EventRank];
    }
}
