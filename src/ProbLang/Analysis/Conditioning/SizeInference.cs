using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>
/// Sizes that the data do not name, from the shapes of the arrays that they give: <c>J</c> from <c>sigma[J]</c>, or from
/// <c>y</c> where <c>for j in 1..J { y[j] ~ … }</c> defines it.
/// </summary>
internal static class SizeInference
{
    /// <summary>Through how many computed variables a size is followed.</summary>
    private const int DeepestChain = 8;

    public static void Infer(Draft draft)
    {
        var sizes = draft.Graph.Variables.Where(v => v is { IsInput: true, IsParameter: false, LevelsOf: null, Rank: 0, Default: null } && !draft.Data.Arrays.ContainsKey(v.Name)
            && !draft.Graph.GivenValues.Any(g => g.Variable == v)).ToHashSet();
        if (sizes.Count == 0) return;
        var first = new Dictionary<Variable, (string Array, int Size)>(ReferenceEqualityComparer.Instance);
        foreach (var (size, array, value, isSure) in draft.Graph.Variables.SelectMany(v => Told(draft, v)).OrderByDescending(t => t.IsSure))
        {
            if (!sizes.Contains(size) || !isSure && first.ContainsKey(size)) continue;
            if (first.TryAdd(size, (array, value))) draft.InferredSizes[size] = value;
            else if (first[size].Size != value)
            {
                draft.Report(DataDiagnostics.SizesContradict(size, draft.Locate(size.Span), (first[size].Array, first[size].Size, PlaceOf(first[size].Array)), (array, value, PlaceOf(array))));
                draft.Break(size);
            }
        }
        foreach (var variable in draft.Graph.Variables) ReportRank(draft, variable, sizes);
        foreach (var size in sizes)
            if (draft.Data.DefaultSizes.TryGetValue(size.Name, out var known) && draft.InferredSizes.TryAdd(size, known)) draft.DefaultedSizes.Add(size.Name);

        Text.Location? PlaceOf(string array) => draft.Data.Arrays.GetValueOrDefault(array) is { } given ? given.NamePlace ?? (given.Values.Length > 0 ? given.Place(0) : null) : null;
    }

    /// <summary>Where an array has too few or too many dimensions to tell sizes that nothing else tells, that is the mistake, not that the sizes are unknown.</summary>
    private static void ReportRank(Draft draft, Variable variable, HashSet<Variable> sizes)
    {
        if (variable.Rank == 0 || Givens.ShapeOf(draft, variable) is not { } shape || shape.Length == variable.Rank) return;
        var dimensions = Enumerable.Range(0, variable.Rank).Select(d => DimensionOf(draft, variable, d)).ToArray();
        var untold = dimensions.Select(d => d is null ? null : Solve(d, 0)?.Size).OfType<Variable>().Where(s => sizes.Contains(s) && !draft.InferredSizes.ContainsKey(s)).ToArray();
        if (untold.Length == 0) return;
        var array = draft.Data.Arrays.GetValueOrDefault(variable.Name);
        draft.Report(DataDiagnostics.WrongRank(variable.Name, shape, $"[{string.Join(", ", dimensions.Select(Written))}]", variable.Rank,
            array?.Values.Length > 0 ? array.Place(0) : null, draft.Locate(variable.Span)));
        draft.Break(variable);
        foreach (var size in untold) draft.Break(size);

        string Written(Bound? size) => size is null ? "…" : draft.Graph.Source.TextOf(size.Span);
    }

    /// <summary>What is told of sizes; it is not sure where there are no rows that would show how long they are.</summary>
    private static IEnumerable<(Variable Size, string Array, int Value, bool IsSure)> Told(Draft draft, Variable variable)
    {
        if (variable.Rank == 0 || Givens.ShapeOf(draft, variable) is not { } shape || shape.Length != variable.Rank) yield break;
        for (var d = 0; d < shape.Length; d++)
        {
            if (DimensionOf(draft, variable, d) is { } dimension && Solve(dimension, shape[d]) is { } solved) yield return (solved.Size, variable.Name, solved.Value, d == 0 || !RaggedFit.HasNoRows(shape));
        }
    }

    /// <summary>What the model says of a size; null where it says nothing before things are laid out.</summary>
    public static Bound? DimensionOf(Draft draft, Variable variable, int dimension) => variable.IsInput ? variable.Dims[dimension] : DefinedUpTo(draft, variable, dimension);

