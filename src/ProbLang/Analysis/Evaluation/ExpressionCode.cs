using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>
/// Turns bound expressions into closures over doubles. A value that is not known is NaN, and whatever needs it is NaN too,
/// comparisons and choices included. Serves one thread. Mistakes that only data can show (an index outside its array,
/// shapes that differ) are thrown as <see cref="DiagnosticException"/>.
/// </summary>
/// <param name="source">The model's text, for places in messages.</param>
/// <param name="storage">Where the cells of a variable are; asked once for each use, when it is compiled.</param>
internal sealed class ExpressionCode(SourceText source, Func<Variable, Tensor> storage)
{
    private readonly Dictionary<Loop, StrongBox<int>> _loops = new(ReferenceEqualityComparer.Instance);
    private Ticker _iterations;

    /// <summary>Told of every iteration that expressions are evaluated in.</summary>
    public void Tick() => _iterations.Tick();

    /// <summary>The present value of a loop's index.</summary>
    public StrongBox<int> this[Loop loop] =>
        _loops.TryGetValue(loop, out var box) ? box : _loops[loop] = new StrongBox<int>();

    public SourceText Source => source;

    /// <summary>The nets with their sizes.</summary>
    public Func<Net, NetPlan> Plans { get; init; } = net => throw new UnreachableException($"the sizes of {net} are not known");

    public Tensor Storage(Variable variable) => storage(variable);

    /// <summary>The value under the present values of the loops.</summary>
    public Tensor Evaluate(Bound e) => Array(e)();

    /// <summary>A scalar expression.</summary>
    public Func<double> Scalar(Bound e)
    {
        Debug.Assert(e.Rank == 0);
        switch (e)
        {
            case ConstantValue constant:
                return () => constant.Value;
            case LoopValue loop:
                var box = this[loop.Loop];
                return () => box.Value;
            case VariableValue variable:
                var cells = storage(variable.Variable).Values;
                return () => cells[0];
            case ElementwiseValue elementwise:
                return Elementwise(elementwise.Function, [.. elementwise.Arguments.Select(Scalar)]);
            case WeightCount count:
                return () => Plans(count.Net).WeightCount;
            case ConditionalValue choice:
                var (condition, then, otherwise) = (Scalar(choice.Condition), Scalar(choice.Then), Scalar(choice.Else));
                return () => condition() switch { double.NaN => double.NaN, 0 => otherwise(), _ => then() };
            case IndexedValue { Array: VariableValue variable } element when element.Indices.Length == variable.Rank && element.Indices.All(i => i is AtIndex):
                return Element(element, storage(variable.Variable));
            default:
                var array = Array(e);
                return () => array().Values[0];
        }
    }

    /// <summary>An expression of any rank. The tensor given may be a variable's own storage: read it, do not write to it. It is good until the next call.</summary>
    public Func<Tensor> Array(Bound e)
    {
        switch (e)
        {
            case VariableValue variable:
                var whole = storage(variable.Variable);
                return () => whole;
            case ArrayFunctionValue function:
                return Apply(function);
            case DistributionValue value:
                return Ask(value);
            case NetValue net:
                return Apply(net);
            case IndexedValue indexed when indexed.Rank > 0 || indexed.Array is not VariableValue || indexed.Indices.Any(i => i is not AtIndex):
                return Gather(indexed);
            case { Rank: 0 }:
                var (scalar, single) = (Scalar(e), Tensor.Scalar(0));
                return () =>
                {
                    single.Values[0] = scalar();
                    return single;
                };
            case ElementwiseValue elementwise:
                return Elementwise(elementwise);
            case ArrayLiteral literal:
                var elements = literal.Elements.Select(Array).ToArray();
                return Stack(e, () => elements.Length, i => elements[i]());
            case Comprehension comprehension:
                return Comprehend(comprehension);
            case RangeValue range:
                return Range(range);
            case ConditionalValue choice:
                return Choose(choice);
            default:
                throw new UnreachableException($"{e.GetType().Name} is not evaluated");
        }
    }

