using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What the statements of a row read, and whether a row that is not among the data has it.</summary>
internal sealed class RowReads(RowTemplate template)
{
    private readonly HashSet<Variable> _inputs = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Variable, int> _indices = new(ReferenceEqualityComparer.Instance);

    /// <summary>The inputs that a row reads by its own index.</summary>
    public IReadOnlySet<Variable> Inputs => _inputs;

    /// <summary>The inputs of a row that are indices of what all rows share, with the greatest value that is one.</summary>
    public IEnumerable<(Variable Variable, int Most)> Indices => _indices.Select(i => (i.Key, i.Value));

    /// <summary>Whether there are indices of another form, or where a choice may keep them from being used.</summary>
    public bool HasComputedIndices { get; private set; }

    public void Collect()
    {
        foreach (var (values, row) in Statements())
            foreach (var part in Walk.Over(values))
                if (part is IndexedValue { Array: VariableValue { Variable: { IsInput: true } input } } read && IsAtRow(read, row) && template.Model[input].Rows is null) _inputs.Add(input);
    }

    /// <exception cref="DiagnosticException">A statement reads what a new row does not have.</exception>
    public void Check()
    {
        foreach (var (values, row) in Statements())
            foreach (var value in values) Check(value, row, isCertain: true);
    }

    private IEnumerable<(Bound[] Values, Loop Row)> Statements()
    {
        foreach (var state in template.Definitions.Select(d => template.Model.Definitions[d]))
            yield return ([.. Parts.OfRight(state.Definition), .. state.Definition.Indices.Skip(1), .. Uses.OfPlates(state.Definition.Plates.Skip(1))], state.Definition.Plates[0].Loop);
        foreach (var state in template.Factors.Select(f => template.Model.Factors[f])) yield return ([state.Factor.Value, .. Uses.OfPlates(state.Factor.Plates.Skip(1))], state.Factor.Plates[0].Loop);
    }

    private static bool IsAtRow(IndexedValue read, Loop row) => read.Indices[0] is AtIndex { Position: LoopValue at } && at.Loop == row;

    private void Check(Bound value, Loop row, bool isCertain)
    {
        switch (value)
        {
            case LoopValue loop when loop.Loop == row:
                throw new DiagnosticException(ScoringDiagnostics.NumberOfRow(row.Name, Place(loop.Span)));
            case VariableValue { Variable: var whole } when template.IsOfRow(whole):
                throw new DiagnosticException(ScoringDiagnostics.OtherRows(whole.Name, row.Name, Place(value.Span)));
            case IndexedValue { Array: VariableValue { Variable: var variable } } read:
                var own = IsAtRow(read, row);
                if (own && !template.IsOfRow(variable)) throw new DiagnosticException(ScoringDiagnostics.OfDataRows(variable.Name, row.Name, Place(read.Span)));
                if (!own && template.IsOfRow(variable)) throw new DiagnosticException(ScoringDiagnostics.OtherRows(variable.Name, row.Name, Place(read.Span)));
                for (var d = own ? 1 : 0; d < read.Indices.Length; d++) CheckIndex(read.Indices[d], template.Model[variable].Shape[d], row, isCertain);
                return;
            case ConditionalValue choice:
                Check(choice.Condition, row, isCertain);
                Check(choice.Then, row, isCertain: false);
                Check(choice.Else, row, isCertain: false);
                return;
        }
        if (value is IndexedValue { Indices: var others } && others.SelectMany(Parts.Of).Any(ReadsRow)) HasComputedIndices = true;
        foreach (var part in Parts.Of(value)) Check(part, row, isCertain);
    }

    private void CheckIndex(BoundIndex index, int size, Loop row, bool isCertain)
    {
        var isPlain = index is AtIndex { Position: IndexedValue { Array: VariableValue { Variable: { IsInput: true } }, Rank: 0 } plain } && IsAtRow(plain, row);
        if (isPlain && isCertain && index is AtIndex { Position: IndexedValue { Array: VariableValue { Variable: var by } } })
            _indices[by] = Math.Min(size, _indices.GetValueOrDefault(by, int.MaxValue));
        else if (Parts.Of(index).Any(ReadsRow)) HasComputedIndices = true;
        foreach (var part in Parts.Of(index)) Check(part, row, isCertain);
    }

    private bool ReadsRow(Bound value) => Uses.Of([value]).Any(template.IsOfRow);

    private Location Place(Span span) => template.Model.Graph.Source.Locate(span);
}
