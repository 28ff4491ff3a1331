using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Programs;

/// <summary>Arrays whose sizes are not the same everywhere: rows of ragged arrays, and slices and ranges that end at a loop's index.</summary>
internal sealed partial class Lowering
{
    /// <summary>Beyond this many iterations the values of a size are told from its form alone.</summary>
    private const long MostSizesListed = 1 << 21;

    private readonly Dictionary<Term, (long Low, long High)?> _sizes = [];
    private readonly Dictionary<(Variable, int), IntegerBuffer> _rowLengths = [];

    /// <summary>A ragged variable: the lengths of its rows are a table.</summary>
    private Arr<Term> RaggedVariable(Variable variable)
    {
        var state = _model[variable];
        Term Size(int d, Term[] before)
        {
            if (!state.Rows!.IsRagged(d)) return (double)state.Shape[d];
            if (!_rowLengths.TryGetValue((variable, d), out var lengths))
                _rowLengths.Add((variable, d), lengths = new IntegerBuffer($"{variable}_length{(state.Shape.Length > 2 ? $"{d + 1}" : "")}", state.Rows.Lengths(d)));
            var row = new Term[d];
            for (var k = 0; k < d; k++) row[k] = Within(Term.AsInteger(_table, before[k]), state.Shape[k]);
            return Term.Load(_table, lengths, Flat(row, state.Shape.AsSpan(0, d)));
        }
        return Shaped(state.Shape.Length, Size, index => Read(variable, index));
    }

    /// <summary>A view with sizes that are terms: an ordinary one where all of them are the same in every iteration.</summary>
    private Arr<Term> Shaped(int rank, Func<int, Term[], Term> size, Func<Term[], Term> element)
    {
        var shape = new int[rank];
        var before = new Term[rank];
        var isFixed = true;
        for (var d = 0; d < rank; d++)
        {
            var own = Known(size(d, before[..d]));
            if (own.Kind != TermKind.Constant) isFixed = false;
            shape[d] = (int)Sizes(own)!.Value.High;
            before[d] = _table.Value(Enter(shape[d]));
        }
        Leave(rank);
        return isFixed ? new Arr<Term>(shape, element) : new VaryingArray(shape, (d, index) => Known(size(d, index)), element);
    }

    /// <summary>A size that is the same in all iterations as a constant.</summary>
    private Term Known(Term size) => Sizes(size) is var (low, high) && low == high ? (double)low : size;

    private static Term SizeOf(Arr<Term> array, int dimension, params Term[] before) =>
        array is VaryingArray varying ? varying.Size(dimension, before) : (double)array.Shape[dimension];

    /// <summary>The number of elements from one end of a range to the other: a constant where it is the same in all iterations.</summary>
    private Term Extent(Term size, Span span)
    {
        size = Term.AsInteger(_table, size);
        if (size.Kind == TermKind.Constant) return Math.Max(0, size.Value);
        if (Sizes(size) is not var (low, high)) throw Objection.VaryingLength(_model.Graph.Source, span);
        if (low == high || high <= 0) return Math.Max(0, (double)low);
        if (low >= 0) return size;
        var free = size.Free;
        if (Array.Exists(free, c => c.Size < 0)) return Term.AsInteger(_table, RealMath.Maximum(Term.AsReal(size), 0.0));
        return Within(size, (int)high + 1);
    }

    /// <summary>The least and the greatest value of a size; null where the data do not tell.</summary>
    private (long Low, long High)? Sizes(Term size)
    {
        if (size.Kind == TermKind.Constant) return ((long)size.Value, (long)size.Value);
        if (_sizes.TryGetValue(size, out var known)) return known;
        return _sizes[size] = Range(size);
    }

    private static (long, long)? Range(Term size)
    {
        if (!size.IsData) return null;
        var count = 1L;
        foreach (var counter in size.Free) count = counter.Size < 0 || count > MostSizesListed ? long.MaxValue : count * counter.Size;
        if (count > MostSizesListed) return IndexRange.Of(size);
        if (count == 0) return (0, 0);
        var values = IndexRange.Table(size, v => v);
        return (values.Min(), values.Max());
    }

