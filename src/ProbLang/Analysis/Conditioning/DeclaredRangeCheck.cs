using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>
/// Checks that what a statement can draw is within the type that its variable is declared with, where the data decide either:
/// a type never cuts a distribution.
/// </summary>
internal static class DeclaredRangeCheck
{
    public static void Run(Draft draft, Variable variable, DefinitionState state)
    {
        var distribution = state.Definition.Distribution!;
        var (least, most) = TypeCheck.Range(draft, variable);
        if (double.IsNaN(least) && double.IsNaN(most) || DistributionTraits.EventRank(distribution) > 0) return;
        var code = DistributionCode.Of(distribution, draft.Code);
        for (var i = 0; i < state.Count; i++)
        {
            Iterations.Set(draft.Code, state, i);
            code.Prepare();
            var size = RoleAssignment.EventSize(state, i);
            for (var e = 0; e * size < state.SizeOf(i); e++)
            {
                var (lower, upper) = code.Support(e);
                if (lower < least) throw Outside($"below {DataDiagnostics.Show(least)}");
                if (upper > most) throw Outside($"above {DataDiagnostics.Show(most)}");
            }
            if (SupportCheck.IsConstant(distribution)) return;
        }

        DiagnosticException Outside(string values) => new(DataDiagnostics.OutsideDeclared(
            variable.Name, variable.DeclaredType!, SupportCheck.NameOf(distribution), values, draft.Locate(distribution.Span)));
    }
}
