namespace ProbLang;

/// <summary>What the parameters of a model could be learned by.</summary>
/// <param name="Name">In the words of the field, such as <c>exact likelihood</c>.</param>
/// <param name="WhyNot">Why it does not apply to the model with its data; null where it does.</param>
/// <param name="IsAvailable">Whether this version has it.</param>
public sealed record LearningObjective(string Name, string? WhyNot, bool IsAvailable)
{
    /// <summary>As it is written on the command line: <c>exact-likelihood</c>.</summary>
    public string Word => WordOf(Name);

    /// <summary>The words for all objectives.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Analysis.Objective.Names.Select(WordOf)];

    /// <summary>The name of the objective that a word stands for; null where there is none.</summary>
    public static string? Named(string? word) => Analysis.Objective.Names.FirstOrDefault(n => WordOf(n) == word);

    private static string WordOf(string name) => name.Replace(' ', '-').ToLowerInvariant();
}
