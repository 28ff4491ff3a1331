using ProbLang.Distributions;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Distributions;

public class ScalarLaws
{
    [Fact]
    public void Every_form_of_every_proper_scalar_distribution_is_in_the_table()
    {
        var forms = DistributionCatalog.All.OfType<ScalarDistribution>().Where(d => d.CanSample).SelectMany(d => d.Forms.Select((_, i) => (d.Name, i)));
        Assert.Empty(forms.Except(DistributionCases.All.Select(c => (c.Distribution.Name, c.Form))));
    }

    [Theory, MemberData(nameof(DistributionCases.Continuous), MemberType = typeof(DistributionCases))]
    public void A_density_integrates_to_one(string name)
    {
        var of = DistributionCases.Find(name);
        Approximately.Equal(1, of.Expect(_ => 1, of.Lower, of.Upper), 1e-9);
    }

    [Theory, MemberData(nameof(DistributionCases.Discrete), MemberType = typeof(DistributionCases))]
    public void Probabilities_sum_to_one_and_their_running_sum_is_the_distribution_function(string name)
    {
        var of = DistributionCases.Find(name);
        var sum = Math.Exp(of.LogCdf(of.First - 1));
        var last = Math.Min(of.Upper, of.Quantile(1 - 1e-15) + 100);
        for (var x = of.First; x <= last; x++)
        {
            sum += of.Density(x);
            if (sum > 1e-300) Approximately.Proportional(sum, Math.Exp(of.LogCdf(x)), 1e-11, $"P(X ≤ {x})");
        }
        Approximately.Equal(1, sum, 1e-11);
    }

    [Theory, MemberData(nameof(DistributionCases.Discrete), MemberType = typeof(DistributionCases))]
    public void The_probabilities_above_a_count_sum_to_its_survival(string name)
    {
        var of = DistributionCases.Find(name);
        var sum = 0.0;
        var first = of.First;
        for (var x = Math.Min(of.Upper, of.Quantile(1 - 1e-15) + 1000); x >= first; x--)
        {
            if (sum > 1e-30) Approximately.Proportional(sum, Math.Exp(of.LogSurvival(x)), 1e-10, $"P(X > {x})");
            sum += of.Density(x);
        }
        Assert.Equal(0, of.LogSurvival(of.Lower - 1));
    }

    [Theory, MemberData(nameof(DistributionCases.Continuous), MemberType = typeof(DistributionCases))]
    public void The_distribution_function_is_the_integral_of_the_density(string name)
    {
        var of = DistributionCases.Find(name);
        foreach (var x in of.Places())
        {
            // Next to a finite end other than 0, as of a beta variable near 1, the distance to it is itself rounded.
            var roundingBelow = double.IsFinite(of.Lower) ? 4e-16 * Math.Abs(of.Lower) / (x - of.Lower) : 0;
            Approximately.Proportional(of.Expect(_ => 1, of.Lower, x), Math.Exp(of.LogCdf(x)), 1e-8 + roundingBelow, $"P(X ≤ {x})");
            var rounding = double.IsFinite(of.Upper) ? 4e-16 * Math.Max(1, Math.Abs(of.Upper)) / (of.Upper - x) : 0;
            Approximately.Proportional(of.Expect(_ => 1, x, of.Upper), Math.Exp(of.LogSurvival(x)), 1e-8 + rounding, $"P(X > {x})");
        }
    }

    [Theory, MemberData(nameof(DistributionCases.Scalars), MemberType = typeof(DistributionCases))]
    public void Distribution_function_and_survival_add_up_to_one(string name)
    {
        var of = DistributionCases.Find(name);
        foreach (var x in of.Places()) Approximately.Equal(1, Math.Exp(of.LogCdf(x)) + Math.Exp(of.LogSurvival(x)), 1e-12, $"at {x}");
    }

