using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>A statement that is solved for a part of its right side, in some of its iterations.</summary>
/// <param name="Number">Which statement.</param>
/// <param name="Iterations">In which iterations.</param>
/// <param name="Target">What it is solved for, a variable or a part of one.</param>
/// <param name="Solution">What that is.</param>
internal sealed record SolvedStatement(int Number, bool[] Iterations, Bound Target, SolvedExpression Solution)
{
    public Variable Variable => (Target as VariableValue ?? (VariableValue)((IndexedValue)Target).Array).Variable;
}

/// <summary>Which statements are solved, and which cell by which of them.</summary>
internal sealed class SolvedStatements
{
    private readonly Dictionary<Variable, int[]> _solvers = new(ReferenceEqualityComparer.Instance);
    private readonly List<SolvedStatement> _statements = [];

    public IReadOnlyList<SolvedStatement> All => _statements;

    public IEnumerable<Variable> Variables => _solvers.Keys;

    public bool Contains(int statement) => _statements.Exists(s => s.Number == statement);

    public void Add(SolvedStatement statement) => _statements.Add(statement);

    /// <summary>The statement that a cell is solved from; -1 where there is none.</summary>
    public int this[Variable variable, int cell] => _solvers.TryGetValue(variable, out var solvers) ? solvers[cell] : -1;

    public void Take(VariableState variable, int from, int count, int statement)
    {
        if (!_solvers.TryGetValue(variable.Variable, out var solvers))
        {
            _solvers.Add(variable.Variable, solvers = new int[variable.Count]);
            Array.Fill(solvers, -1);
        }
        solvers.AsSpan(from, count).Fill(statement);
    }

    /// <summary>Gives up a statement, and with it everything that hangs together with it: what the same variables are solved from, and what they are in turn.</summary>
    public void Remove(int statement)
    {
        var gone = new HashSet<int> { statement };
        for (var grows = true; grows;)
        {
            grows = false;
            foreach (var other in _statements)
                if (!gone.Contains(other.Number) && _statements.Exists(s => gone.Contains(s.Number) && IsTied(s, other))) grows |= gone.Add(other.Number);
        }
        foreach (var variable in _statements.Where(s => gone.Contains(s.Number)).Select(s => s.Variable).ToArray()) _solvers.Remove(variable);
        _statements.RemoveAll(s => gone.Contains(s.Number));
    }

    /// <summary>Which statement a computed variable was solved by is held here until its own statements are.</summary>
    public Func<SolvedStatement, SolvedStatement, bool> IsTied { get; init; } = (a, b) => a.Variable == b.Variable;
}
