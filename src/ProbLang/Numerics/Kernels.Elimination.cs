using System.Runtime.CompilerServices;

namespace ProbLang.Numerics;

// Square matrices that need not be symmetric, by elimination with partial pivoting: P A = L U, both factors in one area, L with ones on its diagonal.
internal static unsafe partial class Kernels
{
    /// <summary>Factors A into <paramref name="lu"/>; row i of it is row pivots[i] of A. Returns the sign of the permutation; where A is singular a diagonal element of U is 0.</summary>
    [MethodImpl(Hot)]
    public static double Eliminate(double* a, int n, double* lu, double* pivots)
    {
        new Span<double>(a, n * n).CopyTo(new Span<double>(lu, n * n));
        for (var i = 0; i < n; i++) pivots[i] = i;
        var sign = 1.0;
        for (var k = 0; k < n; k++)
        {
            var greatest = k;
            for (var i = k + 1; i < n; i++)
                if (Math.Abs(lu[i * n + k]) > Math.Abs(lu[greatest * n + k])) greatest = i;
            if (greatest != k)
            {
                sign = -sign;
                (pivots[k], pivots[greatest]) = (pivots[greatest], pivots[k]);
                for (var j = 0; j < n; j++) (lu[k * n + j], lu[greatest * n + j]) = (lu[greatest * n + j], lu[k * n + j]);
            }
            if (lu[k * n + k] == 0) continue;
            for (var i = k + 1; i < n; i++)
            {
                var factor = lu[i * n + k] /= lu[k * n + k];
                AddScaled(-factor, lu + k * n + k + 1, lu + i * n + k + 1, n - k - 1);
            }
        }
        return sign;
    }

    /// <summary>X with A X = B for the factors of A; B and X have <paramref name="columns"/> columns and do not overlap.</summary>
    [MethodImpl(Hot)]
    public static void SolveEliminated(double* lu, double* pivots, int n, double* b, int columns, double* x)
    {
        for (var i = 0; i < n; i++)
        {
            var row = x + i * columns;
            new Span<double>(b + (int)pivots[i] * columns, columns).CopyTo(new Span<double>(row, columns));
            for (var k = 0; k < i; k++) AddScaled(-lu[i * n + k], x + k * columns, row, columns);
        }
        for (var i = n - 1; i >= 0; i--)
        {
            var row = x + i * columns;
            for (var k = i + 1; k < n; k++) AddScaled(-lu[i * n + k], x + k * columns, row, columns);
            for (var c = 0; c < columns; c++) row[c] /= lu[i * n + i];
        }
    }

    /// <summary>X with Aᵀ X = B for the factors of A. B and X do not overlap; the work area is as large as they are.</summary>
    [MethodImpl(Hot)]
    public static void SolveEliminatedTransposed(double* lu, double* pivots, int n, double* b, int columns, double* x, double* work)
    {
        new Span<double>(b, n * columns).CopyTo(new Span<double>(work, n * columns));
        for (var i = 0; i < n; i++)
        {
            var row = work + i * columns;
            for (var c = 0; c < columns; c++) row[c] /= lu[i * n + i];
            for (var k = i + 1; k < n; k++) AddScaled(-lu[i * n + k], row, work + k * columns, columns);
        }
        for (var i = n - 1; i >= 0; i--)
            for (var k = 0; k < i; k++) AddScaled(-lu[i * n + k], work + i * columns, work + k * columns, columns);
        for (var i = 0; i < n; i++) new Span<double>(work + i * columns, columns).CopyTo(new Span<double>(x + (int)pivots[i] * columns, columns));
    }

    /// <summary>The inverse from the factors; the work area holds n² numbers.</summary>
    [MethodImpl(Hot)]
    public static void InverseEliminated(double* lu, double* pivots, int n, double* inverse, double* work)
    {
        new Span<double>(work, n * n).Clear();
        for (var i = 0; i < n; i++) work[i * n + i] = 1;
        SolveEliminated(lu, pivots, n, work, n, inverse);
    }
}
