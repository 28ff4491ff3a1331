namespace ProbLang.Packages.Tests;

/// <summary>Where the sources are, seen from the tests' program.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Golden => Path.Combine(Root, "tests", "ProbLang.Packages.Tests", "Golden");

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ProbLang.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));
}
