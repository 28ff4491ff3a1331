using System.Collections;
using System.Text.Json;

namespace ProbLang.Datasets;

/// <summary>How objects of a .NET type are values by strings: dictionaries of any kind, and objects of JSON.</summary>
internal abstract class EntryType
{
    /// <summary>Null where objects of the type have no keys.</summary>
    public static EntryType? Of(Type type)
    {
        if (type == typeof(JsonElement)) return new JsonEntries();
        if (ValuesOf(type) is { } values) return (EntryType)Activator.CreateInstance(typeof(PairEntries<>).MakeGenericType(values))!;
        return typeof(IDictionary).IsAssignableFrom(type) ? new DictionaryEntries() : null;
    }

    /// <summary>Adds each value to the cells that are for its key; where these are null, it is not looked at.</summary>
    /// <exception cref="ArgumentException">A key is no string; or the value is no data.</exception>
    public abstract void Read(object entries, Func<string, HostCells?> cellsOf);

    public abstract IEnumerable<string> Keys(object entries);

    /// <summary>The type of the values where something is a sequence of pairs with strings.</summary>
    private static Type? ValuesOf(Type type) => type.GetInterfaces().Prepend(type)
        .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IEnumerable<>)).Select(t => t.GetGenericArguments()[0])
        .FirstOrDefault(p => p.IsGenericType && p.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) && p.GetGenericArguments()[0] == typeof(string))?.GetGenericArguments()[1];
}

internal sealed class PairEntries<T> : EntryType
{
    public override void Read(object entries, Func<string, HostCells?> cellsOf)
    {
        foreach (var (key, value) in (IEnumerable<KeyValuePair<string, T>>)entries)
            if (cellsOf(key) is { } cells) CellType<T>.Instance.Add(value, cells);
    }

    public override IEnumerable<string> Keys(object entries) => ((IEnumerable<KeyValuePair<string, T>>)entries).Select(e => e.Key);
}

internal sealed class DictionaryEntries : EntryType
{
    public override void Read(object entries, Func<string, HostCells?> cellsOf)
    {
        var dictionary = (IDictionary)entries;
        foreach (var key in dictionary.Keys)
            if (cellsOf(key as string ?? throw new ArgumentException("Data are named by strings.")) is { } cells) CellType<object?>.Instance.Add(dictionary[key], cells);
    }

    public override IEnumerable<string> Keys(object entries) => ((IDictionary)entries).Keys.OfType<string>();
}

internal sealed class JsonEntries : EntryType
{
    public override void Read(object entries, Func<string, HostCells?> cellsOf)
    {
        var json = (JsonElement)entries;
        if (json.ValueKind != JsonValueKind.Object) throw new ArgumentException($"JSON names values by an object, and this is {json.ValueKind}.");
        foreach (var property in json.EnumerateObject())
            if (cellsOf(property.Name) is { } cells) JsonCells.Add(property.Value, cells);
    }

    public override IEnumerable<string> Keys(object entries) => ((JsonElement)entries).EnumerateObject().Select(p => p.Name);
}
