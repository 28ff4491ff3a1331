using ProbLang.Graph;

namespace ProbLang.Binding;

/// <summary>
/// Finds the dimensions that the levels of a category number, whose labels then stand in every output: those that a plate over
/// levels runs along, those that are as long as there are levels, and those of values computed from such arrays.
/// </summary>
internal sealed class DimensionCategories(IReadOnlyList<Variable> variables, ILookup<Variable, Definition> definitions)
{
    public void Find()
    {
        foreach (var input in variables.Where(v => v.IsInput && v.Dims.Length == v.Rank)) input.DimensionCategories = [.. input.Dims.Select(CategoryOf.Size)];
        var open = variables.Where(v => !v.IsInput && v.Rank > 0).ToList();
        foreach (var variable in open) variable.DimensionCategories = [.. new Category?[variable.Rank]];
        // An array may take its labels from one that is defined further down, and that from another.
        for (var progress = true; progress;)
        {
            progress = false;
            foreach (var variable in open) progress |= IsNewlyLabelled(variable);
        }
    }

    private bool IsNewlyLabelled(Variable variable)
    {
        var found = variable.DimensionCategories.ToArray();
        foreach (var definition in definitions[variable])
        {
            for (var d = 0; d < Math.Min(definition.Indices.Length, found.Length); d++) found[d] ??= CategoryOf.Value(definition.Indices[d]);
            var right = definition.Value is { } value ? Of(value) : Of(definition.Distribution!);
            if (definition.Indices.Length + right.Length == found.Length)
                for (var d = 0; d < right.Length; d++) found[definition.Indices.Length + d] ??= right[d];
        }
        var isNew = !found.AsSpan().SequenceEqual(variable.DimensionCategories.AsSpan());
        variable.DimensionCategories = [.. found];
        return isNew;
    }

    private static Category?[] Of(Bound value) => value switch
    {
        { Rank: 0 } => [],
        VariableValue v when v.Variable.DimensionCategories.Length == v.Rank => [.. v.Variable.DimensionCategories],
        Comprehension v => [CategoryOf.Range(v.Lower, v.Upper), .. Of(v.Body)],
        RangeValue v => [CategoryOf.Range(v.Lower, v.Upper)],
        ElementwiseValue v => Common(v.Arguments, v.Rank),
        ConditionalValue v => Common([v.Condition, v.Then, v.Else], v.Rank),
        ArrayFunctionValue { Function: ArrayFunction.Softmax or ArrayFunction.LogSoftmax or ArrayFunction.Cumsum } v => Of(v.Arguments[0]),
        ArrayFunctionValue { Function: ArrayFunction.Ones or ArrayFunction.Zeros } v => [.. v.Arguments.Select(CategoryOf.Size)],
        ArrayFunctionValue { Function: ArrayFunction.OneHot } v => [.. Of(v.Arguments[0]), CategoryOf.Size(v.Arguments[1])],
        IndexedValue v when v.Indices.All(i => i is AtIndex { Position.Rank: 0 }) => Of(v.Array)[v.Indices.Length..],
        _ => new Category?[value.Rank],
    };

    private static Category?[] Of(BoundDistribution distribution) => distribution switch
    {
        RepeatedDistribution d => [.. d.Sizes.Select(CategoryOf.Size), .. Of(d.Base)],
        TruncatedDistribution d => Of(d.Base),
        CensoredDistribution d => Of(d.Base),
        MarkedDistribution d => Of(d.Base),
        RoundedDistribution d => Of(d.Base),
        OrderedDistribution d => Of(d.Base),
        CatalogDistribution { Distribution.EventRank: 0 } d => Common(d.Arguments.OfType<Bound>(), d.Rank),
        // The parts of a Dirichlet or a multivariate normal vector are those of its vector parameter.
        CatalogDistribution { Distribution.EventRank: 1 } d => Common(d.Arguments.OfType<Bound>(), d.Rank),
        _ => new Category?[distribution.Rank],
    };

    private static Category?[] Common(IEnumerable<Bound> values, int rank)
    {
        var common = new Category?[rank];
        foreach (var value in values.Where(v => v.Rank == rank))
        {
            var own = Of(value);
            for (var d = 0; d < rank; d++) common[d] ??= own[d];
        }
        return common;
    }
}
