using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>Decides for every variable of a factor graph how it stands in a program.</summary>
internal sealed class VariablePlaces
{
    /// <summary>Longer known values get a name.</summary>
    private const int LongestLiteral = 90;

    /// <summary>The same for known values that are read more than once.</summary>
    private const int LongestRepeated = 6;

    private readonly FactorGraph _graph;
    private readonly StatementBlock _root;
    private readonly ILookup<FactorVariable, FactorUse> _uses;
    private readonly Dictionary<FactorVariable, VariablePlace> _places = [];

    public VariablePlaces(FactorGraph graph, StatementBlock root)
    {
        (_graph, _root, _uses) = (graph, root, FactorUse.Of(root));
        foreach (var variable in graph.Variables) _places[variable] = PlaceOf(variable);
    }

    public VariablePlace this[FactorVariable variable] => _places[variable];

    public IEnumerable<FactorUse> UsesOf(FactorVariable variable) => _uses[variable];

    /// <summary>Its definitions.</summary>
    public IEnumerable<DefineStatement> DefinitionsOf(FactorVariable variable) => Targets(variable).Select(u => (DefineStatement)u.Statement);

    /// <summary>Whether a known variable must have the range of its values with it: where a gate is open for each of them, and since the range of a multinomial's counts is that of its probabilities.</summary>
    public bool NeedsValueRange(FactorVariable variable) => variable.Values is not null && _uses[variable].Any(NeedsValueRange);

    /// <summary>How many numbers a vector has, as its data or what it is defined by say.</summary>
    public int LengthOf(FactorVariable vector)
    {
        if (vector.Data is { } data) return data.ItemShape[0];
        var define = DefinitionsOf(vector).First();
        // A matrix that multiplies has a row for each number; the others are square.
        var known = define.Arguments.FirstOrDefault(a => a.Variable.Data is { ItemShape.Length: > 0 });
        return LengthOf((known ?? define.Arguments[0]).Variable);
    }

    /// <summary>Whether only statements speak of it: it is not asked for, given a value or started from a random one.</summary>
    public bool IsUnspoken(FactorVariable variable) => variable.Data is null && !variable.StartsRandomly && !_graph.Queries.Contains(variable);

    private IEnumerable<FactorUse> Targets(FactorVariable variable) => _uses[variable].Where(u => u.Role == UseRole.Target);

    private VariablePlace PlaceOf(FactorVariable variable)
    {
        if (!Targets(variable).Any()) return new(KnownForm(variable), _root);
        var (block, dropped) = Home(variable);
        var form = variable.Ranges.Length == dropped && Targets(variable).ToArray() is [{ } only] && only.Block == block ? VariableForm.Defined : VariableForm.Made;
        return new(form, block) { Dropped = dropped, IsHoisted = block != _root && IsSpokenOfAfterwards(variable) };
    }

    private VariableForm KnownForm(FactorVariable variable)
    {
        if (!variable.Ranges.IsEmpty || variable.Data is null) return VariableForm.Given;
        var uses = _uses[variable].ToArray();
        if (NeedsValueRange(variable) || uses.Any(u => u.Role == UseRole.Selector)) return VariableForm.Given;
        var literal = CSharpLiterals.Item(variable.Domain, variable.Data.Numbers.Span, variable.Data.ItemShape.AsSpan());
        return literal.Length <= (uses.Length == 1 ? LongestLiteral : LongestRepeated) ? VariableForm.Literal : VariableForm.Constant;
    }

    private static bool NeedsValueRange(FactorUse use) =>
        use.Role == UseRole.Switch || (use.Statement is DefineStatement { Operation: FactorOperation.Multinomial } define && define.Arguments[1] == use.Reference);

    private bool IsSpokenOfAfterwards(FactorVariable variable) => !IsUnspoken(variable);

    /// <summary>
    /// The innermost block in which all that is said of a variable stands and in which it can be made. Where that is in a gate, it is there only where the
    /// gate is open, which is what the definition means; a known value is there always, and so is what a switch defines for every value.
    /// </summary>
    private (StatementBlock Block, int Dropped) Home(FactorVariable variable)
    {
        var block = _uses[variable].Select(u => u.Block).Aggregate(StatementBlock.Common);
        while (!CanBeMadeIn(block, variable)) block = block.Parent!;
        return (block, block.Plates.Length);
    }

    private bool CanBeMadeIn(StatementBlock block, FactorVariable variable)
    {
        if (block == _root) return true;
        if (variable.Data is not null) return false;
        var plates = block.Plates;
        if (IsSpokenOfAfterwards(variable) && (plates.Length > 0 || block.IsInSwitch)) return false;
        if (plates.Length > variable.Ranges.Length || !plates.All(variable.Ranges.Take(plates.Length).Contains)) return false;
        return _uses[variable].All(u => IsIndexedBy(u.Reference, variable.Ranges, plates.Length));
    }

    private static bool IsIndexedBy(FactorReference reference, ImmutableArray<FactorRange> ranges, int count) =>
        reference.Indices.Length >= count && Enumerable.Range(0, count).All(i => reference.Indices[i] is RangeIndex index && index.Range == ranges[i]);
}
