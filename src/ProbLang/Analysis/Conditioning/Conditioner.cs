using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>A model with its data, or why the two do not go together.</summary>
/// <param name="Model">Null where there are errors.</param>
/// <param name="Diagnostics">Errors and warnings.</param>
internal sealed record ConditioningResult(ConditionedModel? Model, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Where nothing is wrong with the data, but the model has no density, or none that is known: what it is.</summary>
    public ModelClass? Class { get; init; }
}

/// <summary>Brings a model and data together: concrete sizes, and for every cell of every variable its role.</summary>
internal static class Conditioner
{
    public static ConditioningResult Condition(ModelGraph graph, DataSet data)
    {
        if (Learning.Objection(graph) is { } objection) return new ConditioningResult(null, [objection]) { Class = GraphTaxonomy.Of(graph, data) };
        var (learned, known) = Learning.Prepare(graph, data);
        var result = Condition(new Draft(learned, known) { Written = graph }, new(() => Condition(new Draft(Learning.PrepareSimulation(graph, data), data, isSimulation: true), null)));
        // What was given element by element turns out to be known as a whole.
        return result.Model is { } model && ParameterOpening.Given(model) is { Arrays.Count: > 0 } given ? Condition(graph, data.With(given)) : result;
    }

    private static ConditioningResult Condition(Draft draft, Once<ConditioningResult>? simulated)
    {
        Run(draft);
        if (!draft.HasErrors && !draft.IsSimulation && Inverting.Of(draft) is { } inverted)
        {
            var solved = Condition(new Draft(inverted.Graph, inverted.Data, inverted: inverted) { Written = draft.Written }, simulated);
            return Inverting.WhyEntangled(draft, inverted, solved) is { } why ? new ConditioningResult(null, [why.Diagnostic]) { Class = why.Class } : solved;
        }
        if (!draft.HasErrors && !draft.IsSimulation) Check(draft);
        var model = draft.HasErrors ? null : Finish(draft, simulated);
        return new ConditioningResult(draft.HasErrors ? null : model, [.. draft.Diagnostics]) { Class = draft.ErrorsAreOf(InversionDiagnostics.NoInverseId) ? draft.Class : null };
    }

    private static void Run(Draft draft)
    {
        Budget.Current.Check();
        WarnOfUnknownNames(draft);
        LevelInference.Run(draft);
        Budget.Current.Check();
        SizeInference.Infer(draft);
        foreach (var together in Components(draft.Graph).Watched()) Lay(draft, together);
        if (draft.HasErrors) return;
        foreach (var factor in draft.Graph.Factors) Lay(draft, factor.Plates, factor.Gates, factor.Span, space => draft.Factors.Add(new(factor, space)));
        foreach (var condition in draft.Graph.GivenConditions) Lay(draft, condition.Plates, condition.Gates, condition.Span, space => draft.Conditions.Add(new(condition.Condition, space, condition.Span)));
        foreach (var order in draft.Graph.GivenOrders) Lay(draft, order.Plates, order.Gates, order.Span, space => draft.Conditions.Add(new(ConditionOf(order), space, order.Span)));
        if (!draft.IsSimulation) FiniteEvents.Add(draft);
        RoleAssignment.Run(draft);
    }

    private static void Check(Draft draft)
    {
        Events.Check(draft);
        RangeChecks.Run(draft);
        foreach (var variable in draft.Graph.Variables) Observations.Check(draft, variable);
        foreach (var parameter in draft.Graph.Variables.Where(v => v is { IsParameter: true, IsInput: false, IsAuxiliary: false }))
            draft.Attempt(parameter, () => Inputs.CheckStart(draft, parameter, draft[parameter].State.Shape));
        Learning.CheckGuide(draft);
    }

    private static ConditionedModel? Finish(Draft draft, Once<ConditioningResult>? simulated)
    {
        var bounds = draft.IsSimulation ? [] : OrderBounds.Find(draft);
        var variables = draft.Graph.Variables.ToDictionary(v => v, v => draft[v].State);
        return new ConditionedModel(draft.Graph, variables, draft.Definitions, bounds)
        {
            Order = draft.Order,
            Nets = draft.Nets.Plans,
            DefaultedSizes = draft.DefaultedSizes,
            Written = draft.Written,
            Levels = draft.Levels,
            Factors = draft.Factors,
            Conditions = draft.Conditions,
            Objections = [.. draft.Objections],
            Simulated = IsDrawnOtherwise(draft) ? simulated : null,
            Inverted = draft.Inverted,
        };
    }

