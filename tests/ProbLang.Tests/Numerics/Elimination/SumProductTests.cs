using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Numerics;

public sealed class SumProductTests
{
    private const int Cases = 400;

    private static void Near(double expected, double actual, double tolerance, string what)
    {
        if (double.IsNegativeInfinity(expected) || double.IsNaN(expected)) Assert.Equal(expected, actual);
        else Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {actual:R}, not {expected:R}");
    }

    [Fact]
    public void The_log_sum_is_that_of_all_assignments()
    {
        var impossible = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            var graph = FiniteCase.Random(seed);
            var expected = FiniteCase.LogSumExp(graph.Assignments().Select(a => a.Log));
            if (double.IsNegativeInfinity(expected)) impossible++;
            Near(expected, graph.Collect(), 1e-13, $"log sum of {seed}");
        }
        Assert.InRange(impossible, 1, Cases / 2);
    }

    [Fact]
    public void Marginals_are_those_of_all_assignments()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var graph = FiniteCase.Random(seed);
            var logSum = graph.Collect();
            graph.Distribute();
            for (var v = 0; v < graph.Graph.Sizes.Length; v++)
            {
                var marginal = graph.Marginal(v);
                for (var state = 0; state < marginal.Length; state++)
                {
                    var expected = double.IsNegativeInfinity(logSum) ? 0 : FiniteCase.Sum(graph.Assignments().Where(a => a.States[v] == state).Select(a => Math.Exp(a.Log - logSum)));
                    Near(expected, marginal[state], 1e-13, $"P({v} = {state}) of {seed}");
                }
            }
        }
    }

    [Fact]
    public void Expectations_are_those_of_all_assignments()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var graph = FiniteCase.Random(seed);
            var logSum = graph.Collect();
            graph.Distribute();
            var actual = graph.Expectations(2.5);
            double[][] expected = [.. graph.Tables.Select(t => new double[t.Length])];
            if (!double.IsNegativeInfinity(logSum))
                foreach (var (states, log) in graph.Assignments())
                    for (var f = 0; f < expected.Length; f++) expected[f][graph.IndexOf(f, states)] += 2.5 * Math.Exp(log - logSum);
            for (var f = 0; f < expected.Length; f++)
                for (var i = 0; i < expected[f].Length; i++) Near(expected[f][i], actual[f][i], 1e-13, $"table {f}[{i}] of {seed}");
        }
    }

    [Fact]
    public void Expectations_are_the_derivative_of_the_log_sum()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var graph = FiniteCase.Random(seed, impossible: 0);
            graph.Collect();
            graph.Distribute();
            var expectations = graph.Expectations(1);
            for (var f = 0; f < expectations.Length; f++)
            {
                var expected = Pinned.Gradient(graph.Tables[f], graph.Collect);
                for (var i = 0; i < expected.Length; i++) Near(expected[i], expectations[f][i], 1e-8, $"table {f}[{i}] of {seed}");
            }
        }
    }

    [Fact]
    public void A_maximum_is_that_of_all_assignments()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var graph = FiniteCase.Random(seed);
            var states = new int[graph.Graph.Sizes.Length];
            var most = graph.Maximize(states);
            Near(graph.Assignments().Max(a => a.Log), most, 1e-13, $"maximum of {seed}");
            Near(most, graph.Log(states), 1e-13, $"the assignment of {seed}");
        }
    }

    [Fact]
    public void Draws_come_as_often_as_they_are_probable()
    {
        const int Draws = 20_000;
        for (var seed = 0; seed < 12; seed++)
        {
            var graph = FiniteCase.Random(seed + 1000);
            var logSum = graph.Collect();
            if (double.IsNegativeInfinity(logSum)) continue;
            // Of some cases before the joint probabilities are there, of some after.
            if (seed % 2 == 0) graph.Distribute();
            var random = new Philox((ulong)seed, 0, 0);
            var count = new Dictionary<int, int>();
            for (var i = 0; i < Draws; i++)
            {
                var drawn = Number(graph.Sample(ref random));
                count[drawn] = count.GetValueOrDefault(drawn) + 1;
            }
            foreach (var (states, log) in graph.Assignments())
            {
                var p = Math.Exp(log - logSum);
                var often = (double)count.GetValueOrDefault(Number(states)) / Draws;
                Assert.True(p == 0 ? often == 0 : Math.Abs(often - p) <= 5 * Math.Sqrt(p * (1 - p) / Draws) + 3.0 / Draws, $"{seed}: {often}, not {p}");
            }

            int Number(int[] states) => graph.Graph.Sizes.Select((size, v) => (size, states[v])).Aggregate(0, (number, x) => number * x.size + x.Item2);
        }
    }

    [Fact]
    public void Tables_that_differ_by_thousands_lose_no_answer()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var graph = FiniteCase.Random(seed, impossible: 0.3, scale: 3000);
            var logSum = graph.Collect();
            Near(FiniteCase.LogSumExp(graph.Assignments().Select(a => a.Log)), logSum, 1e-13, $"log sum of {seed}");
            graph.Distribute();
            foreach (var gradient in graph.Expectations(1))
            {
                Assert.All(gradient, g => Assert.True(double.IsFinite(g)));
                Near(double.IsNegativeInfinity(logSum) ? 0 : 1, gradient.Sum(), 1e-12, $"expectations of {seed}");
            }
        }
    }

    [Fact]
    public void The_greatest_state_of_one_table_may_be_impossible_by_another()
    {
        var graph = new FiniteCase(new([2, 2], [[0], [0, 1], [1]]),
            [Pinned.Of(3000, -3000), Pinned.Of(double.NegativeInfinity, double.NegativeInfinity, -1, -2), Pinned.Of(-2900, 2900)]);
        Assert.Equal(-3000 - 2 + 2900, graph.Collect(), 1e-12);
        graph.Distribute();
        Assert.Equal([0.0, 1.0], graph.Marginal(0));
    }

    [Fact]
    public void Nothing_possible_in_one_part_is_nothing_possible_at_all()
    {
        var graph = new FiniteCase(new([2, 3, 1], [[0], [1], [], [2]]),
            [Pinned.Of(0, 1), Pinned.Of(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity), Pinned.Of(2), Pinned.Of(1)]);
        Assert.Equal(double.NegativeInfinity, graph.Collect());
        graph.Distribute();
        Assert.All(graph.Expectations(1), gradient => Assert.All(gradient, g => Assert.Equal(0, g)));
        for (var v = 0; v < 3; v++) Assert.All(graph.Marginal(v), p => Assert.Equal(0, p));
        Assert.Throws<InvalidOperationException>(() =>
        {
            var random = new Philox(1, 0, 0);
            graph.Sample(ref random);
        });
    }

    [Fact]
    public void What_is_not_a_number_makes_no_number()
    {
        var count = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            var graph = FiniteCase.Random(seed);
            if (graph.Tables.Length == 0) continue;
            var table = graph.Tables[seed % graph.Tables.Length];
            table[seed % table.Length] = double.NaN;
            Assert.True(double.IsNaN(graph.Collect()), $"{seed}");
            graph.Distribute();
            Assert.All(graph.Expectations(1), gradient => Assert.All(gradient, g => Assert.True(double.IsNaN(g))));
            Assert.True(double.IsNaN(graph.Maximize(new int[graph.Graph.Sizes.Length])), $"{seed}");
            count++;
        }
        Assert.InRange(count, Cases / 2, Cases);
    }

    [Fact]
    public void A_factor_may_stand_for_several_by_its_address()
    {
        var shared = Pinned.Of(0.1, 0.7, -0.4, 0.2);
        var graph = new FiniteCase(new([2, 2, 2], [[0, 1], [1, 2]]), [shared, shared]);
        Assert.Equal(FiniteCase.LogSumExp(graph.Assignments().Select(a => a.Log)), graph.Collect(), 1e-14);
    }
}
