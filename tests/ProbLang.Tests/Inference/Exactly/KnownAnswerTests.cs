using Xunit;
using static System.Math;

namespace ProbLang.Tests.Inference.Exactly;

/// <summary>Answers that are known as fractions, or by a calculation of their own.</summary>
public class KnownAnswerTests
{
    private const double Tolerance = 1e-13;

    private static void Equal(double expected, double found) => Assert.True(Abs(expected - found) <= Tolerance * Max(1, Abs(expected)), $"{found:R} for {expected:R}");

    [Fact]
    public void Two_coins_that_are_not_both_heads()
    {
        var coins = Answers.Of("a ~ Bernoulli(0.5)\nb ~ Bernoulli(0.5)\nboth = a and b\nsame = a == b");
        Equal(0.25, coins.P("both"));
        Equal(0.5, coins.P("same"));
        var given = Answers.Of("a ~ Bernoulli(0.5)\nb ~ Bernoulli(0.5)\ngiven not (a and b)");
        Equal(1.0 / 3, given.P("a"));
        Equal(Log(0.75), given.LogEvidence!.Value);
        Assert.Equal(0, given.Joint("a", "b")[1, 1]);
        Equal(1.0 / 3, given.Joint("a", "b")[0, 1]);
    }

    [Fact]
    public void Monty_Hall()
    {
        const string Doors = """
            car ~ DiscreteUniform(1, 3)
            // The first door is chosen; the host opens another one that hides no car.
            host ~ Categorical([[0, 1/2, 1/2], [0, 0, 1], [0, 1, 0]][car])
            stays = car == 1
            """;
        var shown = Answers.Of(Doors, new { host = 3 });
        Equal(2.0 / 3, shown.P("car", 2));
        Equal(1.0 / 3, shown.P("stays"));
        Equal(Log(0.5), shown.LogEvidence!.Value);
    }

    private const string Sprinkler = """
        cloudy ~ Bernoulli(0.5)
        sprinkler ~ Bernoulli(if cloudy then 0.1 else 0.5)
        rain ~ Bernoulli(if cloudy then 0.8 else 0.2)
        wet ~ Bernoulli(if sprinkler and rain then 0.99 else if sprinkler or rain then 0.9 else 0.001)
        """;

    [Fact]
    public void Sprinkler_rain_and_wet_grass()
    {
        double cloudyRain = 0.5 * 0.8 * (0.1 * 0.99 + 0.9 * 0.9), cloudyDry = 0.5 * 0.2 * (0.1 * 0.9 + 0.9 * 0.001);
        double clearRain = 0.5 * 0.2 * (0.5 * 0.99 + 0.5 * 0.9), clearDry = 0.5 * 0.8 * (0.5 * 0.9 + 0.5 * 0.001);
        var evidence = cloudyRain + cloudyDry + clearRain + clearDry;
        var wet = Answers.Of(Sprinkler, new { wet = true });
        Equal((cloudyRain + clearRain) / evidence, wet.P("rain"));
        Equal((cloudyRain + cloudyDry) / evidence, wet.P("cloudy"));
        Equal(0.27810 / 0.64739, wet.P("sprinkler"));
        Equal(0.45810 / 0.64739, wet.P("rain"));
        Equal(Log(0.64739), wet.LogEvidence!.Value);
        Assert.Equal(0.70761056, wet.P("rain"), 8);
        Assert.Equal(0.42957105, wet.P("sprinkler"), 8);
        Assert.Equal(0.57568081, wet.P("cloudy"), 8);
    }

    [Fact]
    public void Burglary_or_earthquake()
    {
        const string Alarm = """
            burglary ~ Bernoulli(0.001)
            earthquake ~ Bernoulli(0.002)
            alarm ~ Bernoulli(if burglary then (if earthquake then 0.95 else 0.94) else if earthquake then 0.29 else 0.001)
            john ~ Bernoulli(if alarm then 0.9 else 0.05)
            mary ~ Bernoulli(if alarm then 0.7 else 0.01)
            """;
        double Joint(bool b, bool e)
        {
            var alarm = b ? e ? 0.95 : 0.94 : e ? 0.29 : 0.001;
            return (b ? 0.001 : 0.999) * (e ? 0.002 : 0.998) * (alarm * 0.9 * 0.7 + (1 - alarm) * 0.05 * 0.01);
        }
        var (with, without) = (Joint(true, true) + Joint(true, false), Joint(false, true) + Joint(false, false));
        var called = Answers.Of(Alarm, new { john = true, mary = true });
        Equal(with / (with + without), called.P("burglary"));
        Equal(Log(with + without), called.LogEvidence!.Value);
        Assert.Equal(0.2841718, called.P("burglary"), 7);
    }

