using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>
/// Values that random cells have in a simulation whatever they depend on (the do-operator: Pearl, Causality, 2009, chapter 3);
/// NaN for a cell that is drawn.
/// </summary>
internal sealed class Interventions(IReadOnlyDictionary<Variable, double[]> values)
{
    public static Interventions None { get; } = new(new Dictionary<Variable, double[]>());

    /// <summary>A value for each cell of a variable; null where nothing is fixed.</summary>
    public double[]? Of(Variable variable) => values.GetValueOrDefault(variable);

    /// <summary>Whether all that an iteration draws is fixed.</summary>
    public bool IsWhole(DefinitionState state, int iteration) =>
        Of(state.Definition.Variable) is { } cells && IsWhole(cells.AsSpan(state.Targets[iteration], state.SizeOf(iteration)));

    /// <summary>Whether every cell is fixed.</summary>
    public static bool IsWhole(ReadOnlySpan<double> cells)
    {
        foreach (var value in cells) if (double.IsNaN(value)) return false;
        return true;
    }

    /// <summary>Lays what is fixed over a draw.</summary>
    public static void Lay(ReadOnlySpan<double> cells, Span<double> draw)
    {
        for (var i = 0; i < cells.Length; i++) if (!double.IsNaN(cells[i])) draw[i] = cells[i];
    }
}
