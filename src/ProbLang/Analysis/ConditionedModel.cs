using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What a cell of a variable is, given the data.</summary>
internal enum Role : byte
{
    /// <summary>No statement defines it and no data give it; using it is an error.</summary>
    Undefined,

    /// <summary>An input, or a cell that no statement defines but the data give.</summary>
    Known,

    /// <summary>Random, and its value is given.</summary>
    Observed,

    /// <summary>Random, not given, and something observed depends on it.</summary>
    Latent,

    /// <summary>Random, not given, and nothing observed depends on it: drawn forward.</summary>
    Predicted,

    /// <summary>Deterministic, and something observed depends on it, or it depends on no predicted cell: a function of the latents.</summary>
    Computed,

    /// <summary>Deterministic, and it depends on a predicted cell: evaluated after the forward draw.</summary>
    ComputedForward,
}

/// <summary>A variable with its concrete shape; arrays are row-major, one entry a cell.</summary>
internal sealed class VariableState(Variable variable, int[] shape)
{
    public Variable Variable => variable;

    public int[] Shape => shape;

    public int Count { get; } = shape.Aggregate(1, (a, b) => a * b);

    /// <summary>Where the array is ragged, how long its rows are; cells beyond them do not exist. Null where it is rectangular.</summary>
    public RowLengths? Rows { get; internal set; }

    /// <summary>Whether a cell is an element of the array.</summary>
    public bool Exists(int cell) => Rows?.Contains(cell) ?? true;

    /// <summary>The value of every cell that is known or observed, or computed from such cells alone; NaN elsewhere.</summary>
    public double[] Values { get; internal set; } = [];

    public Role[] Roles { get; internal set; } = [];

    /// <summary>Whether an observed cell depends on this one (or it is observed itself).</summary>
    public bool[] Needed { get; internal set; } = [];

    /// <summary>Whether the data decide the value of a cell.</summary>
    public bool IsKnown(int cell) => Roles[cell] is Role.Known or Role.Observed || Roles[cell] == Role.Computed && !double.IsNaN(Values[cell]);

    /// <summary>Whether the data decide the values of all elements.</summary>
    public bool IsKnown() => Enumerable.Range(0, Count).All(cell => !Exists(cell) || IsKnown(cell));

    /// <summary>Whether every cell has this role.</summary>
    public bool IsAll(Role role) => Array.TrueForAll(Roles, r => r == role);

    public bool Any(Role role) => Array.IndexOf(Roles, role) >= 0;
}

/// <summary>
/// A definition with its iterations laid out. An iteration is one setting of its plates, outermost slowest. It defines a
/// block of cells, contiguous in the variable because the indices come first.
/// </summary>
internal sealed class DefinitionState(Definition definition)
{
    public Definition Definition => definition;

    /// <summary>How many dimensions one draw has, as against a batch of them; 0 for what is computed.</summary>
    public int EventRank { get; } = definition.Distribution is { } distribution ? DistributionTraits.EventRank(distribution) : 0;

    public IterationSpace Space { get; internal set; } = new() { Plates = definition.Plates, Count = 0, IsRectangular = false, LoopValues = [.. definition.Plates.Select(_ => Array.Empty<int>())] };

    /// <summary>How many iterations.</summary>
    public int Count => Space.Count;

    public bool IsRectangular => Space.IsRectangular;

    public int[] First => Space.First;

    public int[] Extents => Space.Extents;

    public int[][] LoopValues => Space.LoopValues;

    /// <summary>The first cell that an iteration defines, as an offset into the variable.</summary>
    public int[] Targets { get; internal set; } = [];

    /// <summary>The shape of an iteration's block: the variable's dimensions beyond the indices.</summary>
    public int[] BlockShape { get; internal set; } = [];

    /// <summary>How many cells an iteration defines; where iterations differ, the most.</summary>
    public int BlockSize { get; internal set; } = 1;

    /// <summary>Where iterations define rows of different lengths: for each, the first size of its block. Null where all are as <see cref="BlockShape"/> says.</summary>
    public int[]? BlockLengths { get; internal set; }

    /// <summary>How many cells this iteration defines.</summary>
    public int SizeOf(int iteration) => BlockLengths is { } lengths ? lengths[iteration] * (BlockSize / Math.Max(1, BlockShape[0])) : BlockSize;

    /// <summary>The shape of what this iteration defines.</summary>
    public int[] ShapeOf(int iteration) => BlockLengths is { } lengths ? [lengths[iteration], .. BlockShape.AsSpan(1)] : BlockShape;
}

/// <summary>A <c>factor</c> with its iterations.</summary>
internal sealed record FactorState(Factor Factor, IterationSpace Space);

