using System.Diagnostics;

namespace ProbLang.Graph;

/// <summary>The functions whose first argument is a distribution.</summary>
internal static class DistributionFunctions
{
    private static readonly IReadOnlyDictionary<string, DistributionQuestion> s_byName = Enum.GetValues<DistributionQuestion>().ToDictionary(NameOf);

    /// <summary>As they are written, in the order of the reference page.</summary>
    public static IEnumerable<string> Names => s_byName.Keys;

    public static DistributionQuestion? Find(string name) => s_byName.TryGetValue(name, out var question) ? question : null;

    public static string NameOf(DistributionQuestion question) => question switch
    {
        DistributionQuestion.LogDensity => "log_density",
        DistributionQuestion.Cdf => "cdf",
        DistributionQuestion.LogSurvival => "log_survival",
        DistributionQuestion.Quantile => "quantile",
        _ => throw new UnreachableException(question.ToString()),
    };

    /// <summary>What it answers, for the reference page.</summary>
    public static string Summary(DistributionQuestion question) => question switch
    {
        DistributionQuestion.LogDensity => "The logarithm of the density, or of the probability, of x.",
        DistributionQuestion.Cdf => "The probability of x or less.",
        DistributionQuestion.LogSurvival => "The logarithm of the probability of more than x, exact in the tail.",
        DistributionQuestion.Quantile => "The least x that has a probability p of x or less.",
        _ => throw new UnreachableException(question.ToString()),
    };

    /// <summary>What the value that it is asked at is called.</summary>
    public static string Argument(DistributionQuestion question) => question == DistributionQuestion.Quantile ? "p" : "x";
}
