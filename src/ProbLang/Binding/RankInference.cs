using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>
/// Finds the rank and type of every variable: the least that satisfies all definitions, by raising them until nothing
/// changes, so that arrays may recur through each other.
/// </summary>
internal sealed class RankInference(Declarations declarations, ExpressionBinder binder, DefinitionBinder definitions)
{
    /// <summary>No model has more; an array that contains itself has no end of them.</summary>
    public const int GreatestRank = 16;

    /// <summary>How many variables that recur on themselves are tried with other ranks.</summary>
    private const int MostAttempts = 50;

    private readonly Dictionary<Variable, List<int>> _dependents = new Dependents(declarations).OfVariables;
    private readonly Queue<int> _queue = new();
    private readonly HashSet<int> _queued = [];
    private readonly HashSet<int> _failed = [];

    public void Run()
    {
        for (var i = 0; i < declarations.Definitions.Count; i++) Enqueue(i);
        Raise();
        SettleRecursive();
        SettleTypes();
        SettleCategories();
        FindUndetermined();
    }

    private void Raise()
    {
        while (_queue.TryDequeue(out var next))
        {
            Budget.Current.Check();
            _queued.Remove(next);
            var site = declarations.Definitions[next];
            if (definitions.Right(site) is not { } right)
            {
                _failed.Add(next);
                continue;
            }
            _failed.Remove(next);
            var variable = site.Variable;
            var rank = Math.Max(variable.Rank, site.IndexCount + right.Rank);
            var type = DefinitionBinder.DeclaredType(declarations, variable) ?? ExpressionBinder.Join(variable.Type, right.Type);
            if (rank == variable.Rank && type == variable.Type || rank > GreatestRank) continue;
            (variable.Rank, variable.Type) = (rank, type);
            EnqueueDependents(variable);
        }
    }

    /// <summary>
    /// Vectors that only recur on themselves, from values in the data (<c>y[t] ~ MvNormal(A @ y[t-1], S)</c>): no definition
    /// makes sense as long as their elements count as numbers. They get the least rank with which one does.
    /// </summary>
    private void SettleRecursive()
    {
        if (_failed.Count == 0) return;
        var (recurs, attempts) = (Recurring(), 0);
        var sitesOf = Enumerable.Range(0, declarations.Definitions.Count).ToLookup(i => declarations.Definitions[i].Variable);
        foreach (var variable in declarations.Variables.Watched())
        {
            int[] sites = [.. sitesOf[variable]];
            if (sites.Length == 0 || !recurs.Contains(variable) || !sites.All(_failed.Contains)) continue;
            // Each attempt looks at the whole model again, and where so many fail, it is for another reason.
            if (++attempts > MostAttempts) return;
            var before = declarations.Variables.Select(v => (v, v.Rank, v.Type)).ToArray();
            for (var more = 1; more <= 2; more++)
            {
                variable.Rank += more;
                foreach (var site in sites) Enqueue(site);
                EnqueueDependents(variable);
                Raise();
                if (sites.Any(i => !_failed.Contains(i) && definitions.Right(declarations.Definitions[i]) is { } right
                    && declarations.Definitions[i].IndexCount + right.Rank == variable.Rank)) break;
                foreach (var (other, rank, type) in before) (other.Rank, other.Type) = (rank, type);
                for (var i = 0; i < declarations.Definitions.Count; i++) Enqueue(i);
                Raise();
            }
        }
    }

    /// <summary>The variables that are defined through themselves, or through others that are.</summary>
    private HashSet<Variable> Recurring()
    {
        var variables = declarations.Variables;
        var number = new Dictionary<Variable, int>();
        foreach (var variable in variables) number.TryAdd(variable, number.Count);
        var uses = new HashSet<int>[number.Count];
        for (var i = 0; i < uses.Length; i++) uses[i] = [];
        foreach (var (used, users) in _dependents)
            foreach (var user in users)
                if (number.TryGetValue(used, out var to) && number.TryGetValue(declarations.Definitions[user].Variable, out var from)) uses[from].Add(to);
        var remaining = CycleFinder.Trim(uses);
        return [.. variables.Where(v => remaining[number[v]])];
    }

    /// <summary>What only recurs on itself, from values in the data, is real; that may raise others.</summary>
    private void SettleTypes()
    {
        foreach (var variable in declarations.Variables.Where(v => v.Type == ExpressionBinder.UnknownType))
        {
            variable.Type = ElementType.Real;
            EnqueueDependents(variable);
        }
        Raise();
    }

