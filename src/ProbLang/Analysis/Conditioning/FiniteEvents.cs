using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What is said of quantities that rest on discrete unknowns alone: such facts are met by summing over the values that agree with them.</summary>
internal static class FiniteEvents
{
    /// <summary>Whether something is unknown in some values, and all of that is drawn from discrete distributions or computed of such draws.</summary>
    public static bool RestOn(Draft draft, IEnumerable<Bound> values)
    {
        var seen = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Variable>(Uses.Of(values));
        var isUnknown = false;
        while (open.TryPop(out var variable))
        {
            if (variable.IsInput || !seen.Add(variable)) continue;
            foreach (var definition in draft.Graph.DefinitionsOf(variable))
            {
                if (!definition.IsRandom)
                    foreach (var used in Uses.Of(definition)) open.Push(used);
                else if (HasUnknown(draft, variable))
                {
                    if (definition.Distribution!.Type == ElementType.Real) return false;
                    isUnknown = true;
                }
            }
        }
        return isUnknown;
    }

    /// <summary>A computed quantity that is given is an event, where what it is computed of is discrete and unknown.</summary>
    public static void Add(Draft draft)
    {
        foreach (var variable in draft.Graph.Variables)
        {
            if (draft[variable] is not { Given: { } given } own || !RestOn(draft, [new VariableValue(variable, variable.Span)])) continue;
            for (var cell = 0; cell < given.Values.Length; cell++)
            {
                if (double.IsNaN(given.Values[cell]) || own.Owner[cell] < 0 || draft.Graph.Definitions[own.Owner[cell]] is { IsRandom: true } || !double.IsNaN(own.State.Values[cell])) continue;
                draft.Conditions.Add(new ConditionState(Equals(own.State, cell, given.Values[cell]), Once, draft.Graph.Definitions[own.Owner[cell]].Target) { Place = given.Place(cell), Of = (variable, cell, given.Values[cell]) });
            }
        }
    }

    private static IterationSpace Once { get; } = new() { Plates = [], Count = 1, IsRectangular = true, LoopValues = [] };

    private static ElementwiseValue Equals(VariableState state, int cell, double value)
    {
        var span = state.Variable.Span;
        var element = OrderBounds.ElementOf(new VariableValue(state.Variable, span), state.Shape, cell);
        var given = new ConstantValue(value, state.Variable.Type, span);
        if (state.Variable.Type != ElementType.Real) return Apply(Operators.Equal, ElementType.Boolean, element, given);
        // Data are written with finitely many digits.
        var distance = Apply(Operators.Square, ElementType.Real, Apply(Operators.Subtract, ElementType.Real, element, given));
        var most = Domains.Tolerance * Math.Max(Math.Abs(value), double.Epsilon);
        return Apply(Operators.LessOrEqual, ElementType.Boolean, distance, new ConstantValue(most * most, ElementType.Real, span));

        ElementwiseValue Apply(ElementwiseFunction function, ElementType type, params Bound[] arguments) => new(function, [.. arguments], 0, type, span);
    }

    private static bool HasUnknown(Draft draft, Variable variable)
    {
        var state = draft[variable].State;
        for (var cell = 0; cell < state.Count; cell++)
            if (double.IsNaN(state.Values[cell]) && draft[variable].Owner[cell] >= 0) return true;
        return false;
    }
}
