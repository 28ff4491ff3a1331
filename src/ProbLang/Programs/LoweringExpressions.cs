using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Programs;

internal sealed partial class Lowering
{
    private readonly Dictionary<Bound, Arr<Term>> _whole = new(ReferenceEqualityComparer.Instance);

    /// <summary>An expression as a view; a scalar is computed at once.</summary>
    private Arr<Term> Lower(Bound expression, Bindings environment)
    {
        // What stands outside of all plates is the same view wherever it is used.
        // But what it is for one value of a discrete unknown, it is not for another.
        if (!environment.IsEmpty || _finite is not null) return Build(expression, environment);
        if (!_whole.TryGetValue(expression, out var view)) _whole.Add(expression, view = Build(expression, environment));
        return view;
    }

    private Term Scalar(Bound expression, Bindings environment) => Lower(expression, environment).Scalar;

    private Arr<Term> Build(Bound expression, Bindings environment)
    {
        switch (expression)
        {
            case ConstantValue constant:
                return new Arr<Term>((Term)constant.Value);
            case LoopValue loop:
                return new Arr<Term>(environment[loop.Loop]);
            case VariableValue variable:
                return WholeVariable(variable.Variable);
            case ElementwiseValue elementwise:
                return Elementwise(elementwise, environment);
            case ConditionalValue conditional:
                return Choose(conditional, environment);
            case IndexedValue indexed:
                return Index(indexed, environment);
            case ArrayLiteral literal:
                return Literal(Array.ConvertAll([.. literal.Elements], e => Lower(e, environment)));
            case RangeValue range:
                var first = Scalar(range.Lower, environment);
                return Shaped(1, (_, _) => Extent(Scalar(range.Upper, environment) - first + 1.0, range.Span), i => i[0] + first);
            case Comprehension comprehension:
                return Comprehend(comprehension, environment);
            case ArrayFunctionValue function:
                return Function(function, environment);
            case DistributionValue value:
                return Ask(value, environment);
            case NetValue net:
                return Apply(net, environment);
            default:
                throw new UnreachableException($"no case for {expression.GetType().Name}");
        }
    }

    private Arr<Term> WholeVariable(Variable variable)
    {
        var shape = ShapeOf(variable);
        if (_newRows?.Template.IsOfRow(variable) == true) return new Arr<Term>(shape, index => Read(variable, index));
        if (shape.Length == 0) return new Arr<Term>(Read(variable, []));
        if (_model[variable].Rows is not null) return RaggedVariable(variable);
        return Memory(variable) is { } slice ? new BufferArray(_table, slice, shape) : new Arr<Term>(shape, index => Read(variable, index));
    }

    private Arr<Term> Elementwise(ElementwiseValue value, Bindings environment)
    {
        var arguments = Array.ConvertAll([.. value.Arguments], a => Lower(a, environment));
        return Map(arguments, value.Span, terms => value.Function.Evaluate<Term>(terms));
    }

    /// <summary>A function of scalars over arrays of one shape; scalars go with every element.</summary>
    private Arr<Term> Map(Arr<Term>[] arguments, Span span, Func<Term[], Term> function)
    {
        if (Array.Find(arguments, a => a is VaryingArray) is VaryingArray varying)
        {
            foreach (var argument in arguments)
                if (argument.Rank == 1) RequireSame(varying, argument, span);
            return new VaryingArray(varying.Shape, varying.Size, index => function(Array.ConvertAll(arguments, a => a.Rank == 0 ? a.Scalar : a[index])));
        }
        var shape = Array.Find(arguments, a => a.Rank > 0)?.Shape ?? [];
        foreach (var argument in arguments)
            if (argument.Rank > 0 && !argument.Shape.AsSpan().SequenceEqual(shape)) throw Objection.Shapes(_model.Graph.Source, span, shape, argument.Shape);
        if (shape.Length == 0) return new Arr<Term>(function(Array.ConvertAll(arguments, a => a.Scalar)));
        return new Arr<Term>(shape, index => function(Array.ConvertAll(arguments, a => a.Rank == 0 ? a.Scalar : a[index])));
    }

