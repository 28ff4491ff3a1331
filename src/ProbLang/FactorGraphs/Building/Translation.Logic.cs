using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.FactorGraphs;

/// <summary>Truth values and integers that are computed of unknown ones, and what is known to hold.</summary>
internal sealed partial class Translation
{
    /// <summary>Defines a target as a truth value.</summary>
    private void Logical(Bound value, Frame frame, Target target)
    {
        switch (value)
        {
            case VariableValue or IndexedValue { Array: VariableValue } when IsRead(value):
                CopyOf(Read(value, frame), value, frame, target);
                return;
            case ElementwiseValue { Function: OpFunction { Op: var op } } logical:
                var a = logical.Arguments;
                switch (op)
                {
                    case Op.And or Op.Or:
                        Define(target, FactorDomain.Boolean, op == Op.And ? FactorOperation.And : FactorOperation.Or, [Operand(a[0], frame, target.Name + "A"), Operand(a[1], frame, target.Name + "B")]);
                        return;
                    case Op.Not:
                        Define(target, FactorDomain.Boolean, FactorOperation.Not, [Operand(a[0], frame, target.Name + "Not")]);
                        return;
                    case Op.Less or Op.LessOrEqual:
                        Comparison(a[0], a[1], op == Op.Less, frame, target);
                        return;
                    case Op.Equal or Op.NotEqual:
                        Equality(a[0], a[1], op == Op.Equal, frame, target);
                        return;
                }
                break;
        }
        throw new UnsupportedException(FactorGraphDiagnostics.Expression(TextOf(value), Locate(value.Span)));
    }

    /// <summary>a below b, for real quantities and integers.</summary>
    private void Comparison(Bound a, Bound b, bool isStrict, Frame frame, Target target)
    {
        if (a.Type == ElementType.Real || b.Type == ElementType.Real)
        {
            Define(target, FactorDomain.Boolean, FactorOperation.Greater, [Operand(b, frame, target.Name + "Greater"), Operand(a, frame, target.Name + "Less")]);
            return;
        }
        var (x, y) = IntegerPair(a, b, frame, target.Name);
        Define(target, FactorDomain.Boolean, isStrict ? FactorOperation.Greater : FactorOperation.AtLeast, [y, x]);
    }

    private void Equality(Bound a, Bound b, bool isEqual, Frame frame, Target target)
    {
        if (a.Type == ElementType.Real || b.Type == ElementType.Real) throw new UnsupportedException(FactorGraphDiagnostics.Expression($"{TextOf(a)} == {TextOf(b)}", _place, "compare with `<`, or give what is computed as an observation"));
        var (x, y) = a.Type == ElementType.Boolean || b.Type == ElementType.Boolean ? (Truth(a, frame, target.Name), Truth(b, frame, target.Name)) : IntegerPair(a, b, frame, target.Name);
        // An unknown truth value that is to be as a known one says no more than itself, or its contrary.
        if (isEqual) Define(target, FactorDomain.Boolean, FactorOperation.AreEqual, [x, y]);
        else Define(target, FactorDomain.Boolean, FactorOperation.Not, [Auxiliary(target.Name + "Equal", target.Text, frame, FactorDomain.Boolean, FactorOperation.AreEqual, x, y)]);
    }

    private FactorReference Truth(Bound value, Frame frame, string name) => Operand(value, frame, name, FactorDomain.Boolean);

    /// <summary>Two integers, counted from the same number.</summary>
    private (FactorReference A, FactorReference B) IntegerPair(Bound a, Bound b, Frame frame, string name)
    {
        if (IsKnown(a, frame)) return IntegerPair(b, a, frame, name) is var (y, x) ? (x, y) : default;
        var first = Operand(a, frame, name + "A");
        if (IsKnown(b, frame)) return (first, Table(b, frame, name + "Bound", FactorDomain.Count, first.Variable.Lowest));
        var second = Operand(b, frame, name + "B");
        if (first.Variable.Lowest != second.Variable.Lowest) throw new UnsupportedException(FactorGraphDiagnostics.Expression($"{TextOf(a)} and {TextOf(b)}", _place, "let both count from the same number"));
        return (first, second);
    }

    /// <summary>Whether it is a sum or difference of two integers of which at least one is unknown.</summary>
    private bool IsIntegerSum(Bound value, Frame frame) =>
        value is ElementwiseValue { Type: ElementType.Integer, Function: OpFunction { Op: Op.Add or Op.Subtract }, Arguments: [var a, var b] } && new[] { a, b }.All(x => IsKnown(x, frame) || IsRead(x) && Selector(x, frame, false) is null && IsDiscrete(x) && x.Type == ElementType.Integer);

    private void Integers(Bound value, Frame frame, Target target)
    {
        var sum = (ElementwiseValue)value;
        var isSum = sum.Function is OpFunction { Op: Op.Add };
        var (a, b) = (Integer(sum.Arguments[0], frame, target.Name + "A"), Integer(sum.Arguments[1], frame, target.Name + "B"));
        var (x, y) = (SpanOf(a), SpanOf(b));
        if (x is null || y is null)
        {
            Define(target, FactorDomain.Count, isSum ? FactorOperation.Plus : FactorOperation.Minus, [a, b]);
            return;
        }
        // A difference of numbers from 0 on may be below 0, where the engines do not go.
        var lowest = isSum ? a.Variable.Lowest + b.Variable.Lowest : a.Variable.Lowest - b.Variable.Lowest;
        var values = _ranges.New(target.Name + "Value", target.Name + "Values", isSum ? x.Value + y.Value - 1 : x.Value);
        Define(target, FactorDomain.Integer, isSum ? FactorOperation.Plus : FactorOperation.Minus, [a, b], values, lowest);
    }

    private FactorReference Integer(Bound value, Frame frame, string name) => IsKnown(value, frame) ? Table(value, frame, name, FactorDomain.Count) : Read(value, frame).Reference;

    /// <summary>How many values an integer has; null where there is no end.</summary>
    private static int? SpanOf(FactorReference integer) => integer.Variable switch
    {
        { Values: { } values } => values.Count,
        { Data: { } data } when data.Numbers.Length > 0 => (int)data.Numbers.ToArray().Max() + 1,
        _ => null,
    };
}
