using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>A random cell that the data do not give, and that is one of so many whole numbers.</summary>
/// <param name="Variable">Its variable.</param>
/// <param name="Cell">Which cell.</param>
/// <param name="Low">The least value.</param>
/// <param name="Count">How many values.</param>
internal readonly record struct FiniteCell(Variable Variable, int Cell, int Low, int Count);

/// <summary>The cells that are summed over, numbered in the order of their dependence.</summary>
internal sealed class FiniteCells
{
    private readonly List<FiniteCell> _cells = [];
    private readonly Dictionary<Variable, int[]> _numbers = new(ReferenceEqualityComparer.Instance);

    public int Count => _cells.Count;

    public FiniteCell this[int number] => _cells[number];

    /// <summary>The variables with such a cell.</summary>
    public IReadOnlyCollection<Variable> Variables => _numbers.Keys;

    /// <summary>The number of a cell, -1 where it is none of these.</summary>
    public int NumberOf(Variable variable, int cell) => _numbers.TryGetValue(variable, out var numbers) ? numbers[cell] : -1;

    /// <summary>Whether any cell of a variable is one of these.</summary>
    public bool Has(Variable variable) => _numbers.ContainsKey(variable);

    public void Add(VariableState state, int cell, int low, int count)
    {
        if (!_numbers.TryGetValue(state.Variable, out var numbers))
        {
            _numbers.Add(state.Variable, numbers = new int[state.Count]);
            Array.Fill(numbers, -1);
        }
        numbers[cell] = _cells.Count;
        _cells.Add(new FiniteCell(state.Variable, cell, low, count));
    }

    /// <summary>Gives a cell other values than it was added with.</summary>
    public void Change(int number, int low, int count) => _cells[number] = _cells[number] with { Low = low, Count = count };
}
