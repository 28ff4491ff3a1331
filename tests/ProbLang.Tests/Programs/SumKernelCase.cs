using System.Collections.Immutable;
using ProbLang.Numerics;
using ProbLang.Programs;
using ProbLang.Tests.Numerics;
using Xunit;

namespace ProbLang.Tests.Programs;

/// <summary>A kernel of log sums on arrays of its own, run as a program runs it, beside the sums by the general tree.</summary>
internal sealed unsafe class SumKernelCase
{
    private readonly Dictionary<ProbLang.Programs.Buffer, double[]> _memory = [];
    private readonly ProbLang.Programs.Buffer[] _inputs;
    private readonly ProbLang.Programs.Buffer _logSums;
    private readonly KernelCall _call;

    public SumKernelCase(SumKernel kernel, double[][] inputs)
    {
        _inputs = [.. inputs.Select((table, i) => new ProbLang.Programs.Buffer($"input{i}", table.Length, BufferKind.Work))];
        for (var i = 0; i < inputs.Length; i++) _memory.Add(_inputs[i], inputs[i]);
        _logSums = new ProbLang.Programs.Buffer("sums", kernel.Count, BufferKind.Work);
        _call = kernel.Call([.. _inputs.Select(b => new BufferSlice(b, 0))], _logSums);
    }

    public double[] Forward()
    {
        Run(_call);
        return _memory[_logSums];
    }

    /// <summary>The gradients of Σ seed · log sum; null where one is not wanted.</summary>
    public double[]?[] Gradients(double[] seeds, Func<int, bool> isActive)
    {
        var adjoints = new Dictionary<ProbLang.Programs.Buffer, ProbLang.Programs.Buffer>();
        BufferSlice? AdjointOf(BufferSlice slice)
        {
            var input = Array.IndexOf(_inputs, slice.Buffer);
            if (input >= 0 && !isActive(input)) return null;
            if (!adjoints.TryGetValue(slice.Buffer, out var adjoint))
            {
                adjoints.Add(slice.Buffer, adjoint = new ProbLang.Programs.Buffer($"d {slice.Buffer}", slice.Buffer.Length, BufferKind.Adjoint));
                _memory[adjoint] = slice.Buffer == _logSums ? Pinned.Of(seeds) : Pinned.Zeros(slice.Buffer.Length);
            }
            return new BufferSlice(adjoint, slice.Offset);
        }

        var call = _call.Kernel.Differentiate(_call, AdjointOf);
        Run(call);
        // Once more changes nothing but what it adds again.
        double[]?[] gradients = [.. _inputs.Select(b => adjoints.TryGetValue(b, out var adjoint) ? (double[])_memory[adjoint].Clone() : null)];
        Run(call);
        foreach (var (gradient, input) in gradients.Zip(_inputs))
            if (gradient is not null) Assert.Equal(gradient.Select(g => 2 * g), _memory[adjoints[input]].Select(g => g), (a, b) => double.IsNaN(a) ? double.IsNaN(b) : Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Abs(a)));
        Assert.Throws<NotSupportedException>(() => call.Kernel.Differentiate(call, AdjointOf));
        return gradients;
    }

    /// <summary>The log sums and gradients by enumerating cliques of each component alone.</summary>
    public static (double[] LogSums, double[][] Gradients) ByTree(FiniteGraph graph, int count, ImmutableArray<TablePlace> factors, double[][] inputs, double[] seeds)
    {
        var sums = new double[count];
        double[][] gradients = [.. inputs.Select(i => new double[i.Length])];
        for (var c = 0; c < count; c++)
        {
            var part = new FiniteCase(graph, [.. factors.Select((f, i) => Pinned.Of([.. Enumerable.Range(0, (int)graph.Entries(i)).Select(k => inputs[f.Input][f.Offsets[c] + k * f.Spacing])]))]);
            sums[c] = part.Collect();
            part.Distribute();
            var expectations = part.Expectations(seeds[c]);
            for (var f = 0; f < factors.Length; f++)
                for (var i = 0; i < expectations[f].Length; i++) gradients[factors[f].Input][factors[f].Offsets[c] + i * factors[f].Spacing] += expectations[f][i];
        }
        return (sums, gradients);
    }

    private void Run(KernelCall call)
    {
        ProbLang.Programs.BufferSlice[] arguments = [.. call.Arguments];
        var addresses = stackalloc double*[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!_memory.TryGetValue(arguments[i].Buffer, out var array))
            {
                _memory.Add(arguments[i].Buffer, array = Pinned.Zeros(arguments[i].Buffer.Length));
                Array.Fill(array, double.NaN);
            }
            addresses[i] = Pinned.At(array) + arguments[i].Offset;
        }
        call.Kernel.Run(addresses);
    }
}
