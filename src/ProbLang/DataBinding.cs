using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang;

/// <summary>Data as a model takes them: single elements laid over arrays, or put beside the model's own <c>given</c>s.</summary>
internal sealed record DataBinding(ModelGraph Graph, DataSet Data)
{
    /// <summary>Null, with the mistakes, where a value that the model names cannot be read.</summary>
    /// <exception cref="ArgumentException">It is ambiguous which variable a property of the program is, or its values cannot be data.</exception>
    public static DataBinding? Of(ModelGraph graph, Data data, out ImmutableArray<Diagnostic> mistakes)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var given = data.For(graph);
        foreach (var variable in graph.Variables)
            if (variable.LevelsOf is null && given.Reading.Faults.TryGetValue(variable.Name, out var fault)) found.Add(fault);
        var binding = new DataBinding(graph, given.Reading.Data);
        foreach (var overlay in given.Overlays) binding = binding.With(overlay, found);
        // Only a category takes text.
        foreach (var variable in binding.Graph.Variables)
            if (variable is { Category: null, LevelsOf: null } && binding.Data.Arrays.TryGetValue(variable.Name, out var array) && array.NotNumbers is { } text) found.Add(text);
        mistakes = found.ToImmutable();
        return mistakes.IsEmpty ? binding : null;
    }

    private DataBinding With(CellOverlay overlay, ImmutableArray<Diagnostic>.Builder mistakes)
    {
        if (Graph.Find(overlay.Name) is not { } variable) mistakes.Add(DataFileDiagnostics.UnknownElement(overlay.Element, overlay.Name, overlay.Place));
        else if (Data.Arrays.TryGetValue(overlay.Name, out var array))
        {
            var changed = overlay.Onto(array, out var mistake);
            if (mistake is null) return this with { Data = Data.With(new DataSet(new Dictionary<string, DataArray> { [overlay.Name] = changed })) };
            mistakes.Add(mistake);
        }
        else if (variable.Category is { } category && overlay.Label is { } label)
        {
            var code = category.NewCodeOf(label, variable.Span);
            return this with { Graph = Graph with { Variables = Graph.Variables.Add(code), GivenValues = Given(variable, overlay, new VariableValue(code, variable.Span)) } };
        }
        else if (overlay.NotNumber is { } text) mistakes.Add(text);
        else return this with { Graph = Graph with { GivenValues = Given(variable, overlay, overlay.Value is { } value ? new ConstantValue(value, variable.Type, variable.Span) : null) } };
        return this;
    }

    /// <summary>Without an array there is no shape to lay the value over: it is said as the model would say it.</summary>
    private ImmutableArray<GivenValue> Given(Variable variable, CellOverlay overlay, Bound? value)
    {
        var indices = overlay.Indices.Select(i => (Bound)new ConstantValue(i, ElementType.Integer, variable.Span)).ToImmutableArray();
        var others = Graph.GivenValues.RemoveAll(g => g.Variable == variable && g.Plates.IsEmpty && g.Indices.SequenceEqual(indices, SamePosition));
        return value is null ? others : others.Add(new GivenValue([], variable, indices, value, variable.Span));
    }

    private static readonly EqualityComparer<Bound> SamePosition =
        EqualityComparer<Bound>.Create((a, b) => a is ConstantValue x && b is ConstantValue y && x.Value == y.Value, _ => 0);
}
