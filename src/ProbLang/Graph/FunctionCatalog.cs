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

    /// <summary>A vector, or an array whose last dimension is taken as one.</summary>
    VectorOrMore,

    Any,
}

/// <summary>A function as it is called in a model.</summary>
internal abstract record FunctionEntry(string Name, ImmutableArray<string> Parameters, ResultType Result)
{
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
internal sealed record LevelsEntry() : FunctionEntry("levels", ["x"], ResultType.Integer);

/// <summary>Every function of the language: a line each.</summary>
internal static class FunctionCatalog
{
    private static readonly FunctionEntry[] s_all =
    [
        Number("abs", Op.Abs), Real("sqrt", Op.Sqrt), Real("exp", Op.Exp), Real("log", Op.Log), Real("log1p", Op.Log1p), Real("expm1", Op.Expm1),
        Real("sin", Op.Sin), Real("cos", Op.Cos), Real("tan", Op.Tan), Real("asin", Op.Asin), Real("acos", Op.Acos), Real("atan", Op.Atan),
        Scalar("atan2", Op.Atan2, ResultType.Real, "y", "x"),
        Real("sinh", Op.Sinh), Real("cosh", Op.Cosh), Real("tanh", Op.Tanh),
        Whole("floor", Op.Floor), Whole("ceil", Op.Ceiling), Whole("round", Op.Round),
        Scalar("min", Op.Minimum, ResultType.Arithmetic, "x", "y"), Scalar("max", Op.Maximum, ResultType.Arithmetic, "x", "y"),
        Scalar("pow", Op.Power, ResultType.Real, "x", "y"),
        Real("logit", Op.Logit), Real("logistic", Op.Logistic), Real("softplus", Op.Softplus),
        Real("erf", Op.Erf), Real("Phi", Op.Phi), Real("inv_Phi", Op.InversePhi), Real("lgamma", Op.LogGamma), Real("digamma", Op.Digamma),
        new ElementwiseEntry("lbeta", new LogBetaFunction(), ["a", "b"], ResultType.Real),
        new ElementwiseEntry("lchoose", new LogChooseFunction(), ["n", "k"], ResultType.Real),

        Reduction("sum", ArrayFunction.Sum, ResultType.Arithmetic), Reduction("prod", ArrayFunction.Prod, ResultType.Arithmetic),
        Reduction("mean", ArrayFunction.Mean, ResultType.Real), Reduction("variance", ArrayFunction.Variance, ResultType.Real),
        Reduction("sd", ArrayFunction.Sd, ResultType.Real), Reduction("log_sum_exp", ArrayFunction.LogSumExp, ResultType.Real),
        Reduction("min", ArrayFunction.Min, ResultType.Same), Reduction("max", ArrayFunction.Max, ResultType.Same),
        Reduction("size", ArrayFunction.Size, ResultType.Integer),
        Array("length", ArrayFunction.Length, ResultType.Integer, 0, ("x", ParameterRank.VectorOrMore)),
        Array("rows", ArrayFunction.Rows, ResultType.Integer, 0, ("A", ParameterRank.Matrix)),
        Array("cols", ArrayFunction.Cols, ResultType.Integer, 0, ("A", ParameterRank.Matrix)),
        AlongLast("softmax", ArrayFunction.Softmax), AlongLast("log_softmax", ArrayFunction.LogSoftmax),
        Array("cumsum", ArrayFunction.Cumsum, ResultType.Arithmetic, 1, ("x", ParameterRank.Vector)),
        Array("sort", ArrayFunction.Sort, ResultType.Same, 1, ("x", ParameterRank.Vector)),
        Array("rank", ArrayFunction.Rank, ResultType.Integer, 1, ("x", ParameterRank.Vector)),

        Array("dot", ArrayFunction.Dot, ResultType.Arithmetic, 0, ("x", ParameterRank.Vector), ("y", ParameterRank.Vector)),
        Array("transpose", ArrayFunction.Transpose, ResultType.Same, 2, ("A", ParameterRank.Matrix)),
        Array("inverse", ArrayFunction.Inverse, ResultType.Real, 2, ("A", ParameterRank.Matrix)),
        Array("det", ArrayFunction.Det, ResultType.Real, 0, ("A", ParameterRank.Matrix)),
        Array("log_det", ArrayFunction.LogDet, ResultType.Real, 0, ("A", ParameterRank.Matrix)),
        Array("solve", ArrayFunction.Solve, ResultType.Real, ranks => ranks[1], ("A", ParameterRank.Matrix), ("b", ParameterRank.VectorOrMatrix)),
        Array("cholesky", ArrayFunction.Cholesky, ResultType.Real, 2, ("A", ParameterRank.Matrix)),
        Array("diag", ArrayFunction.Diag, ResultType.Same, 2, ("x", ParameterRank.Vector)),
        Array("diagonal", ArrayFunction.Diagonal, ResultType.Same, 1, ("A", ParameterRank.Matrix)),
        Array("identity", ArrayFunction.Identity, ResultType.Real, 2, ("n", ParameterRank.Size)),
        Array("trace", ArrayFunction.Trace, ResultType.Arithmetic, 0, ("A", ParameterRank.Matrix)),
        Array("outer", ArrayFunction.Outer, ResultType.Arithmetic, 2, ("x", ParameterRank.Vector), ("y", ParameterRank.Vector)),
        Array("quadratic", ArrayFunction.Quadratic, ResultType.Arithmetic, 0, ("A", ParameterRank.Matrix), ("x", ParameterRank.Vector)),

        Array("ones", ArrayFunction.Ones, ResultType.Real, ranks => ranks.Length, ("n", ParameterRank.Size)) with { IsVariadic = true },
        Array("zeros", ArrayFunction.Zeros, ResultType.Real, ranks => ranks.Length, ("n", ParameterRank.Size)) with { IsVariadic = true },
        Array("linspace", ArrayFunction.Linspace, ResultType.Real, 1, ("lower", ParameterRank.Scalar), ("upper", ParameterRank.Scalar), ("n", ParameterRank.Size)),
        Array("concat", ArrayFunction.Concat, ResultType.Same, 1, ("x", ParameterRank.Vector), ("y", ParameterRank.Vector)) with { IsVariadic = true },
        Array("append", ArrayFunction.Append, ResultType.Same, 1, ("x", ParameterRank.Vector), ("value", ParameterRank.Scalar)),

        new LevelsEntry(), Array("onehot", ArrayFunction.OneHot, ResultType.Integer, ranks => ranks[0] + 1, ("x", ParameterRank.Any), ("K", ParameterRank.Size)),
        Kernel("gp_exp_quad", ArrayFunction.GpExpQuad), Kernel("gp_matern32", ArrayFunction.GpMatern32), Kernel("gp_matern52", ArrayFunction.GpMatern52),
        Array("gp_periodic", ArrayFunction.GpPeriodic, ResultType.Real, 2, ("x", ParameterRank.VectorOrMatrix),
            ("amplitude", ParameterRank.Scalar), ("length_scale", ParameterRank.Scalar), ("period", ParameterRank.Scalar)),
    ];

