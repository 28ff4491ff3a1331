using System.Globalization;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Checks known vectors and matrices against the type that their variable is declared with; the first that is not of it is reported.</summary>
internal static class StructureCheck
{
    /// <param name="draft">The model.</param>
    /// <param name="variable">A variable, which need not be declared a vector or a matrix.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its cells; a vector or matrix with one that is not known (NaN) is passed over.</param>
    /// <param name="place">Where a cell is given; null where it is computed.</param>
    public static void Run(Draft draft, Variable variable, int[] shape, double[] values, Func<int, Location?> place)
    {
        if (variable.StructureSize is not { } size) return;
        var rank = Binding.DeclaredTypes.RankOf(variable.Structure);
        CheckSize(draft, variable, size, shape[^rank..]);
        var outer = shape[..^rank];
        var block = Tensor.CountOf(shape.AsSpan(outer.Length));
        for (var from = 0; from < values.Length; from += block)
        {
            var part = values[from..(from + block)];
            if (part.Any(double.IsNaN) || Mistake(variable.Structure, part, shape[^1]) is not var (cell, why)) continue;
            throw new DiagnosticException(DataDiagnostics.OutsideStructure(ShapeText.Element(variable.Name, outer, from / block), variable.DeclaredType!, why, place(from + cell), draft.Locate(variable.Span)));
        }
    }

    private static void CheckSize(Draft draft, Variable variable, Bound declared, int[] actual)
    {
        var size = draft.Code.Scalar(declared)();
        foreach (var n in actual)
            if (n != size && !double.IsNaN(size))
                throw new DiagnosticException(DataDiagnostics.StructureSize(variable.Name, variable.DeclaredType!, (int)size, n, draft.Locate(variable.Span)));
    }

    /// <summary>The cell where a vector or matrix is not what it should be, and why; null where it is.</summary>
    private static (int Cell, string Why)? Mistake(Structure structure, double[] x, int n) => structure switch
    {
        Structure.Simplex => Simplex(x),
        Structure.Ordered => Ordered(x),
        Structure.Unit => Math.Sqrt(x.Sum(v => v * v)) is var length && !(Math.Abs(length - 1) <= Domains.Tolerance) ? (0, $"its length is {Show(length)}, not 1") : null,
        Structure.Covariance => Covariance(x, n),
        Structure.Correlation => Correlation(x, n) ?? Covariance(x, n),
        Structure.Cholesky => Cholesky(x, n),
        _ => null,
    };

    private static (int, string)? Simplex(double[] x)
    {
        for (var i = 0; i < x.Length; i++)
            if (!(x[i] >= 0)) return (i, string.Create(CultureInfo.InvariantCulture, $"its element {i + 1} is {Show(x[i])}, below 0"));
        return !(Math.Abs(x.Sum() - 1) <= Domains.Tolerance) ? (0, $"its elements add up to {Show(x.Sum())}, not 1") : null;
    }

    private static (int, string)? Ordered(double[] x)
    {
        for (var i = 1; i < x.Length; i++)
            if (!(x[i] > x[i - 1])) return (i, string.Create(CultureInfo.InvariantCulture, $"it is not increasing at element {i + 1}: {Show(x[i])} follows {Show(x[i - 1])}"));
        return null;
    }

    private static (int, string)? Covariance(double[] x, int n)
    {
        var a = new Tensor([n, n], x);
        for (var i = 0; i < n; i++)
            for (var j = i + 1; j < n; j++)
                if (!MatrixCheck.AreEqual(a, i, j)) return (i * n + j, $"it is not symmetric: {Element(i, j)} is {Show(a[i, j])} and {Element(j, i)} is {Show(a[j, i])}");
        return n > 0 && double.IsNaN(ArrayFunctions.Cholesky(a)[0]) ? (0, "it is not positive definite") : null;
    }

    private static (int, string)? Correlation(double[] x, int n)
    {
        for (var i = 0; i < n; i++)
            if (!(Math.Abs(x[i * n + i] - 1) <= Domains.Tolerance)) return (i * n + i, $"{Element(i, i)} is {Show(x[i * n + i])}, and a correlation has ones on its diagonal");
        return null;
    }

    private static (int, string)? Cholesky(double[] x, int n)
    {
        for (var i = 0; i < n; i++)
            for (var j = i; j < n; j++)
                if (i == j ? !(x[i * n + j] > 0) : x[i * n + j] != 0)
                    return (i * n + j, $"{Element(i, j)} is {Show(x[i * n + j])}, and {(i == j ? "a Cholesky factor is positive on its diagonal" : "a Cholesky factor is 0 above its diagonal")}");
        return null;
    }

    private static string Element(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"[{row + 1}, {column + 1}]");

    private static string Show(double value) => DataDiagnostics.Show(value);
}
