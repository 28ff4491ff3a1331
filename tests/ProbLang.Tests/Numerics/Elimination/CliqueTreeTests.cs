using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Numerics;

public sealed class CliqueTreeTests
{
    private static FiniteGraph Chain(int steps, int states) =>
        new([.. Enumerable.Repeat(states, steps)], [.. Enumerable.Range(1, steps - 1).Select(t => new[] { t - 1, t })]);

    private static FiniteGraph Grid(int side)
    {
        var scopes = new List<int[]>();
        for (var i = 0; i < side; i++)
        {
            for (var j = 0; j < side; j++)
            {
                if (i > 0) scopes.Add([(i - 1) * side + j, i * side + j]);
                if (j > 0) scopes.Add([i * side + j - 1, i * side + j]);
            }
        }
        return new([.. Enumerable.Repeat(2, side * side)], [.. scopes]);
    }

    [Fact]
    public void A_chain_has_a_clique_for_each_transition()
    {
        var tree = CliqueTree.Of(Chain(50, 3));
        Assert.Equal(49, tree.Cliques.Length);
        Assert.Equal(1, tree.Width);
        Assert.Equal(49 * 9, tree.Entries);
        Assert.Equal(2, tree.Largest.Length);
    }

    [Fact]
    public void Width_and_entries_are_those_of_the_best_order_where_it_is_known()
    {
        Assert.Equal((0, 5.0), Of(new([2, 3, 1], [])));
        Assert.Equal((0, 0.0), Of(new([], [[]])));
        // A star, a cycle, a complete graph, a tree of triangles, a grid of 4 by 4.
        Assert.Equal((1, 5 * 12.0), Of(new([4, 3, 3, 3, 3, 3], [.. Enumerable.Range(1, 5).Select(v => new[] { 0, v })])));
        Assert.Equal((2, 6 * 8.0), Of(new([2, 2, 2, 2, 2, 2, 2, 2], [.. Enumerable.Range(0, 8).Select(v => new[] { v, (v + 1) % 8 })])));
        Assert.Equal((5, 64.0), Of(new([2, 2, 2, 2, 2, 2], [.. Enumerable.Range(0, 6).SelectMany(a => Enumerable.Range(0, a).Select(b => new[] { a, b }))])));
        Assert.Equal((2, 24.0), Of(new([2, 2, 2, 2, 2, 2, 2], [[0, 1, 2], [2, 3, 4], [4, 5, 6]])));
        Assert.Equal(4, Of(Grid(4)).Width);

        static (int Width, double Entries) Of(FiniteGraph graph) => CliqueTree.Of(graph) is var tree ? (tree.Width, tree.Entries) : default;
    }

    [Fact]
    public void What_is_too_large_is_known_before_it_is_made()
    {
        int[] sizes = [.. Enumerable.Repeat(10, 40)];
        var tree = CliqueTree.Of(new(sizes, [[.. Enumerable.Range(0, 40)]]));
        Assert.Equal(1e40, tree.Entries, 1e27);
        Assert.Equal(39, tree.Width);
        Assert.Equal(Enumerable.Range(0, 40), tree.Largest.Order());
        Assert.Equal(long.MaxValue, tree.Work);
    }

    public static TheoryData<string> Hopeless() => ["one table", "all pairs", "grid", "two dense parts on a chain"];

    [Theory, MemberData(nameof(Hopeless))]
    public void What_no_order_helps_is_told_with_the_variables_that_make_it_so(string shape)
    {
        var graph = shape switch
        {
            "one table" => new FiniteGraph([.. Enumerable.Repeat(2, 5000)], [[.. Enumerable.Range(0, 5000)]]),
            "all pairs" => new([.. Enumerable.Repeat(2, 700)], [.. Pairs(0, 700)]),
            "grid" => Grid(150),
            _ => new([.. Enumerable.Repeat(3, 1000)], [.. Pairs(0, 60), .. Pairs(900, 1000), .. Enumerable.Range(1, 999).Select(t => new[] { t - 1, t })]),
        };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var tree = CliqueTree.Of(graph);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
        Assert.Equal(long.MaxValue, tree.Work);
        Assert.True(tree.Entries >= 1e15, $"{tree.Entries}");
        Assert.Equal(tree.Width + 1, tree.Largest.Length);
        if (shape.StartsWith("two", StringComparison.Ordinal)) Assert.Subset(Enumerable.Range(0, 60).Concat(Enumerable.Range(900, 100)).ToHashSet(), tree.Largest.ToHashSet());

        static IEnumerable<int[]> Pairs(int start, int end) => Enumerable.Range(start, end - start).SelectMany(a => Enumerable.Range(start, a - start).Select(b => new[] { b, a }));
    }

