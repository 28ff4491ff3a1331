using System.Collections.Immutable;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>What Stan, BUGS, R, Python and WebPPL call things, and how they are written here. Asked only about names that nothing here has.</summary>
internal static class OtherLanguages
{
    /// <summary>Functions with the same arguments.</summary>
    private static readonly IReadOnlyDictionary<string, string> s_functions = new Dictionary<string, string>
    {
        ["ln"] = "log",
        ["inv_logit"] = "logistic",
        ["ilogit"] = "logistic",
        ["sigmoid"] = "logistic",
        ["expit"] = "logistic",
        ["invlogit"] = "logistic",
        ["plogis"] = "logistic",
        ["qlogis"] = "logit",
        ["ceiling"] = "ceil",
        ["fabs"] = "abs",
        ["probit"] = "inv_Phi",
        ["qnorm"] = "inv_Phi",
        ["phi"] = "Phi",
        ["pnorm"] = "Phi",
        ["std"] = "sd",
        ["stddev"] = "sd",
        ["var"] = "variance",
        ["len"] = "length",
        ["log1p_exp"] = "softplus",
        ["log_sum_exponents"] = "log_sum_exp",
        ["logsumexp"] = "log_sum_exp",
        ["loggam"] = "lgamma",
        ["gammaln"] = "lgamma",
        ["log_gamma"] = "lgamma",
        ["nrow"] = "rows",
        ["ncol"] = "cols",
        ["NROW"] = "rows",
        ["NCOL"] = "cols",
        ["num_elements"] = "size",
        ["numel"] = "size",
        ["dot_product"] = "dot",
        ["inprod"] = "dot",
        ["matmul"] = "dot",
        ["cumulative_sum"] = "cumsum",
        ["diag_matrix"] = "diag",
        ["diagonal_matrix"] = "diag",
        ["identity_matrix"] = "identity",
        ["eye"] = "identity",
        ["cholesky_decompose"] = "cholesky",
        ["chol"] = "cholesky",
        ["log_determinant"] = "log_det",
        ["logdet"] = "log_det",
        ["inv"] = "inverse",
        ["mdivide_left"] = "solve",
        ["quad_form"] = "quadratic",
        ["sort_asc"] = "sort",
        ["mean_value"] = "mean",
        ["average"] = "mean",
        ["product"] = "prod",
        ["lchoose_log"] = "lchoose",
        ["binomial_coefficient_log"] = "lchoose",
        ["append_row"] = "concat",
        ["append_array"] = "concat",
        ["c"] = "concat",
        ["trunc"] = "floor",
        ["floordiv"] = "floor",
        ["arcsin"] = "asin",
        ["arccos"] = "acos",
        ["arctan"] = "atan",
        ["arctan2"] = "atan2",
        ["power"] = "pow",
        ["norm_cdf"] = "Phi",
        ["std_normal_cdf"] = "Phi",
        ["gp_exp_quad_cov"] = "gp_exp_quad",
        ["cov_exp_quad"] = "gp_exp_quad",
        ["one_hot"] = "onehot",
        ["softmax_log"] = "log_softmax",
    };

