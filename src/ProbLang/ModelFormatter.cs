using System.Collections.Immutable;
using ProbLang.Syntax;
using ProbLang.Syntax.Formatting;
using ProbLang.Text;

namespace ProbLang;

/// <summary>
/// The one layout of model files: a statement a line, two spaces for each block, lines of at most 100 characters where that
/// can be. Nothing but white space and the semicolons between statements changes; comments stay where they are.
/// </summary>
public static class ModelFormatter
{
    /// <summary>Lays the text of a model out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">What messages call it.</param>
    public static FormattedModel Format(string text, string path = "model.gm")
    {
        ArgumentNullException.ThrowIfNull(text);
        return Format(new SourceText(path, text), hasMark: false);
    }

    /// <summary>Lays a .gm file out, without writing to it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FormattedModel FormatFile(string path)
    {
        using var stream = File.OpenRead(path);
        if (SourceReader.Read(path, stream, out var unreadable) is not { } source) return new FormattedModel(null, false, [unreadable!]);
        stream.Position = 0;
        return Format(source, hasMark: stream.ReadByte() == 0xEF && stream.ReadByte() == 0xBB && stream.ReadByte() == 0xBF);
    }

    private static FormattedModel Format(SourceText source, bool hasMark) =>
        Formatter.Format(source, out var diagnostics) is { } text
            ? new FormattedModel(text, hasMark || text != source.Content, diagnostics)
            : new FormattedModel(null, false, diagnostics);
}

/// <summary>A model's text in its one layout, or the mistakes that keep it from being read.</summary>
/// <param name="Text">Lines end with a line feed, the last one included; null where the text has mistakes of syntax.</param>
/// <param name="IsChanged">Whether the text, or the byte-order mark before it, was something else before.</param>
/// <param name="Diagnostics">The mistakes, in the order of the text.</param>
public sealed record FormattedModel(string? Text, bool IsChanged, ImmutableArray<Diagnostic> Diagnostics);
