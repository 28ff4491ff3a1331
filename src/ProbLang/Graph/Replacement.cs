using System.Collections.Immutable;

namespace ProbLang.Graph;

/// <summary>Puts something else where a part of an expression stands.</summary>
/// <param name="part">The part: this object, not one like it.</param>
/// <param name="by">What stands there instead.</param>
internal sealed class Replacement(Bound part, Bound by)
{
    public Bound In(Bound value)
    {
        if (ReferenceEquals(value, part)) return by;
        return value switch
        {
            ElementwiseValue v => v with { Arguments = In(v.Arguments) },
            ArrayFunctionValue v => v with { Arguments = In(v.Arguments) },
            IndexedValue v => v with { Array = In(v.Array), Indices = [.. v.Indices.Select(In)] },
            ArrayLiteral v => v with { Elements = In(v.Elements) },
            ConditionalValue v => v with { Condition = In(v.Condition), Then = In(v.Then), Else = In(v.Else) },
            DistributionValue v => v with { Distribution = In(v.Distribution), At = In(v.At) },
            // What is inside of a comprehension is another part each time.
            _ => value,
        };
    }

    public BoundDistribution In(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution d => d with { Arguments = [.. d.Arguments.Select(a => a is null ? null : In(a))] },
        TruncatedDistribution d => d with { Base = In(d.Base), Lower = d.Lower is null ? null : In(d.Lower), Upper = d.Upper is null ? null : In(d.Upper) },
        ChoiceDistribution d => d with { Condition = In(d.Condition), Then = In(d.Then), Else = In(d.Else) },
        MixtureDistribution d => d with { Weights = In(d.Weights), Components = [.. d.Components.Select(In)] },
        ZeroDistribution d => d with { Probability = In(d.Probability), Rest = In(d.Rest) },
        PointDistribution d => d with { Value = In(d.Value) },
        _ => distribution,
    };

    private BoundIndex In(BoundIndex index) => index is AtIndex at ? new AtIndex(In(at.Position)) : index;

    private ImmutableArray<Bound> In(ImmutableArray<Bound> values) => [.. values.Select(In)];
}
