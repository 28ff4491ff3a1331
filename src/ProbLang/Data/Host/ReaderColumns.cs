using System.Collections.Immutable;
using System.Data;

namespace ProbLang.Datasets;

/// <summary>Data from the rows of a query: a column for each of its columns.</summary>
internal sealed class ReaderColumns
{
    private readonly IDataReader _reader;
    private readonly DataOptions _options;
    private readonly List<Column> _columns = [];
    private readonly ImmutableDictionary<string, UnreadableValue>.Builder _unreadable = ImmutableDictionary.CreateBuilder<string, UnreadableValue>();
    private int _count;

    /// <exception cref="ArgumentException">Two columns have one name.</exception>
    public ReaderColumns(IDataReader reader, DataOptions options)
    {
        (_reader, _options) = (reader, options);
        for (var c = 0; c < reader.FieldCount; c++)
        {
            if (reader.GetName(c) is not { Length: > 0 } called || HostName.Of(called, options, isProperty: true) is not { } name) continue;
            var type = reader.GetFieldType(c);
            if (_columns.Exists(o => o.Name.Name == name.Name) || _unreadable.ContainsKey(name.Name)) throw new ArgumentException($"There are two columns by the name `{name.Name}`.", nameof(reader));
            if (type is not null && CellType.Of(type).Objection is { } objection) _unreadable[name.Name] = new UnreadableValue(name.IsProperty, $"`{called}` is {objection}.");
            else _columns.Add(new Column(c, name, type == typeof(double), Began(called)));
        }
    }

    /// <summary>Takes the row at which the reader stands.</summary>
    public void Add()
    {
        foreach (var (ordinal, _, isDouble, cells) in _columns)
        {
            cells.MoveTo(_count);
            if (_reader.IsDBNull(ordinal)) cells.AddMissing();
            else if (isDouble) cells.Add(_reader.GetDouble(ordinal));
            else CellType<object>.Instance.Add(_reader.GetValue(ordinal), cells);
        }
        _count++;
    }

    public DataPart ToPart()
    {
        foreach (var column in _columns) column.Cells.Leave(_count);
        return HostRecords.Part(_columns.Select(c => c.Cells.ToArray(c.Name.Name) with { IsProperty = c.Name.IsProperty }), _count, _options) with { Unreadable = _unreadable.ToImmutable() };
    }

    private HostCells Began(string called)
    {
        var cells = new HostCells(called, _options.NaNIsMissing, isColumn: true);
        cells.Enter();
        return cells;
    }

    private sealed record Column(int Ordinal, HostName Name, bool IsDouble, HostCells Cells);
}
