namespace ProbLang.Bench;

/// <summary>The models whose gradients are measured.</summary>
internal static class GradientCases
{
    public static IReadOnlyDictionary<string, Func<GradientCase>> All { get; } = new Dictionary<string, Func<GradientCase>>
    {
        ["schools"] = EightSchools.Case,
        ["logistic"] = LogisticRegression.Case,
        ["intercepts"] = VaryingIntercepts.Case,
        ["mixture"] = GaussianMixture.Case,
        ["ar"] = Autoregression.Case,
        ["gp"] = GaussianProcess.Case,
        ["hmm"] = HiddenMarkov.Case,
        ["labels"] = MixtureLabels.Case,
    };
}
