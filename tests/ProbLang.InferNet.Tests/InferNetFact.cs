using System.Runtime.CompilerServices;

namespace ProbLang.InferNet.Tests;

/// <summary>A test that needs Infer.NET; where the build has none it is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InferNetFactAttribute : FactAttribute
{
    public InferNetFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) : base(file, line) => Skip = Package.Missing;
}

/// <summary>A test with several cases that needs Infer.NET.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InferNetTheoryAttribute : TheoryAttribute
{
    public InferNetTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) : base(file, line) => Skip = Package.Missing;
}

/// <summary>Whether Infer.NET is there.</summary>
internal static class Package
{
    /// <summary>Why tests are skipped; null where they are not.</summary>
    public static string? Missing => new ExpectationPropagation().Unavailable is null ? null : "Infer.NET was not there when this was built.";
}
