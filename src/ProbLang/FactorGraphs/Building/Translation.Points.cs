using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang.FactorGraphs;

/// <summary>Statements as points, and points that are translated together.</summary>
internal sealed partial class Translation
{
    /// <summary>Points of a statement that are translated together, unless they read different parts.</summary>
    private sealed record PointClass(PointStatement Statement, List<int> Points, bool IsStep);

    private readonly HashSet<Variable> _steps = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// What is not known already, in the order of dependence. In a recursion the steps are classes of their own, while what runs beside it (the series of a
    /// set) stays a plate.
    /// </summary>
    private List<PointClass> Classes()
    {
        var statements = _model.Definitions.Select(Points).ToArray();
        var kept = KeptDimensions(statements);
        _steps.UnionWith(kept.Keys);
        var firstPoints = _model.Definitions.Select(FirstPoints).ToArray();
        var classes = new Dictionary<(int Definition, string Step, bool IsGiven), PointClass>();
        foreach (var run in _model.Order)
        {
            var (statement, state) = (statements[run.Definition], _model[_model.Definitions[run.Definition].Definition.Variable]);
            var places = new PlaceOfCell(state.Shape);
            for (var p = firstPoints[run.Definition][run.First]; p < firstPoints[run.Definition][run.First + run.Count]; p++)
            {
                var cell = statement.Cells[p];
                if (!state.Exists(cell) || state.Roles[cell] == Role.Undefined) continue;
                var isGiven = IsGiven(statement, cell);
                // What is computed of known quantities is known.
                if (statement.Value is not null && isGiven && !_given.ContainsKey((state.Variable, cell))) continue;
                if (!_withPredictions && !isGiven && !IsNeeded(state, cell)) continue;
                var step = kept.TryGetValue(state.Variable, out var dimensions) ? places.Without(cell, dimensions, state.Shape.Length - statement.EventRank) : "";
                if (!classes.TryGetValue((run.Definition, step, isGiven), out var own)) classes.Add((run.Definition, step, isGiven), own = new PointClass(statement, [], step.Length > 0));
                own.Points.Add(p);
            }
        }
        return [.. classes.Values];
    }

    private bool IsGiven(PointStatement statement, int cell)
    {
        var values = _model[statement.Variable!].Values.AsSpan(cell, statement.EventSize);
        if (_given.ContainsKey((statement.Variable!, cell)) || !values.Contains(double.NaN)) return true;
        if (values.ContainsAnyExcept(double.NaN)) Object(FactorGraphDiagnostics.PartlyGiven(ElementOf(statement, Array.IndexOf(statement.Cells, cell)), statement.Place));
        return false;
    }

    private static int[] FirstPoints(DefinitionState state)
    {
        var first = new int[state.Count + 1];
        for (var i = 0; i < state.Count; i++) first[i + 1] = first[i] + state.SizeOf(i) / Math.Max(1, RoleAssignment.EventSize(state, i));
        return first;
    }

    private PointStatement Points(DefinitionState state)
    {
        var definition = state.Definition;
        var batchRank = state.BlockShape.Length - state.EventRank;
        ImmutableArray<Loop> inner = [.. Enumerable.Range(0, batchRank).Select(d => new Loop(InnerName(definition, d, batchRank), definition.Target))];
        ImmutableArray<Bound> at = [.. inner.Select(l => (Bound)new LoopValue(l, definition.Span))];
        var loops = state.Space.Plates.Select(p => p.Loop).Concat(inner).ToImmutableArray();
        var (values, cells) = (loops.Select(_ => new List<int>()).ToArray(), new List<int>());
        for (var i = 0; i < state.Count; i++)
        {
            var (size, shape) = (RoleAssignment.EventSize(state, i), state.ShapeOf(i)[..batchRank]);
            var index = new int[batchRank];
            for (var e = 0; e * size < state.SizeOf(i) && size > 0; e++)
            {
                for (var p = 0; p < state.Space.Plates.Length; p++) values[p].Add(state.LoopValues[p][i]);
                for (var d = 0; d < batchRank; d++) values[state.Space.Plates.Length + d].Add(index[d] + 1);
                cells.Add(state.Targets[i] + e * size);
                for (var d = batchRank - 1; d >= 0 && ++index[d] == shape[d]; d--) index[d] = 0;
            }
        }
        return new PointStatement
        {
            Loops = loops,
            LoopValues = [.. values.Select(v => v.ToArray())],
            Count = cells.Count,
            Variable = definition.Variable,
            Cells = [.. cells],
            EventSize = state.EventRank == 0 ? 1 : Tensor.CountOf(state.BlockShape.AsSpan(batchRank)),
            EventRank = state.EventRank,
            Index = [.. definition.Indices, .. at],
            Distribution = definition.Distribution is { } d2 && state.Count > 0 ? Located(state, () => _scalarising.At(d2, at)) : definition.Distribution,
            Value = definition.Value is { } v2 && state.Count > 0 ? Located(state, () => _scalarising.At(v2, v2.Rank == 0 ? [] : at)) : definition.Value,
            Gates = state.Space.OpenGates,
            Place = Locate(definition.Span),
            Sizes = [.. state.Space.Plates.Select(p => p.Lower is ConstantValue { Value: 1 } ? SizeText(p.Upper) : SizeText(p.Lower) + ".." + SizeText(p.Upper)), .. Enumerable.Range(0, batchRank).Select(d => InnerSize(definition, d))],
        };
    }

