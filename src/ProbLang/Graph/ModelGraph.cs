using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Graph;

/// <summary>The index of a plate or a comprehension. Identity, not name, tells two apart.</summary>
internal sealed class Loop(string name, Span span)
{
    public string Name => name;

    public Span Span => span;

    /// <summary>The category whose levels it runs over, or null.</summary>
    public Category? Category { get; internal set; }

    public override string ToString() => name;
}

/// <summary>What a gate asks of its condition.</summary>
internal enum GateSide
{
    /// <summary>That it holds.</summary>
    Then,

    /// <summary>That it does not.</summary>
    Else,

    /// <summary>That the data do not decide it: the statement says what holds in either case.</summary>
    Undecided,
}

/// <summary>An <c>if</c> around a statement.</summary>
/// <param name="Condition">A single truth value; the same object for both branches, which is how they are known to exclude each other.</param>
/// <param name="Side">The branch.</param>
/// <param name="Depth">How many of the statement's plates are outside of it.</param>
/// <param name="IsPaired">Whether another statement says what holds where the data do not decide; else this one holds as far as the condition does.</param>
internal sealed record Gate(Bound Condition, GateSide Side, int Depth, bool IsPaired = false);

/// <summary>A plate around a definition: the index runs from lower to upper, both included, outermost plate first.</summary>
internal sealed record Plate(Loop Loop, Bound Lower, Bound Upper)
{
    /// <summary>Whether another one runs over the same range, as far as the form of its ends tells.</summary>
    public bool HasRangeOf(Plate other) => Loop == other.Loop || SameMeaning.Holds(Lower, other.Lower) && SameMeaning.Holds(Upper, other.Upper);
}

/// <summary>A quantity of the model.</summary>
internal sealed class Variable(string name, bool isInput, Span span)
{
    public string Name => name;

    /// <summary>Declared by <c>input</c> or <c>param</c>: known, not explained.</summary>
    public bool IsInput => isInput;

    /// <summary>Declared by <c>param</c>: a constant that is to be learned, known once it has been.</summary>
    public bool IsParameter { get; init; }

    /// <summary>Where the learning of a parameter starts, or null. It is no value: nothing is known by it.</summary>
    public Bound? Start { get; internal set; }

    /// <summary>Where it is first defined.</summary>
    public Span Span => span;

    /// <summary>How many dimensions; set once by the binder.</summary>
    public int Rank { get; internal set; }

    /// <summary>What its elements are; set once by the binder.</summary>
    public ElementType Type { get; internal set; } = ElementType.Real;

    /// <summary>Sizes of an input, one a dimension.</summary>
    public ImmutableArray<Bound> Dims { get; internal set; } = [];

    /// <summary>Least value that its declared type allows (0 for <c>positive</c> and <c>count</c>), or null.</summary>
    public Bound? Lower { get; internal set; }

    /// <summary>Greatest value that its declared type allows, or null.</summary>
    public Bound? Upper { get; internal set; }

    /// <summary>Whether the lower bound itself is excluded, as <c>positive</c> excludes 0.</summary>
    public bool LowerIsOpen { get; internal set; }

    /// <summary>The type as written, for messages; null where none is.</summary>
    public string? DeclaredType { get; internal set; }

    /// <summary>An input's value where the data give none, or null.</summary>
    public Bound? Default { get; internal set; }

    public string? Documentation { get; internal set; }

    /// <summary>The category whose codes it holds, or null.</summary>
    public Category? Category { get; internal set; }

    /// <summary>Where it is no variable of the modeller but a fact about a category, that category: the number of levels, or the code of <see cref="Label"/>.</summary>
    public Category? LevelsOf { get; init; }

    /// <summary>The label whose code it is, or null.</summary>
    public string? Label { get; init; }

    /// <summary>What its vectors or matrices are declared to be.</summary>
    public Structure Structure { get; internal set; }

    /// <summary>How long the vectors, or how large the matrices, of its <see cref="Structure"/> are.</summary>
    public Bound? StructureSize { get; internal set; }

    /// <summary>The categories whose levels number a dimension, else null; as many as <see cref="Rank"/>, or none.</summary>
    public ImmutableArray<Category?> DimensionCategories { get; internal set; } = [];

    /// <summary>Names of the dimensions where plates name them (the loop variable), else null; as many as <see cref="Rank"/>.</summary>
    public ImmutableArray<string?> DimensionNames { get; internal set; } = [];

