using ProbLang.Limits;

namespace ProbLang.Inference;

/// <summary>
/// A symmetric sparse matrix whose rows are kept from their first entry on, in an order that brings these near the diagonal (Cuthill and McKee 1969, reversed). Its
/// Cholesky factor fits into the same rows.
/// </summary>
internal sealed class EnvelopeMatrix
{
    private readonly int[] _place;
    private readonly int[] _first;
    private readonly double[][] _rows;
    private readonly double[][] _factor;

    /// <param name="neighbors">For each row the columns of its entries, itself among them; symmetric.</param>
    public EnvelopeMatrix(int[][] neighbors)
    {
        var n = neighbors.Length;
        var order = Order(neighbors);
        _place = new int[n];
        for (var at = 0; at < n; at++) _place[order[at]] = at;
        _first = new int[n];
        for (var i = 0; i < n; i++) _first[_place[i]] = neighbors[i].Min(j => _place[j]);
        _rows = [.. Enumerable.Range(0, n).Select(at => new double[at - _first[at] + 1])];
        _factor = [.. _rows.Select(r => new double[r.Length])];
    }

    public int Size => _rows.Length;

    public bool IsFinite => Array.TrueForAll(_rows, r => Vectors.AreFinite(r));

    public void Clear()
    {
        foreach (var row in _rows) Array.Clear(row);
    }

    /// <summary>Adds to an entry and to the one across the diagonal, which are one.</summary>
    public void Add(int row, int column, double value)
    {
        var (i, j) = (_place[row], _place[column]);
        if (j > i) (i, j) = (j, i);
        _rows[i][j - _first[i]] += value;
    }

    public double Diagonal(int row) => _rows[_place[row]][^1];

    /// <summary>Factors the matrix with some part of the diagonal added to it; false where it is not positive definite.</summary>
    public bool TryFactor(double ridge = 0)
    {
        for (var i = 0; i < _rows.Length; i++)
        {
            Budget.Current.Check();
            var (row, first) = (_factor[i], _first[i]);
            _rows[i].CopyTo(row, 0);
            row[^1] += ridge * Math.Max(Math.Abs(row[^1]), 1e-8);
            for (var j = first; j < i; j++)
            {
                var from = Math.Max(first, _first[j]);
                row[j - first] = (row[j - first] - Vectors.Dot(row.AsSpan(from - first, j - from), _factor[j].AsSpan(from - _first[j], j - from))) / _factor[j][^1];
            }
            var pivot = row[^1] - Vectors.Dot(row.AsSpan(0, i - first), row.AsSpan(0, i - first));
            if (!(pivot > 0) || !double.IsFinite(pivot)) return false;
            row[^1] = Math.Sqrt(pivot);
        }
        return true;
    }

    /// <summary>Of the matrix that was factored.</summary>
    public double LogDeterminant()
    {
        var sum = 0.0;
        foreach (var row in _factor) sum += 2 * Math.Log(row[^1]);
        return sum;
    }

    /// <summary>x := A⁻¹ x, of the matrix that was factored.</summary>
    public void Solve(Span<double> x)
    {
        var y = new double[x.Length];
        for (var i = 0; i < y.Length; i++) y[_place[i]] = x[i];
        for (var i = 0; i < y.Length; i++) y[i] = (y[i] - Vectors.Dot(_factor[i].AsSpan(0, i - _first[i]), y.AsSpan(_first[i], i - _first[i]))) / _factor[i][^1];
        for (var i = y.Length - 1; i >= 0; i--)
        {
            y[i] /= _factor[i][^1];
            Vectors.AddScaled(-y[i], _factor[i].AsSpan(0, i - _first[i]), y.AsSpan(_first[i], i - _first[i]));
        }
        for (var i = 0; i < y.Length; i++) x[i] = y[_place[i]];
    }

    /// <summary>x := L⁻ᵀ x in the matrix's own order, which gives draws of covariance A⁻¹ from independent ones.</summary>
    public void SolveTransposed(Span<double> x)
    {
        var y = x.ToArray();
        for (var i = y.Length - 1; i >= 0; i--)
        {
            y[i] /= _factor[i][^1];
            Vectors.AddScaled(-y[i], _factor[i].AsSpan(0, i - _first[i]), y.AsSpan(_first[i], i - _first[i]));
        }
        for (var i = 0; i < y.Length; i++) x[i] = y[_place[i]];
    }

    /// <summary>Breadth first from rows of few neighbors, each component by itself, backwards.</summary>
    private static int[] Order(int[][] neighbors)
    {
        var n = neighbors.Length;
        var (order, seen, looks) = (new List<int>(n), new bool[n], new Ticker());
        foreach (var start in Enumerable.Range(0, n).OrderBy(i => neighbors[i].Length))
        {
            if (seen[start]) continue;
            seen[start] = true;
            order.Add(start);
            for (var next = order.Count - 1; next < order.Count; next++)
            {
                looks.Tick();
                foreach (var j in neighbors[order[next]].Where(j => !seen[j]).OrderBy(j => neighbors[j].Length).ToArray())
                {
                    seen[j] = true;
                    order.Add(j);
                }
            }
        }
        order.Reverse();
        return [.. order];
    }
}
