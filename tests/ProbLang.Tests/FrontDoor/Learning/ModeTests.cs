using Xunit;
using static ProbLang.Tests.FrontDoor.Fits;

namespace ProbLang.Tests.FrontDoor;

/// <summary>Modes of posteriors, which are those of densities on the declared scale.</summary>
public class ModeTests
{
    [Fact]
    public void The_mode_of_a_normal_posterior_is_its_mean()
    {
        var fit = Mode("m ~ Normal(0, 2)\nfor i in 1..3 { y[i] ~ Normal(m, 1) }", new { y = new[] { 1.0, 2, 4 } });
        Near(7 / (3 + 0.25), fit["m"][0], 1e-9);
        Near(1 / Math.Sqrt(3.25), fit.StandardError("m"), 1e-7);
        Assert.Equal("map", fit.Engine);
    }

    [Fact]
    public void The_mode_of_a_beta_posterior_is_on_its_own_scale()
    {
        var fit = Mode("p ~ Beta(2, 3)\ny ~ Binomial(10, p)", new { y = 4 });
        Near(5 / 13.0, fit["p"][0], 1e-8);
    }

    [Fact]
    public void The_mode_does_not_depend_on_how_a_hierarchy_is_sampled()
    {
        // In values: a mode in mu and theta given tau, where the non-centred coordinates would have another one.
        var fit = Mode("tau ~ Gamma(5, 2)\nfor j in 1..3 { theta[j] ~ Normal(0, tau)\n y[j] ~ Normal(theta[j], 1) }", new { y = new[] { 1.0, -2, 3 } });
        var (tau, theta) = (fit["tau"][0], fit["theta"].ToArray());
        for (var j = 0; j < 3; j++) Near(new[] { 1.0, -2, 3 }[j] / (1 + 1 / (tau * tau)), theta[j], 1e-6);
        Assert.Equal(0, 4 / tau - 2 - 3 / tau + theta.Sum(t => t * t) / Math.Pow(tau, 3), 6);
    }

    [Fact]
    public void Parameters_beside_latents_have_a_joint_mode()
    {
        var fit = Mode("param m\nu ~ Normal(0, 1)\ny ~ Normal(m + u, 1)", new { y = 3.0 });
        Near(3, fit["m"][0], 1e-7);
        Assert.Equal(0, fit["u"][0], 7);
    }
}
