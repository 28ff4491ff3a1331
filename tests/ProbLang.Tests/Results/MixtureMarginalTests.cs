using ProbLang.Distributions;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Results;

public class MixtureMarginalTests
{
    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e-20)]
    [InlineData(0.3)]
    [InlineData(0.999)]
    public void A_quantile_is_where_the_distribution_function_arrives(double p)
    {
        var mixture = new MixtureMarginal([(0.01, new CatalogMarginal(new Normal(), 0, [0, 1])), (0.99, new CatalogMarginal(new Normal(), 0, [10, 1]))]);
        Assert.Equal(1, mixture.Cdf(mixture.Quantile(p)) / p, 1e-11);
    }
}