    /// <summary>The last value of the plate whose index is the index of this dimension; null where the statements do not agree on one.</summary>
    private static Bound? DefinedUpTo(Draft draft, Variable variable, int dimension, int depth = 0)
    {
        Bound? upTo = null;
        foreach (var definition in draft.Graph.DefinitionsOf(variable))
        {
            if ((WholeSize(definition, dimension) ?? ComputedSize(draft, definition, dimension, depth)) is { } repeated)
            {
                if (upTo is not null && (upTo as VariableValue)?.Variable != (repeated as VariableValue)?.Variable) return null;
                upTo = repeated;
                continue;
            }
            if (dimension >= definition.Indices.Length) return null;
            var index = definition.Indices[dimension];
            if (index is ConstantValue) continue;
            if (index is not LoopValue loop || definition.Plates.FirstOrDefault(p => p.Loop == loop.Loop) is not { } plate) return null;
            if (upTo is not null && !IsSame(upTo, plate.Upper)) return null;
            upTo = plate.Upper;
        }
        return upTo;
    }

    /// <summary>The size of what is computed element by element, from what it is computed of.</summary>
    private static Bound? ComputedSize(Draft draft, Definition definition, int dimension, int depth) =>
        dimension >= definition.Indices.Length && definition.Value is { } value ? SizeOf(draft, value, dimension - definition.Indices.Length, depth + 1) : null;

    private static Bound? SizeOf(Draft draft, Bound value, int dimension, int depth) => value switch
    {
        _ when depth > DeepestChain => null,
        VariableValue v => SizeOf(draft, v.Variable, dimension, depth),
        IndexedValue { Array: VariableValue v } part when part.Indices.All(i => i is AtIndex { Position.Rank: 0 }) => SizeOf(draft, v.Variable, dimension + part.Indices.Length, depth),
        ElementwiseValue or ConditionalValue => Parts.Of(value).Where(p => p.Rank == value.Rank).Select(p => SizeOf(draft, p, dimension, depth)).FirstOrDefault(s => s is not null),
        NetValue { Net.IsInvertible: true } net => SizeOf(draft, net.Argument, dimension, depth),
        _ => null,
    };

    private static Bound? SizeOf(Draft draft, Variable variable, int dimension, int depth) =>
        variable.IsInput ? variable.Dims.Length > dimension ? variable.Dims[dimension] : null : DefinedUpTo(draft, variable, dimension, depth);

    /// <summary>Whether two plates end at the same size, as far as the form of their ends tells.</summary>
    private static bool IsSame(Bound a, Bound b) => SizeOf(a) == SizeOf(b);

    private static Variable? SizeOf(Bound upper) => upper switch
    {
        VariableValue size => size.Variable,
        IndexedValue { Array: VariableValue sizes } => sizes.Variable,
        _ => null,
    };

    /// <summary>The size in <c>y ~ D ^ N</c>, or of one draw, as in <c>y ~ GaussianRandomWalk(sd, N)</c>.</summary>
    private static Bound? WholeSize(Definition definition, int dimension)
    {
        var d = dimension - definition.Indices.Length;
        if (d < 0) return null;
        if (Unmodified(definition.Distribution) is not RepeatedDistribution repeated) return EventSize(definition.Distribution);
        return d < repeated.Sizes.Length ? repeated.Sizes[d] : EventSize(repeated.Base);
    }

    /// <summary>The argument that is the size of a single draw, where one is; of a matrix it is that of both dimensions.</summary>
    private static Bound? EventSize(BoundDistribution? distribution) =>
        distribution is CatalogDistribution { Distribution: ArrayDistribution array } catalog && catalog.Rank == array.EventRank
            ? array.Forms[catalog.Form].Parameters.Zip(catalog.Arguments).FirstOrDefault(p => p.First.Domain == Domain.Size).Second : null;

    private static BoundDistribution? Unmodified(BoundDistribution? distribution) => distribution switch
    {
        TruncatedDistribution d => Unmodified(d.Base),
        CensoredDistribution d => Unmodified(d.Base),
        MarkedDistribution d => Unmodified(d.Base),
        RoundedDistribution d => Unmodified(d.Base),
        OrderedDistribution d => Unmodified(d.Base),
        _ => distribution,
    };

    /// <summary>The size for which an expression has a value: of <c>J</c>, <c>J + 1</c> or <c>J - 1</c>.</summary>
    private static (Variable Size, int Value)? Solve(Bound e, int value) => e switch
    {
        VariableValue { Rank: 0 } size => (size.Variable, value),
        ElementwiseValue { Function: OpFunction { Op: Op.Add }, Arguments: [var a, ConstantValue c] } => Solve(a, value - (int)c.Value),
        ElementwiseValue { Function: OpFunction { Op: Op.Add }, Arguments: [ConstantValue c, var a] } => Solve(a, value - (int)c.Value),
        ElementwiseValue { Function: OpFunction { Op: Op.Subtract }, Arguments: [var a, ConstantValue c] } => Solve(a, value + (int)c.Value),
        _ => null,
    };
}
