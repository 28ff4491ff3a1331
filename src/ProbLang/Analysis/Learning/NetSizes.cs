using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>The nets of a model that is being conditioned, with the sizes that what they are applied to and what they are used for give them.</summary>
internal sealed class NetSizes(Draft draft)
{
    private readonly Dictionary<Net, NetPlan> _plans = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyDictionary<Net, NetPlan> Plans => _plans;

    public NetPlan this[Net net]
    {
        get
        {
            if (!_plans.TryGetValue(net, out var plan)) _plans.Add(net, plan = NetPlan.Of(net, ShapeOf(net), draft.Code.Evaluate, draft.Graph.Source));
            return plan;
        }
    }

    private NetShape ShapeOf(Net net)
    {
        if (draft.Data.Arrays.TryGetValue(WeightOpening.ShapeNameOf(net), out var known) && known.Values is [var takes, var gives, var beside]) return new NetShape((int)takes, (int)gives, (int)beside);
        var uses = draft.Graph.Definitions.SelectMany(d => Learning.Nets(d).Where(v => v.Net == net).Select(v => (Definition: d, Value: v))).ToArray();
        var used = net.Kind!.Name == "embedding" ? null : Common(net, uses, u => u.Value.Argument);
        var inputs = Said(net, "inputs") ?? Said(net, "levels") ?? used?.Size ?? throw Unknown(net, "takes", "inputs");
        // A masked net may be made for longer rows than those that it is applied to the beginnings of.
        if (used is var (size, at) && (size > inputs || size < inputs && net.Kind.Name != "masked")) throw NetDiagnostics.Inputs(net, inputs, size, draft.Locate(net.Span), draft.Locate(at.Span));
        var context = Common(net, uses, u => u.Value.Context)?.Size ?? 0;
        return new NetShape(inputs, net.Kind.IsInvertible || net.Kind.Name == "masked" ? inputs : OutputsOf(net, uses), context);
    }

    private int OutputsOf(Net net, (Definition Definition, NetValue Value)[] uses)
    {
        var (stated, demanded) = (Said(net, "n") ?? Said(net, "outputs"), Demanded(net, uses));
        if (stated is { } size && demanded is var (wanted, isExact, at) && (wanted > size || isExact && wanted < size))
            throw NetDiagnostics.Outputs(net, net.Arguments.Any(a => a.Name == "n") ? "n" : "outputs", size, wanted, draft.Locate(net.Span), draft.Locate(at));
        return stated ?? demanded?.Size ?? throw Unknown(net, "gives", "outputs");
    }

    private int? Said(Net net, string argument) =>
        net.Arguments.FirstOrDefault(a => a.Name == argument) is { Value: { } value } && draft.Code.Scalar(value)() is var size && !double.IsNaN(size) ? (int)size : null;

    /// <summary>How long the vectors are that all uses of a net give it; null where none tells.</summary>
    private (int Size, Bound At)? Common(Net net, (Definition Definition, NetValue Value)[] uses, Func<(Definition Definition, NetValue Value), Bound?> part)
    {
        (int Size, Bound At)? first = null;
        foreach (var use in uses)
        {
            if (part(use) is not { } at || LengthOf(use.Definition, at) is not { } size) continue;
            if (net.Kind!.Name == "masked" && ReferenceEquals(at, use.Value.Argument) && use.Value.Rank < at.Rank) size = LongestPrefix(use.Definition, at, size) + 1;
            else CheckEach(net, use.Definition, at, size);
            if (first is { } known && known.Size != size) throw new DiagnosticException(DataDiagnostics.NetSizesDiffer(net.Name, known.Size, draft.Locate(known.At.Span), size, draft.Locate(at.Span)));
            first ??= (size, at);
        }
        return first;
    }

    /// <summary>Where the length may differ from one iteration to the next, it may not.</summary>
    private void CheckEach(Net net, Definition definition, Bound value, int length)
    {
        if (!new SizeDependence(loop => definition.Plates.Any(p => p.Loop == loop), v => draft.State(v)?.Rows is not null).Of(value)) return;
        Iterations.ForEach(draft.Code, definition.Plates, () =>
        {
            if (Shapes.Of(value) is { } shape && shape[^1] != length)
                throw new DiagnosticException(DataDiagnostics.NetArgument(net.Name, shape[^1], length, "a vector", draft.Locate(value.Span), draft.Locate(net.Span)));
        });
    }

    /// <summary>The length of the last dimension of a value in the first iteration of its statement; 1 for a number, null where it is not known yet.</summary>
    private int? LengthOf(Definition definition, Bound value)
    {
        if (value.Rank == 0) return 1;
        Iterations.SetToEnd(draft.Code, definition, value, last: false);
        return Shapes.Of(value) is { } shape ? shape[^1] : null;
    }

    /// <summary>Where a masked net is applied to the beginnings of rows that are not all given: the longest of them.</summary>
    private int LongestPrefix(Definition definition, Bound argument, int length)
    {
        Iterations.SetToEnd(draft.Code, definition, argument, last: true);
        return Math.Max(length, Shapes.Of(argument) is { } shape ? shape[^1] : 0);
    }

    private Shapes Shapes => new(draft.Code, v => draft.State(v)?.Shape ?? (draft.Data.Arrays.TryGetValue(v.Name, out var array) && array.Shape.Length == v.Rank ? array.Shape : null), v => draft.State(v)?.Rows);

    /// <summary>How many values what a net is used for takes from it, and whether it must be so many.</summary>
    private (int Size, bool IsExact, Span At)? Demanded(Net net, (Definition Definition, NetValue Value)[] uses)
    {
        if (uses.FirstOrDefault(u => u.Value.Rank == 0 && net.Kind!.Change == 0) is { Value: { } number }) return (1, true, number.Span);
        var demands = new NetDemands(draft, Shapes);
        (int Size, bool IsExact, Span At)? found = null;
        foreach (var (definition, value) in uses)
            foreach (var demand in demands.Of(definition, value))
            {
                if (found is { IsExact: true } known && demand.IsExact && known.Size != demand.Size)
                    throw new DiagnosticException(DataDiagnostics.NetSizesDiffer(net.Name, known.Size, draft.Locate(net.Span), demand.Size, draft.Locate(definition.Span)));
                var here = (demand.Size, demand.IsExact, value.Span);
                found = found is not { } before ? here : before.IsExact && !demand.IsExact ? before : demand.IsExact && !before.IsExact || demand.Size > before.Size ? here : before;
            }
        return found;
    }

    private DiagnosticException Unknown(Net net, string verb, string argument) => new(DataDiagnostics.NetSizeUnknown(net.Name, verb, argument, draft.Locate(net.Span)));
}
