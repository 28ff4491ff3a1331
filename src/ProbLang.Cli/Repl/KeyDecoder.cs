using System.Text;

namespace ProbLang.Cli.Repl;

/// <summary>
/// Keys from the bytes that a terminal sends: UTF-8, control characters, the sequences of ECMA-48 and xterm, Alt as a leading escape,
/// and bracketed paste. How the bytes are cut into pieces makes no difference.
/// </summary>
internal sealed class KeyDecoder
{
    private const byte Escape = 0x1b;
    private static readonly byte[] s_endOfPaste = "\e[201~"u8.ToArray();

    private readonly List<byte> _pending = [];
    private bool _pasting;

    /// <summary>How far a paste has been searched for its end.</summary>
    private int _searched;

    /// <summary>Whether a sequence has begun that more bytes may complete; when none come it is an Escape.</summary>
    public bool IsWaiting => _pending.Count > 0 && !_pasting;

    /// <summary>The keys that the bytes complete.</summary>
    public IEnumerable<Key> Feed(ReadOnlySpan<byte> bytes)
    {
        _pending.AddRange(bytes);
        return Complete();
    }

    /// <summary>What was begun, now that nothing follows: an Escape alone is one, half a sequence is nothing.</summary>
    public IEnumerable<Key> GiveUp()
    {
        if (!IsWaiting) return [];
        var begun = _pending.ToArray();
        _pending.Clear();
        return begun switch
        {
            [Escape] => [new Key(KeyCode.Escape)],
            [Escape, (byte)'[' or (byte)'O'] => [Key.Alt(((char)begun[1]).ToString())],
            _ => [new Key(KeyCode.Other)],
        };
    }

    private List<Key> Complete()
    {
        var keys = new List<Key>();
        while (_pending.Count > 0 && (_pasting ? Pasted() : Next()) is { } step)
        {
            _pending.RemoveRange(0, step.Length);
            if (step.Key is { } key) keys.Add(key);
        }
        return keys;
    }

    /// <summary>A paste that has ended; null where its end is not there yet.</summary>
    private (int Length, Key? Key)? Pasted()
    {
        var bytes = _pending.ToArray();
        var from = Math.Max(0, _searched - s_endOfPaste.Length);
        var end = bytes.AsSpan(from).IndexOf(s_endOfPaste);
        _searched = bytes.Length;
        if (end < 0) return null;
        _pasting = false;
        return (from + end + s_endOfPaste.Length, Key.Paste(Cleaned(Encoding.UTF8.GetString(bytes.AsSpan(0, from + end)))));
    }

    /// <summary>Lines end as they do here, and nothing is left that would act on the terminal.</summary>
    private static string Cleaned(string pasted) =>
        string.Concat(pasted.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Where(c => c is '\n' or '\t' || !char.IsControl(c)));

    /// <summary>The first key of what is pending, and how many bytes it takes; null where more are needed.</summary>
    private (int Length, Key? Key)? Next() => _pending[0] switch
    {
        Escape => AfterEscape(),
        < 0x20 or 0x7f => (1, OfControl(_pending[0], Held.None)),
        _ => Character(0, Held.None),
    };

    private (int Length, Key? Key)? AfterEscape()
    {
        if (_pending.Count == 1) return null;
        return _pending[1] switch
        {
            Escape => (1, new Key(KeyCode.Escape)),
            (byte)'[' => ControlSequence(),
            (byte)'O' => _pending.Count == 2 ? null : (3, new Key(KeySequences.Final((char)_pending[2]))),
            < 0x20 or 0x7f => (2, OfControl(_pending[1], Held.Alt)),
            _ => Character(1, Held.Alt),
        };
    }

    /// <summary>After <c>ESC [</c>: parameters, intermediate bytes, and a final one that says what it is.</summary>
    private (int Length, Key? Key)? ControlSequence()
    {
        var end = 2;
        while (end < _pending.Count && _pending[end] is >= 0x20 and < 0x40) end++;
        if (end == _pending.Count) return null;
        if (_pending[end] is < 0x40 or > 0x7e) return (end, new Key(KeyCode.Other));
        // The console of Linux sends its function keys as ESC [ [ A.
        if (end == 2 && _pending[2] == '[') return _pending.Count == 3 ? null : (4, new Key(KeyCode.Other));
        var parameters = Encoding.ASCII.GetString([.. _pending[2..end]]);
        if (parameters == "200" && _pending[end] == '~') return BeginPaste(end + 1);
        return (end + 1, KeySequences.Of(parameters, (char)_pending[end]));
    }

    private (int Length, Key? Key)? BeginPaste(int length)
    {
        _pasting = true;
        _searched = 0;
        return (length, null);
    }

    private (int Length, Key? Key)? Character(int start, Held held)
    {
        var bytes = _pending[start..Math.Min(_pending.Count, start + 4)].ToArray();
        var status = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
        if (status == System.Buffers.OperationStatus.NeedMoreData) return null;
        return (start + length, new Key(KeyCode.Character, held, rune.ToString()));
    }

    private static Key OfControl(byte value, Held held) => value switch
    {
        (byte)'\r' or (byte)'\n' => new(KeyCode.Enter, held),
        (byte)'\t' => new(KeyCode.Tab, held),
        0x08 or 0x7f => new(KeyCode.Backspace, held),
        0 => new(KeyCode.Character, held | Held.Control, " "),
        <= 26 => new(KeyCode.Character, held | Held.Control, ((char)('a' + value - 1)).ToString()),
        _ => new(KeyCode.Character, held | Held.Control, ((char)(value + 0x40)).ToString()),
    };
}
