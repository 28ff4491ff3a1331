using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.FactorGraphs;

/// <summary>What is computed of unknown quantities.</summary>
internal sealed partial class Translation
{
    private readonly List<(Bound Value, FactorReference Reference)> _computed = [];

    /// <summary>What is read where a number or a truth value is wanted: a table, an element, or a new variable that is computed.</summary>
    private FactorReference Operand(Bound value, Frame frame, string name, FactorDomain known = FactorDomain.Real)
    {
        if (IsKnown(value, frame)) return Table(value, frame, name, value.Type == ElementType.Boolean ? FactorDomain.Boolean : known);
        if (IsRead(value) && Selector(value, frame, false) is null && Read(value, frame) is { Part: { HasComponents: false, Power: 1, Scale: null } } reading)
            return value.Type == ElementType.Boolean && DomainOf(reading) == FactorDomain.Integer ? IsTrue(reading.Reference, frame, name) : reading.Reference;
        // What the model has computed already is not computed again: messages would go in a circle between the two.
        if (_computed.Find(c => SameMeaning.Holds(c.Value, value)).Reference is { } earlier) return earlier;
        var target = new Target(name, frame, _place) { Text = TextOf(value) };
        Compute(value, frame, frame.PlateCount, target);
        return target.Reference;
    }

    /// <summary>The truth value that an integer stands for.</summary>
    private FactorReference IsTrue(FactorReference integer, Frame frame, string name) =>
        Auxiliary(name + "IsTrue", integer.Variable.Text, frame, FactorDomain.Boolean, FactorOperation.AreEqual, integer, Data(name + "One", FactorDomain.Count, [1]));

    /// <summary>Defines a target as what an expression is.</summary>
    private void Compute(Bound value, Frame frame, int opened, Target target)
    {
        value = Resolved(value, frame);
        if (!IsIntegerSum(value, frame) && Selector(value, frame, value.Type == ElementType.Real) is { } selector)
            Choose(selector, frame, opened, target, (rewriting, inner, depth) => Compute(rewriting.In(value), inner, depth, target), [value]);
        else InPlates(frame, opened, frame.PlateCount, () => ComputeHere(value, frame, target));
    }

    private void ComputeHere(Bound value, Frame frame, Target target)
    {
        if (IsKnown(value, frame)) Define(target, DomainOf(value, target), FactorOperation.Copy, [Table(value, frame, target.Name + "Value", value.Type == ElementType.Boolean ? FactorDomain.Boolean : FactorDomain.Real)]);
        else if (IsIntegerSum(value, frame)) Integers(value, frame, target);
        else if (value.Type == ElementType.Boolean) Logical(value, frame, target);
        else if (Power(value, frame) is { Exponent: 1, Coefficient: { } coefficient } power && DomainOf(Read(power.Base, frame)) == FactorDomain.Gamma)
            Define(target, FactorDomain.Gamma, FactorOperation.Product, [Read(power.Base, frame).Reference, Table(coefficient, frame, target.Name + "Factor")]);
        else Sum(value, frame, target);
    }

    private static FactorDomain DomainOf(Reading reading) => reading.Part.Variable.Domain;

    private static FactorDomain DomainOf(Bound known, Target target) =>
        target.Demanded ?? target.Variable?.Domain ?? (known.Type == ElementType.Boolean ? FactorDomain.Boolean : FactorDomain.Gaussian);

    private void Define(Target target, FactorDomain domain, FactorOperation operation, ImmutableArray<FactorReference> arguments, FactorRange? values = null, int lowest = 0)
    {
        if (target.As(domain, values ?? target.Values, lowest, _names, _variables.Add) is null) throw new UnsupportedException(FactorGraphDiagnostics.Branches(target.Name, target.Place));
        Emit(new DefineStatement(target.Reference, operation, arguments, target.Place));
    }

