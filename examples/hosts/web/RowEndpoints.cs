using System.Globalization;
using System.Text.Json;

namespace ProbLang.Hosts.Web;

/// <summary>Rows that are not among the data: a JSON object with a value by the name of each input.</summary>
internal static class RowEndpoints
{
    private static readonly double[] s_levels = [0.05, 0.5, 0.95];

    /// <summary>The log predictive density of what the row gives.</summary>
    public static IResult Score(JsonElement row, CurrentPosterior posterior, CancellationToken aborted)
    {
        var scorer = posterior.Scorer;
        return TypedResults.Ok(new { logDensity = Number(scorer.Score(row, aborted)), draws = scorer.Draws });
    }

    /// <summary>The distribution of what the row does not give.</summary>
    public static IResult Predict(JsonElement row, CurrentPosterior posterior, CancellationToken aborted)
    {
        var prediction = posterior.Scorer.Predict(row, cancellation: aborted);
        return TypedResults.Ok(prediction.Elements.ToDictionary(e => e.Name, Described));
    }

    private static object Described(PredictedElement element) => element.IsExact
        ? new { probabilities = Enumerable.Range(0, element.Values.Length).ToDictionary(i => NameOf(element, element.Values[i]), i => element.Probabilities[i]) }
        : new { mean = element.Mean, sd = element.Sd, quantiles = s_levels.ToDictionary(p => p.ToString(CultureInfo.InvariantCulture), element.Quantile) };

    private static string NameOf(PredictedElement element, double value) => element.Levels.IsEmpty ? value.ToString(CultureInfo.InvariantCulture) : element.Levels[(int)value - 1];

    /// <summary>JSON has no infinity.</summary>
    private static double? Number(double value) => double.IsFinite(value) ? value : null;
}
