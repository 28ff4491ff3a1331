using ProbLang.Distributions;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Results;

public class ExactTableTests
{
    private static string Table(params (string Name, Marginal Marginal, bool IsBoolean)[] rows)
    {
        using var text = new StringWriter();
        SummaryTable.Write(text, new Summary([.. rows.Select(r => SummaryRow.Of(r.Name, r.Marginal) with { IsBoolean = r.IsBoolean })], IsMonteCarlo: false));
        return text.ToString();
    }

    private static DiscreteMarginal Bit(double p) => new([(0, 1 - p), (1, p)]);

    [Fact]
    public void A_distribution_of_the_catalog_stands_beside_its_numbers() => Assert.Equal(
        """
                mean     sd     5%    50%    95%
        rate   0.591  0.103  0.417  0.594  0.755  Beta(alpha: 13, beta: 9)
        level   3.40   2.42  -1.67   4.18   6.03
        known   2.00   0.00   2.00   2.00   2.00

        """, Table(
            ("rate", new CatalogMarginal(new Beta(), 0, [13, 9]), false),
            ("level", new MixtureMarginal([(0.2, new CatalogMarginal(new Normal(), 0, [-1, 1])), (0.8, new CatalogMarginal(new Normal(), 0, [4.5, 1]))]), false),
            ("known", new PointMarginal(2), false)));

    [Fact]
    public void Only_what_is_certain_is_written_as_0_or_1() => Assert.Equal(
        """
        probability of    true
        a                    0
        b                    1
        c               3.0e-9
        d               1.0000

        """, Table(("a", Bit(0), true), ("b", Bit(1), true), ("c", Bit(3e-9), true), ("d", Bit(1 - 1e-9), true)));

    [Fact]
    public void Elements_of_an_array_share_columns_though_not_all_have_every_value() => Assert.Equal(
        """
        probability of       1       2       3
        z[1]            0.5000  0.5000       0
        z[2]                 0  0.2500  0.7500

        """, Table(("z[1]", new DiscreteMarginal([(1, 0.5), (2, 0.5)]), false), ("z[2]", new DiscreteMarginal([(2, 0.25), (3, 0.75)]), false)));

    [Fact]
    public void Counts_with_many_values_have_quantiles() =>
        Assert.Matches(@"^ +mean +sd +5% +50% +95%\nn +9\.00 +3\.00 +4\.00 +9\.00 +14\.00 +Poisson\(rate: 9\)\n$", Table(("n", new CatalogMarginal(new Poisson(), 0, [9]), false)));

    [Fact]
    public void Nothing_to_report_is_an_empty_table() => Assert.Equal("", Table());
}
