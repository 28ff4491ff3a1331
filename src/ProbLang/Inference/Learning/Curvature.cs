using System.Collections.Immutable;
using ProbLang.Limits;

namespace ProbLang.Inference;

/// <summary>A direction in which a function has no minimum at a position.</summary>
/// <param name="Curvature">The second derivative along it when every coordinate is measured in units in which its own second derivative is one: about 0 where the function is flat, below 0 where it falls.</param>
/// <param name="IsFlat">Whether the curvature cannot be told from 0.</param>
/// <param name="Direction">How far each coordinate goes; the largest part is 1.</param>
/// <param name="Coordinates">The coordinates that take part, the strongest first.</param>
internal sealed record WeakDirection(double Curvature, bool IsFlat, ImmutableArray<double> Direction, ImmutableArray<int> Coordinates);

/// <summary>What a Hessian says of a minimum: its inverse, which is the covariance of estimates, or the directions that forbid it.</summary>
/// <param name="Inverse">The inverse, row-major; null when the Hessian is not positive definite.</param>
/// <param name="LogDeterminant">Of the Hessian; NaN when it is not positive definite.</param>
/// <param name="Weak">The directions without curvature, or with negative curvature; empty when there is an inverse, or when <paramref name="NotFinite"/> is not.</param>
/// <param name="NotFinite">The coordinates whose second derivatives are not finite.</param>
internal sealed record Curvature(double[]? Inverse, double LogDeterminant, ImmutableArray<WeakDirection> Weak, ImmutableArray<int> NotFinite)
{
    /// <summary>The part of the strongest coordinate from which on a coordinate takes part in a direction.</summary>
    private const double Part = 0.1;
    private const double Rounding = 2.220446049250313e-16;

    public static Curvature Of(Hessian hessian)
    {
        var n = hessian.Dimension;
        var bad = Enumerable.Range(0, n).Where(i => !Vectors.AreFinite(hessian.Values.AsSpan(i * n, n))).ToImmutableArray();
        if (bad.Length > 0) return new Curvature(null, double.NaN, [], bad);
        var units = hessian.Units;
        var scaled = new double[n * n];
        for (var i = 0; i < n * n; i++) scaled[i] = hessian.Values[i] * units[i / n] * units[i % n];
        // An eigenvalue is known as well as the matrix is: what is smaller may as well be 0.
        var tolerance = n * (Math.Min(hessian.Error, 1) + Rounding);
        return TryInvert(scaled, units, tolerance) ?? new Curvature(null, double.NaN, WeakDirections(scaled, units, tolerance), []);
    }

    private static Curvature? TryInvert(double[] scaled, double[] units, double tolerance)
    {
        var n = units.Length;
        var factor = scaled.ToArray();
        if (!Cholesky.TryFactor(factor, n)) return null;
        var inverse = new double[n * n];
        var logDeterminant = 0.0;
        for (var i = 0; i < n; i++)
        {
            Budget.Current.Check();
            logDeterminant += 2 * Math.Log(factor[i * n + i] / units[i]);
            var column = inverse.AsSpan(i * n, n);
            column[i] = 1;
            Cholesky.Solve(factor, column, n);
            Cholesky.SolveTransposed(factor, column, n);
        }
        // The norm bounds the inverse of the smallest eigenvalue from above, and misses it by sqrt(n) at most.
        if (!(1 / Vectors.Norm(inverse) > tolerance) && !IsAbove(scaled, n, tolerance)) return null;
        for (var i = 0; i < n * n; i++) inverse[i] *= units[i / n] * units[i % n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++) inverse[i * n + j] = inverse[j * n + i] = 0.5 * (inverse[i * n + j] + inverse[j * n + i]);
        }
        return new Curvature(inverse, logDeterminant, [], []);
    }

    /// <summary>Whether all eigenvalues are greater: then what is left without so much of the diagonal is positive definite.</summary>
    private static bool IsAbove(double[] scaled, int n, double tolerance)
    {
        var left = scaled.ToArray();
        for (var i = 0; i < n; i++) left[i * n + i] -= tolerance;
        return Cholesky.TryFactor(left, n);
    }

    private static ImmutableArray<WeakDirection> WeakDirections(double[] scaled, double[] units, double tolerance)
    {
        var eigen = SymmetricEigen.Of(scaled, units.Length);
        var weak = ImmutableArray.CreateBuilder<WeakDirection>();
        for (var k = 0; k < units.Length && eigen.Values[k] <= tolerance; k++)
            weak.Add(new WeakDirection(eigen.Values[k], eigen.Values[k] >= -tolerance, Rescaled(eigen.Vectors[k], units), Strongest(eigen.Vectors[k])));
        return weak.ToImmutable();
    }

    private static ImmutableArray<double> Rescaled(double[] vector, double[] units)
    {
        var direction = vector.Zip(units, (v, unit) => v * unit).ToArray();
        var largest = direction.MaxBy(Math.Abs);
        return [.. direction.Select(d => d / largest)];
    }

    private static ImmutableArray<int> Strongest(double[] vector)
    {
        var largest = Vectors.Largest(vector);
        return [.. Enumerable.Range(0, vector.Length).Where(i => Math.Abs(vector[i]) >= Part * largest).OrderByDescending(i => Math.Abs(vector[i]))];
    }
}
