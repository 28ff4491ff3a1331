using ProbLang.Limits;
using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>
/// Minus the second derivatives of a log density by some of its coordinates, from differences of its gradient. Which of them are zero is found once; coordinates
/// are then moved together where every entry can still be told, as the matrix is symmetric: rows that are independent cost no more than one of them, and crossed ones no more than
/// the fewer (Gebremedhin, Manne and Pothen 2005).
/// </summary>
internal sealed class LatentHessian
{
    private const int Levels = 3;
    private const double Part = 0.1;

    private readonly LogDensity _density;
    private readonly int[] _coordinates;
    private readonly int[][] _groups;
    private readonly (int Row, double Weight)[][] _reads;
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
        var rows = FindRows(position);
        var group = GroupOf(rows);
        _groups = [.. Enumerable.Range(0, rows.Length).GroupBy(i => group[i]).Select(g => g.ToArray())];
        _reads = [.. Enumerable.Range(0, rows.Length).Select(i => ReadsOf(i, rows, group))];
        Matrix = new EnvelopeMatrix(rows);
    }

    /// <summary>How many sets of coordinates are moved.</summary>
    public int Groups => _groups.Length;

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
                foreach (var (row, weight) in _reads[i]) Matrix.Add(row, i, -weight * _differences[levels - 1][row] / (2 * _steps[i]));
        }
        for (var i = 0; i < _steps.Length; i++)
            if (Matrix.Diagonal(i) is > 0 and var curvature && double.IsFinite(curvature)) _steps[i] = Part / Math.Sqrt(curvature);
        return Matrix.IsFinite;
    }

    /// <summary>The gradient's differences over steps of a group, each by its own size times <paramref name="factor"/>, divided by the factor.</summary>
    private bool Difference(ReadOnlySpan<double> position, int[] group, double factor, double[] result)
    {
        for (var side = 1; side >= -1; side -= 2)
        {
            Budget.Current.Check();
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
                Budget.Current.Check();
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

    /// <summary>
    /// Sets of coordinates such that of each entry beside the diagonal, seen from its row or from its column, only one of the moved has a part in the difference: a star coloring, greedily, of those
    /// with the most neighbors first.
    /// </summary>
    private static int[] GroupOf(int[][] rows)
    {
        var group = new int[rows.Length];
        Array.Fill(group, -1);
        var (taken, looks) = (new HashSet<int>(), new Ticker());
        foreach (var i in Enumerable.Range(0, rows.Length).OrderByDescending(i => rows[i].Length))
        {
            taken.Clear();
            var around = rows[i].Where(w => w != i && group[w] >= 0).GroupBy(w => group[w]).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
            foreach (var w in rows[i])
            {
                looks.Tick();
                if (w == i) continue;
                if (group[w] >= 0) taken.Add(group[w]);
                foreach (var x in rows[w])
                    if (x != i && x != w && group[x] >= 0 && !taken.Contains(group[x]) && (group[w] < 0 || around.Contains(group[w]) || Array.Exists(rows[x], y => y != w && y != x && group[y] == group[w]))) taken.Add(group[x]);
            }
            while (taken.Contains(++group[i])) { }
        }
        return group;
    }

    /// <summary>The rows in which an entry of a column can be told, and by how much it counts there: what can be told from both sides is the mean of the two.</summary>
    private static (int Row, double Weight)[] ReadsOf(int column, int[][] rows, int[] group)
    {
        var reads = new List<(int, double)>();
        foreach (var row in rows[column].Watched())
        {
            if (row == column) reads.Add((row, 1));
            else if (IsAlone(row, column)) reads.Add((row, IsAlone(column, row) ? 0.5 : 1));
        }
        return [.. reads];

        bool IsAlone(int row, int moved) => rows[row].Count(k => group[k] == group[moved]) == 1;
    }
}
