using ProbLang.Limits;

namespace ProbLang.Results;

/// <summary>Sorts numbers with what belongs to them. Many are sorted in blocks that are merged, so that the computation may end on the way.</summary>
internal static class LongSort
{
    private const int Block = 1 << 16;

    /// <summary>Ascending; equal numbers in any order.</summary>
    public static void Sort(double[] keys, int[] items)
    {
        for (var from = 0; from < keys.Length; from += Block)
        {
            if (from > 0) Budget.Current.Check();
            Array.Sort(keys, items, from, Math.Min(Block, keys.Length - from));
        }
        if (keys.Length <= Block) return;
        var (otherKeys, otherItems) = (new double[keys.Length], new int[items.Length]);
        for (long width = Block; width < keys.Length; width *= 2)
        {
            for (long from = 0; from < keys.Length; from += 2 * width)
                Merge(keys, items, otherKeys, otherItems, (int)from, (int)Math.Min(keys.Length, from + width), (int)Math.Min(keys.Length, from + 2 * width));
            Blockwise.Copy<double>(otherKeys, keys);
            Blockwise.Copy<int>(otherItems, items);
        }
    }

    /// <summary>Two runs that are sorted, one behind the other, into one. NaN comes first, as it does where an array is sorted.</summary>
    private static void Merge(double[] keys, int[] items, double[] toKeys, int[] toItems, int from, int middle, int end)
    {
        var (a, b, looks) = (from, middle, new Ticker());
        for (var at = from; at < end; at++)
        {
            looks.Tick();
            var next = b >= end || a < middle && keys[a].CompareTo(keys[b]) <= 0 ? a++ : b++;
            (toKeys[at], toItems[at]) = (keys[next], items[next]);
        }
    }
}
