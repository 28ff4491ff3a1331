using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Analysis;

/// <summary>What the data determine: cells that they give, and cells that are computed from those alone.</summary>
internal static class KnownValues
{
    /// <summary>Takes what is given for a variable that is laid out. What is given for computed cells is kept for a check.</summary>
    public static void Take(Draft draft, Variable variable)
    {
        var own = draft[variable];
        var state = own.State;
        var given = Givens.WholeOf(draft, variable) is { } whole ? RaggedFit.Of(draft, variable, state.Shape, state.Rows, whole) : null;
        if (given is not null && !given.Shape.AsSpan().SequenceEqual(state.Shape)) throw new DiagnosticException(WrongShape(draft, variable, state.Shape, given));
        var values = given?.Values ?? Tensor.Unknown(state.Shape).Values;
        var places = new Dictionary<int, Text.Span>();
        Givens.Overlay(draft, variable, state.Shape, values, places);
        Text.Location? Place(int cell) => places.TryGetValue(cell, out var span) ? draft.Locate(span) : given?.Place(cell);
        // A type that was inferred is that of the distribution, and its support is checked as such.
        if (variable.DeclaredType is not null) TypeCheck.Run(draft, variable, state.Shape, values, Place);
        var looks = new Ticker();
        for (var cell = 0; cell < values.Length; cell++)
        {
            looks.Tick();
            if (!double.IsNaN(values[cell]) && !IsComputed(draft, own, cell)) state.Values[cell] = values[cell];
        }
        if (Array.Exists(values, v => !double.IsNaN(v))) own.Given = new GivenArray(state.Shape, values, Place, given?.IsFromData ?? false) { Rows = given?.Rows, RowPlace = given?.RowPlace };
    }

    /// <summary>Evaluates the computed cells of the runs for which everything is known.</summary>
    public static void Compute(Draft draft, List<DefinitionRun> runs, IReadOnlyList<Variable> together)
    {
        var writers = new Dictionary<int, Action<int, int>?>();
        foreach (var run in runs)
        {
            if (draft.Definitions[run.Definition] is not { Definition: { IsRandom: false, Value: { } value } definition } state) continue;
            if (draft.IsBroken(definition.Variable)) continue;
            if (!writers.TryGetValue(run.Definition, out var write))
                writers[run.Definition] = write = Uses.AnyCertain(value, v => !together.Contains(v) && !draft[v].HasKnownCells) ? null
                    : BlockCode.RunWriter(draft.Code, state, draft[definition.Variable].State.Values);
            if (write is null) continue;
            draft.Attempt(definition.Variable, () => write(run.First, run.Count));
        }
    }

    private static bool IsComputed(Draft draft, VariableDraft variable, int cell) =>
        variable.Owner[cell] >= 0 && !draft.Graph.Definitions[variable.Owner[cell]].IsRandom;

    public static Text.Diagnostic WrongShape(Draft draft, Variable variable, int[] shape, GivenArray given)
    {
        var place = given.Values.Length > 0 ? given.Place(0) : null;
        var isScalarDraw = shape.Length == 0 && draft.Graph.DefinitionsOf(variable).All(d => d.IsRandom);
        var wrong = DataDiagnostics.WrongShape(variable.Name, ShapeText.Of(given.Shape), ShapeText.Of(variable, shape), place, draft.Locate(variable.Span));
        return isScalarDraw ? wrong with { Remedy = $"for N independent draws write `{variable.Name} ~ … ^ N`" } : wrong;
    }
}