    private Arr<Term> Choose(ConditionalValue value, Bindings environment)
    {
        var condition = Lower(value.Condition, environment);
        if (condition.Rank == 0 && condition.Scalar is { Kind: TermKind.Constant } known)
            return Spread(Lower(known.Value != 0 ? value.Then : value.Else, environment), value.Rank, () => Lower(known.Value != 0 ? value.Else : value.Then, environment));
        return Map([condition, Lower(value.Then, environment), Lower(value.Else, environment)], value.Span, t => Term.Where(t[0], t[1], t[2]));
    }

    /// <summary>A scalar branch of an array choice takes the shape of the other.</summary>
    private static Arr<Term> Spread(Arr<Term> chosen, int rank, Func<Arr<Term>> other) =>
        chosen.Rank == rank ? chosen : other() is VaryingArray varying ? new VaryingArray(varying.Shape, varying.Size, _ => chosen.Scalar) : new Arr<Term>(other().Shape, _ => chosen.Scalar);

    private Arr<Term> Index(IndexedValue value, Bindings environment)
    {
        if (value.Array is VariableValue { Variable: var variable } && value.Rank == 0 && value.Indices.All(i => i is AtIndex { Position.Rank: 0 }))
            return new Arr<Term>(Read(variable, [.. value.Indices.Select(i => Scalar(((AtIndex)i).Position, environment) - 1.0)]));
        var array = Lower(value.Array, environment);
        // Of the result: the size of each dimension under the indices before it. Of the array: where each dimension is read.
        var shape = new List<Func<Term[], Term>>();
        var steps = new List<Func<Term[], Term>>();
        Term Size(int d, Term[] index) => SizeOf(array, d, [.. steps.Take(d).Select(s => Term.AsInteger(_table, s(index)))]);
        for (var d = 0; d < array.Rank; d++)
        {
            var (at, dimension) = (shape.Count, d);
            switch (d < value.Indices.Length ? value.Indices[d] : null)
            {
                case AtIndex { Position.Rank: 0 } element:
                    var position = Scalar(element.Position, environment) - 1.0;
                    steps.Add(_ => position);
                    break;
                case AtIndex element:
                    var positions = Lower(element.Position, environment);
                    shape.Add(_ => SizeOf(positions, 0));
                    steps.Add(index => positions[index[at]] - 1.0);
                    break;
                case SliceOf slice:
                    var from = slice.Lower is null ? 0.0 : Scalar(slice.Lower, environment) - 1.0;
                    var upper = slice.Upper is null ? null : Scalar(slice.Upper, environment);
                    shape.Add(before => Extent((upper ?? Size(dimension, before)) - from, value.Span));
                    steps.Add(index => index[at] + from);
                    break;
                default:
                    shape.Add(before => Size(dimension, before));
                    steps.Add(index => index[at]);
                    break;
            }
        }
        Term[] At(Term[] index) => [.. steps.Select(s => Term.AsInteger(_table, s(index)))];
        if (shape.Count == 0) return new Arr<Term>(array[At([])]);
        return Shaped(shape.Count, (d, before) => shape[d](before), index => array[At(index)]);
    }

    private Arr<Term> Literal(Arr<Term>[] elements)
    {
        int[] shape = [elements.Length, .. elements.Length == 0 ? [] : elements[0].Shape];
        BufferSlice? memory = null;
        return new Arr<Term>(shape, index =>
        {
            if (index[0].Kind == TermKind.Constant) return elements[(int)index[0].Value][index.AsSpan(1)];
            if (elements.All(e => e.Rank == 0 && e.Scalar.Free.Length == 0))
            {
                memory ??= StoreScalars(Array.ConvertAll(elements, e => e.Scalar));
                return Term.Load(_table, memory.Value.Buffer, index[0]);
            }
            var chosen = elements[^1][index.AsSpan(1)];
            for (var k = elements.Length - 2; k >= 0; k--)
                chosen = Term.Where(Term.Apply(Op.Equal, Term.AsReal(index[0]), (double)k), elements[k][index.AsSpan(1)], chosen);
            return chosen;
        });
    }

