using Numeric = ProbLang.Numerics.Kernels;

namespace ProbLang.Programs;

/// <summary>L with A = L Lᵀ. All NaN where A is not positive definite.</summary>
internal sealed unsafe class CholeskyRoutine(int n) : Routine
{
    public override string Name => $"cholesky {n}";

    public override int[] Inputs => [n * n];

    public override int[][] Outputs => [[n, n]];

    public override int Work => Numeric.CholeskyAdjointWork(n);

    public override bool IsSymmetric(int input) => true;

    public override void Run(double** inputs, double** outputs, double* work)
    {
        if (!Numeric.Cholesky(inputs[0], n, outputs[0])) new Span<double>(outputs[0], n * n).Fill(double.NaN);
    }

    public override void Adjoint(double** inputs, double** outputs, double** seeds, double** gradients, double* work) =>
        Numeric.CholeskyAdjoint(outputs[0], seeds[0], n, gradients[0], work);
}

/// <summary>log |S| of a positive definite matrix.</summary>
internal sealed unsafe class LogDeterminantRoutine(int n) : Routine
{
    public override string Name => $"log_determinant {n}";

    public override int[] Inputs => [n * n];

    public override int[][] Outputs => [[]];

    public override int[] Saved => [n * n];

    public override int Work => n * n + Numeric.InverseFromCholeskyWork(n);

    public override bool IsSymmetric(int input) => true;

    public override void Run(double** inputs, double** outputs, double* work) => *outputs[0] = Numeric.LogDeterminant(inputs[0], n, outputs[1]);

    public override void Adjoint(double** inputs, double** outputs, double** seeds, double** gradients, double* work) =>
        Numeric.LogDeterminantAdjoint(outputs[1], n, *seeds[0], gradients[0], work);
}

/// <summary>log |S| and the squared distance of x from a location, of x, location and S.</summary>
internal sealed unsafe class MahalanobisRoutine(int n) : Routine
{
    public override string Name => $"mahalanobis {n}";

    public override int[] Inputs => [n, n, n * n];

    public override int[][] Outputs => [[], []];

    public override int[] Saved => [n * n, n];

    public override int Work => n * n + Numeric.InverseFromCholeskyWork(n);

    public override bool IsSymmetric(int input) => input == 2;

    public override void Run(double** inputs, double** outputs, double* work) =>
        (*outputs[0], *outputs[1]) = Numeric.Mahalanobis(inputs[0], inputs[1], inputs[2], n, outputs[2], outputs[3]);

    public override void Adjoint(double** inputs, double** outputs, double** seeds, double** gradients, double* work) =>
        Numeric.MahalanobisAdjoint(outputs[2], outputs[3], n, *seeds[0], *seeds[1], gradients[0], gradients[1], gradients[2], work);
}

/// <summary>log |S| and the trace of S⁻¹ A, of S and A.</summary>
internal sealed unsafe class TraceOfQuotientRoutine(int n) : Routine
{
    public override string Name => $"trace_of_quotient {n}";

    public override int[] Inputs => [n * n, n * n];

    public override int[][] Outputs => [[], []];

    public override int[] Saved => [n * n];

    public override int Work => Numeric.TraceOfQuotientWork(n);

    public override bool IsSymmetric(int input) => true;

    public override void Run(double** inputs, double** outputs, double* work) =>
        (*outputs[0], *outputs[1]) = Numeric.TraceOfQuotient(inputs[0], inputs[1], n, outputs[2], work);

    public override void Adjoint(double** inputs, double** outputs, double** seeds, double** gradients, double* work) =>
        Numeric.TraceOfQuotientAdjoint(outputs[2], inputs[1], n, *seeds[0], *seeds[1], gradients[0], gradients[1], work);
}

/// <summary>X with A X = B for a square A, of A and B.</summary>
internal sealed unsafe class SolveRoutine(int n, int[] shape) : Routine
{
    private readonly int _columns = shape.Length == 1 ? 1 : shape[1];

    public override string Name => $"solve {n}x{_columns}";

    public override int[] Inputs => [n * n, n * _columns];

    public override int[][] Outputs => [shape];

    public override int[] Saved => [n * n, n];

    public override int Work => 2 * n * _columns;

    public override void Run(double** inputs, double** outputs, double* work)
    {
        Numeric.Eliminate(inputs[0], n, outputs[1], outputs[2]);
        Numeric.SolveEliminated(outputs[1], outputs[2], n, inputs[1], _columns, outputs[0]);
    }

