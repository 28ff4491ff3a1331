using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Analysis;

/// <summary>Runs through the iterations of plates that gates let through, as far as the data decide them.</summary>
internal sealed class Gating
{
    private readonly Draft _draft;
    private readonly IReadOnlyList<Plate> _plates;
    private readonly (Gate Gate, Func<double> Value)[] _gates;
    private readonly Range?[] _ranges;

    public Gating(Draft draft, IReadOnlyList<Plate> plates, IReadOnlyList<Gate> gates)
    {
        (_draft, _plates) = (draft, plates);
        _ranges = new Range?[plates.Count];
        _gates = new (Gate, Func<double>)[gates.Count];
        for (var g = 0; g < _gates.Length; g++) _gates[g] = (gates[g], Decision(gates[g]));
    }

    private sealed record Range(Func<double> Lower, Func<double> Upper);

    /// <summary>Calls the body with the gates that are undecided in an iteration, and that no other statement speaks for there.</summary>
    public void ForEach(Action<IReadOnlyList<Gate>> body) => Enter(0, [], body);

    /// <summary>All iterations, laid out.</summary>
    public IterationSpace Lay(Action<int> visit, Text.Location place)
    {
        var boxes = _plates.Select(p => _draft.Code[p.Loop]).ToArray();
        var loops = _plates.Select(_ => new List<int>()).ToArray();
        var isOpen = new List<bool>();
        var openGates = new List<Gate>();
        ForEach(open =>
        {
            if ((isOpen.Count & 0xFFF) == 0) Draft.CheckElements(isOpen.Count, "this plate", place);
            if (isOpen.Count == Layout.Limit) throw new DiagnosticException(DataDiagnostics.TooLarge("this plate", place));
            for (var p = 0; p < boxes.Length; p++) loops[p].Add(boxes[p].Value);
            foreach (var gate in open)
                if (!openGates.Contains(gate)) openGates.Add(gate);
            visit(isOpen.Count);
            isOpen.Add(open.Count > 0);
        });
        Draft.Lay(isOpen.Count, _plates.Count, "this plate", place);
        var (first, extents) = (new int[_plates.Count], new int[_plates.Count]);
        var isRectangular = IsProduct(first, extents, isOpen.Count);
        return new IterationSpace
        {
            Plates = [.. _plates],
            Count = isOpen.Count,
            IsRectangular = isRectangular,
            First = isRectangular ? [.. first] : [],
            Extents = isRectangular ? [.. extents] : [],
            LoopValues = [.. loops.Select(l => l.ToArray())],
            OpenGates = [.. openGates],
            IsOpen = openGates.Count > 0 ? [.. isOpen] : [],
        };
    }

    /// <summary>Finds the range of every plate; whether none depends on another's index, all were looked at, and nothing between them is left out.</summary>
    private bool IsProduct(int[] first, int[] extents, int count)
    {
        if (_plates.Any(p => Layout.Touches(p.Lower, _plates) || Layout.Touches(p.Upper, _plates))) return false;
        var product = 1L;
        for (var p = 0; p < extents.Length; p++)
        {
            // Inside of an empty plate nothing was looked at, and need not be.
            if (p > 0 && extents[p - 1] == 0) (first[p], extents[p]) = (1, 0);
            else if (_ranges[p] is var (lower, upper)) (first[p], extents[p]) = _draft.Code.Extent(lower(), upper(), _plates[p].Lower.Span);
            else return false;
            product *= extents[p];
        }
        return product == count;
    }

    private void Enter(int depth, List<Gate> open, Action<IReadOnlyList<Gate>> body)
    {
        var before = open.Count;
        if (Passes(depth, open))
        {
            if (depth == _plates.Count) body(open);
            else Run(depth, open, body);
        }
        open.RemoveRange(before, open.Count - before);
    }

    private void Run(int depth, List<Gate> open, Action<IReadOnlyList<Gate>> body)
    {
        var plate = _plates[depth];
        // What is in a branch that does not hold is not even looked at.
        var (lower, upper) = _ranges[depth] ??= new(_draft.Code.Scalar(plate.Lower), _draft.Code.Scalar(plate.Upper));
        var (first, count) = _draft.Code.Extent(lower(), upper(), plate.Lower.Span);
        var box = _draft.Code[plate.Loop];
        for (var i = 0; i < count; i++)
        {
            _draft.Code.Tick();
            box.Value = first + i;
            Enter(depth + 1, open, body);
        }
    }

    private bool Passes(int depth, List<Gate> open)
    {
        foreach (var (gate, value) in _gates)
        {
            if (gate.Depth != depth) continue;
            var decided = value();
            var passes = double.IsNaN(decided) ? !gate.IsPaired : gate.Side != GateSide.Undecided && decided != 0 == (gate.Side == GateSide.Then);
            if (!passes) return false;
            if (double.IsNaN(decided) && gate.Side != GateSide.Undecided) open.Add(gate);
        }
        return true;
    }

    /// <summary>The truth of a gate's condition; NaN where it is not decided.</summary>
    private Func<double> Decision(Gate gate)
    {
        if (_draft.IsSimulation && _draft.Random.MayReach(gate.Condition)) return () => double.NaN;
        try
        {
            return _draft.Code.Scalar(gate.Condition);
        }
        catch (DiagnosticException)
        {
            // It rests on what is laid out together with what is inside of it.
            return () => double.NaN;
        }
    }
}
