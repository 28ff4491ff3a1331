using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using ProbLang.Analysis;
using ProbLang.Programs;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>The way into exact inference.</summary>
internal static class ExactSolver
{
    /// <summary>The plan of a model is made once: whether it can be summed, what that costs, and the sum itself are asked for one after the other.</summary>
    private static readonly ConditionalWeakTable<ConditionedModel, Planned> Plans = [];

    /// <summary>Why the engine cannot take the model; empty where it can.</summary>
    public static ImmutableArray<Diagnostic> Objections(ConditionedModel model, Exact options) => PlanOf(model, options, default).Objections;

    /// <summary>What would be done, a line each: the order of elimination, its width and its cost.</summary>
    public static ImmutableArray<string> Describe(ConditionedModel model)
    {
        var plan = PlanOf(model, new Exact(), default);
        if (plan.Tree is not { } tree) return [];
        var lines = ImmutableArray.CreateBuilder<string>();
        if (plan.Cells.Count > 0)
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"sums over {plan.Cells.Count} discrete {Quantities(plan.Cells.Count)}{Together(plan.Cells.Count, Math.Max(1, tree.Width + 1))}, in tables of {tree.Entries:0} numbers in all"));
        if (plan.Continuous.Unknowns > 0)
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"integrates over {plan.Continuous.Unknowns} continuous {Quantities(plan.Continuous.Unknowns)} in closed form{Together(plan.Continuous.Unknowns, plan.Continuous.Largest)}"));
        return lines.ToImmutable();

        static string Together(int count, int most) => count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", at most {most} of them together");
        static string Quantities(int count) => count == 1 ? "quantity" : "quantities";
    }

    /// <exception cref="ObjectionException">The engine cannot take the model, or the data contradict it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ExactSolution Solve(ConditionedModel model, Exact options, CancellationToken cancellation)
    {
        var plan = PlanOf(model, options, cancellation);
        try
        {
            // A plan has one evaluator, which serves one thread.
            lock (plan) return new CutOffs(model, options, cancellation).Solve(plan);
        }
        catch (DiagnosticException mistake)
        {
            throw new ObjectionException(mistake.Diagnostic);
        }
    }

    private static ExactPlan PlanOf(ConditionedModel model, Exact options, CancellationToken cancellation)
    {
        var planned = Plans.GetOrCreateValue(model);
        lock (planned)
        {
            if (planned.Plan is null || planned.Options != options) (planned.Options, planned.Plan) = (options, ExactPlan.Of(model, options, CutOffs.FirstTail, cancellation));
            return planned.Plan;
        }
    }

    private sealed class Planned
    {
        public Exact? Options { get; set; }

        public ExactPlan? Plan { get; set; }
    }
}
