using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>Counts the elements of arrays whose inner sizes may depend on outer indices.</summary>
public static class FactorCounting
{
    /// <summary>How many elements an array over these ranges has.</summary>
    public static int Count(ImmutableArray<FactorRange> ranges)
    {
        if (!ranges.Any(r => r.IsRagged)) return ranges.Aggregate(1, (count, range) => checked(count * range.Count));
        var count = 0;
        ForEach(ranges, _ => count++);
        return count;
    }

    /// <summary>Calls back for every element, with its index, which is only good during the call.</summary>
    public static void ForEach(ImmutableArray<FactorRange> ranges, Action<int[]> body)
    {
        var index = new int[ranges.Length];
        Enter(0);

        void Enter(int depth)
        {
            if (depth == ranges.Length)
            {
                body(index);
                return;
            }
            var size = SizeOf(ranges[depth], ranges, index);
            for (index[depth] = 0; index[depth] < size; index[depth]++) Enter(depth + 1);
        }
    }

    /// <summary>The size of a range where those around it have these indices.</summary>
    public static int SizeOf(FactorRange range, ImmutableArray<FactorRange> ranges, ReadOnlySpan<int> index)
    {
        if (!range.IsRagged) return range.Count;
        // The array of sizes is over the ranges outside, in their order, which are not ragged themselves more than two deep.
        var at = new int[range.Size.Indices.Length];
        for (var i = 0; i < at.Length; i++) at[i] = index[ranges.IndexOf(((RangeIndex)range.Size.Indices[i]).Range)];
        return (int)range.Size.Variable.Data!.Numbers.Span[Offset(range.Size.Variable.Ranges, at)];
    }

    /// <summary>The place of an element among all.</summary>
    public static int Offset(ImmutableArray<FactorRange> ranges, ReadOnlySpan<int> index)
    {
        if (!ranges.Any(r => r.IsRagged))
        {
            var offset = 0;
            for (var d = 0; d < ranges.Length; d++) offset = offset * ranges[d].Count + index[d];
            return offset;
        }
        var (at, found, wanted) = (0, -1, index.ToArray());
        ForEach(ranges, i =>
        {
            if (i.AsSpan().SequenceEqual(wanted)) found = at;
            at++;
        });
        return found;
    }
}
