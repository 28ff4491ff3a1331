using ProbLang.Inference;
using ProbLang.Programs;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Inference;

public class NutsTests
{
    [Fact]
    public void Independent_normals_of_any_scale_have_their_moments()
    {
        double[] sds = [1e-4, 0.01, 1, 30, 1e4];
        var draws = Moments.Draw(Densities.Independent(sds), new Nuts { Seed = 11 });
        for (var i = 0; i < sds.Length; i++)
        {
            var k = i;
            Moments.AssertMean(draws, x => x[k], k);
            Moments.AssertMean(draws, x => (x[k] - k) * (x[k] - k), sds[k] * sds[k]);
        }
        Assert.Equal(0, Moments.Divergences(draws));
    }

    [Theory]
    [InlineData(MetricKind.Auto)]
    [InlineData(MetricKind.Diagonal)]
    [InlineData(MetricKind.Dense)]
    public void Correlated_normals_have_their_moments_under_any_metric(MetricKind metric)
    {
        var draws = Moments.Draw(Densities.Chained(5, 0.95), new Nuts { Seed = 5, Metric = metric });
        Moments.AssertMean(draws, x => x[0], 0);
        Moments.AssertMean(draws, x => x[0] * x[0], 1);
        Moments.AssertMean(draws, x => x[0] * x[1], 0.95);
        Moments.AssertMean(draws, x => x[1] * x[4], 0.95 * 0.95 * 0.95);
    }

    [Fact]
    public void Strong_correlation_turns_the_metric_dense_and_shortens_trajectories()
    {
        var density = Densities.Chained(3, 0.99);
        var auto = Moments.Run(density, new Nuts { Seed = 1 });
        var diagonal = Moments.Run(density, new Nuts { Seed = 1, Metric = MetricKind.Diagonal });
        Assert.All(auto.Chains, c => Assert.Equal(MetricKind.Dense, c.Metric));
        Assert.True(2 * auto.Gradients < diagonal.Gradients, $"{auto.Gradients} against {diagonal.Gradients}");
    }

    [Fact]
    public void Independence_leaves_the_metric_diagonal()
    {
        var sds = new double[50];
        Array.Fill(sds, 2.0);
        Assert.All(Moments.Run(Densities.Independent(sds), new Nuts { Seed = 1 }).Chains, c => Assert.Equal(MetricKind.Diagonal, c.Metric));
    }

    [Fact]
    public void A_hundred_dimensions_have_their_moments()
    {
        var draws = Moments.Draw(Densities.Chained(100, 0.5), new Nuts { Seed = 3 });
        for (var i = 0; i < 100; i += 9)
        {
            var k = i;
            Moments.AssertMean(draws, x => x[k], 0);
            Moments.AssertMean(draws, x => x[k] * x[k], 1);
        }
        Moments.AssertMean(draws, x => x[40] * x[41], 0.5);
    }

    [Fact]
    public void A_banana_has_its_moments()
    {
        var draws = Moments.Draw(Densities.Banana(), new Nuts { Seed = 8, Draws = 4000 });
        Moments.AssertMean(draws, x => x[0], 0);
        Moments.AssertMean(draws, x => x[0] * x[0], 1);
        Moments.AssertMean(draws, x => x[1], 1);
        Moments.AssertMean(draws, x => (x[1] - 1) * (x[1] - 1), 3);
    }

