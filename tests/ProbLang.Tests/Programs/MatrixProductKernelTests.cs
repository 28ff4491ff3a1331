using ProbLang.Numerics;
using ProbLang.Programs;
using Xunit;
using Buffer = ProbLang.Programs.Buffer;

namespace ProbLang.Tests.Programs;

/// <summary>Products of matrices in programs, of any mixture of precisions, and their first and second derivatives.</summary>
public sealed class MatrixProductKernelTests
{
    private static readonly (int Rows, int Depth, int Columns)[] s_shapes = [(1, 1, 1), (3, 2, 4), (1, 6, 3), (7, 5, 2), (2, 9, 8), (13, 4, 11), (6, 1, 5), (5, 3, 1)];

    [Fact]
    public void Derivatives_of_products_are_those_of_differences()
    {
        foreach (var shape in s_shapes)
        {
            var program = Program(shape, default);
            var position = HandProgram.Position(program.Dimension, shape.Rows);
            var exact = program.Evaluate(position);
            HandProgram.AssertNear(program.EvaluateSlowly(position), exact, 1e-13, $"{shape}");
            HandProgram.AssertNear(exact.Gradient, program.Differences(position), 1e-8, $"{shape}");
        }
    }

    [Fact]
    public void Packed_products_have_the_derivatives_of_unpacked_ones()
    {
        // Taken apart into two products of half the columns, neither of which is packed.
        var position = HandProgram.Position(70 * 62 + 62 * 66, 1);
        var whole = Program((70, 62, 66), default).Evaluate(position);
        var halves = new HandProgram(position.Length, (p, q) => Written(p, q, (70, 62, 66), default, isHalved: true)).Evaluate(position);
        HandProgram.AssertNear(whole, halves, 1e-12, "packed");
    }

