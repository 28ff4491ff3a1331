using System.Collections.Immutable;

namespace ProbLang.Programs;

/// <summary>What a kernel does for one member of a batch: arrays in, arrays out, and what its adjoint needs again is saved.</summary>
internal abstract unsafe class Routine
{
    /// <summary>Shown in dumps; equal names do equal things.</summary>
    public abstract string Name { get; }

    /// <summary>How many numbers each input has.</summary>
    public abstract int[] Inputs { get; }

    /// <summary>The shape of each output.</summary>
    public abstract int[][] Outputs { get; }

    /// <summary>How many numbers each area has that the forward pass leaves for the adjoint, after the outputs.</summary>
    public virtual int[] Saved => [];

    /// <summary>How many numbers the work area holds.</summary>
    public virtual int Work => 0;

    /// <summary>Whether of the input only the lower triangle is read, and has a gradient.</summary>
    public virtual bool IsSymmetric(int input) => false;

    /// <summary>Whether the outputs have no derivative.</summary>
    public virtual bool IsConstant => false;

    /// <summary>Computes the outputs and what is saved.</summary>
    public abstract void Run(double** inputs, double** outputs, double* work);

    /// <summary>Adds to the gradients of the inputs, of which those not wanted are null, from a seed for each output.</summary>
    public abstract void Adjoint(double** inputs, double** outputs, double** seeds, double** gradients, double* work);
}

/// <summary>A routine over a batch. An input with stride 0 is shared by all of it.</summary>
internal sealed unsafe class BatchKernel(Routine routine, int count, ImmutableArray<int> strides) : Kernel
{
    /// <summary>More than any routine has inputs or outputs.</summary>
    private const int Most = 4;

    private readonly int[] _results = [.. routine.Outputs.Select(Size), .. routine.Saved];
    private readonly int _outputs = routine.Outputs.Length;

    public override string Name => count == 1 ? routine.Name : $"{count}x {routine.Name}";

    public override void Run(double** a)
    {
        double** inputs = stackalloc double*[Most], results = stackalloc double*[Most];
        var looks = new BatchTicker(routine.Work);
        for (var b = 0; b < count; b++)
        {
            looks.Tick();
            Move(a, b, inputs, results);
            routine.Run(inputs, results, a[strides.Length + _results.Length]);
        }
    }

    public override KernelCall Differentiate(KernelCall call, Func<BufferSlice, BufferSlice?> adjoint)
    {
        var gradients = Array.ConvertAll(call.Inputs, i => adjoint(i));
        BufferSlice[] seeds = [.. call.Outputs.Take(_outputs).Select(o => adjoint(o)!.Value)];
        return new KernelCall(new BatchAdjoint(this, Array.ConvertAll(gradients, g => g is not null)),
            [.. call.Inputs, .. call.Outputs, .. seeds], [.. gradients.Where(g => g is not null).Select(g => g!.Value)], call.Scratch);
    }

    private void Move(double** a, int b, double** inputs, double** results)
    {
        for (var i = 0; i < strides.Length; i++) inputs[i] = a[i] + b * strides[i];
        for (var o = 0; o < _results.Length; o++) results[o] = a[strides.Length + o] + b * _results[o];
    }

    private static int Size(int[] shape) => shape.Aggregate(1, (a, b) => a * b);

    private sealed class BatchAdjoint(BatchKernel forward, bool[] isActive) : AdjointKernel
    {
        public override string Name => $"{forward.Name} adjoint";

        public override void Run(double** a) => forward.RunAdjoint(a, isActive);
    }

    private void RunAdjoint(double** a, bool[] isActive)
    {
        double** inputs = stackalloc double*[Most], results = stackalloc double*[Most], seeds = stackalloc double*[Most], gradients = stackalloc double*[Most];
        var (firstSeed, firstGradient) = (strides.Length + _results.Length, strides.Length + _results.Length + _outputs);
        var looks = new BatchTicker(routine.Work);
        for (var b = 0; b < count; b++)
        {
            looks.Tick();
            Move(a, b, inputs, results);
            for (var o = 0; o < _outputs; o++) seeds[o] = a[firstSeed + o] + b * _results[o];
            var next = firstGradient;
            for (var i = 0; i < strides.Length; i++) gradients[i] = isActive[i] ? a[next++] + b * strides[i] : null;
            routine.Adjoint(inputs, results, seeds, gradients, a[next]);
        }
    }
}
