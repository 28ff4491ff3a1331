namespace ProbLang.Inference;

/// <summary>
/// One column of a Hessian: central differences of the gradient at steps that halve, extrapolated to step 0 (Richardson
/// 1911), each element from the place of the table where its error seems least (Ridders 1982). The first step is half of the
/// function's own scale, 1 / sqrt(curvature), where a likelihood is smooth and differences are far above rounding.
/// </summary>
internal sealed class HessianColumn
{
    private const int Levels = 8;
    private const int Attempts = 16;
    private const double GoodEnough = 1e-13;
    private const double Furthest = 10;
    private const double LargestChange = 1e3;
    private const double Closest = 1e-11;

    private readonly ISmoothFunction _function;
    private readonly double[] _position;
    private readonly double[] _forward;
    private readonly double[] _backward;
    private readonly double[][] _row = new double[Levels][];
    private readonly double[][] _above = new double[Levels][];

    public HessianColumn(ISmoothFunction function, ReadOnlySpan<double> position)
    {
        _function = function;
        _position = position.ToArray();
        (_forward, _backward) = (new double[position.Length], new double[position.Length]);
        for (var i = 0; i < Levels; i++) (_row[i], _above[i]) = (new double[position.Length], new double[position.Length]);
    }

    /// <summary>Fills a column with derivatives and the estimates of their errors; NaN where no two steps have finite gradients.</summary>
    public void Differentiate(int coordinate, Span<double> column, Span<double> errors)
    {
        errors.Fill(double.PositiveInfinity);
        column.Fill(double.NaN);
        var step = Scale(coordinate);
        var level = 0;
        for (var k = 0; k < Levels; k++, step *= 0.5)
        {
            if (!Difference(coordinate, step, _row[0]))
            {
                level = 0;
                continue;
            }
            for (var j = 1; j <= level; j++) Extrapolate(j, column, errors);
            for (var j = 0; j <= level; j++) _row[j].CopyTo(_above[j], 0);
            level++;
            if (Vectors.Largest(errors) <= GoodEnough * Math.Abs(column[coordinate])) break;
        }
    }

    private void Extrapolate(int order, Span<double> column, Span<double> errors)
    {
        var power = Math.ScaleB(1, 2 * order);
        double[] coarse = _above[order - 1], fine = _row[order - 1], result = _row[order];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = fine[i] + (fine[i] - coarse[i]) / (power - 1);
            var error = Math.Max(Math.Abs(result[i] - fine[i]), Math.Abs(result[i] - coarse[i]));
            if (!(error < errors[i])) continue;
            (column[i], errors[i]) = (result[i], error);
        }
    }

    /// <summary>The step to begin with: half of 1 / sqrt(curvature), found by going from a guess to what the curvature there says.</summary>
    private double Scale(int coordinate)
    {
        var size = Math.Max(Math.Abs(_position[coordinate]), 1);
        var step = 1e-4 * size;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (!Difference(coordinate, step, _row[0]))
            {
                step *= 0.1;
                continue;
            }
            var natural = 0.5 / Math.Sqrt(Math.Abs(_row[0][coordinate]));
            // The curvature far away may be anything: it says in which direction to go, not how far.
            natural = Math.Clamp(natural, step / LargestChange, step * LargestChange);
            natural = Math.Clamp(natural, Closest * Math.Abs(_position[coordinate]), Furthest * size);
            if (natural / step is > 0.3 and < 3) return natural;
            step = natural;
        }
        return step;
    }

    /// <summary>(g(x + h) - g(x - h)) / 2h, with the h that the rounded positions have; false where it is not finite.</summary>
    private bool Difference(int coordinate, double step, double[] result)
    {
        var center = _position[coordinate];
        double upper = center + step, lower = center - step;
        _position[coordinate] = upper;
        var valueAbove = _function.Evaluate(_position, _forward);
        _position[coordinate] = lower;
        var valueBelow = _function.Evaluate(_position, _backward);
        _position[coordinate] = center;
        if (!double.IsFinite(valueAbove) || !double.IsFinite(valueBelow)) return false;
        var inverse = 1 / (upper - lower);
        for (var i = 0; i < result.Length; i++) result[i] = (_forward[i] - _backward[i]) * inverse;
        return Vectors.AreFinite(result);
    }
}
