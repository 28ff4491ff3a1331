using ProbLang.Analysis;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>Densities of rows that are not among the data: their values, and those of all that rows share, are read from memory when the program runs.</summary>
internal sealed partial class Lowering
{
    /// <summary>The rows that a program is for; null where it is for the data.</summary>
    private readonly NewRows? _newRows;

    /// <summary>The log density of what is drawn in each of some rows, of the variables that are wanted, as outputs.</summary>
    public static LoweredProgram NewRowDensities(NewRows rows, Func<RowVariable, bool> isWanted)
    {
        var template = rows.Template;
        var lowering = new Lowering(template.Model, Coordinates.None, null, isNonCentred: true, newRows: rows);
        foreach (var definition in template.Variables.Where(isWanted).SelectMany(v => v.Draws)) lowering.AddDrawn(definition);
        foreach (var factor in template.Factors) lowering.DensityOf(factor);
        lowering.StoreOfRow(new Buffer("rows", rows.Size, BufferKind.Output), lowering._densityOfRow);
        return lowering.Finish();
    }

    /// <summary>The least and the greatest value of each element that is drawn in one row, as outputs: first all least ones, by their places in the row.</summary>
    /// <param name="rows">One row.</param>
    /// <param name="isOfDraws">Told of the variables whose bounds are not the same in all draws.</param>
    public static LoweredProgram NewRowBounds(NewRows rows, Action<RowVariable> isOfDraws)
    {
        var template = rows.Template;
        var lowering = new Lowering(template.Model, Coordinates.None, null, isNonCentred: true, newRows: rows);
        var output = new Buffer("bounds", 2 * template.Width, BufferKind.Output);
        foreach (var variable in template.Variables.Where(v => v.IsDrawn))
            foreach (var definition in variable.Draws.Where(d => d.EventRank == 0))
                lowering.ForEachCell(definition, 0, _ => true, (environment, batch, _) =>
                {
                    var bounds = lowering.Support(definition, environment, batch);
                    var at = Flat([0.0, .. lowering.TargetIndex(definition, environment, batch).AsSpan(1)], [1, .. variable.Shape]) + (double)variable.Offset;
                    lowering.Effect(output, at, bounds.HasLower ? bounds.Lower : double.NegativeInfinity);
                    lowering.Effect(output, at + (double)template.Width, bounds.HasUpper ? bounds.Upper : double.PositiveInfinity);
                    if (ReadsDraw(bounds.Lower) || ReadsDraw(bounds.Upper)) isOfDraws(variable);
                });
        return lowering.Finish();
    }

    private static bool ReadsDraw(Term term) =>
        term.Kind == TermKind.Load && term.Buffer.Kind is BufferKind.Position or BufferKind.Work or BufferKind.Scratch || Array.Exists(term.Arguments, ReadsDraw);

    private void AddDrawn(DefinitionState definition)
    {
        var (distribution, eventRank) = (definition.Definition.Distribution!, definition.EventRank);
        SumCells(definition, eventRank, _ => true, (environment, batch, _) => Density(distribution, environment, batch, Target(definition, eventRank, environment, batch)));
    }

    private void StoreOfRow(Buffer output, Term value) => _program.Add(new Store([RowCounter], output, _table.Value(RowCounter), Term.AsReal(value), adds: false));

    /// <summary>Of what belongs to rows there are as many as the program takes.</summary>
    private int[] ShapeOf(Graph.Variable variable)
    {
        var shape = _model[variable].Shape;
        return _newRows?.Template.IsOfRow(variable) == true ? [_newRows.Size + _newRows.Template.First - 1, .. shape.AsSpan(1)] : shape;
    }

    private Term ReadGiven(Graph.Variable variable, Buffer given, Term[] index)
    {
        if (!Term.Same(Term.AsInteger(_table, index[0]), Term.AsInteger(_table, _table.Value(RowCounter) + (double)(_newRows!.Template.First - 1))))
            throw Objection.OtherRows(_model.Graph.Source, variable);
        var shape = _model[variable].Shape;
        var at = new Term[index.Length];
        at[0] = _table.Value(RowCounter);
        for (var d = 1; d < at.Length; d++) at[d] = Within(Term.AsInteger(_table, index[d]), shape[d]);
        return Term.Load(_table, given, Flat(at, [_newRows.Size, .. shape.AsSpan(1)]));
    }
}

/// <summary>Memory for some rows that are not among the data, and for one draw of what rows share.</summary>
internal sealed class NewRows
{
    private readonly Dictionary<Graph.Variable, Buffer> _given;
    private readonly Dictionary<Graph.Variable, int> _offsets;

    /// <param name="template">What a row has.</param>
    /// <param name="size">How many rows an evaluation takes.</param>
    public NewRows(RowTemplate template, int size)
    {
        (Template, Size) = (template, size);
        Draw = new Buffer("draw", template.SharedCount, BufferKind.Position);
        _given = template.Variables.ToDictionary(v => v.Variable, v => new Buffer(v.Variable.Name, size * v.Size, BufferKind.Setting) { Range = v.WholeRange });
        _offsets = template.Shared.ToDictionary(s => s.Variable, s => s.Offset);
    }

    public RowTemplate Template { get; }

    public int Size { get; }

    /// <summary>The unknowns that all rows share, on their own scale.</summary>
    public Buffer Draw { get; }

    /// <summary>The memory of a variable that rows give; null for all others.</summary>
    public Buffer? Given(Graph.Variable variable) => _given.GetValueOrDefault(variable);

    /// <summary>Where a variable lies in a draw; null where it does not.</summary>
    public int? OffsetOf(Graph.Variable variable) => _offsets.TryGetValue(variable, out var offset) ? offset : null;
}
