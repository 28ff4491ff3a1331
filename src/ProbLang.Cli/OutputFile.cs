namespace ProbLang.Cli;

/// <summary>A file that is there whole or not at all: written beside its place, then renamed.</summary>
internal static class OutputFile
{
    /// <summary>The file has its old text or its new one, whatever happens; a link goes on pointing to it, and who may read it stays.</summary>
    public static void Replace(string path, string text)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        Write(target, text, temporary =>
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        });
    }

    /// <summary>Writes a file that is not there yet.</summary>
    /// <exception cref="IOException">It is there by now, or its folder is not.</exception>
    public static void Create(string path, string text)
    {
        var target = Path.GetFullPath(path);
        Write(target, text, temporary => File.Move(temporary, target, overwrite: false));
    }

    private static void Write(string target, string text, Action<string> rename)
    {
        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"there is no folder `{folder}`");
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Environment.ProcessId}.tmp");
        try
        {
            File.WriteAllText(temporary, text);
            rename(temporary);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException && failure.Message.Contains(temporary, StringComparison.Ordinal))
        {
            // Nobody has heard of the file beside it.
            throw new IOException(failure.Message.Replace(temporary, target, StringComparison.Ordinal), failure);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