    // Apart, so that Located itself has no closure to make.
    private DiagnosticException Mismatch(
        Span span, ShapeMismatchException mismatch, ImmutableArray<Bound> operands, IEnumerable<(Span Span, Bound? Value, int[] Shape)>? shapes, Tensor[]? values)
    {
        var written = shapes ?? (values is null ? [] : values.Select((v, i) => (operands[i].Span, (Bound?)operands[i], v.Shape)));
        var text = mismatch.IsOfOperands ? ShapeWords.OfAll(source, written.Select(o => new ShapedOperand(o.Item1, o.Item2, System.Array.ConvertAll(o.Item3, n => (int?)n)))) : "";
        return new DiagnosticException(DataDiagnostics.ShapesDiffer(source.Locate(span), text.Length > 0 ? text : mismatch.Message));
    }

    /// <summary>Runs what may find that shapes do not go together, and gives the mistake its place.</summary>
    public T Located<T>(Span span, Func<T> compute, ImmutableArray<Bound> operands = default, Tensor[]? values = null, Func<IEnumerable<(Span Span, Bound? Value, int[] Shape)>>? shapes = null)
    {
        try
        {
            return compute();
        }
        catch (ShapeMismatchException mismatch)
        {
            throw Mismatch(span, mismatch, operands, shapes?.Invoke(), values);
        }
        catch (CodeOutsideException outside)
        {
            throw new DiagnosticException(DataDiagnostics.CodeOutside(source.Locate(span), outside.Code, outside.Size));
        }
    }

    /// <summary>An index as an offset from 0; -1 where it is not known.</summary>
    public int Offset(double index, int size, Bound array, int dimension, Span span, ReadOnlySpan<int> row = default)
    {
        if (index >= 1 && index <= size && index == Math.Floor(index)) return (int)index - 1;
        if (double.IsNaN(index)) return -1;
        if (index > size && !row.IsEmpty && !row.Contains(-1))
            throw new DiagnosticException(DataDiagnostics.RowIndexOutside(source.Locate(span), (array as VariableValue)?.Variable.Called, index, System.Array.ConvertAll(row.ToArray(), i => i + 1), size));
        throw new DiagnosticException(DataDiagnostics.IndexOutside(source.Locate(span), (array as VariableValue)?.Variable.Called, index, size, dimension, array.Rank));
    }

    private Func<Tensor> Ask(DistributionValue value)
    {
        var (distribution, at, buffer) = (DistributionCode.Of(value.Distribution, this), Array(value.At), new TensorBuffer());
        var (shapes, eventRank) = (new Shapes(this, v => storage(v).Shape, v => storage(v).Rows), DistributionTraits.EventRank(value.Distribution));
        return () =>
        {
            var x = at();
            distribution.Prepare();
            var result = buffer.OfShape(shapes.Of(value) ?? throw new UnreachableException("the shapes of variables are known"));
            var size = Tensor.CountOf(x.Shape.AsSpan(x.Rank - eventRank));
            for (var e = 0; e < result.Values.Length; e++)
            {
                var point = x.Values.AsSpan(x.Rank == eventRank ? 0 : e * size, size);
                result.Values[e] = distribution.IsKnown && !HasUnknown(point) ? Answer(value.Question, distribution, e, point) : double.NaN;
            }
            return result;
        };
    }

    private static bool HasUnknown(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
            if (double.IsNaN(value)) return true;
        return false;
    }

    private static double Answer(DistributionQuestion question, DistributionCode distribution, int e, ReadOnlySpan<double> x) => question switch
    {
        DistributionQuestion.LogDensity => distribution.LogDensity(e, x),
        DistributionQuestion.Cdf => Math.Exp(distribution.LogBelow(e, x[0], true)),
        DistributionQuestion.LogSurvival => distribution.LogAbove(e, x[0], false),
        DistributionQuestion.Quantile => distribution.Quantile(e, x[0]),
        _ => throw new UnreachableException(question.ToString()),
    };

