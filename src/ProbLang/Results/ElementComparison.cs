using System.Globalization;

namespace ProbLang.Results;

/// <summary>
/// How an engine's answer for an element differs from that of a reference. They agree where the difference of the means is at most a tenth of the reference's standard
/// deviation and the standard deviations are within a tenth of each other; of discrete variables, where the probabilities differ by at most 0.02 in total variation.
/// To each limit come four standard errors of the difference, where it rests on draws.
/// </summary>
public sealed record ElementComparison
{
    /// <summary>How far means may be apart, in standard deviations of the reference.</summary>
    public const double MostDifference = 0.1;

    /// <summary>How far standard deviations may be apart, as the larger over the smaller.</summary>
    public const double MostRatio = 1.1;

    /// <summary>How far probabilities may be apart: half the sum of their differences.</summary>
    public const double MostVariation = 0.02;

    private const double Errors = 4;

    /// <summary>The 95% quantile of a normal is so many standard deviations above the 5% quantile.</summary>
    private const double NormalSpread = 3.2897072539029435;

    private ElementComparison(SummaryRow reference, SummaryRow other) => (Reference, Other) = (reference, other);

    /// <summary>The element, such as <c>theta[3]</c>.</summary>
    public string Element => Reference.Name;

    /// <summary>What the reference says.</summary>
    public SummaryRow Reference { get; }

    /// <summary>What the other engine says.</summary>
    public SummaryRow Other { get; }

    /// <summary>
    /// The mean less that of the reference, in standard deviations of the reference; where one of them has no finite mean and deviation, the median, in 5% to 95% intervals
    /// divided by those of a standard normal. Infinite where the reference is a constant and the other answer another one; NaN for labels.
    /// </summary>
    public double Difference { get; private init; }

    /// <summary>Its standard error, of draws; 0 where there are none.</summary>
    public double DifferenceError { get; private init; }

    /// <summary>The standard deviation as a multiple of that of the reference, or the interval where there are no finite deviations; NaN for labels and of a constant.</summary>
    public double SdRatio { get; private init; }

    /// <summary>The standard error of its logarithm, of draws; 0 where there are none.</summary>
    public double SdRatioError { get; private init; }

    /// <summary>Half the sum of the differences of the probabilities; null for continuous variables.</summary>
    public double? TotalVariation { get; private init; }

    /// <summary>Its standard error, of draws; 0 where there are none.</summary>
    public double TotalVariationError { get; private init; }

    /// <summary>Whether medians and intervals stand in for means and deviations that are not finite.</summary>
    public bool IsByQuantiles { get; private init; }

    /// <summary>Whether nothing differs by more than its limit.</summary>
    public bool Agrees => TotalVariation is not null ? !VariationStands : !DifferenceStands && !RatioStands;

    /// <summary>How bad it is: the greatest difference as a multiple of its limit; at most 1 where they agree.</summary>
    public double Excess => TotalVariation is { } variation
        ? variation / Limit(MostVariation, TotalVariationError)
        : Math.Max(Or0(Math.Abs(Difference)) / Limit(MostDifference, DifferenceError), Or0(Math.Abs(Math.Log(SdRatio))) / Limit(Math.Log(MostRatio), SdRatioError));

    /// <summary><c>agree</c>, or what differs and by how much.</summary>
    public string Verdict
    {
        get
        {
            if (Agrees) return "agree";
            if (TotalVariation is { } variation) return Text($"probabilities differ by {variation:0.00}");
            var parts = new List<string>();
            if (DifferenceStands) parts.Add(double.IsInfinity(Difference) ? "another constant" : $"{(IsByQuantiles ? "medians" : "means")} differ by {Math.Abs(Difference).ToString(Math.Abs(Difference) < 1 ? "0.00" : "0.0", CultureInfo.InvariantCulture)} sd");
            if (RatioStands) parts.Add(Text($"{(IsByQuantiles ? "spread" : "sd")} too {(SdRatio < 1 ? "small" : "large")}: {SdRatio:0.00}"));
            return string.Join("; ", parts);
        }
    }

