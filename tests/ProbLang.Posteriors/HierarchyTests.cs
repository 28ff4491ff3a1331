using ProbLang.Results;
using Xunit;
using static System.Math;

namespace ProbLang.Posteriors;

/// <summary>
/// Groups around a common mean, y[j] ~ Normal(theta[j], sigma[j]), as one writes them: the sampler chooses the form of each
/// group, and does about as well as the better of the two forms that one can write by hand.
/// </summary>
public class HierarchyTests(ITestOutputHelper output)
{
    private const int Groups = 20;

    private const string Natural = "theta[j] ~ Normal(mu, tau)";
    private const string NonCentred = "z[j] ~ Normal(0, 1); theta[j] = mu + tau * z[j]";

    /// <summary>The same density through a covariance, where no single element has a location and a scale to choose by.</summary>
    private const string Centred = "theta ~ MvNormal(mu * ones(J), tau^2 * identity(J))";

    [Fact]
    public void Weak_data_sample_as_well_as_the_form_that_is_not_centred() => AssertAsWellAs(NonCentred, 10, _ => 8);

    [Fact]
    public void Strong_data_sample_as_well_as_the_centred_form() => AssertAsWellAs(Centred, 10, _ => 0.1);

    [Fact]
    public void Strong_data_of_small_scale_sample_as_well_as_the_centred_form() => AssertAsWellAs(Centred, 0.01, _ => 1e-4);

    [Theory]
    [InlineData(NonCentred)]
    [InlineData(Centred)]
    public void Groups_of_both_kinds_sample_as_well_as_in_either_form(string form) => AssertAsWellAs(form, 10, j => j % 2 == 0 ? 0.3 : 20);

    private void AssertAsWellAs(string form, double spread, Func<int, double> noise)
    {
        double[] sigma = [.. Enumerable.Range(1, Groups).Select(noise)];
        // Deviations without a pattern, of group and noise, the same at each run.
        double[] y = [.. sigma.Select((s, j) => 3 * spread + spread * Sin(2.3 * j + 1) + s * Sin(5.1 * j * j))];
        var truth = new Truth(y, sigma, 5 * spread);

        var natural = Run(Natural, y, sigma, spread);
        Assert.True(natural.Verdict.Trusted, natural.Verdict.ToString());
        MonteCarlo.AssertMoments(natural, "mu", truth.Mu.Mean, truth.Mu.Sd);
        MonteCarlo.AssertMoments(natural, "tau", truth.Tau.Mean, truth.Tau.Sd);

        var byHand = Run(form, y, sigma, spread);
        Assert.All(byHand.Run.Chains, c => Assert.Empty(c.Centered));
        var (here, there) = (EssPerGradient(natural), EssPerGradient(byHand));
        output.WriteLine(FormattableString.Invariant($"effective draws per gradient: {here:G3}, by hand {there:G3}"));
        Assert.True(here >= 0.5 * there, $"{here} effective draws per gradient, {there} by hand");
    }

    private static SampledPosterior Run(string form, double[] y, double[] sigma, double spread)
    {
        var definition = form == Centred ? form : $"for j in 1..J {{ {form} }}";
        return Inferring.Run(
            $$"""
            input J: count
            input sigma[J]: positive
            input width: positive
            mu ~ Normal(0, width)
            tau ~ HalfNormal(width)
            {{definition}}
            for j in 1..J { y[j] ~ Normal(theta[j], sigma[j]) }
            """,
            new { J = Groups, sigma, y, width = 5 * spread });
    }

    /// <summary>Of the element that has the fewest, among those that all forms have.</summary>
    private static double EssPerGradient(SampledPosterior posterior)
    {
        var least = posterior.Summary.Rows.Where(r => !r.Name.StartsWith('z')).Min(r => r.EssBulk);
        var gradients = posterior.Draws.Chains.Sum(c => Enumerable.Range(0, c.Count).Sum(i => c[i, Statistic.Leapfrogs]));
        return least / gradients;
    }

    /// <summary>Moments of mu and tau: the groups and mu are integrated out exactly, tau by a sum over a fine grid. Both priors have the standard deviation of the width.</summary>
    private sealed class Truth
    {
        private const int Points = 40_000;

        public Truth(double[] y, double[] sigma, double width)
        {
            double[] logs = new double[Points], taus = new double[Points], means = new double[Points], variances = new double[Points];
            for (var i = 0; i < Points; i++)
            {
                var tau = taus[i] = (i + 0.5) * 6 * width / Points;
                double precision = 1 / (width * width), weighted = 0, log = -0.5 * tau * tau / (width * width);
                for (var j = 0; j < y.Length; j++)
                {
                    var variance = sigma[j] * sigma[j] + tau * tau;
                    precision += 1 / variance;
                    weighted += y[j] / variance;
                    log -= 0.5 * (Log(variance) + y[j] * y[j] / variance);
                }
                (means[i], variances[i]) = (weighted / precision, 1 / precision);
                logs[i] = log - 0.5 * Log(precision) + 0.5 * weighted * weighted / precision;
            }
            var largest = logs.Max();
            double[] weights = [.. logs.Select(l => Exp(l - largest))];
            var total = weights.Sum();
            double Expectation(Func<int, double> value) => Enumerable.Range(0, Points).Sum(i => weights[i] * value(i)) / total;
            var mu = Expectation(i => means[i]);
            var tauMean = Expectation(i => taus[i]);
            Mu = (mu, Sqrt(Expectation(i => variances[i] + (means[i] - mu) * (means[i] - mu))));
            Tau = (tauMean, Sqrt(Expectation(i => (taus[i] - tauMean) * (taus[i] - tauMean))));
        }

        public (double Mean, double Sd) Mu { get; }

        public (double Mean, double Sd) Tau { get; }
    }
}
