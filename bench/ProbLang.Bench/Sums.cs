using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ProbLang.Numerics;
using ProbLang.Programs;

namespace ProbLang.Bench;

/// <summary>Sums over finite variables: chains beside a scaled forward and backward pass by hand, rows, and how a Boolean chain by its clique tree grows.</summary>
internal static unsafe class Sums
{
    private const int Rounds = 301;
    private const double BatchSeconds = 0.0004;

    public static int Measure()
    {
        Console.WriteLine("a chain of 100 steps, log sum and gradients of emissions and transitions");
        Console.WriteLine("states   kernel ns   by hand ns   ratio");
        foreach (var states in new[] { 2, 3, 4, 6, 8, 12, 20 }) Chains(states, 100);
        Console.WriteLine();
        Console.WriteLine("log sums of 1000 rows with softmax as their gradient");
        Console.WriteLine("states   state fastest ns   slowest ns");
        foreach (var states in new[] { 2, 3, 8 }) Rows(states, 1000);
        Console.WriteLine();
        Console.WriteLine("a Boolean chain by its clique tree");
        Console.WriteLine("  steps   plan ms   sum ms   all expectations ms");
        BooleanChains([1000, 10_000, 100_000]);
        return 0;
    }

    private static void Chains(int states, int steps)
    {
        double[] emissions = Random(1, steps * states), transitions = Random(2, states * states);
        var kernel = new ChainKernel(states, [steps], [new(0, [.. Enumerable.Range(0, steps).Select(t => t * states)])], [new(1, new int[steps - 1])]);
        using var program = new KernelRun(kernel, [emissions, transitions]);
        var hand = new ScaledForwardBackward(steps, states);
        var (byKernel, byHand) = (program.Run(), hand.Run(emissions, transitions));
        if (!(Math.Abs(byKernel - byHand) < 1e-9 * Math.Abs(byHand))) throw new InvalidOperationException($"log sums {byKernel:R} and {byHand:R}");
        Same(hand.Emissions, program.Gradient(0));
        Same(hand.Transitions, program.Gradient(1));
        var (kernelTimes, handTimes, ratios) = (new double[Rounds], new double[Rounds], new double[Rounds]);
        var (kernelCount, handCount) = (Calibrate(() => program.Run()), Calibrate(() => hand.Run(emissions, transitions)));
        for (var round = 0; round < Rounds; round++)
        {
            kernelTimes[round] = Nanoseconds(() => program.Run(), kernelCount);
            handTimes[round] = Nanoseconds(() => hand.Run(emissions, transitions), handCount);
            ratios[round] = kernelTimes[round] / handTimes[round];
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{states,6}   {Median(kernelTimes),9:F0}   {Median(handTimes),10:F0}   {Median(ratios),5:F2}"));
    }

    private static void Rows(int states, int rows)
    {
        TablePlace all = new(1, new int[rows]);
        var byRows = Time(new RowsKernel(rows, states, [new(0, [.. Enumerable.Range(0, rows).Select(r => r * states)]), all]));
        var byColumns = Time(new RowsKernel(rows, states, [new(0, [.. Enumerable.Range(0, rows)], Spacing: rows), all]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{states,6}   {byRows,16:F0}   {byColumns,10:F0}"));

        double Time(SumKernel kernel)
        {
            using var program = new KernelRun(kernel, [Random(1, rows * states), Random(2, states)]);
            var count = Calibrate(() => program.Run());
            return Median([.. Enumerable.Range(0, Rounds).Select(_ => Nanoseconds(() => program.Run(), count))]);
        }
    }

    private static void BooleanChains(int[] sizes)
    {
        var (plans, sums) = (new double[sizes.Length], new double[sizes.Length]);
        for (var warmup = 0; warmup < 3; warmup++) BooleanChain(1000);
        for (var i = 0; i < sizes.Length; i++)
        {
            double[][] runs = [.. Enumerable.Range(0, 9).Select(_ => BooleanChain(sizes[i]))];
            (plans[i], sums[i]) = (runs.Min(r => r[0]), runs.Min(r => r[1] + r[2]));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sizes[i],7}   {plans[i],7:F2}   {runs.Min(r => r[1]),6:F3}   {runs.Min(r => r[2]),19:F3}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"times grow as steps ^ {Slope(sizes, plans):F2} and steps ^ {Slope(sizes, sums):F2}"));
    }

    /// <summary>Milliseconds of the plan, the log sum, and the expectations.</summary>
    private static double[] BooleanChain(int steps)
    {
        var graph = new FiniteGraph([.. Enumerable.Repeat(2, steps)], [.. Enumerable.Range(0, steps).Select(t => new[] { t }), .. Enumerable.Range(1, steps - 1).Select(t => new[] { t - 1, t })]);
        var clock = Stopwatch.StartNew();
        var tree = CliqueTree.Of(graph);
        var plan = clock.Elapsed.TotalMilliseconds;
        var values = Random(3, 2 * steps + 4);
        using NativeArray tables = new(values.Length), gradients = new(values.Length), work = new((int)tree.Work), places = new(2 * (2 * steps - 1));
        values.CopyTo(tables.Span);
        double** from = (double**)places.Pointer, to = from + 2 * steps - 1;
        for (var f = 0; f < 2 * steps - 1; f++)
        {
            from[f] = tables.Pointer + (f < steps ? 2 * f : 2 * steps);
            to[f] = gradients.Pointer + (f < steps ? 2 * f : 2 * steps);
        }
        clock.Restart();
        SumProduct.Collect(tree, from, work.Pointer);
        var sum = clock.Elapsed.TotalMilliseconds;
        clock.Restart();
        SumProduct.Distribute(tree, work.Pointer);
        SumProduct.AddExpectations(tree, work.Pointer, to, 1);
        return [plan, sum, clock.Elapsed.TotalMilliseconds];
    }

    private static void Same(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        for (var i = 0; i < expected.Length; i++)
            if (!(Math.Abs(expected[i] - actual[i]) < 1e-10)) throw new InvalidOperationException($"gradient {actual[i]:R}, by hand {expected[i]:R}");
    }

    private static double[] Random(ulong seed, int length)
    {
        var random = new Philox(seed, 0, 0);
        var values = new double[length];
        for (var i = 0; i < length; i++) values[i] = -3 * random.NextDouble();
        return values;
    }

    private static int Calibrate(Func<double> run)
    {
        var count = 1;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < 0.35;)
            if (Nanoseconds(run, count) * count < 1e9 * BatchSeconds) count *= 2;
        return count;
    }