    private static Func<double> Elementwise(ElementwiseFunction function, Func<double>[] arguments)
    {
        if (function is OpFunction { Op: var op })
        {
            var a = arguments[0];
            if (arguments.Length == 1) return () => Known(a(), op);
            var b = arguments[1];
            return op switch
            {
                Op.Add => () => a() + b(),
                Op.Subtract => () => a() - b(),
                Op.Multiply => () => a() * b(),
                Op.Divide => () => a() / b(),
                _ => () => Known(a(), b(), op),
            };
        }
        var values = new Real[arguments.Length];
        return () =>
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                values[i] = arguments[i]();
                if (double.IsNaN(values[i])) return double.NaN;
            }
            return function.Evaluate<Real>(values);
        };
    }

    private static double Known(double x, Op op) => double.IsNaN(x) ? double.NaN : Numerics.Scalar.Apply(op, x);

    private static double Known(double x, double y, Op op) =>
        double.IsNaN(x) || double.IsNaN(y) ? double.NaN : Numerics.Scalar.Apply(op, x, y);

    private Func<double> Element(IndexedValue element, Tensor array)
    {
        var (values, shape) = (array.Values, array.Shape);
        var positions = Positions(element.Indices).Select(Scalar).ToArray();
        if (positions.Length == 1)
        {
            var (position, size) = (positions[0], shape[0]);
            return () => Offset(position(), size, element.Array, 0, element.Span) is var at && at < 0 ? double.NaN : values[at];
        }
        if (array.Rows is { } rows) return RaggedElement(element, positions, values, rows);
        return () =>
        {
            var offset = 0;
            for (var d = 0; d < positions.Length; d++)
            {
                var at = Offset(positions[d](), shape[d], element.Array, d, element.Span);
                if (at < 0) return double.NaN;
                offset = offset * shape[d] + at;
            }
            return values[offset];
        };
    }

    private Func<double> RaggedElement(IndexedValue element, Func<double>[] positions, double[] values, RowLengths rows)
    {
        var index = new int[positions.Length];
        return () =>
        {
            var offset = 0;
            for (var d = 0; d < positions.Length; d++)
            {
                index[d] = Offset(positions[d](), rows[d, offset], element.Array, d, element.Span, index.AsSpan(0, rows.IsRagged(d) ? d : 0));
                if (index[d] < 0) return double.NaN;
                offset = offset * rows.Shape[d] + index[d];
            }
            return values[offset];
        };
    }

    private static IEnumerable<Bound> Positions(ImmutableArray<BoundIndex> indices) => indices.Select(i => ((AtIndex)i).Position);

    private Func<Tensor> Gather(IndexedValue e)
    {
        var array = Array(e.Array);
        var selections = e.Indices.Select((index, d) => Selection.Of(index, d, e, this)).ToArray();
        var gathering = new Gathering(selections);
        return () => gathering.Of(array());
    }

    private Func<Tensor> Apply(ArrayFunctionValue e)
    {
        var arguments = e.Arguments.Select(Array).ToArray();
        var values = new Tensor[arguments.Length];
        Func<Tensor> apply = () => ArrayFunctions.Apply(e.Function, values);
        return () =>
        {
            for (var i = 0; i < arguments.Length; i++) values[i] = arguments[i]();
            return Located(e.Span, apply, e.Arguments, values);
        };
    }

    private Func<Tensor> Apply(NetValue e)
    {
        var (argument, context, weights) = (Array(e.Argument), e.Context is { } given ? Array(given) : null, Array(e.Weights ?? throw new UnreachableException("a net has weights once it is conditioned")));
        var plan = new Once<NetPlan>(() => Plans(e.Net));
        var application = new NetApplication(e, source);
        return () => application.Of(plan.Value, argument(), context?.Invoke(), weights());
    }

    private Func<Tensor> Elementwise(ElementwiseValue e)
    {
        var arguments = e.Arguments.Select(Array).ToArray();
        var operands = new Tensor[arguments.Length];
        var buffer = new TensorBuffer();
        Func<int[]> broadcast = () => Shapes.Broadcast(operands);
        Func<RowLengths?> ragged = () => Shapes.Rows(operands);
        var at = 0;
        var element = Elementwise(e.Function, [.. operands.Select((_, i) => (Func<double>)(() => At(operands[i], at)))]);
        return () =>
        {
            // An expression does not contain itself, so the operands of one use are not overwritten by an inner one.
            for (var i = 0; i < arguments.Length; i++) operands[i] = arguments[i]();
            var result = buffer.OfShape(Located(e.Span, broadcast, e.Arguments, operands));
            var cells = result.Values;
            for (at = 0; at < cells.Length; at++) cells[at] = element();
            return System.Array.Exists(operands, o => o.Rows is not null) ? new Tensor(result.Shape, cells) { Rows = Located(e.Span, ragged) } : result;
        };
    }

    private static double At(Tensor t, int i) => t.Values[t.Rank == 0 ? 0 : i];

    private Func<Tensor> Choose(ConditionalValue choice)
    {
        var (condition, then, otherwise) = (Array(choice.Condition), Array(choice.Then), Array(choice.Else));
        // Where one number decides between two arrays, the one not taken is not computed: it may not be there.
        if (choice.Condition.Rank == 0 && choice.Then.Rank == choice.Rank && choice.Else.Rank == choice.Rank)
            return () => condition().Values[0] switch { double.NaN => Tensor.Unknown(then().Shape), 0 => otherwise(), _ => then() };
        var operands = new Tensor[3];
        ImmutableArray<Bound> written = [choice.Condition, choice.Then, choice.Else];
        var buffer = new TensorBuffer();
        Func<int[]> broadcast = () => Shapes.Broadcast(operands);
        Func<RowLengths?> ragged = () => Shapes.Rows(operands);
        return () =>
        {
            (operands[0], operands[1], operands[2]) = (condition(), then(), otherwise());
            var (c, a, b) = (operands[0], operands[1], operands[2]);
            var result = buffer.OfShape(Located(choice.Span, broadcast, written, operands));
            for (var i = 0; i < result.Values.Length; i++)
                result.Values[i] = At(c, i) switch { double.NaN => double.NaN, 0 => At(b, i), _ => At(a, i) };
            return System.Array.Exists(operands, o => o.Rows is not null) ? new Tensor(result.Shape, result.Values) { Rows = Located(choice.Span, ragged) } : result;
        };
    }

    private Func<Tensor> Comprehend(Comprehension e)
    {
        var (lower, upper, box) = (Scalar(e.Lower), Scalar(e.Upper), this[e.Loop]);
        if (e.Body.Rank == 0)
        {
            var (body, buffer) = (Scalar(e.Body), new TensorBuffer());
            return () =>
            {
                var (from, n) = Extent(lower(), upper(), e.Span);
                var result = buffer.OfShape(n);
                for (var i = 0; i < n; i++)
                {
                    Tick();
                    box.Value = from + i;
                    result.Values[i] = body();
                }
                return result;
            };
        }
        var row = Array(e.Body);
        var first = 0;
        return Stack(e, () =>
        {
            (first, var n) = Extent(lower(), upper(), e.Span);
            return n;
        }, i =>
        {
            Tick();
            box.Value = first + i;
            return row();
        });
    }

    private Func<Tensor> Stack(Bound e, Func<int> count, Func<int, Tensor> element)
    {
        var stacking = new Stacking(element, e.Rank);
        Func<Tensor> stack = () => stacking.Of(count());
        return () => Located(e.Span, stack);
    }

    private Func<Tensor> Range(RangeValue e)
    {
        var (lower, upper, buffer) = (Scalar(e.Lower), Scalar(e.Upper), new TensorBuffer());
        return () =>
        {
            var (first, n) = Extent(lower(), upper(), e.Span);
            var result = buffer.OfShape(n);
            for (var i = 0; i < n; i++) result.Values[i] = first + i;
            return result;
        };
    }

    /// <summary>The first value and the number of values of a range; both ends must be known whole numbers.</summary>
    public (int First, int Count) Extent(double lower, double upper, Span span)
    {
        foreach (var end in (ReadOnlySpan<double>)[lower, upper])
        {
            if (double.IsNaN(end)) throw new DiagnosticException(DataDiagnostics.RangeUnknown(source.Locate(span)));
            if (end != Math.Floor(end) || Math.Abs(end) > int.MaxValue / 2) throw new DiagnosticException(DataDiagnostics.RangeNotWhole(source.Locate(span), end));
        }
        var count = upper - lower + 1;
        if (count > 1 << 12) Budget.Current.Elements(count, "this range", source.Locate(span));
        return ((int)lower, Math.Max(0, (int)count));
    }
}
