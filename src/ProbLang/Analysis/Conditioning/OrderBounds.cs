using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>
/// Writes each condition <c>given a &lt; b</c> as a bound on one latent by an expression in what comes before it in
/// dependency order, so that a sampler can give that latent an interval. It needs one latent that stands in the condition
/// linearly, with a coefficient that is known.
/// </summary>
internal sealed class OrderBounds
{
    private readonly Draft _draft;
    private readonly int[][] _positions;
    private readonly List<OrderBound> _bounds = [];

    private OrderBounds(Draft draft)
    {
        _draft = draft;
        _positions = [.. draft.Definitions.Select(d => new int[d.Count])];
        var position = 0;
        foreach (var run in draft.Order)
            for (var i = run.First; i < run.First + run.Count; i++) _positions[run.Definition][i] = position++;
    }

    public static IReadOnlyList<OrderBound> Find(Draft draft)
    {
        var finder = new OrderBounds(draft);
        foreach (var definition in draft.Definitions)
            if (definition.Definition.Distribution is OrderedDistribution) finder.Add(definition);
        foreach (var order in draft.Graph.GivenOrders)
        {
            if (FiniteEvents.RestOn(draft, [order.Less, order.Greater, .. order.Gates.Select(g => g.Condition)])) continue;
            try
            {
                new Gating(draft, order.Plates, order.Gates).ForEach(open =>
                {
                    if (open.Count == 0) finder.Add(order);
                    else finder.Object(DataDiagnostics.ConditionInBranch(draft.Locate(order.Span)));
                });
            }
            catch (DiagnosticException mistake)
            {
                draft.Report(mistake.Diagnostic);
            }
        }
        return finder._bounds;
    }

    private void Object(Diagnostic objection)
    {
        if (!_draft.Objections.Contains(objection)) _draft.Objections.Add(objection);
    }

    /// <summary>Of sorted draws, each latent lies above the one before it, and below the next that is observed.</summary>
    private void Add(DefinitionState definition)
    {
        var state = _draft[definition.Definition.Variable].State;
        for (var i = 0; i < definition.Count; i++)
        {
            var (target, size) = (definition.Targets[i], Math.Max(1, RoleAssignment.EventSize(definition, i)));
            for (var cell = target; cell < target + definition.SizeOf(i); cell++)
            {
                if (state.Roles[cell] != Role.Latent) continue;
                var end = cell - (cell - target) % size + size;
                if ((cell - target) % size > 0) AddBound(cell - 1, isLower: true);
                for (var next = cell + 1; next < end; next++)
                {
                    if (state.Roles[next] != Role.Observed) continue;
                    AddBound(next, isLower: false);
                    break;
                }

                void AddBound(int by, bool isLower) =>
                    _bounds.Add(new OrderBound(state.Variable, cell, ElementOf(new VariableValue(state.Variable, definition.Definition.Span), state.Shape, by), isLower, []));
            }
        }
    }

    private void Add(GivenOrder order)
    {
        var (less, greater) = (_draft.Code.Evaluate(order.Less), _draft.Code.Evaluate(order.Greater));
        var shape = _draft.Code.Located(order.Span, () => Shapes.Broadcast([less.Shape, greater.Shape]));
        for (var i = 0; i < Tensor.CountOf(shape); i++) Add(order, ElementOf(order.Less, shape, i), ElementOf(order.Greater, shape, i));
    }

    /// <summary>The element of an array at a cell; a scalar is its own.</summary>
    public static Bound ElementOf(Bound e, int[] shape, int cell)
    {
        if (e.Rank == 0) return e;
        var indices = new BoundIndex[shape.Length];
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            indices[d] = new AtIndex(new ConstantValue(cell % shape[d] + 1, ElementType.Integer, e.Span));
            cell /= shape[d];
        }
        return new IndexedValue(e, [.. indices], 0, e.Type, e.Span);
    }

    private void Add(GivenOrder order, Bound less, Bound greater)
    {
        var place = _draft.Locate(order.Span);
        var difference = new Affine(_draft, order);
        difference.Add(greater, 1);
        difference.Add(less, -1);
        if (difference.Terms.Count == 0)
        {
            if (difference.Constant < 0 || order.IsStrict && difference.Constant == 0) throw new DiagnosticException(DataDiagnostics.ConditionFails(place, _draft.Code.Scalar(less)(), _draft.Code.Scalar(greater)()));
            return;
        }
        if (difference.Terms.Where(t => t.Coefficient != 0 && IsContinuousLatent(t)).MaxBy(PositionOf) is not { Variable: { } state } target
            || difference.Terms.Any(t => t != target && !Precedes(t, PositionOf(target), order)))
        {
            Object(DataDiagnostics.ConditionNotSolvable(place));
            return;
        }
        var definition = _draft.Graph.Definitions[_draft[state.Variable].Owner[target.Cell]];
        if (DistributionTraits.Constrained(definition.Distribution!) is { } constrained)
        {
            Object(DataDiagnostics.ConditionOnVector(place, ShapeText.Element(state.Variable.Name, state.Shape, target.Cell), constrained.Name));
            return;
        }
        var loops = order.Plates.Select(p => (p.Loop, _draft.Code[p.Loop].Value)).ToArray();
        _bounds.Add(new OrderBound(state.Variable, target.Cell, difference.SolvedFor(target, order.Span), target.Coefficient > 0, loops));
    }

    private static bool IsContinuousLatent(AffineTerm term) =>
        term.Variable is { } state && state.Roles[term.Cell] == Role.Latent && state.Variable.Type == ElementType.Real;

    private (int, int) PositionOf(AffineTerm term) => PositionOf(term.Variable!, term.Cell);

    private (int, int) PositionOf(VariableState state, int cell)
    {
        var variable = _draft[state.Variable];
        return variable.Owner[cell] < 0 ? (-1, cell) : (_positions[variable.Owner[cell]][variable.Iteration[cell]], cell);
    }

    /// <summary>Whether everything in a term comes before a position, so that bounding what stands there cannot make a cycle.</summary>
    private bool Precedes(AffineTerm term, (int, int) position, GivenOrder order)
    {
        var precedes = true;
        new Reads(_draft.Code, v => v.IsInput ? null : _draft.State(v), order.Plates, [term.Value]).VisitAll((state, offset, count) =>
        {
            for (var cell = offset; cell < offset + count; cell++) precedes &= PositionOf(state, cell).CompareTo(position) < 0;
        });
        return precedes;
    }
}

