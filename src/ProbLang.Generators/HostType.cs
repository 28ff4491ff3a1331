using ProbLang.Results;

namespace ProbLang.Generators;

/// <summary>The C# types of a variable.</summary>
/// <param name="variable">The variable.</param>
/// <param name="element">The type of one element.</param>
internal sealed class HostType(VariableDescription variable, string element)
{
    private bool IsText => element == "string";

    /// <summary>Of an input, of which nothing may be missing.</summary>
    public string Whole => Array("");

    /// <summary>Of what may be given in part.</summary>
    public string Partial => variable.Rank switch
    {
        0 => element + "?",
        _ when IsText => Array("?") + "?",
        1 => $"global::ProbLang.Given<{element}>?",
        _ => $"global::ProbLang.Given<{Array("")}, {Array("?")}>?",
    };

    /// <summary>Of what a posterior says.</summary>
    public string Estimate => variable.Value == ValueKind.Label
        ? $"global::ProbLang.LabelEstimate<{element}>"
        : $"global::ProbLang.Estimate<{new HostType(variable, "double").Whole}>";

    private string Array(string suffix) => variable.Rank == 0 ? element : element + suffix + (variable.IsRagged
        ? string.Concat(Enumerable.Repeat("[]", variable.Rank))
        : $"[{new string(',', variable.Rank - 1)}]");
}
