using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>Where imported files come from.</summary>
internal abstract class ImportSource
{
    /// <summary>What tells the model's own file from others.</summary>
    public abstract string Own { get; }

    /// <summary>Finds what a file calls <paramref name="written"/>: what tells it from other files; or why it cannot be imported.</summary>
    /// <param name="from">The importing file, as this found it.</param>
    /// <param name="written">The path as written.</param>
    /// <param name="place">Where it is written.</param>
    /// <param name="mistake">Why not.</param>
    public abstract string? Find(string from, string written, Location place, out Diagnostic? mistake);

    /// <summary>The text of a file that was found; null, with the reason, where it cannot be read.</summary>
    /// <param name="found">What <see cref="Find"/> gave.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="place">Where it is imported.</param>
    /// <param name="mistake">Why not.</param>
    public abstract SourceText? Read(string found, string path, Location place, out Diagnostic? mistake);

    public static ImportSource Of(CompileOptions options, string? modelFile) =>
        options.ImportText is { } text ? new ImportTexts(text)
        : modelFile is not null ? new ImportFolders(modelFile, [Path.GetDirectoryName(Path.GetFullPath(modelFile))!, .. options.ImportRoots])
        : options.ImportRoots.IsDefaultOrEmpty ? new NoImports()
        : new ImportFolders(options.Path, options.ImportRoots);
}

/// <summary>A model that is compiled from text, by a host that does not say where its imports are.</summary>
internal sealed class NoImports : ImportSource
{
    public override string Own => "";

    public override string? Find(string from, string written, Location place, out Diagnostic? mistake)
    {
        mistake = ImportDiagnostics.NoFolder(written, place);
        return null;
    }

    public override SourceText? Read(string found, string path, Location place, out Diagnostic? mistake) => throw new System.Diagnostics.UnreachableException(found);
}

/// <summary>Files that the host gives as text.</summary>
internal sealed class ImportTexts(Func<string, string?> textOf) : ImportSource
{
    public override string Own => "";

    public override string? Find(string from, string written, Location place, out Diagnostic? mistake)
    {
        mistake = null;
        if (ImportPath.IsRelative(written) && ImportPath.Combine(from, written) is { } path) return path;
        mistake = ImportDiagnostics.Outside(written, place);
        return null;
    }

    public override SourceText? Read(string found, string path, Location place, out Diagnostic? mistake)
    {
        mistake = null;
        if (textOf(found) is { } text) return new SourceText(path, text);
        mistake = ImportDiagnostics.NoFile(path, place);
        return null;
    }
}

/// <summary>Paths as they are written in models, with <c>/</c> between folders.</summary>
internal static class ImportPath
{
    public static bool IsRelative(string written) =>
        written.Length > 0 && written[0] is not ('/' or '\\') && !written.Contains('\0') && !(written.Length > 1 && written[1] == ':');

    /// <summary>The path of an import, from the path of the importing file; null where it leads above the folder that both are counted from.</summary>
    public static string? Combine(string from, string written)
    {
        var parts = new List<string>(from.Split('/')[..^1]);
        foreach (var part in written.Split('/'))
            if (part == "..")
            {
                if (parts.Count == 0) return null;
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or "")) parts.Add(part);
        return string.Join('/', parts);
    }

    /// <summary>What messages call an imported file: as the importing file is called, without detours.</summary>
    public static string Shown(string from, string written)
    {
        var parts = new List<string>(from.Split('/')[..^1]);
        foreach (var part in written.Split('/'))
            if (part == ".." && parts.Count > 0 && parts[^1] is not (".." or "." or "")) parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or "")) parts.Add(part);
        return string.Join('/', parts);
    }
}
