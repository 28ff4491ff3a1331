using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>
/// The rows of the data: the elements of the one outermost plate that holds what is observed. Given the parameters they are independent, so that a density
/// is a sum over rows, of which a mini-batch takes some.
/// </summary>
internal sealed class RowPlan
{
    private readonly Plate _plate;

    private RowPlan(Plate plate, int count) => (_plate, Count) = (plate, count);

    /// <summary>How many rows.</summary>
    public int Count { get; }

    /// <summary>What the rows are called: the name of the plate's index.</summary>
    public string Name => _plate.Loop.Name;

    /// <summary>The index of the first row, as the model counts.</summary>
    public int First { get; private init; }

    /// <summary>Whether the outermost plate of a space runs over the rows.</summary>
    public bool IsOver(IterationSpace space) => space.Plates is [var outermost, ..] && outermost.HasRangeOf(_plate);

    /// <summary>The rows of a model, or why it has none.</summary>
    public static RowPlan? Of(ConditionedModel model, out Diagnostic? reason)
    {
        reason = null;
        RowPlan? rows = null;
        foreach (var (space, name, span) in Likelihood(model))
        {
            var place = model.Graph.Source.Locate(span);
            if (space.Plates.IsEmpty) reason ??= LearningDiagnostics.OutsideRows(name, place);
            else if (!space.IsRectangular) reason ??= LearningDiagnostics.RaggedRows(name, place);
            else if (rows is null) rows = new RowPlan(space.Plates[0], space.Extents[0]) { First = space.First[0] };
            else if (!rows.IsOver(space)) reason ??= LearningDiagnostics.OtherRows(name, rows.Name, place);
        }
        if (reason is null && rows is not null) reason = Shared(model, rows);
        if (rows is null) reason ??= LearningDiagnostics.NoRows();
        return reason is null ? rows : null;
    }

    /// <summary>What the density of the data is made of: observed draws, and factors.</summary>
    private static IEnumerable<(IterationSpace Space, string Name, Span Span)> Likelihood(ConditionedModel model)
    {
        foreach (var definition in model.Definitions)
            if (definition.Definition.IsRandom && definition.Count > 0 && model[definition.Definition.Variable].Any(Role.Observed))
                yield return (definition.Space, definition.Definition.Variable.Name, definition.Definition.Span);
        foreach (var factor in model.Factors)
            if (factor.Space.Count > 0) yield return (factor.Space, factor.Factor.Observed?.Name ?? "factor", factor.Factor.Span);
    }

    /// <summary>What makes rows depend on each other or leaves some of them incomplete: unknowns other than parameters, missing cells.</summary>
    private static Diagnostic? Shared(ConditionedModel model, RowPlan rows)
    {
        foreach (var definition in model.Definitions)
        {
            var (variable, place) = (definition.Definition.Variable, model.Graph.Source.Locate(definition.Definition.Span));
            if (!definition.Definition.IsRandom || variable.IsParameter) continue;
            if (model[variable].Any(Role.Latent)) return LearningDiagnostics.LatentRows(variable.Name, place);
            if (model[variable].Any(Role.Observed) && !Array.TrueForAll(definition.Targets, t => model[variable].Roles.AsSpan(t, definition.BlockSize).IndexOfAnyExcept(Role.Observed) < 0))
                return LearningDiagnostics.IncompleteRows(variable.Name, rows.Name, place);
        }
        return model.Conditions.Count > 0 ? LearningDiagnostics.ConditionedRows(model.Graph.Source.Locate(model.Conditions[0].Span)) : null;
    }
}