    /// <summary>A view as kernels and decompositions need it, of one size everywhere.</summary>
    private Arr<Term> Fixed(Arr<Term> array, Span span) =>
        array is VaryingArray ? throw Objection.VaryingLength(_model.Graph.Source, span) : array;

    // --- loops as long as data say ---

    private Term SumTo(Term size, Func<Term, Term> body)
    {
        if (size.Kind == TermKind.Constant) return _math.Sum((int)size.Value, body);
        return Over(size, (counter, i) => Term.Sum(counter, Term.AsReal(body(i))));
    }

    private Term Over(Term size, Func<Counter, Term, Term> reduce)
    {
        var counter = _table.Counter(_active.Count, Term.AsInteger(_table, size));
        _active.Add(counter);
        var result = reduce(counter, _table.Value(counter));
        Leave();
        return result;
    }

    /// <summary>All elements of a view, whatever its sizes, taken together dimension by dimension.</summary>
    private Term Reduce(VaryingArray array, Func<Counter, Term, Term> reduce, Func<Term, Term> of)
    {
        return Dimension([]);

        Term Dimension(Term[] before) => before.Length == array.Rank
            ? Term.AsReal(of(array[before]))
            : Over(array.Size(before.Length, before), (counter, i) => reduce(counter, Dimension([.. before, i])));
    }

    private static Term SumOf(Counter counter, Term body) => Term.Sum(counter, body);

    /// <summary>How many elements a view has.</summary>
    private Term CountOf(VaryingArray array)
    {
        return Dimension([]);

        Term Dimension(Term[] before)
        {
            var size = array.Size(before.Length, before);
            return before.Length == array.Rank - 1 ? Term.AsReal(size) : Over(size, (counter, i) => Term.Sum(counter, Dimension([.. before, i])));
        }
    }

    /// <summary>A function of arrays whose sizes vary; null where it is one that needs fixed sizes.</summary>
    private Arr<Term>? VaryingFunction(ArrayFunctionValue value, Arr<Term>[] a)
    {
        var x = a[0] as VaryingArray;
        Term Sum(Func<Term, Term> of) => Reduce(x!, SumOf, of);
        Term Greatest(Func<Term, Term> of) => Reduce(x!, (counter, body) => Term.Max(_table, counter, body), of);
        switch (value.Function)
        {
            case ArrayFunction.Sum when x is not null:
                return new Arr<Term>(Sum(t => t));
            case ArrayFunction.Mean when x is not null:
                return new Arr<Term>(Sum(t => t) / CountOf(x));
            case ArrayFunction.Variance when x is not null:
                return new Arr<Term>(Variance());
            case ArrayFunction.Sd when x is not null:
                return new Arr<Term>(RealMath.Sqrt(Variance()));
            case ArrayFunction.Prod when x is not null:
                return new Arr<Term>(Product(x, value.Span));
            case ArrayFunction.Min when x is not null:
                return new Arr<Term>(-Greatest(t => -t));
            case ArrayFunction.Max when x is not null:
                return new Arr<Term>(Greatest(t => t));
            case ArrayFunction.LogSumExp when x is not null:
                return new Arr<Term>(LogSumExp(Greatest, Sum));
            case ArrayFunction.Size when x is not null:
                return new Arr<Term>(CountOf(x));
            case ArrayFunction.Length or ArrayFunction.Rows:
                return new Arr<Term>(SizeOf(a[0], 0));
            case ArrayFunction.Cols:
                return new Arr<Term>(SizeOf(a[0], 1, 0.0));
            case ArrayFunction.Dot:
                RequireSame(a[0], a[1], value.Span);
                return new Arr<Term>(SumTo(SizeOf(a[0], 0), i => a[0][i] * a[1][i]));
            case ArrayFunction.MatrixMultiply when a[0].Rank == 1 && a[1].Rank == 1:
                RequireSame(a[0], a[1], value.Span);
                return new Arr<Term>(SumTo(SizeOf(a[0], 0), i => a[0][i] * a[1][i]));
            case ArrayFunction.MatrixMultiply when a[0].Rank == 2 && a[1].Rank == 1:
                return Shaped(1, (_, _) => SizeOf(a[0], 0), i => SumTo(SizeOf(a[1], 0), k => a[0][i[0], k] * a[1][k]));
            case ArrayFunction.MatrixMultiply when a[0].Rank == 1:
                return Shaped(1, (_, _) => SizeOf(a[1], 1, 0.0), i => SumTo(SizeOf(a[0], 0), k => a[0][k] * a[1][k, i[0]]));
            case ArrayFunction.Softmax or ArrayFunction.LogSoftmax when x is { Rank: 1 }:
                return new VaryingArray(x.Shape, x.Size, index =>
                {
                    var log = Term.AsReal(x[index]) - LogSumExp(Greatest, Sum);
                    return value.Function == ArrayFunction.LogSoftmax ? log : RealMath.Exp(log);
                });
            case ArrayFunction.Cumsum when x is not null:
                return new VaryingArray(x.Shape, x.Size, index => SumTo(Term.AsInteger(_table, index[0] + 1.0), i => x[i]));
            case ArrayFunction.Outer:
                return Shaped(2, (d, _) => SizeOf(a[d], 0), i => a[0][i[0]] * a[1][i[1]]);
            default:
                return null;
        }

        Term Variance()
        {
            var mean = Sum(t => t) / CountOf(x!);
            return Sum(t => Square(t - mean)) / (CountOf(x!) - 1.0);
        }
    }

