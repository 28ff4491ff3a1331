using ProbLang.Numerics;
using Routines = ProbLang.Numerics.Kernels;

namespace ProbLang.Programs;

/// <summary>y = A x, row-major.</summary>
internal sealed unsafe class MatVecKernel(int rows, int columns) : Kernel
{
    public override string Name => $"matvec {rows}x{columns}";

    public override void Run(double** a) => Routines.MatVec(a[0], rows, columns, a[1], a[2]);

    public override KernelCall Differentiate(KernelCall call, Func<BufferSlice, BufferSlice?> adjoint)
    {
        var gy = adjoint(call.Outputs[0])!.Value;
        var (ga, gx) = (adjoint(call.Inputs[0]), adjoint(call.Inputs[1]));
        BufferSlice[] outputs = [.. new[] { ga, gx }.Where(g => g is not null).Select(g => g!.Value)];
        return new KernelCall(new Adjoint(rows, columns, ga is not null, gx is not null), [.. call.Inputs, gy], outputs, []);
    }

    private sealed class Adjoint(int rows, int columns, bool toMatrix, bool toVector) : AdjointKernel
    {
        public override string Name => $"matvec_adjoint {rows}x{columns}";

        public override void Run(double** a)
        {
            if (toMatrix) Routines.OuterAdd(a[2], rows, a[1], columns, a[3]);
            if (toVector) Routines.MatVecTransposedAdd(a[0], rows, columns, a[2], a[toMatrix ? 4 : 3]);
        }
    }
}

/// <summary>C = A B, row-major.</summary>
internal sealed unsafe class MatMulKernel(int m, int k, int n) : Kernel
{
    public override string Name => $"matmul {m}x{k}x{n}";

    public override void Run(double** a) => Routines.MatMul(a[0], m, k, a[1], n, a[2]);

    public override KernelCall Differentiate(KernelCall call, Func<BufferSlice, BufferSlice?> adjoint)
    {
        var gc = adjoint(call.Outputs[0])!.Value;
        var (ga, gb) = (adjoint(call.Inputs[0]), adjoint(call.Inputs[1]));
        BufferSlice[] outputs = [.. new[] { ga, gb }.Where(g => g is not null).Select(g => g!.Value)];
        return new KernelCall(new Adjoint(m, k, n, ga is not null, gb is not null), [.. call.Inputs, gc], outputs, []);
    }

    private sealed class Adjoint(int m, int k, int n, bool toLeft, bool toRight) : AdjointKernel
    {
        public override string Name => $"matmul_adjoint {m}x{k}x{n}";

        public override void Run(double** a)
        {
            if (toLeft) Routines.MatMulAdjointLeft(a[2], m, k, a[1], n, a[3]);
            if (toRight) Routines.MatMulAdjointRight(a[0], m, k, a[2], n, a[toLeft ? 4 : 3]);
        }
    }
}

/// <summary>L with A = L Lᵀ; of A the lower triangle is read. All NaN where A is not positive definite.</summary>
internal sealed unsafe class CholeskyKernel(int n) : Kernel
{
    public override string Name => $"cholesky {n}";

    public override void Run(double** a)
    {
        if (!Routines.Cholesky(a[0], n, a[1])) new Span<double>(a[1], n * n).Fill(double.NaN);
    }

    public override KernelCall Differentiate(KernelCall call, Func<BufferSlice, BufferSlice?> adjoint)
    {
        var work = new Buffer("cholesky_work", Routines.CholeskyAdjointWork(n), BufferKind.Scratch);
        return new KernelCall(new Adjoint(n), [call.Outputs[0], adjoint(call.Outputs[0])!.Value], [adjoint(call.Inputs[0])!.Value], [new BufferSlice(work, 0)]);
    }

    private sealed class Adjoint(int n) : AdjointKernel
    {
        public override string Name => $"cholesky_adjoint {n}";

        public override void Run(double** a) => Routines.CholeskyAdjoint(a[0], a[1], n, a[2], a[3]);
    }
}

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
        for (var b = 0; b < count; b++) a[3][b] = Density(a, b, a[next], 1, gradients);
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
            for (var b = 0; b < forward.Count; b++) forward.Density(a, b, a[next], a[3][b], gradients);
        }
    }

    private int Count => count;

    private int Strides(int input) => strides[input];

    private bool IsActive(int input) => active[input];
}

/// <summary>Rows of K - 1 coordinates to points of the simplex of K, which each row has its own, and the log-Jacobian of all of them.</summary>
internal sealed unsafe class SimplexKernel(int[] sizes) : Kernel
{
    /// <summary>Rows of one size that follow each other.</summary>
    private readonly (int Rows, int Size)[] _runs = Runs(sizes);

    public override string Name => $"simplex {string.Join("+", _runs.Select(r => $"{r.Rows}x{r.Size}"))}";

    public override void Run(double** a)
    {
        double* q = a[0], x = a[1];
        *a[2] = 0;
        foreach (var (rows, k) in _runs)
        {
            *a[2] += Routines.Simplex(q, rows, k, x);
            q += rows * (k - 1);
            x += rows * k;
        }
    }

    public override KernelCall Differentiate(KernelCall call, Func<BufferSlice, BufferSlice?> adjoint) =>
        new(new Adjoint(this),
            [call.Inputs[0], call.Outputs[0], adjoint(call.Outputs[0])!.Value, adjoint(call.Outputs[1])!.Value],
            [adjoint(call.Inputs[0])!.Value], []);

    private static (int, int)[] Runs(int[] sizes)
    {
        var runs = new List<(int Rows, int Size)>();
        foreach (var size in sizes)
            if (runs.Count > 0 && runs[^1].Size == size) runs[^1] = (runs[^1].Rows + 1, size);
            else runs.Add((1, size));
        return [.. runs];
    }

    private sealed class Adjoint(SimplexKernel forward) : AdjointKernel
    {
        public override string Name => $"{forward.Name} adjoint";

        public override void Run(double** a)
        {
            double* q = a[0], x = a[1], gx = a[2], gq = a[4];
            foreach (var (rows, k) in forward._runs)
            {
                Routines.SimplexAdjoint(q, rows, k, x, gx, *a[3], gq);
                q += rows * (k - 1);
                x += rows * k;
                gx += rows * k;
                gq += rows * (k - 1);
            }
        }
    }
}
