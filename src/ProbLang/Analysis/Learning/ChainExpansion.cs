using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>
/// Applies the nets of a chain one after the other, so that what comes after knows no chains, and a net that stands in several places has the same weights in all.
/// </summary>
internal sealed class ChainExpansion
{
    private readonly Rewriting _rewriting;

    private ChainExpansion() => _rewriting = new Rewriting(part => part is NetValue { Net.Kind.IsChain: true } value ? Expanded(value) : null);

    public static ModelGraph Of(ModelGraph graph) => graph.Nets.Any(n => n.Kind is { IsChain: true }) ? new ChainExpansion()._rewriting.In(graph) : graph;

    private Bound Expanded(NetValue value)
    {
        var (argument, context) = (_rewriting.In(value.Argument), value.Context is { } given ? _rewriting.In(given) : null);
        return value.Aspect switch
        {
            NetAspect.Value => value.Net.Parts.Aggregate(argument, (x, part) => Apply(part, NetAspect.Value, x)),
            NetAspect.Inverse => value.Net.Parts.Reverse().Aggregate(argument, (x, part) => Apply(part, NetAspect.Inverse, x)),
            _ => LogJacobian(),
        };

        Bound Apply(Net part, NetAspect aspect, Bound x) => _rewriting.In(NetValue.Of(part, aspect, x, TakesContext(part) ? context : null, value.Span));

        Bound LogJacobian()
        {
            var (x, sum) = (argument, (Bound?)null);
            foreach (var part in value.Net.Parts.Reverse())
            {
                var own = Apply(part, NetAspect.InverseLogJacobian, x);
                sum = sum is null ? own : new ElementwiseValue(Operators.Add, [sum, own], own.Rank, ElementType.Real, value.Span);
                x = Apply(part, NetAspect.Inverse, x);
            }
            return sum!;
        }
    }

    /// <summary>Whether a net has layers of its own that a context could come into.</summary>
    private static bool TakesContext(Net net) => net.Kind is { IsChain: true } ? net.Parts.Any(TakesContext) : net.Kind!.Parameters.Any(p => p.Name == "hidden");
}
