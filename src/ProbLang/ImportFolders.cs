using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>Files of the file system, below the folders that the host allows; symbolic links are followed before that is decided.</summary>
internal sealed class ImportFolders(string modelFile, IEnumerable<string> roots) : ImportSource
{
    /// <summary>As many links as most systems follow.</summary>
    private const int MostLinks = 40;

    private readonly string[] _roots = [.. roots.Select(r => Real(Path.GetFullPath(r)) ?? Path.GetFullPath(r))];

    /// <summary>In its folder as it is called: what a model that is a link imports is looked for beside the link.</summary>
    public override string Own { get; } = Path.Combine(Real(Path.GetDirectoryName(Path.GetFullPath(modelFile))!) ?? "", Path.GetFileName(modelFile));

    public override string? Find(string from, string written, Location place, out Diagnostic? mistake)
    {
        mistake = null;
        if (!ImportPath.IsRelative(written) || Path.IsPathRooted(written))
        {
            mistake = ImportDiagnostics.Outside(written, place);
            return null;
        }
        var full = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from)!, written));
        // What is outside is not looked at, so that no message tells whether it is there.
        if (!IsAllowed(full))
        {
            mistake = ImportDiagnostics.Outside(written, place);
            return null;
        }
        try
        {
            var real = Real(full);
            if (real is null || !IsAllowed(real)) mistake = ImportDiagnostics.LeadsOutside(written, place);
            else if (Directory.Exists(real)) mistake = ImportDiagnostics.Folder(written, place);
            else if (!File.Exists(real)) mistake = ImportDiagnostics.NoFile(written, place);
            return mistake is null ? real : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistake = ImportDiagnostics.Unreadable(written, place);
            return null;
        }
    }

    public override SourceText? Read(string found, string path, Location place, out Diagnostic? mistake)
    {
        try
        {
            using var stream = File.OpenRead(found);
            return SourceReader.Read(path, stream, out mistake);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistake = ImportDiagnostics.Unreadable(path, place);
            return null;
        }
    }

    private bool IsAllowed(string full) =>
        _roots.Any(r => full.StartsWith(Path.EndsInDirectorySeparator(r) ? r : r + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    /// <summary>The path without symbolic links, folders included; null where they go round in a circle.</summary>
    private static string? Real(string full)
    {
        for (var links = 0; links <= MostLinks; links++)
        {
            if (FirstLink(full) is not { } link) return full;
            var target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link.Path)!, link.Target));
            full = Path.GetFullPath(Path.Combine(target, Path.GetRelativePath(link.Path, full)));
        }
        return null;
    }

    private static (string Path, string Target)? FirstLink(string full)
    {
        var root = Path.GetPathRoot(full)!;
        var path = root;
        foreach (var part in full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is { } target) return (path, target);
        }
        return null;
    }
}
