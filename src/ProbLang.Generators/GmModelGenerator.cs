using Microsoft.CodeAnalysis;

namespace ProbLang.Generators;

/// <summary>Puts compiled models into the classes that <see cref="GmModelAttribute"/> marks.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class GmModelGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step that compiles models, for whoever watches what is done again.</summary>
    public const string CompileStep = "CompileModel";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var classes = context.SyntaxProvider.ForAttributeWithMetadataName(typeof(GmModelAttribute).FullName!, (_, _) => true, ModelClass.Of).Where(c => c is not null).Select((c, _) => c!);
        var files = context.AdditionalTextsProvider
            .Where(f => f.Path.EndsWith(".gm", StringComparison.OrdinalIgnoreCase))
            .Select((f, cancellation) => f.GetText(cancellation) is { } text ? new ModelFile(f.Path, text.ToString()) : null)
            .Where(f => f is not null).Select((f, _) => f!).Collect();
        var folder = context.AnalyzerConfigOptionsProvider.Select((o, _) => o.GlobalOptions.TryGetValue("build_property.projectdir", out var project) ? project.Replace('\\', '/').TrimEnd('/') : "");
        var generated = classes.Combine(files).Combine(folder).Select((all, _) => ModelReading.Of(all.Left.Left, all.Left.Right, all.Right)).WithTrackingName(CompileStep);
        context.RegisterSourceOutput(generated, Report);
    }

    private static void Report(SourceProductionContext context, Generated generated)
    {
        foreach (var message in generated.Messages) context.ReportDiagnostic(message.ToDiagnostic());
        if (generated.Source is { } source) context.AddSource(generated.HintName, source);
    }
}
