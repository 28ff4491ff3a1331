using System.Collections.Immutable;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>The kernel that suits a structure: rows for single variables, chains for paths, cliques for the rest.</summary>
internal static class SumKernels
{
    /// <summary>
    /// The kernel for components of one structure: factor f of component c is the table at the c-th offset of the f-th place. <paramref name="tree"/>
    /// is the plan of that structure, whose cost the caller has judged.
    /// </summary>
    public static SumKernel Of(CliqueTree tree, int count, ImmutableArray<TablePlace> factors)
    {
        var (sizes, scopes) = tree.Graph;
        if (sizes.Length == 1 && Array.TrueForAll(scopes, s => s.Length == 1)) return new RowsKernel(count, sizes[0], factors);
        return PathOf(tree.Graph) is { } path ? OfPaths([new Paths(tree.Graph, path, count, factors)]) : new EliminationKernel(tree, count, factors);
    }

    /// <summary>
    /// The variables in the order of a path, if that is what they make: all of the same size, each table over one of them or over two that
    /// follow each other, the earlier first.
    /// </summary>
    public static int[]? PathOf(FiniteGraph graph)
    {
        var (sizes, scopes) = graph;
        if (Array.Exists(sizes, s => s != sizes[0]) || Array.Exists(scopes, s => s.Length is 0 or > 2)) return null;
        var (next, hasEarlier) = (new int[sizes.Length], new bool[sizes.Length]);
        Array.Fill(next, -1);
        foreach (var scope in scopes)
        {
            if (scope.Length == 1 || next[scope[0]] == scope[1]) continue;
            if (next[scope[0]] >= 0 || hasEarlier[scope[1]]) return null;
            (next[scope[0]], hasEarlier[scope[1]]) = (scope[1], true);
        }
        // One start and no branch: what is reached from it is a path, and all of it unless there is a cycle.
        if (hasEarlier.Count(h => !h) != 1) return null;
        var path = new List<int>(sizes.Length);
        for (var v = Array.IndexOf(hasEarlier, false); v >= 0; v = next[v]) path.Add(v);
        return path.Count == sizes.Length ? [.. path] : null;
    }

    /// <summary>One kernel for chains of several structures, which have the same number of states but need not have the same length.</summary>
    public static ChainKernel OfPaths(IReadOnlyList<Paths> paths)
    {
        var states = paths[0].Graph.Sizes[0];
        return new ChainKernel(states, [.. paths.SelectMany(p => Enumerable.Repeat(p.Order.Length, p.Count))], Columns(paths, 1), Columns(paths, 2));
    }

    /// <summary>The factors over one step, or over two that follow each other, dealt out so that each column has one at most in each place, all of one input.</summary>
    private static ImmutableArray<TablePlace> Columns(IReadOnlyList<Paths> paths, int arity)
    {
        var columns = new List<TablePlace>();
        var ofInput = new Dictionary<(int Input, int Spacing, int Depth), TablePlace>();
        var places = paths.Sum(p => p.Count * (p.Order.Length - arity + 1));
        var start = 0;
        foreach (var (graph, order, count, factors) in paths)
        {
            var length = order.Length - arity + 1;
            var position = new int[order.Length];
            for (var t = 0; t < order.Length; t++) position[order[t]] = t;
            var used = new Dictionary<(int Input, int Spacing, int At), int>();
            for (var f = 0; f < factors.Length; f++)
            {
                if (graph.Scopes[f].Length != arity) continue;
                var (input, spacing, at) = (factors[f].Input, factors[f].Spacing, position[graph.Scopes[f][0]]);
                var depth = used.GetValueOrDefault((input, spacing, at));
                used[(input, spacing, at)] = depth + 1;
                if (!ofInput.TryGetValue((input, spacing, depth), out var column))
                {
                    columns.Add(column = new TablePlace(input, new int[places], spacing));
                    Array.Fill(column.Offsets, TablePlace.None);
                    ofInput.Add((input, spacing, depth), column);
                }
                for (var c = 0; c < count; c++) column.Offsets[start + c * length + at] = factors[f].Offsets[c];
            }
            start += count * length;
        }
        return [.. columns];
    }
}

/// <summary>Components of one structure, each of which is a path.</summary>
/// <param name="Graph">The structure.</param>
/// <param name="Order">Its variables in the order of the path.</param>
/// <param name="Count">How many components.</param>
/// <param name="Factors">The tables of each factor, an offset for each component.</param>
internal sealed record Paths(FiniteGraph Graph, int[] Order, int Count, ImmutableArray<TablePlace> Factors);
