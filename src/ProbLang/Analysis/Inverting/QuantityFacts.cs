using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>What the statements of a model that is being conditioned say of quantities.</summary>
internal sealed class QuantityFacts(Draft draft) : IQuantityFacts
{
    private readonly Shapes _shapes = new(draft.Code, v => draft.State(v)?.Shape, v => draft.State(v)?.Rows);
    private readonly HashSet<Variable> _open = new(ReferenceEqualityComparer.Instance);

    public int[]? ShapeOf(Bound quantity) => _shapes.Of(quantity);

    public string TextOf(Bound quantity) => draft.Graph.Source.TextOf(quantity.Span);

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

    public bool IsTriangular(Bound matrix) => matrix switch
    {
        VariableValue { Variable: var variable } => variable.Structure == Structure.Cholesky
            || draft.Graph.DefinitionsOf(variable).ToArray() is { Length: > 0 } definitions && Array.TrueForAll(definitions, d => d.Distribution is { } drawn ? IsTriangular(drawn) : d.Indices.IsEmpty && IsTriangular(d.Value!)),
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
        var isNonNegative = draft.DefinitionsOf[variable].Any() && draft.DefinitionsOf[variable].All(d => IsNonNegative(draft.Definitions[d]));
        _open.Remove(variable);
        return isNonNegative;
    }

    private bool IsNonNegative(DefinitionState state)
    {
        if (state.Definition.Value is { } value) return IsNonNegative(value);
        var code = DistributionCode.Of(state.Definition.Distribution!, draft.Code);
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