    [Fact]
    public void The_student()
    {
        // Koller and Friedman, Probabilistic Graphical Models, figure 3.4.
        const string Student = """
            difficulty ~ Bernoulli(0.4)
            intelligence ~ Bernoulli(0.3)
            grade ~ Categorical([[[0.3, 0.4, 0.3], [0.05, 0.25, 0.7]], [[0.9, 0.08, 0.02], [0.5, 0.3, 0.2]]][intelligence + 1, difficulty + 1])
            sat ~ Bernoulli(if intelligence then 0.8 else 0.05)
            letter ~ Bernoulli([0.9, 0.6, 0.01][grade])
            """;
        var prior = Answers.Of(Student);
        double strong = 0.3 * (0.6 * 0.9 + 0.4 * 0.5) + 0.7 * (0.6 * 0.3 + 0.4 * 0.05);
        Equal(strong, prior.P("grade", 1));
        Assert.Equal(0.502336, prior.P("letter"), 12);
        Equal(0.7 * (0.6 * (0.3 * 0.9 + 0.4 * 0.6 + 0.3 * 0.01) + 0.4 * (0.05 * 0.9 + 0.25 * 0.6 + 0.7 * 0.01)) / 0.7, Answers.Of(Student, new { intelligence = false }).P("letter"));
        double low = 0.7 * (0.6 * 0.3 + 0.4 * 0.7), high = 0.3 * (0.6 * 0.02 + 0.4 * 0.2);
        Equal(high / (low + high), Answers.Of(Student, new { grade = 3 }).P("intelligence"));
    }

    [Fact]
    public void Asia()
    {
        // Lauritzen and Spiegelhalter (1988).
        const string Asia = """
            asia ~ Bernoulli(0.01)
            smoke ~ Bernoulli(0.5)
            tub ~ Bernoulli(if asia then 0.05 else 0.01)
            lung ~ Bernoulli(if smoke then 0.1 else 0.01)
            bronc ~ Bernoulli(if smoke then 0.6 else 0.3)
            either = tub or lung
            xray ~ Bernoulli(if either then 0.98 else 0.05)
            dysp ~ Bernoulli(if either then (if bronc then 0.9 else 0.7) else if bronc then 0.8 else 0.1)
            """;
        var prior = Answers.Of(Asia);
        Equal(0.0104, prior.P("tub"));
        Equal(0.055, prior.P("lung"));
        Equal(0.45, prior.P("bronc"));
        Equal(0.055 + 0.0104 - 0.055 * 0.0104, prior.P("either"));
        Equal(0.11029004, prior.P("xray"));
        Equal(0.43597060, prior.P("dysp"));
        // Joint with the findings, by hand: P(tub) and P(lung, bronc | smoke).
        var found = Answers.Of(Asia, new { asia = true, dysp = true, xray = false });
        double total = 0, ill = 0;
        foreach (var (s, ps) in new[] { (0.1, 0.6), (0.01, 0.3) })
            foreach (var t in new[] { 0, 1 })
                foreach (var l in new[] { 0, 1 })
                    foreach (var b in new[] { 0, 1 })
                    {
                        var e = t + l > 0;
                        var weight = 0.01 * 0.5 * (t == 1 ? 0.05 : 0.95) * (l == 1 ? s : 1 - s) * (b == 1 ? ps : 1 - ps) * (e ? 0.02 : 0.95) * (e ? b == 1 ? 0.9 : 0.7 : b == 1 ? 0.8 : 0.1);
                        total += weight;
                        if (b == 1) ill += weight;
                    }
        Equal(ill / total, found.P("bronc"));
        Equal(Log(total), found.LogEvidence!.Value);
    }

