using System.Diagnostics;
using MathNet.Numerics.LinearAlgebra;
using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Analysis;

/// <summary>The functions of whole arrays on doubles, written for clarity. Arguments that are not known (NaN) give a result that is not known.</summary>
internal static class ArrayFunctions
{
    public static Tensor Apply(ArrayFunction function, Tensor[] a)
    {
        if (IsAboutShape(function)) return OfShape(function, a);
        if (Array.Exists(a, t => t.Rows is not null))
        {
            if (!IsReduction(function)) throw new ShapeMismatchException("the rows of this array differ in length, and here they must not");
            a = Array.ConvertAll(a, t => t.Elements);
        }
        var shape = ResultShape(function, [.. a.Select(t => t.Shape)], i => a[i].Values[0])
            ?? throw new UnreachableException($"{function} of known arguments has a shape");
        return Array.TrueForAll(a, t => t.IsKnown) ? Compute(function, a, shape) : Tensor.Unknown(shape);
    }

    /// <summary>Whether the result depends on the arguments' shapes alone.</summary>
    public static bool IsAboutShape(ArrayFunction function) =>
        function is ArrayFunction.Size or ArrayFunction.Length or ArrayFunction.Rows or ArrayFunction.Cols;

    /// <summary>Whether it takes all elements of one array to a number, however they are arranged.</summary>
    public static bool IsReduction(ArrayFunction function) => function is ArrayFunction.Sum or ArrayFunction.Prod or ArrayFunction.Mean or ArrayFunction.Variance
        or ArrayFunction.Sd or ArrayFunction.Min or ArrayFunction.Max or ArrayFunction.LogSumExp;

    /// <summary>The shape of the result, from the shapes of the arguments and, for those that are made to a size, their values. Throws <see cref="ShapeMismatchException"/>.</summary>
    public static int[] ResultShape(ArrayFunction function, int[][] a, Func<int, double> value) => function switch
    {
        ArrayFunction.Softmax or ArrayFunction.LogSoftmax or ArrayFunction.Cumsum or ArrayFunction.Sort or ArrayFunction.Rank => a[0],
        ArrayFunction.Inverse or ArrayFunction.Cholesky => Square(a[0]),
        ArrayFunction.MatrixMultiply => Product(a[0], a[1]),
        ArrayFunction.Transpose => [a[0][1], a[0][0]],
        ArrayFunction.Solve => Solved(a[0], a[1]),
        ArrayFunction.Diag => [a[0][0], a[0][0]],
        ArrayFunction.Diagonal => [Math.Min(a[0][0], a[0][1])],
        ArrayFunction.Identity => [Size(value(0)), Size(value(0))],
        ArrayFunction.Outer => [a[0][0], a[1][0]],
        ArrayFunction.Ones or ArrayFunction.Zeros => [.. a.Select((_, i) => Size(value(i)))],
        ArrayFunction.Linspace => [Size(value(2))],
        ArrayFunction.OneHot => [.. a[0], Size(value(1))],
        ArrayFunction.Concat or ArrayFunction.Append => Joined(a),
        ArrayFunction.GpExpQuad or ArrayFunction.GpMatern32 or ArrayFunction.GpMatern52 when a[2] is [var scales] && (a[0].Length == 1 || a[0][1] != scales) =>
            throw new ShapeMismatchException($"there are {scales} length scales for inputs of shape {ShapeText.Of(a[0])}"),
        ArrayFunction.GpExpQuad or ArrayFunction.GpMatern32 or ArrayFunction.GpMatern52 or ArrayFunction.GpPeriodic => [a[0][0], a[0][0]],
        ArrayFunction.Dot => Same(a[0], a[1], []),
        ArrayFunction.Det or ArrayFunction.LogDet or ArrayFunction.Trace => Square(a[0], []),
        _ => [],
    };

