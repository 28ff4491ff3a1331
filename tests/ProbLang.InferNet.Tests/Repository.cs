namespace ProbLang.InferNet.Tests;

/// <summary>Where the files are that tests read.</summary>
internal static class Repository
{
    private static readonly string s_root = Root();

    public static string Examples => Path.Combine(s_root, "examples");

    /// <summary>Models with known answers, which the tests without Infer.NET read too.</summary>
    public static string KnownAnswers => Path.Combine(s_root, "tests", "ProbLang.Tests", "FactorGraphs", "KnownAnswers");

    /// <summary>A source file of these tests.</summary>
    public static string Source(string name) => Path.Combine(s_root, "tests", "ProbLang.InferNet.Tests", name);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ProbLang.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("the folder of ProbLang.sln");
        return folder.FullName;
    }
}