    /// <summary>Scalars side by side in memory.</summary>
    private BufferSlice StoreScalars(Term[] scalars)
    {
        var isData = Array.TrueForAll(scalars, s => s.IsData);
        // Known now, they can be sizes and indices too.
        if (isData && Array.ConvertAll(scalars, IndexRange.Evaluate) is var known && !Array.Exists(known, double.IsNaN))
            return new BufferSlice(new Buffer($"list{_lists++}", known.Length, BufferKind.Data) { Initial = known }, 0);
        var buffer = new Buffer($"list{_lists++}", scalars.Length, isData ? BufferKind.Data : BufferKind.Work) { Initial = isData ? new double[scalars.Length] : null, IsTable = isData };
        for (var i = 0; i < scalars.Length; i++)
        {
            _program.Add(new Store([], buffer, (double)i, Term.AsReal(scalars[i]), adds: false));
        }
        return new BufferSlice(buffer, 0);
    }

    private int _lists;

    private Arr<Term> Comprehend(Comprehension value, Bindings environment)
    {
        var lower = Scalar(value.Lower, environment);
        var extent = Extent(Scalar(value.Upper, environment) - lower + 1.0, value.Span);
        Arr<Term> Body(Term at) => Lower(value.Body, environment.With(value.Loop, at + lower));
        if (value.Body.Rank == 0) return Shaped(1, (_, _) => extent, index => Body(index[0]).Scalar);
        if (extent.Kind != TermKind.Constant || new SizeDependence(loop => loop == value.Loop, v => _model[v].Rows is not null).Of(value.Body))
            return Shaped(value.Rank, (d, before) => d == 0 ? extent : SizeOf(Body(before[0]), d - 1, before[1..]), index => Body(index[0])[index.AsSpan(1)]);
        var size = (int)extent.Value;
        var inner = size == 0 ? new int[value.Body.Rank] : Body(0.0).Shape;
        return new Arr<Term>([size, .. inner], index => Body(index[0])[index.AsSpan(1)]);
    }

    /// <summary>A size as a number; one that differs between iterations is an objection.</summary>
    private int Size(Term size, Span span) =>
        Extent(size, span) is { Kind: TermKind.Constant } known ? (int)known.Value : throw Objection.VaryingLength(_model.Graph.Source, span);

