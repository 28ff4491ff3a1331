using System.Text;

namespace ProbLang.Cli.Repl;

/// <summary>
/// A file of entries, a line for each, with <c>\n</c> for the line breaks in them and <c>\\</c> for a backslash. Only its owner may read it. Sessions that run at the same
/// time take turns by a lock beside it. A file that cannot be used is no reason not to work: it is given up, and says why.
/// </summary>
internal sealed class HistoryFile(string path)
{
    public const int MostEntries = 5000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Why it was given up; null where it was not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Where the environment says, else where such files belong; null where it says that there is to be none.</summary>
    public static HistoryFile? OfEnvironment()
    {
        if (Environment.GetEnvironmentVariable("PROBLANG_HISTORY") is { } named) return named.Length == 0 ? null : new HistoryFile(Path.GetFullPath(named));
        var state = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } folder && Path.IsPathRooted(folder) ? folder
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".local", "state") : "";
        return state.Length == 0 ? null : new HistoryFile(Path.Combine(state, "problang", "history"));
    }

    public IReadOnlyList<string> Read() => Locked(() => File.Exists(path) ? [.. Lines()] : Array.Empty<string>()) ?? [];

    /// <summary>Adds an entry at the end; a file that has grown to twice the size that is kept is written anew, whole or not at all.</summary>
    public void Append(string entry) => Locked(() =>
    {
        using (var file = new FileStream(path, Options(FileMode.Append))) file.Write(Encoding.UTF8.GetBytes(Escaped(entry) + "\n"));
        var lines = Lines().ToArray();
        if (lines.Length >= 2 * MostEntries) Rewrite(History.Distinct(lines));
        return lines;
    });

    private void Rewrite(IEnumerable<string> entries)
    {
        var next = path + ".new";
        using (var file = new FileStream(next, Options(FileMode.Create))) file.Write(Encoding.UTF8.GetBytes(string.Concat(entries.Select(e => Escaped(e) + "\n"))));
        File.Move(next, path, overwrite: true);
    }

    private IEnumerable<string> Lines() => File.ReadLines(path).Where(l => l.Length > 0).Select(Unescaped);

    /// <summary>What an action gives while no other session reads or writes; null where that cannot be.</summary>
    private T? Locked<T>(Func<T> action) where T : class
    {
        if (Failure is not null) return null;
        try
        {
            if (Directory.Exists(path)) throw new IOException($"`{path}` is a folder, not a file");
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            else Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var turn = Turn();
            return action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Failure = failure.Message;
            return null;
        }
    }

    private FileStream Turn()
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); ; Thread.Sleep(5))
        {
            try
            {
                return new FileStream(path + ".lock", Options(FileMode.OpenOrCreate, FileShare.None));
            }
            catch (IOException) when (waited.Elapsed < s_patience && File.Exists(path + ".lock"))
            {
                // Another session has its turn.
            }
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    internal static string Escaped(string entry) => entry.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    internal static string Unescaped(string line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
            text.Append(line[i] != '\\' || i + 1 == line.Length ? line[i] : line[++i] switch { 'n' => '\n', 'r' => '\r', var c => c });
        return text.ToString();
    }
}
