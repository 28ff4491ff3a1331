using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Results;

public class NumberTextTests
{
    [Theory]
    [InlineData(0.9999975, 7, "0.9999975")]
    [InlineData(1, 10, "1.0000000000")]
    [InlineData(3.14159265358979, 10, "3.1415926536")]
    [InlineData(3.14159265358979, 40, "3.14159265358979")]
    [InlineData(0.000012345678, 7, "1.23e-5")]
    [InlineData(0.000012345678, 11, "1.234568e-5")]
    [InlineData(-0.00000000012, 8, "-1.2e-10")]
    [InlineData(0, 9, "0")]
    [InlineData(12345678.9, 0, "1.2345679e+7")]
    [InlineData(1.5e300, 2, "1.5e+300")]
    [InlineData(-0.001, 2, "0.00")]
    [InlineData(double.NegativeInfinity, 2, "-infinity")]
    [InlineData(double.NaN, 2, "–")]
    public void A_number_has_the_digits_that_its_spread_asks_for(double value, int decimals, string text) => Assert.Equal(text, NumberText.Fixed(value, decimals));
}
