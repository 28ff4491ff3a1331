using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>The algebra of nets on doubles.</summary>
internal sealed unsafe class RealNetMath : NetMath<Real>
{
    private readonly RealNetMath? _ofWeights;
    private readonly double[] _weights;

    public RealNetMath(double[] weights) => _weights = weights;

    private RealNetMath(RealNetMath ofWeights) => (_ofWeights, _weights) = (ofWeights, ofWeights._weights);

    /// <summary>The same weights, and what was computed of them, for another evaluation.</summary>
    public RealNetMath Fork() => new(_ofWeights ?? this);

    public override Arr<Real> Once(object key, Func<Arr<Real>> make)
    {
        if (_ofWeights is not { } shared) return base.Once(key, make);
        lock (shared) return shared.Once(key, make);
    }

    /// <summary>Numbers in memory.</summary>
    public static Arr<Real> Copy(int[] shape, ReadOnlySpan<double> values) => new RealArray(values.ToArray(), 0, shape);

    /// <summary>The elements of an array, row-major.</summary>
    public static void CopyTo(Arr<Real> array, Span<double> result)
    {
        var stored = Stored(array);
        stored.Memory.AsSpan(stored.Offset, result.Length).CopyTo(result);
    }

    public override Arr<Real> Weights(WeightBlock block) => new RealArray(_weights, block.Offset, [.. block.Shape]);

    public override Arr<Real> Store(string name, int[] shape, Func<Real[], Real> element)
    {
        var memory = new double[Count(shape)];
        var index = new Real[shape.Length];
        for (var at = 0; at < memory.Length; at++)
        {
            memory[at] = element(index);
            for (var d = shape.Length - 1; d >= 0 && (index[d] = index[d].Value + 1).Value == shape[d]; d--) index[d] = 0;
        }
        return new RealArray(memory, 0, shape);
    }

    public override Arr<Real> Table(string name, int[] shape, double[] values) => new RealArray(values, 0, shape);

    public override Real Lookup(int[] list, Real index) => list[(int)index.Value];

    public override Arr<Real> Join(string name, params ReadOnlySpan<Arr<Real>> parts)
    {
        var (rows, columns) = (parts[0].Length, 0);
        foreach (var part in parts) columns += part.Shape[1];
        var memory = new double[rows * columns];
        var from = 0;
        foreach (var part in parts)
        {
            for (var r = 0; r < rows; r++)
                for (var c = 0; c < part.Shape[1]; c++) memory[r * columns + from + c] = part[r, c];
            from += part.Shape[1];
        }
        return new RealArray(memory, 0, [rows, columns]);
    }

    public override Arr<Real> Rows(Arr<Real> matrix, int from, int count)
    {
        var stored = (RealArray)matrix;
        return new RealArray(stored.Memory, stored.Offset + from * stored.Shape[1], [count, stored.Shape[1]]);
    }

    public override Arr<Real> Product(Arr<Real> a, Arr<Real> b)
    {
        var (left, right) = (Stored(a), Stored(b));
        var (m, k, n) = (a.Length, a.Shape[1], b.Shape[1]);
        var product = new double[m * n];
        var work = new double[MatrixProduct.Work<double>(m, k, n)];
        fixed (double* x = left.Memory, y = right.Memory, z = product, w = work)
            MatrixProduct.Run(new MatrixView<double>(x + left.Offset, k, 1), new MatrixView<double>(y + right.Offset, n, 1), new MatrixView<double>(z, n, 1), m, k, n, adds: false, w);
        return new RealArray(product, 0, [m, n]);
    }

    public override Arr<Real> Inverse(Arr<Real> matrix)
    {
        var (stored, n) = (Stored(matrix), matrix.Length);
        double[] inverse = new double[n * n], factors = new double[n * n], unit = new double[n * n], pivots = new double[n];
        fixed (double* a = stored.Memory, w = inverse, lu = factors, work = unit, p = pivots)
        {
            Kernels.Eliminate(a + stored.Offset, n, lu, p);
            Kernels.InverseEliminated(lu, p, n, w, work);
        }
        return new RealArray(inverse, 0, [n, n]);
    }

    public override Real Sum(Real n, Func<Real, Real> body)
    {
        var sum = 0.0;
        for (var i = 0; i < n.Value; i++) sum += body(i).Value;
        return sum;
    }

    public override Real LogSumExp(int n, Func<Real, Real> body)
    {
        var greatest = double.NegativeInfinity;
        for (var i = 0; i < n; i++) greatest = Math.Max(greatest, body(i));
        var sum = 0.0;
        for (var i = 0; i < n; i++) sum += Math.Exp(body(i) - greatest);
        return greatest + Math.Log(sum);
    }

    /// <summary>Of what is no label, -1.</summary>
    public override Real Place(Real label, int levels) => label >= 1 && label <= levels ? Math.Floor(label) - 1 : -1;

    private static RealArray Stored(Arr<Real> array) => (RealArray)array;

    private static int Count(int[] shape) => shape.Aggregate(1, (a, b) => a * b);

    /// <summary>Doubles in memory, row-major. What an index does not reach is not a number.</summary>
    private sealed class RealArray(double[] memory, int offset, int[] shape) : Arr<Real>(shape)
    {
        public double[] Memory => memory;

        public int Offset => offset;

        public override Real this[params ReadOnlySpan<Real> index]
        {
            get
            {
                var at = 0;
                for (var d = 0; d < index.Length; d++)
                {
                    if (!(index[d].Value >= 0)) return double.NaN;
                    at = at * Shape[d] + (int)index[d].Value;
                }
                return memory[offset + at];
            }
        }
    }
}
