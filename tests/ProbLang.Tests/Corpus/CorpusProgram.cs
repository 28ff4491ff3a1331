using System.Runtime.CompilerServices;
using System.Text;
using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Corpus;

/// <summary>
/// A program of this folder, by its path without the extension: <c>name.gm</c>, its data <c>name.json</c> if it needs any, and what the stages make of it.
/// Set PROBLANG_ACCEPT=1 to write those texts, then read them.
/// </summary>
internal sealed class CorpusProgram(string name)
{
    private readonly string _stem = Path.Combine(Folder(), name);

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder(), "*.gm", SearchOption.AllDirectories).Where(f => Path.GetDirectoryName(f) is not { } folder || Path.GetFileName(folder) != "imported")
            .Select(f => Path.ChangeExtension(Path.GetRelativePath(Folder(), f), null).Replace('\\', '/')).Order(StringComparer.Ordinal);

    /// <summary>The programs with a text of the given kind beside them.</summary>
    public static IEnumerable<string> With(string extension) => Names.Where(n => File.Exists(Path.Combine(Folder(), n + extension)));

    public string FilePath => _stem + ".gm";

    /// <summary>Whether nothing beside it says that the gradient engine objects.</summary>
    public bool IsInferred => !File.Exists(_stem + ".objections") || !File.ReadAllText(_stem + ".objections").Contains("infer", StringComparison.Ordinal);

    public string Text => File.ReadAllText(FilePath);

    public ModelFile Tree
    {
        get
        {
            var parsed = Parser.Parse(new SourceText(name + ".gm", Text));
            Assert.True(parsed.Success, string.Join('\n', parsed.Diagnostics));
            return parsed.File;
        }
    }

    public Model Model
    {
        get
        {
            var compilation = ProbLang.Model.CompileFile(FilePath);
            Assert.True(compilation.Success, string.Join('\n', compilation.Diagnostics));
            return compilation.Model;
        }
    }

    /// <exception cref="DataException">The model cannot be conditioned.</exception>
    public Problem Problem
    {
        get
        {
            var data = new[] { ".json", ".csv" }.Select(e => _stem + e).Where(File.Exists).Aggregate(Data.Empty, (all, file) => all.With(Data.Load(file, TestContext.Current.CancellationToken)));
            return Model.Condition(data);
        }
    }

    /// <summary>A text is what stands beside the program; an empty one stands in no file.</summary>
    public void IsBeside(string extension, string text)
    {
        var file = _stem + extension;
        if (Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1")
        {
            if (text.Length > 0) File.WriteAllText(file, text, new UTF8Encoding(false));
            else File.Delete(file);
        }
        Assert.Equal(File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "", text.ReplaceLineEndings("\n"));
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
