using System.Collections.Immutable;
using ProbLang.Numerics;

namespace ProbLang.Graph;

/// <summary>What the elements of a function's value are.</summary>
internal enum ResultType
{
    Real,

    Integer,

    /// <summary>Those of its arguments, Booleans counting as integers.</summary>
    Arithmetic,

    /// <summary>Those of its arguments.</summary>
    Same,
}

/// <summary>What a parameter of an array function takes.</summary>
internal enum ParameterRank
{
    Scalar,

    /// <summary>An integer that sizes the value.</summary>
    Size,

    Vector,
    Matrix,
    VectorOrMatrix,
    ScalarOrVector,

    /// <summary>A vector, or an array whose last dimension is taken as one.</summary>
    VectorOrMore,

    Any,
}

/// <summary>A function as it is called in a model.</summary>
internal abstract record FunctionEntry(string Name, ImmutableArray<string> Parameters, ResultType Result)
{
    /// <summary>What it computes, for the reference page.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Whether the last parameter may be repeated.</summary>
    public bool IsVariadic { get; init; }

    /// <summary>As it is shown to a modeller.</summary>
    public string Signature => $"{Name}({string.Join(", ", Parameters)}{(IsVariadic ? ", …" : "")})";

    public bool Takes(int count) => IsVariadic ? count >= Parameters.Length : count == Parameters.Length;
}

/// <summary>A function that acts elementwise.</summary>
internal sealed record ElementwiseEntry(string Name, ElementwiseFunction Function, ImmutableArray<string> Parameters, ResultType Result)
    : FunctionEntry(Name, Parameters, Result);

/// <summary>A function of whole arrays, with the rank that each argument must have and that of its value.</summary>
internal sealed record ArrayEntry(
    string Name, ArrayFunction Function, ImmutableArray<string> Parameters, ImmutableArray<ParameterRank> Ranks,
    Func<ImmutableArray<int>, int> RankOf, ResultType Result) : FunctionEntry(Name, Parameters, Result)
{
    /// <summary>The rank that the argument at a position must have.</summary>
    public ParameterRank RankAt(int position) => Ranks[Math.Min(position, Ranks.Length - 1)];
}

/// <summary><c>levels(x)</c>: the range 1..K of the codes of a category. Its argument may be the name of a category, which is no value.</summary>
internal sealed record LevelsEntry : FunctionEntry
{
    public LevelsEntry() : base("levels", ["x"], ResultType.Integer) => Summary = "The range 1..K of the codes of a category, or of a variable of one.";
}