    /// <summary>Only in gates does what is drawn decide which statements hold; and what is learned or solved for is written anew.</summary>
    private static bool IsDrawnOtherwise(Draft draft) => !ReferenceEquals(draft.Graph, draft.Written) || draft.Graph.Definitions.Any(d => !d.Gates.IsEmpty);

    private static ElementwiseValue ConditionOf(GivenOrder order) =>
        new(order.IsStrict ? Operators.Less : Operators.LessOrEqual, [order.Less, order.Greater], Math.Max(order.Less.Rank, order.Greater.Rank), ElementType.Boolean, order.Span);

    private static void Lay(Draft draft, IReadOnlyList<Plate> plates, IReadOnlyList<Gate> gates, Span span, Action<IterationSpace> add)
    {
        try
        {
            add(new Gating(draft, plates, gates).Lay(_ => { }, draft.Locate(span)));
        }
        catch (DiagnosticException mistake)
        {
            draft.Report(mistake.Diagnostic);
        }
    }

    /// <summary>Variables that need each other, in the order in which they can be laid out.</summary>
    private static IEnumerable<IReadOnlyList<Variable>> Components(ModelGraph graph)
    {
        var variables = graph.Variables;
        var number = new Dictionary<Variable, int>(ReferenceEqualityComparer.Instance);
        for (var v = 0; v < variables.Length; v++) number[variables[v]] = v;
        var needs = variables.Select(v => new HashSet<Variable>(Uses.Of(v), ReferenceEqualityComparer.Instance)).ToArray();
        foreach (var definition in graph.Definitions) needs[number[definition.Variable]].UnionWith(Uses.Of(definition));
        foreach (var given in graph.GivenValues) needs[number[given.Variable]].UnionWith(Uses.Of(given));
        var successors = needs.Select(n =>
        {
            var to = new List<int>(n.Count);
            foreach (var needed in n) to.Add(number[needed]);
            return to;
        }).ToArray();
        return StrongComponents.Of(variables.Length, v => successors[v]).Select(c => c.ConvertAll(v => variables[v]));
    }

    private static void Lay(Draft draft, IReadOnlyList<Variable> together)
    {
        // What needs something that is itself at fault is not looked at: its mistakes would follow from the first.
        if (together.Any(v => draft.IsBroken(v) || Uses.Of(v).Any(u => draft.IsBroken(u)) || draft.Graph.DefinitionsOf(v).Any(draft.IsBroken)
            || draft.Graph.GivenValues.Any(g => g.Variable == v && Uses.Of(g).Any(draft.IsBroken))))
        {
            foreach (var variable in together) draft.Break(variable);
            return;
        }
        if (together.FirstOrDefault(v => v.IsInput) is { } input)
        {
            draft.Attempt(input, () =>
            {
                if (input.LevelsOf is null) Inputs.Read(draft, input);
                else LevelInference.Read(draft, input);
            });
            return;
        }
        Layout.Run(draft, together);
        if (together.Any(draft.IsBroken)) return;
        foreach (var variable in together) draft.Attempt(variable, () => KnownValues.Take(draft, variable));
        if (together.Any(draft.IsBroken)) return;
        var from = draft.Order.Count;
        draft.Attempt(together[0], () => Schedule.Run(draft, together));
        if (!together.Any(draft.IsBroken)) KnownValues.Compute(draft, draft.Order.GetRange(from, draft.Order.Count - from), together);
    }

    private static void WarnOfUnknownNames(Draft draft)
    {
        var ofNets = draft.Graph.Nets.SelectMany(Learning.WithParts).SelectMany(n => (string[])[WeightOpening.NameOf(n), WeightOpening.ShapeNameOf(n)]).ToHashSet();
        var names = draft.Graph.Variables.Where(v => v is { LevelsOf: null, IsAuxiliary: false }).Select(v => v.Name).ToArray();
        foreach (var (name, array) in draft.Data.Arrays)
            // Tables have columns of text, and labels, that a model has no use for.
            if (draft.Graph.Find(name) is null && !ofNets.Contains(name) && (array.NotNumbers is null || array.IsAssigned))
            {
                var meant = Spelling.Nearest(name, names.Where(n => !draft.Data.Arrays.ContainsKey(n)));
                // That the input is missing is reported as its misspelling.
                if (meant is null && array.IsIncidental) continue;
                if (meant is not null && draft.Graph.Find(meant) is { IsInput: true, IsParameter: false, Default: null }) continue;
                draft.Report(DataDiagnostics.NotInModel(name, array.NamePlace ?? (array.Values.Length > 0 ? array.Place(0) : null), meant));
            }
    }
}
