using System.Runtime.CompilerServices;

namespace ProbLang.InferNet.Tests;

/// <summary>Where the sources of these tests are.</summary>
internal static class Repository
{
    public static string File(string name, [CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, name);
}