/// <summary>Every function of the language: a line each.</summary>
internal static class FunctionCatalog
{
    private static readonly FunctionEntry[] s_all =
    [
        Number("abs", "The absolute value.", Op.Abs),
        Real("sqrt", "The square root; x is 0 or more.", Op.Sqrt),
        Real("exp", "e to the power of x.", Op.Exp),
        Real("log", "The natural logarithm; x is above 0.", Op.Log),
        Real("log1p", "log(1 + x), exact near 0.", Op.Log1p),
        Real("expm1", "exp(x) - 1, exact near 0.", Op.Expm1),
        Real("sin", "The sine of an angle in radians.", Op.Sin),
        Real("cos", "The cosine of an angle in radians.", Op.Cos),
        Real("tan", "The tangent of an angle in radians.", Op.Tan),
        Real("asin", "The angle from -pi/2 to pi/2 whose sine is x.", Op.Asin),
        Real("acos", "The angle from 0 to pi whose cosine is x.", Op.Acos),
        Real("atan", "The angle from -pi/2 to pi/2 whose tangent is x.", Op.Atan),
        Scalar("atan2", "The angle of the point (x, y), from -pi to pi.", Op.Atan2, ResultType.Real, "y", "x"),
        Real("sinh", "The hyperbolic sine.", Op.Sinh),
        Real("cosh", "The hyperbolic cosine.", Op.Cosh),
        Real("tanh", "The hyperbolic tangent.", Op.Tanh),
        Whole("floor", "The greatest integer that is not above x.", Op.Floor),
        Whole("ceil", "The least integer that is not below x.", Op.Ceiling),
        Whole("round", "The nearest integer; of two that are equally near, the one farther from 0.", Op.Round),
        Scalar("min", "The smaller of two numbers.", Op.Minimum, ResultType.Arithmetic, "x", "y"),
        Scalar("max", "The greater of two numbers.", Op.Maximum, ResultType.Arithmetic, "x", "y"),
        Scalar("pow", "x to the power of y, as `x^y`.", Op.Power, ResultType.Real, "x", "y"),
        Real("logit", "log(x / (1 - x)) of a probability.", Op.Logit),
        Real("logistic", "1 / (1 + exp(-x)): the inverse of `logit`.", Op.Logistic),
        Real("softplus", "log(1 + exp(x)).", Op.Softplus),
        Real("erf", "The error function.", Op.Erf),
        Real("Phi", "The distribution function of the standard normal distribution.", Op.Phi),
        Real("inv_Phi", "The quantile of the standard normal distribution: the inverse of `Phi`.", Op.InversePhi),
        Real("lgamma", "The logarithm of the gamma function.", Op.LogGamma),
        Real("digamma", "The derivative of `lgamma`.", Op.Digamma),
        new ElementwiseEntry("lbeta", new LogBetaFunction(), ["a", "b"], ResultType.Real) { Summary = "The logarithm of the beta function of a and b." },
        new ElementwiseEntry("lchoose", new LogChooseFunction(), ["n", "k"], ResultType.Real) { Summary = "The logarithm of the number of ways to choose k of n." },
        Reduction("sum", "The sum of all elements; 0 of none.", ArrayFunction.Sum, ResultType.Arithmetic),
        Reduction("prod", "The product of all elements; 1 of none.", ArrayFunction.Prod, ResultType.Arithmetic),
        Reduction("mean", "The mean of all elements.", ArrayFunction.Mean, ResultType.Real),
        Reduction("variance", "The sample variance of all elements, with n - 1.", ArrayFunction.Variance, ResultType.Real),
        Reduction("sd", "The sample standard deviation of all elements, with n - 1.", ArrayFunction.Sd, ResultType.Real),
        Reduction("log_sum_exp", "log Σ exp of all elements, without overflow.", ArrayFunction.LogSumExp, ResultType.Real),
        Reduction("min", "The least element.", ArrayFunction.Min, ResultType.Same),
        Reduction("max", "The greatest element.", ArrayFunction.Max, ResultType.Same),
        Reduction("size", "How many elements there are.", ArrayFunction.Size, ResultType.Integer),
        Array("length", "The size of the first dimension.", ArrayFunction.Length, ResultType.Integer, 0, ("x", ParameterRank.VectorOrMore)),
        Array("rows", "How many rows a matrix has.", ArrayFunction.Rows, ResultType.Integer, 0, ("A", ParameterRank.Matrix)),
        Array("cols", "How many columns a matrix has.", ArrayFunction.Cols, ResultType.Integer, 0, ("A", ParameterRank.Matrix)),
        AlongLast("softmax", "exp(x) over its sum, along the last dimension.", ArrayFunction.Softmax),
        AlongLast("log_softmax", "The logarithm of `softmax`, along the last dimension.", ArrayFunction.LogSoftmax),
        Array("cumsum", "The sums of the first 1, 2, … elements.", ArrayFunction.Cumsum, ResultType.Arithmetic, 1, ("x", ParameterRank.Vector)),
        Array("sort", "The elements from the least to the greatest.", ArrayFunction.Sort, ResultType.Same, 1, ("x", ParameterRank.Vector)),
        Array("rank", "For each element its place, from 1, in `sort(x)`.", ArrayFunction.Rank, ResultType.Integer, 1, ("x", ParameterRank.Vector)),
        Array("dot", "The sum of the products of the elements.", ArrayFunction.Dot, ResultType.Arithmetic, 0, ("x", ParameterRank.Vector), ("y", ParameterRank.Vector)),
        Array("transpose", "Rows become columns.", ArrayFunction.Transpose, ResultType.Same, 2, ("A", ParameterRank.Matrix)),
        Array("inverse", "The inverse of a square matrix.", ArrayFunction.Inverse, ResultType.Real, 2, ("A", ParameterRank.Matrix)),
        Array("det", "The determinant of a square matrix.", ArrayFunction.Det, ResultType.Real, 0, ("A", ParameterRank.Matrix)),
        Array("log_det", "The logarithm of a determinant that is above 0.", ArrayFunction.LogDet, ResultType.Real, 0, ("A", ParameterRank.Matrix)),
        Array("solve", "The x for which A @ x is b.", ArrayFunction.Solve, ResultType.Real, ranks => ranks[1], ("A", ParameterRank.Matrix), ("b", ParameterRank.VectorOrMatrix)),
        Array("cholesky", "The lower-triangular L for which L @ transpose(L) is the positive definite A.", ArrayFunction.Cholesky, ResultType.Real, 2, ("A", ParameterRank.Matrix)),
        Array("diag", "The matrix with x on its diagonal and 0 elsewhere.", ArrayFunction.Diag, ResultType.Same, 2, ("x", ParameterRank.Vector)),
        Array("diagonal", "The diagonal of a matrix.", ArrayFunction.Diagonal, ResultType.Same, 1, ("A", ParameterRank.Matrix)),
        Array("identity", "The n by n matrix with 1 on its diagonal and 0 elsewhere.", ArrayFunction.Identity, ResultType.Real, 2, ("n", ParameterRank.Size)),
        Array("trace", "The sum of the diagonal.", ArrayFunction.Trace, ResultType.Arithmetic, 0, ("A", ParameterRank.Matrix)),
        Array("outer", "The matrix of all products of an element of x and one of y.", ArrayFunction.Outer, ResultType.Arithmetic, 2, ("x", ParameterRank.Vector), ("y", ParameterRank.Vector)),
        Array("quadratic", "x @ A @ x.", ArrayFunction.Quadratic, ResultType.Arithmetic, 0, ("A", ParameterRank.Matrix), ("x", ParameterRank.Vector)),
        Array("ones", "An array of ones, of so many dimensions as there are sizes.", ArrayFunction.Ones, ResultType.Real, ranks => ranks.Length, ("n", ParameterRank.Size)) with { IsVariadic = true },
        Array("zeros", "An array of zeros, of so many dimensions as there are sizes.", ArrayFunction.Zeros, ResultType.Real, ranks => ranks.Length, ("n", ParameterRank.Size)) with { IsVariadic = true },
        Array("linspace", "n numbers at equal distances from lower to upper, both included.", ArrayFunction.Linspace, ResultType.Real, 1, ("lower", ParameterRank.Scalar), ("upper", ParameterRank.Scalar), ("n", ParameterRank.Size)),
        // Along the first dimension; what has one dimension less than the others is one element of it.
        Array("concat", "One after the other, along the first dimension; what has one dimension less is one element of it.", ArrayFunction.Concat, ResultType.Same, ranks => Math.Max(1, ranks.Max()), ("x", ParameterRank.Any), ("y", ParameterRank.Any)) with { IsVariadic = true },
        Array("append", "A vector with one more element at its end.", ArrayFunction.Append, ResultType.Same, 1, ("x", ParameterRank.Vector), ("value", ParameterRank.Scalar)),
        new LevelsEntry(),
        Array("onehot", "For each code, a vector of 0 with 1 at its place; of a category, K may be left out.", ArrayFunction.OneHot, ResultType.Integer, ranks => ranks[0] + 1, ("x", ParameterRank.Any), ("K", ParameterRank.Size)),
        Kernel("gp_exp_quad", "The covariances amplitude² exp(-d² / (2 length_scale²)) of points at distance d; a length scale for all dimensions, or one for each.", ArrayFunction.GpExpQuad),
        Kernel("gp_matern32", "The Matérn covariances of smoothness 3/2; a length scale for all dimensions, or one for each.", ArrayFunction.GpMatern32),
        Kernel("gp_matern52", "The Matérn covariances of smoothness 5/2; a length scale for all dimensions, or one for each.", ArrayFunction.GpMatern52),
        Array("gp_periodic", "The covariances amplitude² exp(-2 sin²(pi d / period) / length_scale²).", ArrayFunction.GpPeriodic, ResultType.Real, 2, ("x", ParameterRank.VectorOrMatrix), ("amplitude", ParameterRank.Scalar), ("length_scale", ParameterRank.Scalar), ("period", ParameterRank.Scalar)),
    ];

