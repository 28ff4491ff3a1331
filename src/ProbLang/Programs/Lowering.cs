using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// Turns a conditioned model into an array program. Latents become functions of an unconstrained position; arrays are
/// views, computed where they are read, and get memory only where that saves work (reads by another index, kernels,
/// recursion). Plates become loops over counters.
/// </summary>
internal sealed partial class Lowering
{
    private readonly ConditionedModel _model;
    private readonly TermTable _table = new();
    private readonly ArrayProgram _program;
    private readonly Buffer _position;
    private readonly Coordinates _coordinates;
    private readonly Dictionary<Variable, Storage> _storages = [];
    private readonly TermArrayMath _math;
    private readonly List<Counter> _active = [];
    private readonly ILookup<Variable, DefinitionState> _definitions;
    private readonly HashSet<(Variable Variable, int Cell)> _isOrdered;

    private readonly bool _isNonCentred;
    private readonly DensityKind _kind;

    private Lowering(ConditionedModel model, Coordinates coordinates, FinitePlan? plan, bool isNonCentred = false, DensityKind kind = DensityKind.Posterior, NewRows? newRows = null)
    {
        _newRows = newRows;
        _kind = kind;
        _plan = plan;
        _isNonCentred = isNonCentred;
        _model = model;
        _program = new ArrayProgram(_table);
        _coordinates = coordinates;
        _position = newRows?.Draw ?? new Buffer("q", coordinates.Dimension, BufferKind.Position);
        _math = new TermArrayMath(this);
        _definitions = model.Definitions.ToLookup(d => d.Definition.Variable);
        _isOrdered = model.OrderBounds.Select(b => (b.Variable, b.Cell)).ToHashSet();
        _groups = Dependencies.Groups([.. model.Graph.Variables.Where(v => !IsKnown(v))], StorageReads);
    }

    /// <summary>The log density on the unconstrained scale, with the Jacobians of its kind, and the buffer of its position.</summary>
    /// <param name="model">The model with its data.</param>
    /// <param name="coordinates">How its latents lie in the position.</param>
    /// <param name="plan">What is summed out; null where nothing is.</param>
    /// <param name="isNonCentred">Whether no coordinate stands centred, which the program may then rely on; otherwise it reads the choice.</param>
    /// <param name="kind">Which density.</param>
    public static LoweredProgram LogDensity(ConditionedModel model, Coordinates coordinates, FinitePlan? plan, bool isNonCentred, DensityKind kind = DensityKind.Posterior)
    {
        var lowering = new Lowering(model, coordinates, plan, isNonCentred, kind);
        lowering.CheckRanges();
        Term total = 0.0;
        foreach (var definition in model.Definitions)
            if (definition.Definition is { IsRandom: true, Variable.IsParameter: false }) total += lowering.DensityOf(definition);
        for (var f = 0; f < model.Factors.Count; f++) total += lowering.DensityOf(f);
        if (plan is not null) total += lowering.SumOf(plan.Groups);
        lowering._program.Total = total + lowering.LogJacobians();
        return lowering.Finish();
    }

    /// <summary>The reported cells that are functions of the position, each stored at its place among the outputs.</summary>
    public static LoweredProgram Outputs(ConditionedModel model, Coordinates coordinates, FinitePlan? plan, IReadOnlyList<ReportedCells> reported, int count)
    {
        var lowering = new Lowering(model, coordinates, plan);
        var output = new Buffer("output", count, BufferKind.Output);
        foreach (var cells in reported) lowering.StoreOutputs(cells, output);
        return lowering.Finish();
    }

    /// <summary>The location of every coordinate with a choice, then the scale of each.</summary>
    public static LoweredProgram Choices(ConditionedModel model, Coordinates coordinates, FinitePlan? plan)
    {
        var lowering = new Lowering(model, coordinates, plan);
        var output = new Buffer("choices", 2 * coordinates.CenteringCount, BufferKind.Output);
        foreach (var block in coordinates.Blocks.Where(b => b.HasChoice))
        {
            var roles = model[block.Definition.Definition.Variable].Roles;
            if (block.VectorSize > 0)
            {
                lowering.ForEachCell(block.Definition, 1, c => roles[c] == Role.Latent, (environment, batch, at) =>
                {
                    var choices = lowering.VectorChoices(block, environment, batch, at);
                    for (var i = 0; i < choices.Length; i++) Add(at * (double)choices.Length + (double)i, choices[i].Location, choices[i].Scale);
                });
                continue;
            }
            lowering.ForEachCell(block.Definition, 0, c => roles[c] == Role.Latent, (environment, batch, at) =>
            {
                var (_, _, location, scale) = lowering.Choice(block, environment, batch, at);
                Add(at, location, scale);
            });

            void Add(Term at, Term location, Term scale)
            {
                lowering.Effect(output, at + (double)block.ChoiceOffset, location);
                lowering.Effect(output, at + (double)(block.ChoiceOffset + coordinates.CenteringCount), scale);
            }
        }
        return lowering.Finish();
    }

