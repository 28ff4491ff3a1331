using System.Globalization;
using System.Text;

namespace ProbLang.Cli.Tests.Repl;

/// <summary>
/// A script of what someone types, line by line, and what the screen shows when it says <c>screen</c> or <c>looks</c>. A line is a word and what it takes:
/// <code>
/// size 80x24            of the terminal, before it starts
/// env NAME=VALUE        before it starts
/// file NAME             in the folder of the session; its lines follow, after |
/// pipe NAME             a named pipe in the folder
/// start ARGUMENTS       runs problang repl
/// job ARGUMENTS         runs it as a job of a shell, which says [stopped] when it is, and goes on with it after a line
/// type TEXT             as it stands
/// press Tab C-r …       keys by their names
/// paste                 the lines that follow, after |, at once
/// wait TEXT             until it shows
/// meet NAME             until the program reads from the pipe, into which nothing is written
/// screen                the screen, with ▏ where the cursor is
/// looks                 the screen with colours
/// resize 40x24
/// signal TERM
/// end                   waits until the program has ended
/// contents NAME         what a file of the folder holds
/// </code>
/// </summary>
internal sealed class TypedTranscript(string[] script, IReadOnlyDictionary<int, string>? expected) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];
    private readonly StringBuilder _seen = new();
    private TerminalSize _size = TerminalSize.Usual;
    private TypedSession? _session;
    private int _line;
    private bool _isOther;

    /// <summary>What is seen at each place where the script asks for it, under its line.</summary>
    /// <param name="script">The lines of the script.</param>
    /// <param name="expected">What a run saw before, as one text; null to write down what is seen now.</param>
    public static string Run(string[] script, string? expected)
    {
        using var transcript = new TypedTranscript(script, expected is null ? null : Sections(expected));
        return transcript.Run();
    }

    public void Dispose()
    {
        _session?.Dispose();
        _folder.Dispose();
    }

    private TypedSession Session => _session ?? throw new FormatException("the script has not started the program");

    private string Run()
    {
        for (_line = 0; _line < script.Length; _line++)
        {
            var (word, rest) = script[_line].Split(' ', 2) is [var w, var r] ? (w, r) : (script[_line], "");
            if (word.Length > 0 && word[0] != '#') Do(word, rest);
        }
        return _seen.ToString();
    }

    private void Do(string word, string rest)
    {
        switch (word)
        {
            case "size": _size = SizeOf(rest); break;
            case "env": _environment[rest.Split('=')[0]] = rest[(rest.IndexOf('=', StringComparison.Ordinal) + 1)..]; break;
            case "file": _folder.File(rest, string.Concat(Following().Select(l => l + "\n"))); break;
            case "pipe": TypedSession.MakePipe(_folder.Combine(rest)); break;
            case "start": Start(rest, isJob: false); break;
            case "job": Start(rest, isJob: true); break;
            case "type": Session.Type(rest); break;
            case "press": foreach (var key in rest.Split(' ')) Session.Type(TypedKeys.Sent(key)); break;
            case "paste": Session.Type($"\e[200~{string.Join('\r', Following())}\e[201~"); break;
            case "wait": Session.WaitFor(rest); break;
            case "meet": Session.Meet(_folder.Combine(rest)); break;
            case "screen": See(s => s.TextWithCursor); break;
            case "looks": See(s => s.TextWithLooks); break;
            case "resize": Session.Resize(SizeOf(rest)); break;
            case "signal": Session.Signal(rest); break;
            case "end": Saw($"exit {Session.End()}\n"); break;
            case "contents": Saw(File.ReadAllText(_folder.Combine(rest))); break;
            default: throw new FormatException($"line {_line + 1} begins with `{word}`");
        }
    }

    private void Start(string arguments, bool isJob)
    {
        _session?.Dispose();
        _session = new TypedSession(_folder.Root, _size, _environment, isJob, ["repl", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    private void See(Func<TypedSession, string> look)
    {
        var wanted = _isOther ? null : expected?.GetValueOrDefault(_line + 1);
        var seen = wanted is null ? Session.Settled(look) : Session.WaitFor(look, wanted);
        // After something else there is no use in waiting for the rest as it was.
        _isOther |= wanted is not null && seen != wanted;
        Saw(seen);
    }

    private void Saw(string text) => _seen.Append(CultureInfo.InvariantCulture, $"=== {_line + 1}: {script[_line]}\n").Append(text);

    private IEnumerable<string> Following()
    {
        while (_line + 1 < script.Length && script[_line + 1].StartsWith('|')) yield return script[++_line] is "|" ? "" : script[_line][2..];
    }

    private static TerminalSize SizeOf(string text) => text.Split('x') is [var columns, var rows]
        ? new(int.Parse(columns, CultureInfo.InvariantCulture), int.Parse(rows, CultureInfo.InvariantCulture)) : throw new FormatException($"`{text}` is no size");

    private static Dictionary<int, string> Sections(string expected) => expected.Split("=== ", StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(s => int.Parse(s[..s.IndexOf(':', StringComparison.Ordinal)], CultureInfo.InvariantCulture), s => s[(s.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
}
