using System.Collections.Immutable;
using ProbLang.Inference;
using ProbLang.Results;
using ProbLang.Tests.Inference;
using Xunit;

namespace ProbLang.Tests.Results;

public class VerdictTests
{
    [Fact]
    public void Good_draws_are_trusted()
    {
        var draws = Moments.Draw(Densities.Independent(1, 2), new Nuts { Seed = 1 });
        var diagnostics = Diagnostics.Of(draws, Summary.Of(draws), 10, []);
        Assert.Matches(@"^trust: R-hat at most 1\.00\d, at least \d{4} effective draws, no divergences$", diagnostics.Verdict.ToString());
        Assert.Equal(4, diagnostics.EnergyFractions.Length);
        Assert.All(diagnostics.EnergyFractions, f => Assert.InRange(f, 0.5, 1.5));
    }

    [Fact]
    public void Divergences_of_a_funnel_are_blamed_on_its_neck()
    {
        var draws = Moments.Draw(Densities.Funnel(9), new Nuts { Seed = 2 });
        var diagnostics = Diagnostics.Of(draws, Summary.Of(draws), 10, []);
        var reason = Single(diagnostics, Concern.Divergence);
        Assert.Equal("q1", reason.Variable);
        Assert.StartsWith($"{diagnostics.Divergences} of 4000 transitions diverged, mostly where q1 is small: the sampler could not follow", reason.Text);
        Assert.EndsWith("Raise the target acceptance (--target-accept 0.95), or give q1 a prior that says more.", reason.Text);
    }

    [Fact]
    public void Trajectories_cut_off_are_counted()
    {
        var draws = Moments.Draw(Densities.Chained(3, 0.999), new Nuts { Seed = 1, Metric = MetricKind.Diagonal, MaxDepth = 3 });
        var diagnostics = Diagnostics.Of(draws, Summary.Of(draws), 3, []);
        Assert.Contains("cut off at the maximum depth 3", Single(diagnostics, Concern.Depth).Text);
        Assert.True(diagnostics.MaxDepthHits > 0);
    }

    [Fact]
    public void Chains_that_disagree_and_say_little_are_not_trusted()
    {
        var draws = DrawsOf.Chains(DrawsOf.Autoregressive(4, 1000, 0, c => c));
        var diagnostics = Diagnostics.Of(draws, Summary.Of(draws), 10, []);
        Assert.StartsWith("The chains disagree about x (R-hat ", Single(diagnostics, Concern.Disagreement).Text);
        Assert.StartsWith("x has few effective draws (bulk ", Single(diagnostics, Concern.FewDraws).Text);
        Assert.False(diagnostics.Verdict.Trusted);
        Assert.StartsWith("do not trust:\n  The chains disagree about x", diagnostics.Verdict.ToString());
    }

    [Fact]
    public void An_R_hat_just_over_its_limit_is_printed_as_over_it()
    {
        // Draws in two groups that lie so far apart that R-hat is just over the limit.
        double low = 0, high = 1;
        while (high - low > 1e-6)
        {
            var middle = (low + high) / 2;
            if (Row(middle).RHat > 1.01) high = middle;
            else low = middle;
        }
        var draws = Apart(high);
        Assert.InRange(Row(high).RHat, 1.01, 1.0101);
        var text = Single(Diagnostics.Of(draws, Summary.Of(draws), 10, []), Concern.Disagreement).Text;
        Assert.Contains("(R-hat 1.0101, should be at most 1.01)", text, StringComparison.Ordinal);

        static Draws Apart(double distance) => DrawsOf.Chains(DrawsOf.Autoregressive(4, 1000, 0, c => c < 2 ? 0 : distance));
        static SummaryRow Row(double distance) => Summary.Of(Apart(distance)).Rows[0];
    }

    [Fact]
    public void A_handful_of_draws_is_not_trusted()
    {
        var draws = DrawsOf.Chains(DrawsOf.Autoregressive(4, 1, 0));
        Assert.Equal("There are only 4 draws, too few to tell whether they can be trusted (at least 400). Draw more (--draws).",
            Single(Diagnostics.Of(draws, Summary.Of(draws), 10, []), Concern.FewDraws).Text);
    }

