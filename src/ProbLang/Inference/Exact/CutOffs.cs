using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>
/// Solves a model whose counts may have no end. They are cut off where next to nothing is left, and that is checked against the answer: what is left out
/// has at most the probability of the tails before the data, divided by that of the data.
/// </summary>
internal sealed class CutOffs(ConditionedModel model, Exact options, CancellationToken cancellation)
{
    /// <summary>The logarithm of what is cut off at first.</summary>
    public const double FirstTail = -40;

    /// <summary>Where tails of this are of no use, what the data say cannot be.</summary>
    private const double LastTail = -20_000;

    /// <summary>Sums of more entries than this are not followed much further than where they stay the same.</summary>
    private const double MostEntriesToFollow = 1 << 20;

    /// <summary>How much of the posterior may be left out, and by how much answers may differ that count as equal.</summary>
    private const double Negligible = 1e-12;

    /// <exception cref="ObjectionException">There is no answer.</exception>
    public ExactSolution Solve(ExactPlan plan)
    {
        FiniteSum? previous = null;
        var isFollowed = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!plan.Objections.IsEmpty) throw new ObjectionException(plan.Objections[0]);
            var sum = FiniteSum.Of(plan, cancellation);
            if (plan.Supports.CutOffs.Count == 0 || NextTail(sum, previous) is not { } tail)
            {
                if (double.IsNegativeInfinity(sum.LogSum)) throw new ObjectionException(Contradiction.Of(sum, options, cancellation).Find());
                if (!isFollowed && FollowedFar(sum) is { } far)
                {
                    // Twice the tail was not enough to see what the data speak for.
                    (isFollowed, previous, plan) = (true, far, ExactPlan.Of(model, options, far.Plan.LogTail * 2, cancellation));
                    continue;
                }
                return new FiniteSolution(sum, options, Notes(sum));
            }
            previous = sum;
            plan = ExactPlan.Of(model, options, tail, cancellation);
        }
    }

    /// <summary>
    /// What the sum is much further on, where that is not the same and is affordable: densities may speak for values far beyond those
    /// that the prior expects, and two sums that both stop before these agree.
    /// </summary>
    private FiniteSum? FollowedFar(FiniteSum sum)
    {
        if (!sum.Plan.HasDensities || sum.Plan.Supports.CutOffs.Count == 0 || LeftOut(sum) <= Negligible) return null;
        var plan = ExactPlan.Of(model, options, sum.Plan.LogTail * 8, cancellation);
        if (plan.Tree is not { Entries: <= MostEntriesToFollow } || !plan.Objections.IsEmpty) return null;
        return FiniteSum.Of(plan, cancellation) is var far && AreEqual(sum, far) ? null : far;
    }

    /// <summary>How much less is to be cut off; null where it is little enough.</summary>
    private static double? NextTail(FiniteSum sum, FiniteSum? previous)
    {
        var plan = sum.Plan;
        if (double.IsNegativeInfinity(sum.LogSum)) return plan.LogTail < LastTail ? null : plan.LogTail * 8;
        if (!plan.HasDensities) return LeftOut(sum) <= Negligible ? null : Math.Min(plan.LogTail - 1, Math.Log(Negligible / plan.Supports.CutOffs.Count) + sum.LogSum - 1);
        return previous is not null && AreEqual(previous, sum) ? null : plan.LogTail * 2;
    }

    /// <summary>A bound of the posterior probability of all that was cut off, where what the data say of the rest is at most 1.</summary>
    private static double LeftOut(FiniteSum sum) => sum.Plan.Supports.CutOffs.Sum(cut => LeftOut(sum, cut));

    /// <summary>Of what nothing observed depends on, the data say nothing.</summary>
    private static double LeftOut(FiniteSum sum, CutOff cut)
    {
        var cell = sum.Plan.Cells[cut.Number];
        return Math.Exp(sum.Plan.Model[cell.Variable].Roles[cell.Cell] == Role.Predicted ? cut.LogTail : cut.LogTail - sum.LogSum);
    }

    private static bool AreEqual(FiniteSum a, FiniteSum b)
    {
        if (a.Plan.Cells.Count != b.Plan.Cells.Count) return false;
        if (!(Math.Abs(a.LogSum - b.LogSum) <= Negligible * Math.Max(1, Math.Abs(b.LogSum)))) return false;
        for (var number = 0; number < a.Plan.Cells.Count; number++)
        {
            var (p, q) = (a.Marginal(number), b.Marginal(number));
            var (first, second) = (a.Plan.Cells[number], b.Plan.Cells[number]);
            var values = new Dictionary<double, double>();
            for (var s = 0; s < q.Length; s++) values[second[s]] = q[s];
            for (var s = 0; s < p.Length; s++) values[first[s]] = values.GetValueOrDefault(first[s]) - p[s];
            if (values.Values.Any(difference => !(Math.Abs(difference) <= Negligible))) return false;
        }
        return true;
    }

    private static ImmutableArray<string> Notes(FiniteSum sum) => [.. sum.Plan.Supports.CutOffs.GroupBy(cut => sum.Plan.Cells[cut.Number].Variable).Select(cuts =>
    {
        var (plan, variable) = (sum.Plan, cuts.Key);
        var ends = cuts.Select(c => (double)plan.Cells[c.Number].Low + plan.Cells[c.Number].Count - (plan.Cells[c.Number].Values is null ? 1 : 2)).ToArray();
        var name = cuts.Count() == 1 ? CellText.Element(plan.Model, variable, plan.Cells[cuts.First().Number].Cell) : $"the elements of `{variable}`";
        var end = ends.Min() == ends.Max() ? ends.Max().ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{ends.Min()} to {ends.Max()}");
        var bound = plan.HasDensities ? "going further changes no probability and the evidence by more than 1e-12"
            : string.Create(CultureInfo.InvariantCulture, $"greater values have a probability of at most {cuts.Sum(c => LeftOut(sum, c)):0.#e+0} together");
        return $"{name} {(cuts.Count() == 1 ? "was" : "were")} cut off at {end}: {bound}";
    })];
}
