using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet.Tests;

/// <summary>Compiles a printed program as a console project would, and runs it.</summary>
public static class PrintedProgram
{
    private static readonly Dictionary<string, object> Found = new(StringComparer.Ordinal);
    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp9);

    /// <summary>Called by the program, for each marginal that it prints.</summary>
    public static void Keep(string name, object marginal, string note = "") => Found[name] = marginal;

    /// <summary>What it printed, and the marginals by name.</summary>
    public static (string Output, IReadOnlyDictionary<string, object> Marginals) Run(FactorGraph graph, FactorAlgorithm algorithm, int? iterations = null)
    {
        var program = FactorGraphPrinter.Print(graph, algorithm, iterations);
        Found.Clear();
        var (standard, output) = (Console.Out, new StringWriter());
        Console.SetOut(output);
        try
        {
            Start(Compile(Keeping(program)));
        }
        finally
        {
            Console.SetOut(standard);
        }
        return (output.ToString(), new Dictionary<string, object>(Found));
    }

    /// <summary>What the compiler says of it, warnings of nullable code included.</summary>
    public static IEnumerable<Diagnostic> Complaints(FactorGraph graph, FactorAlgorithm algorithm) =>
        Compilation(FactorGraphPrinter.Print(graph, algorithm)).GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity >= DiagnosticSeverity.Warning);

    /// <summary>The program, with a line beside each that prints a marginal.</summary>
    private static string Keeping(string program) => string.Join('\n', program.Split('\n').Select(line =>
        line.StartsWith("Print(", StringComparison.Ordinal) ? $"{line} ProbLang.InferNet.Tests.PrintedProgram.Keep({line["Print(".Length..]}" : line));



    private static CSharpCompilation Compilation(string program)
    {
        var assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return CSharpCompilation.Create(
            "printed", [CSharpSyntaxTree.ParseText(program, Language)], assemblies.Select(a => MetadataReference.CreateFromFile(a)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));
    }

    private static Assembly Compile(string program)
    {
        using var code = new MemoryStream();
        var result = Compilation(program).Emit(code);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics) + "\n" + program);
        code.Position = 0;
        return new AssemblyLoadContext("printed", isCollectible: true).LoadFromStream(code);
    }

    private static void Start(Assembly assembly)
    {
        var main = assembly.EntryPoint!;
        main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()], null);
    }
}
