using Xunit;

namespace ProbLang.Tests.FrontDoor;

public class ExplanationTests
{
    [Fact]
    public void A_model_without_data_counts_what_nothing_depends_on_as_observed() => Assert.Equal(
        """
        coin.gm
          Tosses of a coin.

          variable  kind    type   dimensions  role
          n         input   count              known     How often it was tossed.
          p         random  real               latent
          heads     random  int                observed

        class: explicit, approximate
          `p` (line 5) is a continuous latent, so the density of the data is an integral
          family: latent variable model
          without data, what nothing depends on counts as observed

        engine: nuts
          some latents are continuous; where the data leave only conjugate pairs of them, exact
          the other engines (vi, smc, importance, abc) are not in this version

        """, Coin().Explain());

    [Fact]
    public void A_model_whose_data_leave_nothing_latent_is_tractable()
    {
        var text = Coin().Condition(Data.Of(new { n = 10, p = 0.5, heads = 3 })).Explain();
        Assert.Contains("class: explicit, tractable\n", text, StringComparison.Ordinal);
        Assert.Contains("nothing is latent", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_that_is_given_in_part_says_how_much()
    {
        var problem = Model.Compile("mu ~ Normal(0, 1)\nfor i in 1..3 {\n  y[i] ~ Normal(mu, 1)\n}\n").Model.Condition(Data.Of(new { y = new double?[] { 1, null, 3 } }));
        Assert.Contains("y         random  real  [i: 3]      2 observed, 1 predicted\n", problem.Explain(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "observed")]
    [InlineData("z ~ Normal(sd[3], 1)\n", "latent")]
    public void A_series_that_recurs_through_what_is_computed_of_it_counts_as_observed_until_another_depends_on_it(string another, string role)
    {
        var text = Model.Compile(
            """
            mu ~ Normal(0, 1)
            for t in 1..3 { y[t] ~ Normal(mu, sd[t]) }
            sd[1] = 1
            for t in 2..3 { sd[t] = exp(change[t]) }
            for t in 2..3 { change[t] = abs(y[t-1] - mu) + sd[t-1] }

            """ + another).Model.Explain();
        Assert.Matches($@"\n  y +random +real +\[t\] +{role}\n", text);
        Assert.Matches(@"\n  mu +random +real +latent\n", text);
    }

    private static Model Coin() => Model.Compile(
        """
        /// Tosses of a coin.

        /// How often it was tossed.
        input n: count
        p ~ Uniform(0, 1)
        heads ~ Binomial(n, p)
        """, new CompileOptions { Path = "coin.gm" }).Model;
}
