using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Results;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>The marginal of a cell for each setting of the finite cells that it depends on: together they are a mixture.</summary>
/// <param name="Scope">What the marginal depends on.</param>
/// <param name="Marginal">Of the cell under the present setting; null where the branch does not hold that defines it.</param>
internal sealed record ConditionalMarginal(FiniteScope Scope, Func<Marginal?> Marginal);

/// <summary>
/// What is known of the continuous unknowns of a model given its finite cells: which draws are integrated out together, what that integral is as a
/// function of the finite cells, and the marginals that it leaves.
/// </summary>
internal sealed class ContinuousPart
{
    private readonly ConditionedModel _model;
    private readonly Evaluator _evaluator;
    private readonly ContinuousCells _cells;
    private readonly List<BlockTable> _blocks = [];
    private readonly HashSet<DrawOf> _taken = [];
    private readonly Dictionary<int, (BlockTable Block, Leaf? Leaf)> _of = [];
    private readonly List<Diagnostic> _objections = [];
    private BlockIntegration? _integration;

    /// <param name="model">The model with its data.</param>
    /// <param name="evaluator">Knows what the data give, and nothing else.</param>
    public ContinuousPart(ConditionedModel model, Evaluator evaluator)
    {
        (_model, _evaluator) = (model, evaluator);
        _cells = ContinuousCells.Find(model, evaluator);
        _objections.AddRange(_cells.Objections);
    }

    /// <summary>Why the continuous unknowns cannot be integrated out; empty where they can.</summary>
    public IReadOnlyList<Diagnostic> Objections => _objections;

    /// <summary>Whether what is integrated has a density, which may be above 1, rather than a probability.</summary>
    public bool HasDensities { get; private set; }

    /// <summary>How many unknowns are integrated out.</summary>
    public int Unknowns => _blocks.Sum(b => b.Block.Unknowns.Length);

    /// <summary>How many of them depend on each other, where most do.</summary>
    public int Largest => _blocks.Count == 0 ? 0 : _blocks.Max(b => b.Block.Unknowns.Length);

    /// <summary>Whether a cell is a continuous unknown or follows from some, and so is no finite cell.</summary>
    public bool Owns(Variable variable, int cell) => _cells.NumberOf(variable, cell) is >= 0 and var number && _cells.KindOf(number) != ContinuousKind.None;

    /// <summary>Groups the unknowns, now that the finite cells are known, and looks whether each group can be integrated out under each setting.</summary>
    /// <exception cref="DiagnosticException">The model makes a mistake under a setting.</exception>
    public void Prepare(FiniteCells finite, FiniteScopes scopes, Exact options, CancellationToken cancellation)
    {
        if (!_cells.Any || _objections.Count > 0) return;
        _integration = new BlockIntegration(_model, _evaluator, _cells, finite);
        foreach (var block in ContinuousBlocks.Find(_model, _cells, finite, scopes))
        {
            var table = new BlockTable(_model, _evaluator, finite, _integration, block, cancellation);
            _blocks.Add(table);
            foreach (var draw in block.Draws) _taken.Add(draw);
            foreach (var leaf in block.Leaves) _taken.Add(leaf.Draw);
            foreach (var number in block.Unknowns) _of[number] = (table, null);
            foreach (var (_, number) in block.Computed) _of[number] = (table, null);
            foreach (var leaf in block.Leaves)
                foreach (var number in leaf.Numbers) _of[number] = (table, leaf);
            HasDensities |= Array.Exists(block.Draws, d => _model.Definitions[d.Definition].Definition.Variable.Type == ElementType.Real);
            if (table.Objection(_cells, options) is not { } objection) continue;
            _objections.Add(objection);
            return;
        }
    }

    /// <summary>Whether a draw is part of an integral, and so no term of its own.</summary>
    public bool Takes(int definition, int iteration, int e) => _taken.Contains(new DrawOf(definition, iteration, e));

    /// <summary>The integrals as functions of finite cells.</summary>
    public IEnumerable<FiniteTerm> Terms => _blocks.Select((table, b) => new FiniteTerm
    {
        Cells = table.Block.Scope.Cells,
        Scope = table.Block.Scope,
        Key = new TableKey(int.MinValue + 1, b, []),
        Evaluate = () => table.Present().Log,
        Place = _cells.PlaceOf(table.Block.First),
    });

    /// <summary>The marginal of a continuous cell, or of what is computed of such; null where it is none of these.</summary>
    public ConditionalMarginal? Of(Variable variable, int cell)
    {
        if (_cells.NumberOf(variable, cell) is not (>= 0 and var number) || !_of.TryGetValue(number, out var found)) return null;
        var (table, leaf) = found;
        if (leaf is not null) return new ConditionalMarginal(leaf.Scope, () => _integration!.Predict(table.Present(), leaf, number));
        var owner = _cells.ElementOf(number).Draw;
        return new ConditionalMarginal(table.Block.Scope, () => _evaluator.Exists(owner.Definition, owner.Iteration) ? table.Present().Of(number) : null);
    }
}
