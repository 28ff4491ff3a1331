using ProbLang.Numerics;
using ProbLang.Programs;
using Xunit;
using Buffer = ProbLang.Programs.Buffer;

namespace ProbLang.Tests.Programs;

/// <summary>Buffers of single precision, in a program that reads and writes them in every way that there is.</summary>
public sealed class SinglePrecisionTests
{
    private const int N = 13;

    [Fact]
    public void A_program_with_single_buffers_computes_what_it_does_with_double_ones()
    {
        var (single, both) = (Program(Precision.Single), Program(Precision.Double));
        for (var seed = 0; seed < 5; seed++)
        {
            var position = HandProgram.Position(N + 1, seed);
            var exact = both.Evaluate(position);
            HandProgram.AssertNear(exact.Gradient, both.Differences(position), 1e-8, "by differences");
            var rounded = single.Evaluate(position);
            HandProgram.AssertNear(exact, rounded, 1e-5, "single");
            Assert.NotEqual(exact.Value, rounded.Value);
        }
    }

    [Theory, InlineData(0), InlineData(1)]
    public void Emitted_code_and_the_slow_walk_round_at_the_same_places(int precision)
    {
        var program = Program((Precision)precision);
        for (var seed = 0; seed < 5; seed++)
        {
            var position = HandProgram.Position(N + 1, seed);
            HandProgram.AssertNear(program.EvaluateSlowly(position), program.Evaluate(position), precision == 0 ? 1e-13 : 2e-7, "emitted");
        }
    }

    [Fact]
    public void The_printed_program_says_which_buffers_are_of_single_precision()
    {
        Assert.StartsWith("# in single precision, with their derivatives: g[13], h[13], p[13], r[3], s[26], s_logistic[13]\n\n", Program(Precision.Single).Print(), StringComparison.Ordinal);
        Assert.DoesNotContain("precision", Program(Precision.Double).Print(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_single_precision_cannot_hold_is_kept_in_double_precision()
    {
        var program = new HandProgram(5, (p, q) =>
        {
            var y = new Buffer("y", 5, BufferKind.Work) { Precision = Precision.Single };
            var counter = p.Table.Counter(0, 5.0);
            var i = p.Table.Value(counter);
            p.Add(new Store([counter], y, i, Term.Apply(Op.Log1p, Term.Apply(Op.Exp, Term.Load(p.Table, q, i))), adds: false));
            return Term.Sum(counter, Term.Load(p.Table, y, i));
        });
        Assert.Contains("y_exp[i] = ", program.Print(), StringComparison.Ordinal);
        double[] position = [100, 200, 0, -1, -100];
        HandProgram.AssertNear([.. position.Select(x => 1 / (1 + Math.Exp(-x)))], program.Evaluate(position).Gradient, 1e-7, "softplus");
    }

    [Fact]
    public void What_others_read_and_write_stays_double()
    {
        foreach (var kind in new[] { BufferKind.Position, BufferKind.Gradient, BufferKind.Setting, BufferKind.Output })
            Assert.Throws<ArgumentException>(() => new Buffer("x", 3, kind) { Precision = Precision.Single });
    }

    [Fact]
    public void A_work_buffer_of_single_precision_starts_with_its_values()
    {
        var program = new HandProgram(1, (p, q) =>
        {
            var start = new Buffer("start", 3, BufferKind.Work) { Precision = Precision.Single, Initial = [1.5, 2.5, 4.25] };
            var i = p.Table.Counter(0, 3.0);
            return Term.Sum(i, Term.Load(p.Table, start, p.Table.Value(i))) * Term.Load(p.Table, q, 0.0);
        });
        Assert.Equal((16.5, 8.25), program.Evaluate([2.0]) is var (value, gradient) ? (value, gradient[0]) : default);
    }

    /// <summary>Strides of one and of two, a permutation, repeated indices, one element read by all, and a recursion.</summary>
    private static HandProgram Program(Precision precision) => new(N + 1, (p, q) =>
    {
        var table = p.Table;
        Buffer Of(string name, int length) => new(name, length, BufferKind.Work) { Precision = precision };
        var (h, s, turned, r) = (Of("h", N), Of("s", 2 * N), Of("p", N), Of("r", 3));
        var g = new Buffer("g", N, BufferKind.Data) { Precision = precision, Initial = [.. Enumerable.Range(0, N).Select(i => 0.3 + 0.1 * i)] };
        var order = new IntegerBuffer("order", [.. Enumerable.Range(0, N).Select(i => i * 5 % N)]);
        var again = new IntegerBuffer("again", [.. Enumerable.Range(0, N).Select(i => i % 3)]);
        var counter = table.Counter(0, (double)N);
        var i = table.Value(counter);
        void Add(Buffer to, Term index, Term value) => p.Add(new Store([counter], to, index, value, adds: false));

        Add(h, i, Term.Apply(Op.Tanh, Term.Load(table, q, i)));
        Add(turned, Term.Load(table, order, i), Term.Load(table, h, i) * Term.Load(table, g, i));
        Add(s, i * 2.0, Term.Apply(Op.Square, Term.Load(table, turned, i)));
        Add(s, i * 2.0 + 1.0, Term.Apply(Op.Logistic, -Term.Load(table, turned, i)) + Term.Load(table, turned, i) * 0.1);
        p.Add(new Store([], r, 0.0, Term.Load(table, q, (double)N), adds: false));
        var steps = table.Counter(0, 2.0);
        var t = table.Value(steps);
        p.Add(new Scan([steps], [new Store([steps], r, t + 1.0, Term.Apply(Op.Sin, Term.Load(table, r, t)) * 0.5, adds: false)], isReversed: false));
        return Term.Sum(counter, Term.Load(table, s, i * 2.0) * Term.Load(table, h, Term.Load(table, again, i)))
            + Term.Sum(counter, Term.Load(table, s, i * 2.0 + 1.0) * Term.Load(table, turned, 3.0)) * Term.Load(table, r, 2.0);
    });
}
