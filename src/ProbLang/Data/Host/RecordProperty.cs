using System.Reflection;

namespace ProbLang.Datasets;

/// <summary>A property of records, and how its values are data.</summary>
internal abstract class RecordProperty<TRow>
{
    /// <summary>Why the property is no data; null where it is.</summary>
    public abstract string? Objection { get; }

    /// <summary>How many dimensions a value has, as far as the type tells.</summary>
    public abstract int Rank { get; }

    public abstract void Add(ref TRow row, HostCells to);

    public static RecordProperty<TRow> Of(PropertyInfo property) =>
        (RecordProperty<TRow>)Activator.CreateInstance(typeof(RecordProperty<,>).MakeGenericType(typeof(TRow), property.PropertyType), property)!;
}

/// <summary>Reads a property by a delegate to its getter: no reflection a cell, and no box.</summary>
internal sealed class RecordProperty<TRow, T>(PropertyInfo property) : RecordProperty<TRow>
{
    private readonly Getter _get = Compile(property.GetMethod!);

    private delegate T Getter(ref TRow row);

    public override string? Objection => CellType<T>.Instance.Objection;

    public override int Rank => CellType<T>.Instance.Rank;

    public override void Add(ref TRow row, HostCells to) => CellType<T>.Instance.Add(_get(ref row), to);

    /// <summary>The getter of a struct takes the struct by reference, that of a class the object.</summary>
    private static Getter Compile(MethodInfo getter)
    {
        if (typeof(TRow).IsValueType) return getter.CreateDelegate<Getter>();
        var get = getter.CreateDelegate<Func<TRow, T>>();
        return (ref TRow row) => get(row);
    }
}
