using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>
/// Draws every random variable of a model, each after those it depends on, observed ones anew. Conditions are met by
/// rejection: what they depend on is drawn until they hold, the rest follows. Serves one thread.
/// </summary>
internal sealed class AncestralSampler
{
    /// <summary>How many draws are tried before a condition counts as impossible to meet this way.</summary>
    public const int Limit = 100_000;

    private readonly List<DefinitionRun> _conditioned = [];
    private readonly List<DefinitionRun> _rest = [];

    private readonly Interventions _interventions;

    public AncestralSampler(ConditionedModel model, Interventions? interventions = null)
    {
        _interventions = interventions ?? Interventions.None;
        Evaluator = new Evaluator(model, _interventions);
        var conditioned = Ancestors(model.Graph);
        foreach (var run in model.Order)
            (conditioned.Contains(model.Definitions[run.Definition].Definition.Variable) ? _conditioned : _rest).Add(run);
    }

    /// <summary>Holds the draw: the cells of each variable.</summary>
    public Evaluator Evaluator { get; }

    /// <summary>Why the model cannot be drawn from, or null. With <paramref name="onlyPredicted"/>, why what is predicted cannot.</summary>
    public Diagnostic? Objection(bool onlyPredicted = false)
    {
        var model = Evaluator.Model;
        if (!onlyPredicted && model.Graph.Factors is [var factor, ..]) return DataDiagnostics.FactorForward(model.Graph.Source.Locate(factor.Span));
        for (var d = 0; d < model.Definitions.Count; d++)
        {
            var state = model.Definitions[d];
            if (!state.Definition.IsRandom || state.Count * state.BlockSize == 0 || Evaluator.CannotSample(d) is not { } name) continue;
            var roles = model[state.Definition.Variable].Roles;
            if (Enumerable.Range(0, state.Count).All(i => _interventions.IsWhole(state, i))) continue;
            if (!onlyPredicted || Enumerable.Range(0, state.Count).Any(i => state.SizeOf(i) > 0 && roles[state.Targets[i]] == Role.Predicted))
                return DataDiagnostics.CannotSample(name, model.Graph.Source.Locate(state.Definition.Span));
        }
        return null;
    }

    /// <summary>Draws all; on return <see cref="Evaluator"/> holds the draw. Returns why there is none, such as a condition that could not be met, or null.</summary>
    public Diagnostic? Draw(ref Philox random)
    {
        try
        {
            return TryDraw(ref random);
        }
        catch (DiagnosticException mistake)
        {
            return mistake.Diagnostic;
        }
    }

    private Diagnostic? TryDraw(ref Philox random)
    {
        var graph = Evaluator.Model.Graph;
        for (var attempt = 0; ; attempt++)
        {
            foreach (var run in _conditioned) Evaluator.Draw(run, ref random);
            if (Evaluator.Violated() is not { } violated) break;
            if (attempt == Limit) return DataDiagnostics.RejectedAlways(Limit, graph.Source.Locate(violated));
        }
        foreach (var run in _rest) Evaluator.Draw(run, ref random);
        return null;
    }

    /// <summary>The variables that the conditions speak of, and all that these depend on.</summary>
    private static HashSet<Variable> Ancestors(ModelGraph graph)
    {
        var ancestors = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        foreach (var order in graph.GivenOrders) ancestors.UnionWith(Uses.Of(order));
        foreach (var condition in graph.GivenConditions) ancestors.UnionWith(Uses.Of(condition));
        var open = new Stack<Variable>(ancestors);
        while (open.TryPop(out var variable))
            foreach (var parent in graph.DefinitionsOf(variable).SelectMany(Uses.Of))
                if (ancestors.Add(parent)) open.Push(parent);
        return ancestors;
    }
}
