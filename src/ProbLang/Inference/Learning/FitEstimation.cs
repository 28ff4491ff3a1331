using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>Estimates with their standard errors: the inverse of the second derivatives on the unconstrained scale, carried over to the declared one by the derivative of the transform (the delta method).</summary>
internal sealed class FitEstimation
{
    /// <summary>How near to a bound, as a part of how fast a value moves in the middle of its scale, an estimate counts as at it.</summary>
    private const double AtBound = 1e-3;

    private readonly DensityProgram _density;
    private readonly CellProgram _cells;
    private readonly int[] _learned;
    private readonly double[] _position;
    private readonly ISmoothFunction _function;
    private readonly string _what;
    private readonly List<string> _warnings = [];

    /// <param name="density">The density that was maximised.</param>
    /// <param name="cells">The values that are estimated, as functions of the position.</param>
    /// <param name="learned">The coordinates that were learned.</param>
    /// <param name="position">The position of the maximum.</param>
    /// <param name="function">What was minimised.</param>
    /// <param name="found">What was found.</param>
    /// <param name="what">What was maximised, in a word.</param>
    public FitEstimation(DensityProgram density, CellProgram cells, int[] learned, double[] position, ISmoothFunction function, FoundMode found, string what)
    {
        (_density, _cells, _learned, _position, _function, _what) = (density, cells, learned, position, function, what);
        Values = new double[cells.Count];
        cells.Compute(position, Values);
        Scales = [.. cells.Reported.SelectMany(ScalesOf)];
        var (covariance, isUnknown) = CoordinateCovariance(found);
        Covariance = covariance is null ? NotKnown() : Carried(covariance, Slopes(), isUnknown);
    }

    public double[] Values { get; }

    /// <summary>Of the values, row-major; NaN where there is none.</summary>
    public double[] Covariance { get; }

    public ImmutableArray<IntervalScale> Scales { get; }

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>How each value changes with each learned coordinate, a row a coordinate.</summary>
    private double[][] Slopes()
    {
        var slopes = new double[_learned.Length][];
        double[] above = new double[Values.Length], below = new double[Values.Length];
        for (var k = 0; k < slopes.Length; k++)
        {
            slopes[k] = new double[Values.Length];
            var coarse = Difference(_learned[k], 1e-2);
            var middle = Difference(_learned[k], 5e-3);
            var fine = Difference(_learned[k], 2.5e-3);
            for (var v = 0; v < Values.Length; v++)
            {
                var (first, second) = (middle[v] + (middle[v] - coarse[v]) / 3, fine[v] + (fine[v] - middle[v]) / 3);
                slopes[k][v] = second + (second - first) / 15;
            }
        }
        return slopes;

        double[] Difference(int coordinate, double step)
        {
            var kept = _position[coordinate];
            _position[coordinate] = kept + step;
            _cells.Compute(_position, above);
            var upper = _position[coordinate];
            _position[coordinate] = kept - step;
            _cells.Compute(_position, below);
            var distance = upper - _position[coordinate];
            _position[coordinate] = kept;
            return [.. above.Zip(below, (a, b) => (a - b) / distance)];
        }
    }

    /// <summary>The covariance of the learned coordinates, row-major, and which of them nothing is known of; null where there is none.</summary>
    private (double[]? Covariance, bool[] IsUnknown) CoordinateCovariance(FoundMode found)
    {
        var isUnknown = new bool[_learned.Length];
        if (found.Curvature is not { } curvature || found.Hessian is not { } hessian)
        {
            if (found.IsCut) _warnings.Add("it was cancelled before there were standard errors");
            else if (found.Minimum.Stop != MinimizationStop.Cancelled)
                _warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{_learned.Length} parameters are too many for standard errors"));
            return (null, isUnknown);
        }
        if (curvature.Inverse is { } inverse) return (inverse, isUnknown);
        if (!curvature.NotFinite.IsEmpty) return WithoutBounds(hessian, isUnknown);
        var pinned = new SortedSet<int>();
        foreach (var weak in curvature.Weak)
        {
            Explain(weak);
            pinned.Add(weak.Coordinates.First(c => !pinned.Contains(c) || weak.Coordinates.All(pinned.Contains)));
            foreach (var coordinate in weak.Coordinates) isUnknown[coordinate] = true;
        }
        return (Inverse(hessian, [.. Enumerable.Range(0, _learned.Length).Where(c => !pinned.Contains(c))]), isUnknown);
    }

