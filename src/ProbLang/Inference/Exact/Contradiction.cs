using System.Diagnostics;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>Which of the facts contradict each other, where all together are impossible.</summary>
internal sealed class Contradiction(FiniteSum sum, CancellationToken cancellation)
{
    /// <summary>How long it is looked for.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Leaves out facts, many at a time and then one by one, as long as the rest stays impossible: more facts never make anything possible again.</summary>
    public Diagnostic Find()
    {
        var facts = sum.Plan.Terms.Select(t => t.Fact).OfType<Fact>().Distinct(ReferenceEqualityComparer.Instance).Cast<Fact>().ToList();
        if (!AreImpossible([])) facts = Smallest(facts);
        else return ExactDiagnostics.NothingPossible(sum.Plan.Terms[0].Place);
        return ExactDiagnostics.Contradiction(facts, _clock.Elapsed < Budget);
    }

    private List<Fact> Smallest(List<Fact> facts)
    {
        for (var chunk = Math.Max(1, facts.Count / 2); ; chunk = Math.Max(1, chunk / 2))
        {
            for (var from = 0; from < facts.Count && _clock.Elapsed < Budget;)
            {
                cancellation.ThrowIfCancellationRequested();
                List<Fact> rest = [.. facts.Take(from), .. facts.Skip(from + chunk)];
                if (AreImpossible(rest)) facts = rest;
                else from += chunk;
            }
            if (chunk == 1) return facts;
        }
    }

    private bool AreImpossible(List<Fact> facts)
    {
        var kept = new HashSet<Fact>(facts, ReferenceEqualityComparer.Instance);
        return double.IsNegativeInfinity(sum.LogSumWithout(t => t.Fact is not null && !kept.Contains(t.Fact)));
    }
}
