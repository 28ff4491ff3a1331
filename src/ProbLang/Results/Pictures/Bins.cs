using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>A distribution in bins of equal width.</summary>
/// <param name="Range">What they cover.</param>
/// <param name="Masses">The probability of each.</param>
/// <param name="Below">The probability of what is below them.</param>
/// <param name="Above">The probability of what is above them.</param>
internal sealed record Bins(PictureRange Range, ImmutableArray<double> Masses, double Below, double Above)
{
    /// <summary>At most so many bins, and no more than the distribution justifies.</summary>
    public static Bins Of(PicturedDistribution distribution, PictureRange range, int most)
    {
        if (range.IsPoint) return In(distribution, range, 1);
        if (!distribution.IsWhole || !(range.Upper - range.Lower < 1e15)) return In(distribution, range, Math.Clamp(distribution.BinsOver(range.Lower, range.Upper), 1, most));
        // Whole numbers: each bin has equally many of them.
        var (least, greatest) = (Math.Floor(range.Lower), Math.Ceiling(range.Upper));
        var step = Math.Ceiling((greatest - least + 1) / most);
        var bins = (int)Math.Ceiling((greatest - least + 1) / step);
        return In(distribution, range with { Lower = least - 0.5, Upper = least - 0.5 + bins * step }, bins);
    }

    /// <summary>The probability in a column, when the bins are spread over so many; it is that of the whole bin.</summary>
    public double InColumn(int column, int columns) => Masses[(int)((long)column * Masses.Length / columns)];

    private static Bins In(PicturedDistribution distribution, PictureRange range, int count)
    {
        var masses = ImmutableArray.CreateBuilder<double>(count);
        var below = distribution.Below(Math.BitDecrement(range.Lower));
        var so = below;
        for (var k = 1; k <= count; k++)
        {
            var next = Math.Max(so, distribution.Below(range.At((double)k / count)));
            masses.Add(next - so);
            so = next;
        }
        return new Bins(range, masses.MoveToImmutable(), below, Math.Max(0, 1 - so));
    }
}
