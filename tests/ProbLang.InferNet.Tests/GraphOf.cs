using System.Collections.Immutable;
using ProbLang.FactorGraphs;
using ProbLang.Text;

namespace ProbLang.InferNet.Tests;

/// <summary>Writes a factor graph by hand.</summary>
internal sealed class GraphOf
{
    private static readonly Location Nowhere = default!;
    private readonly List<FactorVariable> _variables = [];
    private readonly List<FactorRange> _ranges = [];
    private readonly List<FactorVariable> _queries = [];
    private readonly Stack<ImmutableArray<FactorStatement>.Builder> _open = new();

    private readonly string _name;

    public GraphOf(string name = "test")
    {
        _name = name;
        _open.Push(ImmutableArray.CreateBuilder<FactorStatement>());
    }

    public FactorGraph Build() => new(_name, [.. _variables], [.. _ranges], _open.Peek().ToImmutable(), [.. _queries]);

    /// <summary>A range with a size of its own.</summary>
    public FactorRange Range(string name, int size) => Range(name, new FactorReference(Data("size_" + name, FactorDomain.Count, [size])));

    public FactorRange Range(string name, FactorReference size)
    {
        var range = new FactorRange(name, size);
        _ranges.Add(range);
        return range;
    }

    /// <summary>A known number.</summary>
    public FactorReference Real(double value, FactorDomain domain = FactorDomain.Real) => new(Data($"number{_variables.Count}", domain, [value]));

    /// <summary>Known values.</summary>
    public FactorVariable Data(string name, FactorDomain domain, double[] numbers, FactorRange[]? ranges = null, FactorRange? values = null, int[]? shape = null) =>
        Add(new FactorVariable { Name = name, Domain = domain, Ranges = [.. ranges ?? []], Values = values, Data = new FactorData(numbers, [.. shape ?? []]) });

    /// <summary>Unknown values.</summary>
    public FactorVariable Unknown(string name, FactorDomain domain, FactorRange[]? ranges = null, FactorRange? values = null, bool random = false) =>
        Add(new FactorVariable { Name = name, Domain = domain, Ranges = [.. ranges ?? []], Values = values, StartsRandomly = random });

    public GraphOf Ask(params FactorVariable[] variables)
    {
        _queries.AddRange(variables);
        return this;
    }

    public void Define(FactorReference target, FactorOperation operation, params FactorReference[] arguments) =>
        _open.Peek().Add(new DefineStatement(target, operation, [.. arguments], Nowhere));

    public void Constrain(FactorConstraint constraint, params FactorReference[] arguments) => _open.Peek().Add(new ConstrainStatement(constraint, [.. arguments], Nowhere));

    public void For(FactorRange range, Action body) => _open.Peek().Add(new RepeatStatement(range, Inside(body)));

    public void Gate(GateKind kind, FactorReference selector, int value, Action body) => _open.Peek().Add(new GateStatement(kind, selector, value, Inside(body)));

    private ImmutableArray<FactorStatement> Inside(Action body)
    {
        _open.Push(ImmutableArray.CreateBuilder<FactorStatement>());
        body();
        return _open.Pop().ToImmutable();
    }

    private FactorVariable Add(FactorVariable variable)
    {
        _variables.Add(variable);
        return variable;
    }
}

/// <summary>References, short.</summary>
internal static class References
{
    /// <summary>The whole of a variable.</summary>
    public static FactorReference All(this FactorVariable variable) => new(variable);

    public static FactorReference At(this FactorVariable variable, params FactorRange[] ranges) => new(variable, [.. ranges.Select(r => new RangeIndex(r))]);

    public static FactorReference At(this FactorVariable variable, params FactorReference[] indices) => new(variable, [.. indices.Select(i => new ValueIndex(i))]);

    public static FactorReference At(this FactorVariable variable, int position) => new(variable, [new FixedIndex(position)]);
}