    [Fact]
    public void A_centred_funnel_diverges_and_the_divergences_are_counted()
    {
        var run = Moments.Run(Densities.Funnel(9), new Nuts { Seed = 2 });
        var draws = run.Draws(Moments.Layout(10));
        Assert.True(Moments.Divergences(draws) > 0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_same_seed_gives_the_same_draws_bit_for_bit_for_any_number_of_threads(int threads)
    {
        var density = Densities.Chained(7, 0.9);
        var one = Moments.Draw(density, new Nuts { Seed = 99, Threads = 1, Warmup = 300, Draws = 200 });
        var many = Moments.Draw(density, new Nuts { Seed = 99, Threads = threads, Warmup = 300, Draws = 200 });
        for (var c = 0; c < 4; c++)
        {
            for (var i = 0; i < 200; i++)
            {
                Assert.Equal(one.Chains[c].Draw(i), many.Chains[c].Draw(i));
                Assert.Equal(one.Chains[c].Statistics(i), many.Chains[c].Statistics(i));
            }
        }
    }

    [Fact]
    public void Seeds_and_chains_differ()
    {
        var density = Densities.Independent(1);
        var a = Moments.Draw(density, new Nuts { Seed = 1, Draws = 10 });
        var b = Moments.Draw(density, new Nuts { Seed = 2, Draws = 10 });
        Assert.NotEqual(a.Chains[0].Draw(5)[0], b.Chains[0].Draw(5)[0]);
        Assert.NotEqual(a.Chains[0].Draw(5)[0], a.Chains[1].Draw(5)[0]);
    }

    [Fact]
    public void A_seed_that_was_not_given_is_reported_and_repeats_the_run()
    {
        var density = Densities.Independent(1, 2);
        var options = new Nuts { Warmup = 100, Draws = 10 };
        var run = Moments.Run(density, options);
        var again = Moments.Run(density, options with { Seed = run.Seed });
        Assert.Equal(run.Chains[3].Draws.Draw(9), again.Chains[3].Draws.Draw(9));
    }

    [Fact]
    public void Statistics_describe_the_draw()
    {
        var density = Densities.Chained(4, 0.3);
        var draws = Moments.Draw(density, new Nuts { Seed = 4, Warmup = 200, Draws = 100 });
        var gradient = new double[4];
        foreach (var chain in draws.Chains)
        {
            for (var i = 0; i < chain.Count; i++)
            {
                Assert.Equal(density.Evaluate(chain.Draw(i), gradient), chain[i, Statistic.LogDensity]);
                Assert.InRange(chain[i, Statistic.AcceptStat], 0, 1);
                Assert.True(chain[i, Statistic.Energy] >= -chain[i, Statistic.LogDensity]);
                var leapfrogs = chain[i, Statistic.Leapfrogs];
                Assert.True(leapfrogs >= Math.Pow(2, chain[i, Statistic.TreeDepth]) - 1);
                Assert.True(leapfrogs <= Math.Pow(2, chain[i, Statistic.TreeDepth] + 1) - 1);
            }
        }
    }

    [Fact]
    public void A_higher_target_is_reached_by_smaller_steps()
    {
        double before = 0, stepBefore = 10;
        foreach (var target in new[] { 0.6, 0.8, 0.95 })
        {
            var draws = Moments.Draw(Densities.Chained(20, 0.5), new Nuts { Seed = 4, TargetAccept = target });
            double accepted = 0, step = 0;
            foreach (var chain in draws.Chains)
            {
                step += chain[0, Statistic.StepSize] / 4;
                for (var i = 0; i < chain.Count; i++) accepted += chain[i, Statistic.AcceptStat] / 4000;
            }
            // The average over log steps errs on the side of small ones, as the acceptance is concave in them.
            Assert.InRange(accepted, target - 0.03, 1);
            Assert.True(accepted > before && step < stepBefore);
            (before, stepBefore) = (accepted, step);
        }
    }

    [Fact]
    public void The_maximum_depth_bounds_a_trajectory()
    {
        var draws = Moments.Draw(Densities.Chained(3, 0.999), new Nuts { Seed = 1, Metric = MetricKind.Diagonal, MaxDepth = 3, Draws = 200 });
        Assert.True(draws.CountWhere(Statistic.TreeDepth, d => d == 3) > 100);
        Assert.Equal(0, draws.CountWhere(Statistic.TreeDepth, d => d > 3));
        Assert.Equal(0, draws.CountWhere(Statistic.Leapfrogs, n => n > 7));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var density = Densities.Independent(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => Moments.Run(density, new Nuts { Chains = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Moments.Run(density, new Nuts { Draws = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Moments.Run(density, new Nuts { TargetAccept = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Moments.Run(density, new Nuts { MaxDepth = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Moments.Run(density, new Nuts { Threads = 0 }));
    }

    [Fact]
    public void Without_a_latent_there_are_draws_of_nothing()
    {
        var run = Moments.Run(new FunctionDensity(0, (_, _) => -3), new Nuts { Seed = 1, Draws = 10 });
        Assert.All(run.Chains, c => Assert.Equal(10, c.Draws.Count));
        Assert.Equal(-3, run.Chains[0].Draws[9, Statistic.LogDensity]);
    }

    [Fact]
    public void Warm_up_of_any_length_works()
    {
        foreach (var warmup in new[] { 0, 1, 5, 19, 20, 21, 60, 149, 150, 151 })
        {
            var run = Moments.Run(Densities.Independent(1, 1), new Nuts { Seed = 1, Warmup = warmup, Draws = 20, Chains = 2 });
            Assert.All(run.Chains, c => Assert.Equal(20, c.Draws.Count));
        }
    }

    [Fact]
    public void Sampling_allocates_nothing()
    {
        var density = Densities.Chained(10, 0.9);
        var chain = new Chain(density, new Nuts { Chains = 1, Draws = 500, Metric = MetricKind.Dense }, 1, 0, null, default);
        chain.Warm();
        chain.Prepare();
        chain.Draw();
        chain.Prepare();
        var before = GC.GetAllocatedBytesForCurrentThread();
        chain.Draw();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