    [Fact]
    public void The_largest_clique_is_named()
    {
        var tree = CliqueTree.Of(new([2, 2, 2, 9, 9, 1], [[0, 1, 2], [3, 4], [5, 3]]));
        Assert.Equal([3, 4], tree.Largest.Order());
        Assert.Equal(2, tree.Width);
    }

    [Fact]
    public void Every_table_is_within_a_clique_and_the_cliques_of_a_variable_hang_together()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var graph = FiniteCase.Random(seed).Graph;
            var tree = CliqueTree.Of(graph);
            Assert.Equal(Enumerable.Range(0, graph.Scopes.Length), tree.Constants.Concat(tree.Cliques.SelectMany(c => c.Factors.Select(f => f.Factor))).Order());
            for (var c = 0; c < tree.Cliques.Length; c++)
            {
                var clique = tree.Cliques[c];
                foreach (var (factor, _) in clique.Factors) Assert.All(graph.Scopes[factor], v => Assert.True(graph.Sizes[v] == 1 || clique.Variables.Contains(v)));
                Assert.True(clique.Parent < 0 || clique.Parent > c);
                Assert.Equal(clique.Parent >= 0, clique.Shared > 0);
                foreach (var shared in clique.Variables.Take(clique.Shared)) Assert.Contains(shared, tree.Cliques[clique.Parent].Variables);
                foreach (var own in clique.Variables.Skip(clique.Shared)) Assert.Equal(c, tree.CliqueOf[own]);
            }
        }
    }

    [Fact]
    public void A_graph_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentException>(() => CliqueTree.Of(new([0], [])));
        Assert.Throws<ArgumentException>(() => CliqueTree.Of(new([2], [[1]])));
        Assert.Throws<ArgumentException>(() => CliqueTree.Of(new([2, 2], [[0, 1, 0]])));
    }

    public static TheoryData<string> Long() => ["chain", "star", "pairs", "alone", "ladder"];

    /// <summary>By memory, which unlike time is the same each time.</summary>
    [Theory, MemberData(nameof(Long))]
    public void A_plan_grows_as_its_graph(string shape)
    {
        Plan(1000);
        double small = Plan(10_000), large = Plan(100_000);
        Assert.InRange(large / small, 5, 14);

        double Plan(int n)
        {
            var graph = shape switch
            {
                "chain" => Chain(n, 2),
                "star" => new FiniteGraph([.. Enumerable.Repeat(2, n)], [.. Enumerable.Range(1, n - 1).Select(v => new[] { 0, v })]),
                "pairs" => new([.. Enumerable.Repeat(3, n)], [.. Enumerable.Range(0, n / 2).Select(i => new[] { 2 * i, 2 * i + 1 })]),
                "alone" => new([.. Enumerable.Repeat(3, n)], [.. Enumerable.Range(0, n).Select(i => new[] { i })]),
                _ => new([.. Enumerable.Repeat(2, n)], [.. Enumerable.Range(2, n - 2).Select(i => new[] { i - 2, i - 1, i })]),
            };
            var before = GC.GetAllocatedBytesForCurrentThread();
            var tree = CliqueTree.Of(graph);
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.InRange(tree.Width, 0, 2);
            Assert.InRange(tree.Work, n, 20L * n);
            return bytes;
        }
    }

    [Theory, InlineData(10_000), InlineData(100_000)]
    public void Long_chains_are_summed_by_the_tree_as_by_forward_and_backward_passes(int steps)
    {
        var chain = ChainCase.Random(9, steps, 2, true, 0, 3);
        var tree = chain.ToGraph();
        Assert.Equal(chain.Forward(), tree.Collect(), 1e-13 * 3 * steps);
        tree.Distribute();
        var marginals = chain.Backward().Marginals;
        for (var t = 0; t < steps; t += 97) Assert.Equal(marginals[t * 2], tree.Marginal(t)[0], 1e-10);
        var (first, second) = (new int[steps], new int[steps]);
        Assert.Equal(chain.Maximize(first), tree.Maximize(second), 1e-13 * 3 * steps);
        Assert.Equal(first, second);
        var random = new Philox(1, 0, 0);
        Assert.All(tree.Sample(ref random), s => Assert.InRange(s, 0, 1));
    }
}
