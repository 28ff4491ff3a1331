using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace ProbLang.Results;

/// <summary>What a header says of a tensor: its values lie from <paramref name="Begin"/> up to <paramref name="End"/>, counted from the end of the header.</summary>
internal sealed record TensorEntry(string Name, TensorType Type, ImmutableArray<int> Shape, int Count, long Begin, long End);

/// <summary>The header of a file, with its tensors in the order of their values.</summary>
internal sealed record SafetensorsHeader(ImmutableArray<TensorEntry> Entries, ImmutableSortedDictionary<string, string> Metadata)
{
    public const string MetadataName = "__metadata__";
    private const int MaxDepth = 8;
    private const int MaxMessage = 500;

    /// <exception cref="SafetensorsException">It is not such a header.</exception>
    public static SafetensorsHeader Parse(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes)) throw new SafetensorsException("The header is not UTF-8.");
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Parse(json.RootElement);
        }
        catch (JsonException e)
        {
            throw new SafetensorsException($"The header is not JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 stands for half a character.
            throw new SafetensorsException("The header has a text that is not Unicode.");
        }
    }

    private static SafetensorsHeader Parse(JsonElement root)
    {
        Require(root.ValueKind == JsonValueKind.Object, "The header is not a JSON object.");
        var entries = ImmutableArray.CreateBuilder<TensorEntry>();
        var metadata = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            Require(names.Add(property.Name), $"The header has `{property.Name}` twice.");
            if (property.Name == MetadataName) metadata = Texts(property.Value);
            else entries.Add(Entry(property.Name, property.Value));
        }
        return new SafetensorsHeader([.. entries.OrderBy(e => e.Begin).ThenBy(e => e.End)], metadata);
    }

    private static ImmutableSortedDictionary<string, string> Texts(JsonElement json)
    {
        Require(json.ValueKind == JsonValueKind.Object, $"`{MetadataName}` is not an object.");
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            Require(property.Value.ValueKind == JsonValueKind.String, $"`{property.Name}` of the metadata is not a text.");
            Require(texts.TryAdd(property.Name, property.Value.GetString()!), $"The metadata have `{property.Name}` twice.");
        }
        return texts.ToImmutable();
    }

    private static TensorEntry Entry(string name, JsonElement json)
    {
        Require(json.ValueKind == JsonValueKind.Object, $"The header says of `{name}` no more than {json.ValueKind}.");
        Require(json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).SequenceEqual(["data_offsets", "dtype", "shape"]),
            $"The header must say of `{name}` its dtype, shape and data_offsets, each once.");
        var type = Type(name, json.GetProperty("dtype"));
        var shape = Shape(name, json.GetProperty("shape"), type, out var count);
        var offsets = json.GetProperty("data_offsets");
        Require(offsets.ValueKind == JsonValueKind.Array && offsets.GetArrayLength() == 2, $"The data_offsets of `{name}` are not two numbers.");
        var (begin, end) = (Whole(name, "data_offsets", offsets[0]), Whole(name, "data_offsets", offsets[1]));
        Require(end >= begin && end - begin == (long)count * NamedTensor.SizeOf(type),
            $"`{name}` has {count} values of type {type}, which do not take the {end - begin} bytes from {begin} to {end}.");
        return new TensorEntry(name, type, shape, count, begin, end);
    }

    private static TensorType Type(string name, JsonElement json)
    {
        var text = json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
        foreach (var type in Enum.GetValues<TensorType>()) if (text == type.ToString()) return type;
        throw Failure($"`{name}` is of type {text}; F64, F32 and I64 are read here.");
    }

    private static ImmutableArray<int> Shape(string name, JsonElement json, TensorType type, out int count)
    {
        Require(json.ValueKind == JsonValueKind.Array, $"The shape of `{name}` is not a list.");
        var shape = ImmutableArray.CreateBuilder<int>(json.GetArrayLength());
        var product = 1L;
        var isEmpty = false;
        foreach (var item in json.EnumerateArray())
        {
            var extent = Whole(name, "shape", item);
            Require(extent <= Array.MaxLength, TooLarge(name));
            shape.Add((int)extent);
            isEmpty |= extent == 0;
            // What one extent of 0 makes empty may be as large as it likes in the others.
            product = isEmpty ? 0 : product * extent;
            Require(product <= Array.MaxLength / NamedTensor.SizeOf(type), TooLarge(name));
        }
        count = (int)product;
        return shape.ToImmutable();
    }

    private static string TooLarge(string name) => $"`{name}` has more values than are read here.";

    private static long Whole(string name, string what, JsonElement json)
    {
        var number = 0L;
        Require(json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out number) && number >= 0,
            $"The {what} of `{name}` has {json.GetRawText()} where a whole number from 0 is needed.");
        return number;
    }

    private static void Require(bool holds, string message)
    {
        if (!holds) throw Failure(message);
    }

    /// <summary>What the file says may be long.</summary>
    private static SafetensorsException Failure(string message) => new(message.Length <= MaxMessage ? message : $"{message.AsSpan(0, MaxMessage)}…");
}
