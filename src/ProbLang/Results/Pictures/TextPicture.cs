using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>Distributions as pictures made of characters: blocks of Unicode, or ASCII where those cannot be shown.</summary>
public static class TextPicture
{
    /// <summary>The narrowest picture.</summary>
    public const int LeastWidth = 8;

    /// <summary>
    /// A distribution in a line. Of at most four values each has a bar and its probability: <c>false ▂ 0.2000  true ▇ 0.8000</c>. Else it is <paramref name="width"/> blocks, one for each
    /// value where these are few, for bins otherwise; heavy tails are cut off at the central 99%, with … at the end that goes on. Without draws it is blank.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The width is less than <see cref="LeastWidth"/>.</exception>
    public static string Sparkline(PicturedDistribution distribution, int width = 24, bool isAscii = false)
    {
        Check(distribution, width);
        return Results.Sparkline.Of(distribution, width, Glyphs.Of(isAscii));
    }

    /// <summary>
    /// A distribution in several lines: a bar with its probability for each of few values, else columns over an axis with round numbers, with the median and the interval from 5% to 95% below.
    /// Every line ends with a line end.
    /// </summary>
    /// <param name="name">What stands above it.</param>
    /// <param name="distribution">The distribution.</param>
    /// <param name="width">How many characters a line has at most, apart from long labels.</param>
    /// <param name="height">How many lines the columns have.</param>
    /// <param name="isAscii">Whether only ASCII can be shown.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is less than <see cref="LeastWidth"/>, or there is no line.</exception>
    public static string Plot(string name, PicturedDistribution distribution, int width = 72, int height = 10, bool isAscii = false)
    {
        Check(distribution, width);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return DistributionPlot.Of(name, distribution, width, height, Glyphs.Of(isAscii));
    }

    /// <summary>The elements of an array, a line each: intervals from 5% to 95% with the median on one axis, of discrete ones the probabilities. Every line ends with a line end.</summary>
    /// <param name="rows">The elements with their names.</param>
    /// <param name="width">How many characters a line has.</param>
    /// <param name="isAscii">Whether only ASCII can be shown.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is less than <see cref="LeastWidth"/>.</exception>
    public static string Rows(IReadOnlyList<(string Name, PicturedDistribution Distribution)> rows, int width = 72, bool isAscii = false)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, LeastWidth);
        return rows.Count == 0 ? "" : ForestPlot.Of(rows, width, Glyphs.Of(isAscii));
    }

    /// <summary>The draws of each chain in the order in which they were drawn, on one scale. Every line ends with a line end.</summary>
    /// <param name="name">What stands above it.</param>
    /// <param name="chains">The draws of each chain.</param>
    /// <param name="width">How many characters a line has.</param>
    /// <param name="height">How many lines a chain has.</param>
    /// <param name="isAscii">Whether only ASCII can be shown.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is less than <see cref="LeastWidth"/>, or there is no line.</exception>
    public static string Trace(string name, IReadOnlyList<ImmutableArray<double>> chains, int width = 72, int height = 3, bool isAscii = false)
    {
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, LeastWidth);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return TracePlot.Of(name, chains, width, height, isAscii);
    }

    private static void Check(PicturedDistribution distribution, int width)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, LeastWidth);
    }
}
