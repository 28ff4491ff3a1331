using ProbLang.Binding;
using Xunit;

namespace ProbLang.Tests.Binding;

public class CycleFinderTests
{
    [Fact]
    public void A_cycle_is_found_exactly_where_a_node_reaches_itself()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var n = random.Next(1, 9);
            HashSet<int>[] successors = [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, n).Where(_ => random.NextDouble() < 0.15).ToHashSet())];
            var cycles = CycleFinder.Find(successors);
            Assert.Equal(Enumerable.Range(0, n).Any(i => Reaches(successors, i, i)), cycles.Count > 0);
            foreach (var cycle in cycles)
                for (var i = 0; i < cycle.Count; i++) Assert.Contains(cycle[(i + 1) % cycle.Count], successors[cycle[i]]);
            Assert.Equal(cycles.Sum(c => c.Count), cycles.SelectMany(c => c).Distinct().Count());
        }
    }

    private static bool Reaches(HashSet<int>[] successors, int from, int to)
    {
        var (seen, open) = (new HashSet<int>(), new Stack<int>([from]));
        while (open.TryPop(out var node))
            foreach (var next in successors[node])
            {
                if (next == to) return true;
                if (seen.Add(next)) open.Push(next);
            }
        return false;
    }
}
