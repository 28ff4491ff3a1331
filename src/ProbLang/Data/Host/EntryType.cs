using System.Collections;
using System.Data;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProbLang.Datasets;

/// <summary>How objects of a .NET type are values by strings: dictionaries of any kind, objects of JSON, and rows of a query.</summary>
internal abstract class EntryType
{
    /// <summary>Null where objects of the type have no keys.</summary>
    public static EntryType? Of(Type type)
    {
        if (type == typeof(JsonElement) || type == typeof(JsonDocument)) return new JsonEntries();
        if (type == typeof(JsonNode) || type == typeof(JsonObject)) return new NodeEntries();
        if (typeof(DataRow).IsAssignableFrom(type) || type == typeof(DataRowView)) return new TableEntries();
        if (typeof(IDataRecord).IsAssignableFrom(type)) return new QueryEntries();
        if (ValuesOf(type) is { } values) return (EntryType)Activator.CreateInstance(typeof(PairEntries<>).MakeGenericType(values))!;
        return typeof(IDictionary).IsAssignableFrom(type) ? new DictionaryEntries() : null;
    }

    /// <summary>Whether the keys are columns of a query, which the model may write otherwise.</summary>
    public virtual bool AreColumns => false;

    /// <summary>Of what type all values by a key are; null where each has its own.</summary>
    public virtual Type? TypeOf(object entries, string key) => null;

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
        var json = ElementOf(entries);
        if (json.ValueKind != JsonValueKind.Object) throw new ArgumentException($"JSON names values by an object, and this is {json.ValueKind}.");
        foreach (var property in json.EnumerateObject())
            if (cellsOf(property.Name) is { } cells) JsonCells.Add(property.Value, cells);
    }

    public override IEnumerable<string> Keys(object entries) => ElementOf(entries).EnumerateObject().Select(p => p.Name);

    private static JsonElement ElementOf(object entries) => entries is JsonDocument document ? document.RootElement : (JsonElement)entries;
}

internal sealed class NodeEntries : EntryType
{
    public override void Read(object entries, Func<string, HostCells?> cellsOf)
    {
        if (entries is not JsonObject json) throw new ArgumentException($"JSON names values by an object, and this is {((JsonNode)entries).GetValueKind()}.");
        foreach (var (key, value) in EntriesOf(json))
            if (cellsOf(key) is { } cells) JsonCells.Add(value, cells);
    }

    public override IEnumerable<string> Keys(object entries) => EntriesOf((JsonObject)entries).Select(e => e.Key);

    /// <summary>An object learns its names when it is first looked at.</summary>
    private static KeyValuePair<string, JsonNode?>[] EntriesOf(JsonObject json)
    {
        try
        {
            return [.. json];
        }
        catch (ArgumentException twice)
        {
            throw new ArgumentException("An object of JSON has two values by one name.", twice);
        }
    }
}

internal sealed class TableEntries : EntryType
{
    public override bool AreColumns => true;

    public override void Read(object entries, Func<string, HostCells?> cellsOf)
    {
        var row = RowOf(entries);
        foreach (DataColumn column in row.Table.Columns)
            if (cellsOf(column.ColumnName) is { } cells) CellType<object>.Instance.Add(row[column], cells);
    }

    public override IEnumerable<string> Keys(object entries) => RowOf(entries).Table.Columns.Cast<DataColumn>().Select(c => c.ColumnName);

    public override Type? TypeOf(object entries, string key) => RowOf(entries).Table.Columns[key]?.DataType;

    private static DataRow RowOf(object entries) => entries is DataRowView view ? view.Row : (DataRow)entries;
}

internal sealed class QueryEntries : EntryType
{
    public override bool AreColumns => true;

    public override void Read(object entries, Func<string, HostCells?> cellsOf)
    {
        var record = (IDataRecord)entries;
        for (var c = 0; c < record.FieldCount; c++)
            if (record.GetName(c) is { Length: > 0 } name && cellsOf(name) is { } cells) CellType<object>.Instance.Add(record.GetValue(c), cells);
    }

    public override IEnumerable<string> Keys(object entries) => Enumerable.Range(0, ((IDataRecord)entries).FieldCount).Select(((IDataRecord)entries).GetName);

    public override Type? TypeOf(object entries, string key) => ((IDataRecord)entries).GetFieldType(((IDataRecord)entries).GetOrdinal(key));
}