/// <summary>A multiple of a value; of one cell where <paramref name="Variable"/> is there.</summary>
internal sealed record AffineTerm(double Coefficient, Bound Value, VariableState? Variable, int Cell);

/// <summary>A sum of multiples of values that are not known, and a constant.</summary>
internal sealed class Affine(Draft draft, GivenOrder order)
{
    public double Constant { get; private set; }

    public List<AffineTerm> Terms { get; } = [];

    public void Add(Bound e, double scale)
    {
        if (Known(e) is { } value)
        {
            Constant += scale * value;
            return;
        }
        switch (e)
        {
            case ElementwiseValue { Function: OpFunction { Op: Op.Add }, Arguments: [var a, var b] }:
                Add(a, scale);
                Add(b, scale);
                break;
            case ElementwiseValue { Function: OpFunction { Op: Op.Subtract }, Arguments: [var a, var b] }:
                Add(a, scale);
                Add(b, -scale);
                break;
            case ElementwiseValue { Function: OpFunction { Op: Op.Negate }, Arguments: [var a] }:
                Add(a, -scale);
                break;
            case ElementwiseValue { Function: OpFunction { Op: Op.Multiply }, Arguments: [var a, var b] } when Known(a) is { } factor:
                Add(b, scale * factor);
                break;
            case ElementwiseValue { Function: OpFunction { Op: Op.Multiply }, Arguments: [var a, var b] } when Known(b) is { } factor:
                Add(a, scale * factor);
                break;
            case ElementwiseValue { Function: OpFunction { Op: Op.Divide }, Arguments: [var a, var b] } when Known(b) is { } divisor:
                Add(a, scale / divisor);
                break;
            default:
                AddTerm(e, scale);
                break;
        }
    }

    /// <summary>The value of the target for which the sum is zero, as an expression in the other terms.</summary>
    public Bound SolvedFor(AffineTerm target, Span span)
    {
        var constant = -Constant / target.Coefficient;
        Bound? sum = null;
        foreach (var term in Terms)
        {
            if (term == target || term.Coefficient == 0) continue;
            var factor = -term.Coefficient / target.Coefficient;
            if (sum is null && constant != 0) sum = new ConstantValue(constant, ElementType.Real, span);
            var magnitude = Math.Abs(factor) == 1 ? term.Value : Combined(Operators.Multiply, new ConstantValue(Math.Abs(factor), ElementType.Real, span), term.Value, span);
            sum = sum is null
                ? factor > 0 ? magnitude : new ElementwiseValue(Operators.Negate, [magnitude], 0, ElementType.Real, span)
                : Combined(factor > 0 ? Operators.Add : Operators.Subtract, sum, magnitude, span);
        }
        return sum ?? new ConstantValue(constant, ElementType.Real, span);
    }

    private static ElementwiseValue Combined(OpFunction function, Bound a, Bound b, Span span) => new(function, [a, b], 0, ElementType.Real, span);

    private double? Known(Bound e)
    {
        var value = draft.Code.Scalar(e)();
        return double.IsNaN(value) ? null : value;
    }

    private void AddTerm(Bound e, double scale)
    {
        var (state, cell) = CellOf(e);
        if (state is not null && InlineOf(state, cell) is { } value)
        {
            Add(value, scale);
            return;
        }
        var same = state is null ? -1 : Terms.FindIndex(t => t.Variable == state && t.Cell == cell);
        if (same >= 0) Terms[same] = Terms[same] with { Coefficient = Terms[same].Coefficient + scale };
        else Terms.Add(new AffineTerm(scale, e, state, cell));
    }

    /// <summary>What a computed quantity outside plates stands for.</summary>
    private Bound? InlineOf(VariableState state, int cell)
    {
        var d = draft[state.Variable].Owner[cell];
        return d >= 0 && draft.Graph.Definitions[d] is { Value: { Rank: 0 } value, Plates.Length: 0 } ? value : null;
    }

    private (VariableState?, int) CellOf(Bound e)
    {
        switch (e)
        {
            case VariableValue variable:
                return (draft.State(variable.Variable), 0);
            case IndexedValue { Array: VariableValue variable } indexed when indexed.Indices.Length == variable.Rank && indexed.Indices.All(i => i is AtIndex { Position.Rank: 0 }):
                var state = draft[variable.Variable].State;
                var offset = 0;
                for (var d = 0; d < state.Shape.Length; d++)
                {
                    var at = draft.Code.Offset(draft.Code.Scalar(((AtIndex)indexed.Indices[d]).Position)(), state.Shape[d], variable, d, order.Span);
                    if (at < 0) return (null, 0);
                    offset = offset * state.Shape[d] + at;
                }
                return (state, offset);
            default:
                return (null, 0);
        }
    }
}
