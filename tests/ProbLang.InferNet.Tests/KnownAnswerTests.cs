using ProbLang.FactorGraphs;
using ProbLang.Inference;
using static ProbLang.FactorGraphs.FactorDomain;
using static ProbLang.FactorGraphs.FactorOperation;

namespace ProbLang.InferNet.Tests;

/// <summary>Answers that are known, most of them in closed form.</summary>
public sealed class KnownAnswerTests
{
    [InferNetFact]
    public void Two_coins_of_which_not_both_are_heads()
    {
        var g = new GraphOf();
        var (first, second, both) = (g.Unknown("first", FactorDomain.Boolean), g.Unknown("second", FactorDomain.Boolean), g.Unknown("both", FactorDomain.Boolean));
        g.Define(first.All(), Bernoulli, g.Real(0.5));
        g.Define(second.All(), Bernoulli, g.Real(0.5));
        g.Define(both.All(), And, first.All(), second.All());
        g.Constrain(FactorConstraint.False, both.All());
        var solution = Solve.By(new ExpectationPropagation(), g.Ask(first).Build());
        Assert.Equal(1.0 / 3, Solve.Boolean(solution, first), 9);
        Assert.Equal(Math.Log(0.75), solution.LogEvidence!.Value, 9);
    }

    [InferNetTheory]
    [InlineData(0.0, 0.79788456, 0.36338023)]
    [InlineData(0.5, 1.1410778, 0.26848041)]
    [InlineData(1.0, 1.5251353, 0.19909767)]
    public void A_normal_number_above_a_bound(double bound, double mean, double variance)
    {
        var g = new GraphOf();
        var (x, above) = (g.Unknown("x", Gaussian), g.Unknown("above", FactorDomain.Boolean));
        g.Define(x.All(), GaussianFromMeanAndVariance, g.Real(0), g.Real(1));
        g.Define(above.All(), Greater, x.All(), g.Real(bound));
        g.Constrain(FactorConstraint.True, above.All());
        var belief = Solve.Gaussian(Solve.By(new ExpectationPropagation(), g.Ask(x).Build()), x);
        Solve.Near(mean, belief.Mean);
        Solve.Near(variance, belief.Variance);
    }

    [InferNetTheory]
    [InlineData("ep", 1.4391987, 0.074171215, 4.9411986, 3.0606611)]
    [InlineData("vmp", 1.4390942, 0.062902338, 6, 3.7765158)]
    public void A_normal_sample_with_unknown_mean_and_precision(string engine, double mean, double variance, double shape, double rate)
    {
        var g = new GraphOf();
        double[] data = [1.2, .7, 2.3, 1.9, .4, 1.5, 1.1, 2.8, .9, 1.6];
        var n = g.Range("n", data.Length);
        var (mu, tau, x) = (g.Unknown("mu", Gaussian), g.Unknown("tau", Gamma), g.Data("x", Gaussian, data, [n]));
        g.Define(mu.All(), GaussianFromMeanAndVariance, g.Real(0), g.Real(100));
        g.Define(tau.All(), GammaFromShapeAndRate, g.Real(1), g.Real(1));
        g.For(n, () => g.Define(x.At(n), GaussianFromMeanAndPrecision, mu.All(), tau.All()));
        var solution = Solve.By(Solve.Engine(engine), g.Ask(mu, tau).Build());
        var (m, t) = (Solve.Gaussian(solution, mu), (GammaBelief)solution.Beliefs[tau][0]);
        Solve.Near(mean, m.Mean);
        Solve.Near(variance, m.Variance);
        Solve.Near(shape, t.Shape);
        Solve.Near(rate, t.Rate);
        Assert.True(solution.HasConverged);
    }

    [InferNetFact]
    public void One_game_of_two_players()
    {
        var g = new GraphOf();
        var (game, player) = (g.Range("game", 1), g.Range("player", 2));
        var (winner, loser) = (g.Data("winner", Integer, [0], [game], player), g.Data("loser", Integer, [1], [game], player));
        var (skill, first, second, wins) = (g.Unknown("skill", Gaussian, [player]), g.Unknown("first", Gaussian, [game]), g.Unknown("second", Gaussian, [game]), g.Data("wins", FactorDomain.Boolean, [1], [game]));
        var (mean, variance, noise) = (g.Real(25), g.Real(25.0 * 25 / 9), g.Real(25.0 * 25 / 36));
        g.For(player, () => g.Define(skill.At(player), GaussianFromMeanAndVariance, mean, variance));
        g.For(game, () =>
        {
            g.Define(first.At(game), GaussianFromMeanAndVariance, skill.At(winner.At(game)), noise);
            g.Define(second.At(game), GaussianFromMeanAndVariance, skill.At(loser.At(game)), noise);
            g.Define(wins.At(game), Greater, first.At(game), second.At(game));
        });
        var solution = Solve.By(new ExpectationPropagation(), g.Ask(skill).Build());
        Solve.Near(29.205221, Solve.Gaussian(solution, skill).Mean);
        Solve.Near(20.794779, Solve.Gaussian(solution, skill, 1).Mean);
        Solve.Near(51.760562, Solve.Gaussian(solution, skill).Variance);
        Assert.Equal(Math.Log(0.5), solution.LogEvidence!.Value, 8);
    }

    [InferNetTheory]
    [InlineData("ep")]
    [InlineData("vmp")]
    [InlineData("gibbs")]
    public void A_regression_with_a_vector_of_weights(string engine)
    {
        var g = new GraphOf();
        var rows = Enumerable.Range(0, 100).Select(i => (i - 50) / 10.0).ToArray();
        var n = g.Range("n", 100);
        var y = g.Data("y", Gaussian, [.. rows.Select((x, i) => 1.5 + 0.7 * x + 0.5 * Math.Sin(12.9898 * i + 0.3))], [n]);
        var features = g.Data("features", FactorDomain.Vector, [.. rows.SelectMany(x => new[] { 1, x })], [n], shape: [2]);
        var (w, fit) = (g.Unknown("w", FactorDomain.Vector), g.Unknown("fit", Gaussian, [n]));
        g.Define(w.All(), VectorGaussianFromMeanAndPrecision, g.Data("m", FactorDomain.Vector, [0, 0], shape: [2]).All(), g.Data("p", Matrix, [0.01, 0, 0, 0.01], shape: [2, 2]).All());
        var precision = g.Real(4);
        g.For(n, () =>
        {
            g.Define(fit.At(n), InnerProduct, w.All(), features.At(n));
            g.Define(y.At(n), GaussianFromMeanAndPrecision, fit.At(n), precision);
        });
        var belief = (VectorGaussianBelief)Solve.By(Solve.Engine(engine), g.Ask(w).Build()).Beliefs[w][0];
        Solve.Near(1.5111975, belief.Mean[0]);
        Solve.Near(0.69238442, belief.Mean[1]);
        Solve.Near(0.0025006875, belief.Covariance[0]);
        Solve.Near(0.0003000291, belief.Covariance[3]);
    }
}
