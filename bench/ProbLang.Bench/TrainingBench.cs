using System.Diagnostics;
using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Inference;
using ProbLang.Numerics;
using ProbLang.Programs;

namespace ProbLang.Bench;

/// <summary>
/// A training step of a classifier of pictures, mlp 784-128-10 on batches of 256 by Adam: the compiled model beside the same step by
/// hand with the same matrix products and the same optimizer, in turn, on one thread.
/// </summary>
internal static class TrainingBench
{
    private const int Rows = 2048, Rounds = 120;

    private const string Text = """
        input N: count
        input x[N, 784]
        net f = mlp(hidden: [128])
        for i in 1..N { label[i]: int(1, 10) ~ Categorical(logits: f(x[i])) }
        """;

    public static int Measure(bool printsProgram)
    {
        var random = new Philox(3, 0, 0);
        var (x, labels) = (new double[Rows, HandStep.Inputs], new int[Rows]);
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < HandStep.Inputs; j++) x[i, j] = (float)random.NextDouble();
            labels[i] = 1 + (int)(HandStep.Outputs * random.NextDouble());
        }
        var model = Model.Compile(Text).Model!.Condition(Data.Of(new { x, label = labels })).Conditioned;
        var rows = RowPlan.Of(model, out var reason) ?? throw new InvalidOperationException(reason!.ToString());
        var program = new RowProgram(model, rows, HandStep.Batch, Precision.Single);
        if (printsProgram) Console.WriteLine(program.Print());
        var hand = new HandStep(x, labels);
        var start = model.Nets.Values.Single().Start(1, 0);
        return Compare(program, hand, start) ? Times(program, hand, start) : 1;
    }

    /// <summary>Both sides have the same gradient, to single precision.</summary>
    private static bool Compare(RowProgram program, HandStep hand, double[] start)
    {
        var (batch, weights) = (Batch(0), Enumerable.Repeat(1.0, HandStep.Batch).ToArray());
        var (a, b) = (new double[start.Length], new double[start.Length]);
        var value = program.Evaluate(batch, weights, start, a);
        var expected = hand.Gradient(batch, start, b);
        var greatest = b.Max(Math.Abs);
        var difference = a.Zip(b, (p, q) => Math.Abs(p - q)).Max() / greatest;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"log likelihood {value:0.0000}, by hand {expected:0.0000}; gradients differ by {difference:0.0e0} of the greatest"));
        return difference < 1e-4;
    }

    private static int Times(RowProgram program, HandStep hand, double[] start)
    {
        var (q, r, gradient) = ((double[])start.Clone(), (double[])start.Clone(), new double[start.Length]);
        var weights = Enumerable.Repeat(1.0, HandStep.Batch).ToArray();
        AdamW first = new(start.Length, new Training()), second = new(start.Length, new Training());
        var times = (Compiled: new double[Rounds], Hand: new double[Rounds], Density: new double[Rounds], ByHand: new double[Rounds]);
        for (var round = -10; round < Rounds; round++)
        {
            var batch = Batch(round + 10);
            var at = Math.Max(0, round);
            var clock = Stopwatch.GetTimestamp();
            program.Evaluate(batch, weights, q, gradient);
            times.Density[at] = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
            first.Step(q, gradient, -1.0 / HandStep.Batch, 1e-3);
            times.Compiled[at] = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
            clock = Stopwatch.GetTimestamp();
            hand.Gradient(batch, r, gradient);
            times.ByHand[at] = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
            second.Step(r, gradient, -1.0 / HandStep.Batch, 1e-3);
            times.Hand[at] = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        }
        Console.WriteLine("ms a step                best  median");
        Row("compiled", times.Compiled);
        Row("  its gradient", times.Density);
        Row("by hand", times.Hand);
        Row("  its gradient", times.ByHand);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"ratio                   {times.Compiled[0] / times.Hand[0],5:0.00}   {times.Compiled[Rounds / 2] / times.Hand[Rounds / 2],5:0.00}"));
        return 0;
    }

    private static void Row(string name, double[] times)
    {
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20} {times[0],8:0.000}{times[Rounds / 2],8:0.000}"));
    }

    private static int[] Batch(int number)
    {
        var random = new Philox(7, (uint)number, 0);
        return [.. Enumerable.Range(0, HandStep.Batch).Select(_ => (int)(Rows * random.NextDouble()))];
    }
}