    [Fact]
    public void Without_draws_there_is_nothing_to_trust()
    {
        var draws = DrawsOf.Chains([], []);
        var diagnostics = Diagnostics.Of(draws, Summary.Of(draws), 10, [], interrupted: true);
        Assert.Equal("do not trust:\n  interrupted: 0 draws of chain 1, 0 draws of chain 2\n  There are no draws, so there is no posterior to look at.", diagnostics.Verdict.ToString());
    }

    [Fact]
    public void Chains_that_the_summary_leaves_out_are_a_reason()
    {
        var draws = DrawsOf.Chains([.. DrawsOf.Autoregressive(2, 1000, 0), [.. DrawsOf.Autoregressive(1, 400, 0)[0]], []]);
        var diagnostics = Diagnostics.Of(draws, Summary.Of(draws), 10, [new ChainFailure(4, FailureKind.Stuck, null)], interrupted: true);
        Assert.Equal("interrupted: 1000 draws of chain 1, 1000 draws of chain 2, 400 draws of chain 3, 0 draws of chain 4", Single(diagnostics, Concern.Interrupted).Text);
        Assert.StartsWith("The summary leaves out 400 draws of chain 3: less than half", Single(diagnostics, Concern.LeftOut).Text);
    }

    [Fact]
    public void An_energy_that_does_not_vary_says_nothing()
    {
        // A third of it in binary, added up, is not three times that.
        var statistics = new double[7 * 1000];
        for (var i = 0; i < 1000; i++) statistics[i * 7 + (int)Statistic.Energy] = 1.0 / 3;
        var draws = new Draws(OutputLayout.OfScalars("x"), [new ChainDraws(1, 1000, DrawsOf.Autoregressive(1, 1000, 0)[0], statistics)]);
        var diagnostics = Diagnostics.Of(draws, Summary.Of(draws), 10, []);
        Assert.Equal(double.NaN, Assert.Single(diagnostics.EnergyFractions));
        Assert.True(diagnostics.Verdict.Trusted, diagnostics.Verdict.ToString());
    }

    [Fact]
    public void A_slow_energy_is_found_in_its_chain()
    {
        const int Count = 10_000;
        var energy = DrawsOf.Autoregressive(1, Count, 0.9)[0];
        var noise = DrawsOf.Autoregressive(2, Count, 0)[1];
        var statistics = new double[7 * Count];
        var both = new double[2 * Count];
        for (var i = 0; i < Count; i++)
        {
            statistics[i * 7 + (int)Statistic.Energy] = energy[i];
            (both[2 * i], both[2 * i + 1]) = (noise[i], energy[i] + noise[i]);
        }
        var draws = new Draws(OutputLayout.OfScalars("a", "b"), [new ChainDraws(2, Count, both, statistics)]);
        var diagnostics = Diagnostics.Of(draws, Summary.Of(draws), 10, []);
        // An autoregression moves by 2 (1 - r) of its variance.
        Assert.Equal(0.2, diagnostics.EnergyFractions[0], 0.04);
        Assert.Equal("b", Single(diagnostics, Concern.Energy).Variable);
    }

    [Fact]
    public void Values_that_are_not_numbers_are_a_reason()
    {
        var chains = DrawsOf.Autoregressive(4, 1000, 0);
        chains[2][3] = double.PositiveInfinity;
        var draws = DrawsOf.Chains(chains);
        Assert.Equal("x", Single(Diagnostics.Of(draws, Summary.Of(draws), 10, []), Concern.NotFinite).Variable);
    }

    [Theory]
    [InlineData(FailureKind.NoStart, "tau", "Chain 2 found no place to start: the gradient of the log density along tau is not finite. Check the statements that use tau, and its prior.")]
    [InlineData(FailureKind.NoStart, null, "Chain 2 found no place to start: the log density is not finite wherever it was tried. Check that the data are possible under the model.")]
    [InlineData(FailureKind.Stuck, "tau", "Chain 2 did not move from any of its starts: the log density is steepest along tau. Check the scale of tau, and give it a prior of about the right scale.")]
    public void A_chain_without_draws_is_a_reason(FailureKind kind, string? coordinate, string text)
    {
        var draws = DrawsOf.Chains([], []);
        ImmutableArray<ChainFailure> failures = [new ChainFailure(2, kind, coordinate)];
        Assert.Equal(text, Single(Diagnostics.Of(draws, Summary.Of(draws), 10, failures), Concern.Failure).Text);
    }

    private static Reason Single(Diagnostics diagnostics, Concern concern) => Assert.Single(diagnostics.Verdict.Reasons, r => r.Concern == concern);
}