    [Fact]
    public void Skills_of_a_test()
    {
        const string Skills = """
            csharp ~ Bernoulli(0.5)
            sql ~ Bernoulli(0.5)
            first ~ Bernoulli(if csharp then 0.9 else 0.2)
            second ~ Bernoulli(if sql then 0.9 else 0.2)
            third ~ Bernoulli(if csharp and sql then 0.9 else 0.2)
            """;
        // In tenths: each combination of skills is equally likely before.
        double Weight(bool c, bool s, string answers) => One(c, answers[0]) * One(s, answers[1]) * One(c && s, answers[2]);
        double One(bool skilled, char answer) => answer == 'T' ? skilled ? 9 : 2 : skilled ? 1 : 8;
        foreach (var answers in new[] { "TTT", "TFF", "FTT", "TTF", "FFF" })
        {
            double both = Weight(true, true, answers), c = Weight(true, false, answers), s = Weight(false, true, answers), none = Weight(false, false, answers);
            var found = Answers.Of(Skills, new { first = answers[0] == 'T', second = answers[1] == 'T', third = answers[2] == 'T' });
            Equal((both + c) / (both + c + s + none), found.P("csharp"));
            Equal((both + s) / (both + c + s + none), found.P("sql"));
            Equal(Log((both + c + s + none) / 4000), found.LogEvidence!.Value);
        }
        Assert.Equal(0.94561187, Answers.Of(Skills, new { first = true, second = true, third = true }).P("sql"), 8);
        Assert.Equal(0.034293553, Answers.Of(Skills, new { first = true, second = false, third = false }).P("sql"), 9);
        Assert.Equal(0.86206897, Answers.Of(Skills, new { first = false, second = true, third = true }).P("sql"), 8);
    }

    [Fact]
    public void A_hidden_Markov_model_has_the_evidence_and_the_states_of_forward_and_backward()
    {
        const string Chain = """
            input T: count
            z[1] ~ Categorical([0.5, 0.5])
            for t in 2..T { z[t] ~ Categorical([[0.9, 0.1], [0.2, 0.8]][z[t-1]]) }
            for t in 1..T { y[t] ~ Normal(if z[t] == 1 then 0 else 2, 1) }
            """;
        double[] y = [.1, 1.8, 2.2, .3, -.4, 2.5];
        var found = Answers.Of(Chain, new { T = 6, y });
        double[][] move = [[0.9, 0.1], [0.2, 0.8]];
        var emit = Array.ConvertAll(y, v => new[] { Exp(-v * v / 2) / Sqrt(2 * PI), Exp(-(v - 2) * (v - 2) / 2) / Sqrt(2 * PI) });
        var (forward, backward) = (new double[6][], new double[6][]);
        forward[0] = [0.5 * emit[0][0], 0.5 * emit[0][1]];
        for (var t = 1; t < 6; t++) forward[t] = [.. Enumerable.Range(0, 2).Select(k => emit[t][k] * (forward[t - 1][0] * move[0][k] + forward[t - 1][1] * move[1][k]))];
        backward[5] = [1, 1];
        for (var t = 4; t >= 0; t--) backward[t] = [.. Enumerable.Range(0, 2).Select(k => move[k][0] * emit[t + 1][0] * backward[t + 1][0] + move[k][1] * emit[t + 1][1] * backward[t + 1][1])];
        var evidence = forward[5].Sum();
        Equal(Log(evidence), found.LogEvidence!.Value);
        Assert.Equal(-11.038044, found.LogEvidence!.Value, 6);
        double[] published = [.5632623, .24845906, .22571844, .73931306, .82282668, .25678715];
        for (var t = 0; t < 6; t++)
        {
            Equal(forward[t][0] * backward[t][0] / evidence, found.P($"z[{t + 1}]", 1));
            Assert.Equal(published[t], found.P($"z[{t + 1}]", 1), 1e-8);
        }
        Equal(forward[1][0] * move[0][1] * emit[2][1] * backward[2][1] / evidence, found.Joint("z[2]", "z[3]")[0, 1]);
    }

