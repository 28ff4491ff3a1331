using System.Diagnostics;

namespace ProbLang.Graph;

/// <summary>What an expression or a distribution is made of, one level down.</summary>
internal static class Parts
{
    public static IEnumerable<Bound> Of(Bound value) => value switch
    {
        ConstantValue or LoopValue or VariableValue => [],
        ElementwiseValue v => v.Arguments,
        ArrayFunctionValue v => v.Arguments,
        IndexedValue v => v.Indices.SelectMany(Of).Prepend(v.Array),
        ArrayLiteral v => v.Elements,
        Comprehension v => [v.Lower, v.Upper, v.Body],
        RangeValue v => [v.Lower, v.Upper],
        NetValue v => Present(v.Argument, v.Context),
        ConditionalValue v => [v.Condition, v.Then, v.Else],
        _ => throw new UnreachableException(value.GetType().Name),
    };

    public static IEnumerable<Bound> Of(BoundIndex index) => index switch
    {
        AtIndex at => [at.Position],
        SliceOf slice => Present(slice.Lower, slice.Upper),
        _ => throw new UnreachableException(index.GetType().Name),
    };

    /// <summary>The values in a distribution, those of the distributions that it is made of included.</summary>
    public static IEnumerable<Bound> Of(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution d => d.Arguments.OfType<Bound>(),
        RepeatedDistribution d => Of(d.Base).Concat(d.Sizes),
        TruncatedDistribution d => Of(d.Base).Concat(Present(d.Lower, d.Upper)),
        ChoiceDistribution d => Of(d.Then).Concat(Of(d.Else)).Prepend(d.Condition),
        MixtureDistribution d => d.Components.SelectMany(Of).Prepend(d.Weights),
        LearnedDistribution d => Present(d.Steps, d.Context),
        MixtureComprehension d => Of(d.Component).Concat([d.Weights, d.Lower, d.Upper]),
        _ => throw new UnreachableException(distribution.GetType().Name),
    };

    /// <summary>The values on the right side of a definition.</summary>
    public static IEnumerable<Bound> OfRight(Definition definition) =>
        definition.Distribution is { } distribution ? Of(distribution) : Present(definition.Value);

    private static List<Bound> Present(params ReadOnlySpan<Bound?> values)
    {
        var present = new List<Bound>(values.Length);
        foreach (var value in values)
            if (value is not null) present.Add(value);
        return present;
    }
}