    private static readonly IReadOnlyDictionary<string, ImmutableArray<FunctionEntry>> s_byName = ByName();

    /// <summary>All, in the order of the reference page.</summary>
    public static IReadOnlyList<FunctionEntry> All => s_all;

    /// <summary>The functions of a name, which differ in the number of their arguments; empty where there is none.</summary>
    public static ImmutableArray<FunctionEntry> Find(string name) => s_byName.GetValueOrDefault(name, []);

    private static Dictionary<string, ImmutableArray<FunctionEntry>> ByName()
    {
        var byName = new Dictionary<string, ImmutableArray<FunctionEntry>>();
        foreach (var function in s_all) byName[function.Name] = byName.GetValueOrDefault(function.Name, []).Add(function);
        return byName;
    }

    private static ElementwiseEntry Scalar(string name, string summary, Op op, ResultType result, params ImmutableArray<string> parameters) =>
        new(name, new OpFunction(name, op), parameters, result) { Summary = summary };

    private static ElementwiseEntry Real(string name, string summary, Op op) => Scalar(name, summary, op, ResultType.Real, "x");

    private static ElementwiseEntry Number(string name, string summary, Op op) => Scalar(name, summary, op, ResultType.Arithmetic, "x");

    private static ElementwiseEntry Whole(string name, string summary, Op op) => Scalar(name, summary, op, ResultType.Integer, "x");

    private static ArrayEntry Array(
        string name, string summary, ArrayFunction function, ResultType result, Func<ImmutableArray<int>, int> rank, params ImmutableArray<(string Name, ParameterRank Rank)> parameters) =>
        new(name, function, [.. parameters.Select(p => p.Name)], [.. parameters.Select(p => p.Rank)], rank, result) { Summary = summary };

    private static ArrayEntry Array(
        string name, string summary, ArrayFunction function, ResultType result, int rank, params ImmutableArray<(string Name, ParameterRank Rank)> parameters) =>
        Array(name, summary, function, result, _ => rank, parameters);

    private static ArrayEntry Reduction(string name, string summary, ArrayFunction function, ResultType result) =>
        Array(name, summary, function, result, 0, ("x", ParameterRank.Any));

    private static ArrayEntry AlongLast(string name, string summary, ArrayFunction function) =>
        Array(name, summary, function, ResultType.Real, ranks => ranks[0], ("x", ParameterRank.VectorOrMore));

    /// <summary>A length scale for all dimensions of the rows of x, or one for each.</summary>
    private static ArrayEntry Kernel(string name, string summary, ArrayFunction function) =>
        Array(name, summary, function, ResultType.Real, 2, ("x", ParameterRank.VectorOrMatrix), ("amplitude", ParameterRank.Scalar), ("length_scale", ParameterRank.ScalarOrVector));
}
