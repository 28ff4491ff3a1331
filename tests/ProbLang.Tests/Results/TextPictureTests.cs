using System.Collections.Immutable;
using ProbLang.Distributions;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Results;

public class TextPictureTests
{
    private static readonly double[] s_evenly = [.. Enumerable.Range(1, 1000).Select(k => (double)k)];

    public static TheoryData<string> Names => [.. Shown.Keys];

    private static Dictionary<string, PicturedDistribution> Shown { get; } = new()
    {
        ["evenly spread draws"] = PicturedDistribution.Of(s_evenly),
        ["draws with heavy tails"] = PicturedDistribution.Of([.. s_evenly.Select(k => Math.Tan(Math.PI * (k / 1001 - 0.5)))]),
        ["equal draws"] = PicturedDistribution.Of([3, 3, 3]),
        ["one draw"] = PicturedDistribution.Of([-1e-300]),
        ["draws that are nearly equal"] = PicturedDistribution.Of([1, Math.BitIncrement(1)]),
        ["the greatest numbers"] = PicturedDistribution.Of([double.MaxValue, -double.MaxValue, 0, double.MaxValue]),
        ["infinite draws among others"] = PicturedDistribution.Of([1, 2, double.NaN, double.PositiveInfinity, 3, double.NegativeInfinity]),
        ["whole numbers"] = PicturedDistribution.Of([.. s_evenly.Select(k => Math.Floor(k * k))], isDiscrete: true),
        ["few whole numbers"] = PicturedDistribution.Of([1, 1, 2, 5, 5, 5, 7, 8, 9], isDiscrete: true),
        ["a normal distribution"] = PicturedDistribution.Of(new CatalogMarginal(new Normal(), 0, [0, 1])),
        ["a Cauchy distribution"] = PicturedDistribution.Of(new CatalogMarginal(new Cauchy(), 0, [0, 1])),
        ["a gamma distribution near 0"] = PicturedDistribution.Of(new CatalogMarginal(new Gamma(), 0, [0.01, 1])),
        ["a beta distribution"] = PicturedDistribution.Of(new CatalogMarginal(new Beta(), 0, [0.5, 0.5])),
        ["a Poisson distribution"] = PicturedDistribution.Of(new CatalogMarginal(new Poisson(), 0, [4.5])),
        ["a Poisson distribution of many values"] = PicturedDistribution.Of(new CatalogMarginal(new Poisson(), 0, [12345])),
        ["a mixture of a point and a normal"] = PicturedDistribution.Of(new MixtureMarginal([(0.5, new PointMarginal(0)), (0.5, new CatalogMarginal(new Normal(), 0, [3, 1]))])),
        ["a point"] = PicturedDistribution.Of(new PointMarginal(2)),
    };

    [Fact]
    public void A_sparkline_rises_where_the_density_does() =>
        Assert.Equal("▁▁▁▂▃▄▆████▆▄▃▂▁▁▁", TextPicture.Sparkline(PicturedDistribution.Of(new CatalogMarginal(new Normal(), 0, [0, 1])), 18));

    [Fact]
    public void A_sparkline_in_ASCII_has_no_other_characters() =>
        Assert.Equal("...:-=*####*=-:...", TextPicture.Sparkline(PicturedDistribution.Of(new CatalogMarginal(new Normal(), 0, [0, 1])), 18, isAscii: true));

    [Fact]
    public void Equal_bins_are_of_equal_height() => Assert.Equal("██████████", TextPicture.Sparkline(PicturedDistribution.Of(s_evenly), 10));

    [Fact]
    public void A_tail_that_goes_on_is_marked()
    {
        Assert.Equal("█▄▂▁▁▁▁▁▁▁▁…", TextPicture.Sparkline(PicturedDistribution.Of(new CatalogMarginal(new LogNormal(), 0, [0, 1])), 12));
        var both = TextPicture.Sparkline(Shown["a Cauchy distribution"], 20);
        Assert.True(both[0] == '…' && both[^1] == '…' && both.Length == 20, both);
    }

    [Fact]
    public void Few_values_have_their_labels_and_probabilities() =>
        Assert.Equal("no ▂ 0.2000  \"a b, c\" ▇ 0.8000", TextPicture.Sparkline(PicturedDistribution.Of(new DiscreteMarginal([(1, 0.2), (2, 0.8)]), v => v == 1 ? "no" : "a b, c")));

    [Fact]
    public void Each_of_some_values_has_a_block() => Assert.Equal("▆▃█▃▃▃    ", TextPicture.Sparkline(Shown["few whole numbers"], 10));

