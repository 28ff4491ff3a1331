using ProbLang.Inference;
using ProbLang.Results;
using ProbLang.Tests.Analysis;
using Xunit;

namespace ProbLang.Tests.Inference;

/// <summary>What the exact engine is tested against, on answers that are known otherwise.</summary>
public class BruteForceTests
{
    private static BruteForceSolution Solve(string text, object? data = null) =>
        new(Model.Compile(text).Model.Condition(data is null ? Data.Empty : Data.Of(data)).Conditioned);

    private static double Probability(string text, string name, double value, object? data = null)
    {
        var model = Model.Compile(text).Model.Condition(data is null ? Data.Empty : Data.Of(data)).Conditioned;
        return new BruteForceSolution(model).Of(model.Graph.Find(name)!, 0).Probabilities.SingleOrDefault(p => p.Value == value).Probability;
    }

    [Fact]
    public void The_grass_is_wet() => Assert.Equal(0.4581 / 0.64739, Probability(
        """
        cloudy ~ Bernoulli(0.5)
        sprinkler ~ Bernoulli(if cloudy then 0.1 else 0.5)
        rain ~ Bernoulli(if cloudy then 0.8 else 0.2)
        wet ~ Bernoulli(if sprinkler and rain then 0.99 else if sprinkler or rain then 0.9 else 0.001)
        """, "rain", 1, new { wet = true }), 1e-14);

    [Fact]
    public void Two_coins_that_are_not_both_heads()
    {
        Assert.Equal(1.0 / 3, Probability("a ~ Bernoulli(0.5)\nb ~ Bernoulli(0.5)\ngiven not (a and b)", "a", 1), 1e-15);
        Assert.Equal(Math.Log(0.75), Solve("a ~ Bernoulli(0.5)\nb ~ Bernoulli(0.5)\ngiven not (a and b)").LogEvidence, 1e-15);
    }

    [Fact]
    public void The_host_opens_a_door()
    {
        const string Doors = """
            car ~ Categorical([1/3, 1/3, 1/3])
            host ~ Categorical(if car == 1 then [0, 0.5, 0.5] else if car == 2 then [0, 0, 1] else [0, 1, 0])
            """;
        Assert.Equal(2.0 / 3, Probability(Doors, "car", 2, new { host = 3 }), 1e-15);
    }

    [Fact]
    public void What_is_predicted_and_computed_has_its_distribution()
    {
        const string Dice = "a ~ DiscreteUniform(1, 6)\nb ~ DiscreteUniform(1, 6)\ntotal = a + b\nn ~ Binomial(total, 0.5)";
        Assert.Equal(6.0 / 36, Probability(Dice, "total", 7), 1e-14);
        // Known to be at least 11, the sum is 11 in two of three cases.
        Assert.Equal(2.0 / 3, Probability(Dice + "\ngiven total > 10", "total", 11), 1e-14);
        Assert.Equal(2.0 / 3 * Math.Pow(0.5, 11) + Math.Pow(0.5, 12) / 3, Probability(Dice + "\ngiven total > 10", "n", 0), 1e-15);
    }

    [Fact]
    public void A_hidden_chain_has_the_evidence_of_the_forward_algorithm()
    {
        double[] start = [0.6, 0.4], y = [0.3, -1.2, 2.0, 1.1, -0.4];
        double[,] move = { { 0.7, 0.3 }, { 0.2, 0.8 } };
        double Density(double x, int state) => Math.Exp(-0.5 * (x - 2 * state) * (x - 2 * state)) / Math.Sqrt(2 * Math.PI);
        double[] forward = [start[0] * Density(y[0], 0), start[1] * Density(y[0], 1)];
        for (var t = 1; t < y.Length; t++)
            forward = [.. Enumerable.Range(0, 2).Select(k => (forward[0] * move[0, k] + forward[1] * move[1, k]) * Density(y[t], k))];
        const string Chain = """
            input T: count
            z[1] ~ Categorical([0.6, 0.4])
            for t in 2..T { z[t] ~ Categorical(if z[t-1] == 1 then [0.7, 0.3] else [0.2, 0.8]) }
            for t in 1..T { y[t] ~ Normal(2 * (z[t] - 1), 1) }
            """;
        var solution = Solve(Chain, new { T = y.Length, y });
        Assert.Equal(Math.Log(forward.Sum()), solution.LogEvidence, 1e-13);
        Assert.Equal(32, solution.Count);
    }

    [Fact]
    public void A_joint_table_has_the_marginals_and_the_most_probable_values_are_its_greatest()
    {
        var model = ModelText.Condition("a ~ Bernoulli(0.3)\nb ~ Categorical(if a then [0.1, 0.2, 0.7] else [0.5, 0.25, 0.25])\nc ~ Bernoulli(b / 4)\ngiven c = true");
        var solution = new BruteForceSolution(model);
        var (a, b) = (model.Graph.Find("a")!, model.Graph.Find("b")!);
        var table = solution.Joint([(a, 0), (b, 0)]);
        Assert.Equal(1, table.Probabilities.Sum(), 1e-14);
        Assert.Equal(solution.Of(b, 0).Probabilities[2].Probability, table[0, 2] + table[1, 2], 1e-15);
        var most = solution.MostProbable();
        Assert.Equal(table.Probabilities.Max(), Math.Exp(most.LogProbability), 1e-15);
        Assert.Equal([(a, 0, 1.0), (b, 0, 3.0)], most.Values);
    }

    [Fact]
    public void What_one_branch_defines_is_known_given_that_it_holds()
    {
        var model = ModelText.Condition("a ~ Bernoulli(0.25)\nif a { n ~ Binomial(2, 0.5) }");
        var n = new BruteForceSolution(model).Of(model.Graph.Find("n")!, 0);
        Assert.Equal((0.25, 0.5), (Math.Round(n.Holds, 14), Math.Round(n.Probabilities[1].Probability, 14)));
    }

    [Fact]
    public void What_has_no_end_is_cut_off_and_said()
    {
        var model = ModelText.Condition("n ~ Poisson(3)\ny ~ Binomial(n, 0.5)\ngiven y = 2");
        var solution = new BruteForceSolution(model);
        // A thinned Poisson variable is one, and so is what was thinned out.
        Assert.Equal(Math.Log(Math.Exp(-1.5) * 1.5 * 1.5 / 2), solution.LogEvidence, 1e-12);
        Assert.Equal(3.5, solution.Of(model.Graph.Find("n")!, 0).Mean, 1e-9);
        Assert.Single(solution.Notes);
    }

    [Fact]
    public void What_cannot_be_is_evidence_of_probability_zero() =>
        Assert.Equal(double.NegativeInfinity, Solve("a ~ Bernoulli(0.5)\nb ~ Bernoulli(0.5)\ngiven a == b\ngiven a != b").LogEvidence);
}
