using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang.Inference;

/// <summary>An observation that was turned into an unknown with a fact about it.</summary>
internal sealed record Released(Variable Variable, int Cell, double Value, Fact Fact);

/// <summary>
/// A model whose observed discrete cells are unknown, so that what each says can be left out: an observation is a likelihood, but also a
/// value that other statements read.
/// </summary>
internal static class ReleasedModel
{
    /// <summary>Cells with more values than this stay observed.</summary>
    private const int MostValues = 100;

    public static (ConditionedModel Model, IReadOnlyList<Released> Released) Of(ConditionedModel model)
    {
        var (evaluator, facts, released) = (new Evaluator(model), new Facts(model), new List<Released>());
        for (var d = 0; d < model.Definitions.Count; d++)
        {
            var state = model.Definitions[d];
            if (state.Definition.Distribution is not { } distribution || distribution.Type == ElementType.Real || state.EventRank > 0) continue;
            var own = model[state.Definition.Variable];
            for (var i = 0; i < state.Count; i++)
                for (var e = 0; e < state.SizeOf(i); e++)
                {
                    var cell = state.Targets[i] + e;
                    if (own.Roles[cell] != Role.Observed) continue;
                    var (lower, upper) = evaluator.DistributionOf(d, i).Support(e);
                    if (upper - lower < MostValues && own.Values[cell] >= lower && own.Values[cell] <= upper) released.Add(new Released(own.Variable, cell, own.Values[cell], facts.Of(state, cell)));
                }
        }
        return (Release(model, released), released);
    }

    private static ConditionedModel Release(ConditionedModel model, IReadOnlyList<Released> released)
    {
        var affected = new HashSet<Variable>(released.Select(r => r.Variable), ReferenceEqualityComparer.Instance);
        var states = model.Variables.ToDictionary(v => v.Variable, v => v);
        foreach (var variable in affected) states[variable] = Copy(model[variable]);
        foreach (var (variable, cell, _, _) in released) (states[variable].Values[cell], states[variable].Roles[cell]) = (double.NaN, Role.Latent);
        // In the order of the model, what is computed from them is not known either.
        foreach (var run in model.Order)
        {
            var state = model.Definitions[run.Definition];
            var variable = state.Definition.Variable;
            if (state.Definition.IsRandom || !Uses.Of(state.Definition).Overlaps(affected)) continue;
            if (affected.Add(variable)) states[variable] = Copy(model[variable]);
            for (var i = run.First; i < run.First + run.Count; i++) states[variable].Values.AsSpan(state.Targets[i], state.SizeOf(i)).Fill(double.NaN);
        }
        return new ConditionedModel(model.Graph, states, model.Definitions, model.OrderBounds)
        {
            Levels = model.Levels,
            Factors = model.Factors,
            Conditions = model.Conditions,
            Objections = model.Objections,
            Order = model.Order,
        };
    }

    private static VariableState Copy(VariableState state) =>
        new(state.Variable, state.Shape) { Rows = state.Rows, Values = [.. state.Values], Roles = [.. state.Roles], Needed = state.Needed };
}