    private Arr<Term> Function(ArrayFunctionValue value, Bindings environment)
    {
        if (value.Function is ArrayFunction.Sum && value.Arguments[0] is Comprehension { Body.Rank: 0 } ragged) return new Arr<Term>(SumOf(ragged, environment));
        var a = Array.ConvertAll([.. value.Arguments], x => Lower(x, environment));
        if (Array.Exists(a, x => x is VaryingArray)) return VaryingFunction(value, a) ?? throw Objection.VaryingLength(_model.Graph.Source, value.Span);
        switch (value.Function)
        {
            case ArrayFunction.Sum:
                return new Arr<Term>(Total(a[0], t => t));
            case ArrayFunction.Mean:
                return new Arr<Term>(Total(a[0], t => t) / (double)Count(a[0]));
            case ArrayFunction.Variance:
                return new Arr<Term>(Variance(a[0]));
            case ArrayFunction.Sd:
                return new Arr<Term>(RealMath.Sqrt(Variance(a[0])));
            case ArrayFunction.Prod:
                return new Arr<Term>(Product(a[0]));
            case ArrayFunction.Min:
                return new Arr<Term>(-Greatest(a[0], t => -t));
            case ArrayFunction.Max:
                return new Arr<Term>(Greatest(a[0], t => t));
            case ArrayFunction.LogSumExp:
                var all = Flatten(a[0]);
                return new Arr<Term>(_math.LogSumExp(Count(a[0]), i => all[i]));
            case ArrayFunction.Softmax or ArrayFunction.LogSoftmax:
                return Softmax(a[0], value.Function == ArrayFunction.LogSoftmax);
            case ArrayFunction.Cumsum:
                return Cumsum(a[0]);
            case ArrayFunction.Size:
                return new Arr<Term>((Term)(double)Count(a[0]));
            case ArrayFunction.Length or ArrayFunction.Rows:
                return new Arr<Term>((Term)(double)a[0].Shape[0]);
            case ArrayFunction.Cols:
                return new Arr<Term>((Term)(double)a[0].Shape[1]);
            case ArrayFunction.Dot:
                Require(a[0].Length == a[1].Length, value.Span, a[0], a[1]);
                return new Arr<Term>(_math.Sum(a[0].Length, i => a[0][i] * a[1][i]));
            case ArrayFunction.MatrixMultiply:
                return Multiply(a[0], a[1], value.Span);
            case ArrayFunction.Transpose:
                return new Arr<Term>([a[0].Shape[1], a[0].Shape[0]], i => a[0][i[1], i[0]]);
            case ArrayFunction.Diag:
                return new Arr<Term>([a[0].Length, a[0].Length], i => Term.Where(SameIndex(i[0], i[1]), a[0][i[0]], 0.0));
            case ArrayFunction.Diagonal:
                return new Arr<Term>([a[0].Length], i => a[0][i[0], i[0]]);
            case ArrayFunction.Identity:
                var n = Size(a[0].Scalar, value.Span);
                return new Arr<Term>([n, n], i => SameIndex(i[0], i[1]));
            case ArrayFunction.Trace:
                return new Arr<Term>(_math.Sum(a[0].Length, i => a[0][i, i]));
            case ArrayFunction.Outer:
                return new Arr<Term>([a[0].Length, a[1].Length], i => a[0][i[0]] * a[1][i[1]]);
            case ArrayFunction.Quadratic:
                return Quadratic(value, a);
            case ArrayFunction.Ones or ArrayFunction.Zeros:
                Term fill = value.Function == ArrayFunction.Ones ? 1.0 : 0.0;
                return Shaped(a.Length, (d, _) => Extent(a[d].Scalar, value.Span), _ => fill);
            case ArrayFunction.Linspace:
                var count = Size(a[2].Scalar, value.Span);
                return new Arr<Term>([count], i => a[0].Scalar + (a[1].Scalar - a[0].Scalar) * (Term.AsReal(i[0]) / (double)Math.Max(1, count - 1)));
            case ArrayFunction.OneHot:
                int[] indicators = [.. a[0].Shape, Size(a[1].Scalar, value.Span)];
                return new Arr<Term>(indicators, i => RealMath.Equal(a[0].Rank == 0 ? a[0].Scalar : a[0][i.AsSpan(0, i.Length - 1)], Term.AsReal(i[^1]) + 1.0));
            case ArrayFunction.Concat or ArrayFunction.Append:
                return Concatenate(a, value.Span);
            case ArrayFunction.GpExpQuad:
                return Covariance(a, value.Span, (d, scale) => Square(a[1].Scalar) * RealMath.Exp(-0.5 * (d / Square(scale))));
            case ArrayFunction.GpMatern32:
                return Covariance(a, value.Span, (d, scale) => Matern(Math.Sqrt(3) * Distance(d) / scale, z => z + 1.0));
            case ArrayFunction.GpMatern52:
                return Covariance(a, value.Span, (d, scale) => Matern(Math.Sqrt(5) * Distance(d) / scale, z => z + Square(z) / 3.0 + 1.0));
            case ArrayFunction.GpPeriodic:
                return Covariance(a, value.Span, (d, scale) => Square(a[1].Scalar) * RealMath.Exp(-2.0 * Square(RealMath.Sin(Math.PI * Distance(d) / a[3].Scalar) / scale)));
            case ArrayFunction.Cholesky or ArrayFunction.Inverse or ArrayFunction.Det or ArrayFunction.LogDet or ArrayFunction.Solve or ArrayFunction.Sort or ArrayFunction.Rank when CanCall(a):
                return Call(RoutineOf(value, a), a)[0];
            default:
                return OfData(value, environment) ?? throw Objection.Function(_model.Graph.Source, value);
        }

        Term Matern(Term z, Func<Term, Term> polynomial) => Square(a[1].Scalar) * (polynomial(z) * RealMath.Exp(-z));
    }