/// <summary>A <c>given condition</c> with its iterations; in each, every element must hold that <see cref="Condition"/> has.</summary>
internal sealed record ConditionState(Bound Condition, IterationSpace Space, Text.Span Span)
{
    /// <summary>Where the data say so; null where the model does.</summary>
    public Location? Place { get; init; }

    /// <summary>The computed cell whose value is given, where it is that; else null.</summary>
    public (Variable Variable, int Cell, double Value)? Of { get; init; }
}

/// <summary>A bound on a latent from <c>given a &lt; b</c>: the cell is above (or below) the value of an expression.</summary>
/// <param name="Variable">The bounded latent.</param>
/// <param name="Cell">Its cell.</param>
/// <param name="Bound">The expression that bounds it; its plates' indices have the values of <paramref name="LoopValues"/>.</param>
/// <param name="IsLower">Whether the cell is above the bound.</param>
/// <param name="LoopValues">The plates of the <c>given</c> with their values.</param>
internal sealed record OrderBound(Variable Variable, int Cell, Bound Bound, bool IsLower, IReadOnlyList<(Loop Loop, int Value)> LoopValues);

/// <summary>A model with data: concrete sizes, and for every cell of every variable its role. Immutable once made.</summary>
internal sealed class ConditionedModel(
    ModelGraph graph, IReadOnlyDictionary<Variable, VariableState> variables, IReadOnlyList<DefinitionState> definitions, IReadOnlyList<OrderBound> orderBounds)
{
    public ModelGraph Graph => graph;

    public VariableState this[Variable variable] => variables[variable];

    /// <summary>In the order of the graph's variables.</summary>
    public IEnumerable<VariableState> Variables => graph.Variables.Select(v => variables[v]);

    /// <summary>The parameters that nothing gives, which are to be learned.</summary>
    public IEnumerable<VariableState> OpenParameters => Variables.Where(v => v.Variable is { IsParameter: true, IsInput: false } && (v.Any(Role.Latent) || v.Any(Role.Predicted)));

    /// <summary>In the order of the graph's definitions.</summary>
    public IReadOnlyList<DefinitionState> Definitions => definitions;

    /// <summary>The labels of each category, in the order of their codes.</summary>
    public IReadOnlyDictionary<Category, ImmutableArray<string>> Levels { get; init; } = new Dictionary<Category, ImmutableArray<string>>();

    /// <summary>The labels that stand for the codes of a variable; default where it is no category.</summary>
    public ImmutableArray<string> LevelsOf(Variable variable) => variable.Category is { } category ? Levels[category] : default;

    /// <summary>For each dimension of a variable the labels that number it, empty where it counts from 1; default where none has labels.</summary>
    public ImmutableArray<ImmutableArray<string>> LabelsOf(Variable variable) =>
        variable.DimensionCategories.Any(c => c is not null) ? [.. variable.DimensionCategories.Select(c => c is null ? [] : Levels[c])] : default;

    public IReadOnlyList<OrderBound> OrderBounds => orderBounds;

    public IReadOnlyList<FactorState> Factors { get; init; } = [];

    /// <summary>The events that have occurred, orders of quantities among them.</summary>
    public IReadOnlyList<ConditionState> Conditions { get; init; } = [];

    /// <summary>What of the model an engine that follows gradients cannot take.</summary>
    public ImmutableArray<Diagnostic> Objections { get; init; } = [];

    /// <summary>The sizes that nothing tells but what they were where the model was learned.</summary>
    public IReadOnlySet<string> DefaultedSizes { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>The nets with their sizes.</summary>
    public IReadOnlyDictionary<Net, NetPlan> Nets { get; init; } = new Dictionary<Net, NetPlan>();

    /// <summary>The graph as the modeller wrote it, before what is observed was inverted and parameters were made unknowns.</summary>
    public ModelGraph Written { get => field ?? Graph; init; }

    /// <summary>The model as it is drawn forward, where all that is random is drawn anew, and so decides anew what holds of each <c>if</c>.</summary>
    public Once<ConditioningResult>? Simulated { get; init; }

    /// <summary>What of the model has been solved for latents because it is given; null where nothing has.</summary>
    public InvertedModel? Inverted { get; init; }

    /// <summary>Whether a variable is computed and given, so that others are solved from it.</summary>
    public bool IsGiven(Variable variable) => Inverted?.Inversions.Any(i => i.Statement.Variable == variable && i.IsGiven) == true;

    /// <summary>Whether a variable is solved from what is given.</summary>
    public bool IsSolved(Variable variable) => Inverted?.Inversions.Any(i => i.Solved == variable) == true;

    /// <summary>The iterations of all definitions in dependency order: each after those whose cells it reads.</summary>
    public IReadOnlyList<DefinitionRun> Order { get; init; } = [];
}
