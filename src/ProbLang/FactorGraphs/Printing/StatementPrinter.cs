using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>Prints plates, gates, definitions and constraints.</summary>
internal sealed class StatementPrinter
{
    /// <summary>Longer expressions are not written into others.</summary>
    private const int LongestPart = 60;

    private readonly CSharpWriter _writer;
    private readonly CSharpNames _names;
    private readonly VariablePlaces _places;
    private readonly DeclarationPrinter _declarations;
    private readonly References _references;
    private readonly Operations _operations;
    private readonly ILookup<StatementBlock, FactorVariable> _made;
    private readonly StatementBlock _root;
    private readonly string? _path;
    private readonly HashSet<FactorVariable> _done = [];

    public StatementPrinter(CSharpWriter writer, FactorGraph graph, CSharpNames names, VariablePlaces places, DeclarationPrinter declarations, StatementBlock root)
    {
        (_writer, _names, _places, _declarations, _root) = (writer, names, places, declarations, root);
        _references = new(names, places);
        _operations = new(_references, names);
        _made = graph.Variables.Where(v => places[v].Form == VariableForm.Made).ToLookup(v => places[v].Block);
        _path = MainPath(root);
    }

    public void Print() => Items(_root, null);

    /// <param name="block">The block.</param>
    /// <param name="said">The place of the comment that all of it is under, if it is under one.</param>
    private void Items(StatementBlock block, Location? said)
    {
        var last = said;
        foreach (var item in block.Items)
        {
            var place = item.Block is null ? PlaceOf(item.Statement!) : OnlyPlace(item.Block);
            if (place is not null && !IsSameLine(place, last)) Say(place);
            else if (place is null && block.Parent is null) _writer.Space();
            foreach (var variable in _made[block].Where(v => !_done.Contains(v) && IsIn(v, item))) Make(variable);
            if (item.Block is { } inner) Block(inner, place);
            else Leaf(item.Statement!, block);
            last = place;
        }
    }

    private void Make(FactorVariable variable)
    {
        _done.Add(variable);
        _declarations.Make(variable);
    }

    private bool IsIn(FactorVariable variable, StatementBlock.Either item) =>
        item.Block is { } block
            ? _places.UsesOf(variable).Any(u => block.Holds(u.Block) || u.Statement == block.Opener)
            : _places.UsesOf(variable).Any(u => ReferenceEquals(u.Statement, item.Statement));

    private void Block(StatementBlock block, Location? said)
    {
        _writer.Line($"using ({Opening(block.Opener!)})");
        if (block.Items is [{ Block: { } only }] && !_made[block].Any())
        {
            Block(only, said);
            return;
        }
        _writer.Open();
        Items(block, said);
        _writer.Close();
    }

    private string Opening(FactorStatement opener) => opener switch
    {
        RepeatStatement repeat => $"Variable.ForEach({_names[repeat.Range.Name]})",
        GateStatement { Kind: GateKind.Case } gate => $"Variable.Case({_references.Read(gate.Selector).Text}, {gate.Value})",
        GateStatement gate => $"Variable.{gate.Kind}({_references.Read(gate.Selector).Text})",
        _ => throw new System.Diagnostics.UnreachableException(opener.ToString()),
    };

    private void Leaf(FactorStatement statement, StatementBlock block)
    {
        if (statement is ConstrainStatement constrain) _writer.Statement($"{_operations.Of(constrain)};");
        else Define((DefineStatement)statement, block);
    }

    private void Define(DefineStatement define, StatementBlock block)
    {
        var (variable, definition) = (define.Target.Variable, _operations.Of(define));
        if (_places[variable].Form == VariableForm.Defined)
        {
            if (IsPartOfOther(define, block) && definition.Text.Length <= LongestPart) _references.Substitute(variable, definition);
            else _declarations.Define(variable, definition);
            return;
        }
        var (target, hasIndex) = (_references.Element(define.Target), define.Target.Indices.Length > _places[variable].Dropped);
        _writer.Statement(hasIndex ? $"{target} = {definition.Text};" : $"{target}.SetTo({definition.Text});");
    }

    /// <summary>Arithmetic that nobody asks for and that is read once, beside it, reads better there.</summary>
    private bool IsPartOfOther(DefineStatement define, StatementBlock block)
    {
        var variable = define.Target.Variable;
        if (!_places.IsUnspoken(variable) || !IsArithmetic(define.Operation)) return false;
        return _places.UsesOf(variable).Where(u => u.Role != UseRole.Target).ToArray() is [{ Role: UseRole.Argument } use] && use.Block == block;
    }

    private static bool IsArithmetic(FactorOperation operation) => operation is FactorOperation.Plus or FactorOperation.Minus or FactorOperation.Product
        or FactorOperation.Ratio or FactorOperation.And or FactorOperation.Or or FactorOperation.Not or FactorOperation.AreEqual or FactorOperation.Greater
        or FactorOperation.AtLeast or FactorOperation.Exp or FactorOperation.Log or FactorOperation.InnerProduct or FactorOperation.VectorElement or FactorOperation.Sum;

    private void Say(Location place)
    {
        if (place.LineText is not { } line) return;
        _writer.Space();
        _writer.Comment($"{(place.Path == _path ? "" : place.Path + ":")}{place.Line}: {line.Trim()}");
    }

    /// <summary>The file that most statements are from; the others are named.</summary>
    private static string? MainPath(StatementBlock root) =>
        root.Leaves().Select(PlaceOf).OfType<Location>().CountBy(p => p.Path).OrderByDescending(p => p.Value).FirstOrDefault().Key;

    private static Location? PlaceOf(FactorStatement statement) => statement switch
    {
        DefineStatement define => define.Place,
        ConstrainStatement constrain => constrain.Place,
        _ => null,
    };

    /// <summary>The place of all statements of a block, if they are from one line.</summary>
    private static Location? OnlyPlace(StatementBlock block)
    {
        var places = block.Leaves().Select(PlaceOf).ToArray();
        return places.Length > 0 && places.All(p => p is not null && IsSameLine(p, places[0])) ? places[0] : null;
    }

    private static bool IsSameLine(Location a, Location? b) => b is not null && a.Line == b.Line && a.Path == b.Path;
}
