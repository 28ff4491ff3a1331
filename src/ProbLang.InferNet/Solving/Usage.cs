using System.Collections.Immutable;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>What the statements of a factor graph say of its variables.</summary>
internal sealed class Usage
{
    private readonly FactorGraph _graph;
    private readonly Dictionary<FactorVariable, List<DefineStatement>> _definitions = [];
    private readonly Dictionary<FactorVariable, List<(FactorReference Reference, Block Block)>> _uses = [];
    private readonly Dictionary<FactorStatement, Block> _blocks = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<DefineStatement, Block> _definedIn = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<FactorVariable> _matrices = [];

    public Usage(FactorGraph graph)
    {
        _graph = graph;
        Read(graph.Statements, All);
    }

    /// <summary>The block of all statements.</summary>
    public Block All { get; } = new(null, null);

    /// <summary>The block that a plate or a gate opens.</summary>
    public Block BlockOf(FactorStatement opener) => _blocks[opener];

    /// <summary>Whether a statement defines it, or part of it.</summary>
    public bool IsDefined(FactorVariable variable) => _definitions.ContainsKey(variable);

    /// <summary>The statements that define it.</summary>
    public IReadOnlyList<DefineStatement> DefinitionsOf(FactorVariable variable) => _definitions.TryGetValue(variable, out var definitions) ? definitions : [];

    /// <summary>The places of elements that statements name by number.</summary>
    public IEnumerable<int> Positions => _uses.Values.SelectMany(u => u).SelectMany(u => u.Reference.Indices).OfType<FixedIndex>().Select(i => i.Position).Distinct();

    /// <summary>Whether it is a matrix that vectors are multiplied by, which need not be square.</summary>
    public bool IsPlainMatrix(FactorVariable variable) => _matrices.Contains(variable);

    /// <summary>
    /// The innermost block that holds all that is said of a variable and in which it can be made. What a gate alone speaks of is there only where the gate is open, and
    /// made outside it would have to be defined where the gate is closed too.
    /// </summary>
    public Block HomeOf(FactorVariable variable)
    {
        if (variable.Data is not null || !_uses.TryGetValue(variable, out var uses)) return All;
        var block = uses.Select(u => u.Block).Aggregate(Block.Common);
        while (!CanBeMadeIn(block)) block = block.Parent!;
        return block;

        bool CanBeMadeIn(Block at)
        {
            var plates = at.Plates;
            if (at == All) return true;
            // What is asked for is an array over all iterations, and is there for every value of what is switched by.
            if (IsAskedFor(variable) && (plates.Length > 0 || at.IsInSwitch)) return false;
            return plates.Length <= variable.Ranges.Length && plates.SequenceEqual(variable.Ranges.Take(plates.Length)) && uses.All(u => IsIndexedBy(u.Reference, plates));
        }
    }

    /// <summary>All definitions.</summary>
    public IEnumerable<DefineStatement> Definitions => _definedIn.Keys;

    /// <summary>The block in which the prior distribution of a definition is made: the gate nearest to it, since what is made outside would be random by the gate; without a gate, where the variable is made.</summary>
    public Block PriorHomeOf(DefineStatement define)
    {
        var home = HomeOf(define.Target.Variable);
        for (var block = _definedIn[define]; block != home; block = block.Parent!)
            if (block.Opener is GateStatement && IsIndexedBy(define.Target, block.Plates)) return block;
        return home;
    }

    private bool IsAskedFor(FactorVariable variable) => variable.StartsRandomly || _graph.Queries.Contains(variable);

    private static bool IsIndexedBy(FactorReference reference, ImmutableArray<FactorRange> plates) =>
        reference.Indices.Length >= plates.Length && plates.Index().All(p => reference.Indices[p.Index] is RangeIndex index && index.Range == p.Item);

    private void Read(ImmutableArray<FactorStatement> statements, Block block)
    {
        foreach (var statement in statements) Read(statement, block);
    }

    private void Read(FactorStatement statement, Block block)
    {
        switch (statement)
        {
            case RepeatStatement repeat:
                Read(repeat.Body, _blocks[repeat] = new Block(repeat, block));
                break;
            case GateStatement gate:
                Use(gate.Selector, block);
                Read(gate.Body, _blocks[gate] = new Block(gate, block));
                break;
            case DefineStatement define:
                if (!_definitions.TryGetValue(define.Target.Variable, out var definitions)) _definitions[define.Target.Variable] = definitions = [];
                definitions.Add(define);
                _definedIn[define] = block;
                if (define.Operation == FactorOperation.MatrixTimesVector) _matrices.Add(define.Arguments[0].Variable);
                Use(define.Target, block);
                foreach (var argument in define.Arguments) Use(argument, block);
                break;
            case ConstrainStatement constrain:
                foreach (var argument in constrain.Arguments) Use(argument, block);
                break;
        }
    }

    private void Use(FactorReference reference, Block block)
    {
        if (!_uses.TryGetValue(reference.Variable, out var uses)) _uses[reference.Variable] = uses = [];
        uses.Add((reference, block));
        foreach (var index in reference.Indices.OfType<ValueIndex>()) Use(index.Value, block);
    }
}
