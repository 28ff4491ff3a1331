using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Programs;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Programs;

/// <summary>Every function of the catalog: its value against a formula written anew, and its gradient.</summary>
public class FunctionLaws
{
    private static readonly double[] s_v = [0.31, 0.72, 0.44];
    private static readonly double[] s_w = [0.63, 0.25, 0.57];
    private static readonly double[] s_m = [0.35, 0.71, 0.28, 0.66];
    private const double A = 0.37;
    private const double B = 0.68;

    /// <summary>The functions of which only the value is there, where all of it is known.</summary>
    private static readonly string[] s_withoutGradient = ["det", "inverse", "solve", "sort", "rank"];

    /// <summary>An expression in a, b, the vectors v and w, and the matrix M, and its value; the name says which entry of the catalog it is for.</summary>
    private sealed record Row(string Name, string Expression, int[] Shape, params double[] Value);

    private static readonly Row[] s_rows =
    [
        Of("abs", "abs(a - 0.5) + abs(b)", Math.Abs(A - 0.5) + B), Of("sqrt", "sqrt(a)", Math.Pow(A, 0.5)), Of("exp", "exp(a)", Math.Pow(Math.E, A)),
        Of("log", "log(a)", Math.Log2(A) * Math.Log(2)), Of("log1p", "log1p(a)", Math.Log(1 + A)), Of("expm1", "expm1(a)", Math.Exp(A) - 1),
        Of("sin", "sin(a)", Math.Cos(A - Math.PI / 2)), Of("cos", "cos(a)", Math.Sin(A + Math.PI / 2)), Of("tan", "tan(a)", Math.Sin(A) / Math.Cos(A)),
        Of("asin", "asin(a)", Math.Atan2(A, Math.Sqrt(1 - A * A))), Of("acos", "acos(a)", Math.Atan2(Math.Sqrt(1 - A * A), A)), Of("atan", "atan(a)", Math.Atan2(A, 1)),
        Of("atan2", "atan2(a, -b)", Math.PI - Math.Atan(A / B)), Of("sinh", "sinh(a)", (Math.Exp(A) - Math.Exp(-A)) / 2), Of("cosh", "cosh(a)", (Math.Exp(A) + Math.Exp(-A)) / 2),
        Of("tanh", "tanh(a)", 1 - 2 / (Math.Exp(2 * A) + 1)), Of("floor", "floor(-a)", -1), Of("ceil", "ceil(a)", 1), Of("round", "round(3 + b)", 4),
        Of("min", "min(a, b)", A), Of("max", "max(a, b)", B), Of("pow", "pow(a, b)", Math.Exp(B * Math.Log(A))),
        Of("logit", "logit(a)", Math.Log(A / (1 - A))), Of("logistic", "logistic(a)", 1 / (1 + Math.Exp(-A))), Of("softplus", "softplus(a)", Math.Log(1 + Math.Exp(A))),
        Of("erf", "erf(a)", 2 * Normal(A * Math.Sqrt(2)) - 1), Of("Phi", "Phi(a)", Normal(A)), Of("inv_Phi", "inv_Phi(a)", MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, A)),
        Of("lgamma", "lgamma(a)", MathNet.Numerics.SpecialFunctions.GammaLn(A)), Of("digamma", "digamma(a)", MathNet.Numerics.SpecialFunctions.DiGamma(A)),
        Of("lbeta", "lbeta(a, b)", Math.Log(MathNet.Numerics.SpecialFunctions.Beta(A, B))),
        Of("lchoose", "lchoose(7, 3)", Math.Log(35)), Of("lchoose", "lchoose(a + 3, b)", -Math.Log(A + 4) - MathNet.Numerics.SpecialFunctions.BetaLn(A + 4 - B, B + 1)),

        Of("sum", "sum(v)", 0.31 + 0.72 + 0.44), Of("sum", "sum(M)", 0.35 + 0.71 + 0.28 + 0.66), Of("prod", "prod(v)", 0.31 * 0.72 * 0.44), Of("prod", "prod(M)", 0.35 * 0.71 * 0.28 * 0.66),
        Of("mean", "mean(M)", 0.5), Of("variance", "variance(v)", (0.18 * 0.18 + 0.23 * 0.23 + 0.05 * 0.05) / 2), Of("sd", "sd(v)", Math.Sqrt((0.18 * 0.18 + 0.23 * 0.23 + 0.05 * 0.05) / 2)),
        Of("log_sum_exp", "log_sum_exp(M)", Math.Log(s_m.Sum(Math.Exp))), Of("min", "min(v)", 0.31), Of("max", "max(M)", 0.71), Of("size", "size(M)", 4), Of("size", "size(2..5)", 4),
        Of("length", "length(v)", 3), Of("rows", "rows([[a, b, a], [b, a, b]])", 2), Of("cols", "cols([[a, b, a], [b, a, b]])", 3),
        Of("softmax", "softmax(v)", [3], Softmax(s_v)), Of("softmax", "softmax(M)", [2, 2], [.. Softmax(s_m[..2]), .. Softmax(s_m[2..])]),
        Of("log_softmax", "log_softmax(M)", [2, 2], [.. Softmax(s_m[..2]).Concat(Softmax(s_m[2..])).Select(p => Math.Log(p))]),
        Of("cumsum", "cumsum(v)", [3], 0.31, 1.03, 1.47), Of("sort", "sort(v)", [3], 0.31, 0.44, 0.72), Of("rank", "rank(v)", [3], 1, 3, 2),

