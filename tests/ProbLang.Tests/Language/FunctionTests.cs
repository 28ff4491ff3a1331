using ProbLang.Graph;
using Xunit;
using static ProbLang.Tests.Language.Stated;

namespace ProbLang.Tests.Language;

/// <summary>The section “Functions” of the language page; what each computes is held by <c>FunctionLaws</c>.</summary>
public class FunctionTests
{
    public static TheoryData<string> OfThePage => [.. """
        abs sqrt exp log log1p expm1 sin cos tan asin acos atan atan2 sinh cosh tanh floor ceil round min max pow
        logit logistic softplus log_sum_exp softmax log_softmax erf Phi inv_Phi lgamma digamma lbeta lchoose sum prod mean
        variance sd cumsum sort rank size length rows cols dot transpose inverse det log_det solve cholesky diag diagonal identity trace
        outer quadratic ones zeros linspace concat append onehot gp_exp_quad gp_matern32 gp_matern52 gp_periodic
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    [Theory, MemberData(nameof(OfThePage))]
    public void A_function_of_the_page_is_there(string name) => Assert.NotEmpty(FunctionCatalog.Find(name));

    [Fact]
    public void There_is_no_function_that_the_page_does_not_name() =>
        Assert.Empty(FunctionCatalog.All.Select(f => f.Name).Except(OfThePage.Select(row => row.Data)).Except(["levels"]));

    [Fact]
    public void Diag_makes_a_matrix_and_diagonal_takes_one()
    {
        Assert.Equal([1, 0, 0, 2], Values("x = diag([1, 2])", "x"));
        Assert.Equal([1, 4], Values("x = diagonal([[1, 2], [3, 4]])", "x"));
    }

    [Fact]
    public void A_covariance_function_takes_x_amplitude_and_length_scale()
    {
        var k = Values("x = gp_exp_quad([0, 2], 3, 4)", "x");
        Assert.Equal([9, 9 * Math.Exp(-4.0 / 32), 9 * Math.Exp(-4.0 / 32), 9], k.Select(v => Math.Round(v, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData("log_density(Normal(0, 2), 1)", -1.7370857137646179)]
    [InlineData("cdf(Exponential(2), 1)", 0.8646647167633873)]
    [InlineData("log_survival(Exponential(2), 3)", -6)]
    [InlineData("quantile(Uniform(2, 4), 0.25)", 2.5)]
    [InlineData("cdf(Uniform(0, 4) truncated (2, ), 3)", 0.5)]
    public void A_distribution_is_asked_for_its_density_and_its_functions(string expression, double value) => Assert.Equal(value, Value(expression), 12);

    [Fact]
    public void What_has_no_distribution_function_says_so() => Assert.Contains("GM0232", Mistakes("x = cdf(Dirichlet([1, 1]), 0.5)"), StringComparison.Ordinal);
}