    [Fact]
    public void Values_of_a_chain_far_from_each_other_have_a_joint_distribution()
    {
        var chain = Answers.Of("x[1] ~ Bernoulli(0.5)\nfor t in 2..20 { x[t] ~ Bernoulli(if x[t-1] then 0.9 else 0.1) }");
        // Two-state symmetric chain: P(same after n steps) = (1 + 0.8ⁿ) / 2.
        Equal((1 + Pow(0.8, 19)) / 4, chain.Joint("x[1]", "x[20]")[1, 1]);
        Equal((1 - Pow(0.8, 19)) / 4, chain.Joint("x[20]", "x[1]")[1, 0]);
    }

    [Fact]
    public void A_count_without_an_end_is_cut_off_and_the_answer_says_so()
    {
        // A thinned Poisson: what was not counted is Poisson too, whatever was.
        var found = Answers.Of("n ~ Poisson(20)\nk ~ Binomial(n, 0.3)\nrest = n - k", new { k = 40 });
        for (var r = 0; r < 60; r++) Assert.Equal(Exp(-14 + r * Log(14) - LogFactorial(r)), found.P("rest", r), 1e-13);
        Equal(-6 + 40 * Log(6) - LogFactorial(40), found.LogEvidence!.Value);
        Assert.Contains("`n` was cut off at ", Assert.Single(found.Notes), StringComparison.Ordinal);

        var real = Answers.Of("n ~ Geometric(0.2)\ny ~ Normal(n, 1)", new { y = 30 });
        double Weight(int n) => 0.2 * Pow(0.8, n) * Exp(-(30.0 - n) * (30 - n) / 2) / Sqrt(2 * PI);
        var total = Enumerable.Range(0, 100).Sum(Weight);
        for (var n = 20; n < 40; n++) Assert.Equal(Weight(n) / total, real.P("n", n), 1e-12);
        Equal(Log(total), real.LogEvidence!.Value);
    }

    [Fact]
    public void What_only_a_branch_defines_is_reported_given_that_it_holds()
    {
        var found = Answers.Of("""
            sick ~ Bernoulli(0.2)
            if sick {
              kind ~ Categorical([0.7, 0.3])
              test ~ Bernoulli(if kind == 1 then 0.9 else 0.4)
            }
            cough ~ Bernoulli(if sick then 0.8 else 0.3)
            """, new { test = true, cough = true });
        // The test is there only where it is made, and says nothing else.
        double sick = 0.2 * 0.8 * (0.7 * 0.9 + 0.3 * 0.4), well = 0.8 * 0.3;
        Equal(sick / (sick + well), found.P("sick"));
        Equal(sick / (sick + well), found.Marginal("kind").Holds);
        Equal(0.63 / 0.75, found.P("kind", 1));
        Equal(Log(sick + well), found.LogEvidence!.Value);
    }

    [Fact]
    public void A_draw_forward_has_the_mixture_of_its_distributions()
    {
        var found = Answers.Of("z ~ Bernoulli(0.25)\nx ~ Normal(if z then 3 else 0, if z then 2 else 1)\nw ~ Gamma(2, 1 + z)\nv ~ Exponential(2)", new { });
        Equal(0.75, found.Marginal("x").Mean);
        Equal(Sqrt(0.25 * (4 + 9) + 0.75 - 0.75 * 0.75), found.Marginal("x").Sd);
        Equal(0.25 * 1 + 0.75 * 2, found.Marginal("w").Mean);
        Assert.Equal("Exponential", found.Marginal("v").Distribution);
    }

    [Fact]
    public void The_most_probable_values_are_those_together_and_not_one_by_one()
    {
        var found = Answers.Of("a ~ Bernoulli(0.4)\nb ~ Categorical(if a then [1, 0, 0] else [0.4, 0.3, 0.3])").MostProbable();
        // Nothing is observed, so nothing is latent.
        Assert.Empty(found.Values);
        var observed = Answers.Of("a ~ Bernoulli(0.4)\nb ~ Categorical(if a then [1, 0, 0] else [0.4, 0.3, 0.3])\ny ~ Normal(b, 100)", new { y = 2 }).MostProbable();
        Assert.Equal([1, 1], observed.Values.Select(v => v.Value));
    }

    private static double LogFactorial(int n) => Enumerable.Range(1, n).Sum(k => Log(k));
}
