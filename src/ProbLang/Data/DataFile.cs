using System.Text;
using System.Text.Unicode;

namespace ProbLang.Datasets;

/// <summary>Reads a data file by what its name ends with.</summary>
internal static class DataFile
{
    private const long LargestFile = 1L << 30;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DataReading Read(string path)
    {
        if (Format(path) is not { } format) return DataReading.Failed(DataFileDiagnostics.UnknownFormat(path));
        if (new FileInfo(path).Length > LargestFile) return DataReading.Failed(DataFileDiagnostics.TooLarge(path, LargestFile));
        return Read(new DataBytes(path, File.ReadAllBytes(path)), format);
    }

    internal static DataReading Read(DataBytes bytes, DataFormat format)
    {
        if (!Utf8.IsValid(bytes.Span)) return DataReading.Failed(DataFileDiagnostics.NotUtf8(bytes.Locate(FirstInvalidByte(bytes.Span), 1)));
        if (bytes.Span.StartsWith(ByteOrderMark)) bytes = bytes.From(ByteOrderMark.Length);
        return format switch
        {
            DataFormat.Json => JsonData.Read(bytes),
            DataFormat.Csv => CsvData.Read(bytes, ","),
            _ => CsvData.Read(bytes, "\t"),
        };
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
