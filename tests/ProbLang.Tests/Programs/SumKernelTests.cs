using System.Collections.Immutable;
using ProbLang.Numerics;
using ProbLang.Programs;
using ProbLang.Tests.Numerics;
using Xunit;

namespace ProbLang.Tests.Programs;

public sealed class SumKernelTests
{
    /// <summary>Components of one structure, with tables that are shared, that follow each other, and that lie anywhere.</summary>
    private static (FiniteGraph Graph, int Count, ImmutableArray<TablePlace> Factors, double[][] Inputs) Components(int seed, FiniteGraph graph, int count, bool isSpaced = false)
    {
        var random = new Random(seed);
        int[] lengths = [.. Enumerable.Range(0, 3).Select(_ => 0)];
        var places = new List<TablePlace>();
        for (var f = 0; f < graph.Scopes.Length; f++)
        {
            var (input, size, start) = (random.Next(3), (int)graph.Entries(f), 0);
            start = lengths[input];
            int[] order = [.. Enumerable.Range(0, count)];
            // Of one variable with the state slowest too.
            var kind = random.Next(isSpaced && graph.Scopes[f].Length == 1 ? 4 : 3);
            if (kind == 2) random.Shuffle(order);
            places.Add(kind == 3 ? new TablePlace(input, [.. order.Select(c => start + c)], count)
                : new TablePlace(input, [.. order.Select(c => start + (kind == 0 ? 0 : c * size))]));
            lengths[input] += kind == 0 ? size : count * size;
        }
        return (graph, count, [.. places], [.. lengths.Select(l => FiniteCase.Table(random, l, 0.08, 3))]);
    }

    private static void Check((FiniteGraph Graph, int Count, ImmutableArray<TablePlace> Factors, double[][] Inputs) components, SumKernel kernel, string what)
    {
        var (graph, count, factors, inputs) = components;
        double[] seeds = [.. Enumerable.Range(0, count).Select(c => 1 + 0.5 * c)];
        var (expected, gradients) = SumKernelCase.ByTree(graph, count, factors, inputs, seeds);
        var program = new SumKernelCase(kernel, inputs[..kernel.Inputs]);
        var sums = program.Forward();
        for (var c = 0; c < count; c++) Near(expected[c], sums[c], $"{what}: sum {c}");
        foreach (var without in new[] { -1, 0, 1, 2 })
        {
            var actual = program.Gradients(seeds, input => input != without);
            for (var input = 0; input < kernel.Inputs; input++)
            {
                if (input == without)
                {
                    Assert.Null(actual[input]);
                    continue;
                }
                for (var i = 0; i < inputs[input].Length; i++) Near(gradients[input][i], actual[input]![i], $"{what}: d input {input}[{i}]");
            }
        }
    }

    private static void Near(double expected, double actual, string what)
    {
        if (double.IsNegativeInfinity(expected)) Assert.Equal(expected, actual);
        else Assert.True(Math.Abs(expected - actual) <= 1e-12 * Math.Max(1, Math.Abs(expected)), $"{what}: {actual:R}, not {expected:R}");
    }

    [Fact]
    public void Components_of_any_structure_are_summed_by_its_tree()
    {
        for (var seed = 0; seed < 120; seed++)
        {
            var components = Components(seed, FiniteCase.Random(seed).Graph, 1 + seed % 6);
            Check(components, new EliminationKernel(CliqueTree.Of(components.Graph), components.Count, components.Factors), $"graph {seed}");
        }
    }

    [Fact]
    public void Single_variables_are_summed_in_rows()
    {
        for (var seed = 0; seed < 120; seed++)
        {
            int[][] scopes = [.. Enumerable.Repeat(new[] { 0 }, seed % 4)];
            var components = Components(seed, new FiniteGraph([1 + seed % 11], scopes), 1 + seed % 9, isSpaced: true);
            Check(components, new RowsKernel(components.Count, components.Graph.Sizes[0], components.Factors), $"rows {seed}");
        }
    }

    [Fact]
    public void Single_variables_may_have_the_state_slowest()
    {
        for (var seed = 0; seed < 120; seed++)
        {
            var (states, count) = (2 + seed % 8, 2 + seed % 9);
            var random = new Random(seed);
            ImmutableArray<TablePlace> factors = [new(0, [.. Enumerable.Range(0, count)], count), new(1, [.. Enumerable.Repeat(1, count)], 2),
                new(2, [.. Enumerable.Range(3, count)], count + 2)];
            if (seed % 3 == 0) factors = factors[..2];
            var components = (new FiniteGraph([states], [.. factors.Select(_ => new[] { 0 })]), count, factors, new[] { count * states, 2 * states, (count + 2) * states + 3 }
                .Select(l => FiniteCase.Table(random, l, 0.1, seed % 2 == 0 ? 3 : 2000)).ToArray());
            var kernel = SumKernels.Of(CliqueTree.Of(components.Item1), count, factors);
            Assert.IsType<RowsKernel>(kernel);
            Check(components, kernel, $"columns {seed}");
        }
    }

    [Fact]
    public void A_table_of_two_variables_has_its_entries_together() => Assert.Throws<ArgumentException>(() =>
        new EliminationKernel(CliqueTree.Of(new([2, 3], [[0, 1]])), 4, [new TablePlace(0, [0, 1, 2, 3], 4)]));

