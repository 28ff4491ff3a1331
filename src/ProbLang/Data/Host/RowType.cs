using System.Reflection;

namespace ProbLang.Datasets;

/// <summary>How objects of one .NET type are single rows: where each of some variables is. What else they have is not looked at.</summary>
internal abstract class RowType
{
    /// <param name="type">The type of the rows.</param>
    /// <param name="names">The variables.</param>
    /// <exception cref="ArgumentException">Objects of the type do not say what their values are called; or a name is ambiguous.</exception>
    public static RowType Of(Type type, PropertyNames names) =>
        EntryType.Of(type) is { } entries ? entries.AreColumns ? new QueryRow(entries, names) : new EntryRow(entries, names)
        : (RowType)Activator.CreateInstance(typeof(RecordRow<>).MakeGenericType(type), names.Of(type))!;

    /// <summary>Adds the values of a row to the cells that are for them; null where a variable is of no use.</summary>
    public abstract void Read(object row, Func<string, HostCells?> cellsOf);

    /// <summary>What a row calls its values.</summary>
    public abstract IEnumerable<string> NamesOf(object row);

    /// <summary>Those of them that are no variable.</summary>
    public abstract IEnumerable<string> UnusedNamesOf(object row);
}

internal sealed class EntryRow(EntryType entries, PropertyNames names) : RowType
{
    public override void Read(object row, Func<string, HostCells?> cellsOf) => entries.Read(row, cellsOf);

    public override IEnumerable<string> NamesOf(object row) => entries.Keys(row);

    public override IEnumerable<string> UnusedNamesOf(object row) => entries.Keys(row).Where(key => !names.Has(key));
}

internal sealed class QueryRow(EntryType entries, PropertyNames names) : RowType
{
    public override void Read(object row, Func<string, HostCells?> cellsOf)
    {
        var variables = names.Of(entries.Keys(row));
        entries.Read(row, column => variables.TryGetValue(column, out var variable) ? cellsOf(variable) : null);
    }

    public override IEnumerable<string> NamesOf(object row) => entries.Keys(row);

    public override IEnumerable<string> UnusedNamesOf(object row) => entries.Keys(row).Except(names.Of(entries.Keys(row)).Keys);
}

internal sealed class RecordRow<TRow>(Dictionary<string, PropertyInfo> properties) : RowType
{
    private readonly (string Variable, RecordProperty<TRow> Property)[] _properties = [.. properties.Select(p => (p.Key, RecordProperty<TRow>.Of(p.Value)))];
    private readonly string[] _unused = [.. ReadableProperties.Of(typeof(TRow)).Select(p => p.Name).Except(properties.Values.Select(p => p.Name))];

    public override void Read(object row, Func<string, HostCells?> cellsOf)
    {
        var record = (TRow)row;
        foreach (var (variable, property) in _properties)
            if (cellsOf(variable) is { } cells) property.Add(ref record, cells);
    }

    public override IEnumerable<string> NamesOf(object row) => ReadableProperties.Of(typeof(TRow)).Select(p => p.Name);

    public override IEnumerable<string> UnusedNamesOf(object row) => _unused;
}
