using System.Reflection;

namespace ProbLang.Datasets;

/// <summary>A property of records as a column.</summary>
internal sealed class RecordColumn<TRow>
{
    private readonly RecordProperty<TRow> _property;
    private readonly string _called;
    private readonly HostCells _cells;
    private int _count;

    /// <param name="name">What it is called as data.</param>
    /// <param name="property">The property.</param>
    /// <param name="options">How it becomes data.</param>
    private RecordColumn(HostName name, PropertyInfo property, DataOptions options)
    {
        (Name, _called, _property) = (name, property.Name, RecordProperty<TRow>.Of(property));
        _cells = new HostCells(_called, options.NaNIsMissing, isColumn: true);
        _cells.Enter();
        _cells.Expect(_property.Rank);
    }

    public HostName Name { get; }

    /// <summary>Why the property is no data; null where it is.</summary>
    public string? Objection => _property.Objection;

    public UnreadableValue Unreadable => new(Name.IsProperty, $"`{_called}` is {Objection}.");

    public void Add(ref TRow row)
    {
        _cells.MoveTo(_count++);
        _property.Add(ref row, _cells);
    }

    public DataArray ToArray()
    {
        _cells.Leave(_count);
        return _cells.ToArray(Name.Name) with { IsProperty = Name.IsProperty, IsIncidental = !ReadableProperties.AreAllMeant(typeof(TRow)) };
    }

    /// <summary>The columns of a type of records.</summary>
    public static RecordColumn<TRow>[] Of(DataOptions options) =>
    [
        .. from property in ReadableProperties.Of(typeof(TRow))
           let name = HostName.Of(property, options)
           where name is not null
           select new RecordColumn<TRow>(name.Value, property, options),
    ];
}
