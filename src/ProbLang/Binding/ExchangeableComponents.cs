using System.Collections.Immutable;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>
/// Mixtures that are the same when their components change places: the components differ in independent quantities of one prior alone,
/// the weights have no preference, and nothing else in the model speaks of a single one of them.
/// </summary>
internal sealed class ExchangeableComponents
{
    private readonly ModelGraph _graph;
    private readonly BindingDiagnostics _report;

    /// <summary>How often each variable is read, and how often in a way that treats its elements alike.</summary>
    private readonly Dictionary<Variable, (int All, int Alike)> _reads = new(ReferenceEqualityComparer.Instance);

    private ExchangeableComponents(ModelGraph graph, BindingDiagnostics report) => (_graph, _report) = (graph, report);

    public static void Report(ModelGraph graph, BindingDiagnostics report)
    {
        var mixtures = graph.Definitions.Select(d => d.Distribution).OfType<BoundDistribution>().SelectMany(Mixtures).Distinct<BoundDistribution>(ReferenceEqualityComparer.Instance).ToList();
        if (mixtures.Count > 0) new ExchangeableComponents(graph, report).Report(mixtures);
    }

    private void Report(List<BoundDistribution> mixtures)
    {
        CountReads();
        var candidates = mixtures.Select(m => (Mixture: m, Parts: PartsThatExchange(m))).Where(m => m.Parts is not null).ToList();
        foreach (var (mixture, parts) in candidates)
            foreach (var variable in parts!.Append(WeightOf(mixture)).OfType<Variable>())
                _reads[variable] = _reads[variable] with { Alike = _reads[variable].Alike + Parts.Of(mixture).Sum(e => ReadsOf(variable, e)) };
        foreach (var (mixture, parts) in candidates)
            if (parts!.Append(WeightOf(mixture)).OfType<Variable>().All(v => _reads[v].All == _reads[v].Alike)) _report.ExchangeableComponents(mixture.Span, Remedy(parts!));
    }

    private static IEnumerable<BoundDistribution> Mixtures(BoundDistribution distribution) =>
        Parts.Inside(distribution).SelectMany(Mixtures).Concat(distribution is MixtureDistribution or MixtureComprehension ? [distribution] : []);

    private static string Remedy(IReadOnlyList<Variable> parts) =>
        parts is [{ Rank: 0 } first, { Rank: 0 } second, ..] ? $"order them, `given {first.Name} < {second.Name}`, or give them different priors"
        : parts.FirstOrDefault(v => v.Rank == 1) is { } vector ? $"order them, `given {vector.Name}[1] < {vector.Name}[2]` or `{vector.Name} ~ … ^ K ordered`, or give them different priors"
        : "give the components different priors, or the weights";

    private void CountReads()
    {
        foreach (var definition in _graph.Definitions.Watched())
            foreach (var value in Parts.OfRight(definition).Concat(definition.Indices).Concat(Around(definition.Plates, definition.Gates))) Count(value);
        // What a condition or a factor says of one component may be what tells them apart.
        foreach (var given in _graph.GivenValues)
            foreach (var value in Around(given.Plates, given.Gates).Concat(given.Indices).Append(given.Value).Append(new VariableValue(given.Variable, given.Span))) Count(value);
        foreach (var order in _graph.GivenOrders)
            foreach (var value in Around(order.Plates, order.Gates).Append(order.Less).Append(order.Greater)) Count(value);
        foreach (var condition in _graph.GivenConditions)
            foreach (var value in Around(condition.Plates, condition.Gates).Append(condition.Condition)) Count(value);
        foreach (var factor in _graph.Factors)
            foreach (var value in Around(factor.Plates, factor.Gates).Append(factor.Value)) Count(value);
    }

    private static IEnumerable<Bound> Around(ImmutableArray<Plate> plates, ImmutableArray<Gate> gates) =>
        plates.SelectMany(p => new[] { p.Lower, p.Upper }).Concat(gates.Select(g => g.Condition));

