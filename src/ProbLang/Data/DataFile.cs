using System.Text;
using System.Text.Unicode;
using ProbLang.Limits;

namespace ProbLang.Datasets;

/// <summary>Reads a data file by what its name ends with.</summary>
internal static class DataFile
{
    private const long LargestFile = 1L << 30;

    /// <summary>Between blocks of bytes the computation may end.</summary>
    private const int Block = 1 << 20;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DataReading Read(string path)
    {
        if (Format(path) is not { } format) return DataReading.Failed(DataFileDiagnostics.UnknownFormat(path));
        if (new FileInfo(path).Length > LargestFile) return DataReading.Failed(DataFileDiagnostics.TooLarge(path, LargestFile));
        return Read(new DataBytes(path, Bytes(path)), format);
    }

    internal static DataReading Read(DataBytes bytes, DataFormat format)
    {
        if (!IsValid(bytes.Span)) return DataReading.Failed(DataFileDiagnostics.NotUtf8(bytes.Locate(FirstInvalidByte(bytes.Span), 1)));
        if (bytes.Span.StartsWith(ByteOrderMark)) bytes = bytes.From(ByteOrderMark.Length);
        return format switch
        {
            DataFormat.Json => JsonData.Read(bytes),
            DataFormat.Csv => CsvData.Read(bytes, ","),
            _ => CsvData.Read(bytes, "\t"),
        };
    }

    /// <summary>All of a file, block by block, since a large one takes a while.</summary>
    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        // What is no file has no length, and is not so large that anyone waits for it.
        if (!file.CanSeek || file.Length == 0) return File.ReadAllBytes(path);
        var bytes = GC.AllocateUninitializedArray<byte>((int)file.Length);
        for (int at = 0, block; at < bytes.Length; at += block)
        {
            Budget.Current.Check();
            block = Math.Min(Block, bytes.Length - at);
            file.ReadExactly(bytes, at, block);
        }
        return bytes;
    }

    private static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > Block)
        {
            Budget.Current.Check();
            var end = Block;
            // A character has at most four bytes, of which all but the first say that they are none of their own.
            while (end > Block - 4 && (bytes[end] & 0xC0) == 0x80) end--;
            if (!Utf8.IsValid(bytes[..end])) return false;
            bytes = bytes[end..];
        }
        return Utf8.IsValid(bytes);
    }

    private static DataFormat? Format(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => DataFormat.Json,
        ".csv" => DataFormat.Csv,
        ".tsv" => DataFormat.Tsv,
        _ => null,
    };

    private static int FirstInvalidByte(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        return at;
    }
}

internal enum DataFormat { Json, Csv, Tsv }
