using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Numerics;
using ProbLang.Programs;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

/// <summary>Random functions with data: a model that uses one is the model with its statements written out.</summary>
public class RandomFunctionTests
{
    private const string MetaAnalysis = """
        input K: count
        input se[K]: positive
        def Study(mu, tau, s) { theta ~ Normal(mu, tau); y ~ Normal(theta, s); return y }
        mu ~ Normal(0, 5)
        tau ~ HalfNormal(2)
        for k in 1..K { y[k] ~ Study(mu, tau, se[k]) }
        """;

    private const string WrittenOut = """
        input K: count
        input se[K]: positive
        mu ~ Normal(0, 5)
        tau ~ HalfNormal(2)
        for k in 1..K {
          theta[k] ~ Normal(mu, tau)
          y[k] ~ Normal(theta[k], se[k])
        }
        """;

    private static readonly DataArray[] s_studies = [Given("y", 0.3, -0.2, null, 1.1), Given("se", 0.2, 0.4, 0.3, 0.5)];

    public static TheoryData<string, string, string> Pairs => new()
    {
        { MetaAnalysis, WrittenOut, "y" },
        {
            "def D(m) { s ~ HalfNormal(1); return Normal(m, s) }\nmu ~ Normal(0, 1)\nfor i in 1..3 { y[i] ~ D(mu) }",
            "mu ~ Normal(0, 1)\nfor i in 1..3 { s[i] ~ HalfNormal(1)\n y[i] ~ Normal(mu, s[i]) }", "y"
        },
        {
            "def Walk(n, s) { w[1] ~ Normal(0, 1); for t in 2..n { w[t] ~ Normal(w[t - 1], s) } return w }\ns ~ HalfNormal(1)\nx ~ Walk(3, s)\ny ~ Normal(x, 0.5)",
            "s ~ HalfNormal(1)\nx[1] ~ Normal(0, 1)\nfor t in 2..3 { x[t] ~ Normal(x[t - 1], s) }\ny ~ Normal(x, 0.5)", "y"
        },
        {
            "def E(m) { e ~ Normal(m, 1); d = exp(e); return d * 2 }\ndef D(m) { a ~ E(m); return Normal(a, 1) }\nmu ~ Normal(0, 1)\ny ~ D(mu) ^ 3",
            "mu ~ Normal(0, 1)\nfor i in 1..3 { e[i] ~ Normal(mu, 1)\n a[i] = exp(e[i]) * 2\n y[i] ~ Normal(a[i], 1) }", "y"
        },
    };

    [Theory, MemberData(nameof(Pairs))]
    public void A_random_function_has_exactly_the_density_of_its_statements(string text, string writtenOut, string observed)
    {
        DataArray[] data = text == MetaAnalysis ? s_studies : [Given(observed, 0.4, -1.2, 0.9)];
        var (a, b) = (DensityProgram.Compile(Condition(text, data)), DensityProgram.Compile(Condition(writtenOut, data)));
        Assert.True(a.Dimension > 0);
        Assert.Equal(b.Dimension, a.Dimension);
        var random = new Philox(5, 0, 0);
        for (var n = 0; n < 5; n++)
        {
            var position = new double[a.Dimension];
            for (var i = 0; i < position.Length; i++) position[i] = 2 * random.NextDouble() - 1;
            var (byFunction, byStatements) = (new double[a.Dimension], new double[a.Dimension]);
            Assert.Equal(b.Evaluate(position, byStatements), a.Evaluate(position, byFunction));
            Assert.Equal(byStatements, byFunction);
        }
    }

    [Fact]
    public void What_is_drawn_may_be_observed_and_its_locals_are_latent()
    {
        var model = Condition(MetaAnalysis, s_studies);
        Assert.Equal("OOPO", model.Roles("y"));
        Assert.Equal("LLPL", model.Roles("y.theta"));
    }

    [Fact]
    public void A_local_that_the_data_name_is_observed()
    {
        var model = Condition(MetaAnalysis, [.. s_studies, Given("y.theta", 0.1, null, 0.2, null)]);
        Assert.Equal("OLOL", model.Roles("y.theta"));
    }