    private void Count(Bound value)
    {
        if (value is VariableValue { Variable: var variable }) _reads[variable] = _reads.TryGetValue(variable, out var counted) ? counted with { All = counted.All + 1 } : (1, 0);
        if (!IsAboutShape(value))
            foreach (var part in Parts.Of(value)) Count(part);
    }

    private static int ReadsOf(Variable variable, Bound value) =>
        value is VariableValue read ? read.Variable == variable ? 1 : 0 : IsAboutShape(value) ? 0 : Parts.Of(value).Sum(part => ReadsOf(variable, part));

    private static bool IsAboutShape(Bound value) => value is ArrayFunctionValue { Function: ArrayFunction.Size or ArrayFunction.Length or ArrayFunction.Rows or ArrayFunction.Cols };

    /// <summary>The variables in which components differ; null where they differ in anything else, or the weights have a preference.</summary>
    private List<Variable>? PartsThatExchange(BoundDistribution mixture)
    {
        var parts = new List<Variable>();
        var isAlike = mixture switch
        {
            MixtureComprehension { Lower: ConstantValue { Value: var lower }, Upper: ConstantValue { Value: var upper } } when upper <= lower => false,
            MixtureComprehension m => HasNoPreference(m.Weights) && Parts.Of(m.Component).All(e => DependsAlike(e, m.Loop, parts)),
            MixtureDistribution { Components: [var first, _, ..] } m => HasNoPreference(m.Weights) && m.Components.Skip(1).All(other => AreAlike(first, other, [], parts)),
            _ => false,
        };
        return isAlike && parts.Count > 0 ? [.. parts.Distinct()] : null;
    }

    /// <summary>Whether the index of the components chooses elements of exchangeable variables, and does nothing else.</summary>
    private bool DependsAlike(Bound value, Loop loop, List<Variable> parts)
    {
        if (value is LoopValue here) return here.Loop != loop;
        if (value is not IndexedValue { Array: VariableValue { Variable: var variable }, Indices: [AtIndex { Position: LoopValue first }, .. var rest] } || first.Loop != loop)
            return Parts.Of(value).All(part => DependsAlike(part, loop, parts));
        if (!IsExchangeable(variable) || !rest.SelectMany(Parts.Of).All(part => DependsAlike(part, loop, parts))) return false;
        parts.Add(variable);
        return true;
    }

    private bool AreAlike(BoundDistribution first, BoundDistribution other, Dictionary<Variable, Variable> pairs, List<Variable> parts) =>
        first is CatalogDistribution a && other is CatalogDistribution b && a.Distribution == b.Distribution && a.Form == b.Form
        && a.Arguments.Zip(b.Arguments).All(p => p is (null, null) or (not null, not null) && (p.First is null || AreAlike(p.First, p.Second!, pairs, parts)));

    /// <summary>Whether two expressions are one but for quantities that can be exchanged.</summary>
    private bool AreAlike(Bound first, Bound other, Dictionary<Variable, Variable> pairs, List<Variable> parts)
    {
        switch (first, other)
        {
            case (VariableValue { Variable: { Rank: 0 } a }, VariableValue { Variable: { Rank: 0 } b }) when a != b:
                if (pairs.TryGetValue(a, out var known)) return known == b;
                if (PriorOf(a) is not { } prior || prior != PriorOf(b)) return false;
                pairs.Add(a, b);
                parts.AddRange([a, b]);
                return true;
            case (IndexedValue { Array: VariableValue { Variable: var a }, Indices: [AtIndex { Position: ConstantValue i }] }, IndexedValue { Array: VariableValue { Variable: var b }, Indices: [AtIndex { Position: ConstantValue j }] })
                when a == b && i.Value != j.Value:
                parts.Add(a);
                return IsExchangeable(a);
            case (ElementwiseValue a, ElementwiseValue b) when a.Function.Name == b.Function.Name:
                return AreAlike(a.Arguments, b.Arguments, pairs, parts);
            case (ArrayFunctionValue a, ArrayFunctionValue b) when a.Function == b.Function:
                return AreAlike(a.Arguments, b.Arguments, pairs, parts);
            case (ArrayLiteral a, ArrayLiteral b):
                return AreAlike(a.Elements, b.Elements, pairs, parts);
            default:
                return GraphPrinter.Print(first) == GraphPrinter.Print(other);
        }
    }

