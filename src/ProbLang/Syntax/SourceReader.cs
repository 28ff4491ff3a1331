using System.Buffers;
using System.Text.Unicode;
using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>Turns the bytes of a model file into text: UTF-8, no larger than <see cref="MaximumBytes"/>.</summary>
internal static class SourceReader
{
    /// <summary>4 MiB.</summary>
    public const int MaximumBytes = 4 << 20;

    /// <summary>Reads a stream to its end, or a little past the limit: how long a hostile file is does not matter.</summary>
    public static SourceText? Read(string path, Stream stream, out Diagnostic? diagnostic) => Read(path, Bytes(stream, MaximumBytes), out diagnostic);

    /// <summary>What a stream holds, up to a little past a limit.</summary>
    public static ReadOnlySpan<byte> Bytes(Stream stream, int maximum)
    {
        using var bytes = new MemoryStream();
        var chunk = new byte[64 * 1024];
        while (bytes.Length <= maximum && stream.Read(chunk) is > 0 and var count) bytes.Write(chunk, 0, count);
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
    }

    /// <summary>The text, or null and the reason.</summary>
    public static SourceText? Read(string path, ReadOnlySpan<byte> bytes, out Diagnostic? diagnostic)
    {
        if (bytes.Length <= MaximumBytes) return Decode(path, bytes, out diagnostic);
        diagnostic = SyntaxDiagnostics.TooLarge(path);
        return null;
    }

    /// <summary>The text of bytes of any number, or null and the reason.</summary>
    public static SourceText? Decode(string path, ReadOnlySpan<byte> bytes, out Diagnostic? diagnostic)
    {
        diagnostic = null;
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var characters = new char[bytes.Length];
        var status = Utf8.ToUtf16(bytes, characters, out var read, out var written, replaceInvalidSequences: false);
        var source = new SourceText(path, new string(characters, 0, written));
        if (status == OperationStatus.Done) return source;
        diagnostic = SyntaxDiagnostics.NotUtf8(source, bytes[read]);
        return null;
    }
}
