using System.Globalization;

namespace ProbLang.FactorGraphs;

/// <summary>Known values as C# reads them.</summary>
internal static class CSharpLiterals
{
    /// <summary>How many equal elements of a vector are said at once rather than one by one.</summary>
    private const int ManyAlike = 4;

    /// <summary>A number for where a double is expected: as short as it reads back unchanged.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double.NaN => "double.NaN",
        0 when double.IsNegative(value) => "-0.0",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>A number that is a double by itself.</summary>
    public static string Double(double value)
    {
        var text = Number(value);
        return text.All(c => char.IsAsciiDigit(c) || c == '-') ? text + ".0" : text;
    }

    public static string Integer(double value) => ((int)value).ToString(CultureInfo.InvariantCulture);

    /// <summary>A single known number.</summary>
    public static string Scalar(FactorDomain domain, double value) => domain switch
    {
        FactorDomain.Boolean => value != 0 ? "true" : "false",
        FactorDomain.Integer or FactorDomain.Count => Integer(value),
        _ => Number(value),
    };

    /// <summary>One element of known values, of any shape.</summary>
    public static string Item(FactorDomain domain, ReadOnlySpan<double> numbers, ReadOnlySpan<int> shape) => shape.Length switch
    {
        0 => Scalar(domain, numbers[0]),
        1 when domain is FactorDomain.TruncatedGaussian or FactorDomain.Beta => $"new {domain}({Listed(numbers)})",
        2 when domain == FactorDomain.Simplex => $"new Dirichlet({Listed(numbers)})",
        1 => Vector(numbers),
        _ => domain == FactorDomain.Matrix && shape[0] == shape[1] ? PositiveDefinite(numbers, shape[0]) : $"new Matrix({Rows(numbers, shape[0], shape[1])})",
    };

    private static string Vector(ReadOnlySpan<double> numbers)
    {
        if (numbers.Length >= ManyAlike && !numbers.ContainsAnyExcept(numbers[0])) return $"Vector.Constant({numbers.Length}, {Number(numbers[0])})";
        return $"Vector.FromArray({Listed(numbers)})";
    }

    private static string PositiveDefinite(ReadOnlySpan<double> numbers, int size)
    {
        if (!IsScaledIdentity(numbers, size)) return $"new PositiveDefiniteMatrix({Rows(numbers, size, size)})";
        return numbers[0] == 1 ? $"PositiveDefiniteMatrix.Identity({size})" : $"PositiveDefiniteMatrix.IdentityScaledBy({size}, {Number(numbers[0])})";
    }

    private static bool IsScaledIdentity(ReadOnlySpan<double> numbers, int size)
    {
        for (var i = 0; i < numbers.Length; i++)
            if (numbers[i] != (i % (size + 1) == 0 ? numbers[0] : 0))
                return false;
        return size > 0;
    }

    private static string Rows(ReadOnlySpan<double> numbers, int rows, int columns)
    {
        if (numbers.IsEmpty) return $"new double[{rows}, {columns}]";
        var texts = new string[rows];
        for (var r = 0; r < rows; r++) texts[r] = $"{{ {Listed(numbers.Slice(r * columns, columns))} }}";
        return $"new double[,] {{ {string.Join(", ", texts)} }}";
    }

    private static string Listed(ReadOnlySpan<double> numbers) => string.Join(", ", numbers.ToArray().Select(Number));
}
