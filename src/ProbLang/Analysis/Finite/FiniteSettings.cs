namespace ProbLang.Analysis;

/// <summary>
/// Runs through the values that some finite cells have together, the last cell fastest, with everything computed from them brought
/// up to date. Afterwards they are unknown again.
/// </summary>
internal sealed class FiniteSettings
{
    private readonly Evaluator _evaluator;
    private readonly FiniteCell[] _cells;
    private readonly double[][] _storage;
    private readonly FiniteScope _scope;
    private readonly Memory<double>[] _computed;
    private readonly int[] _states;

    public FiniteSettings(ConditionedModel model, Evaluator evaluator, FiniteCells cells, FiniteScope scope)
    {
        (_evaluator, _scope) = (evaluator, scope);
        _cells = Array.ConvertAll(scope.Cells, number => cells[number]);
        _storage = Array.ConvertAll(_cells, c => evaluator[c.Variable]);
        _computed = Array.ConvertAll(scope.Computed, c => Block(model.Definitions[c.Definition], c.Iteration));
        _states = new int[_cells.Length];
    }

    /// <summary>How many settings.</summary>
    public long Count
    {
        get
        {
            var count = 1L;
            foreach (var cell in _cells) count = count > long.MaxValue / cell.Count ? long.MaxValue : count * cell.Count;
            return count;
        }
    }

    /// <summary>The state of each cell in the present setting.</summary>
    public ReadOnlySpan<int> States => _states;

    /// <summary>Whether one of the cells is not there in the present setting.</summary>
    public bool HasAbsent
    {
        get
        {
            for (var s = 0; s < _cells.Length; s++)
                if (double.IsNaN(_storage[s][_cells[s].Cell])) return true;
            return false;
        }
    }

    /// <summary>Calls a body for each, with its number.</summary>
    /// <param name="body">Evaluates something.</param>
    /// <param name="excuse">Called where a setting cannot be evaluated; what it returns says whether to go on. Without it the mistake is the caller's.</param>
    public void ForEach(Action<long> body, Func<long, DiagnosticException, bool>? excuse = null)
    {
        var known = Array.ConvertAll(_computed, block => block.ToArray());
        try
        {
            var count = Count;
            for (var at = 0L; at < count; at++)
            {
                Set(at);
                try
                {
                    foreach (var (definition, iteration) in _scope.Computed) _evaluator.Compute(definition, iteration);
                    body(at);
                }
                catch (DiagnosticException mistake) when (excuse is not null && excuse(at, mistake))
                {
                    // What cannot be is not evaluated.
                }
            }
        }
        finally
        {
            for (var s = 0; s < _cells.Length; s++) _storage[s][_cells[s].Cell] = double.NaN;
            for (var c = 0; c < known.Length; c++) known[c].CopyTo(_computed[c].Span);
        }
    }

    /// <summary>What an iteration computes.</summary>
    private Memory<double> Block(DefinitionState state, int iteration) => _evaluator[state.Definition.Variable].AsMemory(state.Targets[iteration], state.SizeOf(iteration));

    private void Set(long at)
    {
        for (var s = _cells.Length - 1; s >= 0; s--)
        {
            _states[s] = (int)(at % _cells[s].Count);
            at /= _cells[s].Count;
            _storage[s][_cells[s].Cell] = _cells[s][_states[s]];
        }
    }
}
