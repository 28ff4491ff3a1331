using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Results;

/// <summary>When two answers for an element agree.</summary>
public class ElementComparisonTests
{
    private static SummaryRow Row(double mean, double sd) => new("x", mean, double.NaN, sd, mean - 1.645 * sd, mean, mean + 1.645 * sd, double.NaN, double.NaN, double.NaN);

    private static SummaryRow Discrete(params double[] p) => Row(0, 1) with { Probabilities = [.. p.Select((q, k) => ((double)k, q))] };

    private static ElementComparison Compare(SummaryRow reference, SummaryRow other, double draws = double.PositiveInfinity) =>
        ElementComparison.Of(reference, Precision.OfNormal(draws), other, Precision.Perfect);

    [Theory]
    [InlineData(5, 2, "agree")]
    [InlineData(5.19, 2, "agree")]
    [InlineData(5.21, 2, "means differ by 0.11 sd")]
    [InlineData(1.4, 2, "means differ by 1.8 sd")]
    [InlineData(5, 1.83, "agree")]
    [InlineData(5, 2.19, "agree")]
    [InlineData(5, 1.24, "sd too small: 0.62")]
    [InlineData(5, 3, "sd too large: 1.50")]
    [InlineData(7, 1, "means differ by 1.0 sd; sd too small: 0.50")]
    public void Means_are_compared_in_standard_deviations_of_the_reference_and_deviations_by_their_ratio(double mean, double sd, string verdict)
    {
        var compared = Compare(Row(5, 2), Row(mean, sd));
        Assert.Equal(verdict, compared.Verdict);
        Assert.Equal(verdict == "agree", compared.Agrees);
        Assert.Equal((mean - 5) / 2, compared.Difference, 1e-12);
        Assert.Equal(sd / 2, compared.SdRatio, 1e-12);
        Assert.Equal(compared.Agrees, compared.Excess <= 1);
    }

    /// <summary>100 draws: four standard errors of the mean are 0.4 deviations, of the deviation about 28 %.</summary>
    [Theory]
    [InlineData(0.49, 1, true)]
    [InlineData(0.51, 1, false)]
    [InlineData(0, 1.45, true)]
    [InlineData(0, 1.47, false)]
    public void What_draws_cannot_tell_is_no_difference(double mean, double sd, bool agrees) => Assert.Equal(agrees, Compare(Row(0, 1), Row(mean, sd), 100).Agrees);

    [Fact]
    public void Discrete_variables_are_compared_by_their_probabilities()
    {
        Assert.Equal("agree", Compare(Discrete(0.3, 0.7), Discrete(0.315, 0.685)).Verdict);
        var compared = Compare(Discrete(0.3, 0.7, 0), Discrete(0.1, 0.6, 0.3));
        Assert.Equal(("probabilities differ by 0.30", 0.3), (compared.Verdict, Math.Round(compared.TotalVariation!.Value, 12)));
        Assert.True(Compare(Discrete(0.5, 0.5), Discrete(0.6, 0.4), draws: 400).Agrees);
        Assert.False(Compare(Discrete(0.5, 0.5), Discrete(0.63, 0.37), draws: 400).Agrees);
    }

    [Fact]
    public void A_value_that_an_engine_knows_is_one_of_probability_1()
    {
        Assert.Equal(0.25, Compare(Row(1, 0), Discrete(0.25, 0.75)).TotalVariation!.Value, 1e-12);
        Assert.Equal("agree", Compare(Row(1, 0), Row(1 + 1e-12, 0)).Verdict);
        Assert.Equal("another constant", Compare(Row(1, 0), Row(2, 0)).Verdict);
    }

    [Fact]
    public void Where_there_are_no_moments_medians_and_intervals_stand_in()
    {
        var heavy = Row(3, 2) with { Mean = double.PositiveInfinity, Sd = double.NaN };
        Assert.Equal("medians differ by 1.5 sd", Compare(heavy, Row(6, 2)).Verdict);
        Assert.Equal("spread too small: 0.50", Compare(heavy, Row(3, 1)).Verdict);
    }

    [Fact]
    public void Labels_have_no_means()
    {
        var compared = Compare(Discrete(0.3, 0.7) with { Levels = ["a", "b"] }, Discrete(0.3, 0.7) with { Levels = ["a", "b"], Mean = 9 });
        Assert.True(compared.Agrees && double.IsNaN(compared.Difference) && double.IsNaN(compared.SdRatio));
    }

    [Fact]
    public void The_error_of_a_deviation_grows_with_the_weight_of_the_tails()
    {
        var row = Row(0, 1) with { Mcse = 0.1, EssBulk = 100, EssTail = 100 };
        // Two points at ±1: the square never varies; and rare far ones, whose fourth moment is 100.
        Assert.Equal(0, Precision.Of(row, [1, -1, 1, -1]).Sd, 1e-12);
        Assert.Equal(Math.Sqrt(99.0 / 400), Precision.Of(row, [10, .. new double[99]]).Sd, 1e-12);
        Assert.Equal(Precision.Perfect, Precision.Of(Row(2, 0), [2, 2]));
    }
}
