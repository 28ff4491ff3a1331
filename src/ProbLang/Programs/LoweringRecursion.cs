using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang.Programs;

internal sealed partial class Lowering
{
    /// <summary>For a variable whose cells depend on each other: all that recur through each other.</summary>
    private readonly Dictionary<Variable, Variable[]> _groups;

    /// <summary>The cells that the present iteration of a recursion defines, as terms.</summary>
    private readonly Dictionary<(Variable, Term), Term> _inIteration = [];

    /// <summary>What the value of a variable is computed from: a right side, or what its latents' transforms use.</summary>
    private IEnumerable<Variable> StorageReads(Variable variable) => _definitions[variable].SelectMany(StorageReads);

    private IEnumerable<Variable> StorageReads(DefinitionState definition) => StorageValues(definition).SelectMany(Dependencies.Of);

    private IEnumerable<Bound> StorageValues(DefinitionState definition)
    {
        if (definition.Definition.Value is { } value) return [value];
        if (_coordinates[definition] is not { } block) return [];
        var distribution = definition.Definition.Distribution!;
        var bounds = new[] { definition.Definition.Variable.Lower, definition.Definition.Variable.Upper }.OfType<Bound>();
        return (block.HasChoice ? Parts.Of(distribution) : TransformValues(distribution)).Concat(bounds);
    }

    private static IEnumerable<Bound> TransformValues(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution catalog => SupportProbe.Of(catalog).Arguments,
        RepeatedDistribution repeated => TransformValues(repeated.Base),
        ChoiceDistribution choice => MayBeBounded(choice) ? [choice.Condition, .. TransformValues(choice.Then), .. TransformValues(choice.Else)] : [],
        _ => Parts.Of(distribution),
    };

    /// <summary>Fills the memory of variables that recur through each other: first what starts the recursion, then sequential loops.</summary>
    private void FillRecursive(Variable[] group)
    {
        foreach (var variable in group) StorageOf(variable).Memory = CreateMemory(variable);
        var definitions = _model.Definitions.Where(d => group.Contains(d.Definition.Variable)).ToArray();
        var recursive = new List<DefinitionState>();
        foreach (var definition in definitions)
        {
            if (StorageReads(definition).Any(group.Contains)) recursive.Add(definition);
            else Fill(definition, StorageOf(definition.Definition.Variable).Memory!);
        }
        var wasSequential = _isSequential;
        _isSequential = true;
        foreach (var stage in Stages(recursive))
        {
            if (stage is [{ Definition.Plates.Length: 0 } alone]) FillOnce(alone);
            else AddScans(stage);
        }
        _isSequential = wasSequential;
    }

    /// <summary>Cells that a recursion starts, ends or goes on from: a loop of one iteration, which keeps its place in the order.</summary>
    private void FillOnce(DefinitionState definition)
    {
        var (memory, shape) = (StorageOf(definition.Definition.Variable).Memory!, _model[definition.Definition.Variable].Shape);
        var once = Enter(1);
        var stores = new List<Store>();
        ForEachCell(definition, 0, c => IsWanted(_model[definition.Definition.Variable], c), (environment, block, at) =>
            stores.Add(new Store([.. _active], memory, Flat(TargetIndex(definition, environment, block), shape), CellValue(definition, environment, block, at), adds: false)));
        Leave();
        _program.Add(new Scan([once], [.. stores], isReversed: false));
    }

    /// <summary>
    /// Definitions whose iterations are interleaved in the order of evaluation recur through each other and share a loop; the
    /// others come before or after it.
    /// </summary>
    private List<List<DefinitionState>> Stages(List<DefinitionState> definitions)
    {
        var last = new Dictionary<int, int>();
        for (var at = 0; at < _model.Order.Count; at++) last[_model.Order[at].Definition] = at;
        var stages = new List<List<DefinitionState>>();
        var end = -1;
        for (var at = 0; at < _model.Order.Count; at++)
        {
            var number = _model.Order[at].Definition;
            var definition = _model.Definitions[number];
            if (!definitions.Contains(definition) || stages.Exists(s => s.Contains(definition))) continue;
            if (at > end) stages.Add([]);
            stages[^1].Add(definition);
            end = Math.Max(end, last[number]);
        }
        return stages;
    }

