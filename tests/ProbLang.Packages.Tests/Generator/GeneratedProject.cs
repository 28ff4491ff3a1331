using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ProbLang.Generators;

namespace ProbLang.Packages.Tests.Generator;

/// <summary>A project in memory: C# sources and .gm files, as the compiler hands them to the generator.</summary>
internal sealed class GeneratedProject
{
    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(p => p.EndsWith(".dll", StringComparison.Ordinal)).Select(p => MetadataReference.CreateFromFile(p))];

    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    private GeneratedProject(CSharpCompilation compilation, GeneratorDriver driver) => (_compilation, _driver) = (compilation, driver);

    /// <summary>What the generator said.</summary>
    public ImmutableArray<Diagnostic> Messages { get; private set; }

    /// <summary>Everything, generated sources included.</summary>
    public Microsoft.CodeAnalysis.Compilation Output { get; private set; } = null!;

    public string Source => Assert.Single(_driver.GetRunResult().GeneratedTrees).ToString();

    /// <summary>Why the step that compiles models ran, or did not, the last time.</summary>
    public IEnumerable<IncrementalStepRunReason> Compilings => _driver.GetRunResult().Results[0].TrackedSteps[GmModelGenerator.CompileStep].SelectMany(s => s.Outputs).Select(o => o.Reason);

    public static GeneratedProject Of(string source, params (string Path, string Text)[] models)
    {
        var compilation = CSharpCompilation.Create("Host", [Tree("/project/Coins.cs", source)], s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error));
        var driver = CSharpGeneratorDriver.Create([new GmModelGenerator().AsSourceGenerator()], [.. models.Select(m => new ModelText(m.Path, m.Text))], s_parsing, new ProjectFolder("/project/"),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return new GeneratedProject(compilation, driver).Run();
    }

    /// <summary>A class `Coins` of a model in `coins.gm`.</summary>
    public static GeneratedProject OfModel(string model) => Of("[ProbLang.GmModel(\"coins.gm\")] public partial class Coins { }", ("/project/coins.gm", model));

    public GeneratedProject WithSource(string path, string source)
    {
        _compilation = _compilation.AddSyntaxTrees(Tree(path, source));
        return Run();
    }

    public GeneratedProject WithModel(string path, string text)
    {
        _driver = _driver.ReplaceAdditionalTexts([new ModelText(path, text)]);
        return Run();
    }

    /// <summary>What the compiler says to the sources with those that were generated, warnings as errors.</summary>
    public IEnumerable<string> Complaints => Output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString());

    /// <summary>Runs `static string Host.Run()`.</summary>
    public string Result()
    {
        using var assembly = new MemoryStream();
        var emitted = Output.Emit(assembly);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics) + "\n" + Output.SyntaxTrees.Last());
        assembly.Position = 0;
        var context = new AssemblyLoadContext("host", isCollectible: true);
        try
        {
            return (string)context.LoadFromStream(assembly).GetType("Host")!.GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!.Invoke(null, null)!;
        }
        finally
        {
            context.Unload();
        }
    }

    private GeneratedProject Run()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var output, out var messages, TestContext.Current.CancellationToken);
        (Output, Messages) = (output, messages);
        return this;
    }

    private static SyntaxTree Tree(string path, string source) => CSharpSyntaxTree.ParseText(source, s_parsing, path);

    private sealed class ModelText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class ProjectFolder(string path) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(path);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options(string path) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.projectdir" ? path : null;
                return value is not null;
            }
        }
    }
}
