using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>A reference made ready to be followed often: which elements it means depends on the iterations alone.</summary>
internal sealed class ElementReference
{
    private readonly RangeIndices _indices;
    private readonly ArrayLayout _layout;
    private readonly Step[] _steps;

    public ElementReference(FactorReference reference, RangeIndices indices)
    {
        (Variable, _indices, _layout) = (reference.Variable, indices, indices.LayoutOf(reference.Variable));
        _steps = [.. Enumerable.Range(0, reference.Variable.Ranges.Length).Select(d => d < reference.Indices.Length ? StepOf(reference.Indices[d]) : Step.All)];
        Choosers = [.. reference.Indices.OfType<ValueIndex>().Where(i => i.Value.Variable.Data is null).Select(i => new ElementReference(i.Value, indices))];
        IsSingle = _steps.All(s => s.Kind != StepKind.All);
    }

    private enum StepKind
    {
        All,
        Iteration,
        Fixed,
        Value,
    }

    /// <summary>The variable.</summary>
    public FactorVariable Variable { get; }

    /// <summary>The unknown integers that choose among its elements.</summary>
    public ImmutableArray<ElementReference> Choosers { get; }

    /// <summary>Whether it means one element.</summary>
    public bool IsSingle { get; }

    /// <summary>The place of the element that it means; the first of several.</summary>
    public int Place()
    {
        var place = 0;
        for (var d = 0; d < _steps.Length; d++) place = _layout.Inner(d, place, IndexOf(_steps[d]));
        return place;
    }

    /// <summary>The known integer that it means.</summary>
    public int Integer() => (int)Variable.Data!.Numbers.Span[Place()];

    /// <summary>Calls back for the place of every element that it may mean.</summary>
    public void ForEach(Action<int> place) => Enter(0, 0, place);

    private void Enter(int dimension, int at, Action<int> place)
    {
        if (dimension == _steps.Length)
        {
            place(at);
            return;
        }
        var step = _steps[dimension];
        if (step.Kind != StepKind.All) Enter(dimension + 1, _layout.Inner(dimension, at, IndexOf(step)), place);
        else
            for (var i = 0; i < _layout.Length(dimension, at); i++) Enter(dimension + 1, _layout.Inner(dimension, at, i), place);
    }

    private int IndexOf(Step step) => step.Kind switch
    {
        StepKind.Iteration => _indices.At(step.Number),
        StepKind.Fixed => step.Number,
        StepKind.Value => step.Value!.Integer(),
        _ => 0,
    };

    private Step StepOf(FactorIndex index) => index switch
    {
        RangeIndex range => new(StepKind.Iteration, _indices.SlotOf(range.Range), null),
        FixedIndex at => new(StepKind.Fixed, at.Position, null),
        ValueIndex { Value.Variable.Data: not null } value => new(StepKind.Value, 0, new(value.Value, _indices)),
        _ => Step.All,
    };

    private readonly record struct Step(StepKind Kind, int Number, ElementReference? Value)
    {
        public static Step All => new(StepKind.All, 0, null);
    }
}