    [Theory, MemberData(nameof(DistributionCases.Scalars), MemberType = typeof(DistributionCases))]
    public void Beyond_the_support_the_distribution_function_is_nothing_or_everything(string name)
    {
        var of = DistributionCases.Find(name);
        double[] below = double.IsFinite(of.Lower) ? [of.Lower - 1, of.Lower - 1e6, double.NegativeInfinity] : [double.NegativeInfinity];
        double[] above = double.IsFinite(of.Upper) ? [of.Upper, of.Upper + 1, of.Upper + 1e6, double.PositiveInfinity] : [double.PositiveInfinity];
        Assert.All(below, x => Assert.Equal((double.NegativeInfinity, 0), (of.LogCdf(x), of.LogSurvival(x))));
        Assert.All(above, x => Assert.Equal((0, double.NegativeInfinity), (of.LogCdf(x), of.LogSurvival(x))));
    }

    [Theory, MemberData(nameof(DistributionCases.Continuous), MemberType = typeof(DistributionCases))]
    public void The_quantile_function_inverts_the_distribution_function(string name)
    {
        var of = DistributionCases.Find(name);
        var reach = of.Lower == 0 ? 0 : of.Spread;
        foreach (var p in new[] { 1e-12, 1e-5, 0.01, 0.2, 0.4999, 0.5, 0.6, 0.9, 0.9999, 1 - 1e-11 })
        {
            var x = of.Quantile(p);
            var margin = 1e-12 * Math.Abs(x) + 1e-13 * reach;
            var (before, after) = (x - margin, x + margin);
            Assert.True(p <= 0.5
                ? of.LogCdf(before) <= Math.Log(p) && Math.Log(p) <= of.LogCdf(after)
                : of.LogSurvival(after) <= SpecialFunctions.Log1p(-p) && SpecialFunctions.Log1p(-p) <= of.LogSurvival(before),
                FormattableString.Invariant($"{p:R} is not reached just at {x:R}"));
        }
    }

    [Theory, MemberData(nameof(DistributionCases.Discrete), MemberType = typeof(DistributionCases))]
    public void The_quantile_of_a_count_is_the_least_that_reaches_the_probability(string name)
    {
        var of = DistributionCases.Find(name);
        var last = Math.Min(of.Upper, of.Quantile(1 - 1e-9));
        for (var x = of.First; x <= last; x++)
        {
            var reached = Math.Exp(of.LogCdf(x));
            if (reached < 1e-300 || of.Density(x) < 1e-12 * reached) continue;
            Assert.Equal(x, of.Quantile(reached));
            Assert.Equal(x, of.Quantile(reached - 0.5 * of.Density(x)));
        }
    }

    [Theory, MemberData(nameof(DistributionCases.Scalars), MemberType = typeof(DistributionCases))]
    public void Probabilities_nought_and_one_are_the_ends_of_the_support(string name)
    {
        var of = DistributionCases.Find(name);
        Assert.Equal((of.Lower, of.Upper), (of.Quantile(0), of.Quantile(1)));
    }

    [Theory, MemberData(nameof(DistributionCases.Scalars), MemberType = typeof(DistributionCases))]
    public void Mean_and_variance_are_those_of_the_density(string name)
    {
        var of = DistributionCases.Find(name);
        var (mean, variance) = (of.Distribution.Mean(of.Form, of.Parameters), of.Distribution.Variance(of.Form, of.Parameters));
        if (double.IsFinite(mean)) Approximately.Equal(mean, Expect(x => x), 1e-8, "mean");
        if (double.IsFinite(variance)) Approximately.Equal(variance, Expect(x => (x - mean) * (x - mean)), 1e-7, "variance");

        double Expect(Func<double, double> f)
        {
            if (!of.Distribution.IsDiscrete) return of.Expect(f, of.Lower, of.Upper);
            var sum = 0.0;
            var last = Math.Min(of.Upper, of.Quantile(1 - 1e-15) + 100);
            for (var x = of.First; x <= last; x++) sum += f(x) * of.Density(x);
            return sum;
        }
    }

