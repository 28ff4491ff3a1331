namespace ProbLang.Programs;

/// <summary>
/// Log sums over finite variables. Inputs are buffers with log tables; outputs are the log sums and what the pass leaves for the adjoint, which
/// multiplies the expectation of each table by a seed. Scratch is an area of its own for each direction.
/// </summary>
internal abstract unsafe class SumKernel(int inputs) : Kernel
{
    /// <summary>How many buffers with tables there are.</summary>
    public int Inputs => inputs;

    /// <summary>How many log sums there are: the length of the first output.</summary>
    public abstract int Count { get; }

    /// <summary>How many numbers the pass leaves for the adjoint: the length of the second output.</summary>
    public abstract int Saved { get; }

    /// <summary>How many numbers the scratch area has.</summary>
    public virtual int Work => 0;

    /// <summary>The call on buffers with tables, with all else that it needs. It runs once where <paramref name="logSums"/> are data.</summary>
    public KernelCall Call(BufferSlice[] tables, Buffer logSums)
    {
        var saved = logSums.Kind == BufferKind.Data
            ? new Buffer("sum_saved", Saved, BufferKind.Data) { Initial = new double[Saved] }
            : new Buffer("sum_saved", Saved, BufferKind.Scratch);
        return new(this, tables, [new BufferSlice(logSums, 0), new BufferSlice(saved, 0)],
            [new BufferSlice(new Buffer("sum_work", Math.Max(1, Work), BufferKind.Scratch), 0)]);
    }

    public sealed override void Run(double** a) => Run(a, a[inputs], a[inputs + 1], a[inputs + 2]);

    public sealed override KernelCall Differentiate(KernelCall call, Func<BufferSlice, BufferSlice?> adjoint)
    {
        var gradients = Array.ConvertAll(call.Inputs, i => adjoint(i));
        return new KernelCall(new AdjointOf(this, Array.ConvertAll(gradients, g => g is not null)),
            [.. call.Inputs, call.Outputs[1], adjoint(call.Outputs[0])!.Value], [.. gradients.Where(g => g is not null).Select(g => g!.Value)], call.Scratch);
    }

    protected abstract void Run(double** tables, double* logSums, double* saved, double* work);

    /// <summary>gradients += seed · expectation. A gradient that is not wanted is null.</summary>
    protected abstract void Adjoint(double** tables, double* saved, double* seeds, double** gradients, double* work);

    private sealed class AdjointOf(SumKernel forward, bool[] isActive) : AdjointKernel
    {
        public override string Name => $"{forward.Name} adjoint";

        public override void Run(double** a)
        {
            var gradients = stackalloc double*[isActive.Length];
            var next = isActive.Length + 2;
            for (var i = 0; i < isActive.Length; i++) gradients[i] = isActive[i] ? a[next++] : null;
            forward.Adjoint(a, a[isActive.Length], a[isActive.Length + 1], gradients, a[next]);
        }
    }
}
