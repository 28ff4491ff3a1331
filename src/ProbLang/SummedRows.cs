using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Programs;

namespace ProbLang;

/// <summary>
/// Rows of the data with discrete unknowns that are theirs alone, such as the labels of a mixture: the likelihood of such a row is the sum over what they may be,
/// as the posterior without the row is that of the continuous unknowns. Given the label that was drawn it would say how well the label fits the row that it was drawn for.
/// </summary>
internal sealed class SummedRows
{
    /// <summary>Beyond this many settings a row is taken with what was drawn.</summary>
    private const long MostSettings = 4096;

    private readonly Evaluator _evaluator;
    private readonly List<(int Row, FiniteSettings Settings, FiniteFactor[] Factors)> _components = [];
    private readonly HashSet<(Variable, int)> _covered = [];

    /// <param name="model">The model with its data.</param>
    /// <param name="evaluator">Holds a draw when <see cref="Add"/> is called.</param>
    /// <param name="plan">What the sampler sums out.</param>
    /// <param name="rowOf">The row of an observed draw, by its variable and its first cell.</param>
    public SummedRows(ConditionedModel model, Evaluator evaluator, FinitePlan plan, IReadOnlyDictionary<(Variable, int), int> rowOf)
    {
        _evaluator = evaluator;
        foreach (var group in plan.Groups)
            for (var c = 0; c < group.Components.Length; c++)
            {
                var component = c;
                FiniteFactor[] factors = Array.ConvertAll(group.Factors, f => f.Class.Factors[f.Tables[component]]);
                if (RowOf(model, factors, rowOf) is not { } row) continue;
                var scope = new FiniteScope(group.Components[c], [.. factors.SelectMany(f => f.Scope.Computed).Distinct()], "", false);
                var settings = new FiniteSettings(model, evaluator, plan.Cells, scope);
                if (settings.Count > MostSettings) continue;
                _components.Add((row, settings, factors));
                foreach (var factor in factors)
                    if (!factor.IsDrawn) _covered.Add(PlaceOf(model, factor));
            }
    }

    /// <summary>Whether the likelihood of an observed draw is part of a sum here.</summary>
    public bool Covers(Variable variable, int cell) => _covered.Contains((variable, cell));

    /// <summary>Adds the logarithms of the sums to the rows.</summary>
    public void Add(Span<double> rows)
    {
        foreach (var (row, settings, factors) in _components)
        {
            var (max, sum) = (double.NegativeInfinity, 0.0);
            settings.ForEach(_ =>
            {
                var term = 0.0;
                foreach (var factor in factors) term += _evaluator.LogDensity(factor.Source.Number, factor.Iteration, factor.Element, factor.IsDrawn);
                // A value that makes no sense is none.
                if (!(term > double.NegativeInfinity)) return;
                if (term > max) (max, sum) = (term, sum * Math.Exp(max - term) + 1);
                else sum += Math.Exp(term - max);
            });
            rows[row] += max + Math.Log(sum);
        }
    }

    /// <summary>The one row that all observed draws of a component are in; null where there are several or none, or where it is bound by more than draws.</summary>
    private static int? RowOf(ConditionedModel model, FiniteFactor[] factors, IReadOnlyDictionary<(Variable, int), int> rowOf)
    {
        int? row = null;
        foreach (var factor in factors)
        {
            if (factor.Source.Kind != FiniteKind.Draw) return null;
            if (factor.IsDrawn)
            {
                if (model.Definitions[factor.Source.Number].Definition.Distribution!.Type == ElementType.Real) return null;
                continue;
            }
            var own = rowOf[PlaceOf(model, factor)];
            if (row is { } other && other != own) return null;
            row = own;
        }
        return row;
    }

    private static (Variable, int) PlaceOf(ConditionedModel model, FiniteFactor factor)
    {
        var state = model.Definitions[factor.Source.Number];
        return (state.Definition.Variable, state.Targets[factor.Iteration] + factor.Element * RoleAssignment.EventSize(state, factor.Iteration));
    }
}
