using System.Collections.Immutable;
using ProbLang.FactorGraphs;
using ProbLang.Text;

namespace ProbLang.Tests.FactorGraphs;

/// <summary>Writes a factor graph by hand, statement by statement.</summary>
/// <param name="model">The model that it stands for, of which <see cref="At"/> names lines.</param>
/// <param name="name">The model's file.</param>
public sealed class GraphSketch(string name, string model = "")
{
    private readonly SourceText _source = new(name, model);
    private readonly List<FactorVariable> _variables = [];
    private readonly List<FactorRange> _ranges = [];
    private readonly Stack<List<FactorStatement>> _blocks = new([[]]);
    private Location _place = new(name, 1, 1, 1, null);
    private int _constants;

    /// <summary>The statements that follow are part of this line of the model.</summary>
    public void At(int line)
    {
        var text = _source.Content.Split('\n')[line - 1];
        _place = new(_source.Path, line, 1, Math.Max(1, text.Length), text);
    }

    public FactorRange Range(string name, int size) => Add(new FactorRange(name, new(Known(name + "Size", FactorDomain.Integer, [size]))));

    public FactorRange Twin(string name, FactorRange of) => Add(new FactorRange(name, of.Size));

    public FactorRange Ragged(string name, FactorReference size) => Add(new FactorRange(name, size));

    public FactorVariable Known(string name, FactorDomain domain, double[] numbers, params FactorRange[] ranges) =>
        Add(new FactorVariable { Name = name, Domain = domain, Ranges = [.. ranges], Data = FactorData.Of(numbers) });

    public FactorVariable Vectors(string name, FactorDomain domain, double[] numbers, int[] shape, params FactorRange[] ranges) =>
        Add(new FactorVariable { Name = name, Domain = domain, Ranges = [.. ranges], Data = new(numbers, [.. shape]) });

    /// <summary>A constant of the model.</summary>
    public FactorReference Number(double number, FactorDomain domain = FactorDomain.Real) => new(Known($"constant{++_constants}", domain, [number]));

    public FactorReference Vector(params double[] numbers) => new(Vectors($"constant{++_constants}", FactorDomain.Vector, numbers, [numbers.Length]));

    public FactorReference Matrix(int size, params double[] numbers) => new(Vectors($"constant{++_constants}", FactorDomain.Matrix, numbers, [size, size]));

    public FactorVariable Unknown(string name, FactorDomain domain, params FactorRange[] ranges) => Add(new FactorVariable { Name = name, Domain = domain, Ranges = [.. ranges] });

    public FactorVariable Add(FactorVariable variable)
    {
        _variables.Add(variable);
        return variable;
    }

    public void Repeat(FactorRange range, Action body) => Block(statements => new RepeatStatement(range, statements), body);

    public void Gate(GateKind kind, FactorReference selector, Action body, int value = 0) => Block(statements => new GateStatement(kind, selector, value, statements), body);

    public void Define(FactorReference target, FactorOperation operation, params FactorReference[] arguments) =>
        _blocks.Peek().Add(new DefineStatement(target, operation, [.. arguments], _place));

    public void Constrain(FactorConstraint constraint, params FactorReference[] arguments) =>
        _blocks.Peek().Add(new ConstrainStatement(constraint, [.. arguments], _place));

    public FactorGraph Ask(params FactorVariable[] queries) => new(name, [.. _variables], [.. _ranges], [.. _blocks.Peek()], [.. queries]);

    private FactorRange Add(FactorRange range)
    {
        _ranges.Add(range);
        return range;
    }

    private void Block(Func<ImmutableArray<FactorStatement>, FactorStatement> statement, Action body)
    {
        _blocks.Push([]);
        body();
        var inner = _blocks.Pop();
        _blocks.Peek().Add(statement([.. inner]));
    }
}

/// <summary>References, as one writes them.</summary>
public static class GraphReferences
{
    public static FactorReference Whole(this FactorVariable variable) => new(variable);

    /// <param name="indices">Ranges, numbers, and integers of the graph.</param>
    /// <param name="variable">The variable.</param>
    public static FactorReference Of(this FactorVariable variable, params object[] indices) => new(variable, [.. indices.Select(Index)]);

    private static FactorIndex Index(object index) => index switch
    {
        FactorRange range => new RangeIndex(range),
        int position => new FixedIndex(position),
        FactorVariable variable => new ValueIndex(new(variable)),
        _ => new ValueIndex((FactorReference)index),
    };
}
