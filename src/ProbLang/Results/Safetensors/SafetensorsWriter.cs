using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace ProbLang.Results;

internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    public static void Write(SafetensorsFile file, Stream stream)
    {
        // Larger elements first, so that every tensor is aligned to its own.
        var tensors = file.Tensors.OrderByDescending(t => NamedTensor.SizeOf(t.Type)).ThenBy(t => t.Name, StringComparer.Ordinal).ToArray();
        var header = Header(file, tensors);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in tensors) WriteValues(tensor, stream);
    }

    private static byte[] Header(SafetensorsFile file, NamedTensor[] tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (file.Metadata.Count > 0) WriteMetadata(json, file);
            var offset = 0L;
            foreach (var tensor in tensors) offset = WriteEntry(json, tensor, offset);
            json.WriteEndObject();
        }
        // The format allows spaces at the end, which align what follows.
        while (buffer.Length % Alignment != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, SafetensorsFile file)
    {
        json.WriteStartObject(SafetensorsHeader.MetadataName);
        foreach (var (name, text) in file.Metadata) json.WriteString(WellFormed(name), WellFormed(text));
        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, NamedTensor tensor, long offset)
    {
        var end = offset + (long)tensor.Count * NamedTensor.SizeOf(tensor.Type);
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.ToString());
        json.WriteStartArray("shape");
        foreach (var extent in tensor.Shape) json.WriteNumberValue(extent);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }

    private static void WriteValues(NamedTensor tensor, Stream stream)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("The format is little-endian, and this machine is not.");
        stream.Write(tensor.Bytes);
    }

    /// <summary>A text with half a surrogate pair is not a text, and no reader would take it.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
