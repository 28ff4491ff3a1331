namespace ProbLang.Packages.Tests;

/// <summary>Texts that were read and accepted.</summary>
internal static class Golden
{
    /// <summary>Compares with the file; with PROBLANG_ACCEPT=1 it is written.</summary>
    public static void Holds(string name, string text)
    {
        var path = Path.Combine(Repository.Golden, name);
        if (Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1") File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"{path} is not there: PROBLANG_ACCEPT=1 writes it");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
