namespace ProbLang;

/// <summary>A folder that is there whole or not at all: written beside its place, then renamed.</summary>
internal static class OutputFolder
{
    /// <exception cref="IOException">There is something that is no result folder.</exception>
    public static void Check(string path, string mark)
    {
        if (File.Exists(path)) throw new IOException($"`{path}` is a file, not a folder");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() && !File.Exists(Path.Combine(path, mark)))
            throw new IOException($"the folder `{path}` holds something else than results");
    }

    /// <param name="path">The folder; an earlier one with the mark is replaced.</param>
    /// <param name="mark">The file that tells a folder of results from others.</param>
    /// <param name="fill">Writes the files into the folder that it is given.</param>
    public static void Write(string path, string mark, Action<string> fill)
    {
        Check(path, mark);
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var parent = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(parent);
        var temporary = Path.Combine(parent, $".{Path.GetFileName(path)}.{Environment.ProcessId}.{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(temporary);
            fill(temporary);
            Replace(path, temporary);
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }
    }

    private static void Replace(string path, string temporary)
    {
        if (!Directory.Exists(path))
        {
            Directory.Move(temporary, path);
            return;
        }
        var old = temporary + ".old";
        Directory.Move(path, old);
        Directory.Move(temporary, path);
        Directory.Delete(old, recursive: true);
    }
}