    /// <summary>Where a parameter is at a bound there may be no second derivatives by it: those by the others hold it there.</summary>
    private (double[]? Covariance, bool[] IsUnknown) WithoutBounds(Hessian hessian, bool[] isUnknown)
    {
        int[] bad = [.. Enumerable.Range(0, _learned.Length).Where(c => !double.IsFinite(hessian[c, c]))];
        if (!Array.TrueForAll(bad, c => BoundAt(c) is not null) || bad.Length == 0)
        {
            _warnings.Add($"the second derivatives by {Names(bad)} are not finite, so that there are no standard errors");
            return (null, isUnknown);
        }
        foreach (var c in bad)
        {
            isUnknown[c] = true;
            _warnings.Add(AtItsBound(c, BoundAt(c)!.Value));
        }
        return (Inverse(hessian, [.. Enumerable.Range(0, _learned.Length).Except(bad)]), isUnknown);
    }

    private string AtItsBound(int learned, double bound) =>
        string.Create(CultureInfo.InvariantCulture, $"`{NameOf(learned)}` is at its bound {bound:G6}: it has no standard error, and those of the others hold it there");

    /// <summary>The inverse of the second derivatives by some coordinates, the others fixed; null where they have none.</summary>
    private static double[]? Inverse(Hessian hessian, int[] free)
    {
        var (n, all) = (free.Length, hessian.Dimension);
        var factor = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) factor[i * n + j] = hessian[free[i], free[j]];
        if (!Cholesky.TryFactor(factor, n)) return null;
        var inverse = new double[all * all];
        for (var i = 0; i < n; i++)
        {
            Budget.Current.Check();
            var column = new double[n];
            column[i] = 1;
            Cholesky.Solve(factor, column, n);
            Cholesky.SolveTransposed(factor, column, n);
            for (var j = 0; j < n; j++) inverse[free[i] * all + free[j]] = column[j];
        }
        return inverse;
    }

    private double[] NotKnown()
    {
        var unknown = new double[Values.Length * Values.Length];
        Array.Fill(unknown, double.NaN);
        return unknown;
    }

    private double[] Carried(double[] covariance, double[][] slopes, bool[] isUnknown)
    {
        var (n, p) = (Values.Length, _learned.Length);
        var carried = new double[n * n];
        var half = new double[p][];
        for (var k = 0; k < p; k++)
        {
            Budget.Current.Check();
            half[k] = new double[n];
            for (var l = 0; l < p; l++) Vectors.AddScaled(covariance[k * p + l], slopes[l], half[k]);
        }
        for (var i = 0; i < n; i++)
        {
            Budget.Current.Check();
            // Most values change with one coordinate alone.
            for (var k = 0; k < p; k++)
                if (slopes[k][i] != 0) Vectors.AddScaled(slopes[k][i], half[k], carried.AsSpan(i * n, n));
        }
        for (var v = 0; v < n; v++)
        {
            if (!Enumerable.Range(0, p).Any(k => isUnknown[k] && slopes[k][v] != 0)) continue;
            for (var j = 0; j < n; j++) carried[v * n + j] = carried[j * n + v] = double.NaN;
        }
        return carried;
    }

    // --- what forbids standard errors ---

    private void Explain(WeakDirection weak)
    {
        var strongest = weak.Coordinates[0];
        if (weak.Coordinates.Length == 1 && BoundAt(strongest) is { } bound)
        {
            _warnings.Add(AtItsBound(strongest, bound));
            return;
        }
        if (!weak.IsFlat)
        {
            _warnings.Add($"the estimates of {Names(weak.Coordinates)} are no maximum: the {_what} rises when they change together");
            return;
        }
        var (forward, backward) = (Change(weak, 1), Change(weak, -1));
        if (Math.Max(forward, backward) <= 1e-3 && Math.Min(forward, backward) < -1e-3)
            _warnings.Add($"the {_what} has no maximum: it rises on and on as {Names(weak.Coordinates)} {(weak.Coordinates.Length == 1 ? "goes" : "go")} towards infinity");
        else if (weak.Coordinates.Length == 1)
            _warnings.Add($"`{NameOf(strongest)}` is not identified: the {_what} stays the same whatever it is");
        else
            _warnings.Add($"{Names(weak.Coordinates)} are not identified: the {_what} stays the same when they change together by {string.Join(" : ", weak.Coordinates.Order().Select(c => NumberText.Short(weak.Direction[c])))}");
    }

    /// <summary>What is gained by going in a direction as far as its strongest coordinate is from 0, and at least by 1: where a likelihood has flattened out, it has not at 0.</summary>
    private double Change(WeakDirection weak, int side)
    {
        var here = Array.ConvertAll(_learned, c => _position[c]);
        var gradient = new double[here.Length];
        var value = _function.Evaluate(here, gradient);
        var size = side * Math.Max(1, Math.Abs(here[weak.Coordinates[0]]));
        return value - _function.Evaluate([.. here.Zip(weak.Direction, (p, d) => p + size * d)], gradient);
    }

    /// <summary>The bound that the value of a coordinate is at; null where it is at none.</summary>
    private double? BoundAt(int learned)
    {
        var coordinate = _learned[learned];
        var block = _density.Coordinates.BlockOf(coordinate);
        if (block.Transform is not null) return null;
        var reported = _cells.Reported.First(r => r.Variable == block.Definition.Definition.Variable);
        var at = reported.Offset + Array.IndexOf(reported.Cells, block.CellOf(coordinate - block.Offset));
        var scale = Scales[at];
        var distance = Math.Min(Values[at] - scale.Lower, scale.Upper - Values[at]);
        var size = scale.Kind == IntervalScaleKind.Between ? scale.Upper - scale.Lower : 1;
        if (scale.Kind == IntervalScaleKind.Identity || distance > AtBound * size) return null;
        return Values[at] - scale.Lower < scale.Upper - Values[at] ? scale.Lower : scale.Upper;
    }

    // --- scales ---

    /// <summary>The scales of a variable's elements.</summary>
    private IEnumerable<IntervalScale> ScalesOf(ReportedCells reported)
    {
        var variable = reported.Variable;
        var block = _density.Coordinates.Blocks.First(b => b.Definition.Definition.Variable == variable);
        if (block.Transform is { } transform) return Enumerable.Range(0, reported.Cells.Length).Select(i => ScaleOf(transform, reported.Cells[i]));
        if (variable.Structure == Structure.Ordered) return Enumerable.Repeat(IntervalScale.Identity, reported.Cells.Length);
        return Bounds(reported);
    }

    /// <summary>What bounds elements shows at the ends of their coordinates.</summary>
    private IEnumerable<IntervalScale> Bounds(ReportedCells reported)
    {
        const double End = 746;
        double[] low = new double[Values.Length], high = new double[Values.Length];
        var moved = _position.ToArray();
        foreach (var block in _density.Coordinates.Blocks.Where(b => b.Definition.Definition.Variable == reported.Variable)) moved.AsSpan(block.Offset, block.Dimension).Fill(-End);
        _cells.Compute(moved, low);
        foreach (var block in _density.Coordinates.Blocks.Where(b => b.Definition.Definition.Variable == reported.Variable)) moved.AsSpan(block.Offset, block.Dimension).Fill(End);
        _cells.Compute(moved, high);
        for (var i = reported.Offset; i < reported.Offset + reported.Cells.Length; i++)
        {
            // Below an upper bound a value falls as its coordinate grows; exp(746) is infinite.
            if (double.IsPositiveInfinity(high[i])) yield return IntervalScale.Of(low[i], double.PositiveInfinity);
            else if (double.IsNegativeInfinity(high[i])) yield return IntervalScale.Of(double.NegativeInfinity, low[i]);
            else yield return high[i] - low[i] == 2 * End ? IntervalScale.Identity : IntervalScale.Of(low[i], high[i]);
        }
    }

    private static IntervalScale ScaleOf(EventTransform transform, int cell)
    {
        var k = transform.Size;
        var (row, column) = (cell / k % k, cell % k);
        return transform switch
        {
            SimplexTransform or SimplexesTransform => IntervalScale.Of(0, 1),
            CovarianceTransform when row == column => IntervalScale.Of(0, double.PositiveInfinity),
            CorrelationTransform { IsProduct: true } when row != column => IntervalScale.Of(-1, 1),
            _ => IntervalScale.Identity,
        };
    }

    // --- names ---

    private string NameOf(int learned) => _density.CoordinateName(_learned[learned]);

    private string Names(IEnumerable<int> learned) => string.Join(", ", learned.Order().Take(8).Select(c => $"`{NameOf(c)}`"));
}
