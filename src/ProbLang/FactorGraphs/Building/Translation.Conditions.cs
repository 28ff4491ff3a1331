using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.FactorGraphs;

/// <summary>Events that are known to have occurred.</summary>
internal sealed partial class Translation
{
    private void Translate(ConditionState condition)
    {
        _place = condition.Place as Text.Location ?? Locate(condition.Span);
        var (space, value) = (condition.Space, condition.Condition);
        if (space.Count == 0) return;
        if (value.Rank > 0) throw new UnsupportedException(FactorGraphDiagnostics.Expression(TextOf(value), _place, "state the condition element by element, in a `for`"));
        Iterations.Set(_code, space, 0);
        var statement = new PointStatement
        {
            Loops = [.. space.Plates.Select(p => p.Loop)],
            LoopValues = space.LoopValues,
            Count = space.Count,
            Value = _scalarising.At(value, []),
            Gates = space.OpenGates,
            Place = _place,
            Sizes = [.. space.Plates.Select(p => p.Lower is ConstantValue { Value: 1 } ? SizeText(p.Upper) : SizeText(p.Lower) + ".." + SizeText(p.Upper))],
        };
        var groups = Alike(statement, [.. Enumerable.Range(0, space.Count)]).ToArray();
        foreach (var points in groups)
        {
            var frame = _frames.Of(statement, points, groups.Length > 1 && ReadsSteps(statement));
            InGates(statement.Gates, frame, 0, opened => InPlates(frame, opened, frame.PlateCount, () => Hold(Resolved(statement.Value!, frame), true, frame)));
        }
    }

    /// <summary>States that something holds, or that it does not.</summary>
    private void Hold(Bound value, bool holds, Frame frame)
    {
        if (IsKnown(value, frame)) return;
        switch (value)
        {
            case ElementwiseValue { Function: OpFunction { Op: Op.Not } } not:
                Hold(not.Arguments[0], !holds, frame);
                return;
            case ElementwiseValue { Function: OpFunction { Op: Op.And or Op.Or } function } both when (function.Op == Op.And) == holds && Selector(value, frame, false) is null:
                foreach (var part in both.Arguments) Hold(part, holds, frame);
                return;
            case ElementwiseValue { Function: OpFunction { Op: Op.Less or Op.LessOrEqual } } order when order.Arguments.Any(a => a.Type == ElementType.Real) && Selector(value, frame, false) is null:
                if (holds) Order(order.Arguments[0], order.Arguments[1], frame);
                else Order(order.Arguments[1], order.Arguments[0], frame);
                return;
            default:
                Emit(new ConstrainStatement(holds ? FactorConstraint.True : FactorConstraint.False, [Operand(value, frame, "condition")], _place));
                return;
        }
    }

    /// <summary>States that one real quantity is below another.</summary>
    private void Order(Bound less, Bound greater, Frame frame)
    {
        if (IsKnown(less, frame) && greater is ElementwiseValue { Function: OpFunction { Op: Op.Abs } })
            throw new UnsupportedException(FactorGraphDiagnostics.Expression(TextOf(greater), _place, "bound the quantity from one side"));
        if (IsKnown(less, frame)) Between(greater, less, null, frame);
        else if (IsKnown(greater, frame) && less is ElementwiseValue { Function: OpFunction { Op: Op.Abs } } abs)
            Between(abs.Arguments[0], new ElementwiseValue(Operators.Negate, [greater], 0, greater.Type, greater.Span), greater, frame);
        else if (IsKnown(greater, frame)) Between(less, null, greater, frame);
        else
            Emit(new ConstrainStatement(FactorConstraint.Positive, [Operand(Scalarising.Binary(Operators.Subtract, greater, less, ElementType.Real), frame, "difference")], _place));
    }

    private void Between(Bound value, Bound? lower, Bound? upper, Frame frame)
    {
        var quantity = Operand(value, frame, "quantity");
        if (upper is null && ConstantOf(lower!) is 0 && quantity.Variable.Domain == FactorDomain.Gaussian)
        {
            Emit(new ConstrainStatement(FactorConstraint.Positive, [quantity], _place));
            return;
        }
        Emit(new ConstrainStatement(FactorConstraint.Between, [quantity,
            lower is null ? ConstantTable(double.NegativeInfinity, "noLower") : Table(lower, frame, "lower"),
            upper is null ? ConstantTable(double.PositiveInfinity, "noUpper") : Table(upper, frame, "upper")], _place));
    }

    private readonly List<(FactorReference Selector, int Value)> _branches = [];

    /// <summary>Statements in the branches that the data leave open.</summary>
    private void InGates(ImmutableArray<Gate> gates, Frame frame, int opened, Action<int> body)
    {
        if (gates.IsEmpty)
        {
            body(opened);
            return;
        }
        var (gate, rest) = (gates[0], gates[1..]);
        var condition = Resolved(_scalarising.At(gate.Condition, []), frame);
        if (IsKnown(condition, frame))
        {
            InGates(rest, frame, opened, body);
            return;
        }
        var (kind, depth) = (gate.Side == GateSide.Then ? GateKind.If : GateKind.IfNot, Math.Max(opened, frame.DepthOf(LoopsIn(condition))));
        InPlates(frame, opened, depth, () =>
        {
            var selector = Operand(condition, frame.Within(depth), "gate", FactorDomain.Boolean);
            _branches.Add((selector, kind == GateKind.If ? 1 : 0));
            Gate(kind, selector, 0, () => InGates(rest, frame, depth, body));
        });
    }
}