    [Theory]
    [InlineData(false, false, true), InlineData(false, true, false), InlineData(true, false, false), InlineData(true, true, false), InlineData(true, true, true)]
    [InlineData(true, false, true), InlineData(false, true, true)]
    public void Products_of_any_precision_are_near_those_of_doubles(bool left, bool right, bool result)
    {
        foreach (var shape in (IEnumerable<(int, int, int)>)[.. s_shapes, (40, 33, 20)])
        {
            static Precision Of(bool isSingle) => isSingle ? Precision.Single : Precision.Double;
            var (exact, single) = (Program(shape, default), Program(shape, (Of(left), Of(right), Of(result))));
            var position = HandProgram.Position(exact.Dimension, 7);
            // The roundings of each addition, and some for the factors, of numbers as large as the greatest weight.
            var (m, k, n) = shape;
            var bound = 6e-8 * (m + k + n + 4) * (1 + 0.01 * m * n);
            HandProgram.AssertNear(exact.Evaluate(position), single.Evaluate(position), bound, $"{shape}");
            HandProgram.AssertNear(single.EvaluateSlowly(position), single.Evaluate(position), bound, $"{shape}");
            if (right) Assert.Contains("single precision, with their derivatives: ", single.Print(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_factor_that_does_not_depend_on_the_position_has_no_derivative()
    {
        var program = new HandProgram(6, (p, q) =>
        {
            var a = new Buffer("a", 6, BufferKind.Data) { Precision = Precision.Single, Initial = [1, 2, 3, 4, 5, 6] };
            var y = new Buffer("y", 4, BufferKind.Work) { Precision = Precision.Single };
            p.Add(MatrixProductKernel.MatMul(new(a, 0), new(q, 0), new(y, 0), 2, 3, 2));
            var i = p.Table.Counter(0, 4.0);
            return Term.Sum(i, Term.Load(p.Table, y, p.Table.Value(i)));
        });
        var (value, gradient) = program.Evaluate([1, 1, 1, 1, 1, 1]);
        Assert.Equal(42, value);
        Assert.Equal([5, 5, 7, 7, 9, 9], gradient);
        Assert.Contains("gradient <- matmul 2x3x2 adjoint(a, q, d_y)\n", program.Print(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_may_be_multiplied_by_itself()
    {
        var program = new HandProgram(9, (p, q) =>
        {
            var y = new Buffer("y", 9, BufferKind.Work);
            p.Add(MatrixProductKernel.MatMul(new(q, 0), new(q, 0), new(y, 0), 3, 3, 3));
            return SumOfSines(p, y);
        });
        var position = HandProgram.Position(9, 4);
        HandProgram.AssertNear(program.Evaluate(position).Gradient, program.Differences(position), 1e-8, "square");
    }

    [Fact]
    public void Differentiating_twice_gives_products_with_the_Hessian()
    {
        foreach (var shape in s_shapes)
        {
            var program = Program(shape, default);
            var position = HandProgram.Position(program.Dimension, 3);
            var direction = HandProgram.Position(program.Dimension, 5);
            var twice = new HandProgram(program.Dimension, (p, q) => Written(p, q, shape, default, isHalved: false), direction);
            var (along, product) = twice.Evaluate(position);
            Assert.Equal(program.Evaluate(position).Gradient.Zip(direction, (g, d) => g * d).Sum(), along, 1e-12);
            HandProgram.AssertNear(product, twice.Differences(position), 1e-8, $"Hessian of {shape}");
        }
    }

    [Fact]
    public void Derivatives_that_one_statement_gives_are_set_and_not_added_to()
    {
        // Twice with the same memory: what the first run left there does not count.
        var program = Program((3, 2, 4), default);
        var (q, r) = (HandProgram.Position(program.Dimension, 1), HandProgram.Position(program.Dimension, 2));
        program.Evaluate(r);
        HandProgram.AssertNear(program.Evaluate(q), Program((3, 2, 4), default).Evaluate(q), 0, "again");
        var text = program.Print();
        Assert.Contains("d_c[j + 12 * i] = ", text, StringComparison.Ordinal);
        // The same buffer read twice has a derivative from both.
        var both = new HandProgram(4, (p, q) =>
        {
            var a = Copy(p, q, 0, new Buffer("a", 4, BufferKind.Work));
            var c = new Buffer("c", 4, BufferKind.Work);
            p.Add(MatrixProductKernel.MatMul(new(a, 0), new(a, 0), new(c, 0), 2, 2, 2));
            return SumOfSines(p, c) + SumOfSines(p, a);
        });
        HandProgram.AssertNear(both.Evaluate(q[..4]).Gradient, both.Differences(q[..4]), 1e-8, "both");
        both.Evaluate(r[..4]);
        HandProgram.AssertNear(both.Evaluate(q[..4]).Gradient, both.Differences(q[..4]), 1e-8, "both again");
    }

    [Fact]
    public void Kernels_share_one_work_area()
    {
        var (one, two) = (Work(1), Work(2));
        Assert.True(two < one + 4096, $"{one} numbers for one product, {two} for two");

        static int Work(int count)
        {
            var program = new ArrayProgram(new TermTable());
            var q = new Buffer("q", 6400, BufferKind.Position);
            for (var n = 0; n < count; n++)
                program.Add(MatrixProductKernel.MatMul(new(q, 0), new(q, 0), new(new Buffer($"y{n}", 400, BufferKind.Work) { Precision = Precision.Single }, 0), 20, 320, 20));
            return new ScheduledProgram(new LoweredProgram(program, q, null), null).Layout.WorkLength;
        }
    }

    /// <summary>The position is two factors; they are copied to buffers of their precision, multiplied, and made a number.</summary>
    private static HandProgram Program((int Rows, int Depth, int Columns) shape, (Precision Left, Precision Right, Precision Result) precisions) =>
        new(shape.Rows * shape.Depth + shape.Depth * shape.Columns, (p, q) => Written(p, q, shape, precisions, isHalved: false));

    private static Term Written(ArrayProgram p, Buffer q, (int Rows, int Depth, int Columns) shape, (Precision Left, Precision Right, Precision Result) precisions, bool isHalved)
    {
        var (m, k, n) = shape;
        var a = Copy(p, q, 0, new Buffer("a", m * k, BufferKind.Work) { Precision = precisions.Left });
        if (!isHalved)
        {
            var b = Copy(p, q, m * k, new Buffer("b", k * n, BufferKind.Work) { Precision = precisions.Right });
            return SumOfSines(p, Product(b, n, "c"));
        }
        return SumOfSines(p, Product(Columns("b0", 0), n / 2, "c0"), n / 2, n, 0) + SumOfSines(p, Product(Columns("b1", n / 2), n / 2, "c1"), n / 2, n, n / 2);

        Buffer Product(Buffer b, int columns, string name)
        {
            var c = new Buffer(name, m * columns, BufferKind.Work) { Precision = precisions.Result };
            p.Add(columns == 1 ? MatrixProductKernel.MatVec(new(a, 0), new(b, 0), new(c, 0), m, k) : MatrixProductKernel.MatMul(new(a, 0), new(b, 0), new(c, 0), m, k, columns));
            return c;
        }

        Buffer Columns(string name, int from)
        {
            var half = new Buffer(name, k * n / 2, BufferKind.Work);
            var (rows, columns) = (p.Table.Counter(0, (double)k), p.Table.Counter(1, n / 2.0));
            var (i, j) = (p.Table.Value(rows), p.Table.Value(columns));
            p.Add(new Store([rows, columns], half, i * (n / 2.0) + j, Term.Load(p.Table, q, i * (double)n + j + (double)(m * k + from)), adds: false));
            return half;
        }
    }

    private static Buffer Copy(ArrayProgram p, Buffer from, int offset, Buffer to)
    {
        var counter = p.Table.Counter(0, (double)to.Length);
        var i = p.Table.Value(counter);
        p.Add(new Store([counter], to, i, Term.Load(p.Table, from, i + (double)offset), adds: false));
        return to;
    }

    /// <summary>Σ sin y · (1 + place): every element counts in its own way.</summary>
    private static Term SumOfSines(ArrayProgram p, Buffer y) => SumOfSines(p, y, y.Length, y.Length, 0);

    /// <summary>As above for the columns of a matrix from one on.</summary>
    private static Term SumOfSines(ArrayProgram p, Buffer y, int width, int all, int from)
    {
        var (rows, columns) = (p.Table.Counter(0, (double)(y.Length / width)), p.Table.Counter(1, (double)width));
        var (i, j) = (p.Table.Value(rows), p.Table.Value(columns));
        var place = i * (double)all + j + (double)from;
        return Term.Sum(rows, Term.Sum(columns, Term.Apply(Op.Sin, Term.Load(p.Table, y, i * (double)width + j)) * (Term.AsReal(place) * 0.01 + 1.0)));
    }
}
