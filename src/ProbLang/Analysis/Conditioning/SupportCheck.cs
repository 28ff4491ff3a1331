using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Checks observed cells against the support of their distribution, and parameters that the data determine against their domain.</summary>
internal static class SupportCheck
{
    public static void Run(Draft draft, VariableDraft variable, DefinitionState state)
    {
        var distribution = state.Definition.Distribution!;
        CheckDomains(draft, variable.State, state, distribution);
        if (!HasObserved(variable.State, state)) return;
        var code = DistributionCode.Of(distribution, draft.Code);
        var eventSize = RoleAssignment.EventSize(state);
        var isConstant = IsConstant(distribution);
        var isPrepared = false;
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
                if (variable.State.Roles.AsSpan(state.Targets[i] + e * eventSize, eventSize).Contains(Role.Observed))
                    CheckEvent(draft, variable, state, code, e, state.Targets[i] + e * eventSize, eventSize);
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

    private static string Interval(double lower, double upper) =>
        double.IsFinite(lower) && double.IsFinite(upper) ? $"its values are from {DataDiagnostics.Show(lower)} to {DataDiagnostics.Show(upper)}"
        : double.IsFinite(lower) ? $"its values are not below {DataDiagnostics.Show(lower)}"
        : $"its values are not above {DataDiagnostics.Show(upper)}";

    /// <summary>Whether the support is the same for all iterations.</summary>
    private static bool IsConstant(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution { Distribution: ScalarDistribution scalar } catalog => IsConstant(scalar, catalog.Form),
        RepeatedDistribution repeated => IsConstant(repeated.Base),
        TruncatedDistribution truncated => IsConstant(truncated.Base) && truncated.Lower is null or ConstantValue && truncated.Upper is null or ConstantValue,
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
        _ => "Mixture",
    };

    private static void CheckDomains(Draft draft, VariableState variable, DefinitionState state, BoundDistribution distribution)
    {
        switch (distribution)
        {
            case RepeatedDistribution repeated:
                CheckDomains(draft, variable, state, repeated.Base);
                break;
            case TruncatedDistribution truncated:
                CheckDomains(draft, variable, state, truncated.Base);
                break;
            case MixtureDistribution mixture:
                foreach (var component in mixture.Components) CheckDomains(draft, variable, state, component);
                break;
            case CatalogDistribution catalog:
                for (var k = 0; k < catalog.Arguments.Length; k++)
                    if (catalog.Arguments[k] is { } argument) CheckDomain(draft, variable, state, catalog, catalog.Distribution.Forms[catalog.Form].Parameters[k], argument);
                break;
        }
    }

    private static void CheckDomain(Draft draft, VariableState variable, DefinitionState state, CatalogDistribution catalog, Parameter parameter, Bound argument)
    {
        var uses = Uses.Of([argument]);
        if (uses.Count == 0 || parameter.Domain is not (Domain.Positive or Domain.NonNegative or Domain.Probability or Domain.Count) || !uses.All(v => v.IsInput)) return;
        var code = draft.Code.Array(argument);
        for (var i = 0; i < state.Count; i++)
        {
            Iterations.Set(draft.Code, state, i);
            foreach (var x in code().Values)
                if (!IsIn(parameter.Domain, x))
                {
                    var where = state.BlockSize == 1 ? $" for `{ShapeText.Element(variable.Variable.Name, variable.Shape, state.Targets[i])}`" : "";
                    throw new DiagnosticException(DataDiagnostics.OutsideDomain(parameter.Name, catalog.Distribution.Name, x, Describe(parameter.Domain), where, draft.Locate(argument.Span)));
                }
            if (!ReadsLoops(argument)) return;
        }
    }

    private static bool ReadsLoops(Bound e) => e is LoopValue || Parts.Of(e).Any(ReadsLoops);

    private static bool IsIn(Domain domain, double x) => domain switch
    {
        Domain.Positive => x > 0,
        Domain.NonNegative => x >= 0,
        Domain.Probability => x is >= 0 and <= 1,
        Domain.Count => x >= 0 && x == Math.Floor(x),
        _ => true,
    };

    private static string Describe(Domain domain) => domain switch
    {
        Domain.Positive => "positive",
        Domain.NonNegative => "at least 0",
        Domain.Probability => "from 0 to 1",
        _ => "a whole number from 0",
    };
}