    /// <remarks>With G the seed, gB = A⁻ᵀ G and gA = -gB Xᵀ.</remarks>
    public override void Adjoint(double** inputs, double** outputs, double** seeds, double** gradients, double* work)
    {
        var solved = work + n * _columns;
        Numeric.SolveEliminatedTransposed(outputs[1], outputs[2], n, seeds[0], _columns, solved, work);
        if (gradients[1] != null) Numeric.AddScaled(1, solved, gradients[1], n * _columns);
        if (gradients[0] == null) return;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) gradients[0][i * n + j] -= Numeric.Dot(solved + i * _columns, outputs[0] + j * _columns, _columns);
    }
}

/// <summary>The inverse of a square matrix.</summary>
internal sealed unsafe class InverseRoutine(int n) : Routine
{
    public override string Name => $"inverse {n}";

    public override int[] Inputs => [n * n];

    public override int[][] Outputs => [[n, n]];

    public override int Work => 2 * n * n + n;

    public override void Run(double** inputs, double** outputs, double* work)
    {
        double* factors = work, unit = factors + n * n, pivots = unit + n * n;
        Numeric.Eliminate(inputs[0], n, factors, pivots);
        Numeric.InverseEliminated(factors, pivots, n, outputs[0], unit);
    }

    /// <remarks>With W the inverse and G the seed, gA = -Wᵀ G Wᵀ.</remarks>
    public override void Adjoint(double** inputs, double** outputs, double** seeds, double** gradients, double* work)
    {
        double* product = work, whole = product + n * n;
        new Span<double>(work, 2 * n * n).Clear();
        Numeric.MatMulAdd(outputs[0], 1, n, seeds[0], n, 1, n, n, n, product);
        Numeric.MatMulAdd(product, n, 1, outputs[0], 1, n, n, n, n, whole);
        Numeric.AddScaled(-1, whole, gradients[0], n * n);
    }
}

/// <summary>The determinant of a square matrix, or the logarithm of its absolute value.</summary>
internal sealed unsafe class DeterminantRoutine(int n, bool isLog) : Routine
{
    public override string Name => $"{(isLog ? "log_" : "")}det {n}";

    public override int[] Inputs => [n * n];

    public override int[][] Outputs => [[]];

    public override int[] Saved => [n * n, n];

    public override int Work => 2 * n * n;

    public override void Run(double** inputs, double** outputs, double* work)
    {
        var determinant = Numeric.Eliminate(inputs[0], n, outputs[1], outputs[2]);
        var log = 0.0;
        for (var i = 0; i < n; i++)
        {
            determinant *= outputs[1][i * n + i];
            log += Math.Log(Math.Abs(outputs[1][i * n + i]));
        }
        *outputs[0] = isLog ? log : determinant;
    }

    /// <remarks>d log |A| = tr(A⁻¹ dA).</remarks>
    public override void Adjoint(double** inputs, double** outputs, double** seeds, double** gradients, double* work)
    {
        Numeric.InverseEliminated(outputs[1], outputs[2], n, work, work + n * n);
        var seed = isLog ? *seeds[0] : *seeds[0] * *outputs[0];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) gradients[0][i * n + j] += seed * work[j * n + i];
    }
}

/// <summary>The elements of a vector from the least up; where two cross the derivative is that of either order.</summary>
internal sealed unsafe class SortRoutine(int n) : Routine
{
    public override string Name => $"sort {n}";

    public override int[] Inputs => [n];

    public override int[][] Outputs => [[n]];

    public override int[] Saved => [n];

    public override void Run(double** inputs, double** outputs, double* work)
    {
        var sorted = new Span<double>(outputs[0], n);
        var from = new Span<double>(outputs[1], n);
        for (var i = 0; i < n; i++) (sorted[i], from[i]) = (inputs[0][i], i);
        sorted.Sort(from);
    }

    public override void Adjoint(double** inputs, double** outputs, double** seeds, double** gradients, double* work)
    {
        for (var i = 0; i < n; i++) gradients[0][(int)outputs[1][i]] += seeds[0][i];
    }
}

/// <summary>The place of each element of a vector in its order, equal ones alike.</summary>
internal sealed unsafe class RankRoutine(int n) : Routine
{
    public override string Name => $"rank {n}";

    public override int[] Inputs => [n];

    public override int[][] Outputs => [[n]];

    public override int Work => n;

    public override bool IsConstant => true;

    public override void Run(double** inputs, double** outputs, double* work)
    {
        var sorted = new Span<double>(work, n);
        new Span<double>(inputs[0], n).CopyTo(sorted);
        sorted.Sort();
        for (var i = 0; i < n; i++)
        {
            // The first of equals.
            int low = 0, high = n;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (sorted[middle] < inputs[0][i]) low = middle + 1;
                else high = middle;
            }
            outputs[0][i] = low + 1;
        }
    }

    public override void Adjoint(double** inputs, double** outputs, double** seeds, double** gradients, double* work) { }
}