    private Routine RoutineOf(ArrayFunctionValue value, Arr<Term>[] a)
    {
        var n = a[0].Length;
        if (a[0].Rank == 2) Require(n == a[0].Shape[1], value.Span, a[0], a[0]);
        if (value.Function == ArrayFunction.Solve) Require(n == a[1].Length, value.Span, a[0], a[1]);
        return value.Function switch
        {
            ArrayFunction.Cholesky => new CholeskyRoutine(n),
            ArrayFunction.Inverse => new InverseRoutine(n),
            ArrayFunction.Det => new DeterminantRoutine(n, isLog: false),
            ArrayFunction.LogDet => new DeterminantRoutine(n, isLog: true),
            ArrayFunction.Solve => new SolveRoutine(n, a[1].Shape),
            ArrayFunction.Sort => new SortRoutine(n),
            ArrayFunction.Rank => new RankRoutine(n),
            _ => throw new UnreachableException($"{value.Function} is no routine"),
        };
    }

    /// <summary>A function that has no derivative here may still be computed once where all of it is known.</summary>
    private Arr<Term>? OfData(Bound value, Bindings environment)
    {
        if (!environment.IsEmpty || Dependencies.Of(value).Any(v => !IsKnown(v))) return null;
        var tensor = new Evaluator(_model).Evaluate(value);
        if (tensor.Rank == 0) return new Arr<Term>((Term)tensor.Values[0]);
        var buffer = new Buffer($"known{_lists++}", tensor.Values.Length, BufferKind.Data) { Initial = tensor.Values };
        return new BufferArray(_table, new BufferSlice(buffer, 0), tensor.Shape);
    }

    private static Term Square(Term x) => RealMath.Square(x);

    /// <summary>The root of a squared distance, whose derivative is 0 at 0.</summary>
    private static Term Distance(Term squared)
    {
        var isZero = RealMath.Equal(squared, 0.0);
        return Term.Where(isZero, 0.0, RealMath.Sqrt(Term.Where(isZero, 1.0, squared)));
    }

    private static Term SameIndex(Term i, Term j) => i.Kind == TermKind.Constant && j.Kind == TermKind.Constant
        ? i.Value == j.Value ? 1.0 : 0.0
        : ReferenceEquals(i, j) ? 1.0 : Term.Apply(Op.Equal, i, j);

    /// <summary>
    /// A covariance function of the squared distance between inputs, which are numbers or rows, and of the length scale. Where there is one for
    /// each dimension, distances are measured in it.
    /// </summary>
    private Arr<Term> Covariance(Arr<Term>[] a, Span span, Func<Term, Term, Term> kernel)
    {
        var (x, scales) = (a[0], a[2]);
        if (scales.Rank == 1) Require(x.Rank == 2 && x.Shape[1] == scales.Length, span, x, scales);
        Term Squared(Term i, Term j) => x.Rank == 1 ? Square(x[i] - x[j])
            : scales.Rank == 1 ? _math.Sum(x.Shape[1], d => Square((x[i, d] - x[j, d]) / scales[d]))
            : _math.Sum(x.Shape[1], d => Square(x[i, d] - x[j, d]));
        return new Arr<Term>([x.Length, x.Length], i => kernel(Squared(i[0], i[1]), scales.Rank == 1 ? 1.0 : scales.Scalar));
    }

    private Term SumOf(Comprehension value, Bindings environment)
    {
        var lower = Scalar(value.Lower, environment);
        var size = Extent(Scalar(value.Upper, environment) - lower + 1.0, value.Span);
        return SumTo(size, at => Scalar(value.Body, environment.With(value.Loop, at + lower)));
    }

