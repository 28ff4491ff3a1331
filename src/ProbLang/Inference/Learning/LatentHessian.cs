using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>
/// Minus the second derivatives of a log density by some of its coordinates, from differences of its gradient. Which of them are zero is found once; coordinates
/// that no gradient entry shares are then moved together, so that rows that are independent cost no more than one of them (Curtis, Powell and Reid 1974).
/// </summary>
internal sealed class LatentHessian
{
    private const int Levels = 3;
    private const double Part = 0.1;

    private readonly LogDensity _density;
    private readonly int[] _coordinates;
    private readonly int[][] _rows;
    private readonly int[][] _groups;
    private readonly double[] _steps;
    private readonly double[] _moved;
    private readonly double[][] _differences;
    private readonly double[] _gradient;
    private double _nearness = 1;

    /// <param name="density">The density.</param>
    /// <param name="coordinates">The coordinates to differentiate by.</param>
    /// <param name="position">A position of the density where the zeros are looked for.</param>
    public LatentHessian(LogDensity density, int[] coordinates, ReadOnlySpan<double> position)
    {
        (_density, _coordinates) = (density, coordinates);
        (_moved, _gradient) = (new double[density.Dimension], new double[density.Dimension]);
        _differences = [.. Enumerable.Range(0, Levels).Select(_ => new double[coordinates.Length])];
        _steps = new double[coordinates.Length];
        Array.Fill(_steps, 1e-2);
        _rows = FindRows(position);
        _groups = Groups(_rows);
        Matrix = new EnvelopeMatrix(_rows);
    }

    /// <summary>What was differentiated last.</summary>
    public EnvelopeMatrix Matrix { get; }

    /// <summary>Differentiates at a position; false where something is not finite.</summary>
    /// <param name="position">A position of the density.</param>
    /// <param name="isRough">Whether two gradients a group do.</param>
    public bool Compute(ReadOnlySpan<double> position, bool isRough)
    {
        Matrix.Clear();
        var levels = isRough ? 1 : Levels;
        foreach (var group in _groups)
        {
            for (var level = 0; level < levels; level++)
                if (!Difference(position, group, isRough ? 0.1 : Math.ScaleB(1, -level), _differences[level])) return false;
            for (var order = 1; order < levels; order++)
                for (var level = levels - 1; level >= order; level--) Extrapolate(_differences[level - 1], _differences[level], Math.ScaleB(1, 2 * order));
            foreach (var i in group)
                foreach (var row in _rows[i]) Matrix.Add(row, i, -_differences[levels - 1][row] / (2 * _steps[i]));
        }
        Matrix.Halve();
        for (var i = 0; i < _steps.Length; i++)
            if (Matrix.Diagonal(i) is > 0 and var curvature && double.IsFinite(curvature)) _steps[i] = Part / Math.Sqrt(curvature);
        return Matrix.IsFinite;
    }

    /// <summary>The gradient's differences over steps of a group, each by its own size times <paramref name="factor"/>, divided by the factor.</summary>
    private bool Difference(ReadOnlySpan<double> position, int[] group, double factor, double[] result)
    {
        for (var side = 1; side >= -1; side -= 2)
        {
            position.CopyTo(_moved);
            foreach (var i in group) _moved[_coordinates[i]] += side * factor * _steps[i];
            if (!double.IsFinite(_density.Evaluate(_moved, _gradient))) return false;
            for (var r = 0; r < result.Length; r++) result[r] = side > 0 ? _gradient[_coordinates[r]] : (result[r] - _gradient[_coordinates[r]]) / factor;
        }
        return true;
    }

    private static void Extrapolate(double[] coarse, double[] fine, double power)
    {
        for (var i = 0; i < fine.Length; i++) fine[i] += (fine[i] - coarse[i]) / (power - 1);
    }

    /// <summary>
    /// For each coordinate those, itself among them, whose derivative it has a part in: exactly those that change with it at either of two places. These are anywhere, parameters included: where
    /// a search starts, a coefficient may be 0 that binds coordinates to each other.
    /// </summary>
    private int[][] FindRows(ReadOnlySpan<double> position)
    {
        var n = _coordinates.Length;
        var found = new HashSet<int>[n];
        for (var i = 0; i < n; i++) found[i] = [i];
        var random = new Random(1);
        for (var round = 0; round < 2; round++)
        {
            if (Somewhere(position, random) is not var (here, before)) return [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, n).ToArray())];
            for (var i = 0; i < n; i++)
            {
                here.CopyTo(_moved, 0);
                _moved[_coordinates[i]] += 0.37 * _nearness;
                _density.Evaluate(_moved, _gradient);
                for (var r = 0; r < n; r++)
                    if (_gradient[_coordinates[r]] != before[_coordinates[r]])
                    {
                        found[i].Add(r);
                        found[r].Add(i);
                    }
            }
        }
        return [.. found.Select(f => f.Order().ToArray())];
    }

    /// <summary>A random place with its gradient, as far away as the density is finite; null where it is so nowhere near.</summary>
    private (double[] Here, double[] Gradient)? Somewhere(ReadOnlySpan<double> position, Random random)
    {
        for (; _nearness > 1e-6; _nearness *= 0.1)
        {
            var here = position.ToArray();
            for (var c = 0; c < here.Length; c++) here[c] += _nearness * (random.NextDouble() - 0.5);
            var gradient = new double[here.Length];
            if (double.IsFinite(_density.Evaluate(here, gradient)) && Vectors.AreFinite(gradient)) return (here, gradient);
        }
        return null;
    }

    /// <summary>Coordinates that no row shares, greedily.</summary>
    private static int[][] Groups(int[][] rows)
    {
        var color = new int[rows.Length];
        Array.Fill(color, -1);
        var taken = new HashSet<int>();
        for (var i = 0; i < rows.Length; i++)
        {
            taken.Clear();
            foreach (var row in rows[i])
                foreach (var other in rows[row]) taken.Add(color[other]);
            while (taken.Contains(++color[i])) { }
        }
        return [.. Enumerable.Range(0, rows.Length).GroupBy(i => color[i]).Select(g => g.ToArray())];
    }
}
