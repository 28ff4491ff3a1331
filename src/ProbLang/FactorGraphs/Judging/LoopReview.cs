using ProbLang.Text;
using static ProbLang.FactorGraphs.FactorAlgorithm;

namespace ProbLang.FactorGraphs;

/// <summary>Looks for loops in the graph with its plates written out: messages that come back to where they were sent from count what they say twice.</summary>
internal static class LoopReview
{
    public static void Review(FactorGraph graph, FactorAlgorithm algorithm, FactorFindings findings)
    {
        var elements = new FactorElements(graph, new RangeIndices(graph));
        var constraints = 0;
        if (FactorStatements.Of(graph).Any(s => s is ConstrainStatement)) FactorScopes.Visit(graph, elements, s => constraints += s.Target < 0 ? 1 : 0);
        var all = new FactorLoops(elements, _ => true, constraints, true, records: false);
        var discrete = new FactorLoops(elements, IsDiscrete, constraints, true);
        var normal = new FactorLoops(elements, IsNormal, constraints, false);
        var branches = new BranchDraws(graph, elements);
        FactorScopes.Visit(graph, elements, scope =>
        {
            branches.Add(scope);
            if (TwiceIn(scope) is { } twice)
            {
                findings.Object(new FactorDiagnostics(algorithm).Twice(elements.NameOf(twice), scope.Statement));
                return;
            }
            all.Add(scope);
            discrete.Add(scope);
            normal.Add(scope);
        });
        if (all.Closing.Count > 0) findings.IsApproximate = true;
        if (branches.Found() is var (selector, a, b, statement)) findings.Object(new FactorDiagnostics(algorithm).JoinedBranches(elements.NameOf(selector), elements.NameOf(a), elements.NameOf(b), statement));
        if (algorithm != GibbsSampling || !Logic(graph, elements, discrete, findings)) Discrete(elements, discrete, algorithm, findings);
        Normal(elements, normal, algorithm, findings);
    }

    private static int? TwiceIn(FactorScope scope)
    {
        // Sums and products over whole arrays read every element once.
        if (scope.Elements.Count > 4) return null;
        for (var i = 0; i < scope.Elements.Count; i++)
            for (var j = 0; j < i; j++)
                if (scope.Elements[i] == scope.Elements[j]) return scope.Elements[i];
        return null;
    }

    private static void Discrete(FactorElements elements, FactorLoops loops, FactorAlgorithm algorithm, FactorFindings findings)
    {
        if (loops.Closing.Count == 0) return;
        var say = new FactorDiagnostics(algorithm);
        var (loop, statements) = loops.LoopOf(loops.Closing[0]);
        var names = Names(elements, loop);
        // Its parts have places of their own within the line.
        var isExpression = statements.TrueForAll(s => s is DefineStatement define && IsLogic(define)) && statements.Select(s => FactorStatements.PlaceOf(s)?.Line).Distinct().Count() == 1;
        findings.Object(isExpression ? say.SharedParents(names, statements[^1]) : say.DiscreteLoop(names, statements));
    }

    /// <summary>A sampler that changes one unknown at a time stays where conditions that build on each other tie it.</summary>
    private static bool Logic(FactorGraph graph, FactorElements elements, FactorLoops loops, FactorFindings findings)
    {
        const int Looked = 64;
        var uses = new FactorUses(graph);
        foreach (var closing in loops.Closing.Take(Looked))
        {
            var (loop, statements) = loops.LoopOf(closing);
            var logic = statements.OfType<DefineStatement>().Where(IsLogic).ToList();
            if (!logic.Exists(d => uses.TargetOf(d.Target.Variable) == FactorTarget.Observed || d.Arguments.Any(a => a.Variable.Data is null && uses.IsComputed(a.Variable)))) continue;
            findings.Object(new FactorDiagnostics(GibbsSampling).LogicLoop(Names(elements, loop), statements[^1]));
            return true;
        }
        return false;
    }

    private static void Normal(FactorElements elements, FactorLoops loops, FactorAlgorithm algorithm, FactorFindings findings)
    {
        if (algorithm == GibbsSampling || loops.Closing.Count == 0) return;
        var (loop, statements) = loops.LoopOf(loops.Closing[0]);
        var names = FactorDiagnostics.List(Names(elements, loop));
        var place = FactorStatements.PlaceOf(statements[^1]);
        var compares = statements.OfType<DefineStatement>().Any(d => d.Operation == FactorOperation.Greater) || statements.OfType<ConstrainStatement>().Any();
        if (compares && algorithm == ExpectationPropagation)
            findings.Note($"comparisons in a loop, as of {names}", "differences are right, but the standard deviation of the common level is understated, to a quarter of the true one where a closed group has a broad prior", place);
        else if (!compares)
            findings.Note($"sums in a loop, as of {names}", algorithm == ExpectationPropagation
                ? "means are right, but variances are 0.2 to 1.6 times the true ones; one vector from `MvNormal` in place of several unknowns has no loop"
                : "means are right, but variances are 0.2 to 0.5 of the true ones; one vector from `MvNormal` in place of several unknowns has no loop", place);
    }

    /// <summary>The variables of the model in a loop; what the compiler added in between has no place in it.</summary>
    private static List<string> Names(FactorElements elements, List<int> loop)
    {
        var own = loop.Where(e => elements.VariableOf(e) is { TextOfElement: not null }).Select(elements.NameOf).Distinct().ToList();
        return own.Count > 1 ? own : [.. loop.Select(elements.NameOf).Distinct()];
    }

    private static bool IsLogic(DefineStatement define) => define.Operation >= FactorOperation.And;

    private static bool IsDiscrete(FactorVariable variable) => variable.Domain is FactorDomain.Boolean or FactorDomain.Integer or FactorDomain.Count;

    private static bool IsNormal(FactorVariable variable) => variable.Domain is FactorDomain.Gaussian or FactorDomain.Vector or FactorDomain.TruncatedGaussian;
}