    /// <summary>What is computed as the codes of a category is of that category, which may let others be compared with its labels.</summary>
    private void SettleCategories()
    {
        if (!declarations.Categories.All.Any()) return;
        var open = declarations.Definitions.ToLookup(d => d.Variable).Where(g => g.Key.Category is null && declarations.TypeOf(g.Key) is null && g.All(d => !d.Statement.IsRandom)).ToList();
        while (open.RemoveAll(g => HasCategory(g.Key, g)) > 0)
        {
            for (var i = 0; i < declarations.Definitions.Count; i++) Enqueue(i);
            Raise();
        }
    }

    private bool HasCategory(Variable variable, IEnumerable<DefinitionSite> sites)
    {
        var categories = sites.Select(s => definitions.Right(s)?.Value is { } value ? CategoryOf.Value(value) : null).Distinct().ToArray();
        if (categories is not [{ } category]) return false;
        variable.Category = category;
        return true;
    }

    /// <summary>A variable is undetermined when all its definitions fail, be it because of another that is.</summary>
    private void FindUndetermined()
    {
        if (_failed.Count == 0) return;
        var remaining = declarations.Definitions.GroupBy(d => d.Variable).ToDictionary(g => g.Key, g => g.Count());
        foreach (var failed in _failed) Enqueue(failed);
        _failed.Clear();
        while (_queue.TryDequeue(out var next))
        {
            _queued.Remove(next);
            var site = declarations.Definitions[next];
            if (_failed.Contains(next) || definitions.Right(site) is not null) continue;
            _failed.Add(next);
            if (--remaining[site.Variable] > 0) continue;
            binder.Undetermined.Add(site.Variable);
            EnqueueDependents(site.Variable);
        }
    }

    private void EnqueueDependents(Variable variable)
    {
        foreach (var dependent in _dependents.GetValueOrDefault(variable, [])) Enqueue(dependent);
    }

    private void Enqueue(int definition)
    {
        if (_queued.Add(definition)) _queue.Enqueue(definition);
    }
}

/// <summary>Which definitions use which variables, be it through functions of the model.</summary>
internal sealed class Dependents
{
    private readonly Declarations _declarations;
    private readonly Dictionary<FunctionSite, HashSet<Variable>> _throughFunction = [];
    private readonly Dictionary<LateArgument, HashSet<Variable>> _throughArgument = new(ReferenceEqualityComparer.Instance);

    public Dependents(Declarations declarations)
    {
        _declarations = declarations;
        var looks = new Ticker();
        for (var i = 0; i < declarations.Definitions.Count; i++)
        {
            looks.Tick();
            var site = declarations.Definitions[i];
            foreach (var variable in Used(site.Statement.Right, site.Scope))
            {
                if (!OfVariables.TryGetValue(variable, out var users)) OfVariables.Add(variable, users = []);
                users.Add(i);
            }
        }
    }

    public Dictionary<Variable, List<int>> OfVariables { get; } = [];

    private HashSet<Variable> Used(Expr expr, Scope scope)
    {
        var names = new FreeNames();
        names.Add(expr, Scope.Top);
        var used = new HashSet<Variable>();
        foreach (var name in names.Values.Select(n => n.Text).Distinct())
            if (scope.Find(name) is { } local) used.UnionWith(Used(local));
            else if (_declarations.Find(name, scope) is { } variable) used.Add(variable);
        foreach (var call in names.Calls.Select(c => c.Text).Distinct())
            if (_declarations.Function(call, scope) is { } function) used.UnionWith(Through(function));
        return used;
    }

    private HashSet<Variable> Used(Local local)
    {
        if (local is DrawnLocal drawn) return [drawn.Variable];
        if (local is not LateArgument argument) return [];
        if (!_throughArgument.TryGetValue(argument, out var used)) _throughArgument.Add(argument, used = Used(argument.Written, argument.Around));
        return used;
    }

    private HashSet<Variable> Through(FunctionSite function)
    {
        if (_throughFunction.TryGetValue(function, out var known)) return known;
        var (found, seen, open) = (new HashSet<Variable>(), new HashSet<FunctionSite> { function }, new Stack<FunctionSite>([function]));
        while (open.TryPop(out var next))
        {
            var names = next.FreeNames();
            found.UnionWith(names.Values.Select(n => _declarations.Find(n.Text, next.Outside)).OfType<Variable>());
            foreach (var call in names.Calls)
                if (next.Module.Function(call.Text) is { } called && seen.Add(called)) open.Push(called);
        }
        _throughFunction.Add(function, found);
        return found;
    }
}
