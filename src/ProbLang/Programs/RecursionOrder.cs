using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang.Programs;

/// <summary>A stretch of the innermost plate in which the same definitions hold.</summary>
internal sealed record Segment(DefinitionState[] Definitions, int Low, int High);

/// <summary>
/// The order in which loops can fill variables that recur through each other: decided by the cells that every iteration
/// really reads.
/// </summary>
/// <param name="Segments">The loops, in the order in which they run; the definitions of each in the order within an iteration.</param>
/// <param name="IsReversed">Whether all of them run from the last iteration to the first.</param>
internal sealed record RecursionOrder(IReadOnlyList<Segment> Segments, bool IsReversed)
{
    /// <summary>Null where neither direction has every cell before those that read it.</summary>
    public static RecursionOrder? Of(ConditionedModel model, IReadOnlyList<Segment> segments, Func<DefinitionState, IEnumerable<Bound>> values)
    {
        var definitions = segments.SelectMany(s => s.Definitions).Distinct().ToArray();
        var within = new HashSet<(int Segment, DefinitionState Reader, DefinitionState Read)>();
        var (readsEarlier, readsLater) = Directions(model, definitions, Steps(segments, definitions), values,
            (step, reader, read) => within.Add((SegmentOf(segments, step), reader, read)));
        if (readsEarlier && readsLater) return null;
        var sorted = new List<Segment>();
        for (var s = 0; s < segments.Count; s++)
        {
            if (Sorted(segments[s], [.. within.Where(w => w.Segment == s).Select(w => (w.Reader, w.Read))]) is not { } segment) return null;
            sorted.Add(segment);
        }
        if (readsLater) sorted.Reverse();
        return new RecursionOrder(sorted, readsLater);
    }

    /// <summary>
    /// Definitions that go through the same iterations, whatever these are, in one loop: their order within an iteration, and whether the
    /// loop runs backwards. Null where some cell would be read before it is there.
    /// </summary>
    public static (DefinitionState[] Definitions, bool IsReversed)? OfShared(ConditionedModel model, DefinitionState[] definitions, Func<DefinitionState, IEnumerable<Bound>> values)
    {
        foreach (var definition in definitions)
            if (definition.LoopValues.Length == 0 || definition.LoopValues.Length != definitions[0].LoopValues.Length
                || definition.LoopValues.Zip(definitions[0].LoopValues).Any(p => !p.First.AsSpan().SequenceEqual(p.Second))) return null;
        var steps = definitions.ToDictionary(d => d, d => Enumerable.Range(0, d.Count).ToArray());
        var within = new HashSet<(DefinitionState Reader, DefinitionState Read)>();
        var (readsEarlier, readsLater) = Directions(model, definitions, steps, values, (_, reader, read) => within.Add((reader, read)));
        if (readsEarlier && readsLater || Sorted(new Segment(definitions, 0, 0), within) is not { } sorted) return null;
        return (sorted.Definitions, readsLater);
    }

    /// <summary>Whether iterations read what earlier ones give, and what later ones do.</summary>
    private static (bool ReadsEarlier, bool ReadsLater) Directions(ConditionedModel model, DefinitionState[] definitions, Dictionary<DefinitionState, int[]> steps,
        Func<DefinitionState, IEnumerable<Bound>> values, Action<int, DefinitionState, DefinitionState> within)
    {
        var writers = Writers(model, definitions);
        var evaluator = new Evaluator(model);
        var (readsEarlier, readsLater) = (false, false);
        foreach (var definition in definitions)
        {
            var reads = evaluator.ReadsOf(definition.Definition, values(definition), writers.ContainsKey);
            for (var i = 0; i < definition.Count; i++)
            {
                if (steps[definition][i] is not (>= 0 and var step)) continue;
                evaluator.SetIteration(definition, i);
                reads.VisitAll((state, offset, count) =>
                {
                    foreach (var (other, iteration) in writers[state.Variable].AsSpan(offset, count))
                    {
                        if (other is null || steps[other][iteration] is not (>= 0 and var written)) continue;
                        readsEarlier |= written < step;
                        readsLater |= written > step;
                        if (written == step) within(step, definition, other);
                    }
                });
            }
        }
        return (readsEarlier, readsLater);
    }

    /// <summary>The definitions of an iteration, each after those that it reads; null where they read each other.</summary>
    private static Segment? Sorted(Segment segment, HashSet<(DefinitionState Reader, DefinitionState Read)> within)
    {
        var left = segment.Definitions.ToList();
        var sorted = new List<DefinitionState>();
        while (left.Count > 0)
        {
            if (left.Find(d => !left.Exists(e => within.Contains((d, e)))) is not { } next) return null;
            left.Remove(next);
            sorted.Add(next);
        }
        return segment with { Definitions = [.. sorted] };
    }

    /// <summary>When each iteration of a definition runs if the loops run forwards; -1 where none runs it.</summary>
    private static Dictionary<DefinitionState, int[]> Steps(IReadOnlyList<Segment> segments, DefinitionState[] definitions)
    {
        var steps = definitions.ToDictionary(d => d, d => Enumerable.Repeat(-1, d.Count).ToArray());
        var from = 0;
        foreach (var segment in segments)
        {
            var length = segment.High - segment.Low + 1;
            foreach (var definition in segment.Definitions)
            {
                var inner = definition.LoopValues[^1];
                for (var i = 0; i < definition.Count; i++)
                    if (inner[i] >= segment.Low && inner[i] <= segment.High)
                        steps[definition][i] = from + i / definition.Extents[^1] * length + inner[i] - segment.Low;
            }
            from += segment.Definitions[0].Count / segment.Definitions[0].Extents[^1] * length;
        }
        return steps;
    }

    private static int SegmentOf(IReadOnlyList<Segment> segments, int step)
    {
        for (var s = 0; s < segments.Count; s++)
        {
            var first = segments[s].Definitions[0];
            step -= first.Count / first.Extents[^1] * (segments[s].High - segments[s].Low + 1);
            if (step < 0) return s;
        }
        return segments.Count;
    }

    /// <summary>The iteration that defines each cell of the variables.</summary>
    private static Dictionary<Variable, (DefinitionState? Definition, int Iteration)[]> Writers(ConditionedModel model, DefinitionState[] definitions)
    {
        var writers = new Dictionary<Variable, (DefinitionState?, int)[]>();
        foreach (var definition in definitions)
        {
            var variable = definition.Definition.Variable;
            if (!writers.TryGetValue(variable, out var cells)) writers.Add(variable, cells = new (DefinitionState?, int)[model[variable].Count]);
            for (var i = 0; i < definition.Count; i++) cells.AsSpan(definition.Targets[i], definition.SizeOf(i)).Fill((definition, i));
        }
        return writers;
    }
}
