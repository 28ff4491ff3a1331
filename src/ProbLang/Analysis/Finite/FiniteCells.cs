using System.Collections.Immutable;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>A cell that the data do not give and that has so many values: a draw that is one of so many whole numbers, or what is computed of such.</summary>
/// <param name="Variable">Its variable.</param>
/// <param name="Cell">Which cell.</param>
/// <param name="Low">The least value, where the values are whole numbers in a row.</param>
/// <param name="Count">How many values.</param>
internal readonly record struct FiniteCell(Variable Variable, int Cell, int Low, int Count)
{
    /// <summary>The values, where they are not whole numbers in a row; NaN among them where the branch may not hold that defines the cell.</summary>
    public FiniteValues? Values { get; init; }

    /// <summary>The value of a state, counted from 0.</summary>
    public double this[int state] => Values is { } values ? values.Of[state] : Low + state;
}

/// <summary>A list of values. Cells with equal ones share it.</summary>
/// <param name="Id">A number of its own.</param>
/// <param name="Of">The values.</param>
internal sealed record FiniteValues(int Id, ImmutableArray<double> Of);

/// <summary>The cells that are summed over, numbered in the order of their dependence.</summary>
internal sealed class FiniteCells
{
    private readonly List<FiniteCell> _cells = [];
    private readonly Dictionary<Variable, int[]> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, FiniteValues> _values = [];

    public int Count => _cells.Count;

    public FiniteCell this[int number] => _cells[number];

    /// <summary>The variables with such a cell.</summary>
    public IReadOnlyCollection<Variable> Variables => _numbers.Keys;

    /// <summary>The number of a cell, -1 where it is none of these.</summary>
    public int NumberOf(Variable variable, int cell) => _numbers.TryGetValue(variable, out var numbers) ? numbers[cell] : -1;

    /// <summary>Whether any cell of a variable is one of these.</summary>
    public bool Has(Variable variable) => _numbers.ContainsKey(variable);

    /// <summary>Adds a cell with whole numbers in a row.</summary>
    public void Add(VariableState state, int cell, int low, int count) => Add(state, new FiniteCell(state.Variable, cell, low, count));

    /// <summary>Adds a cell with any values.</summary>
    public void Add(VariableState state, int cell, ImmutableArray<double> values)
    {
        var key = string.Join(' ', values.Select(BitConverter.DoubleToInt64Bits));
        if (!_values.TryGetValue(key, out var shared)) _values.Add(key, shared = new FiniteValues(_values.Count, values));
        Add(state, new FiniteCell(state.Variable, cell, 0, values.Length) { Values = shared });
    }

    /// <summary>Gives a cell other values than it was added with.</summary>
    public void Change(int number, int low, int count) => _cells[number] = _cells[number] with { Low = low, Count = count };

    private void Add(VariableState state, FiniteCell cell)
    {
        if (!_numbers.TryGetValue(state.Variable, out var numbers))
        {
            _numbers.Add(state.Variable, numbers = new int[state.Count]);
            Array.Fill(numbers, -1);
        }
        numbers[cell.Cell] = _cells.Count;
        _cells.Add(cell);
    }
}
