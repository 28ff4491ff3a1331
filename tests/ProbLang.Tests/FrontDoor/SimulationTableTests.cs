using Xunit;

namespace ProbLang.Tests.FrontDoor;

/// <summary>The draws of <c>sample</c> as text.</summary>
public class SimulationTableTests
{
    [Theory]
    [InlineData("3", "3")]
    [InlineData("123456", "123456")]
    [InlineData("-2", "-2")]
    [InlineData("3.069", "3.0690")]
    [InlineData("-12345.678", "-12346")]
    [InlineData("0.00123456", "0.0012346")]
    [InlineData("1.3422e-5", "1.3422e-5")]
    [InlineData("123456789.5", "1.2346e+8")]
    public void A_number_has_five_digits_and_a_whole_one_all_of_its_own(string value, string shown)
    {
        using var text = new StringWriter();
        Model.Compile($"x ~ Delta({value})").Model.Condition(Data.Empty).Sample(1, 1, TestContext.Current.CancellationToken).WriteTable(text);
        Assert.Equal($"x{shown,12}", text.ToString().TrimEnd());
    }
}
