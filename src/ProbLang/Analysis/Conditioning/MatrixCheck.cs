using System.Globalization;

namespace ProbLang.Analysis;

/// <summary>Checks matrices that the data determine: only the lower triangle enters a density, so that a mistake above the diagonal would go unnoticed.</summary>
internal static class MatrixCheck
{
    /// <summary>How far two elements that mirror each other may differ, relative to the diagonal: a computed matrix is symmetric only up to rounding.</summary>
    private const double SymmetryTolerance = 1e-8;

    public static void Covariance(KnownArgument known)
    {
        foreach (var (matrix, start) in Matrices(known))
        {
            CheckSymmetry(known, matrix, start);
            if (matrix.Length > 0 && double.IsNaN(ArrayFunctions.Cholesky(matrix)[0]))
                throw new DiagnosticException(DataDiagnostics.NotPositiveDefinite(known.Parameter, known.Distribution, known.Where, known.Place(start), known.Statement));
        }
    }

    public static void Cholesky(KnownArgument known)
    {
        foreach (var (matrix, start) in Matrices(known))
            for (var i = 0; i < matrix.Length; i++)
                for (var j = i; j < matrix.Length; j++)
                    if (i == j ? !(matrix[i, j] > 0) : matrix[i, j] != 0)
                        throw new DiagnosticException(DataDiagnostics.NotCholeskyFactor(known.Parameter, known.Distribution, known.Where, Element(i, j), matrix[i, j],
                            i == j ? "positive" : "0", known.Place(start + i * matrix.Length + j), known.Statement));
    }

    private static void CheckSymmetry(KnownArgument known, Tensor a, int start)
    {
        for (var i = 0; i < a.Length; i++)
            for (var j = i + 1; j < a.Length; j++)
            {
                if (!AreEqual(a, i, j))
                    throw new DiagnosticException(DataDiagnostics.NotSymmetric(known.Parameter, known.Distribution, known.Where,
                        (Element(i, j), a[i, j]), (Element(j, i), a[j, i]), known.Place(start + i * a.Length + j), known.Statement));
            }
    }

    /// <summary>Whether two elements that mirror each other are the same.</summary>
    public static bool AreEqual(Tensor a, int i, int j)
    {
        var scale = Math.Max(Math.Sqrt(Math.Abs(a[i, i] * a[j, j])), Math.Max(Math.Abs(a[i, j]), Math.Abs(a[j, i])));
        return Math.Abs(a[i, j] - a[j, i]) <= SymmetryTolerance * scale;
    }

    /// <summary>The matrices of a batch, each with its first cell.</summary>
    private static IEnumerable<(Tensor Matrix, int Start)> Matrices(KnownArgument known)
    {
        var shape = known.Value.Shape[^2..];
        if (shape[0] != shape[1])
            throw new DiagnosticException(DataDiagnostics.NotSquare(known.Parameter, known.Distribution, known.Where, ShapeText.Of(shape), known.Value.Values.Length > 0 ? known.Place(0) : null, known.Statement));
        var size = shape[0] * shape[1];
        for (var start = 0; start < known.Value.Values.Length; start += size) yield return (new Tensor(shape, known.Value.Values[start..(start + size)]), start);
    }

    private static string Element(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"[{row + 1}, {column + 1}]");
}