    private Term Total(Arr<Term> array, Func<Term, Term> of)
    {
        if (array.Rank == 0) return of(array.Scalar);
        if (array.Rank == 1) return _math.Sum(array.Length, i => of(array[i]));
        return SumOver(array.Shape, index => of(array[index]));
    }

    private Term Greatest(Arr<Term> array, Func<Term, Term> of)
    {
        var all = Flatten(array);
        return _math.Max(Count(array), i => of(all[i]));
    }

    private Term Variance(Arr<Term> array)
    {
        var mean = Total(array, t => t) / (double)Count(array);
        return Total(array, t => Square(t - mean)) / (double)(Count(array) - 1);
    }

    private Term Product(Arr<Term> array)
    {
        var all = Flatten(array);
        var n = Count(array);
        Term product = 1.0;
        if (n <= LongestUnrolled || Deepest(array) > 0)
        {
            for (var i = 0; i < n; i++) product *= all[(double)i];
            return product;
        }
        // A running product in memory: derivatives stay right where a factor is 0.
        return Running(all, n, 1.0, (before, x) => before * x)[(double)(n - 1)];
    }

    private Arr<Term> Cumsum(Arr<Term> array)
    {
        if (Deepest(array) == 0 && array.Length > LongestUnrolled) return Running(array, array.Length, 0.0, (before, x) => before + x);
        return new Arr<Term>([array.Length], index =>
        {
            if (index[0].Kind == TermKind.Constant) return _math.Sum((int)index[0].Value + 1, i => array[i]);
            var counter = _table.Counter(_active.Count, index[0] + 1.0);
            _active.Add(counter);
            var sum = Term.Sum(counter, Term.AsReal(array[_table.Value(counter)]));
            Leave();
            return sum;
        });
    }

    /// <summary>r[i] = step(r[i - 1], x[i]) as a sequential loop, started from <paramref name="start"/>.</summary>
    private BufferArray Running(Arr<Term> x, int n, double start, Func<Term, Term, Term> step)
    {
        var buffer = new Buffer($"running{_lists++}", n + 1, BufferKind.Work) { Initial = [start, .. new double[n]] };
        AtTop(() =>
        {
            var counter = Enter(n);
            var i = _table.Value(counter);
            var value = step(Term.Load(_table, buffer, i), Term.AsReal(x[i]));
            _program.Add(new Scan([counter], [new Store([counter], buffer, i + 1.0, value, adds: false)], isReversed: false));
            Leave();
        });
        return new BufferArray(_table, new BufferSlice(buffer, 1), [n]);
    }

    private Arr<Term> Softmax(Arr<Term> array, bool isLog)
    {
        var n = array.Shape[^1];
        return new Arr<Term>(array.Shape, index =>
        {
            var normalizer = _math.LogSumExp(n, i => array[[.. index[..^1], i]]);
            var log = Term.AsReal(array[index]) - normalizer;
            return isLog ? log : RealMath.Exp(log);
        });
    }

    private Arr<Term> Multiply(Arr<Term> a, Arr<Term> b, Span span)
    {
        Require(a.Shape[^1] == b.Shape[0], span, a, b);
        var inner = b.Shape[0];
        var isLarge = a.Rank == 2 && (long)a.Shape[0] * inner > 2 * LongestUnrolled;
        if (isLarge && Deepest(a) == 0 && Deepest(b) == 0) return MultiplyByKernel(a, b);
        return (a.Rank, b.Rank) switch
        {
            (1, 1) => new Arr<Term>(_math.Sum(inner, k => a[k] * b[k])),
            (2, 1) => new Arr<Term>([a.Shape[0]], i => _math.Sum(inner, k => a[i[0], k] * b[k])),
            (1, 2) => new Arr<Term>([b.Shape[1]], i => _math.Sum(inner, k => a[k] * b[k, i[0]])),
            _ => new Arr<Term>([a.Shape[0], b.Shape[1]], i => _math.Sum(inner, k => a[i[0], k] * b[k, i[1]])),
        };
    }

