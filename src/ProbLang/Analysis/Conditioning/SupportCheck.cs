using ProbLang.Distributions;
using ProbLang.Graph;
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
        var eventSize = RoleAssignment.EventSize(state);
        var isConstant = IsConstant(distribution);
        var (isPrepared, isWarned) = (false, false);
        for (var i = 0; i < state.Count; i++)
        {
            if (!variable.State.Roles.AsSpan(state.Targets[i], state.BlockSize).Contains(Role.Observed)) continue;
            if (!isPrepared || !isConstant)
            {
                Iterations.Set(draft.Code, state, i);
                code.Prepare();
                isPrepared = true;
            }
            for (var e = 0; e * eventSize < state.BlockSize; e++)
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
            if (variable.Roles.AsSpan(state.Targets[i], state.BlockSize).Contains(Role.Observed)) return true;
        return false;
    }

    private static void CheckEvent(Draft draft, VariableDraft variable, DefinitionState state, DistributionCode code, int e, int from, int size)
    {
        var (lower, upper) = code.Support(e);
        var sum = 0.0;
        for (var cell = from; cell < from + size; cell++)
        {
            var x = variable.State.Values[cell];
            sum += x;
            if (double.IsNaN(x)) continue;
            if (code.IsDiscrete && x != Math.Floor(x)) throw Outside(cell, "its values are whole numbers");
            if (code.IsSimplex && x < 0) throw Outside(cell, "its values are not negative and add up to 1");
            if (x < lower || x > upper) throw Outside(cell, Interval(lower, upper));
            if (!code.IsDiscrete && size == 1 && (x == lower || x == upper) && !code.AllowsEdge(e, x)) throw Outside(cell, $"its density at {DataDiagnostics.Show(x)} is zero");
        }
        if (code.IsSimplex && double.IsNaN(sum)) throw new DiagnosticException(DataDiagnostics.SimplexInPart(
            variable.State.Variable.Name, variable.Given?.Place(FirstGiven()), draft.Locate(state.Definition.Span)));
        if (code.IsSimplex && Math.Abs(sum - 1) > 1e-6) throw Outside(from, $"its values add up to 1, these to {DataDiagnostics.Show(sum)}");

        int FirstGiven() => Enumerable.Range(from, size).First(c => !double.IsNaN(variable.State.Values[c]));

        DiagnosticException Outside(int cell, string support) => new(DataDiagnostics.OutsideSupport(
            ShapeText.Element(variable.State.Variable.Name, variable.State.Shape, cell), variable.State.Values[cell], NameOf(state.Definition.Distribution!), support,
            variable.Given?.Place(cell), draft.Locate(state.Definition.Span)));
    }

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
        RepeatedDistribution repeated => IsConstant(repeated.Base),
        TruncatedDistribution truncated => IsConstant(truncated.Base) && truncated.Lower is null or ConstantValue && truncated.Upper is null or ConstantValue,
        ChoiceDistribution => false,
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

    internal static string NameOf(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution catalog => catalog.Distribution.Name,
        RepeatedDistribution repeated => NameOf(repeated.Base),
        TruncatedDistribution truncated => $"{NameOf(truncated.Base)} truncated",
        ChoiceDistribution choice => $"{NameOf(choice.Then)} or {NameOf(choice.Else)}",
        _ => "Mixture",
    };
}