    [Theory]
    [InlineData("Cauchy", new[] { 0.0, 1 }, double.NaN, double.NaN)]
    [InlineData("HalfCauchy", new[] { 1.0 }, double.PositiveInfinity, double.NaN)]
    [InlineData("StudentT", new[] { 1.0, 0, 1 }, double.NaN, double.NaN)]
    [InlineData("StudentT", new[] { 2.0, 3, 1 }, 3, double.PositiveInfinity)]
    [InlineData("HalfStudentT", new[] { 0.9, 1 }, double.PositiveInfinity, double.NaN)]
    [InlineData("Pareto", new[] { 1, 0.9 }, double.PositiveInfinity, double.NaN)]
    [InlineData("Pareto", new[] { 1, 2.0 }, 2, double.PositiveInfinity)]
    [InlineData("Frechet", new[] { 0.9, 1 }, double.PositiveInfinity, double.NaN)]
    [InlineData("LogLogistic", new[] { 0.9, 1 }, double.PositiveInfinity, double.NaN)]
    [InlineData("ScaledInverseChiSquare", new[] { 1.5, 1 }, double.PositiveInfinity, double.NaN)]
    [InlineData("ScaledInverseChiSquare", new[] { 4.0, 3 }, 18, double.PositiveInfinity)]
    [InlineData("InverseGamma", new[] { 0.9, 1 }, double.PositiveInfinity, double.NaN)]
    [InlineData("InverseGamma", new[] { 1.5, 1 }, 2, double.PositiveInfinity)]
    public void A_moment_that_diverges_is_infinite_and_one_that_does_not_exist_is_not_a_number(string name, double[] p, double mean, double variance)
    {
        var distribution = (ScalarDistribution)DistributionCatalog.Find(name)!;
        Assert.Equal((mean, variance), (distribution.Mean(0, p), distribution.Variance(0, p)));
    }

    [Theory, MemberData(nameof(DistributionCases.Scalars), MemberType = typeof(DistributionCases))]
    public void Every_form_is_the_same_distribution_as_the_first(string name)
    {
        var of = DistributionCases.Find(name);
        var first = of with { Form = 0, Parameters = of.Canonical };
        foreach (var x in of.Places())
        {
            Approximately.Equal(first.LogDensity(x), of.LogDensity(x), 1e-12, $"density at {x}");
            Approximately.Equal(first.LogCdf(x), of.LogCdf(x), 1e-12, $"distribution function at {x}");
            Approximately.Equal(first.LogSurvival(x), of.LogSurvival(x), 1e-12, $"survival at {x}");
        }
        Approximately.Equal(first.Quantile(0.3), of.Quantile(0.3), 1e-12, "quantile");
    }

    [Theory, MemberData(nameof(DistributionCases.Scalars), MemberType = typeof(DistributionCases))]
    public void A_density_agrees_with_an_independent_one(string name)
    {
        var of = DistributionCases.Find(name);
        foreach (var x in of.Places()) Approximately.Equal(DistributionCases.LogReference(of, x), of.LogDensity(x), 1e-11, $"at {x}");
    }

    [Theory, MemberData(nameof(DistributionCases.LocationScale), MemberType = typeof(DistributionCases))]
    public void Location_and_scale_only_move_and_stretch(string name)
    {
        var of = DistributionCases.Find(name);
        double[] moved = [.. of.Parameters];
        var parameters = of.Distribution.Forms[of.Form].Parameters;
        for (var i = 0; i < moved.Length; i++)
        {
            if (parameters[i].Name is "mean" or "location") moved[i] -= 1.3;
            if (parameters[i].Name is "sd" or "variance" or "precision" or "scale") moved[i] *= 2.1;
        }
        foreach (var z in new[] { -20, -1.1, 0, 0.4, 7 })
        {
            Approximately.Equal(Standard(of, z), Standard(of with { Parameters = moved }, z), 1e-12, $"at {z}");
        }

        static double Standard(Case of, double z)
        {
            Real[] p = [.. of.Parameters.Select(v => (Real)v)];
            var (location, scale) = of.Distribution.LocationScale<Real>(of.Form, p);
            return of.LogDensity(location + scale * z) + Math.Log(scale);
        }
    }
}
