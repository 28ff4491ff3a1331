using System.Collections.Immutable;

namespace ProbLang.Graph;

/// <summary>Puts other expressions where a rule says so; what the rule leaves alone is looked into.</summary>
/// <param name="rule">What stands instead of a part; null where the part stays, with its own parts rewritten.</param>
internal sealed class Rewriting(Func<Bound, Bound?> rule)
{
    private readonly Dictionary<Bound, Bound> _conditions = new(ReferenceEqualityComparer.Instance);

    /// <summary>Puts values for the indices of loops.</summary>
    public static Rewriting OfLoops(IReadOnlyDictionary<Loop, Bound> values) =>
        new(part => part is LoopValue loop && values.TryGetValue(loop.Loop, out var value) ? value : null);

    /// <summary>Puts something else where a part stands: this object, not one like it. What is inside of a comprehension is another part each time.</summary>
    public static Rewriting OfPart(Bound part, Bound by) => new(value => ReferenceEquals(value, part) ? by : value as Comprehension);

    /// <summary>Puts an expression wherever something of the same meaning stands.</summary>
    public static Rewriting Of(Bound what, Bound by) => new(part => SameMeaning.Holds(part, what) ? by : null);

    public Bound In(Bound value)
    {
        if (rule(value) is { } other) return other;
        return value switch
        {
            ElementwiseValue v => v with { Arguments = In(v.Arguments) },
            ArrayFunctionValue v => v with { Arguments = In(v.Arguments) },
            IndexedValue v => v with { Array = In(v.Array), Indices = [.. v.Indices.Select(In)] },
            ArrayLiteral v => v with { Elements = In(v.Elements) },
            Comprehension v => v with { Lower = In(v.Lower), Upper = In(v.Upper), Body = In(v.Body) },
            RangeValue v => v with { Lower = In(v.Lower), Upper = In(v.Upper) },
            ConditionalValue v => v with { Condition = In(v.Condition), Then = In(v.Then), Else = In(v.Else) },
            NetValue v => v with { Argument = In(v.Argument), Context = InOptional(v.Context), Weights = InOptional(v.Weights) },
            WeightCount v => v with { From = In(v.From) },
            DistributionValue v => v with { Distribution = In(v.Distribution), At = In(v.At) },
            _ => value,
        };
    }

    public BoundDistribution In(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution d => d with { Arguments = [.. d.Arguments.Select(InOptional)] },
        RepeatedDistribution d => d with { Base = In(d.Base), Sizes = In(d.Sizes) },
        TruncatedDistribution d => d with { Base = In(d.Base), Lower = InOptional(d.Lower), Upper = InOptional(d.Upper) },
        CensoredDistribution d => d with { Base = In(d.Base), Lower = InOptional(d.Lower), Upper = InOptional(d.Upper) },
        MarkedDistribution d => d with { Base = In(d.Base), Right = InOptional(d.Right), Left = InOptional(d.Left), Interval = InOptional(d.Interval) },
        RoundedDistribution d => d with { Base = In(d.Base), Step = In(d.Step) },
        OrderedDistribution d => d with { Base = In(d.Base) },
        ChoiceDistribution d => d with { Condition = In(d.Condition), Then = In(d.Then), Else = In(d.Else) },
        MixtureDistribution d => d with { Weights = In(d.Weights), Components = [.. d.Components.Select(In)] },
        MixtureComprehension d => d with { Weights = In(d.Weights), Lower = In(d.Lower), Upper = In(d.Upper), Component = In(d.Component) },
        ZeroDistribution d => d with { Probability = In(d.Probability), Rest = In(d.Rest) },
        PointDistribution d => d with { Value = In(d.Value) },
        LearnedDistribution d => d with { Steps = InOptional(d.Steps), Context = InOptional(d.Context) },
        _ => distribution,
    };

    /// <summary>A whole graph, with the same variables.</summary>
    public ModelGraph In(ModelGraph graph) => graph with
    {
        Definitions = [.. graph.Definitions.Select(In)],
        GivenValues = [.. graph.GivenValues.Select(g => g with { Plates = In(g.Plates), Gates = In(g.Gates), Indices = In(g.Indices), Value = In(g.Value) })],
        GivenOrders = [.. graph.GivenOrders.Select(g => g with { Plates = In(g.Plates), Gates = In(g.Gates), Less = In(g.Less), Greater = In(g.Greater) })],
        GivenConditions = [.. graph.GivenConditions.Select(g => g with { Plates = In(g.Plates), Gates = In(g.Gates), Condition = In(g.Condition) })],
        Factors = [.. graph.Factors.Select(f => f with { Plates = In(f.Plates), Gates = In(f.Gates), Value = In(f.Value) })],
    };

    public Definition In(Definition definition) => definition with
    {
        Plates = In(definition.Plates),
        Gates = In(definition.Gates),
        Indices = In(definition.Indices),
        Distribution = definition.Distribution is { } distribution ? In(distribution) : null,
        Value = InOptional(definition.Value),
    };

    private ImmutableArray<Plate> In(ImmutableArray<Plate> plates) => [.. plates.Select(p => p with { Lower = In(p.Lower), Upper = In(p.Upper) })];

    private ImmutableArray<Gate> In(ImmutableArray<Gate> gates) => [.. gates.Select(g => g with { Condition = InCondition(g.Condition) })];

    /// <summary>The branches of one <c>if</c> keep one condition, which is how they are known to exclude each other.</summary>
    private Bound InCondition(Bound condition)
    {
        if (!_conditions.TryGetValue(condition, out var rewritten)) _conditions.Add(condition, rewritten = In(condition));
        return rewritten;
    }

    private BoundIndex In(BoundIndex index) => index switch
    {
        AtIndex at => new AtIndex(In(at.Position)),
        SliceOf slice => new SliceOf(InOptional(slice.Lower), InOptional(slice.Upper)),
        _ => index,
    };

    private Bound? InOptional(Bound? value) => value is null ? null : In(value);

    private ImmutableArray<Bound> In(ImmutableArray<Bound> values) => [.. values.Select(In)];
}
