using ProbLang.Limits;
using Vector = ProbLang.Inference.Vectors;

namespace ProbLang.Inference;

/// <summary>
/// The eigenvalues and eigenvectors of a symmetric matrix: reflections make it tridiagonal, and rotations with implicit shifts diagonal (Golub and Van Loan 2013, sections 8.3.1 and 8.3.5). A
/// library's would do, but for that a large matrix takes it seconds in which nobody can stop it.
/// </summary>
internal sealed class SymmetricEigen
{
    private const int MostSweeps = 60;
    private const double Rounding = 2.220446049250313e-16;

    private readonly double[][] _matrix;
    private readonly double[] _diagonal;
    private readonly double[] _beside;

    private SymmetricEigen(double[] matrix, int n)
    {
        _matrix = [.. Enumerable.Range(0, n).Select(i => matrix.AsSpan(i * n, n).ToArray())];
        (_diagonal, _beside) = (new double[n], new double[n]);
        Reflect();
        // The reflections are where the matrix was; the vectors take their place.
        Vectors = [.. Enumerable.Range(0, n).Select(Unreflected)];
        for (var i = 0; i < n; i++) Isolate(i);
        Array.Sort(_diagonal, Vectors);
    }

    /// <summary>The eigenvalues, from the least on.</summary>
    public double[] Values => _diagonal;

    /// <summary>For each of them a vector of length 1, at right angles to the others.</summary>
    public double[][] Vectors { get; }

    /// <param name="matrix">Row-major and finite; both triangles.</param>
    /// <param name="n">How many rows it has.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SymmetricEigen Of(double[] matrix, int n) => new(matrix, n);

    /// <summary>Makes the matrix tridiagonal. The vector of each reflection, of squared length 2, is left in its row behind the diagonal.</summary>
    private void Reflect()
    {
        var n = _matrix.Length;
        for (var k = 0; k < n; k++)
        {
            Budget.Current.Check();
            _diagonal[k] = _matrix[k][k];
            if (k + 1 == n) break;
            var vector = _matrix[k].AsSpan(k + 1);
            var length = Vector.Norm(vector);
            // The sign is the one with which nothing cancels.
            _beside[k] = vector[0] > 0 ? -length : length;
            vector[0] -= _beside[k];
            var scale = Vector.Norm(vector);
            if (scale == 0 || k + 2 == n)
            {
                _beside[k] = k + 2 == n ? vector[0] + _beside[k] : 0;
                vector.Clear();
                continue;
            }
            for (var i = 0; i < vector.Length; i++) vector[i] *= Math.Sqrt(2) / scale;
            ApplyToBothSides(k + 1, vector);
        }
    }

    /// <summary>A := (1 - v vᵀ) A (1 - v vᵀ) for the rows and columns from one on, which is A - v wᵀ - w vᵀ with w = A v - ½ (vᵀ A v) v.</summary>
    private void ApplyToBothSides(int first, ReadOnlySpan<double> v)
    {
        var w = new double[v.Length];
        for (var i = 0; i < w.Length; i++) w[i] = Vector.Dot(_matrix[first + i].AsSpan(first), v);
        Vector.AddScaled(-0.5 * Vector.Dot(w, v), v, w);
        for (var i = 0; i < w.Length; i++)
        {
            Vector.AddScaled(-v[i], w, _matrix[first + i].AsSpan(first));
            Vector.AddScaled(-w[i], v, _matrix[first + i].AsSpan(first));
        }
    }

    /// <summary>What a unit vector of the tridiagonal matrix was before the reflections.</summary>
    private double[] Unreflected(int axis)
    {
        Budget.Current.Check();
        var vector = new double[_matrix.Length];
        vector[axis] = 1;
        for (var k = axis - 1; k >= 0; k--)
        {
            var reflection = _matrix[k].AsSpan(k + 1);
            Vector.AddScaled(-Vector.Dot(reflection, vector.AsSpan(k + 1)), reflection, vector.AsSpan(k + 1));
        }
        return vector;
    }

    /// <summary>Sweeps over the block that begins at a row until the row stands alone.</summary>
    private void Isolate(int first)
    {
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var last = first;
            while (last + 1 < _diagonal.Length && Math.Abs(_beside[last]) > Rounding * (Math.Abs(_diagonal[last]) + Math.Abs(_diagonal[last + 1]))) last++;
            if (last == first) return;
            Budget.Current.Check();
            Sweep(first, last);
        }
    }

    /// <summary>One sweep of rotations from the end of a block to its beginning, shifted by the eigenvalue of the first two rows that is nearer to the first diagonal element.</summary>
    private void Sweep(int first, int last)
    {
        var half = (_diagonal[first + 1] - _diagonal[first]) / (2 * _beside[first]);
        var along = _diagonal[last] - _diagonal[first] + _beside[first] / (half + Math.CopySign(double.Hypot(half, 1), half));
        var (sine, cosine, moved) = (1.0, 1.0, 0.0);
        for (var i = last - 1; i >= first; i--)
        {
            var (across, inner) = (sine * _beside[i], cosine * _beside[i]);
            var length = _beside[i + 1] = double.Hypot(across, along);
            if (length == 0)
            {
                // The block falls apart here.
                _diagonal[i + 1] -= moved;
                _beside[last] = 0;
                return;
            }
            (sine, cosine) = (across / length, along / length);
            along = _diagonal[i + 1] - moved;
            var change = (_diagonal[i] - along) * sine + 2 * cosine * inner;
            moved = sine * change;
            _diagonal[i + 1] = along + moved;
            along = cosine * change - inner;
            Rotate(Vectors[i], Vectors[i + 1], sine, cosine);
        }
        _diagonal[first] -= moved;
        _beside[first] = along;
        _beside[last] = 0;
    }

    private static void Rotate(double[] x, double[] y, double sine, double cosine)
    {
        for (var k = 0; k < x.Length; k++) (x[k], y[k]) = (cosine * x[k] - sine * y[k], sine * x[k] + cosine * y[k]);
    }
}
