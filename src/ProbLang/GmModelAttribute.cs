namespace ProbLang;

/// <summary>
/// Makes a partial class one of a model: the generator of the package ProbLang.Generators compiles the <c>.gm</c> file while the program is built, adds typed data and results, and
/// shows the mistakes in the file as those of the build. Without that package it does nothing.
/// </summary>
/// <param name="path">The file, from the folder of the source file with the class or from that of the project, with <c>/</c> between folders.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GmModelAttribute(string path) : Attribute
{
    /// <summary>The file of the model.</summary>
    public string Path { get; } = path;
}
