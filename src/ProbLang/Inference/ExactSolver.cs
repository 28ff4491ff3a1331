using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Limits;
using ProbLang.Programs;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>The way into exact inference. Its plan is made once: whether the model can be summed, what that costs, and the sum itself are asked for one after the other.</summary>
/// <param name="model">The model with its data.</param>
internal sealed class ExactSolver(ConditionedModel model)
{
    private readonly object _planning = new();
    private (Exact Options, ExactPlan Plan)? _planned;

    /// <summary>Why the engine cannot take the model; empty where it can.</summary>
    public ImmutableArray<Diagnostic> Objections(Exact options, CancellationToken cancellation) => PlanOf(options, cancellation).Objections;

    /// <summary>What would be done, a line each: the order of elimination, its width and its cost.</summary>
    public ImmutableArray<string> Describe()
    {
        var plan = PlanOf(new Exact(), Budget.Current.Token);
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
    public ExactSolution Solve(Exact options, CancellationToken cancellation)
    {
        var plan = PlanOf(options, cancellation);
        try
        {
            // A plan has one evaluator, which serves one thread; the others wait, and may give up.
            Budget.Current.Enter(plan);
            try
            {
                return new CutOffs(model, options, cancellation).Solve(plan);
            }
            finally
            {
                Monitor.Exit(plan);
            }
        }
        catch (DiagnosticException mistake)
        {
            throw new ObjectionException(mistake.Diagnostic);
        }
    }

    private ExactPlan PlanOf(Exact options, CancellationToken cancellation)
    {
        Budget.Current.Enter(_planning);
        try
        {
            if (_planned is not { } planned || planned.Options != options) _planned = planned = (options, ExactPlan.Of(model, options, CutOffs.FirstTail, cancellation));
            return planned.Plan;
        }
        finally
        {
            Monitor.Exit(_planning);
        }
    }
}