        Of("dot", "dot(v, w)", 0.31 * 0.63 + 0.72 * 0.25 + 0.44 * 0.57), Of("transpose", "transpose(M)", [2, 2], 0.35, 0.28, 0.71, 0.66),
        Of("inverse", "inverse(M)", [2, 2], 0.66 / Determinant, -0.71 / Determinant, -0.28 / Determinant, 0.35 / Determinant), Of("det", "det(M)", Determinant),
        Of("log_det", "log_det([[1 + a, b], [b, 2]])", Math.Log(2 * (1 + A) - B * B)),
        Of("solve", "solve(M, [a, b])", [2], (0.66 * A - 0.71 * B) / Determinant, (0.35 * B - 0.28 * A) / Determinant),
        Of("cholesky", "cholesky([[1 + a, b], [b, 2]])", [2, 2], Math.Sqrt(1 + A), 0, B / Math.Sqrt(1 + A), Math.Sqrt(2 - B * B / (1 + A))),
        Of("diag", "diag([a, b])", [2, 2], A, 0, 0, B), Of("diagonal", "diagonal(M)", [2], 0.35, 0.66), Of("identity", "a * identity(2)", [2, 2], A, 0, 0, A), Of("trace", "trace(M)", 1.01),
        Of("outer", "outer([a, b], v)", [2, 3], A * 0.31, A * 0.72, A * 0.44, B * 0.31, B * 0.72, B * 0.44),
        Of("quadratic", "quadratic(M, [a, b])", 0.35 * A * A + (0.71 + 0.28) * A * B + 0.66 * B * B),

        Of("ones", "a * ones(2)", [2], A, A), Of("ones", "a * ones(1, 2, 1)", [1, 2, 1], A, A), Of("zeros", "a + zeros(2, 1)", [2, 1], A, A), Of("zeros", "a + zeros(1)", [1], A),
        Of("linspace", "linspace(a, b, 3)", [3], A, (A + B) / 2, B), Of("linspace", "linspace(a, b, 1)", [1], A),
        Of("concat", "concat(v, [a, b], w)", [8], [.. s_v, A, B, .. s_w]), Of("concat", "concat(a, v, b)", [5], [A, .. s_v, B]), Of("concat", "concat(M, [a, b], M)", [5, 2], [.. s_m, A, B, .. s_m]),
        Of("onehot", "onehot(2, 3)", [3], 0, 1, 0), Of("append", "append(v, a)", [4], [.. s_v, A]),

        Of("gp_exp_quad", "gp_exp_quad(v, a, b)", [3, 3], Kernel(s_v, 1, [B], r => Math.Exp(-r * r / 2))),
        Of("gp_exp_quad", "gp_exp_quad(M, a, [b, 2 * a])", [2, 2], Kernel(s_m, 2, [B, 2 * A], r => Math.Exp(-r * r / 2))),
        Of("gp_matern32", "gp_matern32(v, a, b)", [3, 3], Kernel(s_v, 1, [B], r => (1 + Math.Sqrt(3) * r) * Math.Exp(-Math.Sqrt(3) * r))),
        Of("gp_matern32", "gp_matern32(M, a, [b, 2 * a])", [2, 2], Kernel(s_m, 2, [B, 2 * A], r => (1 + Math.Sqrt(3) * r) * Math.Exp(-Math.Sqrt(3) * r))),
        Of("gp_matern52", "gp_matern52(M, a, b)", [2, 2], Kernel(s_m, 2, [B, B], r => (1 + Math.Sqrt(5) * r + 5 * r * r / 3) * Math.Exp(-Math.Sqrt(5) * r))),
        Of("gp_matern52", "gp_matern52(M, a, [b, 2 * a])", [2, 2], Kernel(s_m, 2, [B, 2 * A], r => (1 + Math.Sqrt(5) * r + 5 * r * r / 3) * Math.Exp(-Math.Sqrt(5) * r))),
        Of("gp_periodic", "gp_periodic(v, a, b, 1 + a)", [3, 3], Kernel(s_v, 1, [1], r => Math.Exp(-2 * Math.Pow(Math.Sin(Math.PI * r / (1 + A)) / B, 2)))),

