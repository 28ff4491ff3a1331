using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>What a factor reads of discrete unknowns: which of its cells, is found by looking at every factor that the loop stands for.</summary>
internal sealed partial class Lowering
{
    private readonly Dictionary<(FiniteClass?, Variable, Term, string), Picks> _picks = [];
    private readonly Dictionary<Variable, Buffer> _given = [];
    private FiniteContext? _finite;

    /// <summary>What is read at a place, for every setting of the loops that the place depends on.</summary>
    /// <param name="At">The place in the lists below.</param>
    /// <param name="Which">For each setting a choice; below 0 where there is none, or where it is never read.</param>
    private sealed record Picks(Term At, int[] Which);

    private const int Given = -1;
    private const int Never = -2;

    /// <summary>A cell of a variable with discrete latents, or of one that is computed of such.</summary>
    private Term ReadFinite(Variable variable, Term[] at, Term flat)
    {
        if (_plan!.Cells.Has(variable)) return ReadCell(variable, flat);
        if (StorageOf(variable).Formula is { } formula && !_groups.ContainsKey(variable)) return Formula(formula, at);
        return ReadComputed(variable, flat);
    }

    private Term ReadCell(Variable variable, Term flat)
    {
        if (_finite is not { } context) return ReadGiven(variable, flat);
        var picks = PicksOf(context, variable, flat, (factor, cell) => _plan!.Cells.NumberOf(variable, cell) switch
        {
            < 0 => Given,
            var number => Array.IndexOf(factor!.Scope.Cells, number) is >= 0 and var slot ? slot : Never,
        });
        return Select(picks, slot => slot == Given ? Term.Load(_table, GivenOf(variable), flat) : context.Values[slot]);
    }

    /// <summary>What does not depend on unknowns may still read an array of which the data give other cells.</summary>
    private Term ReadGiven(Variable variable, Term flat)
    {
        if (!flat.IsData || Array.Exists(flat.Free, c => c.Size < 0)) throw Objection.DiscreteLatent(_model.Graph.Source, variable);
        var last = _model[variable].Count - 1;
        if (IndexRange.Table(flat, cell => Math.Clamp(cell, 0, last)).Any(cell => _plan!.Cells.NumberOf(variable, cell) >= 0)) throw Objection.DiscreteLatent(_model.Graph.Source, variable);
        return Term.Load(_table, GivenOf(variable), flat);
    }

    /// <summary>What several statements compute, or one in an order of its own: the right side of the statement that does, for each setting.</summary>
    private Term ReadComputed(Variable variable, Term flat)
    {
        var state = _model[variable];
        var picks = PicksOf(_finite, variable, flat, (factor, cell) =>
        {
            if (!double.IsNaN(state.Values[cell])) return Given;
            // Where no sum is taken, a cell may be read that is computed of other things.
            return factor is null && _plan!.IsReached(state, cell) ? throw Objection.ComputedOfDiscrete(_model.Graph.Source, variable) : _plan!.OwnerOf(state, cell).Definition;
        });
        return Select(picks, definition => definition == Given ? Term.Load(_table, GivenOf(variable), flat) : ComputedBy(definition, state, picks, flat));
    }

    private Term ComputedBy(int number, VariableState state, Picks picks, Term flat)
    {
        var definition = _model.Definitions[number];
        // For each setting the iteration that defines the cell, and the cell's place in its block.
        var iterations = PicksOf(_finite, state.Variable, flat, (_, cell) => _plan!.OwnerOf(state, cell) is var (own, iteration) && own == number ? iteration : Never, $"i{number}").Which;
        var places = PicksOf(_finite, state.Variable, flat, (_, cell) => _plan!.OwnerOf(state, cell) is var (own, iteration) && own == number ? cell - definition.Targets[iteration] : Never, $"b{number}").Which;
        var environment = Bindings.Empty;
        for (var p = 0; p < definition.Definition.Plates.Length; p++)
            environment = environment.With(definition.Definition.Plates[p].Loop, Listed(picks.At, Array.ConvertAll(iterations, i => i < 0 ? definition.LoopValues[p][0] : definition.LoopValues[p][i])));
        var block = new Term[definition.BlockShape.Length];
        var stride = 1;
        for (var d = block.Length - 1; d >= 0; d--)
        {
            var (step, size) = (stride, definition.BlockShape[d]);
            block[d] = Listed(picks.At, Array.ConvertAll(places, b => b < 0 ? 0 : b / step % size));
            stride *= size;
        }
        return CellValue(definition, environment, block, 0.0);
    }

    /// <summary>An entry of a list of integers, the number itself where all are equal.</summary>
    private Term Listed(Term at, int[] values) =>
        Array.TrueForAll(values, v => v == values[0]) ? (double)values[0] : Term.Load(_table, new IntegerBuffer($"at{_lists++}", values), at);

    /// <summary>The value of the choice that holds; where there are several, by comparing.</summary>
    private Term Select(Picks picks, Func<int, Term> value)
    {
        int[] distinct = [.. picks.Which.Where(w => w != Never).Distinct().Order()];
        if (distinct.Length == 0) return 0.0;
        var chosen = value(distinct[^1]);
        if (distinct.Length == 1) return chosen;
        var which = Term.AsReal(Term.Load(_table, new IntegerBuffer($"which{_lists++}", picks.Which), picks.At));
        for (var i = distinct.Length - 2; i >= 0; i--)
            chosen = Term.Where(Term.Apply(Op.Equal, which, (double)distinct[i]), Term.AsReal(value(distinct[i])), Term.AsReal(chosen));
        return chosen;
    }

    private Picks PicksOf(FiniteContext? context, Variable variable, Term flat, Func<FiniteFactor?, int, int> choose, string purpose = "")
    {
        var key = (context?.Class, variable, flat, purpose);
        if (_picks.TryGetValue(key, out var known)) return known;
        if (!flat.IsData) throw Objection.DiscreteLatent(_model.Graph.Source, variable);
        var outer = context?.Counters ?? [];
        Counter[] counters = [.. outer, .. flat.Free.Except(outer)];
        if (Array.Exists(counters, c => c.Size < 0)) throw Objection.VaryingLength(_model.Graph.Source, variable.Span);
        var sizes = Array.ConvertAll(counters, c => c.Size);
        var which = new int[sizes.Aggregate(1, (a, b) => a * b)];
        var inner = which.Length / (context?.Class.Factors.Count ?? 1);
        var settings = new Dictionary<Counter, int>();
        var last = _model[variable].Count - 1;
        for (var i = 0; i < which.Length; i++)
        {
            for (int d = counters.Length - 1, rest = i; d >= 0; rest /= sizes[d], d--) settings[counters[d]] = rest % sizes[d];
            which[i] = choose(context?.Class.Factors[i / inner], Math.Clamp((int)IndexRange.Evaluate(flat, settings), 0, last));
        }
        return _picks[key] = new Picks(Flat(Array.ConvertAll(counters, _table.Value), sizes), which);
    }

    private Buffer GivenOf(Variable variable)
    {
        if (!_given.TryGetValue(variable, out var buffer))
            _given.Add(variable, buffer = new Buffer($"{variable}_given", _model[variable].Count, BufferKind.Data) { Initial = Blockwise.Map(_model[variable].Values, v => double.IsNaN(v) ? 0 : v) });
        return buffer;
    }
}
