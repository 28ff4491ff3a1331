using System.Text;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>The bytes of a data source, kept so that the place of a cell can be found when a message needs it.</summary>
internal sealed class DataBytes(string path, byte[] bytes, int start = 0)
{
    private const int WidestLine = 1 << 16;

    public string Path => path;

    public ReadOnlySpan<byte> Span => bytes.AsSpan(start);

    public DataBytes From(int skipped) => new(path, bytes, start + skipped);

    public StreamReader OpenText() => new(new MemoryStream(bytes, start, bytes.Length - start), Encoding.UTF8);

    /// <summary>The place of a run of bytes.</summary>
    public Location Locate(int offset, int length)
    {
        var all = Span;
        offset = Math.Min(offset, all.Length);
        var lineStart = all[..offset].LastIndexOf((byte)'\n') + 1;
        var rest = all[lineStart..].IndexOf((byte)'\n');
        var line = rest < 0 ? all[lineStart..] : all.Slice(lineStart, rest);
        if (line.EndsWith("\r"u8)) line = line[..^1];
        length = Math.Clamp(length, 0, Math.Max(0, lineStart + line.Length - offset));
        return new Location(
            path,
            1 + all[..lineStart].Count((byte)'\n'),
            1 + Encoding.UTF8.GetCharCount(all[lineStart..offset]),
            Math.Max(1, Encoding.UTF8.GetCharCount(all.Slice(offset, length))),
            line.Length <= WidestLine ? Encoding.UTF8.GetString(line) : null);
    }
}
