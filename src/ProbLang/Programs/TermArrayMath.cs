using System.Diagnostics;
using ProbLang.Numerics;

namespace ProbLang.Programs;

internal sealed partial class Lowering
{
    // A reduction this short is written out, so that its parts stay in registers of the loop around it.
    private const int LongestUnrolled = 8;

    /// <summary>Reductions as sums over counters, and matrix kernels as calls.</summary>
    private sealed class TermArrayMath(Lowering owner) : IArrayMath<Term>
    {
        public Term Sum(int n, Func<Term, Term> body)
        {
            if (n > LongestUnrolled) return owner.SumOver([n], i => body(i[0]));
            Term sum = 0.0;
            for (var i = 0; i < n; i++) sum += body((double)i);
            return sum;
        }

        public Term Max(int n, Func<Term, Term> body) => Max(n, body, Op.Maximum);

        private Term Max(int n, Func<Term, Term> body, Op greater)
        {
            if (n == 0) return double.NegativeInfinity;
            if (n <= LongestUnrolled)
            {
                var max = Term.AsReal(body(0.0));
                for (var i = 1; i < n; i++) max = Term.Apply(greater, max, body((double)i));
                return max;
            }
            var counter = owner.Enter(n);
            var over = Term.Max(owner._table, counter, body(owner._table.Value(counter)));
            owner.Leave();
            return over;
        }

        public Term LogSumExp(int n, Func<Term, Term> body)
        {
            // Around the greatest, taken as a constant: its derivative cancels. All of them -infinity leaves -infinity.
            var shift = Term.Apply(Op.GreaterOf, Term.Constant(Max(n, body, Op.GreaterOf)), double.MinValue);
            return shift + RealMath.Log(Sum(n, i => Term.Apply(Op.ExpNonPositive, body(i) - shift)));
        }

        public Term MvNormalLogDensity(Arr<Term> x, Arr<Term> mean, Arr<Term> matrix, MatrixForm form)
        {
            var n = matrix.Length;
            var deepest = Math.Max(owner.Deepest(x), Math.Max(owner.Deepest(mean), owner.Deepest(matrix)));
            Counter[] batch = [.. owner._active.Take(deepest)];
            var count = batch.Aggregate(1, (product, c) => product * c.Size);
            if (form == MatrixForm.Covariance && count > 1 && owner.Deepest(matrix) == 0)
            {
                // One factor serves the whole batch.
                matrix = owner.Call(new CholeskyRoutine(n), matrix)[0];
                form = MatrixForm.Cholesky;
            }
            var operands = new BufferSlice[3];
            var strides = new int[3];
            var active = new bool[3];
            Arr<Term>[] views = [x, mean, matrix];
            for (var i = 0; i < 3; i++)
            {
                var isBatched = owner.Deepest(views[i]) > 0;
                operands[i] = owner.Materialize(views[i], isBatched ? batch : [], isLower: i == 2);
                strides[i] = isBatched ? (i == 2 ? n * n : n) : 0;
                active[i] = operands[i].Buffer.IsActive;
            }
            var kernel = new MvNormalKernel(form, n, count, strides, active);
            var densities = new Buffer("mv_normal", count, active.Contains(true) ? BufferKind.Work : BufferKind.Scratch);
            var (gradients, work) = kernel.Buffers();
            owner._program.Add(new KernelCall(kernel, operands, [new BufferSlice(densities, 0), .. gradients], [work]));
            return Term.Load(owner._table, densities, Flat(Array.ConvertAll(batch, owner._table.Value), Array.ConvertAll(batch, c => c.Size)));
        }

        public Term LogDeterminant(Arr<Term> matrix) => owner.Call(new LogDeterminantRoutine(matrix.Length), matrix)[0].Scalar;

        public (Term, Term) Mahalanobis(Arr<Term> x, Arr<Term> location, Arr<Term> scale) =>
            owner.Call(new MahalanobisRoutine(scale.Length), x, location, scale) is [var determinant, var square] ? (determinant.Scalar, square.Scalar) : throw new UnreachableException();