    /// <summary>The tables of all that is summed out, one class after the other.</summary>
    public static LoweredProgram Tables(ConditionedModel model, Coordinates coordinates, FinitePlan plan)
    {
        var lowering = new Lowering(model, coordinates, plan);
        var output = new Buffer("tables", plan.Classes.Sum(c => c.Entries * c.Factors.Count), BufferKind.Output);
        var offset = 0;
        foreach (var own in plan.Classes)
        {
            lowering.ForEachEntry(own, isShared: false, (index, value) => lowering.Effect(output, index + (double)offset, value));
            offset += own.Entries * own.Factors.Count;
        }
        return lowering.Finish();
    }

    private LoweredProgram Finish() => new(_program, _position, _coordinates.Centering);

    private void StoreOutputs(ReportedCells reported, Buffer output)
    {
        var state = _model[reported.Variable];
        var computed = reported.Cells.Select((cell, at) => (Cell: cell, At: at + reported.Offset))
            .Where(c => state.Roles[c.Cell] is Role.Latent or Role.Computed).ToArray();
        if (computed.Length == 0) return;
        if (computed.Length == state.Count)
        {
            ForEach(state.Shape, index => Effect(output, Flat(index, state.Shape) + (double)reported.Offset, Read(reported.Variable, index)));
            return;
        }
        var places = new IntegerBuffer($"{reported.Variable}_at", [.. computed.Select(c => c.At)]);
        ForEach([computed.Length], index => Effect(output, Term.Load(_table, places, index[0]),
            Read(reported.Variable, Unflat(reported.Variable.Name, [.. computed.Select(c => c.Cell)], state.Shape, index[0]))));
    }

    // --- loops ---

    /// <summary>A counter inside of the loops that are open now.</summary>
    private Counter Enter(int extent)
    {
        var counter = _table.Counter(_active.Count, (double)extent);
        _active.Add(counter);
        return counter;
    }

    private void Leave(int count = 1) => _active.RemoveRange(_active.Count - count, count);

    /// <summary>Opens a loop a dimension and runs an action with the indices.</summary>
    private void ForEach(int[] shape, Action<Term[]> action)
    {
        var counters = Array.ConvertAll(shape, Enter);
        action(Array.ConvertAll(counters, _table.Value));
        Leave(shape.Length);
    }

    /// <summary>The sum of a body over every index of a shape.</summary>
    private Term SumOver(int[] shape, Func<Term[], Term> body)
    {
        if (shape.Contains(0)) return 0.0;
        var counters = Array.ConvertAll(shape, Enter);
        var sum = body(Array.ConvertAll(counters, _table.Value));
        for (var i = counters.Length - 1; i >= 0; i--) sum = Term.Sum(counters[i], sum);
        Leave(shape.Length);
        return sum;
    }

    /// <summary>A store in all the loops that are open now.</summary>
    private void Effect(Buffer buffer, Term index, Term value) =>
        _program.Add(new Store([.. _active], buffer, Term.AsInteger(_table, index), Term.AsReal(value), adds: false));

    /// <summary>Runs an action outside of all loops: for statements that a term inside of them turns out to need.</summary>
    private void AtTop(Action action)
    {
        var (saved, wasSequential) = (_active.ToArray(), _isSequential);
        _active.Clear();
        _isSequential = false;
        action();
        _active.AddRange(saved);
        _isSequential = wasSequential;
    }

    // --- indices ---

    private static Term Flat(ReadOnlySpan<Term> index, ReadOnlySpan<int> shape)
    {
        Term flat = 0.0;
        for (var i = 0; i < shape.Length; i++) flat = flat * (double)shape[i] + index[i];
        return flat;
    }

