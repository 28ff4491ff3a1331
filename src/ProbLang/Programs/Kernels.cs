using ProbLang.Numerics;
using Routines = ProbLang.Numerics.Kernels;

namespace ProbLang.Programs;

/// <summary>
/// Log densities of a batch of multivariate normals. Inputs are x, mean and matrix; one with stride 0 is shared by the batch.
/// Where none that is active is shared the gradients come out of the same pass, as further outputs; otherwise the adjoint
/// goes through the batch again with the seed of each.
/// </summary>
internal sealed unsafe class MvNormalKernel(MatrixForm form, int n, int count, int[] strides, bool[] active) : Kernel
{
    private readonly bool _recomputes = count > 1 && Enumerable.Range(0, 3).Any(i => active[i] && strides[i] == 0);

    public override string Name => $"mv_normal_{form.ToString().ToLowerInvariant()} {(count == 1 ? "" : $"{count}x")}{n}";

    public override void Run(double** a)
    {
        var gradients = stackalloc double*[3];
        var next = 4;
        for (var i = 0; i < 3; i++)
        {
            gradients[i] = active[i] && !_recomputes ? a[next++] : null;
            if (gradients[i] != null) new Span<double>(gradients[i], Length(i)).Clear();
        }
        var looks = new BatchTicker(Routines.MvNormalWork(n));
        for (var b = 0; b < count; b++)
        {
            looks.Tick();
            a[3][b] = Density(a, b, a[next], 1, gradients);
        }
    }

    /// <summary>The outputs that a call has beside the densities, and its scratch.</summary>
    public (BufferSlice[] Gradients, BufferSlice Work) Buffers()
    {
        var gradients = new List<BufferSlice>();
        for (var i = 0; i < 3; i++)
            if (active[i] && !_recomputes) gradients.Add(new BufferSlice(new Buffer($"mv_normal_g{i}", Length(i), BufferKind.Scratch), 0));
        return ([.. gradients], Work());
    }

    public override KernelCall Differentiate(KernelCall call, Func<BufferSlice, BufferSlice?> adjoint)
    {
        var seeds = adjoint(call.Outputs[0])!.Value;
        int[] inputs = [.. Enumerable.Range(0, 3).Where(i => active[i])];
        BufferSlice[] targets = [.. inputs.Select(i => adjoint(call.Inputs[i])!.Value)];
        return _recomputes
            ? new KernelCall(new RecomputingAdjoint(this), [.. call.Inputs, seeds], targets, [Work()])
            : new KernelCall(new ScalingAdjoint(this, inputs), [seeds, .. call.Outputs[1..]], targets, []);
    }

    private double Density(double** inputs, int b, double* work, double seed, double** gradients)
    {
        double* x = inputs[0] + b * strides[0], mean = inputs[1] + b * strides[1], matrix = inputs[2] + b * strides[2];
        double* gx = At(gradients, 0, b), gmean = At(gradients, 1, b), gmatrix = At(gradients, 2, b);
        return form switch
        {
            MatrixForm.Covariance => Routines.MvNormalCovariance(x, mean, matrix, n, work, seed, gx, gmean, gmatrix),
            MatrixForm.Precision => Routines.MvNormalPrecision(x, mean, matrix, n, work, seed, gx, gmean, gmatrix),
            _ => Routines.MvNormalCholesky(x, mean, matrix, n, work, seed, gx, gmean, gmatrix),
        };
    }

    private BufferSlice Work() => new(new Buffer("mv_normal_work", Routines.MvNormalWork(n), BufferKind.Scratch), 0);

    private int Size(int input) => input == 2 ? n * n : n;

    private int Length(int input) => Size(input) + strides[input] * (count - 1);

    private double* At(double** starts, int input, int b) => starts[input] == null ? null : starts[input] + b * strides[input];

    /// <summary>target += seed · gradient, for gradients that the forward pass left.</summary>
    private sealed class ScalingAdjoint(MvNormalKernel forward, int[] inputs) : AdjointKernel
    {
        public override string Name => $"{forward.Name} adjoint";

        public override void Run(double** a)
        {
            for (var p = 0; p < inputs.Length; p++)
            {
                var (size, stride) = (forward.Size(inputs[p]), forward.Strides(inputs[p]));
                for (var b = 0; b < forward.Count; b++)
                    Routines.AddScaled(a[0][b], a[1 + p] + b * stride, a[1 + inputs.Length + p] + b * stride, size);
            }
        }
    }

    /// <summary>The gradients of every member of the batch with its own seed, added up where an input is shared.</summary>
    private sealed class RecomputingAdjoint(MvNormalKernel forward) : AdjointKernel
    {
        public override string Name => $"{forward.Name} adjoint";

        public override void Run(double** a)
        {
            var gradients = stackalloc double*[3];
            var next = 4;
            for (var i = 0; i < 3; i++) gradients[i] = forward.IsActive(i) ? a[next++] : null;
            var looks = new BatchTicker(Routines.MvNormalWork(forward.Size(0)));
            for (var b = 0; b < forward.Count; b++)
            {
                looks.Tick();
                forward.Density(a, b, a[next], a[3][b], gradients);
            }
        }
    }

    private int Count => count;

    private int Strides(int input) => strides[input];

    private bool IsActive(int input) => active[input];
}
