using System.Collections.Immutable;

namespace ProbLang.Analysis;

/// <summary>
/// Decides which computed cells are summed over as variables of their own. One that has fewer values than what it is computed of has settings
/// keeps what reads it narrow: the state of a chain, a carry, a parity, a count. The others are computed anew for each setting wherever they are read.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="evaluator">Knows what the data give; it is left so.</param>
/// <param name="cancellation">Looked at now and then.</param>
internal sealed class ComputedCells(ConditionedModel model, Evaluator evaluator, CancellationToken cancellation)
{
    /// <summary>So many settings are looked at to find the values of a cell.</summary>
    private const long MostSettings = 1 << 16;

    /// <summary>The values and the entries of the table that a variable may have.</summary>
    private const int MostValues = 1 << 11;
    private const long MostEntries = 1 << 23;

    /// <summary>What is computed of what is computed, and so on, is a variable after so many steps in any case: otherwise a chain would be computed from its start again and again.</summary>
    private const int MostSteps = 8;

    private readonly Dictionary<TableKey, ImmutableArray<double>> _known = [];

    /// <summary>Adds the cells that an iteration computes, all or none of them.</summary>
    public void Add(FiniteCells cells, FiniteScopes scopes, int definition, int iteration)
    {
        cancellation.ThrowIfCancellationRequested();
        var state = model.Definitions[definition];
        var own = model[state.Definition.Variable];
        var found = new List<(int Cell, ImmutableArray<double> Values)>();
        var isWorthIt = false;
        for (var cell = state.Targets[iteration]; cell < state.Targets[iteration] + state.SizeOf(iteration); cell++)
        {
            if (!double.IsNaN(own.Values[cell]) || !own.Exists(cell)) continue;
            var scope = scopes.Of(own, cell);
            if (scope.ReadsContinuous || scope.Cells.Length == 0 || Values(cells, definition, iteration, cell, scope) is not { } values) return;
            var settings = new FiniteSettings(model, evaluator, cells, scope).Count;
            if (values.Length > MostValues || values.Length * settings > MostEntries) return;
            isWorthIt |= 4L * values.Length <= 3 * settings || scope.Computed.Length > MostSteps;
            found.Add((cell, values));
        }
        if (!isWorthIt) return;
        foreach (var (cell, values) in found) cells.Add(own, cell, values);
    }

    /// <summary>The values of a cell over all settings, ascending, NaN last; null where there are too many to look at.</summary>
    private ImmutableArray<double>? Values(FiniteCells cells, int definition, int iteration, int cell, FiniteScope scope)
    {
        var state = model.Definitions[definition];
        var key = new TableKey(definition, cell - state.Targets[iteration], scope.Notes);
        if (_known.TryGetValue(key, out var values)) return values;
        var settings = new FiniteSettings(model, evaluator, cells, scope);
        if (settings.Count > MostSettings) return null;
        var found = new HashSet<double>();
        var storage = evaluator[state.Definition.Variable];
        settings.ForEach(at =>
        {
            if (at % 1024 == 0) cancellation.ThrowIfCancellationRequested();
            found.Add(evaluator.Exists(definition, iteration) ? storage[cell] : double.NaN);
        }, excuse: (_, _) => true);
        values = [.. found.Order().OrderBy(double.IsNaN)];
        _known.Add(key, values);
        return values;
    }
}
