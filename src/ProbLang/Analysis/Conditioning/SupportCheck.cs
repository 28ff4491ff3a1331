using System.Diagnostics;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Checks observed cells against the support of their distribution.</summary>
internal static class SupportCheck
{
    public static void Run(Draft draft, VariableDraft variable, DefinitionState state)
    {
        var distribution = state.Definition.Distribution!;
        new DomainCheck(draft, variable.State, state).Run(distribution);
        if (!HasObserved(variable.State, state)) return;
        var code = DistributionCode.Of(distribution, draft.Code);
        var sizes = new SizeDependence(loop => state.Definition.Plates.Any(p => p.Loop == loop), v => draft[v].State.Rows is not null);
        // Whether a value at the edge of the support is possible depends on the arguments, too.
        var isConstant = IsConstant(distribution) && !sizes.Of(state.Definition) && !Walk.Over(Parts.Of(distribution)).Any(v => v is LoopValue);
        var (isPrepared, isWarned) = (false, false);
        var looks = new Ticker();
        for (var i = 0; i < state.Count; i++)
        {
            looks.Tick();
            if (!variable.State.Roles.AsSpan(state.Targets[i], state.SizeOf(i)).Contains(Role.Observed)) continue;
            if (!isPrepared || !isConstant)
            {
                Iterations.Set(draft.Code, state, i);
                code.Prepare();
                isPrepared = true;
            }
            var eventSize = RoleAssignment.EventSize(state, i);
            for (var e = 0; e * eventSize < state.SizeOf(i); e++)
            {
                var from = state.Targets[i] + e * eventSize;
                if (!variable.State.Roles.AsSpan(from, eventSize).Contains(Role.Observed)) continue;
                CheckEvent(draft, variable, state, code, e, from, eventSize);
                isWarned = isWarned || WarnOfEdge(draft, variable, state, code, e, from, eventSize);
            }
        }
    }

    private static bool HasObserved(VariableState variable, DefinitionState state)
    {
        for (var i = 0; i < state.Count; i++)
            if (variable.Roles.AsSpan(state.Targets[i], state.SizeOf(i)).Contains(Role.Observed)) return true;
        return false;
    }

    private static void CheckEvent(Draft draft, VariableDraft variable, DefinitionState state, DistributionCode code, int e, int from, int size)
    {
        var (lower, upper) = code.Support(e);
        var isWhole = true;
        for (var cell = from; cell < from + size; cell++)
        {
            var x = variable.State.Values[cell];
            isWhole &= !double.IsNaN(x);
            if (double.IsNaN(x)) continue;
            if (code.IsDiscrete && x != Math.Floor(x)) throw Outside(cell, "its values are whole numbers");
            if (x < lower || x > upper) throw Outside(cell, Interval(lower, upper));
            if (!code.IsDiscrete && size == 1 && (x == lower || x == upper) && !code.AllowsEdge(e, x)) throw Outside(cell, $"its density at {DataDiagnostics.Show(x)} is zero");
        }
        if (isWhole && code.Refusal(e, variable.State.Values.AsSpan(from, size)) is { } refusal) throw Outside(from, refusal);
        if (code.Constraint == EventConstraint.None) return;
        if (!isWhole) throw new DiagnosticException(DataDiagnostics.BoundInPart(
            variable.State.Variable.Name, Whole(code.Constraint), variable.Given?.Place(FirstGiven()), draft.Locate(state.Definition.Span)));
        if (EventSupport.Mistake(code.Constraint, variable.State.Values.AsSpan(from, size), upper) is var (at, rule)) throw Outside(from + at, rule);

        int FirstGiven() => Enumerable.Range(from, size).First(c => !double.IsNaN(variable.State.Values[c]));

        DiagnosticException Outside(int cell, string support) => new(DataDiagnostics.OutsideSupport(
            ShapeText.Element(variable.State.Variable.Name, variable.State.Shape, cell), variable.State.Values[cell], NameOf(state.Definition.Distribution!), support,
            variable.Given?.Place(cell), draft.Locate(state.Definition.Span)));
    }

    private static string Whole(EventConstraint constraint) => constraint switch
    {
        EventConstraint.Simplex => "its elements add up to 1",
        EventConstraint.Counts => "its elements add up to n",
        EventConstraint.Covariance => "it is symmetric and positive definite",
        EventConstraint.Correlation => "it is a correlation matrix",
        EventConstraint.CorrelationFactor => "its rows have length 1",
        EventConstraint.Factor => "it is lower-triangular with a positive diagonal",
        EventConstraint.Direction => "its length is 1",
        _ => throw new UnreachableException(constraint.ToString()),
    };

    /// <summary>Warns of a value at which the density is zero or infinite whatever is inferred: there is nothing to learn from it.</summary>
    private static bool WarnOfEdge(Draft draft, VariableDraft variable, DefinitionState state, DistributionCode code, int e, int from, int size)
    {
        var values = variable.State.Values;
        if (code.IsDiscrete || !code.IsSingular(e, values.AsSpan(from, size))) return false;
        var cell = Math.Max(from, Array.IndexOf(values, 0, from, size));
        draft.Report(DataDiagnostics.AtEdge(ShapeText.Element(variable.State.Variable.Name, variable.State.Shape, cell), values[cell], NameOf(state.Definition.Distribution!),
            variable.Given?.Place(cell), draft.Locate(state.Definition.Span)));
        return true;
    }

    private static string Interval(double lower, double upper) =>
        double.IsFinite(lower) && double.IsFinite(upper) ? $"its values are from {DataDiagnostics.Show(lower)} to {DataDiagnostics.Show(upper)}"
        : double.IsFinite(lower) ? $"its values are not below {DataDiagnostics.Show(lower)}"
        : $"its values are not above {DataDiagnostics.Show(upper)}";

    /// <summary>Whether the support is the same for all iterations.</summary>
    internal static bool IsConstant(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution { Distribution: ScalarDistribution scalar } catalog => IsConstant(scalar, catalog.Form),
        CatalogDistribution { Distribution: ArrayDistribution array } => array.Constraint != EventConstraint.Counts,
        RepeatedDistribution repeated => IsConstant(repeated.Base),
        TruncatedDistribution truncated => IsConstant(truncated.Base) && truncated.Lower is null or ConstantValue && truncated.Upper is null or ConstantValue,
        ChoiceDistribution => false,
        CensoredDistribution or MarkedDistribution or RoundedDistribution or PointDistribution or ZeroDistribution => false,
        OrderedDistribution ordered => IsConstant(ordered.Base),
        MixtureDistribution mixture => mixture.Components.All(IsConstant),
        MixtureComprehension mixture => IsConstant(mixture.Component),
        _ => true,
    };

    private static bool IsConstant(ScalarDistribution distribution, int form)
    {
        var unknown = new Real[distribution.Forms[form].Parameters.Length];
        Array.Fill(unknown, double.NaN);
        var bounds = distribution.Bounds(form, (ReadOnlySpan<Real>)unknown);
        return !(bounds.HasLower && double.IsNaN(bounds.Lower)) && !(bounds.HasUpper && double.IsNaN(bounds.Upper));
    }

    internal static string NameOf(BoundDistribution distribution) => DistributionTraits.Name(distribution);
}