    /// <summary>Functions that are something else here; {0} is the first argument.</summary>
    private static readonly IReadOnlyDictionary<string, string> s_written = new Dictionary<string, string>
    {
        ["ifelse"] = "if {0} then {1} else {2}",
        ["if_else"] = "if {0} then {1} else {2}",
        ["where"] = "if {0} then {1} else {2}",
        ["iif"] = "if {0} then {1} else {2}",
        ["switch"] = "if {0} then {1} else {2}",
        ["exp10"] = "10 ^ {0}",
        ["exp2"] = "2 ^ {0}",
        ["log10"] = "log({0}) / log(10)",
        ["log2"] = "log({0}) / log(2)",
        ["square"] = "{0} ^ 2",
        ["cube"] = "{0} ^ 3",
        ["step"] = "if {0} >= 0 then 1 else 0",
        ["equals"] = "{0} == {1}",
        ["logfact"] = "lgamma({0} + 1)",
        ["lfactorial"] = "lgamma({0} + 1)",
        ["factorial"] = "exp(lgamma({0} + 1))",
        ["gamma_function"] = "exp(lgamma({0}))",
        ["choose"] = "exp(lchoose({0}, {1}))",
        ["log1m"] = "log1p(-{0})",
        ["log1m_exp"] = "log1p(-exp({0}))",
        ["log_inv_logit"] = "-softplus(-{0})",
        ["log1m_inv_logit"] = "-softplus({0})",
        ["cloglog"] = "log(-log(1 - {0}))",
        ["inv_cloglog"] = "1 - exp(-exp({0}))",
        ["icloglog"] = "1 - exp(-exp({0}))",
        ["inv_sqrt"] = "1 / sqrt({0})",
        ["inv_square"] = "1 / {0} ^ 2",
        ["dot_self"] = "dot({0}, {0})",
        ["multiply_log"] = "{0} * log({1})",
        ["fma"] = "{0} * {1} + {2}",
        ["rep_vector"] = "{0} * ones({1})",
        ["rep"] = "{0} * ones({1})",
        ["rep_array"] = "{0} * ones({1})",
        ["fmin"] = "min({0}, {1})",
        ["fmax"] = "max({0}, {1})",
        ["pmin"] = "min({0}, {1})",
        ["pmax"] = "max({0}, {1})",
        ["minimum"] = "min({0}, {1})",
        ["maximum"] = "max({0}, {1})",
        ["multiply_lower_tri_self_transpose"] = "{0} @ transpose({0})",
        ["crossprod"] = "transpose({0}) @ {0}",
        ["tcrossprod"] = "{0} @ transpose({0})",
        ["outer_product"] = "outer({0}, {1})",
        ["seq_len"] = "1..{0}",
        ["seq"] = "{0}..{1}",
        ["arange"] = "0..{0} - 1",
        ["array"] = "{0}",
        ["as_vector"] = "{0}",
        ["to_vector"] = "{0}",
        ["vec"] = "{0}",
        ["float"] = "{0}",
        ["int"] = "floor({0})",
    };

    private static readonly IReadOnlyDictionary<string, string> s_names = new Dictionary<string, string>
    {
        ["True"] = "write `true`",
        ["TRUE"] = "write `true`",
        ["False"] = "write `false`",
        ["FALSE"] = "write `false`",
        ["None"] = "what is missing is `null` or `NA` in the data; a model does not name it",
        ["NA"] = "what is missing is `null` or `NA` in the data; a model does not name it",
        ["NULL"] = "what is missing is `null` or `NA` in the data; a model does not name it",
        ["null"] = "what is missing is `null` or `NA` in the data; a model does not name it",
        ["nan"] = "what is missing is `null` or `NA` in the data; a model does not name it",
        ["NaN"] = "what is missing is `null` or `NA` in the data; a model does not name it",
        ["inf"] = "write `infinity`",
        ["Inf"] = "write `infinity`",
        ["INF"] = "write `infinity`",
        ["Infinity"] = "write `infinity`",
        ["infty"] = "write `infinity`",
        ["PI"] = "write `pi`",
        ["Pi"] = "write `pi`",
    };

    private static readonly IReadOnlyDictionary<string, string> s_types = new Dictionary<string, string>
    {
        ["float"] = "real",
        ["double"] = "real",
        ["number"] = "real",
        ["numeric"] = "real",
        ["integer"] = "int",
        ["boolean"] = "bool",
        ["Bool"] = "bool",
        ["natural"] = "count",
        ["nat"] = "count",
        ["str"] = "category",
        ["string"] = "category",
        ["factor"] = "category",
        ["prob"] = "probability",
        ["unit_vector"] = "unit",
        ["cov_matrix"] = "covariance",
        ["corr_matrix"] = "correlation",
        ["cholesky_factor_corr"] = "cholesky",
        ["cholesky_factor_cov"] = "cholesky",
    };

