using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>
/// Solves computed quantities that are given for what they are computed of: <c>x = exp(mu + sigma * z)</c> for <c>z</c>. What a
/// statement is solved for and is computed itself is known then, and its own statement is solved in turn, until all ends at draws.
/// </summary>
internal sealed class Inverting
{
    private readonly Draft _draft;
    private readonly StatementInverse _inverse;
    private readonly SolvedStatements _solved;
    private readonly Dictionary<int, NoInverse> _failed = [];

    private Inverting(Draft draft)
    {
        (_draft, _inverse) = (draft, new StatementInverse(draft));
        _solved = new SolvedStatements { IsTied = IsTied };
    }

    /// <summary>The model in which everything that can be is solved; null where nothing is, with the reasons reported where something should be.</summary>
    public static InvertedModel? Of(Draft draft)
    {
        var inverting = new Inverting(draft);
        var given = GivenStatements.Of(draft).ToArray();
        if (given.Length == 0) return null;
        inverting.Solve(given);
        if (inverting._solved.All.Count > 0 && SolvedGraph.Of(draft, inverting._solved) is var solved) return draft.HasErrors ? null : solved;
        foreach (var statement in given) inverting.Report(statement);
        return null;
    }

    /// <summary>What is said where something that is solved for depends on itself: it goes into what is given on another way, too.</summary>
    public static (Diagnostic Diagnostic, ModelClass Class)? WhyEntangled(Draft draft, InvertedModel inverted, ConditioningResult result)
    {
        if (result.Diagnostics.FirstOrDefault(d => d.Id == DataDiagnostics.CycleId) is not { } cycle) return null;
        var own = inverted.Inversions.Where(i => draft.Graph.Definitions.Contains(i.Statement)).ToArray();
        var said = cycle.ToString();
        var entangled = own.Where(i => said.Contains($"`{i.Solved}", StringComparison.Ordinal)).OrderBy(i => i.Draw is null).FirstOrDefault() ?? own[0];
        var given = GivenStatements.Of(draft).FirstOrDefault(g => draft.Graph.Definitions[g.Number] == entangled.Statement) ?? GivenStatements.Of(draft).First();
        var reason = new NoInverse($"`{entangled.Solved}` goes into it in more than one way", entangled.Statement.Span);
        return (WhyNot(draft, given, reason), ClassOf(draft, given, reason));
    }

    private void Solve(IEnumerable<GivenStatement> given)
    {
        var open = new Queue<(int Number, bool[] Iterations)>(given.Select(g => (g.Number, g.Iterations)));
        while (open.Count > 0)
        {
            var round = open.ToArray();
            open.Clear();
            foreach (var (number, iterations) in round)
            {
                if (_inverse.Solve(number, iterations, _solved) is { } solved) _solved.Add(solved);
                else Fail(number, _inverse.Reason!);
            }
            foreach (var next in Behind()) open.Enqueue(next);
        }
    }

    /// <summary>The iterations of further statements that are given now; what is solved in part where it holds together is given up.</summary>
    private List<(int Number, bool[] Iterations)> Behind()
    {
        var next = new List<(int, bool[])>();
        foreach (var variable in _solved.Variables.ToArray())
            foreach (var number in _draft.DefinitionsOf(variable))
            {
                if (_solved.Contains(number)) continue;
                var state = _draft.Definitions[number];
                var iterations = new bool[state.Count];
                for (var i = 0; i < state.Count; i++)
                {
                    var solvers = Enumerable.Range(state.Targets[i], state.SizeOf(i)).Select(c => _solved[variable, c]).ToArray();
                    iterations[i] = Array.TrueForAll(solvers, s => s >= 0);
                    if (iterations[i] || Array.Find(solvers, s => s >= 0) is var solver && !Array.Exists(solvers, s => s >= 0)) continue;
                    Fail(Array.Find(solvers, s => s >= 0), new NoInverse($"only a part of one {(state.Definition.IsRandom ? "draw" : "value")} of `{variable}` goes into it", state.Definition.Span));
                    return Behind();
                }
                if (!state.Definition.IsRandom && Array.Exists(iterations, i => i)) next.Add((number, iterations));
            }
        return next;
    }

    private void Fail(int number, NoInverse reason)
    {
        _failed.TryAdd(number, reason);
        foreach (var other in _solved.All.Where(s => _draft.Graph.Definitions[number].Variable == s.Variable)) _failed.TryAdd(other.Number, reason);
        var behind = _solved.All.FirstOrDefault(s => s.Variable == _draft.Graph.Definitions[number].Variable);
        if (_solved.Contains(number)) _solved.Remove(number);
        else if (behind is not null) _solved.Remove(behind.Number);
    }

    /// <summary>Whether one solution cannot stand without the other: they are solved for one variable, or one for what the other states.</summary>
    private bool IsTied(SolvedStatement a, SolvedStatement b) =>
        a.Variable == b.Variable || a.Variable == _draft.Graph.Definitions[b.Number].Variable || b.Variable == _draft.Graph.Definitions[a.Number].Variable;

    private void Report(GivenStatement given)
    {
        var reason = _failed.GetValueOrDefault(given.Number) ?? _failed.Values.First();
        _draft.Report(WhyNot(_draft, given, reason));
        _draft.Class ??= ClassOf(_draft, given, reason);
    }

    private static ModelClass ClassOf(Draft draft, GivenStatement given, NoInverse reason) =>
        new Taxonomy(draft.Written).NoDensity(draft.Graph.Definitions[given.Number], reason);

    private static Diagnostic WhyNot(Draft draft, GivenStatement given, NoInverse reason)
    {
        var statement = draft.Graph.Definitions[given.Number];
        var own = draft[statement.Variable];
        var cell = draft.Definitions[given.Number].Targets[Array.IndexOf(given.Iterations, true)];
        return InversionDiagnostics.NoInverse(ShapeText.Element(own.State.Variable.Name, own.State.Shape, cell), reason.Why, own.Given!.Place(cell),
            draft.Locate(statement.Span), reason.Span == statement.Span ? null : draft.Locate(reason.Span));
    }
}
