using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>What the statements of a model say of quantities.</summary>
internal abstract class QuantityFacts(ModelGraph graph)
{
    private readonly HashSet<Variable> _open = new(ReferenceEqualityComparer.Instance);

    /// <summary>Null where it is not known.</summary>
    public abstract int[]? ShapeOf(Bound quantity);

    /// <summary>As the modeller wrote it.</summary>
    public string TextOf(Bound quantity) => graph.Source.TextOf(quantity.Span);

    /// <summary>Whether nothing below 0 is drawn by a statement.</summary>
    protected abstract bool IsDrawnNonNegative(Definition definition);

    /// <summary>Whether a quantity is nowhere below 0.</summary>
    public bool IsNonNegative(Bound quantity) => quantity switch
    {
        ConstantValue constant => constant.Value >= 0,
        LoopValue => true,
        VariableValue variable => IsNonNegative(variable.Variable),
        IndexedValue part => IsNonNegative(part.Array),
        ConditionalValue choice => IsNonNegative(choice.Then) && IsNonNegative(choice.Else),
        ElementwiseValue { Function: OpFunction function, Arguments: var arguments } => function.Op switch
        {
            Op.Exp or Op.Logistic or Op.Softplus or Op.Phi or Op.Sqrt or Op.Abs or Op.Square => true,
            Op.Add or Op.Multiply or Op.Divide or Op.Minimum => arguments.All(IsNonNegative),
            Op.Maximum => arguments.Any(IsNonNegative),
            Op.Power => IsNonNegative(arguments[0]),
            _ => false,
        },
        _ => false,
    };

    /// <summary>Whether a matrix has only zeros above its diagonal.</summary>
    public bool IsTriangular(Bound matrix) => matrix switch
    {
        VariableValue { Variable: var variable } => variable.Structure == Structure.Cholesky
            || graph.DefinitionsOf(variable).ToArray() is { Length: > 0 } definitions && Array.TrueForAll(definitions, d => d.Distribution is { } drawn ? IsTriangular(drawn) : d.Indices.IsEmpty && IsTriangular(d.Value!)),
        IndexedValue part => part.Rank == 2 && IsTriangular(part.Array),
        ArrayFunctionValue { Function: ArrayFunction.Cholesky or ArrayFunction.Identity or ArrayFunction.Diag } => true,
        ArrayFunctionValue { Function: ArrayFunction.MatrixMultiply, Arguments: [{ Rank: 2 } a, { Rank: 2 } b] } => IsTriangular(a) && IsTriangular(b),
        ElementwiseValue { Function: OpFunction { Op: Op.Multiply }, Arguments: [var a, var b] } => a.Rank == 2 && IsTriangular(a) || b.Rank == 2 && IsTriangular(b),
        _ => false,
    };

    private static bool IsTriangular(BoundDistribution distribution) =>
        distribution is CatalogDistribution { Distribution: LKJCholesky } || distribution is RepeatedDistribution repeated && IsTriangular(repeated.Base);

    private bool IsNonNegative(Variable variable)
    {
        if (variable.Lower is ConstantValue { Value: >= 0 }) return true;
        if (variable.IsInput || !_open.Add(variable)) return false;
        var definitions = graph.DefinitionsOf(variable).ToArray();
        var isNonNegative = definitions.Length > 0 && Array.TrueForAll(definitions, d => d.Value is { } value ? IsNonNegative(value) : IsDrawnNonNegative(d));
        _open.Remove(variable);
        return isNonNegative;
    }
}

/// <summary>Those of a model that is being conditioned.</summary>
internal sealed class ConditionedFacts(Draft draft) : QuantityFacts(draft.Graph)
{
    private readonly Shapes _shapes = new(draft.Code, v => draft.State(v)?.Shape, v => draft.State(v)?.Rows);

    public override int[]? ShapeOf(Bound quantity) => _shapes.Of(quantity);

    protected override bool IsDrawnNonNegative(Definition definition)
    {
        var state = draft.Definitions[draft.Graph.Definitions.IndexOf(definition)];
        var code = DistributionCode.Of(definition.Distribution!, draft.Code);
        for (var i = 0; i < state.Count; i++)
        {
            Iterations.Set(draft.Code, state, i);
            code.Prepare();
            var size = Math.Max(1, RoleAssignment.EventSize(state, i));
            for (var e = 0; e * size < state.SizeOf(i); e++)
                if (!(code.Support(e).Lower >= 0)) return false;
        }
        return true;
    }
}

/// <summary>Those of a model without data: what is not known is taken to be as it must be.</summary>
internal sealed class GraphFacts(ModelGraph graph) : QuantityFacts(graph)
{
    public override int[]? ShapeOf(Bound quantity) => null;

    protected override bool IsDrawnNonNegative(Definition definition) => IsNonNegative(definition.Distribution!);

    private bool IsNonNegative(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution { Distribution: ScalarDistribution scalar } d => scalar.Bounds<Real>(d.Form, [.. d.Arguments.Select(a => (Real)(a is ConstantValue c ? c.Value : double.NaN))]) is { HasLower: true, Lower: var lower } && lower >= 0.0,
        TruncatedDistribution { Lower: { } lower } => IsNonNegative(lower),
        _ when Parts.Inside(distribution).ToArray() is { Length: > 0 } inside => Array.TrueForAll(inside, IsNonNegative),
        _ => false,
    };
}