    private static double Nanoseconds(Func<double> run, int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++) run();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static double Slope(int[] sizes, double[] times)
    {
        var (x, y) = (sizes.Select(s => Math.Log(s)).ToArray(), times.Select(t => Math.Log(t)).ToArray());
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }

    /// <summary>A kernel with its adjoint on memory of its own, as an evaluation of a program runs it.</summary>
    private sealed class KernelRun : IDisposable
    {
        private readonly Dictionary<Programs.Buffer, NativeArray> _memory = [];
        private readonly Programs.Buffer[] _adjoints;
        private readonly NativeArray _logSums;
        private readonly (Kernel Kernel, nint[] Places) _forward;
        private readonly (Kernel Kernel, nint[] Places) _backward;

        public KernelRun(SumKernel kernel, double[][] inputs)
        {
            Programs.Buffer[] buffers = [.. inputs.Select((x, i) => new Programs.Buffer($"{i}", x.Length, BufferKind.Work))];
            _adjoints = [.. inputs.Select((x, i) => new Programs.Buffer($"d{i}", x.Length, BufferKind.Adjoint))];
            Programs.Buffer sums = new("sums", kernel.Count, BufferKind.Work), seeds = new("seeds", kernel.Count, BufferKind.Adjoint);
            var call = kernel.Call([.. buffers.Select(b => new BufferSlice(b, 0))], sums);
            var adjoint = kernel.Differentiate(call, s => s.Buffer == sums ? new BufferSlice(seeds, 0) : new BufferSlice(_adjoints[Array.IndexOf(buffers, s.Buffer)], 0));
            (_forward, _backward) = (Place(call), Place(adjoint));
            for (var i = 0; i < inputs.Length; i++) inputs[i].CopyTo(_memory[buffers[i]].Span);
            _memory[seeds].Span.Fill(1);
            _logSums = _memory[sums];
        }

        public double Run()
        {
            foreach (var adjoint in _adjoints) _memory[adjoint].Span.Clear();
            fixed (nint* places = _forward.Places) _forward.Kernel.Run((double**)places);
            fixed (nint* places = _backward.Places) _backward.Kernel.Run((double**)places);
            return *_logSums.Pointer;
        }

        public Span<double> Gradient(int input) => _memory[_adjoints[input]].Span;

        public void Dispose()
        {
            foreach (var array in _memory.Values) array.Dispose();
        }

        private (Kernel, nint[]) Place(KernelCall call) => (call.Kernel, [.. call.Arguments.Select(a =>
        {
            ref var array = ref CollectionsMarshal.GetValueRefOrAddDefault(_memory, a.Buffer, out _);
            array ??= new NativeArray(a.Buffer.Length);
            return (nint)(array.Pointer + a.Offset);
        })]);
    }
}