    /// <summary>Around the greatest, taken as a constant: its derivative cancels.</summary>
    private static Term LogSumExp(Func<Func<Term, Term>, Term> greatest, Func<Func<Term, Term>, Term> sum)
    {
        var shift = Term.Apply(Op.GreaterOf, Term.Constant(greatest(t => t)), double.MinValue);
        return shift + RealMath.Log(sum(t => Term.Apply(Op.ExpNonPositive, t - shift)));
    }

    /// <summary>
    /// The product of a row that is as long as the data say: a running product in memory, a line for each iteration, so that
    /// derivatives stay right where a factor is 0.
    /// </summary>
    private Term Product(VaryingArray x, Span span)
    {
        var deepest = Deepest(new Arr<Term>([], _ => Term.AsReal(x.Size(0))));
        Counter[] around = [.. _active.Take(Math.Max(deepest, Deepest(x)))];
        var lines = around.Aggregate(1.0, (n, c) => n * c.Size);
        var width = x.Shape[0] + 1;
        // In a recursion the factors are not there before the loop that would read the product.
        if (x.Rank > 1 || _isSequential || Array.Exists(around, c => c.Size < 0) || lines * width > MostRunning) throw Objection.VaryingLength(_model.Graph.Source, span);
        var line = Flat(Array.ConvertAll(around, _table.Value), Array.ConvertAll(around, c => c.Size)) * (double)width;
        var start = new double[(int)lines * width];
        for (var i = 0; i < start.Length; i += width) start[i] = 1;
        var buffer = new Buffer($"running{_lists++}", start.Length, BufferKind.Work) { Initial = start };
        AtTop(() =>
        {
            _active.AddRange(around);
            var counter = _table.Counter(_active.Count, Term.AsInteger(_table, x.Size(0)));
            _active.Add(counter);
            var i = _table.Value(counter);
            var value = Term.Load(_table, buffer, line + i) * Term.AsReal(x[i]);
            _program.Add(new Scan([.. around, counter], [new Store([.. around, counter], buffer, line + i + 1.0, value, adds: false)], isReversed: false));
            _active.Clear();
        });
        return Term.Load(_table, buffer, line + x.Size(0));
    }

    /// <summary>The most numbers that the running products of one expression may take.</summary>
    private const double MostRunning = 1 << 23;

    private void RequireSame(Arr<Term> a, Arr<Term> b, Span span)
    {
        var difference = Term.AsInteger(_table, SizeOf(a, 0) - SizeOf(b, 0));
        if (Sizes(difference) is var (low, high) && (low != 0 || high != 0) && Array.TrueForAll(difference.Free, c => c.Size >= 0))
            throw Objection.Shapes(_model.Graph.Source, span, a.Shape, b.Shape);
    }
}