    private static readonly Dictionary<string, ImmutableArray<FunctionEntry>> s_byName = ByName();

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

    private static ElementwiseEntry Scalar(string name, Op op, ResultType result, params ImmutableArray<string> parameters) =>
        new(name, new OpFunction(name, op), parameters, result);

    private static ElementwiseEntry Real(string name, Op op) => Scalar(name, op, ResultType.Real, "x");

    private static ElementwiseEntry Number(string name, Op op) => Scalar(name, op, ResultType.Arithmetic, "x");

    private static ElementwiseEntry Whole(string name, Op op) => Scalar(name, op, ResultType.Integer, "x");

    private static ArrayEntry Array(
        string name, ArrayFunction function, ResultType result, Func<ImmutableArray<int>, int> rank, params ImmutableArray<(string Name, ParameterRank Rank)> parameters) =>
        new(name, function, [.. parameters.Select(p => p.Name)], [.. parameters.Select(p => p.Rank)], rank, result);

    private static ArrayEntry Array(
        string name, ArrayFunction function, ResultType result, int rank, params ImmutableArray<(string Name, ParameterRank Rank)> parameters) =>
        Array(name, function, result, _ => rank, parameters);

    private static ArrayEntry Reduction(string name, ArrayFunction function, ResultType result) =>
        Array(name, function, result, 0, ("x", ParameterRank.Any));

    private static ArrayEntry AlongLast(string name, ArrayFunction function) =>
        Array(name, function, ResultType.Real, ranks => ranks[0], ("x", ParameterRank.VectorOrMore));

    private static ArrayEntry Kernel(string name, ArrayFunction function) =>
        Array(name, function, ResultType.Real, 2, ("x", ParameterRank.VectorOrMatrix), ("amplitude", ParameterRank.Scalar), ("length_scale", ParameterRank.Scalar));
}