    /// <summary>The indices of the cells of a list, one list a dimension.</summary>
    private Term[] Unflat(string name, int[] cells, int[] shape, Term at)
    {
        var index = new Term[shape.Length];
        var stride = 1;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            var (step, size) = (stride, shape[d]);
            index[d] = Term.Load(_table, new IntegerBuffer($"{name}_{(char)('i' + d)}", Array.ConvertAll(cells, c => c / step % size)), at);
            stride *= shape[d];
        }
        return index;
    }

    // --- iterations ---

    /// <summary>
    /// Runs a body for every iteration of a definition that has a wanted cell: with the plates' indices bound, the target's
    /// cell index and the index within the block. Loops over all of it are nested counters; a part of it is a list.
    /// </summary>
    private void ForEachCell(DefinitionState definition, int eventRank, Func<int, bool> wanted, Action<Bindings, Term[], Term> body)
    {
        if (Groups(definition) is not { } groups)
        {
            ForEachCell(definition, Layout(definition, eventRank, wanted, null), body);
            return;
        }
        foreach (var group in groups)
        {
            _representative = group[0];
            ForEachCell(definition, Layout(definition, eventRank, wanted, group), body);
        }
        _representative = 0;
    }

    /// <summary>An iteration of the group that is being lowered.</summary>
    private int _representative;

    private readonly Dictionary<DefinitionState, int[][]?> _sizeGroups = [];

    /// <summary>The iterations of a definition by the sizes of the arrays in it; null where one program serves all.</summary>
    private int[][]? Groups(DefinitionState definition)
    {
        if (_sizeGroups.TryGetValue(definition, out var known)) return known;
        var groups = SizeGroups.Of(_model, definition);
        if (groups?.Length > MostGroups) throw Objection.TooManySizes(_model.Graph.Source, definition.Definition, groups.Length, MostGroups);
        return _sizeGroups[definition] = groups;
    }

    /// <summary>A program for each size: beyond this many it would be too long to compile.</summary>
    private const int MostGroups = 200;

    private void ForEachCell(DefinitionState definition, EventLayout layout, Action<Bindings, Term[], Term> body)
    {
        if (layout.Count == 0) return;
        if (layout.IsWhole)
        {
            int[] shape = [.. ExtentsOf(definition.Space), .. layout.BatchShape];
            ForEach(shape, index =>
            {
                var environment = PlateEnvironment(definition.Space, InRows(definition.Space, index));
                body(environment, index[definition.Extents.Length..], Flat(index, shape));
            });
            return;
        }
        ForEach([layout.Count], index =>
        {
            var environment = Bindings.Empty;
            var plates = definition.Definition.Plates;
            for (var p = 0; p < plates.Length; p++)
                environment = environment.With(plates[p].Loop, Term.Load(_table, layout.LoopLists[p], index[0]));
            var at = layout.Places is { } places ? Term.Load(_table, places, index[0]) : index[0];
            body(environment, Array.ConvertAll(layout.BatchLists, l => Term.Load(_table, l, index[0])), at);
        });
    }

    /// <summary>The sum of a value over the iterations of plates, of which those count whose gates hold.</summary>
    private Term SumIterations(IterationSpace space, string name, Func<Bindings, Term> value)
    {
        if (space.Count == 0) return 0.0;
        Term sum = 0.0;
        if (space.IsRectangular) ForEach(ExtentsOf(space), index => Add(PlateEnvironment(space, InRows(space, index))));
        else
        {
            var lists = space.LoopValues.Select((values, p) => new IntegerBuffer($"{name}_{space.Plates[p].Loop}", values)).ToArray();
            ForEach([space.Count], index =>
            {
                var environment = Bindings.Empty;
                for (var p = 0; p < lists.Length; p++) environment = environment.With(space.Plates[p].Loop, Term.Load(_table, lists[p], index[0]));
                Add(environment);
            });
        }
        return sum;

        void Add(Bindings environment)
        {
            sum = SumOverOpen(space, Term.AsReal(WhereHolds(space, environment, value(environment))));
        }
    }

    /// <summary>A value where the gates hold that the data do not decide, and 0 where they do not.</summary>
    private Term WhereHolds(IterationSpace space, Bindings environment, Term value)
    {
        for (var g = space.OpenGates.Length - 1; g >= 0; g--)
        {
            var condition = Scalar(space.OpenGates[g].Condition, environment);
            value = space.OpenGates[g].Side == GateSide.Then ? Term.Where(condition, value, 0.0) : Term.Where(condition, 0.0, value);
        }
        return value;
    }

    private static Bindings PlateEnvironment(DefinitionState definition, ReadOnlySpan<Term> index) => PlateEnvironment(definition.Space, index);

    private static Bindings PlateEnvironment(IterationSpace space, ReadOnlySpan<Term> index)
    {
        var environment = Bindings.Empty;
        for (var p = 0; p < space.Plates.Length; p++) environment = environment.With(space.Plates[p].Loop, index[p] + (double)space.First[p]);
        return environment;
    }

    private readonly Dictionary<(DefinitionState, int, string), EventLayout> _layouts = [];

    /// <summary>The events (cells, rows) of a definition of which some cell is wanted; of some iterations only where there is a group.</summary>
    private EventLayout Layout(DefinitionState definition, int eventRank, Func<int, bool> wanted, int[]? group)
    {
        var batchRank = definition.BlockShape.Length - eventRank;
        var batchShape = definition.BlockShape[..batchRank];
        var batch = batchShape.Aggregate(1, (a, b) => a * b);
        var inGroup = group?.ToHashSet();
        var events = new List<(int Iteration, int Batch)>();
        var places = new List<int>();
        var place = 0;
        // A place is among the latents, wanted or not: it finds the coordinate.
        var latents = _coordinates[definition] is null ? null : _model[definition.Definition.Variable].Roles;
        for (var i = 0; i < definition.Count; i++)
        {
            var size = definition.ShapeOf(i).AsSpan(batchRank).ToArray().Aggregate(1, (a, b) => a * b);
            var count = size == 0 ? 0 : definition.SizeOf(i) / size;
            for (var b = 0; b < count; b++)
            {
                var from = definition.Targets[i] + b * size;
                var isWanted = false;
                for (var c = 0; c < size && !isWanted; c++) isWanted = wanted(from + c);
                if (isWanted && (inGroup?.Contains(i) ?? true))
                {
                    events.Add((i, b));
                    places.Add(place);
                }
                if (latents?.AsSpan(from, size).Contains(Role.Latent) ?? isWanted) place++;
            }
        }
        var isWhole = group is null && definition.IsRectangular && definition.BlockLengths is null && events.Count == definition.Count * batch;
        if (isWhole || events.Count == 0) return new EventLayout(events.Count, isWhole, batchShape, [], [], null);
        // Equal lists are one list, so that loops over them share what they read.
        var key = (definition, eventRank, string.Join(',', events.Select(e => (long)e.Iteration * batch + e.Batch)));
        if (_layouts.TryGetValue(key, out var known)) return known;
        var name = definition.Definition.Variable.Name;
        var loops = definition.LoopValues.Select((values, p) =>
            new IntegerBuffer($"{name}_{definition.Definition.Plates[p].Loop}", [.. events.Select(e => values[e.Iteration])])).ToArray();
        var lists = new IntegerBuffer[batchRank];
        var stride = 1;
        for (var d = batchRank - 1; d >= 0; d--)
        {
            var (step, size) = (stride, batchShape[d]);
            lists[d] = new IntegerBuffer($"{name}_{d + 1}", [.. events.Select(e => e.Batch / step % size)]);
            stride *= size;
        }
        return _layouts[key] = new EventLayout(events.Count, false, batchShape, loops, lists, places.Index().All(p => p.Index == p.Item) ? null : new IntegerBuffer($"{name}_place", [.. places]));
    }

    /// <summary>Events and how to run through them: all in nested loops, or by lists.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="IsWhole">Whether they are all, so that nested loops will do.</param>
    /// <param name="BatchShape">How many draws an iteration has.</param>
    /// <param name="LoopLists">By event, the index of each plate.</param>
    /// <param name="BatchLists">By event, which draw.</param>
    /// <param name="Places">By event, its place among all with latents; null where these are all.</param>
    private sealed record EventLayout(int Count, bool IsWhole, int[] BatchShape, IntegerBuffer[] LoopLists, IntegerBuffer[] BatchLists, IntegerBuffer? Places);

    /// <summary>The 0-based cell index that a definition's left side names, with the index within its block.</summary>
    private Term[] TargetIndex(DefinitionState definition, Bindings environment, ReadOnlySpan<Term> block)
    {
        var indices = definition.Definition.Indices;
        var index = new Term[indices.Length + block.Length];
        for (var i = 0; i < indices.Length; i++) index[i] = Term.AsInteger(_table, Lower(indices[i], environment).Scalar - 1.0);
        block.CopyTo(index.AsSpan(indices.Length));
        return index;
    }
}

/// <summary>What the loops of the model stand for where an expression is lowered: counted from 1, as written.</summary>
internal sealed class Bindings
{
    private readonly Bindings? _outer;
    private readonly Loop? _loop;
    private readonly Term? _value;

    private Bindings(Bindings? outer, Loop? loop, Term? value) => (_outer, _loop, _value) = (outer, loop, value);

    public static Bindings Empty { get; } = new(null, null, null);

    public bool IsEmpty => _outer is null;

    public Bindings With(Loop loop, Term value) => new(this, loop, value);

    public Term this[Loop loop]
    {
        get
        {
            for (var at = this; at is not null; at = at._outer)
                if (at._loop == loop) return at._value!;
            throw new UnreachableException($"{loop} is not open here");
        }
    }
}

/// <summary>An array program with the buffers that its host fills.</summary>
internal sealed record LoweredProgram(ArrayProgram Program, Buffer Position, Buffer? Centering);