    [Fact]
    public void Without_draws_there_is_nothing_to_show()
    {
        Assert.Equal("        ", TextPicture.Sparkline(PicturedDistribution.Of([]), 8));
        Assert.Equal("x\n  there is nothing to show\n  2 of 2 draws have no value\n", TextPicture.Plot("x", PicturedDistribution.Of([double.NaN, double.NaN])));
        Assert.Equal("        ", TextPicture.Sparkline(PicturedDistribution.Of(new PointMarginal(1) { Holds = 0 }), 8));
    }

    [Fact]
    public void A_plot_has_an_axis_with_round_numbers_and_the_interval() => Assert.Equal(
        """
        uniform
         ████████████████████████████████
         ████████████████████████████████
         ┬───────────────┬──────────────┬
         0              0.5            1.0
          ├──────────────┼─────────────┤
          5% 0.050   50% 0.500   95% 0.950

        """, TextPicture.Plot("uniform", PicturedDistribution.Of(new CatalogMarginal(new Uniform(), 0, [0, 1])), 34, 2));

    [Fact]
    public void A_plot_of_labels_has_a_bar_for_each() => Assert.Equal(
        """
        z
          low   ██▌         0.2000
          high  ██████████  0.8000

        """, TextPicture.Plot("z", PicturedDistribution.Of(new DiscreteMarginal([(1, 0.2), (2, 0.8)]), v => v == 1 ? "low" : "high"), 26));

    [Fact]
    public void Rows_share_an_axis() => Assert.Equal(
        """
        a[1]  ├────────┼────────┤
        a[2]            ├────────┼────────┤
              ─────────┬─────────┬─────────
                       1         2
        """, TextPicture.Rows([("a[1]", Uniform(0, 2)), ("a[2]", Uniform(1, 3))], 35).TrimEnd());

    [Fact]
    public void Draws_in_their_order_are_points_between_the_least_and_the_greatest() => Assert.Equal(
        "x\n1.00  ****\n  #1      ****\n0.00          ****\n1.00          ****\n  #2      ****\n0.00  ****\n",
        TextPicture.Trace("x", [[.. Enumerable.Range(0, 120).Select(k => 1 - k / 119.0)], [.. Enumerable.Range(0, 120).Select(k => k / 119.0)]], 18, 3, isAscii: true));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_probabilities_of_bins_and_tails_add_up_to_one(string name)
    {
        var distribution = Shown[name];
        foreach (var most in (int[])[1, 7, 24, 200])
        {
            var bins = Bins.Of(distribution, PictureRange.Of(distribution), most);
            Assert.InRange(bins.Masses.Length, 1, most);
            Assert.All(bins.Masses, mass => Assert.InRange(mass, 0, 1));
            Assert.Equal(1, bins.Masses.Sum() + bins.Below + bins.Above, 12);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_distribution_can_be_drawn_in_every_way(string name)
    {
        var distribution = Shown[name];
        foreach (var isAscii in (bool[])[false, true])
        {
            foreach (var width in (int[])[8, 24, 72])
            {
                var line = TextPicture.Sparkline(distribution, width, isAscii);
                Assert.NotEqual("", line.Trim());
                if (distribution.Values is not { Length: > 0 and <= 4 }) Assert.Equal(width, line.Length);
                var plot = TextPicture.Plot("x", distribution, width, 5, isAscii);
                Assert.DoesNotContain("NaN", plot, StringComparison.Ordinal);
                Assert.Contains(isAscii ? '#' : '█', plot);
                Assert.DoesNotContain("NaN", TextPicture.Rows([("x", distribution), ("y", Shown["a normal distribution"])], width, isAscii), StringComparison.Ordinal);
                if (isAscii) Assert.All(line + plot, c => Assert.InRange(c, '\n', '~'));
            }
        }
    }

    [Theory]
    [InlineData(0, 1, 5, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-3.2, 17, 5, "0 5 10 15")]
    [InlineData(1e-9, 3e-9, 4, "1E-09 1.5E-09 2E-09 2.5E-09 3E-09")]
    [InlineData(4, 4, 5, "4")]
    [InlineData(-1e308, 1e308, 5, "0")]
    public void Ticks_are_round(double lower, double upper, int most, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Ticks.Of(new PictureRange(lower, upper), most).Select(t => t.ToString("G12", System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void A_picture_has_a_least_width()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TextPicture.Sparkline(Shown["a point"], 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextPicture.Plot("x", Shown["a point"], 20, 0));
    }

    [Fact]
    public void A_trace_bears_draws_that_are_no_numbers() =>
        Assert.Equal(4, TextPicture.Trace("x", [ImmutableArray.Create(1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2)], 20).Count('\n'));

    private static PicturedDistribution Uniform(double lower, double upper) => PicturedDistribution.Of(new CatalogMarginal(new Uniform(), 0, [lower, upper]));
}
