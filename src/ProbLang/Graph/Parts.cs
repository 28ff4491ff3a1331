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
        NetValue v => Present(v.Argument, v.Context, v.Weights),
        WeightCount v => v.From,
        ConditionalValue v => [v.Condition, v.Then, v.Else],
        DistributionValue v => Of(v.Distribution).Append(v.At),
        _ => throw new UnreachableException(value.GetType().Name),
    };

    public static IEnumerable<Bound> Of(BoundIndex index) => index switch
    {
        AtIndex at => [at.Position],
        SliceOf slice => Present(slice.Lower, slice.Upper),
        _ => throw new UnreachableException(index.GetType().Name),
    };

    /// <summary>The values in a distribution, those of the distributions that it is made of included.</summary>
    public static IEnumerable<Bound> Of(BoundDistribution distribution) => Inside(distribution).SelectMany(Of).Concat(Own(distribution));

    /// <summary>The values in a distribution itself.</summary>
    public static IEnumerable<Bound> Own(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution d => d.Arguments.OfType<Bound>(),
        RepeatedDistribution d => d.Sizes,
        TruncatedDistribution d => Present(d.Lower, d.Upper),
        CensoredDistribution d => Present(d.Lower, d.Upper),
        MarkedDistribution d => Present(d.Right, d.Left, d.Interval),
        RoundedDistribution d => [d.Step],
        OrderedDistribution => [],
        PointDistribution d => [d.Value],
        ZeroDistribution d => [d.Probability],
        ChoiceDistribution d => [d.Condition],
        MixtureDistribution d => [d.Weights],
        MixtureComprehension d => [d.Weights, d.Lower, d.Upper],
        LearnedDistribution d => Present(d.Steps, d.Context),
        _ => throw new UnreachableException(distribution.GetType().Name),
    };

    /// <summary>The distributions that one is made of, one level down.</summary>
    public static IEnumerable<BoundDistribution> Inside(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution or PointDistribution or LearnedDistribution => [],
        RepeatedDistribution d => [d.Base],
        TruncatedDistribution d => [d.Base],
        CensoredDistribution d => [d.Base],
        MarkedDistribution d => [d.Base],
        RoundedDistribution d => [d.Base],
        OrderedDistribution d => [d.Base],
        ZeroDistribution d => [d.Rest],
        ChoiceDistribution d => [d.Then, d.Else],
        MixtureDistribution d => d.Components,
        MixtureComprehension d => [d.Component],
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
