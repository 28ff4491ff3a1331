using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ProbLang.Generators;

/// <summary>What the build is told, with its place.</summary>
internal sealed record Message(string Id, bool IsError, string Text, Place Place)
{
    private const string Category = "ProbLang";

    /// <summary>The message as one of the compiler's.</summary>
    public Diagnostic ToDiagnostic()
    {
        var severity = IsError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
        return Diagnostic.Create(new DiagnosticDescriptor(Id, IsError ? "A mistake in a model" : "Worth a look in a model", "{0}", Category, severity, isEnabledByDefault: true), Place.ToLocation(), Text);
    }
}

/// <summary>A place in a file, without anything that would keep a compilation alive.</summary>
internal sealed record Place(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static Place Of(Location location) => new(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
