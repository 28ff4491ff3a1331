using System.Buffers.Binary;
using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>Reads a file whose every number may lie: nothing is allocated that the file is not long enough for.</summary>
internal static class SafetensorsReader
{
    /// <summary>The limit of the format's own reader.</summary>
    private const long MaxHeader = 100_000_000;

    public static SafetensorsFile Read(Stream stream)
    {
        var header = ReadHeader(stream, out var available);
        Check(header.Entries, available);
        var tensors = ImmutableArray.CreateBuilder<NamedTensor>(header.Entries.Length);
        foreach (var entry in header.Entries) tensors.Add(ReadValues(stream, entry));
        return new SafetensorsFile(tensors.MoveToImmutable(), header.Metadata);
    }

    private static SafetensorsHeader ReadHeader(Stream stream, out long available)
    {
        available = stream.Length - stream.Position - sizeof(ulong);
        if (available < 0) throw new SafetensorsException($"The file is cut off: it has {stream.Length} bytes, too few for the length of its header.");
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        Fill(stream, prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxHeader) throw new SafetensorsException($"This is not a safetensors file: its header would have {length} bytes.");
        if ((long)length > available) throw new SafetensorsException($"The file is cut off: its header has {length} bytes, of which {available} are there.");
        available -= (long)length;
        var bytes = new byte[length];
        Fill(stream, bytes);
        return SafetensorsHeader.Parse(bytes);
    }

    /// <summary>The values must lie one after the other, without gaps, and end where the file ends.</summary>
    private static void Check(ImmutableArray<TensorEntry> entries, long available)
    {
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin < end) throw new SafetensorsException($"The values of `{entry.Name}` overlap those before them.");
            if (entry.Begin > end) throw new SafetensorsException($"There are bytes before the values of `{entry.Name}` that belong to no tensor.");
            end = entry.End;
        }
        if (end > available) throw new SafetensorsException($"The file is cut off: its values have {end} bytes, of which {available} are there.");
        if (end < available) throw new SafetensorsException($"The file has {available - end} bytes after its last tensor.");
    }

    private static NamedTensor ReadValues(Stream stream, TensorEntry entry)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("The format is little-endian, and this machine is not.");
        var tensor = NamedTensor.Zeros(entry.Name, entry.Type, entry.Shape, entry.Count);
        Fill(stream, tensor.Bytes);
        return tensor;
    }

    private static void Fill(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new SafetensorsException("The file is cut off: it became shorter while it was read.");
        }
    }
}