    /// <summary>Whether it is none of the modeller's, but the compiler made it: it is not reported.</summary>
    public bool IsAuxiliary { get; init; }

    /// <summary>What messages call it: what it stands for, where the compiler made it to stand for something.</summary>
    public string Called { get => field ?? Name; init; }

    public override string ToString() => name;
}

/// <summary>
/// A statement that defines a variable or a part of one: inside its plates, the element (or subarray) at
/// <see cref="Indices"/> is drawn from <see cref="Distribution"/> or equal to <see cref="Value"/>; exactly one of the two is there.
/// Dimensions beyond the indices are those of the right side.
/// </summary>
internal sealed record Definition(
    Variable Variable, ImmutableArray<Plate> Plates, ImmutableArray<Bound> Indices, BoundDistribution? Distribution, Bound? Value, Span Span)
{
    public bool IsRandom => Distribution is not null;

    /// <summary>The span of the left side.</summary>
    public Span Target { get; init; }

    /// <summary>The <c>if</c>s around it, outermost first.</summary>
    public ImmutableArray<Gate> Gates { get; init; } = [];

    /// <summary>Whether it stands for several statements, one in each branch of an <c>if</c>.</summary>
    public bool IsMerged { get; init; }
}

/// <summary><c>given x[i] = value</c>, in its plates: a value in the file itself.</summary>
internal sealed record GivenValue(ImmutableArray<Plate> Plates, Variable Variable, ImmutableArray<Bound> Indices, Bound Value, Span Span)
{
    /// <summary>Whether it follows from a condition, which stands beside it.</summary>
    public bool IsEvent { get; init; }

    /// <summary>The <c>if</c>s around it, outermost first.</summary>
    public ImmutableArray<Gate> Gates { get; init; } = [];
}

/// <summary><c>given a &lt; b</c> between latents, in its plates: a region to which the prior is restricted.</summary>
internal sealed record GivenOrder(ImmutableArray<Plate> Plates, Bound Less, Bound Greater, Span Span)
{
    /// <summary>Whether equality does not do; of continuous quantities it has probability zero.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The <c>if</c>s around it, outermost first.</summary>
    public ImmutableArray<Gate> Gates { get; init; } = [];
}

/// <summary><c>given condition</c>, in its plates: an event that has occurred, in every element where it is an array.</summary>
internal sealed record GivenCondition(ImmutableArray<Plate> Plates, ImmutableArray<Gate> Gates, Bound Condition, Span Span);

/// <summary><c>factor value</c>, in its plates: what is added to the log density.</summary>
internal sealed record Factor(ImmutableArray<Plate> Plates, ImmutableArray<Gate> Gates, Bound Value, Span Span)
{
    /// <summary>Where the compiler put it in the place of an observation, the variable that is observed: it belongs to the likelihood of its rows.</summary>
    public Variable? Observed { get; init; }
}

/// <summary>A model with its names resolved, types and ranks inferred, and plates kept as plates. Knows no data.</summary>
internal sealed record ModelGraph(
    SourceText Source, string? Documentation, ImmutableArray<Variable> Variables, ImmutableArray<Definition> Definitions,
    ImmutableArray<GivenValue> GivenValues, ImmutableArray<GivenOrder> GivenOrders)
{
    private Tuple<ImmutableArray<Definition>, ILookup<Variable, Definition>>? _definitionsOf;

    public ImmutableArray<GivenCondition> GivenConditions { get; init; } = [];

    public ImmutableArray<Factor> Factors { get; init; } = [];

    /// <summary>The functions with learned weights.</summary>
    public ImmutableArray<Net> Nets { get; init; } = [];

    /// <summary>The variational family, or null where the model states none.</summary>
    public Guide? Guide { get; init; }

    public IEnumerable<Definition> DefinitionsOf(Variable variable)
    {
        // A copy with other definitions brings this along.
        if (_definitionsOf is not { } found || found.Item1 != Definitions) _definitionsOf = found = Tuple.Create(Definitions, Definitions.ToLookup(d => d.Variable));
        return found.Item2[variable];
    }

    /// <summary>The variable that the modeller calls so.</summary>
    public Variable? Find(string name) => Variables.FirstOrDefault(v => v.Name == name && v.LevelsOf is null);

    /// <summary>Those that variables of the model are of.</summary>
    public IEnumerable<Category> Categories => Variables.Select(v => v.Category).OfType<Category>().Distinct();
}