    private bool AreAlike(ImmutableArray<Bound> first, ImmutableArray<Bound> other, Dictionary<Variable, Variable> pairs, List<Variable> parts) =>
        first.Length == other.Length && first.Zip(other).All(p => AreAlike(p.First, p.Second, pairs, parts));

    /// <summary>The prior of a single number, as text; null where it is not drawn by one statement.</summary>
    private string? PriorOf(Variable variable) =>
        OnlyDefinition(variable) is { Distribution: { } distribution, Gates.IsEmpty: true } ? GraphPrinter.Print(distribution) : null;

    /// <summary>Whether the elements along the first dimension are independent draws from one distribution.</summary>
    private bool IsExchangeable(Variable variable) => variable.Structure != Structure.Ordered && OnlyDefinition(variable) switch
    {
        { Distribution: RepeatedDistribution, Indices.IsEmpty: true, Gates.IsEmpty: true } => true,
        { Distribution: { } drawn, Indices: [LoopValue { Loop: var loop }, ..], Gates.IsEmpty: true } => !Parts.Of(drawn).Any(e => Reads(e, loop) || ReadsOf(variable, e) > 0),
        _ => false,
    };

    private static bool Reads(Bound value, Loop loop) => value is LoopValue here ? here.Loop == loop : Parts.Of(value).Any(part => Reads(part, loop));

    private Definition? OnlyDefinition(Variable variable) => _graph.DefinitionsOf(variable).ToList() is [var only] ? only : null;

    private bool HasNoPreference(Bound weights) => weights switch
    {
        VariableValue { Variable: var w } => OnlyDefinition(w) switch
        {
            { Value: { } value } => HasNoPreference(value),
            { Distribution: CatalogDistribution { Distribution: Dirichlet, Arguments: [{ } alpha] } } => AreEqual(alpha),
            _ => false,
        },
        ArrayLiteral { Elements: [VariableValue { Variable: { Rank: 0 } p }, ElementwiseValue { Function: var minus, Arguments: [ConstantValue { Value: 1 }, VariableValue q] }] } =>
            minus == Operators.Subtract && q.Variable == p && OnlyDefinition(p)?.Distribution is CatalogDistribution prior && IsSymmetric(prior),
        _ => AreEqual(weights),
    };

    /// <summary>Whether p and 1 - p have one distribution.</summary>
    private static bool IsSymmetric(CatalogDistribution prior) => prior switch
    {
        { Distribution: Uniform, Arguments: [ConstantValue { Value: 0 }, ConstantValue { Value: 1 }] } => true,
        { Distribution: Beta, Form: 0, Arguments: [ConstantValue a, ConstantValue b] } => a.Value == b.Value,
        _ => false,
    };

    /// <summary>Whether all elements are certainly the same.</summary>
    private bool AreEqual(Bound vector) => vector switch
    {
        ArrayLiteral { Elements: [ConstantValue first, ..] elements } => elements.All(e => e is ConstantValue other && other.Value == first.Value),
        ArrayFunctionValue { Function: ArrayFunction.Ones } => true,
        ElementwiseValue e => e.Arguments.All(a => a.Rank == 0 || AreEqual(a)),
        Comprehension e => !Reads(e.Body, e.Loop),
        VariableValue { Variable: { Rank: 1 } variable } => OnlyDefinition(variable) is { Value: { } value, Indices.IsEmpty: true } && AreEqual(value),
        _ => false,
    };

    private static Variable? WeightOf(BoundDistribution mixture) => (mixture as MixtureDistribution)?.Weights switch
    {
        VariableValue w => w.Variable,
        null when mixture is MixtureComprehension { Weights: VariableValue w } => w.Variable,
        ArrayLiteral { Elements: [VariableValue p, ..] } => p.Variable,
        _ => null,
    };
}
