using ProbLang.Analysis;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>Densities of some rows of the data, which of them being said when the program runs.</summary>
internal sealed partial class Lowering
{
    /// <summary>The rows that a program is for; null where it is for the data as they are.</summary>
    private RowSelection? _rows;

    /// <summary>What nets compute in.</summary>
    private Precision _precision = Precision.Double;

    /// <summary>What the statements add to the density of a row: a function of the row's counter.</summary>
    private Term _densityOfRow = 0.0;

    /// <summary>
    /// The weighted sum of the log likelihoods of rows. What else the density has, such as priors that all rows share, counts by the share of the rows. Neither the
    /// densities of parameters nor Jacobians are in it.
    /// </summary>
    public static LoweredProgram RowLikelihood(ConditionedModel model, Coordinates coordinates, RowSelection rows)
    {
        var lowering = new Lowering(model, coordinates, null, isNonCentred: true) { _rows = rows, _precision = rows.Precision };
        var shared = lowering.AddRows();
        var counter = lowering.RowCounter;
        var weight = Term.Load(lowering._table, rows.Weights, lowering._table.Value(counter));
        var total = Term.Sum(counter, Term.AsReal(lowering._densityOfRow * weight));
        lowering._program.Total = shared.IsConstant(0) ? total : total + shared * (Term.Sum(counter, weight) / (double)rows.Plan.Count);
        return lowering.Finish();
    }

    /// <summary>The log likelihood of each of some rows, as outputs.</summary>
    public static LoweredProgram RowLikelihoods(ConditionedModel model, Coordinates coordinates, RowSelection rows)
    {
        var lowering = new Lowering(model, coordinates, null, isNonCentred: true) { _rows = rows, _precision = rows.Precision };
        lowering.AddRows();
        var counter = lowering.RowCounter;
        lowering._program.Add(new Store([counter], new Buffer("rows", rows.Size, BufferKind.Output), lowering._table.Value(counter), Term.AsReal(lowering._densityOfRow), adds: false));
        return lowering.Finish();
    }

    /// <summary>For each statement, what it adds to the log likelihood of each row: to find where a number comes from that is none.</summary>
    public static LoweredProgram StatementLikelihoods(ConditionedModel model, Coordinates coordinates, RowSelection rows)
    {
        var lowering = new Lowering(model, coordinates, null, isNonCentred: true) { _rows = rows, _precision = rows.Precision };
        var statements = RowSelection.Statements(model);
        var output = new Buffer("statements", statements.Count * rows.Size, BufferKind.Output);
        for (var s = 0; s < statements.Count; s++)
        {
            lowering._densityOfRow = 0.0;
            lowering.Add(statements[s]);
            var counter = lowering.RowCounter;
            lowering._program.Add(new Store([counter], output, lowering._table.Value(counter) + (double)(s * rows.Size), Term.AsReal(lowering._densityOfRow), adds: false));
        }
        return lowering.Finish();
    }

    private Counter RowCounter => _table.Counter(0, (double)RowsTogether);

    private int RowsTogether => _newRows?.Size ?? _rows!.Size;

    /// <summary>Adds all statements to the density of a row; the result is what belongs to no row.</summary>
    private Term AddRows()
    {
        CheckRanges();
        Term shared = 0.0;
        foreach (var statement in RowSelection.Statements(_model)) shared += Add(statement);
        return shared;
    }

    private Term Add(RowStatement statement) => statement.Definition is { } definition ? DensityOf(definition) : DensityOf(statement.Factor);

    private bool IsOverRows(IterationSpace space) => _newRows?.Template.IsOver(space) ?? _rows?.Plan.IsOver(space) ?? false;

    /// <summary>How often the loops of a space run.</summary>
    private int[] ExtentsOf(IterationSpace space) => IsOverRows(space) ? [RowsTogether, .. space.Extents.AsSpan(1)] : space.Extents;

    /// <summary>Loop indices with the number of the row in the place of its place in the batch.</summary>
    private Term[] InRows(IterationSpace space, Term[] index) => IsOverRows(space) ? [RowOf(index[0]), .. index.AsSpan(1)] : index;

    /// <summary>The number of a row, by its place in the batch; new rows have no other.</summary>
    private Term RowOf(Term place) => _newRows is not null ? place : Term.AsInteger(_table, Term.Load(_table, _rows!.Rows, place));

    /// <summary>A value summed over the loops that are open; over rows it goes to the density of the row instead, and nothing is left.</summary>
    private Term SumOverOpen(IterationSpace space, Term each)
    {
        var isOfRow = IsOverRows(space);
        for (var i = _active.Count - 1; i >= (isOfRow ? 1 : 0); i--) each = Term.Sum(_active[i], each);
        if (!isOfRow) return each;
        _densityOfRow += each;
        return 0.0;
    }

    /// <summary>Writes statements for all rows of the data: for cells that are read from other rows than their own, which may not be in the batch.</summary>
    private void ForAllRows(Action write)
    {
        var rows = _rows;
        _rows = null;
        write();
        _rows = rows;
    }

    /// <summary>Whether a cell is one of the present row, so that it is computed there and not for all rows.</summary>
    private bool IsOfRow(DefinitionState formula, Term[] index) =>
        IsOverRows(formula.Space) && !formula.Definition.IsRandom && _active.Count > 0
        && Term.Same(index[0], Term.AsInteger(_table, RowOf(_table.Value(RowCounter)) + (double)(formula.First[0] - 1)));

    /// <summary>
    /// A cell of the present row: written out where the other indices run through the row, else from memory for the rows of the batch. There a row that is in
    /// the batch twice is there twice, so that each has a derivative of its own.
    /// </summary>
    private Term ReadOfRow(DefinitionState formula, Term[] index, int[] shape)
    {
        // What a net makes lies in memory as it is.
        var swept = formula.Definition.Value is Graph.NetValue ? formula.Definition.Plates.Length : shape.Length;
        if (IsSweep(index[1..swept], shape[1..swept])) return Formula(formula, index);
        var row = MatrixOf(new Arr<Term>(shape[1..], rest => Formula(formula, [index[0], .. rest])), [RowCounter]);
        return Term.Load(_table, row.Buffer, Flat([_table.Value(RowCounter), .. index.AsSpan(1)], [RowsTogether, .. shape.AsSpan(1)]) + (double)row.Offset);
    }
}

/// <summary>Some rows of the data, by number, with a weight each.</summary>
internal sealed class RowSelection(RowPlan plan, int size, Precision precision)
{
    /// <summary>What the nets of the program compute in.</summary>
    public Precision Precision => precision;

    public RowPlan Plan => plan;

    /// <summary>How many.</summary>
    public int Size => size;

    /// <summary>Their numbers, from 0.</summary>
    public Buffer Rows { get; } = new("rows", size, BufferKind.Setting) { Range = (0, Math.Max(0, plan.Count - 1)) };

    public Buffer Weights { get; } = new("weights", size, BufferKind.Setting);

    /// <summary>What a likelihood is made of: draws that are no parameters, and factors.</summary>
    public static IReadOnlyList<RowStatement> Statements(ConditionedModel model) =>
    [
        .. model.Definitions.Where(d => d.Definition is { IsRandom: true, Variable.IsParameter: false }).Select(d => new RowStatement(d, -1, d.Definition.Span)),
        .. model.Factors.Select((f, i) => new RowStatement(null, i, f.Factor.Span)),
    ];
}

/// <summary>A draw or a factor of a likelihood.</summary>
internal sealed record RowStatement(DefinitionState? Definition, int Factor, Text.Span Span);