    /// <summary>The shapes of parts are asked for under the first setting of the plates.</summary>
    private T Located<T>(DefinitionState state, Func<T> make)
    {
        Iterations.Set(_code, state, 0);
        return make();
    }

    private static string InnerName(Definition definition, int d, int rank) =>
        definition.Variable.DimensionNames.ElementAtOrDefault(definition.Indices.Length + d) ?? definition.Variable.Name + (rank > 1 ? "Dim" + (d + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : "Item");

    /// <summary>How the modeller writes a size that a statement without a plate gives to what it defines.</summary>
    private static string? InnerSize(Definition definition, int d) => definition.Distribution is RepeatedDistribution repeated && d < repeated.Sizes.Length ? SizeText(repeated.Sizes[d]) : null;

    private static string SizeText(Bound size) => GraphPrinter.Print(size);

    /// <summary>
    /// For the variables of each recursion the dimensions that stay a plate: those that every statement of it fills by the index of one plate, and
    /// reads by the same.
    /// </summary>
    private static Dictionary<Variable, bool[]> KeptDimensions(PointStatement[] statements)
    {
        // A variable is a class, so that these compare by identity.
        var uses = statements.GroupBy(s => s.Variable!).ToDictionary(g => g.Key, g => Uses.Of(g.SelectMany(s => s.Parts)));
        var reach = new Dictionary<Variable, HashSet<Variable>>(ReferenceEqualityComparer.Instance);
        foreach (var variable in uses.Keys) reach.Add(variable, Reachable(variable, uses));
        var kept = new Dictionary<Variable, bool[]>(ReferenceEqualityComparer.Instance);
        foreach (var variable in uses.Keys.Where(v => reach[v].Contains(v)))
        {
            var together = uses.Keys.Where(v => reach[variable].Contains(v) && reach[v].Contains(variable)).ToHashSet();
            var own = statements.Where(s => together.Contains(s.Variable!)).ToArray();
            kept.Add(variable, [.. Enumerable.Range(0, variable.Rank).Select(d => own.All(s => IsKept(s, d, together)))]);
        }
        return kept;
    }

    private static HashSet<Variable> Reachable(Variable from, Dictionary<Variable, HashSet<Variable>> uses)
    {
        var (seen, open) = (new HashSet<Variable>(ReferenceEqualityComparer.Instance), new Stack<Variable>(uses[from]));
        while (open.TryPop(out var next))
            if (uses.TryGetValue(next, out var further) && seen.Add(next))
                foreach (var variable in further) open.Push(variable);
        return seen;
    }

    private static bool IsKept(PointStatement statement, int d, HashSet<Variable> together) =>
        d < statement.Index.Length && statement.Index[d] is LoopValue { Loop: var loop }
        && ReadsIn(statement.Parts).Where(r => together.Contains(((VariableValue)r.Array).Variable))
            .All(r => d < r.Indices.Length && r.Indices[d] is AtIndex { Position: LoopValue { Loop: var read } } && read == loop);

    /// <summary>The elements and parts of variables that are read; a variable that is read whole has no indices.</summary>
    private static IEnumerable<IndexedValue> ReadsIn(IEnumerable<Bound> values)
    {
        var open = new Stack<Bound>(values);
        while (open.TryPop(out var value))
        {
            if (value is VariableValue whole) yield return new IndexedValue(whole, [], whole.Rank, whole.Type, whole.Span);
            else if (value is IndexedValue { Array: VariableValue } read)
            {
                yield return read;
                foreach (var part in read.Indices.SelectMany(Parts.Of)) open.Push(part);
            }
            else foreach (var part in Parts.Of(value)) open.Push(part);
        }
    }

    /// <summary>Where a cell is along some dimensions of an array, as text.</summary>
    private sealed class PlaceOfCell(int[] shape)
    {
        public string Without(int cell, bool[] dimensions, int rank)
        {
            var index = FiniteScopes.Index(cell, shape);
            return string.Join(',', Enumerable.Range(0, rank).Where(d => !dimensions[d]).Select(d => index[d]));
        }
    }
}