    private static Tensor OfShape(ArrayFunction function, Tensor[] a) => Tensor.Scalar(function switch
    {
        ArrayFunction.Size => a[0].Rows?.Cells().Count() ?? a[0].Values.Length,
        ArrayFunction.Length or ArrayFunction.Rows => a[0].Shape[0],
        ArrayFunction.Cols when a[0].Rows is not null => throw new ShapeMismatchException("the rows of this array differ in length, so that it has no number of columns"),
        ArrayFunction.Cols => a[0].Shape[1],
        _ => throw new UnreachableException($"{function} is not about a shape"),
    });

    private static Tensor Compute(ArrayFunction function, Tensor[] a, int[] shape)
    {
        var x = a.Length > 0 ? a[0].Values : [];
        return new Tensor(shape, function switch
        {
            ArrayFunction.Sum => [x.Sum()],
            ArrayFunction.Prod => [x.Aggregate(1.0, (p, v) => p * v)],
            ArrayFunction.Mean => [x.Sum() / x.Length],
            ArrayFunction.Variance => [Variance(x)],
            ArrayFunction.Sd => [Math.Sqrt(Variance(x))],
            ArrayFunction.Min => [x.Aggregate(double.PositiveInfinity, Math.Min)],
            ArrayFunction.Max => [x.Aggregate(double.NegativeInfinity, Math.Max)],
            ArrayFunction.LogSumExp => [LogSumExp(x)],
            ArrayFunction.Softmax => ByLastDimension(a[0], Softmax),
            ArrayFunction.LogSoftmax => ByLastDimension(a[0], LogSoftmax),
            ArrayFunction.Cumsum => Cumsum(x),
            ArrayFunction.Sort => [.. x.Order()],
            ArrayFunction.Rank => [.. x.Select(v => 1.0 + x.Count(u => u < v))],
            ArrayFunction.Dot => [Dot(x, a[1].Values)],
            ArrayFunction.MatrixMultiply => Multiply(a[0], a[1]),
            ArrayFunction.Transpose => Transpose(a[0]),
            ArrayFunction.Inverse => RowMajor(Matrix(a[0]).Inverse()),
            ArrayFunction.Det => [Matrix(a[0]).Determinant()],
            ArrayFunction.LogDet => [LogDet(a[0])],
            ArrayFunction.Solve => Solve(a[0], a[1]),
            ArrayFunction.Cholesky => Cholesky(a[0]),
            ArrayFunction.Diag => Build(x.Length, x.Length, (i, j) => i == j ? x[i] : 0),
            ArrayFunction.Diagonal => [.. Enumerable.Range(0, shape[0]).Select(i => a[0][i, i])],
            ArrayFunction.Identity => Build(shape[0], shape[1], (i, j) => i == j ? 1 : 0),
            ArrayFunction.Trace => [Enumerable.Range(0, a[0].Length).Sum(i => a[0][i, i])],
            ArrayFunction.Outer => Build(shape[0], shape[1], (i, j) => x[i] * a[1].Values[j]),
            ArrayFunction.Quadratic => [a[0].Rank == 2 ? Quadratic(a[0], a[1].Values) : Quadratic(a[1], x)],
            ArrayFunction.Ones => Tensor.Filled(shape, 1).Values,
            ArrayFunction.Zeros => Tensor.Filled(shape, 0).Values,
            ArrayFunction.Linspace => Linspace(x[0], a[1].Values[0], shape[0]),
            ArrayFunction.OneHot => OneHot(x, shape[^1]),
            ArrayFunction.Concat or ArrayFunction.Append => [.. a.SelectMany(t => t.Values)],
            ArrayFunction.GpExpQuad => Covariance(a, d => Math.Exp(-0.5 * d * d)),
            ArrayFunction.GpMatern32 => Covariance(a, d => (1 + Math.Sqrt(3) * d) * Math.Exp(-Math.Sqrt(3) * d)),
            ArrayFunction.GpMatern52 => Covariance(a, d => (1 + Math.Sqrt(5) * d + 5 * d * d / 3) * Math.Exp(-Math.Sqrt(5) * d)),
            ArrayFunction.GpPeriodic => Periodic(a),
            _ => throw new UnreachableException($"{function} is not computed"),
        });
    }

