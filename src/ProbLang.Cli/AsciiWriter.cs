using System.Text;

namespace ProbLang.Cli;

/// <summary>Writes the signs of messages and tables that not every terminal has as those of ASCII that stand for them; what a modeller wrote, a name or a label, stays as it is.</summary>
internal sealed class AsciiWriter : TextWriter
{
    private const string Signs = "±×–—…←→≤≥·█░";

    private readonly TextWriter _inner;

    public AsciiWriter(TextWriter inner) : base(inner.FormatProvider)
    {
        _inner = inner;
        NewLine = inner.NewLine;
    }

    public override Encoding Encoding => _inner.Encoding;

    public override void Write(char value)
    {
        if (SignOf(value) is { } sign) _inner.Write(sign);
        else _inner.Write(value);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        while (buffer.IndexOfAny(Signs.AsSpan()) is >= 0 and var at)
        {
            _inner.Write(buffer[..at]);
            _inner.Write(SignOf(buffer[at]));
            buffer = buffer[(at + 1)..];
        }
        _inner.Write(buffer);
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Flush() => _inner.Flush();

    private static string? SignOf(char value) => value switch
    {
        '±' => "+/-",
        '×' => "x",
        '–' or '—' => "-",
        '…' => "...",
        '←' => "<-",
        '→' => "->",
        '≤' => "<=",
        '≥' => ">=",
        '·' => ".",
        '█' => "#",
        '░' => "-",
        _ => null,
    };
}
