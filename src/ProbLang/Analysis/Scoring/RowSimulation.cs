using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>Draws what a new row does not give, forward, by the slow evaluator: it stands where the first row of the data stands. Serves one thread.</summary>
internal sealed class RowSimulation
{
    private readonly RowTemplate _template;
    private readonly Evaluator _evaluator;
    private readonly (int Definition, int Iteration, RowVariable? Drawn, int Number)[] _steps;

    public RowSimulation(RowTemplate template)
    {
        (_template, _evaluator) = (template, new Evaluator(template.Model));
        var drawn = template.Variables.Where(v => v.IsDrawn).ToArray();
        var ofRow = template.Definitions.ToHashSet();
        var steps = new List<(int, int, RowVariable?, int)>();
        foreach (var run in template.Model.Order.Where(r => ofRow.Contains(r.Definition)))
        {
            var state = template.Model.Definitions[run.Definition];
            var ofFirst = state.Count / state.Extents[0];
            var number = Array.FindIndex(drawn, v => v.Variable == state.Definition.Variable);
            for (var i = run.First; i < Math.Min(run.First + run.Count, ofFirst); i++) steps.Add((run.Definition, i, state.Definition.IsRandom ? drawn[number] : null, number));
        }
        _steps = [.. steps];
    }

    /// <summary>Takes a draw of what rows share.</summary>
    public void SetShared(ReadOnlySpan<double> draw)
    {
        foreach (var (variable, offset) in _template.Shared) draw.Slice(offset, _template.Model[variable].Count).CopyTo(_evaluator[variable]);
        foreach (var (definition, iteration) in _template.SharedFormulas) _evaluator.Compute(definition, iteration);
    }

    /// <summary>Takes what a row gives.</summary>
    public void SetRow(ReadOnlySpan<double> row)
    {
        foreach (var variable in _template.Variables) row.Slice(variable.Offset, variable.Size).CopyTo(CellsOf(variable));
    }

    /// <summary>Draws some variables of the row, after what they depend on, and writes them into it.</summary>
    /// <param name="missing">Which, as bits: the number of a variable among those that are drawn.</param>
    /// <param name="random">The stream.</param>
    /// <param name="row">The row, overwritten where it is drawn.</param>
    public void Draw(ulong missing, ref Philox random, Span<double> row)
    {
        foreach (var (definition, iteration, drawn, number) in _steps)
        {
            if (drawn is null) _evaluator.Compute(definition, iteration);
            else if ((missing >> number & 1) != 0) Draw(definition, iteration, drawn, ref random);
        }
        foreach (var variable in _template.Variables) CellsOf(variable).CopyTo(row[variable.Offset..]);
    }

    /// <summary>Evaluates all arguments of what the row gives.</summary>
    /// <param name="given">Which are given, as bits.</param>
    /// <exception cref="DiagnosticException">One makes no sense, such as an index beyond its array.</exception>
    public void Check(ulong given)
    {
        foreach (var (definition, iteration, drawn, number) in _steps)
        {
            if (drawn is null) _evaluator.Compute(definition, iteration);
            else if ((given >> number & 1) != 0) _ = _evaluator.DistributionOf(definition, iteration);
        }
    }

    private void Draw(int definition, int iteration, RowVariable drawn, ref Philox random)
    {
        var state = _template.Model.Definitions[definition];
        var distribution = _evaluator.DistributionOf(definition, iteration);
        var (cells, size) = (_evaluator[drawn.Variable], RoleAssignment.EventSize(state, iteration));
        for (var e = 0; e * size < state.SizeOf(iteration); e++) distribution.Sample(e, ref random, cells.AsSpan(state.Targets[iteration] + e * size, size));
    }

    private Span<double> CellsOf(RowVariable variable) => _evaluator[variable.Variable].AsSpan((_template.First - 1) * variable.Size, variable.Size);
}