    /// <summary>An auxiliary variable.</summary>
    private FactorReference Auxiliary(string name, string? text, Frame frame, FactorDomain domain, FactorOperation operation, params ImmutableArray<FactorReference> arguments)
    {
        var target = new Target(name, frame, _place) { Text = text };
        Define(target, domain, operation, arguments);
        return target.Reference;
    }

    /// <summary>A function of unknown quantities that is no weighted sum.</summary>
    private void Nonlinear(Bound value, Frame frame, Target target)
    {
        switch (value)
        {
            case VariableValue or IndexedValue { Array: VariableValue } when IsRead(value):
                CopyOf(Read(value, frame), value, frame, target);
                return;
            case ElementwiseValue { Function: OpFunction { Op: Op.Exp } } exp:
                Define(target, target.Demanded ?? FactorDomain.Gaussian, FactorOperation.Exp, [Operand(exp.Arguments[0], frame, target.Name + "Log")]);
                return;
            case ElementwiseValue { Function: OpFunction { Op: Op.Log } } log:
                Define(target, FactorDomain.Gaussian, FactorOperation.Log, [Operand(log.Arguments[0], frame, target.Name + "Argument")]);
                return;
            case ElementwiseValue { Function: OpFunction { Op: Op.Multiply or Op.Divide or Op.Maximum or Op.Minimum } function } binary:
                var (a, b) = (Operand(binary.Arguments[0], frame, target.Name + "A"), Operand(binary.Arguments[1], frame, target.Name + "B"));
                var domain = new[] { a, b }.All(x => x.Variable.Domain is FactorDomain.Gamma or FactorDomain.Real) ? FactorDomain.Gamma : FactorDomain.Gaussian;
                Define(target, domain, function.Op switch { Op.Multiply => FactorOperation.Product, Op.Divide => FactorOperation.Ratio, Op.Maximum => FactorOperation.Max, _ => FactorOperation.Min }, [a, b]);
                return;
            case ArrayFunctionValue { Function: ArrayFunction.Sum }:
                throw new UnsupportedException(FactorGraphDiagnostics.SumTooLong(Locate(value.Span)));
            default:
                throw new UnsupportedException(FactorGraphDiagnostics.Expression(TextOf(value), Locate(value.Span)));
        }
    }

    private void CopyOf(Reading reading, Bound value, Frame frame, Target target)
    {
        if (reading.Part is { HasComponents: true, Variable.Domain: FactorDomain.Vector })
        {
            var component = TableOf(frame, LoopsIn(value), GraphPrinter.Print(value) + "#", target.Name + "Component", FactorDomain.Count, null, [], (into, p) => into[0] = reading.Cells[p].Component);
            Define(target, FactorDomain.Gaussian, FactorOperation.VectorElement, [reading.Reference, component]);
        }
        else if (reading.Part is { HasComponents: false, Power: 1, Scale: null }) Define(target, DomainOf(reading), FactorOperation.Copy, [reading.Reference], reading.Part.Variable.Values, reading.Part.Variable.Lowest);
        else throw new UnsupportedException(FactorGraphDiagnostics.Expression(TextOf(value), Locate(value.Span)));
    }

    /// <summary>With choices that the data decide decided.</summary>
    private Bound Resolved(Bound value, Frame frame) => new Rewriting(part =>
        part is ConditionalValue { Condition.Rank: 0 } choice && Decided(choice.Condition, frame) is { } holds ? Resolved(holds ? choice.Then : choice.Else, frame) : null).In(value);

    /// <summary>Whether a condition holds, where it is known and the same at all points.</summary>
    private bool? Decided(Bound condition, Frame frame)
    {
        if (frame.Count == 0 || !IsKnown(condition, frame)) return null;
        var (scalar, holds) = (Scalar(condition), (bool?)null);
        for (var p = 0; p < frame.Count; p++)
        {
            Set(frame, p);
            var now = scalar() != 0;
            if (holds is not null && holds != now) return null;
            holds = now;
        }
        return holds;
    }
}
