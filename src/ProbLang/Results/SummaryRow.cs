using System.Collections.Immutable;
using System.Globalization;

namespace ProbLang.Results;

/// <summary>What is known of one scalar of the posterior. Monte Carlo columns are NaN where they have no meaning, as for a constant.</summary>
/// <param name="Name">The element, such as <c>theta[3]</c>.</param>
/// <param name="Mean">Posterior mean.</param>
/// <param name="Mcse">Monte Carlo standard error of the mean.</param>
/// <param name="Sd">Posterior standard deviation.</param>
/// <param name="Q5">5% quantile.</param>
/// <param name="Q50">Median.</param>
/// <param name="Q95">95% quantile.</param>
/// <param name="EssBulk">Effective sample size of the rank-normalised draws.</param>
/// <param name="EssTail">The smaller effective sample size of the 5% and 95% quantiles.</param>
/// <param name="RHat">The larger of the rank-normalised split R-hat of the draws and of their distances from the median.</param>
public sealed record SummaryRow(
    string Name, double Mean, double Mcse, double Sd, double Q5, double Q50, double Q95, double EssBulk, double EssTail, double RHat)
{
    /// <summary>For a discrete variable the probability of each value, ascending; else empty.</summary>
    public ImmutableArray<(double Value, double Probability)> Probabilities { get; init; } = [];

    /// <summary>
    /// For an element that only one branch of an <c>if</c> defines, in how many draws of how many that branch holds: the row is over those alone.
    /// Null for an element that is always there.
    /// </summary>
    public (int Draws, int Of)? Holds { get; init; }

    /// <summary>As <see cref="Holds"/>, where it is known without draws: the probability that the branch holds. Null for an element that is always there.</summary>
    public double? HoldsWith { get; init; }

    /// <summary>The distribution where it is one of the catalog, as an exact result may know it; else null.</summary>
    public string? Distribution { get; init; }

    /// <summary>The parameters of <see cref="Distribution"/>, by name.</summary>
    public ImmutableArray<(string Name, double Value)> Parameters { get; init; } = [];

    /// <summary>The bounds at which <see cref="Distribution"/> is cut off, either of which may be infinite; null where it is not.</summary>
    public (double Lower, double Upper)? Truncation { get; init; }

    /// <summary>Whether its values are true and false, as 1 and 0.</summary>
    public bool IsBoolean { get; init; }

    /// <summary>The variable of which it is an element.</summary>
    public string Variable => Name.Split('[', 2)[0];

    /// <summary>The labels of the values 1, 2, … of a category; default or empty where its values are numbers.</summary>
    public ImmutableArray<string> Levels { get; init; }

    /// <summary>What is known of an element from its distribution.</summary>
    public static SummaryRow Of(string name, Marginal marginal)
    {
        ArgumentNullException.ThrowIfNull(marginal);
        return new SummaryRow(name, marginal.Mean, double.NaN, marginal.Sd, marginal.Quantile(0.05), marginal.Quantile(0.5), marginal.Quantile(0.95), double.NaN, double.NaN, double.NaN)
        {
            Probabilities = marginal.Holds > 0 ? marginal.Probabilities : [],
            Distribution = marginal.Distribution,
            Parameters = marginal.Parameters,
            Truncation = marginal.Truncation,
            HoldsWith = marginal.Holds < 1 ? marginal.Holds : null,
        };
    }

    /// <summary>What a value is called: its label where it has one.</summary>
    public string LabelOf(double value) =>
        !Levels.IsDefaultOrEmpty && value >= 1 && value <= Levels.Length ? Levels[(int)value - 1] : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A value as a reader sees it: its label, <c>true</c> or <c>false</c>, a number; a dash where there is none.</summary>
    public string TextOf(double value) => double.IsNaN(value) ? "–" : !IsBoolean ? LabelOf(value) : value != 0 ? "true" : "false";
}
