using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>Data as JSON: an object with a value by the name of each variable.</summary>
internal static class JsonData
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    public static DataReading Read(DataBytes bytes)
    {
        var arrays = new Dictionary<string, DataArray>();
        var faults = ImmutableDictionary.CreateBuilder<string, Diagnostic>();
        var reader = new Utf8JsonReader(bytes.Span, Options);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return DataReading.Failed(DataFileDiagnostics.NotAnObject(bytes.Locate((int)reader.TokenStartIndex, 1)));
            var places = new Dictionary<string, int>();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = Nfkc.Normalize(reader.GetString()!);
                var place = (int)reader.TokenStartIndex;
                reader.Read();
                var value = JsonArray.Read(ref reader, name, bytes);
                if (value.Fatal) return DataReading.Failed(value.Fault!);
                if (value.Fault is not null) faults[name] = value.Fault;
                else arrays[name] = value.Array! with { NamePlace = Key(bytes, place, name) };
                if (!places.TryAdd(name, place)) faults[name] = DataFileDiagnostics.Duplicate(name, Key(bytes, place, name), Key(bytes, places[name], name));
            }
            reader.Read();
        }
        catch (JsonException mistake)
        {
            return DataReading.Failed(Explain(bytes, mistake));
        }
        foreach (var name in faults.Keys) arrays.Remove(name);
        return new DataReading(new DataSet(arrays), faults.ToImmutable(), []);
    }

    /// <summary>One value, as <c>--given</c> has it.</summary>
    public static JsonArray ReadValue(DataBytes bytes, string name)
    {
        var reader = new Utf8JsonReader(bytes.Span, Options);
        try
        {
            reader.Read();
            var value = JsonArray.Read(ref reader, name, bytes);
            reader.Read();
            return value;
        }
        catch (JsonException mistake)
        {
            return JsonArray.Failed(Explain(bytes, mistake));
        }
    }

    private static Location Key(DataBytes bytes, int offset, string name) => bytes.Locate(offset, name.Length + 2);

    private static Diagnostic Explain(DataBytes bytes, JsonException mistake)
    {
        var all = bytes.Span;
        var offset = 0;
        for (var line = mistake.LineNumber ?? 0; line > 0; line--) offset += all[offset..].IndexOf((byte)'\n') + 1;
        offset = Math.Min(all.Length, offset + (int)(mistake.BytePositionInLine ?? 0));
        if (all[offset..].IndexOfAnyExcept(" \t\r\n"u8) < 0) return DataFileDiagnostics.EndsEarly(bytes.Locate(Math.Max(0, all.TrimEnd(" \t\r\n"u8).Length - 1), 1));
        var before = all[..offset].TrimEnd(" \t\r\n"u8);
        if (all[offset] is (byte)']' or (byte)'}' && before.EndsWith(","u8)) return DataFileDiagnostics.CommaBeforeBracket(bytes.Locate(before.Length - 1, 1));
        // The reader stops inside a word that it does not know, such as NaN.
        var from = offset;
        while (from > 0 && IsWord(all[from - 1])) from--;
        var to = offset;
        while (to < all.Length && to - from < 100 && IsWord(all[to])) to++;
        if (to == from)
        {
            Rune.DecodeFromUtf8(all[from..], out _, out var length);
            to += length;
        }
        var found = Encoding.UTF8.GetString(all[from..to]);
        var place = bytes.Locate(from, to - from);
        return found.Equals("nan", StringComparison.OrdinalIgnoreCase) ? DataFileDiagnostics.NaN(place) : DataFileDiagnostics.NotJson(place, found);
    }

    private static bool IsWord(byte b) => b is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_' or (byte)'.' or (byte)'+' or (byte)'-';
}
