using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>A computed statement, with the iterations whose values are given but do not follow from the data.</summary>
internal sealed record GivenStatement(int Number, bool[] Iterations);

/// <summary>Finds what is given although it is computed of unknown quantities.</summary>
internal static class GivenStatements
{
    public static IEnumerable<GivenStatement> Of(Draft draft)
    {
        // What rests on discrete unknowns alone is an event, and summed over.
        var events = new HashSet<(Variable, int)>();
        foreach (var condition in draft.Conditions)
            if (condition.Of is var (known, cell, _)) events.Add((known, cell));
        for (var d = 0; d < draft.Definitions.Length; d++)
        {
            var (state, variable) = (draft.Definitions[d], draft[draft.Graph.Definitions[d].Variable]);
            if (state.Definition.IsRandom || variable.Given is not { } given) continue;
            var iterations = new bool[state.Count];
            for (var i = 0; i < state.Count; i++) iterations[i] = !events.Contains((variable.State.Variable, state.Targets[i])) && IsGiven(draft, variable, state, given, i);
            if (Array.Exists(iterations, i => i)) yield return new GivenStatement(d, iterations);
        }
    }

    private static bool IsGiven(Draft draft, VariableDraft variable, DefinitionState state, GivenArray given, int iteration)
    {
        var (from, size) = (state.Targets[iteration], state.SizeOf(iteration));
        var (some, all, isKnown) = (false, true, true);
        for (var cell = from; cell < from + size; cell++)
        {
            var isGiven = !double.IsNaN(given.Values[cell]);
            some |= isGiven;
            all &= isGiven;
            isKnown &= !isGiven || !double.IsNaN(variable.State.Values[cell]);
        }
        if (!some || isKnown) return false;
        if (all) return true;
        var missing = Enumerable.Range(from, size).First(c => double.IsNaN(given.Values[c]));
        draft.Report(InversionDiagnostics.GivenInPart(ShapeText.Element(variable.State.Variable.Name, variable.State.Shape, missing), variable.State.Variable.Name, given.Place(missing), draft.Locate(state.Definition.Span)));
        return false;
    }
}
