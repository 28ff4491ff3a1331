using System.Reflection;

namespace ProbLang.Datasets;

/// <summary>A property of records as a column.</summary>
/// <param name="name">What it is called as data.</param>
/// <param name="called">What the program calls it.</param>
/// <param name="options">How it becomes data.</param>
internal abstract class RecordColumn<TRow>(HostName name, string called, DataOptions options)
{
    private int _count;

    public HostName Name => name;

    /// <summary>Why the property is no data; null where it is.</summary>
    public virtual string? Objection => null;

    /// <summary>How many dimensions a value has.</summary>
    protected abstract int Rank { get; }

    protected HostCells Cells { get; } = Began(called, options);

    public void Add(ref TRow row)
    {
        Cells.MoveTo(_count++);
        AddValue(ref row);
    }

    public DataArray ToArray()
    {
        Cells.Leave(_count);
        return Cells.ToArray(name.Name, 1 + Rank) with { IsProperty = name.IsProperty, IsIncidental = !ReadableProperties.AreAllMeant(typeof(TRow)) };
    }

    public UnreadableValue Unreadable => new(name.IsProperty, $"`{called}` is {Objection}.");

    protected abstract void AddValue(ref TRow row);

    private static HostCells Began(string called, DataOptions options)
    {
        var cells = new HostCells(called, options.NaNIsMissing, isColumn: true);
        cells.Enter();
        return cells;
    }

    /// <summary>The columns of a type of records.</summary>
    public static RecordColumn<TRow>[] Of(DataOptions options) =>
    [
        .. from property in ReadableProperties.Of(typeof(TRow))
           let name = HostName.Of(property, options)
           where name is not null
           select (RecordColumn<TRow>)Activator.CreateInstance(typeof(PropertyColumn<,>).MakeGenericType(typeof(TRow), property.PropertyType), name.Value, property, options)!,
    ];
}

/// <summary>Reads a property by a delegate to its getter: no reflection a cell, and no box.</summary>
internal sealed class PropertyColumn<TRow, T>(HostName name, PropertyInfo property, DataOptions options) : RecordColumn<TRow>(name, property.Name, options)
{
    private readonly Getter _get = Compile(property.GetMethod!);

    private delegate T Getter(ref TRow row);

    public override string? Objection => CellType<T>.Instance.Objection;

    protected override int Rank => CellType<T>.Instance.Rank;

    protected override void AddValue(ref TRow row) => CellType<T>.Instance.Add(_get(ref row), Cells);

    /// <summary>The getter of a struct takes the struct by reference, that of a class the object.</summary>
    private static Getter Compile(MethodInfo getter)
    {
        if (typeof(TRow).IsValueType) return getter.CreateDelegate<Getter>();
        var get = getter.CreateDelegate<Func<TRow, T>>();
        return (ref TRow row) => get(row);
    }
}
