using ProbLang.Programs;
using Xunit;
using Buffer = ProbLang.Programs.Buffer;

namespace ProbLang.Tests.Programs;

/// <summary>An array program written by hand: its total and gradient by the emitted code, which must agree with the slow walk.</summary>
internal sealed unsafe class HandProgram
{
    private readonly CompiledBlock _code;
    private readonly NativeArray _work;

    /// <summary>Differentiates and compiles what <paramref name="write"/> makes of the position; it returns the total.</summary>
    public HandProgram(int dimension, Func<ArrayProgram, Buffer, Term> write)
        : this(dimension, write, null) { }

    /// <summary>With a direction, the total is the derivative along it, so that the gradient is a product of the Hessian.</summary>
    public HandProgram(int dimension, Func<ArrayProgram, Buffer, Term> write, double[]? direction)
    {
        Dimension = dimension;
        var program = new ArrayProgram(new TermTable());
        var position = new Buffer("q", dimension, BufferKind.Position);
        program.Total = write(program, position);
        if (direction is not null)
        {
            var first = new Buffer("first", dimension, BufferKind.Adjoint);
            Differentiation.Differentiate(program, position, first);
            var along = new Buffer("along", dimension, BufferKind.Data) { Initial = direction };
            var i = program.Table.Counter(0, (double)dimension);
            program.Total = Term.Sum(i, Term.Load(program.Table, first, program.Table.Value(i)) * Term.Load(program.Table, along, program.Table.Value(i)));
        }
        var gradient = new Buffer("gradient", dimension, BufferKind.Gradient);
        Differentiation.Differentiate(program, position, gradient);
        _code = new CompiledBlock(new ScheduledProgram(new LoweredProgram(program, position, null), gradient), clear: dimension);
        _work = _code.Program.Layout.CreateWork();
    }

    public int Dimension { get; }

    public string Print() => _code.Program.Print();

    public (double Value, double[] Gradient) Evaluate(double[] position)
    {
        var gradient = new double[Dimension];
        fixed (double* q = position, g = gradient)
        {
            var value = _code.Run((nint)q, (nint)g, 0, (nint)_work.Pointer);
            GC.KeepAlive(this);
            return (value, gradient);
        }
    }

    public (double Value, double[] Gradient) EvaluateSlowly(double[] position)
    {
        var gradient = new double[Dimension];
        var program = _code.Program;
        _work.Span.Slice(program.Layout.Adjoints.Start, program.Layout.Adjoints.Length).Clear();
        fixed (double* q = position, g = gradient)
        {
            var value = program.Evaluator().Run(new Areas(q, g, null, program.Data.Pointer, _work.Pointer));
            GC.KeepAlive(this);
            return (value, gradient);
        }
    }

    /// <summary>The gradient by central differences of the total.</summary>
    public double[] Differences(double[] position, double step = 1e-5)
    {
        var gradient = new double[Dimension];
        for (var i = 0; i < Dimension; i++)
        {
            var moved = (double[])position.Clone();
            moved[i] = position[i] + step;
            var above = Evaluate(moved).Value;
            moved[i] = position[i] - step;
            gradient[i] = (above - Evaluate(moved).Value) / (2 * step);
        }
        return gradient;
    }

    public static double[] Position(int dimension, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, dimension).Select(_ => 2 * random.NextDouble() - 1)];
    }

    public static void AssertNear((double Value, double[] Gradient) expected, (double Value, double[] Gradient) actual, double tolerance, string what)
    {
        Near(expected.Value, actual.Value, tolerance, $"{what}: value");
        AssertNear(expected.Gradient, actual.Gradient, tolerance, what);
    }

    public static void AssertNear(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Near(expected[i], actual[i], tolerance, $"{what}: d/dq[{i}]");
    }

    private static void Near(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {actual:R} instead of {expected:R}");
}
