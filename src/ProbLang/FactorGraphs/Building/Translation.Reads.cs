using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang.FactorGraphs;

/// <summary>Elements of unknown variables as they are read at the points of a frame.</summary>
internal sealed partial class Translation
{
    /// <summary>What a read comes to: a part, the reference to its element, and at each point which element and which number of it.</summary>
    private sealed record Reading(Part Part, FactorReference Reference, PartCell[] Cells);

    private static IndexedValue AsRead(Bound value) => value switch
    {
        IndexedValue { Array: VariableValue } read => read,
        VariableValue whole => new IndexedValue(whole, [], whole.Rank, whole.Type, whole.Span),
        _ => throw new UnreachableException(value.GetType().Name),
    };

    private static bool IsRead(Bound value) => value is VariableValue or IndexedValue { Array: VariableValue } && (value is VariableValue || ((IndexedValue)value).Indices.All(i => i is AtIndex { Position.Rank: 0 }));

    /// <summary>By point, the first cell that is read; -1 where an index is not known.</summary>
    private int[] CellsOf(IndexedValue read, Frame frame)
    {
        var variable = ((VariableValue)read.Array).Variable;
        var shape = _model[variable].Shape;
        var positions = read.Indices.Select(i => Scalar(((AtIndex)i).Position)).ToArray();
        var rest = Tensor.CountOf(shape.AsSpan(positions.Length));
        var cells = new int[frame.Count];
        for (var p = 0; p < cells.Length; p++)
        {
            Set(frame, p);
            for (var d = 0; d < positions.Length && cells[p] >= 0; d++)
            {
                var at = _code.Offset(positions[d](), shape[d], read.Array, d, read.Span);
                cells[p] = at < 0 ? -1 : cells[p] * shape[d] + at;
            }
            if (cells[p] >= 0) cells[p] *= rest;
        }
        return cells;
    }

    /// <summary>
    /// Points that read the same parts: what is known in one iteration and unknown in another, or in different arrays of the factor graph, cannot be
    /// written as one plate.
    /// </summary>
    private IEnumerable<int[]> Alike(PointStatement statement, int[] points)
    {
        var reads = ReadsIn(statement.Parts).Where(r => IsDivided(((VariableValue)r.Array).Variable) && r.Indices.All(i => i is AtIndex { Position: var at } && at.Rank == 0 && !IsRandom(at))).ToArray();
        var choices = Walk.Over(statement.Parts).OfType<ConditionalValue>().Where(c => c.Condition.Rank == 0 && !IsRandom(c.Condition)).Select(c => Scalar(c.Condition)).ToArray();
        var gates = statement.Gates.Select(g => Scalar(g.Condition)).ToArray();
        if (reads.Length + choices.Length + gates.Length == 0) return [points];
        var all = FrameOfPoints(statement, points);
        var keys = new List<int>[points.Length];
        for (var p = 0; p < keys.Length; p++) keys[p] = [];
        var numbers = new Dictionary<Part, int>(ReferenceEqualityComparer.Instance);
        foreach (var read in reads)
        {
            var (variable, cells) = (((VariableValue)read.Array).Variable, CellsOf(read, all));
            for (var p = 0; p < cells.Length; p++)
            {
                var part = _parts[variable, cells[p]].Part;
                if (part is not null && !numbers.ContainsKey(part)) numbers.Add(part, numbers.Count + 1);
                keys[p].Add(part is null ? 0 : numbers[part]);
            }
        }
        for (var p = 0; p < keys.Length; p++)
        {
            Set(all, p);
            foreach (var choice in choices) keys[p].Add(choice() != 0 ? 1 : 0);
            foreach (var gate in gates) keys[p].Add(double.IsNaN(gate()) ? 1 : 0);
        }
        return points.Select((point, p) => (point, Key: string.Join(',', keys[p]))).GroupBy(x => x.Key).Select(g => g.Select(x => x.point).ToArray());
    }

    private bool IsDivided(Variable variable) => HasUnknown(variable) && (_parts.Of(variable).Skip(1).Any() || Array.Exists(_model[variable].Values, v => !double.IsNaN(v)));

    private static Frame FrameOfPoints(PointStatement statement, int[] points) =>
        new([], statement.Loops, Array.ConvertAll(statement.LoopValues, v => Array.ConvertAll(points, p => v[p])), points.Length);

    /// <summary>An element that is unknown at every point.</summary>
    private Reading Read(Bound value, Frame frame)
    {
        var read = AsRead(value);
        var variable = ((VariableValue)read.Array).Variable;
        var cells = CellsOf(read, frame);
        var places = Array.ConvertAll(cells, c => c < 0 ? default : _parts[variable, c]);
        if (places.Length == 0) throw new UnsupportedException(FactorGraphDiagnostics.Expression(TextOf(value), Locate(value.Span)));
        if (places[0].Part is not { } part || Array.Exists(places, p => p.Part != part)) throw new UnsupportedException(FactorGraphDiagnostics.MixedIndex(variable.Name, Locate(value.Span)));
        var axes = frame.AxesOf(LoopsIn(read.Indices.Select(i => ((AtIndex)i).Position)));
        var indices = ImmutableArray.CreateBuilder<FactorIndex>();
        for (var d = 0; d < part.Places.Length; d++) indices.Add(IndexAlong(part, d, places, frame, axes, read, indices.Count));
        return new Reading(part, new FactorReference(part.Variable, indices.ToImmutable()), places);
    }

    private FactorIndex IndexAlong(Part part, int d, PartCell[] places, Frame frame, ImmutableArray<FrameAxis> axes, IndexedValue read, int dimension)
    {
        var along = part.Places[d];
        var range = part.Variable.Ranges[d];
        foreach (var axis in axes)
            if (axis.Range == range && IsSame(axis.Places, along, places)) return axis.Index;
        if (axes.IsEmpty) return new FixedIndex(along[places[0].Element]);
        if (axes.Any(a => a.IsSwitch)) throw new UnsupportedException(FactorGraphDiagnostics.MixedIndex(NameOf(read), Locate(read.Span)));
        var byPoint = Array.ConvertAll(places, c => (double)along[c.Element]);
        var loops = axes.SelectMany(a => a.Loops).ToHashSet();
        var index = read.Indices.Length > dimension && read.Indices[dimension] is AtIndex { Position: IndexedValue { Array: VariableValue } or VariableValue } named ? NameOf(named.Position) : NameOf(read) + "Index";
        var table = TableOf(frame, loops, $"{GraphPrinter.Print(read)}@{d.ToString(CultureInfo.InvariantCulture)}", index, FactorDomain.Integer, range, [],
            (into, point) => into[0] = byPoint[point]);
        return new ValueIndex(table);
    }

    private static bool IsSame(int[] places, int[] along, PartCell[] cells)
    {
        for (var p = 0; p < cells.Length; p++)
            if (places[p] != along[cells[p].Element]) return false;
        return true;
    }
}
