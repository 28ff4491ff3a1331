using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang.Programs;

internal sealed partial class Lowering
{
    /// <summary>For a variable whose cells depend on each other: all that recur through each other.</summary>
    private readonly Dictionary<Variable, Variable[]> _groups;

    /// <summary>The cells that the present iteration of a recursion defines, as terms.</summary>
    private readonly Dictionary<(Variable, Term), Func<Term>> _inIteration = [];

    /// <summary>What the value of a variable is computed from: a right side, or what its latents' transforms use.</summary>
    private IEnumerable<Variable> StorageReads(Variable variable) => _definitions[variable].SelectMany(StorageReads);

    private IEnumerable<Variable> StorageReads(DefinitionState definition)
    {
        if (definition.Definition.Value is { } value) return Dependencies.Of(value);
        if (_coordinates[definition] is not { } block) return [];
        var distribution = definition.Definition.Distribution!;
        var bounds = new[] { definition.Definition.Variable.Lower, definition.Definition.Variable.Upper }.OfType<Bound>();
        return (block.HasChoice ? Dependencies.Of(distribution) : TransformReads(distribution)).Concat(bounds.SelectMany(Dependencies.Of));
    }

    private static IEnumerable<Variable> TransformReads(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution catalog => SupportProbe.Of(catalog).Arguments.SelectMany(Dependencies.Of),
        RepeatedDistribution repeated => TransformReads(repeated.Base),
        _ => Dependencies.Of(distribution),
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
        var segments = Segments(recursive);
        var scans = segments.ConvertAll(s => LowerSegment(s, group));
        var isReversed = scans.Exists(s => s.IsReversed);
        if (isReversed) scans.Reverse();
        foreach (var scan in scans) _program.Add(isReversed == scan.IsReversed ? scan : new Scan(scan.Counters, scan.Stores, isReversed));
    }

    /// <summary>A stretch of the innermost plate in which the same definitions hold.</summary>
    private sealed record Segment(DefinitionState[] Definitions, int Low, int High);

    private List<Segment> Segments(List<DefinitionState> definitions)
    {
        var first = definitions[0];
        var plates = first.Definition.Plates.Length;
        foreach (var definition in definitions)
            if (plates == 0 || definition.Definition.Plates.Length != plates || !definition.IsRectangular
                || !definition.First.AsSpan(0, plates - 1).SequenceEqual(first.First.AsSpan(0, plates - 1))
                || !definition.Extents.AsSpan(0, plates - 1).SequenceEqual(first.Extents.AsSpan(0, plates - 1)))
                throw Objection.Recursion(_model.Graph.Source, definition.Definition.Variable);
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

    private Scan LowerSegment(Segment segment, Variable[] group)
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

        // A scalar of this iteration is computed when it is first asked for, and its store follows what it needed.
        var stores = new List<Store>();
        var targets = new List<(Variable Variable, Term Flat, Term Value)>();
        var pending = new List<Action>();
        foreach (var definition in segment.Definitions)
        {
            var variable = definition.Definition.Variable;
            var (memory, shape) = (StorageOf(variable).Memory!, _model[variable].Shape);
            var environment = Bindings.Empty;
            for (var p = 0; p < plates; p++) environment = environment.With(definition.Definition.Plates[p].Loop, index[p]);
            if (definition.BlockShape.Length > 0)
            {
                pending.Add(() => ForEach(definition.BlockShape, block =>
                {
                    var flat = Flat(TargetIndex(definition, environment, block), shape);
                    var value = CellValue(definition, environment, block, LatentPlace(definition, environment, block));
                    targets.Add((variable, flat, value));
                    stores.Add(new Store([.. _active], memory, flat, value, adds: false));
                }));
                continue;
            }
            var target = Flat(TargetIndex(definition, environment, []), shape);
            Term? known = null;
            var isOpen = false;
            Term Value()
            {
                if (known is not null) return known;
                if (isOpen) throw Objection.Recursion(_model.Graph.Source, variable);
                isOpen = true;
                known = CellValue(definition, environment, [], LatentPlace(definition, environment, []));
                targets.Add((variable, target, known));
                stores.Add(new Store([.. counters], memory, target, known, adds: false));
                return known;
            }
            _inIteration.Add((variable, target), Value);
            pending.Add(() => Value());
        }
        foreach (var action in pending) action();
        _inIteration.Clear();
        Leave(plates);
        return new Scan(counters, [.. stores], Direction(targets, group));
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

    /// <summary>Whether the recursion runs from the last iteration to the first: its cells read later ones.</summary>
    private bool Direction(List<(Variable Variable, Term Flat, Term Value)> targets, Variable[] group)
    {
        var (readsEarlier, readsLater) = (false, false);
        var memories = group.ToDictionary(v => StorageOf(v).Memory!, v => v);
        var seen = new HashSet<Term>();
        var stack = new Stack<Term>(targets.Select(t => t.Value));
        while (stack.TryPop(out var term))
        {
            if (!seen.Add(term)) continue;
            foreach (var argument in term.Arguments) stack.Push(argument);
            if (term.Kind != TermKind.Load || !memories.TryGetValue(term.Buffer, out var variable)) continue;
            foreach (var target in targets)
            {
                if (target.Variable != variable || term.Arguments[0] - target.Flat is not { Kind: TermKind.Constant } distance) continue;
                if (distance.Value > 0) readsLater = true;
                else readsEarlier = true;
            }
        }
        if (readsEarlier && readsLater) throw Objection.Recursion(_model.Graph.Source, targets[0].Variable);
        return readsLater;
    }
}
