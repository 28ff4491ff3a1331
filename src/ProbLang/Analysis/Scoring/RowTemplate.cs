using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>
/// What a row of the data consists of, so that there can be more of them: the inputs and draws of the one outermost plate around what is observed.
/// What stands outside of that plate is shared by all rows, and for new ones what it was for the data.
/// </summary>
internal sealed class RowTemplate
{
    /// <summary>Which variables a row gives is written as the bits of one number.</summary>
    private const int MostDrawn = 64;

    private readonly Plate _plate;
    private readonly HashSet<Variable> _ofRow = new(ReferenceEqualityComparer.Instance);

    private RowTemplate(ConditionedModel model, Plate plate, IterationSpace space)
    {
        (Model, _plate, First) = (model, plate, space.First[0]);
        Definitions = [.. Enumerable.Range(0, model.Definitions.Count).Where(d => IsOver(model.Definitions[d].Space))];
        Factors = [.. Enumerable.Range(0, model.Factors.Count).Where(f => IsOver(model.Factors[f].Space))];
    }

    public ConditionedModel Model { get; }

    /// <summary>What the rows are called: the name of the plate's index.</summary>
    public string Name => _plate.Loop.Name;

    /// <summary>The index of the first row, as the model counts.</summary>
    public int First { get; }

    /// <summary>The statements of a row, as numbers of definitions.</summary>
    public ImmutableArray<int> Definitions { get; }

    /// <summary>The factors of a row, by their numbers.</summary>
    public ImmutableArray<int> Factors { get; }

    /// <summary>What a row gives, in the order of the model.</summary>
    public ImmutableArray<RowVariable> Variables { get; private set; } = [];

    /// <summary>How many numbers a row has.</summary>
    public int Width { get; private set; }

    /// <summary>The unknowns that all rows share and something of a row depends on, with their places in a draw.</summary>
    public ImmutableArray<(Variable Variable, int Offset)> Shared { get; private set; } = [];

    /// <summary>How many numbers of a draw they are.</summary>
    public int SharedCount { get; private set; }

    /// <summary>What rows share and is computed of draws, for want of draws of its own: definitions with their iterations, each after those that it reads.</summary>
    public ImmutableArray<(int Definition, int Iteration)> SharedFormulas { get; private set; } = [];

    /// <summary>How inputs of a row are used as indices: the variable, and up to which value.</summary>
    public ImmutableArray<(RowVariable Variable, int Most)> Indices { get; private set; } = [];

    /// <summary>Whether only evaluating a row tells whether all of its indices are within their arrays.</summary>
    public bool HasComputedIndices { get; private set; }

    /// <summary>Whether the outermost plate of a space runs over the rows.</summary>
    public bool IsOver(IterationSpace space) => space.Plates is [var outermost, ..] && outermost.HasRangeOf(_plate);

    /// <summary>Whether a variable has an element, or elements, for each row.</summary>
    public bool IsOfRow(Variable variable) => _ofRow.Contains(variable);

    /// <summary>What a row gives under a name; null where it gives nothing of it.</summary>
    public RowVariable? Find(Variable variable) => Variables.FirstOrDefault(v => v.Variable == variable);

    /// <param name="model">The model with data, of which each row is an example.</param>
    /// <param name="rows">The index of the plate that is meant; null where there is only one.</param>
    /// <param name="isDrawn">Whether there are draws of a variable that rows share.</param>
    /// <exception cref="DiagnosticException">Its rows are not of one form, or depend on each other.</exception>
    public static RowTemplate Of(ConditionedModel model, string? rows, Func<Variable, bool> isDrawn)
    {
        var candidates = Candidates(model).Where(c => rows is null || c.Plates[0].Loop.Name == rows).ToArray();
        if (candidates is not [var first, ..]) throw new DiagnosticException(ScoringDiagnostics.NoRows(rows));
        if (candidates.FirstOrDefault(c => !c.Plates[0].HasRangeOf(first.Plates[0])) is { } other)
            throw new DiagnosticException(ScoringDiagnostics.SeveralRows(first.Plates[0].Loop.Name, other.Plates[0].Loop.Name));
        if (!first.IsRectangular) throw new DiagnosticException(ScoringDiagnostics.UnevenRows(first.Plates[0].Loop.Name, model.Graph.Source.Locate(first.Plates[0].Loop.Span)));
        var template = new RowTemplate(model, first.Plates[0], first);
        template.FindVariables();
        template.FindShared(isDrawn);
        return template;
    }

    /// <summary>The plates around what is observed; where nothing is, around what is drawn.</summary>
    private static IterationSpace[] Candidates(ConditionedModel model)
    {
        var drawn = model.Definitions.Where(d => d.Definition is { IsRandom: true, Variable.IsParameter: false, Plates.IsEmpty: false } && d.Count > 0).ToArray();
        var observed = drawn.Where(d => model[d.Definition.Variable].Any(Role.Observed)).ToArray();
        return [.. (observed.Length > 0 ? observed : drawn).Select(d => d.Space)];
    }