    private void AddScans(List<DefinitionState> stage)
    {
        if (Segments(stage) is { } segments && RecursionOrder.Of(_model, segments, StorageValues) is { } order)
        {
            foreach (var segment in order.Segments) _program.Add(LowerSegment(segment, order.IsReversed));
            return;
        }
        if (RecursionOrder.OfShared(_model, [.. stage], StorageValues) is var (definitions, isReversed))
        {
            int[] shared = [.. Enumerable.Range(0, definitions[0].Count).Where(i => Array.Exists(definitions, d => IsWanted(d, i)))];
            _program.Add(LowerInOrder(definitions, shared, isReversed));
            return;
        }
        // One definition can always run through its iterations in the order of their dependencies.
        if (stage is not [var alone]) throw Objection.Recursion(_model.Graph.Source, stage[0].Definition.Variable);
        var number = _model.Definitions.ToList().IndexOf(alone);
        int[] sequence = [.. _model.Order.Where(r => r.Definition == number).SelectMany(r => Enumerable.Range(r.First, r.Count)).Where(i => IsWanted(alone, i))];
        _program.Add(LowerInOrder([alone], sequence, isReversed: false));
    }

    /// <summary>The loops that definitions share; null where their plates differ.</summary>
    private List<Segment>? Segments(List<DefinitionState> definitions)
    {
        var first = definitions[0];
        var plates = first.Definition.Plates.Length;
        foreach (var definition in definitions)
            if (plates == 0 || definition.Definition.Plates.Length != plates || !definition.IsRectangular
                || !definition.First.AsSpan(0, plates - 1).SequenceEqual(first.First.AsSpan(0, plates - 1))
                || !definition.Extents.AsSpan(0, plates - 1).SequenceEqual(first.Extents.AsSpan(0, plates - 1)))
                return null;
        var ranges = definitions.ConvertAll(Range);
        var ends = ranges.SelectMany(r => new[] { r.Low, r.High + 1 }).Distinct().Order().ToArray();
        var segments = new List<Segment>();
        for (var i = 0; i + 1 < ends.Length; i++)
        {
            var (low, high) = (ends[i], ends[i + 1] - 1);
            DefinitionState[] active = [.. definitions.Where((_, d) => ranges[d].Low <= low && high <= ranges[d].High)];
            if (active.Length > 0) segments.Add(new Segment(active, low, high));
        }
        return segments;
    }

    /// <summary>The values of the innermost plate's index for which a cell is a function of the latents.</summary>
    private (int Low, int High) Range(DefinitionState definition)
    {
        var state = _model[definition.Definition.Variable];
        var inner = definition.LoopValues[^1];
        var (low, high) = (int.MaxValue, int.MinValue);
        for (var i = 0; i < definition.Count; i++)
        {
            if (!IsWanted(state, definition.Targets[i])) continue;
            low = Math.Min(low, inner[i]);
            high = Math.Max(high, inner[i]);
        }
        return low > high ? (0, -1) : (low, high);
    }

    private Scan LowerSegment(Segment segment, bool isReversed)
    {
        var outer = segment.Definitions[0];
        var plates = outer.Definition.Plates.Length;
        var counters = new Counter[plates];
        var index = new Term[plates];
        for (var p = 0; p < plates; p++)
        {
            var isInner = p == plates - 1;
            counters[p] = Enter(isInner ? segment.High - segment.Low + 1 : outer.Extents[p]);
            index[p] = _table.Value(counters[p]) + (double)(isInner ? segment.Low : outer.First[p]);
        }
        var stores = new List<Store>();
        foreach (var definition in segment.Definitions) LowerIteration(definition, index, stores);
        _inIteration.Clear();
        Leave(plates);
        return new Scan(counters, [.. stores], isReversed);
    }

