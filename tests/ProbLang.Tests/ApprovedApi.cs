using System.Reflection;
using System.Runtime.CompilerServices;
using PublicApiGenerator;
using Xunit;

namespace ProbLang.Tests;

/// <summary>The public types and members of an assembly are a file beside its project, so that a change of them is seen. <c>PROBLANG_ACCEPT=1</c> rewrites it.</summary>
internal static class ApprovedApi
{
    public static void Check(Assembly assembly, string file = "PublicApi.approved.txt", [CallerFilePath] string caller = "")
    {
        var project = Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "src", assembly.GetName().Name!);
        file = Path.Combine(project, file);
        var api = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false, UseDenyNamespacePrefixesForExtensionMethods = false }).ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1") File.WriteAllText(file, api);
        Assert.True(File.Exists(file), $"{file} is not there: PROBLANG_ACCEPT=1 writes it");
        var approved = File.ReadAllText(file).ReplaceLineEndings("\n");
        if (api == approved) return;
        var (now, before) = (api.Split('\n'), approved.Split('\n'));
        Assert.Fail($"The public API of {assembly.GetName().Name} has changed; PROBLANG_ACCEPT=1 takes it over.\nnew:\n{Lines(now, before)}\ngone:\n{Lines(before, now)}");
    }

    private static string Lines(string[] of, string[] without) => string.Join('\n', of.Except(without));
}
