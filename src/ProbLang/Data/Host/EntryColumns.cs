using System.Collections.Immutable;

namespace ProbLang.Datasets;

/// <summary>Columns by keys, which may come at any row.</summary>
internal sealed class EntryColumns(EntryType entries, DataOptions options)
{
    private readonly Dictionary<string, Column?> _columns = [];
    private readonly ImmutableDictionary<string, UnreadableValue>.Builder _unreadable = ImmutableDictionary.CreateBuilder<string, UnreadableValue>();
    private int _count;

    /// <exception cref="ArgumentException">A value is no data; or two have one name.</exception>
    public void Add(object row)
    {
        entries.Read(row, key => CellsOf(key, row));
        _count++;
    }

    /// <exception cref="ArgumentException">Two keys give one variable.</exception>
    public DataPart ToPart() => HostRecords.Part(Arrays(), _count, options) with { Unreadable = _unreadable.ToImmutable() };

    private IEnumerable<DataArray> Arrays()
    {
        var columns = _columns.Values.OfType<Column>().ToArray();
        if (columns.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }) throw new ArgumentException($"There are two columns by the name `{twice}`.");
        return columns.Select(c => c.ToArray(_count));
    }

    private HostCells? CellsOf(string key, object row)
    {
        if (!_columns.TryGetValue(key, out var column)) _columns[key] = column = Begun(key, row);
        return column?.CellsOf(_count);
    }

    private Column? Begun(string key, object row)
    {
        if (HostName.Of(key, options, entries.AreColumns) is not { } name) return null;
        if (entries.TypeOf(row, key) is not { } type || CellType.Of(type).Objection is not { } objection) return new Column(name, key, options);
        _unreadable[name.Name] = new UnreadableValue(name.IsProperty, $"`{key}` is {objection}.");
        return null;
    }

    private sealed class Column
    {
        private readonly HostName _name;
        private readonly HostCells _cells;
        private int _next;

        public Column(HostName name, string key, DataOptions options)
        {
            (_name, _cells) = (name, new HostCells(key, options.NaNIsMissing, isColumn: true));
            _cells.Enter();
        }

        public string Name => _name.Name;

        public HostCells CellsOf(int row)
        {
            FillTo(row);
            _cells.MoveTo(row);
            return _next++ == row ? _cells : throw new ArgumentException($"There are two values by the name `{Name}` in row {row + 1}.");
        }

        public DataArray ToArray(int count)
        {
            FillTo(count);
            _cells.Leave(count);
            return _cells.ToArray(Name) with { IsProperty = _name.IsProperty };
        }

        /// <summary>The rows before had no such key.</summary>
        private void FillTo(int row)
        {
            for (; _next < row; _next++) _cells.AddMissing();
        }
    }
}