        // The operators, which are not in the catalog.
        Of("/", "7 / 2 * a", 3.5 * A), Of("%", "(-a) % b", B - A), Of("%", "a % -0.25", A - 0.5), Of("^", "a ^ b", Math.Exp(B * Math.Log(A))), Of("@", "M @ [a, b]", [2], 0.35 * A + 0.71 * B, 0.28 * A + 0.66 * B),
    ];

    public static TheoryData<string> Expressions => [.. s_rows.Select(r => r.Expression)];

    private static double Determinant => 0.35 * 0.66 - 0.71 * 0.28;

    [Fact]
    public void Every_function_has_a_row_for_each_number_of_arguments()
    {
        var covered = s_rows.SelectMany(row => Functions(Bind(Model(row, isLatent: true)).Definitions.Single(d => d.Variable.Name == "r").Value!)).ToHashSet();
        foreach (var entry in FunctionCatalog.All.Where(f => f is not LevelsEntry))
            Assert.Contains(entry switch { ArrayEntry array => array.Function, ElementwiseEntry elementwise => (object)elementwise.Function.Name, _ => entry }, covered);
    }

    [Theory, MemberData(nameof(Expressions))]
    public void Its_value_is_that_of_a_formula_of_its_own(string expression)
    {
        var row = s_rows.Single(r => r.Expression == expression);
        var model = Condition(Model(row, isLatent: false), [.. Data(row), .. Values()]);
        var result = model.State("r");
        Assert.Equal(row.Shape, result.Shape);
        for (var i = 0; i < row.Value.Length; i++) Assert.True(Math.Abs(row.Value[i] - result.Values[i]) <= 1e-11 * (1 + Math.Abs(row.Value[i])), $"{expression}: {result.Values[i]:R} for {row.Value[i]:R}");
        foreach (var entry in FunctionCatalog.Find(row.Name).Where(f => f.Result == ResultType.Integer)) Assert.Equal(ElementType.Integer, result.Variable.Type);
    }

    [Theory, MemberData(nameof(Expressions))]
    public void Its_program_and_its_gradient_are_right(string expression)
    {
        var row = s_rows.Single(r => r.Expression == expression);
        var model = Condition(Model(row, isLatent: true), Data(row));
        try
        {
            DensityProgram.Compile(model);
        }
        catch (ObjectionException objection) when (objection.Diagnostic.Id == "GM0403" && s_withoutGradient.Contains(row.Name))
        {
            model = Condition(Model(row, isLatent: false), [.. Data(row), .. Values()]);
        }
        ProgramChecks.Gradient(model);
        ProgramChecks.Emission(model);
        ProgramChecks.Density(model);
    }

    private static string Model(Row row, bool isLatent) =>
        (isLatent ? "a ~ Uniform(0.3, 0.45)\nb ~ Uniform(0.6, 0.8)\nv[1] ~ Uniform(0.2, 0.4)\nv[2] ~ Uniform(0.6, 0.8)\nv[3] ~ Uniform(0.42, 0.5)\nw ~ Uniform(0.2, 0.8) ^ 3\nM ~ Uniform(0.2, 0.8) ^ (2, 2)\n"
            : "input a\ninput b\ninput v[3]\ninput w[3]\ninput M[2, 2]\n")
        + $"input c{(row.Shape.Length == 0 ? "" : $"[{string.Join(", ", row.Shape)}]")}\nm ~ Normal(0, 1)\nr = {row.Expression}\ny ~ Normal(m + sum(c * r), 1)";

    private static DataArray[] Data(Row row) => [ProgramCases.Ramp("c", row.Shape), Given("y", 0.4)];

    private static DataArray[] Values() =>
        [Given("a", A), Given("b", B), Given("v", [3], [.. s_v]), Given("w", [3], [.. s_w]), Given("M", [2, 2], [.. s_m])];

    private static IEnumerable<object> Functions(Bound value)
    {
        if (value is ArrayFunctionValue array) yield return array.Function;
        if (value is ElementwiseValue elementwise) yield return elementwise.Function.Name;
        foreach (var inner in Parts.Of(value).SelectMany(Functions)) yield return inner;
    }

    private static Row Of(string name, string expression, double value) => new(name, expression, [], value);

    private static Row Of(string name, string expression, int[] shape, params double[] values) => new(name, expression, shape, values);

    private static double Normal(double x) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, x);

    private static double[] Softmax(double[] x) => [.. x.Select(v => Math.Exp(v) / x.Sum(Math.Exp))];

    private static double[] Kernel(double[] points, int dimensions, double[] scales, Func<double, double> correlation)
    {
        var n = points.Length / dimensions;
        var result = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                var distance = Math.Sqrt(Enumerable.Range(0, dimensions).Sum(d => Math.Pow((points[i * dimensions + d] - points[j * dimensions + d]) / scales[d], 2)));
                result[i * n + j] = A * A * correlation(distance);
            }
        return result;
    }
}
