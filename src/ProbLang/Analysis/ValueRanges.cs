using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>
/// Between which values an expression lies, whatever the unknown quantities are. The answer is exact or there is none: where an unknown goes in
/// twice, or through anything but sums, products and rising functions, the ends need not be reached.
/// </summary>
internal sealed class ValueRanges
{
    private const int LongestPath = 100;

    private readonly ConditionedModel _model;
    private readonly HashSet<Variable> _restricted = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Variable, (int[] Definition, int[] Iteration)> _owners = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Bound, Func<Tensor>> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, (DistributionCode Code, int Iteration)> _drawn = [];
    private readonly HashSet<(Variable, int)> _seen = [];
    private int _path;

    public ValueRanges(ConditionedModel model)
    {
        _model = model;
        Code = new ExpressionCode(model.Graph.Source, v => new Tensor(model[v].Shape, model[v].Values) { Rows = model[v].Rows }) { Plans = net => model.Nets[net] };
        foreach (var order in model.Graph.GivenOrders) _restricted.UnionWith(Uses.Of(order));
        foreach (var condition in model.Graph.GivenConditions) _restricted.UnionWith(Uses.Of(condition));
        foreach (var factor in model.Graph.Factors) _restricted.UnionWith(Uses.Of(factor));
    }

    /// <summary>Whose loops have the values under which ranges are asked for.</summary>
    public ExpressionCode Code { get; }

    /// <summary>The range of a cell of an expression; null where it is not known exactly.</summary>
    public (double Lower, double Upper)? Of(Bound value, int cell)
    {
        _seen.Clear();
        return Range(value, cell);
    }

    /// <summary>The range of a cell of a variable; null where it is not known exactly.</summary>
    public (double Lower, double Upper)? Of(Variable variable, int cell)
    {
        _seen.Clear();
        return Range(variable, cell);
    }

    /// <summary>The value under the present values of the loops; NaN where it is not known.</summary>
    public Tensor Evaluate(Bound value)
    {
        if (!_values.TryGetValue(value, out var evaluate)) _values.Add(value, evaluate = Code.Array(value));
        return evaluate();
    }

    private (double Lower, double Upper)? Range(Bound value, int cell) => value switch
    {
        ConstantValue constant => (constant.Value, constant.Value),
        LoopValue loop => (Code[loop.Loop].Value, Code[loop.Loop].Value),
        VariableValue variable => Range(variable.Variable, cell),
        IndexedValue { Array: VariableValue { Variable: var variable } } element when element.Indices.Length == variable.Rank && element.Indices.All(i => i is AtIndex { Position.Rank: 0 }) =>
            CellOf(variable, element) is { } at ? Range(variable, at) : null,
        ElementwiseValue { Function: OpFunction } elementwise => Range(elementwise, cell),
        ArrayFunctionValue { Function: ArrayFunction.MatrixMultiply or ArrayFunction.Dot, Arguments: [{ Rank: 1 or 2 } rows, { Rank: 1 } vector] } => Product(rows, vector, cell),
        _ => Known(value, cell),
    };

    /// <summary>A row of a matrix, or a vector, times a vector.</summary>
    private (double, double)? Product(Bound rows, Bound vector, int row)
    {
        var (sum, count) = ((Lower: 0.0, Upper: 0.0), Evaluate(vector).Length);
        for (var k = 0; k < count; k++)
        {
            if (Range(rows, row * count + k) is not { } a || Range(vector, k) is not { } b) return null;
            var (lower, upper) = Ends(a, b, Product);
            sum = (sum.Lower + lower, sum.Upper + upper);
        }
        return double.IsNaN(sum.Lower) || double.IsNaN(sum.Upper) ? null : sum;
    }

    private (double, double)? Known(Bound value, int cell)
    {
        var known = Evaluate(value).Values[cell];
        return double.IsNaN(known) ? null : (known, known);
    }

    private int? CellOf(Variable variable, IndexedValue element)
    {
        var cell = 0;
        for (var d = 0; d < variable.Rank; d++)
        {
            var index = Evaluate(((AtIndex)element.Indices[d]).Position).Values[0];
            if (!(index >= 1 && index <= _model[variable].Shape[d])) return null;
            cell = cell * _model[variable].Shape[d] + (int)index - 1;
        }
        return cell;
    }

