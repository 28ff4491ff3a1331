using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Results;

namespace ProbLang;

/// <summary>The row of a summary for each cell of a variable, whether the data give it or not.</summary>
internal sealed class ElementRows
{
    private readonly VariableState _state;
    private readonly SummaryRow?[] _rows;
    private readonly Problem _problem;

    /// <exception cref="ArgumentException">The model has no such variable.</exception>
    public ElementRows(Posterior posterior, string name)
    {
        (_problem, Name) = (posterior.Problem, name);
        var variable = _problem.Conditioned.Graph.Find(name) ?? throw new ArgumentException($"The model has no variable `{name}`.", nameof(name));
        _state = _problem.Conditioned[variable];
        _rows = new SummaryRow?[_state.Count];
        if (posterior.Layout.Find(name) is not { } reported) return;
        // A sampler whose chains all failed has a layout, but nothing to summarise.
        for (var element = 0; element < reported.Count && reported.Offset + element < posterior.Summary.Rows.Length; element++)
            _rows[reported.Cells.IsDefault ? element : reported.Cells[element]] = posterior.Summary.Rows[reported.Offset + element];
    }

    public string Name { get; }

    public int[] Shape => _state.Shape;

    public RowLengths? Lengths => _state.Rows;

    public SummaryRow this[ReadOnlySpan<int> indices]
    {
        get
        {
            if (indices.Length != Shape.Length) throw new ArgumentException($"`{Name}` has {Shape.Length} dimensions, but there are {indices.Length} indices.", nameof(indices));
            var cell = 0;
            for (var d = 0; d < indices.Length; d++)
            {
                if ((uint)indices[d] >= (uint)Shape[d]) throw new ArgumentOutOfRangeException(nameof(indices), $"`{Name}` has no such element.");
                cell = cell * Shape[d] + indices[d];
            }
            return _state.Exists(cell) ? _rows[cell] ?? Given(cell) : throw new ArgumentOutOfRangeException(nameof(indices), $"`{Name}` has no such element.");
        }
    }

    /// <summary>A number for each cell, those beyond the ends of ragged rows included.</summary>
    public double[] Numbers(Func<SummaryRow, double> statistic, Func<double, double> given) =>
        [.. _rows.Select((row, cell) => row is not null ? statistic(row) : given(_state.Values[cell]))];

    private SummaryRow Given(int cell)
    {
        var value = _state.Values[cell];
        var deviation = double.IsNaN(value) ? double.NaN : 0;
        var row = new SummaryRow(Name, value, double.NaN, deviation, value, value, value, double.NaN, double.NaN, double.NaN);
        return _state.Variable.Category is null ? row : row with { Levels = _problem.Conditioned.LevelsOf(_state.Variable) };
    }
}

