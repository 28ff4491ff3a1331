using Routines = ProbLang.Numerics.Kernels;

namespace ProbLang.Programs;

/// <summary>Rows of K - 1 coordinates to points of the simplex of K, and the log-Jacobian of all of them.</summary>
internal sealed unsafe class SimplexKernel(int rows, int k) : TransformKernel
{
    public override string Name => $"simplex {rows}x{k}";

    public override void Run(double** a) => *a[2] = Routines.Simplex(a[0], rows, k, a[1]);

    protected override void Adjoint(double* y, double* x, double* gx, double seed, double* gy, double* work) => Routines.SimplexAdjoint(y, rows, k, x, gx, seed, gy);
}

/// <summary>As <see cref="SimplexKernel"/>, with a K for each row.</summary>
internal sealed unsafe class SimplexesKernel(int[] sizes) : TransformKernel
{
    /// <summary>Rows of one size that follow each other.</summary>
    private readonly (int Rows, int Size)[] _runs = Runs(sizes);

    public override string Name => $"simplex {string.Join("+", _runs.Select(r => $"{r.Rows}x{r.Size}"))}";

    public override void Run(double** a)
    {
        double* y = a[0], x = a[1];
        *a[2] = 0;
        foreach (var (rows, k) in _runs)
        {
            *a[2] += Routines.Simplex(y, rows, k, x);
            y += rows * (k - 1);
            x += rows * k;
        }
    }

    protected override void Adjoint(double* y, double* x, double* gx, double seed, double* gy, double* work)
    {
        foreach (var (rows, k) in _runs)
        {
            Routines.SimplexAdjoint(y, rows, k, x, gx, seed, gy);
            y += rows * (k - 1);
            x += rows * k;
            gx += rows * k;
            gy += rows * (k - 1);
        }
    }

    private static (int, int)[] Runs(int[] sizes)
    {
        var runs = new List<(int Rows, int Size)>();
        foreach (var size in sizes)
            if (runs.Count > 0 && runs[^1].Size == size) runs[^1] = (runs[^1].Rows + 1, size);
            else runs.Add((1, size));
        return [.. runs];
    }
}

/// <summary>Partial correlations to correlation matrices or their factors, and the log-Jacobian of all of them.</summary>
internal sealed unsafe class CorrelationKernel(int count, int k, bool isProduct) : TransformKernel
{
    public override string Name => $"{(isProduct ? "correlation" : "correlation_factor")} {count}x{k}";

    public override void Run(double** a) => *a[2] = Routines.Correlations(a[0], count, k, isProduct, a[1], a[3]);

    protected override void Adjoint(double* y, double* x, double* gx, double seed, double* gy, double* work) =>
        Routines.CorrelationsAdjoint(y, count, k, isProduct, gx, seed, gy, work);
}

/// <summary>Factors with the logarithm of their diagonal to covariance matrices or the factors themselves, and the log-Jacobian of all of them.</summary>
internal sealed unsafe class CovarianceKernel(int count, int k, bool isProduct) : TransformKernel
{
    public override string Name => $"{(isProduct ? "covariance" : "factor")} {count}x{k}";

    public override void Run(double** a) => *a[2] = isProduct ? Routines.Covariances(a[0], count, k, a[1], a[3]) : Routines.Factors(a[0], count, k, a[1]);

    protected override void Adjoint(double* y, double* x, double* gx, double seed, double* gy, double* work)
    {
        if (isProduct) Routines.CovariancesAdjoint(y, count, k, gx, seed, gy, work);
        else Routines.FactorsAdjoint(count, k, x, gx, seed, gy);
    }
}

/// <summary>Points of a plane to vectors of length 1, and the log-Jacobian of all of them.</summary>
internal sealed unsafe class DirectionKernel(int count, int k) : TransformKernel
{
    public override string Name => $"direction {count}x{k}";

    public override void Run(double** a) => *a[2] = Routines.Directions(a[0], count, k, a[1]);

    protected override void Adjoint(double* y, double* x, double* gx, double seed, double* gy, double* work) => Routines.DirectionsAdjoint(y, count, k, gx, seed, gy);
}

/// <summary>Coordinates to events and the log-Jacobian, with a work area.</summary>
internal abstract unsafe class TransformKernel : Kernel
{
    public sealed override KernelCall Differentiate(KernelCall call, Func<BufferSlice, BufferSlice?> adjoint) =>
        new(new AdjointOf(this),
            [call.Inputs[0], call.Outputs[0], adjoint(call.Outputs[0])!.Value, adjoint(call.Outputs[1])!.Value],
            [adjoint(call.Inputs[0])!.Value], call.Scratch);

    /// <summary>gy += the gradient through x, and a seed times that of the log-Jacobian.</summary>
    protected abstract void Adjoint(double* y, double* x, double* gx, double seed, double* gy, double* work);

    private sealed class AdjointOf(TransformKernel forward) : AdjointKernel
    {
        public override string Name => $"{forward.Name} adjoint";

        public override void Run(double** a) => forward.Adjoint(a[0], a[1], a[2], *a[3], a[4], a[5]);
    }
}
