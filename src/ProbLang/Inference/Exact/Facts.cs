using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>What the data or the model state as having happened, in the words of a message.</summary>
/// <param name="Text">Such as <c>`y[3]` is 7</c>.</param>
/// <param name="Place">Where it is stated, or what it is about.</param>
internal sealed record Fact(string Text, Location Place);

/// <summary>Finds words for facts.</summary>
internal sealed class Facts(ConditionedModel model)
{
    /// <summary>That a cell was observed.</summary>
    public Fact Of(DefinitionState state, int cell)
    {
        var own = model[state.Definition.Variable];
        return new Fact(CellText.Is(model, own.Variable, cell, own.Values[cell]), Locate(GivenAt(own, cell) ?? state.Definition.Target));
    }

    /// <summary>That a condition was met in an iteration of its plates.</summary>
    public Fact Of(ConditionState condition, int iteration)
    {
        var place = condition.Place ?? Locate(condition.Span);
        if (condition.Of is not null) return new Fact(GivenText(condition.Condition), place);
        var plates = condition.Space.Plates.Select((plate, p) => $"{plate.Loop.Name} = {condition.Space.LoopValues[p][iteration].ToString(System.Globalization.CultureInfo.InvariantCulture)}").ToArray();
        return new Fact(plates.Length == 0 ? $"`{TextOf(condition.Span)}`" : $"`{TextOf(condition.Span)}` for {string.Join(", ", plates)}", place);
    }

    /// <summary>The statement of the model that gives a cell its value, where one does outside of plates.</summary>
    private Span? GivenAt(VariableState state, int cell)
    {
        foreach (var given in model.Graph.GivenValues)
            if (given.Variable == state.Variable && given.Plates.IsEmpty && (given.Indices.IsEmpty || CellAt(state, given.Indices) == cell)) return given.Span;
        return null;
    }

    private static int CellAt(VariableState state, IReadOnlyList<Bound> indices)
    {
        var at = 0;
        for (var d = 0; d < indices.Count; d++)
        {
            if (indices.Count < state.Shape.Length || indices[d] is not ConstantValue index) return -1;
            at = at * state.Shape[d] + (int)index.Value - 1;
        }
        return at;
    }

    /// <summary>In <c>cell == value</c>, or <c>(cell - value)² ≤ …</c>, which cell has which value.</summary>
    private string GivenText(Bound condition)
    {
        while (condition is ElementwiseValue { Arguments: [ElementwiseValue inner, ..] }) condition = inner;
        var (cell, value) = condition is ElementwiseValue { Arguments: [var left, ConstantValue right] } ? (left, right.Value) : throw new UnreachableException(condition.GetType().Name);
        var variable = (cell as VariableValue ?? (VariableValue)((IndexedValue)cell).Array).Variable;
        var at = cell is IndexedValue element ? CellAt(model[variable], [.. element.Indices.Select(i => ((AtIndex)i).Position)]) : 0;
        return CellText.Is(model, variable, at, value);
    }

    private string TextOf(Span span) => string.Join(' ', model.Graph.Source.TextOf(span).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Location Locate(Span span) => model.Graph.Source.Locate(span);
}
