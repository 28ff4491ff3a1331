using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Holds general conditions against the data, where these decide them; where they do not, only engines without gradients can meet them.</summary>
internal static class Events
{
    public static void Check(Draft draft)
    {
        foreach (var condition in draft.Graph.GivenConditions)
            try
            {
                Check(draft, condition);
            }
            catch (DiagnosticException mistake)
            {
                draft.Report(mistake.Diagnostic);
            }
    }

    private static void Check(Draft draft, GivenCondition condition)
    {
        var place = draft.Locate(condition.Span);
        var value = draft.Code.Array(condition.Condition);
        var isOpen = false;
        new Gating(draft, condition.Plates, condition.Gates).ForEach(open =>
        {
            foreach (var holds in value().Values)
                if (double.IsNaN(holds)) isOpen = true;
                else if (holds == 0 && open.Count == 0) throw new DiagnosticException(DataDiagnostics.FactsContradict(place));
                else isOpen |= open.Count > 0;
        });
        if (isOpen && !FiniteEvents.RestOn(draft, [condition.Condition, .. condition.Gates.Select(g => g.Condition)])) draft.Objections.Add(DataDiagnostics.ConditionOpen(place));
    }
}
