namespace ProbLang.Datasets;

/// <summary>Columns by keys, which may come at any row.</summary>
internal sealed class EntryColumns<T>(DataOptions options)
{
    private readonly Dictionary<string, Column?> _columns = [];
    private int _count;

    public void Add(IEnumerable<KeyValuePair<string, T>> row)
    {
        foreach (var (key, value) in row)
        {
            if (!_columns.TryGetValue(key, out var column)) _columns[key] = column = HostName.Of(key, options, isProperty: false) is { } name ? new Column(name, key, options) : null;
            if (column is null) continue;
            column.FillTo(_count);
            column.Add(value);
        }
        _count++;
    }

    /// <exception cref="ArgumentException">Two keys give one variable.</exception>
    public IEnumerable<DataArray> ToArrays()
    {
        var columns = _columns.Values.OfType<Column>().ToArray();
        if (columns.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }) throw new ArgumentException($"There are two columns by the name `{twice}`.");
        return columns.Select(c => c.ToArray(_count));
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

        public void Add(T value)
        {
            _cells.MoveTo(_next++);
            CellType<T>.Instance.Add(value, _cells);
        }

        /// <summary>The rows before had no such key.</summary>
        public void FillTo(int row)
        {
            for (; _next < row; _next++) _cells.AddMissing();
        }

        public DataArray ToArray(int count)
        {
            FillTo(count);
            _cells.Leave(count);
            return _cells.ToArray(_name.Name) with { IsProperty = _name.IsProperty };
        }
    }
}
