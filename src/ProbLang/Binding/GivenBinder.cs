using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>Binds <c>given</c>: values in the file itself, and conditions.</summary>
internal sealed class GivenBinder(ExpressionBinder binder, ILookup<Variable, Definition> definitions, RandomVariables random, BindingDiagnostics report)
{
    public List<GivenValue> Values { get; } = [];

    public List<GivenOrder> Orders { get; } = [];

    public List<GivenCondition> Conditions { get; } = [];

    public void Bind(GivenSite site, SurroundingsBinder surroundings)
    {
        if (surroundings.Bind(site.Plates, site.Gates) is not var (plates, gates)) return;
        if (site.Statement.Value is { } value) Value(site, plates, gates, value);
        else if (binder.Value(site.Statement.Subject, site.Scope) is { } condition) Condition(condition, true, plates, gates);
    }

    private void Value(GivenSite site, ImmutableArray<Plate> plates, ImmutableArray<Gate> gates, Expr written)
    {
        var subject = binder.Value(site.Statement.Subject, site.Scope) is { } bound ? Subject(bound, site.Statement.Subject.Span) : null;
        var value = subject is { } known ? binder.ValueFor(known.Variable, written, site.Scope) : binder.Value(written, site.Scope);
        if (subject is null || value is null) return;
        var (variable, indices, rank) = subject.Value;
        if (value.Rank != rank) report.GivenShape(variable.Name, written.Span, rank, value.Rank);
        else if (value.Type == ElementType.Real && variable.Type != ElementType.Real) report.GivenType(variable.Name, variable.Type == ElementType.Boolean ? "true or false" : "a whole number", written.Span);
        else Values.Add(new(plates, variable, indices, value, site.Statement.Span) { Gates = gates });
    }

    /// <summary>What is given a value; reports what cannot be.</summary>
    private (Variable Variable, ImmutableArray<Bound> Indices, int Rank)? Subject(Bound bound, Span span)
    {
        if (Subject(bound) is { } subject) return subject;
        if (bound is IndexedValue { Array: VariableValue }) report.GivenSlice(span);
        else report.GivenNeedsName(span);
        return null;
    }

    /// <summary>The variable or element that an expression is, with the rank of what is left of it; null where it is neither.</summary>
    private static (Variable Variable, ImmutableArray<Bound> Indices, int Rank)? Subject(Bound bound) => bound switch
    {
        VariableValue { Variable: var variable } => (variable, [], variable.Rank),
        IndexedValue { Array: VariableValue { Variable: var variable } } element when element.Indices.All(i => i is AtIndex { Position.Rank: 0 }) =>
            (variable, [.. element.Indices.Cast<AtIndex>().Select(i => i.Position)], element.Rank),
        _ => null,
    };

    /// <summary>Takes a condition apart into what must hold each for itself.</summary>
    private void Condition(Bound condition, bool holds, ImmutableArray<Plate> plates, ImmutableArray<Gate> gates)
    {
        if (condition.Type == ElementType.Real)
        {
            report.GivenCondition(condition.Span);
            return;
        }
        switch (condition)
        {
            case ElementwiseValue { Function: OpFunction { Op: Op.Not }, Arguments: [var operand] }:
                Condition(operand, !holds, plates, gates);
                break;
            case ElementwiseValue { Function: OpFunction { Op: (Op.And or Op.Or) and var op }, Arguments: var operands } when op == Op.And == holds:
                foreach (var operand in operands) Condition(operand, holds, plates, gates);
                break;
            case ElementwiseValue { Function: OpFunction { Op: (Op.Less or Op.LessOrEqual) and var op }, Arguments: [var less, var greater] } when IsOrder(less, greater):
                var isStrict = op == Op.Less == holds;
                if (holds) Order(less, greater, isStrict, condition.Span, plates, gates);
                else Order(greater, less, isStrict, condition.Span, plates, gates);
                break;
            case ElementwiseValue { Function: OpFunction { Op: (Op.Equal or Op.NotEqual) and var op }, Arguments: [var a, var b] } when op == Op.Equal == holds:
                Equality(condition, holds, a, b, plates, gates);
                break;
            case VariableValue { Rank: 0, Variable: var variable } when Meaning(variable) is { } meaning:
                Condition(meaning, holds, plates, gates);
                break;
            default:
                if (condition.Type == ElementType.Boolean) Observe(condition, holds ? 1 : 0, condition.Span, plates, gates);
                Event(condition, holds, plates, gates);
                break;
        }
    }

    /// <summary>What a computed truth value outside of plates and branches stands for.</summary>
    private Bound? Meaning(Variable variable) => definitions[variable].ToArray() is [{ Value: { } value, Plates.IsEmpty: true, Gates.IsEmpty: true }] ? value : null;

    /// <summary>Whether a comparison may bound something continuous, or is of known numbers.</summary>
    private bool IsOrder(Bound less, Bound greater) =>
        IsContinuous(less) || IsContinuous(greater) || !random.MayReach(less) && !random.MayReach(greater) && ExpressionBinder.Join(less.Type, greater.Type) == ElementType.Real;

    private bool IsContinuous(Bound value) => value.Type == ElementType.Real && random.MayReach(value);

    /// <summary>A bound on a distance from 0 is one on either side: an interval.</summary>
    private void Order(Bound less, Bound greater, bool isStrict, Span span, ImmutableArray<Plate> plates, ImmutableArray<Gate> gates)
    {
        if (less is ElementwiseValue { Function: OpFunction { Op: Op.Abs }, Arguments: [var distance] })
        {
            Orders.Add(new(plates, distance, greater, span) { Gates = gates, IsStrict = isStrict });
            Orders.Add(new(plates, new ElementwiseValue(Operators.Negate, [greater], greater.Rank, greater.Type, span), distance, span) { Gates = gates, IsStrict = isStrict });
        }
        else Orders.Add(new(plates, less, greater, span) { Gates = gates, IsStrict = isStrict });
    }

    private void Equality(Bound condition, bool holds, Bound a, Bound b, ImmutableArray<Plate> plates, ImmutableArray<Gate> gates)
    {
        if (IsContinuous(a) || IsContinuous(b))
        {
            report.GivenEquality(condition.Span);
            return;
        }
        if (!random.MayReach(b)) Observe(a, b, condition.Span, plates, gates);
        else if (!random.MayReach(a)) Observe(b, a, condition.Span, plates, gates);
        Event(condition, holds, plates, gates);
    }

    private void Observe(Bound subject, double truth, Span span, ImmutableArray<Plate> plates, ImmutableArray<Gate> gates) =>
        Observe(subject, new ConstantValue(truth, ElementType.Boolean, span), span, plates, gates);

    /// <summary>That a discrete random variable has a known value is an observation of it.</summary>
    private void Observe(Bound subject, Bound value, Span span, ImmutableArray<Plate> plates, ImmutableArray<Gate> gates)
    {
        if (value.Type == ElementType.Real || Subject(subject) is not { Variable.IsInput: false } known || !random.IsDrawn(known.Variable)) return;
        if (value.Rank == known.Rank || value.Rank == 0) Values.Add(new(plates, known.Variable, known.Indices, value, span) { Gates = gates, IsEvent = true });
    }

    private void Event(Bound condition, bool holds, ImmutableArray<Plate> plates, ImmutableArray<Gate> gates) => Conditions.Add(new(plates, gates,
        holds ? condition : new ElementwiseValue(Operators.Not, [condition], condition.Rank, ElementType.Boolean, condition.Span), condition.Span));
}