    [Fact]
    public void What_is_computed_from_locals_cannot_be_observed()
    {
        var computed = MessagesOf("def D(m) { t ~ Normal(m, 1); return t + 1 }\nx ~ D(0)", Given("x", 3.0));
        Assert.Equal(MessagesOf("t ~ Normal(0, 1)\nx = t + 1", Given("x", 3.0)), computed);
    }

    [Fact]
    public void Draws_have_the_moments_of_the_function()
    {
        const int Draws = 40_000;
        var model = Condition("def D(m, s) { t ~ Normal(m, s); return 2 * t + 1 }\ndef E(m) { s ~ Gamma(4, 2); d ~ D(m, 1); return Normal(d, s) }\nx ~ E(3) ^ 2");
        var sampler = new AncestralSampler(model);
        var cells = sampler.Evaluator[model.Graph.Find("x")!];
        var random = new Philox(77, 0, 0);
        var (x, square) = (new double[Draws], new double[Draws]);
        for (var i = 0; i < Draws; i++)
        {
            Assert.Null(sampler.Draw(ref random));
            (x[i], square[i]) = (cells[1], (cells[1] - 7) * (cells[1] - 7));
        }
        HasMean(7, x);
        // The variance of 2 t is 4, and the mean of s² for Gamma(4, 2) is 4/4 + 2² = 5.
        HasMean(9, square);
    }

    private static void HasMean(double expected, double[] draws)
    {
        var mean = draws.Average();
        var error = Math.Sqrt(draws.Sum(v => (v - mean) * (v - mean)) / draws.Length / (draws.Length - 1));
        Assert.InRange(mean, expected - 4 * error, expected + 4 * error);
    }

    [Fact]
    public void A_learned_distribution_is_an_objection_wherever_it_stands()
    {
        foreach (var drawn in (string[])["Energy(f)", "Energy(f) ^ 2", "Mixture([0.5, 0.5], [Energy(f), MvNormal([0], [[1]])])", "Mixture([0.5, 0.5], for k in 1..2: Diffusion(f))"])
            Assert.Equal([$"GM0380 `{(drawn.Contains("Energy", StringComparison.Ordinal) ? "Energy" : "Diffusion")}` has a density that only learning `f` settles, and that is not in this version"], MessagesOf($"net f = mlp([8])\nx ~ {drawn}"));
    }

    [Theory]
    [InlineData("given log_density(Energy(f), [1, 2]) < mu")]
    [InlineData("for i in 1..(if log_density(Energy(f), [1, 2]) > 0 then 2 else 1) { y[i] ~ Normal(mu, 1) }")]
    public void What_is_asked_of_a_learned_distribution_is_an_objection_wherever_it_stands(string statement) =>
        Assert.Equal(["GM0380 `Energy` has a density that only learning `f` settles, and that is not in this version"], MessagesOf($"net f = mlp([8])\nmu ~ Normal(0, 1)\n{statement}"));

    [Fact]
    public void A_guide_with_nets_does_not_keep_a_model_from_being_conditioned() =>
        Assert.Equal("L", Condition("mu ~ Normal(0, 1)\ny ~ Normal(mu, 1)\nguide { net f = mlp([8])\n mu ~ Normal(f(y), 1) }", Given("y", 1.0)).Roles("mu"));

    [Fact]
    public void A_guide_reads_no_latent_that_it_does_not_draw() =>
        Assert.Equal("""
            model.gm:4:24: error GM0381: the guide reads `b`, which is latent with these data and which it does not draw
              4 | guide { a ~ Normal(y + b, 1) }
                |                        ^
              model.gm:2:1: defined in the model here
              2 | b ~ Normal(a, 1)
                | ^
              = draw it in the guide: `b ~ …`
            """, MessageOf("a ~ Normal(0, 1)\nb ~ Normal(a, 1)\ny ~ Normal(b, 1)\nguide { a ~ Normal(y + b, 1) }", Given("y", 1.0)));

    [Fact]
    public void A_guide_reads_no_computed_value_of_the_latents() =>
        Assert.Equal(["GM0381 the guide reads `c`, which is latent with these data and which it does not draw"],
            MessagesOf("a ~ Normal(0, 1)\nc = 2 * a\ny ~ Normal(c, 1)\nguide { a ~ Normal(c, 1) }", Given("y", 1.0)));
}