    private bool VariationStands => !(TotalVariation <= Limit(MostVariation, TotalVariationError));

    private bool DifferenceStands => Math.Abs(Difference) > Limit(MostDifference, DifferenceError);

    private bool RatioStands => Math.Abs(Math.Log(SdRatio)) > Limit(Math.Log(MostRatio), SdRatioError);

    /// <summary>Compares what two engines say of one element.</summary>
    /// <param name="reference">What the reference says.</param>
    /// <param name="referencePrecision">How well its draws know that.</param>
    /// <param name="other">What the other engine says.</param>
    /// <param name="otherPrecision">How well its draws know that.</param>
    internal static ElementComparison Of(SummaryRow reference, Precision referencePrecision, SummaryRow other, Precision otherPrecision)
    {
        var isCategory = !reference.Levels.IsDefaultOrEmpty;
        var isByQuantiles = !double.IsFinite(reference.Mean) || !double.IsFinite(reference.Sd) || !double.IsFinite(other.Mean) || !double.IsFinite(other.Sd);
        var (middle, spread) = Location(reference, isByQuantiles);
        var (otherMiddle, otherSpread) = Location(other, isByQuantiles);
        var compared = new ElementComparison(reference, other)
        {
            IsByQuantiles = isByQuantiles,
            Difference = isCategory ? double.NaN : IsSame(middle, otherMiddle) ? 0 : (otherMiddle - middle) / spread,
            DifferenceError = Math.Sqrt(Square(referencePrecision.Mean) + Square(otherPrecision.Mean * (spread > 0 ? otherSpread / spread : 0))),
            SdRatio = isCategory ? double.NaN : otherSpread / spread,
            SdRatioError = Math.Sqrt(Square(referencePrecision.Sd) + Square(otherPrecision.Sd)),
        };
        return Probabilities(reference) is { Count: > 0 } p && Probabilities(other) is { Count: > 0 } q && (HasValues(reference) || HasValues(other))
            ? compared.WithVariation(p, referencePrecision, q, otherPrecision) : compared;
    }

    private ElementComparison WithVariation(Dictionary<double, double> p, Precision precision, Dictionary<double, double> q, Precision otherPrecision)
    {
        double variation = 0, error = 0;
        foreach (var value in p.Keys.Union(q.Keys))
        {
            var (a, b) = (p.GetValueOrDefault(value), q.GetValueOrDefault(value));
            // Of a value that was never drawn the error is that of a probability as large as the other engine gives it.
            var either = Math.Clamp(Math.Max(a, b), 0, 1);
            variation += 0.5 * Math.Abs(a - b);
            error += 0.5 * Math.Sqrt(either * (1 - either) * (Square(precision.Mean) + Square(otherPrecision.Mean)));
        }
        return this with { TotalVariation = variation, TotalVariationError = error };
    }

    private static bool HasValues(SummaryRow row) => !row.Probabilities.IsEmpty;

    /// <summary>The probability of each value; of a constant, 1.</summary>
    private static Dictionary<double, double> Probabilities(SummaryRow row) =>
        HasValues(row) ? row.Probabilities.ToDictionary(v => v.Value, v => v.Probability) : row.Sd == 0 ? new() { [row.Mean] = 1 } : [];

    private static (double Middle, double Spread) Location(SummaryRow row, bool isByQuantiles) => isByQuantiles ? (row.Q50, (row.Q95 - row.Q5) / NormalSpread) : (row.Mean, row.Sd);

    private static bool IsSame(double a, double b) => a == b || Math.Abs(a - b) <= 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b));

    private static double Limit(double most, double error) => most + Errors * error;

    private static double Or0(double x) => double.IsNaN(x) ? 0 : x;

    private static double Square(double x) => x * x;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
