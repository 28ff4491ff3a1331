namespace ProbLang.Numerics;

/// <summary>
/// Eliminates unknown after unknown, each group of them with the rows that it stands in, by orthogonal reductions (as in square root
/// smoothing and mapping: Dellaert and Kaess, 2006). The order keeps what is sparse sparse, so that a chain takes linear time; nothing is squared,
/// so that precise observations under wide priors keep their digits.
/// </summary>
internal sealed class GaussianElimination
{
    private readonly LinearGaussian _system;
    private readonly int[] _order;
    private readonly int[] _position;

    /// <summary>By position, the positions that an unknown is connected with when its turn comes, ascending.</summary>
    private readonly int[][] _above;

    /// <summary>By position, the rows of the system whose first unknown it is.</summary>
    private readonly List<int>[] _rows;

    /// <summary>By position, what is left of earlier eliminations.</summary>
    private readonly List<Front>[] _left;

    private readonly double[][] _factor;
    private readonly double[] _diagonal;
    private readonly double[] _right;
    private double _squares;
    private int _improper = -1;

    private GaussianElimination(LinearGaussian system)
    {
        _system = system;
        (_order, _above) = Order(system);
        _position = new int[system.Count];
        for (var k = 0; k < _order.Length; k++) _position[_order[k]] = k;
        foreach (var above in _above)
        {
            for (var i = 0; i < above.Length; i++) above[i] = _position[above[i]];
            Array.Sort(above);
        }
        (_rows, _left) = (new List<int>[system.Count], new List<Front>[system.Count]);
        for (var k = 0; k < system.Count; k++) (_rows[k], _left[k]) = ([], []);
        (_factor, _diagonal, _right) = (new double[system.Count][], new double[system.Count], new double[system.Count]);
    }

    public static GaussianPosterior Solve(LinearGaussian system)
    {
        var elimination = new GaussianElimination(system);
        elimination.Sort();
        for (var k = 0; k < system.Count;) k = elimination.Eliminate(k);
        return new GaussianPosterior(elimination._order, elimination._position, elimination._above, elimination._factor, elimination._diagonal, elimination._right, elimination._squares, elimination._improper);
    }

    /// <summary>Rows over the same unknowns, such as those of a regression, are one clique of the graph.</summary>
    private static (int[] Order, int[][] Neighbours) Order(LinearGaussian system)
    {
        var scopes = new HashSet<int[]>(ScopeComparer.Instance);
        for (var row = 0; row < system.Rows; row++)
        {
            if (system.UnknownsOf(row).Length < 2) continue;
            var scope = system.UnknownsOf(row).ToArray();
            Array.Sort(scope);
            scopes.Add(scope);
        }
        var sizes = new int[system.Count];
        Array.Fill(sizes, 2);
        var order = MinFill.Of(new FiniteGraph(sizes, [.. scopes]), double.PositiveInfinity);
        return (order.Variables, order.Neighbours);
    }

    private void Sort()
    {
        for (var row = 0; row < _system.Rows; row++)
        {
            var first = int.MaxValue;
            foreach (var unknown in _system.UnknownsOf(row)) first = Math.Min(first, _position[unknown]);
            if (first < int.MaxValue) _rows[first].Add(row);
            else _squares += _system.MeanOf(row) * _system.MeanOf(row);
        }
    }

    /// <summary>Eliminates the unknown at a position, together with the next ones that are connected with the same others. Returns the position after them.</summary>
    private int Eliminate(int first)
    {
        var end = first + 1;
        while (_above[end - 1] is [var next, ..] && next == end && _above[end].Length == _above[end - 1].Length - 1) end++;
        int[] columns = [first, .. _above[first]];
        var (a, rows) = Gather(columns, first, end);
        Householder.Triangularize(a, rows, columns.Length);
        var right = a.AsSpan(columns.Length * rows, rows);
        for (var j = 0; j < end - first; j++) Keep(columns, j, a, rows, right);
        for (var i = columns.Length; i < rows; i++) _squares += right[i] * right[i];
        if (columns.Length > end - first && rows > end - first) _left[columns[end - first]].Add(new Front(columns, end - first, a, rows));
        return end;
    }

    /// <summary>The rows in which the unknowns from one position to another stand first, column by column, their means last.</summary>
    private (double[] Columns, int Rows) Gather(int[] columns, int first, int end)
    {
        var rows = 0;
        for (var k = first; k < end; k++) rows += _rows[k].Count + _left[k].Sum(f => f.Rows);
        var a = new double[(columns.Length + 1) * rows];
        var at = 0;
        for (var k = first; k < end; k++)
        {
            foreach (var row in _rows[k])
            {
                var unknowns = _system.UnknownsOf(row);
                var coefficients = _system.CoefficientsOf(row);
                for (var i = 0; i < unknowns.Length; i++) a[Array.BinarySearch(columns, _position[unknowns[i]]) * rows + at] += coefficients[i];
                a[columns.Length * rows + at++] = _system.MeanOf(row);
            }
            foreach (var front in _left[k]) at = front.CopyTo(a, rows, columns, at);
            _left[k] = [];
        }
        return (a, rows);
    }

    private void Keep(int[] columns, int j, double[] a, int rows, ReadOnlySpan<double> right)
    {
        var (k, norm) = (columns[j], 0.0);
        _factor[k] = new double[columns.Length - 1 - j];
        if (j < rows)
        {
            (_diagonal[k], _right[k]) = (a[j * rows + j], right[j]);
            for (var c = j + 1; c < columns.Length; c++) _factor[k][c - 1 - j] = a[c * rows + j];
            for (var i = 0; i <= j; i++) norm = Math.Max(norm, Math.Abs(a[j * rows + i]));
        }
        if (!(Math.Abs(_diagonal[k]) > norm * 1e-14)) _improper = _order[k];
    }

    /// <summary>The triangle that an elimination leaves to the unknowns above it.</summary>
    private sealed record Front(int[] Columns, int From, double[] A, int Height)
    {
        public int Rows => Math.Min(Height, Columns.Length) - From;

        public int CopyTo(double[] to, int rows, int[] columns, int at)
        {
            for (var c = From; c <= Columns.Length; c++)
            {
                var column = c == Columns.Length ? columns.Length : Array.BinarySearch(columns, Columns[c]);
                var height = c == Columns.Length ? Rows : Math.Min(Rows, c - From + 1);
                A.AsSpan(c * Height + From, height).CopyTo(to.AsSpan(column * rows + at));
            }
            return at + Rows;
        }
    }

    private sealed class ScopeComparer : IEqualityComparer<int[]>
    {
        public static readonly ScopeComparer Instance = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] scope)
        {
            var hash = new HashCode();
            foreach (var unknown in scope) hash.Add(unknown);
            return hash.ToHashCode();
        }
    }
}
