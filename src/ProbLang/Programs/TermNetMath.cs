using ProbLang.Analysis;
using ProbLang.Numerics;

namespace ProbLang.Programs;

internal sealed partial class Lowering
{
    /// <summary>The algebra of nets on terms: what is in memory is a buffer that a statement fills, and products of matrices are kernels.</summary>
    private sealed class TermNetMath(Lowering owner, BufferSlice weights) : NetMath<Term>
    {
        private readonly Dictionary<int[], IntegerBuffer> _lists = new(ReferenceEqualityComparer.Instance);

        public override Arr<Term> Weights(WeightBlock block) =>
            new BufferArray(owner._table, weights with { Offset = weights.Offset + block.Offset }, [.. block.Shape]);

        public override Arr<Term> Store(string name, int[] shape, Func<Term[], Term> element)
        {
            var counters = Array.ConvertAll(shape, owner.Enter);
            var index = Array.ConvertAll(counters, owner._table.Value);
            var value = Term.AsReal(element(index));
            owner.Leave(shape.Length);
            var buffer = Own(name, Count(shape), value.IsData, value.IsActive);
            owner._program.Add(new Store(counters, buffer, Flat(index, shape), value, adds: false));
            return new BufferArray(owner._table, new BufferSlice(buffer, 0), shape);
        }

        public override Arr<Term> Table(string name, int[] shape, double[] values) =>
            new BufferArray(owner._table, new BufferSlice(new Buffer(name, values.Length, BufferKind.Data) { Initial = values }, 0), shape);

        public override Term Lookup(int[] list, Term index)
        {
            if (!_lists.TryGetValue(list, out var buffer)) _lists.Add(list, buffer = new IntegerBuffer($"order{_lists.Count}", list));
            return Term.Load(owner._table, buffer, index);
        }

        public override Arr<Term> Join(string name, params ReadOnlySpan<Arr<Term>> parts)
        {
            var (rows, columns, from) = (parts[0].Length, 0, 0);
            var (isData, isActive) = (true, false);
            var values = new (Counter[] Counters, Term[] Index, Term Value)[parts.Length];
            for (var p = 0; p < parts.Length; p++)
            {
                var counters = Array.ConvertAll(parts[p].Shape, owner.Enter);
                var index = Array.ConvertAll(counters, owner._table.Value);
                values[p] = (counters, index, Term.AsReal(parts[p][index]));
                owner.Leave(2);
                columns += parts[p].Shape[1];
                (isData, isActive) = (isData && values[p].Value.IsData, isActive || values[p].Value.IsActive);
            }
            var buffer = Own(name, rows * columns, isData, isActive);
            foreach (var (counters, index, value) in values)
            {
                owner._program.Add(new Store(counters, buffer, index[0] * (double)columns + index[1] + (double)from, value, adds: false));
                from += counters[1].Size;
            }
            return new BufferArray(owner._table, new BufferSlice(buffer, 0), [rows, columns]);
        }

        public override Arr<Term> Rows(Arr<Term> matrix, int from, int count)
        {
            var slice = ((BufferArray)matrix).Slice;
            return new BufferArray(owner._table, slice with { Offset = slice.Offset + from * matrix.Shape[1] }, [count, matrix.Shape[1]]);
        }

        public override Arr<Term> Product(Arr<Term> a, Arr<Term> b)
        {
            var (left, right) = (((BufferArray)a).Slice, ((BufferArray)b).Slice);
            var isData = left.Buffer.Kind == BufferKind.Data && right.Buffer.Kind == BufferKind.Data;
            var output = new BufferSlice(Own("product", a.Length * b.Shape[1], isData, left.Buffer.IsActive || right.Buffer.IsActive), 0);
            owner._program.Add(MatrixProductKernel.MatMul(left, right, output, a.Length, b.Length, b.Shape[1]));
            return new BufferArray(owner._table, output, [a.Length, b.Shape[1]]);
        }

        /// <summary>Of a copy, as routines take doubles.</summary>
        public override Arr<Term> Inverse(Arr<Term> matrix) => owner.Call(new InverseRoutine(matrix.Length), new Arr<Term>(matrix.Shape, i => matrix[i]))[0];

        public override Term Sum(Term n, Func<Term, Term> body) => owner.SumTo(n, body);

        public override Term LogSumExp(int n, Func<Term, Term> body) => owner._math.LogSumExp(n, body);

        public override Term Place(Term label, int levels)
        {
            var place = Term.AsInteger(owner._table, label - 1.0);
            return Term.AsInteger(owner._table, RealMath.Minimum(RealMath.Maximum(Term.AsReal(place), 0.0), levels - 1.0));
        }

        /// <summary>A buffer of the net's own, in the precision of nets; of several of one name each has a number.</summary>
        private Buffer Own(string name, int length, bool isData, bool isActive)
        {
            var number = owner._netBuffers[name] = owner._netBuffers.GetValueOrDefault(name) + 1;
            return Result(number == 1 ? name : $"{name}{number}", length, isData, isActive, isData ? Precision.Double : owner._precision);
        }

        private static int Count(int[] shape) => shape.Aggregate(1, (a, b) => a * b);
    }
}
