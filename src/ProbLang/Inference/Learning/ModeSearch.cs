namespace ProbLang.Inference;

/// <summary>A minimum with what the second derivatives say of it.</summary>
/// <param name="Minimum">Where it is, and how it was found.</param>
/// <param name="Hessian">The second derivatives there; null where there are too many coordinates.</param>
/// <param name="Curvature">Their inverse, or what forbids it; null where there is no Hessian.</param>
/// <param name="Starts">How many starts ended there, of how many.</param>
internal sealed record FoundMode(Minimum Minimum, Hessian? Hessian, Curvature? Curvature, (int Same, int Of) Starts)
{
    /// <summary>Whether the search was cancelled before the second derivatives were known.</summary>
    public bool IsCut { get; init; }
}

/// <summary>
/// Looks for the least value of a smooth function: from several starts by L-BFGS, then by Newton's steps, which leave no more than rounding of the gradient. A place where the function
/// falls to both sides, as where the components of a mixture are equal, is left again.
/// </summary>
internal sealed class ModeSearch(ISmoothFunction function, LimitedMemoryBfgs method)
{
    public const int UsualMostForHessian = 1000;
    private const int MostEscapes = 8;
    private const int MostNewtonSteps = 8;
    private const double Same = 1e-6;

    /// <summary>In squared standard errors.</summary>
    private const double Near = 1e-16;

    /// <summary>With more coordinates there is no Hessian.</summary>
    public int MostForHessian { get; init; } = UsualMostForHessian;

    /// <param name="starts">Where the search begins, each by itself.</param>
    /// <param name="others">Where it begins, one after the other, as long as the function is not finite there; for where it is so at none of the starts.</param>
    /// <param name="progress">Told of every iteration.</param>
    /// <param name="cancellation">Ends it soon.</param>
    public FoundMode Find(IEnumerable<double[]> starts, IEnumerable<double[]> others, Action<MinimizationProgress>? progress, CancellationToken cancellation)
    {
        var minima = new List<Minimum>();
        foreach (var start in starts)
        {
            try
            {
                minima.Add(method.Minimize(function, start, progress, cancellation));
            }
            catch (OperationCanceledException) when (minima.Count > 0 && cancellation.IsCancellationRequested)
            {
                // Of this start there is nothing yet, and of those before there is.
            }
            if (cancellation.IsCancellationRequested) break;
        }
        foreach (var start in others)
        {
            if (cancellation.IsCancellationRequested || minima.Exists(m => m.Stop != MinimizationStop.NoStart)) break;
            minima = [method.Minimize(function, start, progress, cancellation)];
        }
        var best = minima.OrderBy(m => double.IsNaN(m.Value) ? double.PositiveInfinity : m.Value).First();
        var same = minima.Count(m => Math.Abs(m.Value - best.Value) <= Same * Math.Max(1, Math.Abs(best.Value)));
        if (best.Stop == MinimizationStop.NoStart || function.Dimension > MostForHessian || cancellation.IsCancellationRequested)
            return new FoundMode(best, null, null, (same, minima.Count)) { IsCut = cancellation.IsCancellationRequested };
        try
        {
            return Curved(ref best, (same, minima.Count), progress, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The mode is found, and how the function is curved there is not.
            return new FoundMode(best, null, null, (same, minima.Count)) { IsCut = true };
        }
    }

    /// <summary>Looks at the second derivatives, which may lead on to a lower place.</summary>
    private FoundMode Curved(ref Minimum best, (int, int) agreement, Action<MinimizationProgress>? progress, CancellationToken cancellation)
    {
        for (var escape = 0; ; escape++)
        {
            var hessian = Hessian.Of(function, best.Position, cancellation);
            var curvature = Curvature.Of(hessian);
            if (escape < MostEscapes && curvature.Weak.FirstOrDefault(w => !w.IsFlat) is { } falling && Escaped(best, falling, progress, cancellation) is { } lower)
            {
                best = lower;
                continue;
            }
            if (curvature.Inverse is not { } inverse || Newton(best, inverse) is not { } closer) return new FoundMode(best, hessian, curvature, agreement);
            var moved = Decrement(best.Gradient, inverse, out _);
            best = closer;
            // So near that the second derivatives are the same.
            if (moved < Near) return new FoundMode(best, hessian, curvature, agreement);
            hessian = Hessian.Of(function, best.Position, cancellation);
            return new FoundMode(best, hessian, Curvature.Of(hessian), agreement);
        }
    }

    private Minimum? Escaped(Minimum from, WeakDirection falling, Action<MinimizationProgress>? progress, CancellationToken cancellation)
    {
        var gradient = new double[function.Dimension];
        foreach (var size in (ReadOnlySpan<double>)[0.1, -0.1, 0.01, -0.01, 1e-3, -1e-3])
        {
            var moved = from.Position.Zip(falling.Direction, (p, d) => p + size * d).ToArray();
            if (!(function.Evaluate(moved, gradient) < from.Value)) continue;
            var lower = method.Minimize(function, moved, progress, cancellation);
            if (lower.Value < from.Value - 1e-9 * Math.Max(1, Math.Abs(from.Value))) return lower with { Iterations = from.Iterations + lower.Iterations, Evaluations = from.Evaluations + lower.Evaluations };
        }
        return null;
    }

    /// <summary>Steps with one inverse for as long as they bring the gradient down; null where none does.</summary>
    private Minimum? Newton(Minimum start, double[] inverse)
    {
        var n = function.Dimension;
        var (position, gradient) = (start.Position.ToArray(), start.Gradient.ToArray());
        var (value, decrement, steps) = (start.Value, Decrement(gradient, inverse, out var direction), 0);
        for (; steps < MostNewtonSteps && decrement > 0; steps++)
        {
            var moved = position.Zip(direction, (p, d) => p - d).ToArray();
            var next = new double[n];
            var there = function.Evaluate(moved, next);
            if (!double.IsFinite(there) || !Vectors.AreFinite(next)) break;
            var left = Decrement(next, inverse, out var following);
            if (!(left < decrement)) break;
            (position, gradient, value, decrement, direction) = (moved, next, there, left, following);
        }
        if (steps == 0) return null;
        return start with { Position = position, Gradient = gradient, Value = value, Stop = decrement <= 1e-12 ? MinimizationStop.Gradient : start.Stop };
    }

    /// <summary>gᵀ H⁻¹ g, twice what a Newton step gains, and the step.</summary>
    private static double Decrement(double[] gradient, double[] inverse, out double[] direction)
    {
        var n = gradient.Length;
        direction = new double[n];
        for (var i = 0; i < n; i++) direction[i] = Vectors.Dot(inverse.AsSpan(i * n, n), gradient);
        return Vectors.Dot(direction, gradient);
    }
}
