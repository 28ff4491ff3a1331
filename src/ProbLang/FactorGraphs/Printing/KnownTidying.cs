using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>
/// Says what is known as a person would: arrays with the same values are one, an index that is the same for every element is a number, and a matrix that
/// vectors are multiplied by is no positive definite one.
/// </summary>
internal sealed class KnownTidying
{
    private readonly Dictionary<FactorVariable, FactorVariable> _instead = [];
    private readonly Dictionary<FactorVariable, int> _positions = [];

    private KnownTidying(FactorGraph graph)
    {
        var uses = FactorUse.Of(StatementBlock.Of(graph));
        var known = graph.Variables.Where(v => v.Data is not null && uses.Contains(v) && uses[v].All(u => u.Role != UseRole.Target)).ToArray();
        foreach (var variable in known.Where(v => IsPlainMatrix(v, uses[v])))
            _instead[variable] = new() { Name = variable.Name, Domain = FactorDomain.Real, Ranges = variable.Ranges, Data = variable.Data, Place = variable.Place };
        foreach (var variable in known.Where(v => v is { Domain: FactorDomain.Integer or FactorDomain.Count, Ranges.IsEmpty: false, Data.Numbers.IsEmpty: false }))
            if (!variable.Data!.Numbers.Span.ContainsAnyExcept(variable.Data.Numbers.Span[0]) && uses[variable].All(u => u.Role == UseRole.Index))
                _positions[variable] = (int)variable.Data.Numbers.Span[0];
        var kept = new List<FactorVariable>();
        foreach (var variable in known.Where(v => !v.Ranges.IsEmpty && !_instead.ContainsKey(v)))
            if (kept.Find(k => IsSame(k, variable)) is { } same) _instead[variable] = same;
            else kept.Add(variable);
    }

    public static FactorGraph Of(FactorGraph graph)
    {
        var tidying = new KnownTidying(graph);
        return new(graph.Name, [.. graph.Variables.Select(tidying.Of).Distinct()], graph.Ranges, tidying.Of(graph.Statements), graph.Queries);
    }

    private static bool IsPlainMatrix(FactorVariable variable, IEnumerable<FactorUse> uses) =>
        variable.Domain == FactorDomain.Matrix
        && uses.All(u => u is { Role: UseRole.Argument, Statement: DefineStatement { Operation: FactorOperation.MatrixTimesVector } define } && define.Arguments[0].Variable == variable);

    private static bool IsSame(FactorVariable a, FactorVariable b) =>
        a.Domain == b.Domain && a.Values == b.Values && a.Lowest == b.Lowest && a.Ranges.SequenceEqual(b.Ranges)
        && a.Data!.ItemShape.SequenceEqual(b.Data!.ItemShape) && a.Data.Numbers.Span.SequenceEqual(b.Data.Numbers.Span);

    private FactorVariable Of(FactorVariable variable) => _instead.GetValueOrDefault(variable, variable);

    private ImmutableArray<FactorStatement> Of(ImmutableArray<FactorStatement> statements) => [.. statements.Select(Of)];

    private FactorStatement Of(FactorStatement statement) => statement switch
    {
        RepeatStatement repeat => repeat with { Body = Of(repeat.Body) },
        GateStatement gate => gate with { Selector = Of(gate.Selector), Body = Of(gate.Body) },
        DefineStatement define => define with { Target = Of(define.Target), Arguments = [.. define.Arguments.Select(Of)] },
        ConstrainStatement constrain => constrain with { Arguments = [.. constrain.Arguments.Select(Of)] },
        _ => statement,
    };

    private FactorReference Of(FactorReference reference) => new(Of(reference.Variable), [.. reference.Indices.Select(Of)]);

    private FactorIndex Of(FactorIndex index) => index switch
    {
        ValueIndex value when _positions.TryGetValue(value.Value.Variable, out var position) => new FixedIndex(position),
        ValueIndex value => new ValueIndex(Of(value.Value)),
        _ => index,
    };
}
