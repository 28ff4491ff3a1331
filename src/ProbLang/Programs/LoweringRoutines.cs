using ProbLang.Numerics;

namespace ProbLang.Programs;

internal sealed partial class Lowering
{
    private readonly Dictionary<string, Dictionary<BufferSlices, Arr<Term>[]>> _routines = [];

    /// <summary>Whether what is lowered belongs to a sequential loop, which kernels stand outside of.</summary>
    private bool _isSequential;

    /// <summary>Whether a routine can be called on these views where they stand: of a batch of known size, and not within a recursion.</summary>
    private bool CanCall(params ReadOnlySpan<Arr<Term>> views)
    {
        var deepest = Deepest(views);
        return deepest == 0 || !_isSequential && _active.Take(deepest).All(c => c.Size >= 0);
    }

    /// <summary>The outputs of a routine, for all of the batch that the open loops make of its inputs.</summary>
    private Arr<Term>[] Call(Routine routine, params Arr<Term>[] views)
    {
        Counter[] batch = [.. _active.Take(Deepest(views))];
        var count = batch.Aggregate(1, (product, c) => product * c.Size);
        var operands = new BufferSlice[views.Length];
        var strides = new int[views.Length];
        for (var i = 0; i < views.Length; i++)
        {
            var isBatched = Deepest(views[i]) > 0;
            operands[i] = Materialize(views[i], isBatched ? batch : [], isLower: routine.IsSymmetric(i));
            strides[i] = isBatched ? routine.Inputs[i] : 0;
        }
        if (!_routines.TryGetValue(routine.Name, out var calls)) _routines.Add(routine.Name, calls = []);
        if (calls.TryGetValue(new BufferSlices(operands), out var known)) return known;
        var outputs = Array.ConvertAll(routine.Outputs, shape => Output(routine, count * shape.Aggregate(1, (a, b) => a * b), operands));
        BufferSlice[] saved = [.. routine.Saved.Select((size, i) => new BufferSlice(Scratch($"{NameOf(routine)}_saved{i}", count * size, operands), 0))];
        _program.Add(new KernelCall(new BatchKernel(routine, count, [.. strides]), operands, [.. outputs.Select(o => new BufferSlice(o, 0)), .. saved],
            [new BufferSlice(new Buffer("work", Math.Max(1, routine.Work), BufferKind.Scratch), 0)]));
        return calls[new BufferSlices(operands)] = [.. outputs.Select((o, i) => ViewOf(o, batch, routine.Outputs[i]))];
    }

    private Arr<Term> ViewOf(Buffer buffer, Counter[] batch, int[] shape)
    {
        if (batch.Length == 0 && shape.Length > 0) return new BufferArray(_table, new BufferSlice(buffer, 0), shape);
        int[] whole = [.. batch.Select(c => c.Size), .. shape];
        return new Arr<Term>(shape, index => Term.Load(_table, buffer, Flat([.. batch.Select(_table.Value), .. index], whole)));
    }

    private static string NameOf(Routine routine) => routine.Name[..routine.Name.IndexOf(' ')];

    private static Buffer Output(Routine routine, int length, BufferSlice[] inputs) => routine.IsConstant
        ? Scratch(NameOf(routine), length, inputs)
        : Result(NameOf(routine), length, [.. inputs.Select(i => i.Buffer)]);

    /// <summary>A buffer without a derivative; data where all that it is computed from is.</summary>
    private static Buffer Scratch(string name, int length, BufferSlice[] inputs) => Array.TrueForAll(inputs, i => i.Buffer.Kind == BufferKind.Data)
        ? new Buffer(name, length, BufferKind.Data) { Initial = new double[length] }
        : new Buffer(name, length, BufferKind.Scratch);

    private int Deepest(ReadOnlySpan<Arr<Term>> views)
    {
        var deepest = 0;
        foreach (var view in views) deepest = Math.Max(deepest, Deepest(view));
        return deepest;
    }

    /// <summary>Slices that are equal where all of them are.</summary>
    private sealed class BufferSlices(BufferSlice[] slices) : IEquatable<BufferSlices>
    {
        private readonly BufferSlice[] _slices = slices;

        public bool Equals(BufferSlices? other) => other is not null && _slices.AsSpan().SequenceEqual(other._slices);

        public override bool Equals(object? other) => Equals(other as BufferSlices);

        public override int GetHashCode() => _slices.Aggregate(0, HashCode.Combine);
    }
}