    private void FindVariables()
    {
        foreach (var definition in Definitions) CheckForm(Model.Definitions[definition]);
        if (Model.Conditions.Any(c => IsOver(c.Space)) || Model.Factors.Any(f => f.Factor.Observed is not null && IsOver(f.Space)) || Model.Inverted?.Inversions.Any(i => _ofRow.Contains(i.Solved)) == true)
            throw new DiagnosticException(ScoringDiagnostics.ConditionedRows(Name));
        var reading = new RowReads(this);
        reading.Collect();
        _ofRow.UnionWith(reading.Inputs);
        var draws = Definitions.Select(d => Model.Definitions[d]).Where(d => d.Definition.IsRandom).ToLookup(d => d.Definition.Variable);
        var ranges = new Evaluator(Model);
        var variables = ImmutableArray.CreateBuilder<RowVariable>();
        foreach (var state in Model.Variables.Where(s => draws.Contains(s.Variable) || reading.Inputs.Contains(s.Variable)))
        {
            variables.Add(new RowVariable(state, Width, [.. draws[state.Variable]])
            {
                Levels = Model.LevelsOf(state.Variable),
                Lower = state.Variable.Category is not null ? 1 : state.Variable.Type == ElementType.Boolean ? 0 : Bound(state.Variable.Lower, double.NegativeInfinity),
                Upper = state.Variable.Category is not null ? Model.LevelsOf(state.Variable).Length : state.Variable.Type == ElementType.Boolean ? 1 : Bound(state.Variable.Upper, double.PositiveInfinity),
            });
            Width += variables[^1].Size;
        }
        Variables = variables.ToImmutable();
        if (Variables.Count(v => v.IsDrawn) > MostDrawn) throw new DiagnosticException(ScoringDiagnostics.TooManyDrawn(Name, MostDrawn));
        reading.Check();
        (Indices, HasComputedIndices) = ([.. reading.Indices.Select(i => (Find(i.Variable)!, i.Most))], reading.HasComputedIndices);

        double Bound(Bound? bound, double otherwise) => bound is null || Uses.Of([bound]).Any(IsOfRow) ? otherwise : ranges.Evaluate(bound).Values[0];
    }

    /// <summary>Each statement of a row gives an element by the index of the rows, in every row in the same way.</summary>
    private void CheckForm(DefinitionState state)
    {
        var (definition, place) = (state.Definition, Model.Graph.Source.Locate(state.Definition.Span));
        if (!state.IsRectangular || state.BlockLengths is not null || !state.Space.OpenGates.IsEmpty || Model[definition.Variable].Rows is not null)
            throw new DiagnosticException(ScoringDiagnostics.UnevenRows(definition.Variable.Name, place));
        if (definition.Indices is not [LoopValue at, ..] || at.Loop != definition.Plates[0].Loop) throw new DiagnosticException(ScoringDiagnostics.OtherIndex(definition.Variable.Name, Name, place));
        _ofRow.Add(definition.Variable);
    }

    /// <summary>What rows share and the data do not decide: there are draws of it, or it is computed of what there are draws of.</summary>
    private void FindShared(Func<Variable, bool> isDrawn)
    {
        var shared = ImmutableArray.CreateBuilder<(Variable, int)>();
        var (seen, open) = (new HashSet<Variable>(ReferenceEqualityComparer.Instance), new Queue<Variable>(Definitions.SelectMany(d => Uses.Of(Model.Definitions[d].Definition))
            .Concat(Factors.SelectMany(f => Uses.Of(Model.Factors[f].Factor)))));
        while (open.TryDequeue(out var variable))
        {
            if (IsOfRow(variable) || !seen.Add(variable) || IsKnown(Model[variable])) continue;
            if (isDrawn(variable))
            {
                shared.Add((variable, SharedCount));
                SharedCount += Model[variable].Count;
                continue;
            }
            var definitions = Model.Graph.DefinitionsOf(variable).ToArray();
            if (definitions.Length == 0 || definitions.Any(d => d.IsRandom)) throw new DiagnosticException(ScoringDiagnostics.Unknown(variable.Called, Model.Graph.Source.Locate(variable.Span)));
            foreach (var part in definitions.SelectMany(Uses.Of))
                if (IsOfRow(part)) throw new DiagnosticException(ScoringDiagnostics.OfAllRows(variable.Called, part.Name, Model.Graph.Source.Locate(variable.Span)));
                else open.Enqueue(part);
        }
        Shared = shared.ToImmutable();
        var formulas = seen.Where(v => !isDrawn(v) && !IsKnown(Model[v])).ToHashSet();
        SharedFormulas = [.. Model.Order.Where(r => formulas.Contains(Model.Definitions[r.Definition].Definition.Variable)).SelectMany(r => Enumerable.Range(r.First, r.Count).Select(i => (r.Definition, i)))];
    }

    private static bool IsKnown(VariableState state) =>
        Enumerable.Range(0, state.Count).All(c => state.Roles[c] is Role.Known or Role.Observed or Role.Undefined || !double.IsNaN(state.Values[c]));
}
