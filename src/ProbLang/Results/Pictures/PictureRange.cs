namespace ProbLang.Results;

/// <summary>What part of the line a picture shows.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end, not below the lower one.</param>
/// <param name="IsCutBelow">Whether a heavy tail goes on below.</param>
/// <param name="IsCutAbove">Whether a heavy tail goes on above.</param>
internal readonly record struct PictureRange(double Lower, double Upper, bool IsCutBelow = false, bool IsCutAbove = false)
{
    /// <summary>How far beyond the central 99% a tail may reach, in lengths of these, without being heavy.</summary>
    private const double Heavy = 0.4;

    /// <summary>How far an end of the support may be from what is shown, to be shown as well.</summary>
    private const double Near = 0.1;

    /// <summary>Whether there is a single value.</summary>
    public bool IsPoint => Lower == Upper;

    /// <summary>The central 99.8%, and ends of the support that are near; of a heavy tail the central 99%.</summary>
    public static PictureRange Of(PicturedDistribution distribution)
    {
        double low = distribution.FiniteQuantile(0.005), high = distribution.FiniteQuantile(0.995), length = high - low;
        double lower = distribution.FiniteQuantile(0.001), upper = distribution.FiniteQuantile(0.999), least = distribution.FiniteQuantile(0), greatest = distribution.FiniteQuantile(1);
        var isCutBelow = low - lower > Heavy * length || distribution.Quantile(0) < least;
        var isCutAbove = upper - high > Heavy * length || distribution.Quantile(1) > greatest;
        if (lower - least <= Near * length) lower = least;
        if (greatest - upper <= Near * length) upper = greatest;
        return new PictureRange(low - lower > Heavy * length ? low : lower, upper - high > Heavy * length ? high : upper, isCutBelow, isCutAbove);
    }

    /// <summary>What shows all of several.</summary>
    public static PictureRange Of(IEnumerable<PicturedDistribution> distributions)
    {
        PictureRange? all = null;
        foreach (var distribution in distributions)
        {
            if (distribution.IsEmpty) continue;
            var one = Of(distribution);
            all = all is { } so ? new PictureRange(Math.Min(so.Lower, one.Lower), Math.Max(so.Upper, one.Upper), so.IsCutBelow || one.IsCutBelow, so.IsCutAbove || one.IsCutAbove) : one;
        }
        return all ?? new PictureRange(0, 0);
    }

    /// <summary>The value at a part of the way from one end to the other; also where the length of the range is no number.</summary>
    public double At(double part) => part <= 0 ? Lower : part >= 1 ? Upper : Lower * (1 - part) + Upper * part;

    /// <summary>Where a value is on the way from one end to the other, from 0 to 1.</summary>
    public double PartOf(double value) => IsPoint ? 0.5 : Math.Clamp((value / 2 - Lower / 2) / (Upper / 2 - Lower / 2), 0, 1);
}
