using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>Which of the facts contradict each other, where all together are impossible.</summary>
internal sealed class Contradiction
{
    /// <summary>How long it is looked for.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly FiniteSum _sum;
    private readonly CancellationToken _cancellation;
    private readonly bool _isReleased;

    private Contradiction(FiniteSum sum, bool isReleased, CancellationToken cancellation) => (_sum, _isReleased, _cancellation) = (sum, isReleased, cancellation);

    /// <summary>Of a sum that is zero.</summary>
    public static Contradiction Of(FiniteSum sum, Exact options, CancellationToken cancellation)
    {
        var (model, released) = ReleasedModel.Of(sum.Plan.Original);
        if (released.Count == 0) return new Contradiction(sum, true, cancellation);
        try
        {
            var plan = ExactPlan.Of(model, options, sum.Plan.LogTail, cancellation, released);
            if (plan.Objections.IsEmpty && FiniteSum.Of(plan, cancellation) is { LogSum: double.NegativeInfinity } free) return new Contradiction(free, true, cancellation);
        }
        catch (DiagnosticException)
        {
            // With the observations unknown, something makes no sense.
        }
        return new Contradiction(sum, false, cancellation);
    }

    /// <summary>Leaves out facts, many at a time and then one by one, as long as the rest stays impossible: more facts never make anything possible again.</summary>
    public Diagnostic Find()
    {
        var facts = _sum.Plan.Terms.Select(t => t.Fact).OfType<Fact>().Distinct(ReferenceEqualityComparer.Instance).Cast<Fact>().ToList();
        if (!AreImpossible([])) facts = Smallest(facts);
        else return ExactDiagnostics.NothingPossible((_sum.Plan.Terms.FirstOrDefault(t => t is { IsDraw: false, IsComputed: false, Fact: null }) ?? _sum.Plan.Terms[0]).Place);
        return ExactDiagnostics.Contradiction(facts, isSmallest: _clock.Elapsed < Budget, isWhole: _isReleased);
    }

    private List<Fact> Smallest(List<Fact> facts)
    {
        for (var chunk = Math.Max(1, facts.Count / 2); ; chunk = Math.Max(1, chunk / 2))
        {
            for (var from = 0; from < facts.Count && _clock.Elapsed < Budget;)
            {
                _cancellation.ThrowIfCancellationRequested();
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
        return double.IsNegativeInfinity(_sum.LogSumWithout(t => t.Fact is not null && !kept.Contains(t.Fact)));
    }
}
