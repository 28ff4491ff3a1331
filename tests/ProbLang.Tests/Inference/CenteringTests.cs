using ProbLang.Inference;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Inference;

public class CenteringTests
{
    private static readonly double[] s_schools = [28, 8, -3, 7, -1, 1, 18, 12];
    private static readonly double[] s_schoolSds = [15, 10, 16, 11, 9, 11, 10, 18];

    [Fact]
    public void The_density_of_these_tests_has_the_gradient_of_its_differences_in_every_form()
    {
        var density = new HierarchicalNormal([1, 2, 3], [1, 0.1, 5]);
        double[] position = [0.3, -0.4, 0.5, 1.1, -0.7];
        var gradient = new double[5];
        var unused = new double[5];
        foreach (var choice in new bool[][] { [false, false, false], [true, false, true], [true, true, true] })
        {
            density.Recenter(choice, position);
            density.Evaluate(position, gradient);
            for (var i = 0; i < 5; i++)
            {
                double[] up = [.. position], down = [.. position];
                up[i] += 1e-6;
                down[i] -= 1e-6;
                Assert.Equal((density.Evaluate(up, unused) - density.Evaluate(down, unused)) / 2e-6, gradient[i], 1e-5 * (1 + Math.Abs(gradient[i])));
            }
        }
    }

    [Fact]
    public void Weak_data_keep_the_non_centred_form_and_do_not_diverge()
    {
        var density = new HierarchicalNormal(s_schools, s_schoolSds);
        var run = Moments.Run(density, new Nuts { Seed = 1 });
        Assert.All(run.Chains, c => Assert.DoesNotContain(true, c.Centered));
        AssertTruth(density, run);
        Assert.InRange(Moments.Divergences(run.Draws(Moments.Layout(10))), 0, 2);
    }

    [Fact]
    public void Informative_data_turn_to_the_centred_form_and_sample_as_well_as_when_it_is_written_by_hand()
    {
        var (y, sigma) = Groups(20, _ => 0.05);
        var density = new HierarchicalNormal(y, sigma);
        var run = Moments.Run(density, new Nuts { Seed = 2 });
        Assert.All(run.Chains, c => Assert.DoesNotContain(false, c.Centered));
        AssertTruth(density, run);
        var byHand = Moments.Run(new HierarchicalNormal(y, sigma, forced: true), new Nuts { Seed = 2 });
        Assert.True(EssPerSamplingGradient(run) > 0.7 * EssPerSamplingGradient(byHand), $"{EssPerSamplingGradient(run)} against {EssPerSamplingGradient(byHand)}");
        var wrong = Moments.Run(new HierarchicalNormal(y, sigma, forced: false), new Nuts { Seed = 2 });
        Assert.True(EssPerSamplingGradient(run) > 3 * EssPerSamplingGradient(wrong), $"{EssPerSamplingGradient(run)} against {EssPerSamplingGradient(wrong)}");
    }

    [Fact]
    public void Groups_with_data_are_centred_and_groups_without_are_not()
    {
        var (y, sigma) = Groups(20, j => j % 2 == 0 ? 0.05 : 1e3);
        var density = new HierarchicalNormal(y, sigma);
        var run = Moments.Run(density, new Nuts { Seed = 3 });
        foreach (var chain in run.Chains)
        {
            for (var j = 0; j < 20; j++) Assert.Equal(j % 2 == 0, chain.Centered[j]);
        }
        AssertTruth(density, run);
    }

    [Fact]
    public void The_log_density_is_reported_in_one_form_whatever_a_chain_chose()
    {
        var (y, sigma) = Groups(5, _ => 0.05);
        var draws = Moments.Draw(new HierarchicalNormal(y, sigma), new Nuts { Seed = 4, Draws = 50 });
        var nonCentred = new HierarchicalNormal(y, sigma, forced: false);
        var gradient = new double[7];
        foreach (var chain in draws.Chains)
        {
            var x = chain.Draw(49);
            var position = new double[7];
            (position[0], position[1]) = (x[0], Math.Log(x[1]));
            for (var j = 2; j < 7; j++) position[j] = (x[j] - x[0]) / x[1];
            Assert.Equal(nonCentred.Evaluate(position, gradient), chain[49, Statistic.LogDensity], 1e-6);
        }
    }

    private static (double[] Y, double[] Sigma) Groups(int count, Func<int, double> sigma)
    {
        var y = new double[count];
        var sds = new double[count];
        for (var j = 0; j < count; j++)
        {
            y[j] = 2 + 1.5 * Math.Sin(3.7 * j + 1);
            sds[j] = sigma(j);
        }
        return (y, sds);
    }

    private static void AssertTruth(HierarchicalNormal density, NutsRun run)
    {
        var draws = run.Draws(Moments.Layout(density.OutputCount));
        var (mu, tau) = density.Truth();
        Moments.AssertMean(draws, x => x[0], mu);
        Moments.AssertMean(draws, x => x[1], tau);
    }

    private static double EssPerSamplingGradient(NutsRun run)
    {
        var draws = run.Draws(Moments.Layout(run.Chains[0].Draws.Outputs));
        var least = double.PositiveInfinity;
        foreach (var row in Summary.Of(draws).Rows) least = Math.Min(least, row.EssBulk);
        var leapfrogs = 0.0;
        foreach (var chain in draws.Chains) for (var i = 0; i < chain.Count; i++) leapfrogs += chain[i, Statistic.Leapfrogs];
        return least / leapfrogs;
    }
}
