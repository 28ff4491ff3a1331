using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Analysis;

/// <summary>Checks what is given for random and computed cells against the statements that define them.</summary>
internal static class Observations
{
    /// <summary>How far beyond a declared bound a computed value may be, relative to the bound.</summary>
    private const double Rounding = 1e-12;

    public static void Check(Draft draft, Variable variable)
    {
        if (variable.IsInput) return;
        var own = draft[variable];
        if (own.Given is { } given)
        {
            CheckComputed(draft, own, given);
            WarnOfClamped(draft, own, given);
        }
        for (var d = 0; d < draft.Definitions.Length; d++)
            if (draft.Graph.Definitions[d].Variable == variable)
                draft.Attempt(variable, () => CheckStatement(draft, own, draft.Definitions[d]));
    }

    private static void CheckStatement(Draft draft, VariableDraft own, DefinitionState state)
    {
        var variable = own.State.Variable;
        IndicatorCheck.Run(draft, state);
        if (state.Definition.IsRandom)
        {
            if (variable.DeclaredType is not null) DeclaredRangeCheck.Run(draft, variable, state);
            SupportCheck.Run(draft, own, state);
        }
        else if (variable.DeclaredType is not null) TypeCheck.Run(draft, variable, own.State.Shape, own.State.Values, _ => null, Rounding);
    }

    private static void CheckComputed(Draft draft, VariableDraft own, GivenArray given)
    {
        var looks = new Ticker();
        for (var cell = 0; cell < given.Values.Length; cell++)
        {
            looks.Tick();
            var d = own.Owner[cell];
            if (double.IsNaN(given.Values[cell]) || d < 0 || draft.Graph.Definitions[d].IsRandom) continue;
            var (x, computed) = (given.Values[cell], own.State.Values[cell]);
            var element = ShapeText.Element(own.State.Variable.Name, own.State.Shape, cell);
            var statement = draft.Locate(draft.Graph.Definitions[d].Span);
            // What is not known here is an event, or has been objected to.
            if (double.IsNaN(computed)) continue;
            if (!(x == computed || Math.Abs(x - computed) <= Domains.Tolerance * Math.Max(Math.Abs(x), Math.Abs(computed))))
                draft.Report(DataDiagnostics.CheckFails(element, x, computed, given.Place(cell), statement));
            else continue;
            return;
        }
    }

    /// <summary>
    /// An outcome on which nothing depends is there to be observed; what others depend on may have been meant as a prior. But where something discrete is
    /// given, it is evidence: a disease, a door.
    /// </summary>
    private static void WarnOfClamped(Draft draft, VariableDraft own, GivenArray given)
    {
        var variable = own.State.Variable;
        if (variable is { Rank: 0, Type: ElementType.Real } && given.IsFromData && own.Owner[0] >= 0 && draft.Graph.Definitions[own.Owner[0]] is { IsRandom: true, Plates.Length: 0 } prior && IsUsed(draft.Graph, variable))
            draft.Report(DataDiagnostics.ScalarClamped(variable.Name, given.Place(0), draft.Locate(prior.Span)));
    }

    private static bool IsUsed(ModelGraph graph, Variable variable) =>
        graph.Definitions.Any(d => Uses.Of(d).Contains(variable)) || graph.GivenOrders.Any(o => Uses.Of(o).Contains(variable))
        || graph.Factors.Any(f => Uses.Of(f).Contains(variable));
}
