using System.Collections.Immutable;
using ProbLang.Graph;

namespace ProbLang.FactorGraphs;

/// <summary>Finds the plates that run through some points of a statement: nested ones where the points are such, else one over a list.</summary>
internal sealed class FrameMaking(FactorRanges ranges)
{
    /// <summary>Plates are nested at most so deep.</summary>
    private const int MostAxes = 3;

    /// <param name="statement">The statement.</param>
    /// <param name="points">Which of its points.</param>
    /// <param name="isStep">Whether it is one step of a sequence, or a part of one; else every loop is a plate, even over a single place, so that the structure does not depend on the data.</param>
    public Frame Of(PointStatement statement, int[] points, bool isStep)
    {
        var values = Array.ConvertAll(statement.LoopValues, v => Array.ConvertAll(points, p => v[p]));
        int[] varying = [.. Enumerable.Range(0, values.Length).Where(l => !isStep || values[l].AsSpan().ContainsAnyExcept(values[l][0]))];
        var axes = varying.Length > MostAxes ? null : Nested(statement, values, varying);
        return new Frame(axes ?? [List(statement, values, varying)], statement.Loops, values, points.Length);
    }

    private FrameAxis List(PointStatement statement, int[][] values, int[] varying)
    {
        var range = ranges.OfList((statement.Variable?.Name ?? "condition") + "Row", Array.ConvertAll(varying, l => values[l]));
        return new FrameAxis(range, new RangeIndex(range), [.. varying.Select(l => statement.Loops[l])], [.. Enumerable.Range(0, values[0].Length)]);
    }

    private ImmutableArray<FrameAxis>? Nested(PointStatement statement, int[][] values, int[] varying)
    {
        // Those that are neighbours along the outer axes, from one point to another.
        var count = values.Length == 0 ? 1 : values[0].Length;
        List<(int From, int To)> blocks = [(0, count)];
        var axes = ImmutableArray.CreateBuilder<FrameAxis>();
        foreach (var l in varying)
        {
            var (first, sizes, next, places) = (values[l][0], new List<int>(), new List<(int From, int To)>(), new int[count]);
            foreach (var (from, to) in blocks)
            {
                var place = 0;
                for (var p = from; p < to; place++)
                {
                    if (values[l][p] != first + place) return null;
                    var start = p;
                    while (p < to && values[l][p] == first + place) places[p++] = place;
                    next.Add((start, p));
                }
                sizes.Add(place);
            }
            ImmutableArray<FactorRange> outer = [.. axes.Select(a => a.Range)];
            var range = sizes.TrueForAll(s => s == sizes[0]) ? ranges.Of(KeyOf(statement, l, first, sizes[0]), NameOf(statement, l), outer) : ranges.Ragged(NameOf(statement, l), outer, [.. sizes]);
            axes.Add(new FrameAxis(range, new RangeIndex(range), [statement.Loops[l]], places));
            blocks = next;
        }
        // Several points at one place differ in nothing that a plate could run over.
        return blocks.TrueForAll(b => b.To == b.From + 1) ? axes.ToImmutable() : null;
    }

    public static string KeyOf(PointStatement statement, int loop, int first, int count)
    {
        var text = statement.Sizes[loop] ?? $".{statement.Variable?.Name}.{loop}";
        return FactorRanges.Key(first == 1 ? text : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{first}..{text}"), count);
    }

    private static string NameOf(PointStatement statement, int loop) => statement.Loops[loop].Name;
}
