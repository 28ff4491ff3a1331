using Xunit;

namespace ProbLang.Cli.Tests.Repl;

/// <summary>
/// Sessions typed in a pseudo-terminal. In Typed/ each has what is typed (.keys), and what the screen shows (.expected). PROBLANG_ACCEPT=1 writes what it shows; then read it.
/// </summary>
public class TypedTranscriptTests
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "ProbLang.Cli.Tests", "Repl", "Typed");

    public static TheoryData<string> Sessions => [.. Directory.GetFiles(Folder, "*.keys").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sessions))]
    public void A_session_shows_what_its_transcript_says(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminal of this kind");
        var path = Path.Combine(Folder, name + ".expected");
        var accepts = Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1";
        var seen = TypedTranscript.Run(File.ReadAllLines(Path.Combine(Folder, name + ".keys")), accepts ? null : File.ReadAllText(path));
        if (accepts) File.WriteAllText(path, seen);
        else Assert.Equal(File.ReadAllText(path), seen);
    }
}