    /// <summary>What parameters are called elsewhere, the likeliest first.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> s_parameters = new Dictionary<string, string[]>
    {
        ["mu"] = ["mean", "location", "mean_log"],
        ["loc"] = ["mean", "location", "mean_log"],
        ["sigma"] = ["sd", "scale", "sd_log"],
        ["std"] = ["sd", "scale"],
        ["stddev"] = ["sd"],
        ["s"] = ["sd", "scale"],
        ["tau"] = ["precision"],
        ["prec"] = ["precision"],
        ["var"] = ["variance"],
        ["lam"] = ["rate"],
        ["lambda"] = ["rate"],
        ["lambda_"] = ["rate"],
        ["mu_log"] = ["mean_log"],
        ["nu"] = ["df"],
        ["a"] = ["alpha", "shape", "lower"],
        ["b"] = ["beta", "rate", "upper"],
        ["alpha"] = ["shape"],
        ["beta"] = ["rate", "scale"],
        ["theta"] = ["p"],
        ["prob"] = ["p"],
        ["probs"] = ["p"],
        ["N"] = ["n"],
        ["total_count"] = ["n"],
        ["trials"] = ["n"],
        ["logit_p"] = ["logit", "logits"],
        ["logits"] = ["logit"],
        ["concentration"] = ["alpha"],
        ["kappa"] = ["concentration"],
        ["phi"] = ["dispersion"],
        ["cov"] = ["covariance"],
        ["covariance_matrix"] = ["covariance"],
        ["precision_matrix"] = ["precision"],
        ["scale_tril"] = ["cholesky"],
        ["chol"] = ["cholesky"],
        ["L"] = ["cholesky"],
        ["low"] = ["lower"],
        ["high"] = ["upper"],
        ["min"] = ["lower"],
        ["max"] = ["upper"],
        ["eta"] = ["logit", "log_rate"],
    };

    /// <summary>A call right of <c>~</c> as it is written here, or null.</summary>
    public static string? Distribution(CallExpr call)
    {
        if (ForeignDistributions.Find(call.Function.Text, Values(call)) is not { } here) return ForeignDistributions.NameOf(call.Function.Text) is { } name ? $"write `{name}`" : null;
        return $"write `{here}`{(ForeignDistributions.TakesPrecision(call.Function.Text) ? $": `{call.Function.Text}` counts in precisions" : "")}";
    }

    /// <summary>A call as a value as it is written here, or null; <paramref name="target"/> is what it would define.</summary>
    public static string? Function(CallExpr call, string? target)
    {
        var (name, values) = (call.Function.Text, Values(call));
        if (s_functions.TryGetValue(name, out var function)) return $"it is called `{function}` here";
        if (s_written.TryGetValue(name, out var pattern))
        {
            for (var i = 0; i < values.Length && i < 3; i++) pattern = pattern.Replace($"{{{i}}}", values[i], StringComparison.Ordinal);
            return pattern.Contains('{', StringComparison.Ordinal) ? null : $"write `{pattern}`";
        }
        if (name is "range" or "seq_along") return "a range is written `1..N`, both ends included";
        if (name is "sample" or "draw" && values is [var drawn]) return $"to draw from it, write `{target ?? "x"} ~ {drawn}`";
        if (name is "print" or "cat" or "display") return "a model does not print; results are shown by the command that runs it";
        if (name.EndsWith("_rng", StringComparison.Ordinal) && ForeignDistributions.Find(name[..^4], values) is { } random) return $"to draw from it, write `{target ?? "x"} ~ {random}`";
        if (Array.Find(s_densities, d => name.EndsWith(d, StringComparison.Ordinal)) is { } suffix && values.Length > 0 && ForeignDistributions.Find(name[..^suffix.Length], values[1..]) is { } density)
            return $"write `{(suffix is "_lcdf" ? $"log(cdf({density}, {values[0]}))" : suffix is "_lccdf" ? $"log_survival({density}, {values[0]})" : $"log_density({density}, {values[0]})")}`";
        return ForeignDistributions.Find(name, values) is { } here ? $"to draw from it, write `{target ?? "x"} ~ {here}`" : null;
    }

    private static readonly string[] s_densities = ["_lpdf", "_lpmf", "_lupdf", "_lupmf", "_lcdf", "_lccdf"];

    public static string? FunctionName(string name) => s_functions.GetValueOrDefault(name);

    public static string? Name(string name) => s_names.GetValueOrDefault(name);

    public static string? Type(string name) => s_types.GetValueOrDefault(name);

    public static string? Parameter(string name, ImmutableArray<string> known) => s_parameters.GetValueOrDefault(name)?.FirstOrDefault(known.Contains);

    private static string[] Values(CallExpr call) => [.. call.Arguments.Where(a => a is { Value: not null }).Select(a => Short(Printer.Print(a.Value!)))];

    private static string Short(string text) => text.Length <= 40 ? text : "…";
}
