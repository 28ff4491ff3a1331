using ProbLang.Distributions;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Networks;

/// <summary>Puts the rows of a table into their places, and checks that they are all there and are probabilities.</summary>
internal sealed class TableBinder
{
    /// <summary>
    /// How far from 1 rounding may take a row: that of four numbers with three decimals, or of forty with four.
    /// </summary>
    public const double Rounding = 0.002;

    private readonly BifTable _table;
    private readonly LabelledVariable _variable;
    private readonly LabelledVariable[] _parents;
    private readonly SourceText _source;
    private readonly DiagnosticList _diagnostics;
    private readonly int _width;
    private readonly double[] _cells;
    private readonly BifRow?[] _rows;
    private readonly List<BifRow> _rounded = [];

    private TableBinder(BifTable table, LabelledVariable variable, LabelledVariable[] parents, SourceText source, DiagnosticList diagnostics)
    {
        (_table, _variable, _parents, _source, _diagnostics) = (table, variable, parents, source, diagnostics);
        _width = variable.Labels.Count;
        _rows = new BifRow?[parents.Aggregate(1, (rows, parent) => rows * parent.Labels.Count)];
        _cells = new double[_rows.Length * _width];
    }

    /// <summary>The cells, row by row, in the order of the labels; what is rounded is divided by its sum. Null where there are mistakes.</summary>
    public static double[]? Bind(BifTable table, LabelledVariable variable, LabelledVariable[] parents, SourceText source, DiagnosticList diagnostics, List<Diagnostic> warnings)
    {
        var binder = new TableBinder(table, variable, parents, source, diagnostics);
        if (!binder.Fill()) return null;
        if (binder._rounded is [var first, ..]) warnings.Add(NetworkDiagnostics.Rounded(source, first, variable.Name.Text, binder._rounded.Count));
        return binder._cells;
    }

    private bool Fill()
    {
        var whole = _table.Rows.Find(r => r.Kind == RowKind.Table);
        if (whole is not null) return IsAlone(whole) && FillTable(whole);
        var isFilled = true;
        BifRow? otherwise = null;
        foreach (var row in _table.Rows)
        {
            if (_diagnostics.IsFull) return false;
            if (row.Kind == RowKind.Default) isFilled &= IsFirst(ref otherwise, row) && IsDistribution(row);
            else isFilled &= FillRow(row);
        }
        return isFilled && FillMissing(otherwise);
    }

    private bool IsAlone(BifRow whole) =>
        _table.Rows.Find(r => r != whole) is not { } other || Fail(NetworkDiagnostics.RowBesideTable(_source, other, whole, _variable.Name.Text));

    private bool IsFirst(ref BifRow? first, BifRow row)
    {
        if (first is not null) return Fail(NetworkDiagnostics.RowTwice(_source, row, first));
        first = row;
        return true;
    }

    /// <summary>A table has its own label slowest, as in the description of the format.</summary>
    private bool FillTable(BifRow table)
    {
        if (table.Values.Count != _cells.Length) return Fail(NetworkDiagnostics.NumberCount(_source, table, _variable.Name.Text, _parents.Length > 0, _cells.Length, table.Values.Count));
        if (!AreProbabilities(table)) return false;
        var count = _rows.Length;
        for (var row = 0; row < count; row++)
        {
            var values = Enumerable.Range(0, _width).Select(label => table.Values[label * count + row].Value).ToArray();
            if (!AddsUp(values, table)) return false;
            Put(values, row);
        }
        return true;
    }

    /// <summary>Whether the numbers would do where a variable's own label were the fastest.</summary>
    private bool AddUpTransposed(BifRow table) =>
        _rows.Length > 1 && table.Values.Chunk(_width).All(row => Math.Abs(row.Sum(v => v.Value) - 1) <= Rounding);

    private bool FillRow(BifRow row)
    {
        if (PlaceOf(row) is not { } place) return false;
        if (!IsFirst(ref _rows[place], row) || !IsDistribution(row)) return false;
        Put(ValuesOf(row), place);
        return true;
    }

    private int? PlaceOf(BifRow row)
    {
        if (row.Labels.Count != _parents.Length)
        {
            _diagnostics.Add(NetworkDiagnostics.LabelsOfRow(_source, row, _variable.Name.Text, [.. _parents.Select(p => p.Name.Text)]));
            return null;
        }
        var place = 0;
        for (var i = 0; i < _parents.Length; i++)
        {
            if (!_parents[i].Codes.TryGetValue(row.Labels[i].Text, out var label))
            {
                _diagnostics.Add(NetworkDiagnostics.UnknownLabel(_source, row.Labels[i], _parents[i]));
                return null;
            }
            place = place * _parents[i].Labels.Count + label;
        }
        return place;
    }

    private bool IsDistribution(BifRow row)
    {
        if (row.Values.Count != _width) return Fail(NetworkDiagnostics.NumberCount(_source, row, _variable.Name.Text, _parents.Length > 0, _width, row.Values.Count));
        return AreProbabilities(row) && AddsUp(ValuesOf(row), row);
    }

    private bool AreProbabilities(BifRow row)
    {
        foreach (var number in row.Values)
            if (!(number.Value is >= 0 and <= 1)) return Fail(NetworkDiagnostics.NotAProbability(_source, number.Span));
        return true;
    }

    private static double[] ValuesOf(BifRow row) => [.. row.Values.Select(v => v.Value)];

    private bool AddsUp(double[] values, BifRow row)
    {
        var sum = values.Sum();
        if (Math.Abs(sum - 1) <= Domains.Tolerance) return true;
        if (Math.Abs(sum - 1) > Rounding + Domains.Tolerance) return Fail(NetworkDiagnostics.SumsTo(_source, row, sum, row.Kind == RowKind.Table && AddUpTransposed(row)));
        _rounded.Add(row);
        return true;
    }

    private bool FillMissing(BifRow? otherwise)
    {
        var missing = Enumerable.Range(0, _rows.Length).Where(i => _rows[i] is null).ToList();
        if (missing.Count == 0) return true;
        if (otherwise is null) return Fail(NetworkDiagnostics.RowsMissing(_source, _table, missing.Count, _rows.Length, LabelsAt(missing[0])));
        foreach (var place in missing) Put(ValuesOf(otherwise), place);
        return true;
    }

    private string[] LabelsAt(int place)
    {
        var labels = new string[_parents.Length];
        for (var i = labels.Length - 1; i >= 0; i--)
        {
            labels[i] = _parents[i].Labels[place % _parents[i].Labels.Count].Text;
            place /= _parents[i].Labels.Count;
        }
        return labels;
    }

    /// <summary>Writes a row where it belongs, divided by its sum where it is rounded.</summary>
    private void Put(double[] values, int place)
    {
        var sum = values.Sum();
        var scale = Math.Abs(sum - 1) <= Domains.Tolerance ? 1 : sum;
        for (var i = 0; i < _width; i++) _cells[place * _width + i] = values[i] / scale;
    }

    private bool Fail(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        return false;
    }
}
