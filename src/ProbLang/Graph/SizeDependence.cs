using ProbLang.Distributions;

namespace ProbLang.Graph;

/// <summary>Whether the shape of a value may differ with the values of some loops, as far as its form tells.</summary>
internal sealed class SizeDependence(Func<Loop, bool> isLoop, Func<Variable, bool> isRagged)
{
    public bool Of(Definition definition) => Parts.OfRight(definition).Any(Of) || Repeats(definition.Distribution);

    public bool Of(Bound e) => e switch
    {
        Comprehension c => Touches(c.Lower) || Touches(c.Upper) || Of(c.Body),
        RangeValue => Touches(e),
        // A single value of a net may be one of the parts of its argument, however long that is.
        NetValue { Rank: 0 } => false,
        IndexedValue indexed when indexed.Indices.OfType<SliceOf>().SelectMany(Parts.Of).Any(Touches) => true,
        IndexedValue { Array: VariableValue { Variable: var array } } part when part.Rank > 0 && isRagged(array) && Touches(part) => true,
        ArrayFunctionValue { Function: ArrayFunction.Ones or ArrayFunction.Zeros or ArrayFunction.Identity or ArrayFunction.Linspace } => Touches(e),
        _ => Parts.Of(e).Any(Of),
    };

    private bool Repeats(BoundDistribution? distribution) => distribution switch
    {
        null or MixtureDistribution or MixtureComprehension => false,
        CatalogDistribution { Distribution: ArrayDistribution of } catalog => of.Forms[catalog.Form].Parameters.Index().Any(p => p.Item.Domain == Domain.Size && Touches(catalog.Arguments[p.Index]!)),
        RepeatedDistribution repeated => repeated.Sizes.Any(Touches) || Repeats(repeated.Base),
        _ => Parts.Inside(distribution).Any(Repeats),
    };

    private bool Touches(Bound e) => e is LoopValue loop ? isLoop(loop.Loop) : Parts.Of(e).Any(Touches);
}
