using ProbLang.Inference;
using ProbLang.Programs;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Inference;

public class AllocationTests
{
    [Theory]
    [InlineData("mu ~ Normal(0, 1)\ny[1] ~ Normal(mu, 1)\nz ~ Normal(mu + 1, exp(mu))\ngiven y = [0.5]")]
    [InlineData("mu ~ Normal(0, 1)\nfor i in 1..3 { y[i] ~ Normal(mu, 1) }\nfor i in 1..3 { w[i] ~ StudentT(4, mu, 1); z[i] ~ Poisson(exp(0.1 * mu * i)) }\ngiven y = [0.5, 1, 2]")]
    [InlineData("mu ~ Normal(0, 1)\ny ~ Normal(mu, 1)\nz ~ Normal(mu, 1) truncated (0, 2)\nfar ~ Normal(0, 1) truncated (6, )\ngiven y = 0.5")]
    [InlineData("p ~ Beta(2, 2)\ny ~ Bernoulli(p)\nz ~ Mixture([p, 1 - p], [Normal(-2, 1), Normal(p, 0.5)]) ^ 3\ngiven y = 1")]
    [InlineData("p ~ Beta(2, 2)\ny ~ Bernoulli(p)\nz ~ Mixture([p, 1 - p], [Normal(-2, 1) truncated (7, ), Normal(p, 0.5)])\ngiven y = 1")]
    [InlineData("mu ~ Normal(0, 1)\ny ~ Normal(mu, 1)\nz ~ MvNormal([mu, 2 * mu, 0], [[2, 1, 0], [1, 2, 0], [0, 0, 1]])\ngiven y = 0.5")]
    [InlineData("w ~ Dirichlet([1, 2, 3])\ny ~ Categorical(w)\nz ~ Categorical(w) ^ 4\nq ~ Dirichlet(w + 1)\nk ~ Categorical(w[1..2] / 2)\ngiven y = 2")]
    [InlineData("mu ~ Normal(0, 1) ^ 3\ny ~ Normal(mu, 1)\nm = [for i in 1..3: mu[i] * i]\nz ~ Normal(if mu[1] > 0 then m[[1, 2]] else m[2..3], 1)\ngiven y = [0.5, 1, 2]")]
    public void A_draw_with_predictions_allocates_nothing(string model) => DrawsAllocateNothing(model);

    [Fact]
    public void A_draw_of_a_centred_hierarchy_allocates_nothing() => DrawsAllocateNothing(
        "mu ~ Normal(0, 5)\ntau ~ HalfNormal(5)\ntheta ~ Normal(mu, tau) ^ 4\ny ~ Normal(theta, 0.01)\ngiven y = [1, 2, -1, 3]", isCentred: true);

    private static void DrawsAllocateNothing(string model, bool isCentred = false)
    {
        var density = DensityProgram.Compile(Condition(model));
        var chain = new Chain(density, new Nuts { Chains = 1, Warmup = 300, Draws = 500 }, 1, 0, null, default);
        chain.Warm();
        Assert.Equal(isCentred, density.Centered.Contains(true));
        // What is compiled when first needed is there after the first draws.
        chain.Prepare();
        chain.Draw();
        var before = GC.GetAllocatedBytesForCurrentThread();
        chain.Draw();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
