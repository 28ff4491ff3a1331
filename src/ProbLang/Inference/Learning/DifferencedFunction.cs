namespace ProbLang.Inference;

/// <summary>A function whose gradient is taken by central differences, extrapolated to step 0.</summary>
internal sealed class DifferencedFunction(int dimension, Func<double[], double> function) : ISmoothFunction
{
    private const int Levels = 3;
    private const double Part = 0.2;
    private const double Furthest = 0.2;
    private readonly double[] _steps = new double[dimension];

    public int Dimension => dimension;

    public double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        var here = position.ToArray();
        var value = function(here);
        if (!double.IsFinite(value))
        {
            gradient.Fill(double.NaN);
            return value;
        }
        for (var k = 0; k < here.Length; k++) gradient[k] = Slope(here, k, value);
        return value;
    }

    private double Slope(double[] here, int k, double value)
    {
        if (_steps[k] == 0) _steps[k] = Scale(here, k, value);
        var (table, first) = (new double[Levels], _steps[k]);
        for (var level = 0; level < Levels; level++)
        {
            var step = Math.ScaleB(first, -level);
            var (above, below) = (At(here, k, step), At(here, k, -step));
            table[level] = (above - below) / (2 * step);
            if (level == 0 && (above + below - 2 * value) / (step * step) is var curvature && Natural(here[k], curvature) is var natural && natural / step is < 0.25 or > 4)
                _steps[k] = Math.Clamp(natural, 0.1 * step, 10 * step);
        }
        for (var order = 1; order < Levels; order++)
            for (var level = Levels - 1; level >= order; level--) table[level] += (table[level] - table[level - 1]) / (Math.ScaleB(1, 2 * order) - 1);
        return table[^1];
    }

    /// <summary>The step to begin with.</summary>
    private double Scale(double[] here, int k, double value)
    {
        var step = 1e-2;
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var curvature = (At(here, k, step) + At(here, k, -step) - 2 * value) / (step * step);
            var natural = Natural(here[k], curvature);
            if (double.IsNaN(natural))
            {
                step *= 0.1;
                continue;
            }
            natural = Math.Clamp(natural, 1e-2 * step, 1e2 * step);
            if (natural / step is > 0.3 and < 3) return natural;
            step = natural;
        }
        return step;
    }

    /// <summary>A part of the distance over which the function changes by one, and never far.</summary>
    private static double Natural(double here, double curvature) => double.IsNaN(curvature) ? double.NaN : Math.Min(Part / Math.Sqrt(Math.Abs(curvature)), Furthest * Math.Max(1, Math.Abs(here)));

    private double At(double[] here, int k, double step)
    {
        var kept = here[k];
        here[k] = kept + step;
        var value = function(here);
        here[k] = kept;
        return value;
    }
}