    public static double LogSumExp(ReadOnlySpan<double> x)
    {
        var max = double.NegativeInfinity;
        foreach (var v in x) max = Math.Max(max, v);
        if (double.IsInfinity(max)) return max;
        var sum = 0.0;
        foreach (var v in x) sum += Math.Exp(v - max);
        return max + Math.Log(sum);
    }

    /// <summary>The lower factor, row-major; NaN where the matrix is not positive definite.</summary>
    public static double[] Cholesky(Tensor a)
    {
        var n = a.Length;
        var l = Tensor.Room(n, n);
        var steps = new Ticker();
        for (var j = 0; j < n; j++)
        {
            steps.Tick();
            var row = l.AsSpan(j * n, j);
            var pivot = a[j, j] - Dot(row, row);
            if (!(pivot > 0)) return Tensor.Unknown(n, n).Values;
            l[j * n + j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < n; i++) l[i * n + j] = (a[i, j] - Dot(l.AsSpan(i * n, j), row)) / l[j * n + j];
        }
        return l;
    }

    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    private static double Variance(double[] x)
    {
        var mean = x.Sum() / x.Length;
        return x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1);
    }

    private static double[] ByLastDimension(Tensor a, Action<Span<double>> apply)
    {
        var result = (double[])a.Values.Clone();
        var n = a.Shape[^1];
        for (var from = 0; from < result.Length; from += n) apply(result.AsSpan(from, n));
        return result;
    }

    private static void LogSoftmax(Span<double> x)
    {
        var total = LogSumExp(x);
        foreach (ref var v in x) v -= total;
    }

    private static void Softmax(Span<double> x)
    {
        LogSoftmax(x);
        foreach (ref var v in x) v = Math.Exp(v);
    }

    private static double[] Cumsum(double[] x)
    {
        var sums = new double[x.Length];
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++) sums[i] = sum += x[i];
        return sums;
    }

    private static double[] Multiply(Tensor a, Tensor b)
    {
        var inner = a.Shape[^1];
        var rows = a.Rank == 2 ? a.Length : 1;
        var columns = b.Rank == 2 ? b.Shape[1] : 1;
        var product = Tensor.Room(rows, columns);
        var steps = new Ticker();
        for (var i = 0; i < rows; i++)
            for (var k = 0; k < inner; k++)
            {
                steps.Tick();
                for (var j = 0; j < columns; j++) product[i * columns + j] += a.Values[i * inner + k] * b.Values[k * columns + j];
            }
        return product;
    }

    private static double[] Transpose(Tensor a) => Build(a.Shape[1], a.Length, (i, j) => a[j, i]);

    private static double LogDet(Tensor a)
    {
        var lu = Matrix(a).LU();
        return Enumerable.Range(0, a.Length).Sum(i => Math.Log(Math.Abs(lu.U[i, i])));
    }

    private static double[] Solve(Tensor a, Tensor b) => b.Rank == 1
        ? Matrix(a).Solve(Vector<double>.Build.Dense(b.Values)).ToArray()
        : RowMajor(Matrix(a).Solve(Matrix(b)));

    private static double Quadratic(Tensor a, double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            for (var j = 0; j < x.Length; j++)
                sum += x[i] * a[i, j] * x[j];
        return sum;
    }

    private static double[] Linspace(double from, double to, int n) =>
        [.. Enumerable.Range(0, n).Select(i => n == 1 ? from : from + (to - from) * i / (n - 1))];

    private static double[] OneHot(double[] codes, int size)
    {
        var indicators = Tensor.Room(codes.Length, size);
        for (var i = 0; i < codes.Length; i++)
        {
            if (!(codes[i] >= 1 && codes[i] <= size)) throw new CodeOutsideException(codes[i], size);
            indicators[i * size + (int)codes[i] - 1] = 1;
        }
        return indicators;
    }

    private static double[] Covariance(Tensor[] a, Func<double, double> correlation)
    {
        var (amplitude, scales) = (a[1].Values[0], a[2].Values);
        return Build(a[0].Length, a[0].Length, (i, j) => amplitude * amplitude * correlation(Distance(a[0], i, j, scales)));
    }

    private static double[] Periodic(Tensor[] a)
    {
        var (amplitude, scale, period) = (a[1].Values[0], a[2].Values[0], a[3].Values[0]);
        return Build(a[0].Length, a[0].Length, (i, j) =>
        {
            var s = Math.Sin(Math.PI * Distance(a[0], i, j, [period])) / scale;
            return amplitude * amplitude * Math.Exp(-2 * s * s);
        });
    }

    private static double Distance(Tensor points, int i, int j, double[] scales)
    {
        var d = points.Rank == 1 ? 1 : points.Shape[1];
        var sum = 0.0;
        for (var k = 0; k < d; k++)
        {
            var difference = (points.Values[i * d + k] - points.Values[j * d + k]) / scales[scales.Length == 1 ? 0 : k];
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }

    private static double[] Build(int rows, int columns, Func<int, int, double> element)
    {
        var result = Tensor.Room(rows, columns);
        var steps = new Ticker();
        for (var i = 0; i < rows; i++)
        {
            steps.Tick();
            for (var j = 0; j < columns; j++)
                result[i * columns + j] = element(i, j);
        }
        return result;
    }

    private static Matrix<double> Matrix(Tensor a) => Matrix<double>.Build.Dense(a.Length, a.Shape[1], (i, j) => a[i, j]);

    private static double[] RowMajor(Matrix<double> a) => a.ToRowMajorArray();

    private static int Size(double value) =>
        value >= 0 && value <= int.MaxValue && value == Math.Floor(value) ? (int)value : throw new ShapeMismatchException("a size is not a whole number from 0");

    private static int[] Square(int[] a, int[]? result = null) =>
        a[0] == a[1] ? result ?? a : throw new ShapeMismatchException($"the matrix is {a[0]} by {a[1]}, but must be square");

    private static int[] Same(int[] a, int[] b, int[] result) =>
        a.AsSpan().SequenceEqual(b) ? result : throw new ShapeMismatchException($"{ShapeText.Of(a)} and {ShapeText.Of(b)} differ in shape") { IsOfOperands = true };

    private static int[] Product(int[] a, int[] b) =>
        a[^1] == b[0] ? [.. a[..^1], .. b[1..]] : throw new ShapeMismatchException($"{ShapeText.Of(a)} @ {ShapeText.Of(b)} do not fit together") { IsOfOperands = true };

    private static int[] Solved(int[] a, int[] b) =>
        Square(a)[0] == b[0] ? b : throw new ShapeMismatchException($"a system of {a[0]} equations has a right side of {b[0]}");

    /// <summary>Joined along the first dimension; what has one dimension less than the first counts as one element.</summary>
    private static int[] Joined(int[][] a)
    {
        var rank = Math.Max(1, a.Max(s => s.Length));
        var rest = a.FirstOrDefault(s => s.Length == rank) is { } whole ? whole[1..] : [];
        var length = 0;
        foreach (var shape in a)
        {
            var own = shape.Length == rank ? shape[1..] : shape;
            if (!own.AsSpan().SequenceEqual(rest)) throw new ShapeMismatchException($"{ShapeText.Of(a[0])} and {ShapeText.Of(shape)} cannot be joined");
            length += shape.Length == rank ? shape[0] : 1;
        }
        return [length, .. rest];
    }
}

/// <summary>A code that has no place among its indicators; the one who knows the place turns it into a diagnostic.</summary>
internal sealed class CodeOutsideException(double code, int size) : Exception
{
    public double Code => code;

    public int Size => size;
}

/// <summary>Shapes that do not go together; the one who knows the place turns it into a diagnostic.</summary>
internal sealed class ShapeMismatchException(string message) : Exception(message)
{
    /// <summary>Whether it is the shapes of the operands as they are written that do not go together, so that they say it best.</summary>
    public bool IsOfOperands { get; init; }
}
