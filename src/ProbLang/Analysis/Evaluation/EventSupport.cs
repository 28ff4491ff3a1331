using ProbLang.Distributions;

namespace ProbLang.Analysis;

/// <summary>Whether the elements of an event keep to what binds them.</summary>
internal static class EventSupport
{
    /// <summary>The first cell that breaks what binds an event, and what all of it must be, as the end of a sentence; null where none does.</summary>
    /// <param name="constraint">What binds it.</param>
    /// <param name="x">All of it, known.</param>
    /// <param name="total">What counts add up to.</param>
    public static (int Cell, string Rule)? Mistake(EventConstraint constraint, ReadOnlySpan<double> x, double total) => constraint switch
    {
        EventConstraint.Simplex => Simplex(x),
        EventConstraint.Counts => Counts(x, total),
        EventConstraint.Covariance => Symmetric(x, "symmetric", null) ?? PositiveDefinite(x),
        EventConstraint.Correlation => Symmetric(x, "symmetric with ones on the diagonal", 1) ?? PositiveDefinite(x),
        EventConstraint.CorrelationFactor => Factor(x, isCorrelation: true),
        EventConstraint.Factor => Factor(x, isCorrelation: false),
        EventConstraint.Direction => Direction(x),
        _ => null,
    };

    private static (int, string)? Simplex(ReadOnlySpan<double> x)
    {
        for (var i = 0; i < x.Length; i++)
            if (x[i] < 0) return (i, "its values are not negative and add up to 1");
        var sum = Sum(x);
        return Math.Abs(sum - 1) > Domains.Tolerance ? (0, $"its values add up to 1, these to {DataDiagnostics.Show(sum)}") : null;
    }

    private static (int, string)? Counts(ReadOnlySpan<double> x, double total)
    {
        var sum = Sum(x);
        return sum != total && !double.IsNaN(total) ? (0, $"its values add up to n, which is {DataDiagnostics.Show(total)}, these to {DataDiagnostics.Show(sum)}") : null;
    }

    private static (int, string)? Symmetric(ReadOnlySpan<double> x, string what, double? diagonal)
    {
        var n = Size(x);
        for (var i = 0; i < n; i++)
        {
            if (diagonal is { } value && Math.Abs(x[i * n + i] - value) > Domains.Tolerance) return (i * n + i, $"it is {what}");
            for (var j = 0; j < i; j++)
            {
                var scale = Math.Sqrt(Math.Abs(x[i * n + i] * x[j * n + j]));
                if (!(Math.Abs(x[i * n + j] - x[j * n + i]) <= Domains.Tolerance * Math.Max(scale, Math.Abs(x[i * n + j])))) return (i * n + j, $"it is {what}");
            }
        }
        return null;
    }

    private static (int, string)? PositiveDefinite(ReadOnlySpan<double> x)
    {
        var n = Size(x);
        return n > 0 && double.IsNaN(ArrayFunctions.Cholesky(new Tensor([n, n], x.ToArray()))[0]) ? (0, "it is positive definite") : null;
    }

    private static (int, string)? Factor(ReadOnlySpan<double> x, bool isCorrelation)
    {
        var n = Size(x);
        for (var i = 0; i < n; i++)
        {
            var square = 0.0;
            for (var j = 0; j <= i; j++) square += x[i * n + j] * x[i * n + j];
            if (!(x[i * n + i] > 0)) return (i * n + i, "its diagonal is positive");
            if (isCorrelation && Math.Abs(square - 1) > Domains.Tolerance) return (i * n, "each of its rows has length 1");
            for (var j = i + 1; j < n; j++)
                if (x[i * n + j] != 0) return (i * n + j, "it is 0 above its diagonal");
        }
        return null;
    }

    private static (int, string)? Direction(ReadOnlySpan<double> x)
    {
        var square = 0.0;
        foreach (var v in x) square += v * v;
        return Math.Abs(Math.Sqrt(square) - 1) > Domains.Tolerance ? (0, "its length is 1") : null;
    }

    private static double Sum(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        foreach (var v in x) sum += v;
        return sum;
    }

    private static int Size(ReadOnlySpan<double> x) => (int)Math.Round(Math.Sqrt(x.Length));
}
