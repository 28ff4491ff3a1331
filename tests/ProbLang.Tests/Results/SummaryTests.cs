using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Results;

public class SummaryTests
{
    // The expected values come from a direct, quadratic-time implementation of the definitions in another language.
    public static TheoryData<string, double[][], double[]> Known => new()
    {
        { "independent", Recurrent(4, 1, 40, 0.5, 0), [-0.08346337509897452, 0.06603405831410765, 0.6505930715889031, -1.100048015300049, -0.10882932302199155, 1.0768008933183857, 96.28533613480127, 100.79961470303111, 1.0055926839345666] },
        { "odd, with ties", Rounded(Recurrent(3, 5, 37, 0.3, 0.2)), [0.1873873873873874, 0.0793673277686033, 0.5541770503297692, -0.7, 0.2, 1.1, 48.38447443615227, 91.19555072556416, 1.0753613121180476] },
        { "antithetic", Recurrent(2, 9, 60, -0.6, 0), [-0.057142882091588514, 0.048761159437355, 0.7702129587620159, -1.2679682330712259, -0.06547267022447131, 1.1836346680524414, 249.50174952571496, 142.28971962616822, 1.0009642776494818] },
        { "slow", Recurrent(2, 21, 700, 0.97, 0), [0.4836726244645795, 0.6730640065838523, 2.2299581149046475, -2.981990751531069, 0.43252171041435883, 4.520073545094681, 11.516887496812688, 73.32179242541555, 1.1931752691617763] },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void A_summary_is_that_of_the_definitions(string name, double[][] chains, double[] expected)
    {
        var row = DrawsOf.Row(chains);
        double[] actual = [row.Mean, row.Mcse, row.Sd, row.Q5, row.Q50, row.Q95, row.EssBulk, row.EssTail, row.RHat];
        for (var i = 0; i < actual.Length; i++) Assert.True(Math.Abs(actual[i] - expected[i]) < 1e-8 * (1 + Math.Abs(expected[i])), $"{name}, column {i}: {actual[i]}, not {expected[i]}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(-0.4)]
    public void The_effective_size_of_an_autoregression_is_the_known_one(double r)
    {
        var row = DrawsOf.Row(DrawsOf.Autoregressive(4, 20_000, r));
        Assert.Equal(1, row.EssBulk / (80_000 * (1 - r) / (1 + r)), 0.1);
        Assert.InRange(row.RHat, 0.999, 1.002);
        Assert.Equal(1 / Math.Sqrt(80_000 * (1 - r) / (1 + r)), row.Mcse, 0.1 * row.Mcse);
    }

    [Fact]
    public void Lags_beyond_the_direct_ones_agree_with_their_definition()
    {
        var chain = DrawsOf.Autoregressive(1, 900, 0.95)[0];
        var autocovariance = new Autocovariance(1, 900);
        autocovariance.Load(chain);
        var mean = chain.Average();
        foreach (var lag in new[] { 0, 1, 255, 256, 257, 500, 899 })
        {
            var sum = 0.0;
            for (var i = 0; i + lag < 900; i++) sum += (chain[i] - mean) * (chain[i + lag] - mean) / 900;
            Assert.Equal(sum, autocovariance[lag], 1e-10);
        }
    }

    [Fact]
    public void Chains_with_other_means_have_a_large_R_hat() =>
        Assert.True(DrawsOf.Row(DrawsOf.Autoregressive(4, 500, 0, c => c)).RHat > 1.5);

    [Fact]
    public void Chains_with_other_spreads_have_a_large_R_hat()
    {
        var chains = DrawsOf.Autoregressive(4, 500, 0);
        for (var i = 0; i < 500; i++) chains[0][i] *= 5;
        Assert.True(DrawsOf.Row(chains).RHat > 1.05);
    }

    [Fact]
    public void A_drift_within_chains_has_a_large_R_hat()
    {
        var chains = DrawsOf.Autoregressive(4, 500, 0);
        foreach (var chain in chains) for (var i = 0; i < 500; i++) chain[i] += i / 250.0;
        Assert.True(DrawsOf.Row(chains).RHat > 1.1);
    }

    [Fact]
    public void Chains_that_do_not_move_have_an_infinite_R_hat()
    {
        double[] ones = new double[100], twos = new double[100];
        Array.Fill(ones, 1);
        Array.Fill(twos, 2);
        Assert.Equal(double.PositiveInfinity, DrawsOf.Row(ones, twos).RHat);
    }

    [Fact]
    public void A_constant_has_a_mean_and_no_Monte_Carlo_error()
    {
        var constant = new double[100];
        Array.Fill(constant, 7.25);
        var row = DrawsOf.Row(constant, constant);
        Assert.Equal((7.25, 0, 7.25, 7.25), (row.Mean, row.Sd, row.Q5, row.Q95));
        Assert.True(double.IsNaN(row.RHat) && double.IsNaN(row.EssBulk) && double.IsNaN(row.Mcse));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    public void Few_draws_are_summarised_as_far_as_they_go(int count)
    {
        var summary = Summary.Of(DrawsOf.Chains(DrawsOf.Autoregressive(2, count, 0)));
        Assert.Equal(count == 0 ? 0 : 1, summary.Rows.Length);
        if (count > 0) Assert.False(double.IsNaN(summary.Rows[0].Mean));
    }

    [Fact]
    public void Draws_that_are_not_numbers_do_not_pass_for_a_summary()
    {
        var chains = DrawsOf.Autoregressive(2, 100, 0);
        chains[1][50] = double.NaN;
        Assert.True(double.IsNaN(DrawsOf.Row(chains).Mean));
    }

    [Fact]
    public void A_discrete_output_has_the_shares_of_its_values()
    {
        double[] chain = [1, 2, 2, 1, 3, 2, 2, 2, 1, 2];
        var layout = new OutputLayout([new OutputVariable("k", [], 0) { IsDiscrete = true }]);
        var row = Summary.Of(new Draws(layout, [new ChainDraws(1, 10, chain, new double[70])])).Rows[0];
        Assert.Equal([(1.0, 0.3), (2.0, 0.6), (3.0, 0.1)], row.Probabilities);
    }

    [Fact]
    public void After_an_interruption_chains_that_hardly_began_are_left_out()
    {
        var draws = DrawsOf.Chains(DrawsOf.Autoregressive(1, 100, 0)[0], new double[60], new double[10], []);
        Assert.Equal(2, draws.Complete.Length);
        Assert.Equal(60, draws.Count);
        Assert.Equal(4, draws.Chains.Length);
    }

    private static double[][] Rounded(double[][] chains)
    {
        foreach (var chain in chains) for (var i = 0; i < chain.Length; i++) chain[i] = Math.Round(chain[i], 1);
        return chains;
    }

    /// <summary>x' = r x + noise, the noise a sum of four numbers of a linear congruential generator.</summary>
    private static double[][] Recurrent(int chains, ulong seed, int count, double r, double shift)
    {
        var result = new double[chains][];
        for (var c = 0; c < chains; c++)
        {
            var state = seed + (ulong)c;
            var x = 0.0;
            result[c] = new double[count];
            for (var i = 0; i < count; i++)
            {
                var noise = 0.0;
                for (var k = 0; k < 4; k++)
                {
                    state = (state * 1103515245 + 12345) % 2147483648;
                    noise += state / 2147483648.0;
                }
                x = r * x + noise - 2;
                result[c][i] = x + shift * c;
            }
        }
        return result;
    }
}