    private BufferArray MultiplyByKernel(Arr<Term> a, Arr<Term> b)
    {
        var (left, right) = (Materialize(a, []), Materialize(b, []));
        if (_products.TryGetValue((left, right), out var known)) return known;
        int[] shape = b.Rank == 1 ? [a.Shape[0]] : [a.Shape[0], b.Shape[1]];
        var size = shape.Aggregate(1, (x, y) => x * y);
        var output = new BufferSlice(Result($"product{_products.Count}", size, left.Buffer, right.Buffer), 0);
        _program.Add(b.Rank == 1
            ? MatrixProductKernel.MatVec(left, right, output, a.Shape[0], a.Shape[1])
            : MatrixProductKernel.MatMul(left, right, output, a.Shape[0], a.Shape[1], b.Shape[1]));
        return _products[(left, right)] = new BufferArray(_table, output, shape);
    }

    private readonly Dictionary<(BufferSlice, BufferSlice), BufferArray> _products = [];

    private Arr<Term> Quadratic(ArrayFunctionValue value, Arr<Term>[] a)
    {
        // quadratic(A, x) = xᵀ A x, in either order of the arguments.
        var (matrix, x) = a[0].Rank == 2 ? (a[0], a[1]) : (a[1], a[0]);
        Require(matrix.Shape[1] == x.Length, value.Span, matrix, x);
        return new Arr<Term>(_math.Sum(x.Length, i => x[i] * _math.Sum(x.Length, j => matrix[i, j] * x[j])));
    }

    private Arr<Term> Concatenate(Arr<Term>[] parts, Span span)
    {
        var rank = Math.Max(1, parts.Max(p => p.Rank));
        parts = Array.ConvertAll(parts, p => p.Rank == rank ? p : new Arr<Term>([1, .. p.Shape], index => p[index.AsSpan(1)]));
        foreach (var part in parts) Require(part.Shape.AsSpan(1).SequenceEqual(parts[0].Shape.AsSpan(1)), span, parts[0], part);
        int[] shape = [parts.Sum(p => p.Length), .. parts[0].Shape[1..]];
        return new Arr<Term>(shape, index =>
        {
            Term? chosen = null;
            var from = shape[0];
            for (var k = parts.Length - 1; k >= 0; k--)
            {
                from -= parts[k].Length;
                if (parts[k].Length == 0) continue;
                var (part, start) = (parts[k], from);
                if (index[0].Kind == TermKind.Constant)
                {
                    if (index[0].Value >= start && index[0].Value < start + part.Length) return part[[index[0] - (double)start, .. index[1..]]];
                    continue;
                }
                // Each part is read within its own bounds, whatever part the index lies in.
                var at = parts.Length == 1 ? index[0] : Within(index[0] - (double)start, part.Length);
                var element = Term.AsReal(part[[at, .. index[1..]]]);
                chosen = chosen is null ? element : Term.Where(Term.Apply(Op.Less, index[0], (double)(start + part.Length)), element, chosen);
            }
            return chosen ?? throw new UnreachableException("an element of an empty array");
        });
    }

    private static int Count(Arr<Term> array) => array.Shape.Aggregate(1, (a, b) => a * b);

    /// <summary>All elements in one row.</summary>
    private Arr<Term> Flatten(Arr<Term> array)
    {
        if (array.Rank == 1) return array;
        if (array.Rank == 0) return new Arr<Term>([1], _ => array.Scalar);
        var cells = Enumerable.Range(0, Count(array)).ToArray();
        return new Arr<Term>([cells.Length], index => index[0].Kind == TermKind.Constant
            ? array[ConstantIndex((int)index[0].Value, array.Shape)]
            : array[Unflat("cell", cells, array.Shape, index[0])]);
    }

    private static Term[] ConstantIndex(int cell, int[] shape)
    {
        var index = new Term[shape.Length];
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            index[d] = (double)(cell % shape[d]);
            cell /= shape[d];
        }
        return index;
    }

    private void Require(bool agrees, Span span, Arr<Term> a, Arr<Term> b)
    {
        if (!agrees) throw Objection.Shapes(_model.Graph.Source, span, a.Shape, b.Shape);
    }
}