    [Fact]
    public void Paths_are_summed_as_chains()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (states, steps) = (2 + seed % 5, 2 + seed % 7);
            int[] order = [.. Enumerable.Range(0, steps)];
            random.Shuffle(order);
            int[][] scopes = [.. Enumerable.Range(0, steps - 1).Select(t => new[] { order[t], order[t + 1] }),
                .. Enumerable.Range(0, steps).SelectMany(t => Enumerable.Repeat(new[] { order[t] }, random.Next(3))),
                .. random.Next(2) == 0 ? Array.Empty<int[]>() : [[order[0], order[1]]]];
            random.Shuffle(scopes);
            var components = Components(seed, new FiniteGraph([.. Enumerable.Repeat(states, steps)], scopes), 1 + seed % 4, isSpaced: true);
            var kernel = SumKernels.Of(CliqueTree.Of(components.Graph), components.Count, components.Factors);
            Assert.IsType<ChainKernel>(kernel);
            Check(components, kernel, $"chain {seed}");
        }
    }

    [Fact]
    public void Chains_of_different_lengths_share_transitions()
    {
        for (var states = 1; states <= 9; states++)
        {
            var random = new Random(states);
            ImmutableArray<int> lengths = [1, 5, 2, 1, 12];
            var steps = lengths.Sum();
            // Emissions in rows, the first of each chain with one more table, and one table of transitions.
            double[][] inputs = [FiniteCase.Table(random, steps * states, 0.05, 3), FiniteCase.Table(random, states, 0, 1), FiniteCase.Table(random, states * states, 0.05, 2)];
            var firsts = new int[steps];
            Array.Fill(firsts, TablePlace.None);
            for (int c = 0, t = 0; c < lengths.Length; t += lengths[c++]) firsts[t] = 0;
            int[] rows = [.. Enumerable.Range(0, steps).Select(t => t * states)];
            var kernel = new ChainKernel(states, lengths, [new(0, rows), new(1, firsts)], [new(2, new int[steps - lengths.Length])]);
            double[] seeds = [0.5, 2, -1, 3, 1];
            var program = new SumKernelCase(kernel, inputs);
            var sums = program.Forward();
            var gradients = program.Gradients(seeds, _ => true);
            double[][] expected = [.. inputs.Select(i => new double[i.Length])];
            for (int c = 0, t = 0; c < lengths.Length; t += lengths[c++])
            {
                var graph = new FiniteGraph([.. Enumerable.Repeat(states, lengths[c])],
                    [.. Enumerable.Range(0, lengths[c]).Select(i => new[] { i }), [0], .. Enumerable.Range(1, lengths[c] - 1).Select(i => new[] { i - 1, i })]);
                ImmutableArray<TablePlace> factors = [.. Enumerable.Range(t, lengths[c]).Select(i => new TablePlace(0, [i * states])), new(1, [0]),
                    .. Enumerable.Range(1, lengths[c] - 1).Select(_ => new TablePlace(2, [0]))];
                var (sum, ofChain) = SumKernelCase.ByTree(graph, 1, factors, inputs, [seeds[c]]);
                Near(sum[0], sums[c], $"sum {c} of {states}");
                for (var i = 0; i < 3; i++)
                    for (var k = 0; k < ofChain[i].Length; k++) expected[i][k] += ofChain[i][k];
            }
            for (var i = 0; i < 3; i++)
                for (var k = 0; k < expected[i].Length; k++) Near(expected[i][k], gradients[i]![k], $"d input {i}[{k}] of {states}");
        }
    }

    [Fact]
    public void The_adjoint_is_that_of_finite_differences()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var graph = seed % 3 == 0 ? new FiniteGraph([3], [[0], [0]]) : seed % 3 == 1 ? new FiniteGraph([3, 3, 3], [[0, 1], [1, 2], [0], [2]]) : FiniteCase.Random(seed, 0).Graph;
            var (_, count, factors, inputs) = Components(seed, graph, 5);
            foreach (var input in inputs)
                for (var i = 0; i < input.Length; i++) input[i] = double.IsInfinity(input[i]) ? -1 : input[i];
            var kernel = SumKernels.Of(CliqueTree.Of(graph), count, factors);
            var program = new SumKernelCase(kernel, inputs[..kernel.Inputs]);
            program.Forward();
            double[] seeds = [1, 2, -1, 0.5, 3];
            var gradients = program.Gradients(seeds, _ => true);
            for (var input = 0; input < kernel.Inputs; input++)
            {
                var expected = Pinned.Gradient(inputs[input], () => program.Forward().Zip(seeds).Sum(x => x.First * x.Second));
                for (var i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - gradients[input]![i]) <= 1e-7, $"{seed}: {gradients[input]![i]}, by differences {expected[i]}");
            }
        }
    }

    [Fact]
    public void What_is_no_path_is_none()
    {
        Assert.Null(SumKernels.PathOf(new([2, 3], [[0, 1]])));
        Assert.Null(SumKernels.PathOf(new([2, 2, 2], [[0, 1], [0, 2]])));
        Assert.Null(SumKernels.PathOf(new([2, 2, 2], [[0, 1], [2, 1]])));
        Assert.Null(SumKernels.PathOf(new([2, 2, 2], [[0, 1], [1, 2], [2, 0]])));
        Assert.Null(SumKernels.PathOf(new([2, 2, 2], [[0, 1]])));
        Assert.Null(SumKernels.PathOf(new([2, 2, 2], [[1, 2], [2, 1]])));
        Assert.Null(SumKernels.PathOf(new([2, 2], [[0, 1], []])));
        Assert.Equal([1, 2, 0], SumKernels.PathOf(new([2, 2, 2], [[2, 0], [1, 2], [0]]))!);
    }
}
