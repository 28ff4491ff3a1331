using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang;

/// <summary>Data as a simulation takes them: values that random variables are fixed to.</summary>
internal sealed class InterventionBinding(ConditionedModel model)
{
    private readonly Dictionary<Variable, double[]> _values = new(ReferenceEqualityComparer.Instance);
    private readonly List<Diagnostic> _mistakes = [];

    /// <exception cref="DataException">There is no such variable, it is not random, or the value does not fit it.</exception>
    public static Interventions Of(ConditionedModel model, Data data)
    {
        var binding = new InterventionBinding(model);
        var given = data.For(model.Graph);
        binding._mistakes.AddRange(given.Reading.Faults.Values);
        foreach (var array in given.Reading.Data.Arrays.Values) binding.Fix(array);
        foreach (var overlay in given.Overlays) binding.Fix(overlay);
        binding.CheckEvents();
        return binding._mistakes.Count == 0 ? new Interventions(binding._values) : throw new DataException(binding._mistakes);
    }

    private void Fix(DataArray array)
    {
        if (Find(array.Name, array.Values.Length > 0 ? array.Place(0) : null) is not { } state) return;
        if (!state.Shape.AsSpan().SequenceEqual(array.Shape) || array.Rows is not null && !array.Rows.IsAs(state.Rows))
        {
            _mistakes.Add(DataDiagnostics.FixedShape(array.Name, ShapeText.Of(array.Shape), ShapeText.Of(state.Shape), array.Values.Length > 0 ? array.Place(0) : null));
            return;
        }
        if (state.Variable.Category is null && array.NotNumbers is { } text)
        {
            _mistakes.Add(text);
            return;
        }
        var labels = state.Variable.Category is null ? null : array.ReadLabels();
        for (var cell = 0; cell < state.Count; cell++)
        {
            if (array.IsMissing(cell)) continue;
            var value = labels is null ? array.Values[cell] : CodeOf(state, cell, labels[cell]!, array.Place(cell));
            if (value is { } known) Fix(state, cell, known, array.Place(cell));
        }
    }

    private void Fix(CellOverlay overlay)
    {
        if (Find(overlay.Name, overlay.Place) is not { } state) return;
        var offset = 0;
        var fits = overlay.Indices.Length == state.Shape.Length;
        for (var d = 0; fits && d < overlay.Indices.Length; d++)
        {
            fits = overlay.Indices[d] >= 1 && overlay.Indices[d] <= state.Shape[d];
            offset = offset * state.Shape[d] + overlay.Indices[d] - 1;
        }
        if (!fits) _mistakes.Add(DataDiagnostics.FixedElement(overlay.Element, overlay.Name, ShapeText.Of(state.Shape), overlay.Place));
        else if (overlay.Label is { } label && state.Variable.Category is not null)
        {
            if (CodeOf(state, offset, label, overlay.Place) is { } code) Fix(state, offset, code, overlay.Place);
        }
        else if (overlay.NotNumber is { } text) _mistakes.Add(text);
        else Fix(state, offset, overlay.Value ?? double.NaN, overlay.Place);
    }

    private double? CodeOf(VariableState state, int cell, string label, Location? place)
    {
        var levels = model.LevelsOf(state.Variable);
        if (levels.IndexOf(label) is var at && at >= 0) return at + 1;
        _mistakes.Add(DataDiagnostics.NotALevel(ShapeText.Element(state.Variable.Name, state.Shape, cell), label, levels, Spelling.Nearest(label, levels), place, model.Graph.Source.Locate(state.Variable.Span)));
        return null;
    }

    private VariableState? Find(string name, Location? place)
    {
        if (model.Graph.Find(name) is { } variable) return model[variable];
        _mistakes.Add(DataDiagnostics.FixedUnknown(name, place, Spelling.Nearest(name, [.. model.Graph.Variables.Where(v => v.LevelsOf is null).Select(v => v.Name)])));
        return null;
    }

    private void Fix(VariableState state, int cell, double value, Location? place)
    {
        var element = ShapeText.Element(state.Variable.Name, state.Shape, cell);
        if (StatementOf(state.Variable, cell) is not { Definition.IsRandom: true })
            _mistakes.Add(DataDiagnostics.FixedNotRandom(element, place, model.Graph.Source.Locate(state.Variable.Span)));
        else if (state.Variable.Type != ElementType.Real && double.IsFinite(value) && value != Math.Floor(value))
            _mistakes.Add(DataDiagnostics.FixedNotWhole(element, value, place, model.Graph.Source.Locate(state.Variable.Span)));
        else
        {
            if (!_values.TryGetValue(state.Variable, out var values))
            {
                _values.Add(state.Variable, values = new double[state.Count]);
                Array.Fill(values, double.NaN);
            }
            values[cell] = value;
        }
    }

    /// <summary>The elements of one draw of a vector depend on each other: to draw the others beside a fixed one would not be a draw of the model.</summary>
    private void CheckEvents()
    {
        foreach (var state in model.Definitions)
        {
            if (!state.Definition.IsRandom || !_values.TryGetValue(state.Definition.Variable, out var values)) continue;
            for (var i = 0; i < state.Count; i++)
            {
                var size = RoleAssignment.EventSize(state, i);
                for (var from = state.Targets[i]; from < state.Targets[i] + state.SizeOf(i); from += size)
                    if (values.AsSpan(from, size) is var draw && !Interventions.IsWhole(draw) && draw.ContainsAnyExcept(double.NaN))
                    {
                        _mistakes.Add(DataDiagnostics.FixedInPart(state.Definition.Variable.Name, model.Graph.Source.Locate(state.Definition.Span)));
                        return;
                    }
            }
        }
    }

    private DefinitionState? StatementOf(Variable variable, int cell) => model.Definitions.FirstOrDefault(d =>
        d.Definition.Variable == variable && Enumerable.Range(0, d.Count).Any(i => cell >= d.Targets[i] && cell < d.Targets[i] + d.SizeOf(i)));
}