        public (Term, Term) TraceOfQuotient(Arr<Term> divisor, Arr<Term> matrix) =>
            owner.Call(new TraceOfQuotientRoutine(matrix.Length), divisor, matrix) is [var determinant, var trace] ? (determinant.Scalar, trace.Scalar) : throw new UnreachableException();
    }

    /// <summary>A buffer for what is computed from others: data from data, and without a derivative where none of them has one.</summary>
    private static Buffer Result(string name, int length, params ReadOnlySpan<Buffer> inputs)
    {
        var (isData, isActive) = (true, false);
        foreach (var input in inputs)
        {
            isData &= input.Kind == BufferKind.Data;
            isActive |= input.IsActive;
        }
        return Result(name, length, isData, isActive);
    }

    private static Buffer Result(string name, int length, bool isData, bool isActive, Precision precision = Precision.Double) =>
        new(name, length, isData ? BufferKind.Data : isActive ? BufferKind.Work : BufferKind.Scratch) { Initial = isData ? new double[length] : null, IsTable = isData, Precision = precision };

    /// <summary>How many of the open loops, counted from the outermost, a view's elements depend on.</summary>
    private int Deepest(Arr<Term> view)
    {
        if (view is BufferArray) return 0;
        var probe = Array.ConvertAll(view.Shape, Enter);
        var element = view[Array.ConvertAll(probe, _table.Value)];
        Leave(probe.Length);
        var deepest = 0;
        for (var i = 0; i < _active.Count; i++)
            if (element.DependsOn(_active[i])) deepest = i + 1;
        return deepest;
    }

    /// <summary>
    /// The elements of a view in memory, in loops over its shape inside of the batch loops given. With
    /// <paramref name="isLower"/> only the lower triangle of the last two dimensions is computed.
    /// </summary>
    private BufferSlice Materialize(Arr<Term> view, Counter[] batch, bool isLower = false, Precision precision = Precision.Double)
    {
        if (view is BufferArray whole && batch.Length == 0) return whole.Slice;
        var sizes = Array.ConvertAll(batch, c => c.Size);
        var length = sizes.Concat(view.Shape).Aggregate(1, (a, b) => a * b);
        var saved = _active.ToArray();
        _active.Clear();
        _active.AddRange(batch);
        var index = new Term[view.Rank];
        for (var d = 0; d < view.Rank; d++)
        {
            var isColumn = isLower && d == view.Rank - 1;
            var counter = isColumn ? _table.Counter(_active.Count, index[d - 1] + 1.0) : _table.Counter(_active.Count, (double)view.Shape[d]);
            _active.Add(counter);
            index[d] = _table.Value(counter);
        }
        var value = Term.AsReal(view[index]);
        var at = Flat([.. batch.Select(_table.Value), .. index], [.. sizes, .. view.Shape]);
        if (_materialized.TryGetValue((value, at), out var known))
        {
            _active.Clear();
            _active.AddRange(saved);
            return known;
        }
        var buffer = Result($"array{_materialized.Count}", length, value.IsData, value.IsActive, precision);
        _program.Add(new Store([.. _active], buffer, at, value, adds: false));
        _active.Clear();
        _active.AddRange(saved);
        return _materialized[(value, at)] = new BufferSlice(buffer, 0);
    }

    private readonly Dictionary<(Term Value, Term Index), BufferSlice> _materialized = [];
}

/// <summary>A view that is a buffer as it lies in memory.</summary>
internal sealed class BufferArray(TermTable table, BufferSlice slice, int[] shape)
    : Arr<Term>(shape, index => Term.Load(table, slice.Buffer, FlatIndex(index, shape) + (double)slice.Offset))
{
    public BufferSlice Slice => slice;

    private static Term FlatIndex(ReadOnlySpan<Term> index, ReadOnlySpan<int> shape)
    {
        Term flat = 0.0;
        for (var i = 0; i < shape.Length; i++) flat = flat * (double)shape[i] + index[i];
        return flat;
    }
}
