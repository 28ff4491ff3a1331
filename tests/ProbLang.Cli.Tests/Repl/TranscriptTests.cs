using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace ProbLang.Cli.Tests.Repl;

/// <summary>
/// Sessions that are piped in: a file has the entries, each behind `> ` with what came out below it. Lines behind `! ` came from the other stream; `$` is the command line, `|` a line of an entry
/// that goes on.
/// </summary>
public sealed partial class TranscriptTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "ProbLang.Cli.Tests", "Repl");

    public static TheoryData<string> Transcripts => [.. Directory.EnumerateFiles(s_folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Transcripts))]
    public void A_session_says_what_its_transcript_has(string name)
    {
        var path = Path.Combine(s_folder, name + ".txt");
        var expected = File.ReadAllText(path);
        var actual = Play(expected);
        if (Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") is { Length: > 0 }) File.WriteAllText(path, actual);
        else Assert.Equal(expected, actual);
    }

    /// <summary>Plays the entries of a transcript one by one, in a folder of their own, and writes it as it is now.</summary>
    private static string Play(string transcript)
    {
        using var folder = new TemporaryFolder();
        var (played, error) = (new StringBuilder(), new StringWriter { NewLine = "\n" });
        var output = new StringWriter { NewLine = "\n" };
        var conversation = new Cli.Repl.Conversation(output, error) { Width = () => 80 };
        var here = folder.Root;
        foreach (var entry in Entries(transcript))
        {
            played.Append("> ").Append(entry.Replace("\n", "\n| ", StringComparison.Ordinal)).Append('\n');
            var goesOn = conversation.Take(entry.Replace("FOLDER", here, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            Append(output, "");
            Append(error, "! ");
            if (!goesOn) played.Append("(over)\n");
        }
        return played.Append(conversation.HasFailed ? "(exit code 1)\n" : "").ToString();

        void Append(StringWriter stream, string mark)
        {
            var text = OfMessagePassing().Replace(stream.ToString().Replace(here, "FOLDER", StringComparison.Ordinal), "$1 …");
            stream.GetStringBuilder().Clear();
            foreach (var line in text.Split('\n')[..^1]) played.Append(mark).Append(line).Append('\n');
        }
    }

    /// <summary>What follows tells whether the build has Infer.NET, and a transcript is of both.</summary>
    [GeneratedRegex("(?m)^(  (?:ep|vmp|gibbs) has no objection)[,;].*$")]
    private static partial Regex OfMessagePassing();

    private static IEnumerable<string> Entries(string transcript)
    {
        StringBuilder? entry = null;
        foreach (var line in transcript.Split('\n'))
        {
            if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                if (entry is not null) yield return entry.ToString();
                entry = new StringBuilder(line[2..]);
            }
            else if (line.StartsWith("| ", StringComparison.Ordinal)) entry!.Append('\n').Append(line[2..]);
        }
        if (entry is not null) yield return entry.ToString();
    }
}