    /// <summary>A loop through iterations that definitions share.</summary>
    private Scan LowerInOrder(DefinitionState[] definitions, int[] order, bool isReversed)
    {
        var first = definitions[0];
        var counter = Enter(order.Length);
        var index = new Term[first.LoopValues.Length];
        for (var p = 0; p < index.Length; p++)
            index[p] = Term.Load(_table, new IntegerBuffer($"{first.Definition.Variable}_{first.Definition.Plates[p].Loop}", [.. order.Select(i => first.LoopValues[p][i])]), _table.Value(counter));
        var stores = new List<Store>();
        foreach (var definition in definitions) LowerIteration(definition, index, stores);
        _inIteration.Clear();
        Leave();
        return new Scan([counter], [.. stores], isReversed);
    }

    private bool IsWanted(DefinitionState definition, int iteration)
    {
        var state = _model[definition.Definition.Variable];
        return Enumerable.Range(definition.Targets[iteration], definition.SizeOf(iteration)).Any(c => IsWanted(state, c));
    }

    /// <summary>The stores of what a definition gives in the iteration of a recursion that these indices stand for.</summary>
    private void LowerIteration(DefinitionState definition, Term[] index, List<Store> stores)
    {
        var variable = definition.Definition.Variable;
        if (definition.BlockLengths is not null || Groups(definition) is not null) throw Objection.RecursionOfSizes(_model.Graph.Source, definition.Definition);
        var memory = StorageOf(variable).Memory!;
        var environment = Bindings.Empty;
        for (var p = 0; p < index.Length; p++) environment = environment.With(definition.Definition.Plates[p].Loop, index[p]);
        ForEach(definition.BlockShape, block =>
        {
            var flat = Flat(TargetIndex(definition, environment, block), _model[variable].Shape);
            var value = OrGiven(definition, flat, CellValue(definition, environment, block, LatentPlace(definition, environment, block)));
            stores.Add(new Store([.. _active], memory, flat, value, adds: false));
            // What follows in this iteration need not read it back.
            if (block.Length == 0) _inIteration.Add((variable, flat), value);
        });
    }

    /// <summary>The value of a cell, or the datum where some cells of a random definition are observed.</summary>
    private Term OrGiven(DefinitionState definition, Term flat, Term value)
    {
        var state = _model[definition.Definition.Variable];
        if (!definition.Definition.IsRandom || !state.Any(Role.Observed)) return value;
        var isLatent = new Buffer($"{state.Variable}_latent", state.Count, BufferKind.Data) { Initial = Array.ConvertAll(state.Roles, r => r == Role.Latent ? 1.0 : 0.0) };
        return Term.Where(Term.Load(_table, isLatent, flat), value, Term.Load(_table, GivenOf(state.Variable), flat));
    }

    /// <summary>The place of a cell among the latent cells of its definition; any term for a deterministic one.</summary>
    private Term LatentPlace(DefinitionState definition, Bindings environment, Term[] block)
    {
        if (!definition.Definition.IsRandom) return 0.0;
        var cells = _coordinates[definition]!.Cells;
        var flat = Flat(TargetIndex(definition, environment, block), _model[definition.Definition.Variable].Shape);
        // Cells that lie side by side need no table.
        if (cells[^1] - cells[0] == cells.Length - 1 && cells.SequenceEqual(Enumerable.Range(cells[0], cells.Length))) return flat - (double)cells[0];
        var places = new int[cells.Max() + 1];
        for (var i = 0; i < cells.Length; i++) places[cells[i]] = i;
        return Term.Load(_table, new IntegerBuffer($"{definition.Definition.Variable}_place", places), flat);
    }
}
