namespace ProbLang.Posteriors;

/// <summary>Where the sources are, seen from the tests' program.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Models => Path.Combine(Root, "tests", "ProbLang.Posteriors", "Models");

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ProbLang.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));
}
