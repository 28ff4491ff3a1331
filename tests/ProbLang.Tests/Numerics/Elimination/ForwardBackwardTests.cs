using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Numerics;

public sealed class ForwardBackwardTests
{
    /// <summary>Sizes on both sides of a lane and of two, and what makes the tables hard: nothing, zeros, thousands, both.</summary>
    public static TheoryData<int, bool, double, double> Cases()
    {
        var data = new TheoryData<int, bool, double, double>();
        foreach (var states in new[] { 1, 2, 3, 4, 5, 7, 8, 9, 13, 16 })
            foreach (var isHomogeneous in new[] { true, false })
                foreach (var (impossible, scale) in new (double, double)[] { (0, 3), (0.3, 3), (0, 90), (0.3, 60), (0, 3000), (0.3, 3000) }) data.Add(states, isHomogeneous, impossible, scale);
        return data;
    }

    private static void Near(double expected, double actual, double tolerance, string what)
    {
        if (double.IsNegativeInfinity(expected) || double.IsNaN(expected)) Assert.Equal(expected, actual);
        else Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {actual:R}, not {expected:R}");
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_chain_is_the_graph_that_it_is(int states, bool isHomogeneous, double impossible, double scale)
    {
        foreach (var steps in new[] { 1, 2, 3, 4, 5, 6, 9, 24 })
        {
            for (var seed = 0; seed < 5; seed++)
            {
                var chain = ChainCase.Random(seed, steps, states, isHomogeneous, impossible, scale);
                var graph = chain.ToGraph();
                var what = $"{steps} steps of seed {seed}";
                // The log sum is the small difference of large numbers, each of which is rounded.
                var ofSum = 1e-13 + 1e-15 * scale * steps;
                Near(graph.Collect(), chain.Forward(), ofSum, what);
                graph.Distribute();
                // Rounding of the tables' own size stands in the exponent.
                var tolerance = 1e-13 * Math.Max(1, scale / 3);
                var expected = graph.Expectations(1);
                var (marginals, pairs) = chain.Backward();
                double[] expectedMarginals = [.. expected.Take(steps).SelectMany(e => e)], expectedPairs = [.. expected.Skip(steps).SelectMany(e => e)];
                if (isHomogeneous) expectedPairs = [.. Enumerable.Range(0, pairs.Length).Select(i => expected.Skip(steps).Sum(e => e[i]))];
                Assert.Equal(expectedMarginals.Length, marginals.Length);
                Assert.Equal(expectedPairs.Length, pairs.Length);
                for (var i = 0; i < marginals.Length; i++) Near(expectedMarginals[i], marginals[i], tolerance, $"state {i}, {what}");
                for (var i = 0; i < pairs.Length; i++) Near(expectedPairs[i], pairs[i], tolerance, $"pair {i}, {what}");

                var path = new int[steps];
                var most = chain.Maximize(path);
                Near(graph.Maximize(new int[steps]), most, ofSum, $"maximum, {what}");
                Near(most, graph.Log(path), ofSum, $"the path of the maximum, {what}");
            }
        }
    }

    [Fact]
    public void Zeros_and_thousands_take_logarithms_and_nothing_else_does()
    {
        static bool IsLogarithmic(double impossible, double scale)
        {
            var chain = ChainCase.Random(3, 20, 3, true, impossible, scale);
            Assert.True(double.IsFinite(chain.Forward()));
            return chain.IsLogarithmic;
        }

        Assert.False(IsLogarithmic(0, 3));
        Assert.False(IsLogarithmic(0.1, 3));
        Assert.True(IsLogarithmic(0, 3000));
        Assert.True(IsLogarithmic(0.1, 3000));
    }

    [Fact]
    public void Emissions_that_differ_by_thousands_stay_scaled_where_every_state_can_follow_every_other()
    {
        var chain = ChainCase.Random(4, 50, 3, true, 0, 3);
        for (var i = 0; i < chain.Unaries.Length; i++) chain.Unaries[i] *= 1000;
        var graph = chain.ToGraph();
        Near(graph.Collect(), chain.Forward(), 1e-13, "log sum");
        Assert.False(chain.IsLogarithmic);
    }

    [Theory, InlineData(2), InlineData(6)]
    public void A_state_that_lost_by_more_than_a_double_holds_can_win_later(int states)
    {
        const int Steps = 300, Turn = 100;
        var (unaries, transitions) = (Pinned.Zeros(Steps * states), Pinned.Zeros(states * states));
        for (var i = 0; i < states; i++)
            for (var j = 0; j < states; j++) transitions[i * states + j] = i == j ? 0 : double.NegativeInfinity;
        for (var t = 0; t < Steps; t++)
            for (var i = 0; i < states; i++) unaries[t * states + i] = i == 0 == t < Turn ? -8 : 0;
        var chain = new ChainCase(new(Steps, states, true), unaries, transitions);
        Assert.Equal(-8.0 * Turn, chain.Forward(), 1e-10);
        Assert.True(chain.IsLogarithmic);
        Assert.Equal(1, chain.Backward().Marginals[0], 1e-13);
    }

    [Theory, InlineData(3, true, 0, 2), InlineData(3, false, 0.3, 2), InlineData(2, true, 0.1, 400), InlineData(6, true, 0.2, 2), InlineData(5, false, 0.2, 400)]
    public void Draws_come_as_often_as_they_are_probable(int states, bool isHomogeneous, double impossible, double scale)
    {
        const int Draws = 20_000, Steps = 5;
        var chain = ChainCase.Random(11, Steps, states, isHomogeneous, impossible, scale);
        Assert.True(double.IsFinite(chain.Forward()));
        var (marginals, pairs) = chain.Backward();
        var random = new Philox(7, 0, 0);
        double[] ofStates = new double[marginals.Length], ofPairs = new double[pairs.Length];
        for (var i = 0; i < Draws; i++)
        {
            var path = chain.Sample(ref random);
            for (var t = 0; t < Steps; t++) ofStates[t * states + path[t]] += 1.0 / Draws;
            for (var t = 0; t + 1 < Steps; t++) ofPairs[(isHomogeneous ? 0 : t * states * states) + path[t] * states + path[t + 1]] += 1.0 / Draws;
        }
        for (var i = 0; i < marginals.Length; i++) Often(marginals[i], ofStates[i], 1);
        // A pair that may come at each step comes at most as often as if all came together.
        for (var i = 0; i < pairs.Length; i++) Often(pairs[i], ofPairs[i], isHomogeneous ? Steps - 1 : 1);

        static void Often(double p, double often, int steps)
        {
            var rate = Math.Min(1, p / steps);
            Assert.True(Math.Abs(often - p) <= 5 * steps * Math.Sqrt(rate * (1 - rate) / Draws) + 3.0 / Draws, $"{often}, not {p}");
        }
    }

    [Theory, InlineData(2), InlineData(3), InlineData(8), InlineData(11)]
    public void What_is_not_a_number_makes_no_number(int states)
    {
        foreach (var isUnary in new[] { true, false })
        {
            var chain = ChainCase.Random(5, 9, states, true, 0.1, 2);
            (isUnary ? chain.Unaries : chain.Transitions)[states - 1] = double.NaN;
            Assert.True(double.IsNaN(chain.Forward()));
            var (marginals, pairs) = chain.Backward();
            Assert.All(marginals.Concat(pairs), p => Assert.True(double.IsNaN(p)));
            Assert.True(double.IsNaN(chain.Maximize(new int[9])));
        }
    }

    [Theory, InlineData(2), InlineData(8)]
    public void Nothing_possible_is_minus_infinity_with_no_gradient(int states)
    {
        foreach (var isUnary in new[] { true, false })
        {
            var chain = ChainCase.Random(5, 9, states, true, 0, 2);
            if (isUnary) Array.Fill(chain.Unaries, double.NegativeInfinity, 4 * states, states);
            else Array.Fill(chain.Transitions, double.NegativeInfinity);
            Assert.Equal(double.NegativeInfinity, chain.Forward());
            var (marginals, pairs) = chain.Backward();
            Assert.All(marginals.Concat(pairs), p => Assert.Equal(0, p));
            Assert.Throws<InvalidOperationException>(() =>
            {
                var random = new Philox(1, 0, 0);
                chain.Sample(ref random);
            });
        }
    }

    [Theory, InlineData(2, 10_000), InlineData(2, 100_000), InlineData(3, 100_000), InlineData(6, 10_000)]
    public void Long_chains_keep_their_probabilities(int states, int steps)
    {
        var chain = ChainCase.Random(6, steps, states, true, 0, 3);
        Assert.True(double.IsFinite(chain.Forward()));
        var (marginals, pairs) = chain.Backward();
        for (var t = 0; t < steps; t++) Assert.Equal(1, marginals.AsSpan(t * states, states).ToArray().Sum(), 1e-10);
        Assert.Equal(steps - 1, pairs.Sum(), 1e-10 * steps);
        var path = new int[steps];
        Assert.True(double.IsFinite(chain.Maximize(path)));
    }
}