    private (double, double)? Range(ElementwiseValue value, int cell)
    {
        var arguments = new (double Lower, double Upper)[value.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (Range(value.Arguments[i], value.Arguments[i].Rank == 0 ? 0 : cell) is not { } range) return null;
            arguments[i] = range;
        }
        var found = (((OpFunction)value.Function).Op, arguments) switch
        {
            (Op.Add, [var a, var b]) => (a.Lower + b.Lower, a.Upper + b.Upper),
            (Op.Subtract, [var a, var b]) => (a.Lower - b.Upper, a.Upper - b.Lower),
            (Op.Negate, [var a]) => (-a.Upper, -a.Lower),
            (Op.Multiply, [var a, var b]) => Ends(a, b, Product),
            (Op.Divide, [var a, var b]) when b.Lower > 0 || b.Upper < 0 => Ends(a, b, (x, y) => x / y),
            (Op.Exp or Op.Logistic or Op.Phi or Op.Softplus or Op.Tanh, [var a]) => (At(value.Function, a.Lower), At(value.Function, a.Upper)),
            (_, _) when Array.TrueForAll(arguments, a => a.Lower == a.Upper) => Point(value.Function, arguments),
            _ => (double.NaN, double.NaN),
        };
        return double.IsNaN(found.Item1) || double.IsNaN(found.Item2) ? null : found;
    }

    private static (double, double) Ends((double Lower, double Upper) a, (double Lower, double Upper) b, Func<double, double, double> of)
    {
        double[] ends = [of(a.Lower, b.Lower), of(a.Lower, b.Upper), of(a.Upper, b.Lower), of(a.Upper, b.Upper)];
        return (ends.Min(), ends.Max());
    }

    /// <summary>What grows without bound, times nothing, is nothing.</summary>
    private static double Product(double x, double y) => x == 0 || y == 0 ? 0 : x * y;

    private static double At(ElementwiseFunction function, double x) => function.Evaluate<Real>([x]);

    private static (double, double) Point(ElementwiseFunction function, (double Lower, double Upper)[] arguments)
    {
        double value = function.Evaluate<Real>([.. arguments.Select(a => (Real)a.Lower)]);
        return (value, value);
    }

    private (double, double)? Range(Variable variable, int cell)
    {
        var state = _model[variable];
        if (!double.IsNaN(state.Values[cell])) return (state.Values[cell], state.Values[cell]);
        if (_path == LongestPath || _restricted.Contains(variable) || !_seen.Add((variable, cell))) return null;
        var (definition, iteration) = OwnerOf(variable, cell);
        if (definition < 0 || !_model.Definitions[definition].Space.OpenGates.IsEmpty || _model.Definitions[definition].Definition.IsMerged) return null;
        _path++;
        var range = Under(_model.Definitions[definition], iteration, () => _model.Definitions[definition].Definition is { Value: { } value }
            ? Range(value, cell - _model.Definitions[definition].Targets[iteration])
            : Support(definition, iteration, cell));
        _path--;
        return range;
    }

    private (double, double)? Support(int definition, int iteration, int cell)
    {
        var state = _model.Definitions[definition];
        if (state.EventRank > 0) return state.Definition.Distribution is CatalogDistribution { Distribution: Distributions.ArrayDistribution { Constraint: Distributions.EventConstraint.None } } ? (double.NegativeInfinity, double.PositiveInfinity) : null;
        if (!_drawn.TryGetValue(definition, out var drawn)) drawn = (DistributionCode.Of(state.Definition.Distribution!, Code), -1);
        if (drawn.Iteration != iteration) drawn.Code.Prepare();
        _drawn[definition] = drawn with { Iteration = iteration };
        var (lower, upper) = drawn.Code.Support(cell - state.Targets[iteration]);
        return double.IsNaN(lower) || double.IsNaN(upper) ? null : (lower, upper);
    }

    /// <summary>Computes something in an iteration, and goes back to where the loops stood.</summary>
    private T Under<T>(DefinitionState state, int iteration, Func<T> compute)
    {
        var plates = state.Definition.Plates;
        var before = plates.Select(p => Code[p.Loop].Value).ToArray();
        Iterations.Set(Code, state, iteration);
        var result = compute();
        for (var p = 0; p < before.Length; p++) Code[plates[p].Loop].Value = before[p];
        return result;
    }

    private (int Definition, int Iteration) OwnerOf(Variable variable, int cell)
    {
        if (!_owners.TryGetValue(variable, out var owners))
        {
            owners = (new int[_model[variable].Count], new int[_model[variable].Count]);
            Array.Fill(owners.Definition, -1);
            for (var d = 0; d < _model.Definitions.Count; d++)
            {
                var state = _model.Definitions[d];
                if (state.Definition.Variable != variable) continue;
                for (var i = 0; i < state.Count; i++)
                {
                    owners.Definition.AsSpan(state.Targets[i], state.SizeOf(i)).Fill(d);
                    owners.Iteration.AsSpan(state.Targets[i], state.SizeOf(i)).Fill(i);
                }
            }
            _owners.Add(variable, owners);
        }
        return (owners.Definition[cell], owners.Iteration[cell]);
    }
}
