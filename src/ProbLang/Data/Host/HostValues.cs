using System.Collections;
using System.Collections.Immutable;
using System.Data;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProbLang.Datasets;

/// <summary>Data from an object of the program: its properties, or the entries of a dictionary.</summary>
internal sealed class HostValues
{
    private readonly DataOptions _options;
    private readonly Dictionary<string, Func<DataArray>> _arrays = [];
    private readonly ImmutableDictionary<string, UnreadableValue>.Builder _unreadable = ImmutableDictionary.CreateBuilder<string, UnreadableValue>();

    private HostValues(DataOptions options) => _options = options;

    public static DataPart Read(object values, DataOptions options)
    {
        if (values is IDataReader or DataTable or DataView) throw new ArgumentException($"A {values.GetType().Name} has many rows: give `Data.OfReader` the reader, or `table.CreateDataReader()`.", nameof(values));
        var read = new HostValues(options);
        if (EntryType.Of(values.GetType()) is { } entries) entries.Read(values, key => HostName.Of(key, options, entries.AreColumns) is { } name ? read.Began(name, key, entries.TypeOf(values, key)) : null);
        else
            foreach (var property in PropertiesOf(values.GetType(), nameof(values)))
                if (HostName.Of(property, options) is { } name) read.Add(name, property, values);
        var part = DataPart.Of(new Datasets.DataSet(read._arrays.ToDictionary(a => a.Key, a => a.Value()))) with { Unreadable = read._unreadable.ToImmutable() };
        // Only records and queries tell by themselves how many rows they have.
        if (options.RowSizeName is { } size && !new PropertyNames([size]).Resolve(part).Reading.Data.Arrays.ContainsKey(size)) throw HostRecords.NoRowSize(size, "object", read._arrays.Keys);
        return part;
    }

    /// <summary>The properties of a type that says by them what its values are called.</summary>
    /// <param name="type">The type.</param>
    /// <param name="parameter">The parameter that objects of it are given as.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type, string parameter) =>
        type.IsAssignableTo(typeof(IEnumerable)) || type.IsAssignableTo(typeof(IConvertible)) || type.IsAssignableTo(typeof(JsonNode)) || !ReadableProperties.Of(type).Any() && !ReadableProperties.AreAllMeant(type)
            ? throw new ArgumentException($"A {type.Name} does not say what its values are called. Give an object with a property for each variable, `new {{ y = … }}`; `Data.OfRecords` takes a sequence of records.", parameter)
            : ReadableProperties.Of(type);

    /// <summary>The object of a class may have properties that the model has no use for.</summary>
    private void Add(HostName name, PropertyInfo property, object values)
    {
        var type = ReadableProperties.AreAllMeant(values.GetType()) ? null : property.PropertyType;
        if (type is not null && CellType.Of(type).Objection is { } objection)
        {
            CheckIsNew(name, nameof(values));
            _unreadable[name.Name] = new UnreadableValue(name.IsProperty, $"`{property.Name}` is {objection}.");
            return;
        }
        var cells = Began(name, property.Name, isIncidental: type is not null, nameof(values));
        var value = property.GetValue(values, BindingFlags.DoNotWrapExceptions, null, null, null);
        if (value is null) cells.AddMissing();
        else if (type is not null && type != typeof(object) && !type.IsAbstract) CellType.Of(type).AddObject(value, cells);
        else CellType<object>.Instance.Add(value, cells);
    }

    /// <summary>An entry; null where all that has its type is no data.</summary>
    private HostCells? Began(HostName name, string key, Type? type)
    {
        if (type is null || CellType.Of(type).Objection is not { } objection) return Began(name, key, isIncidental: false, "values");
        CheckIsNew(name, "values");
        _unreadable[name.Name] = new UnreadableValue(name.IsProperty, $"`{key}` is {objection}.");
        return null;
    }

    private HostCells Began(HostName name, string called, bool isIncidental, string parameter)
    {
        CheckIsNew(name, parameter);
        var cells = new HostCells(called, _options.NaNIsMissing);
        _arrays[name.Name] = () => cells.ToArray(name.Name) with { IsProperty = name.IsProperty, IsIncidental = isIncidental };
        return cells;
    }

    private void CheckIsNew(HostName name, string parameter)
    {
        if (_arrays.ContainsKey(name.Name) || _unreadable.ContainsKey(name.Name)) throw new ArgumentException($"There are two values by the name `{name.Name}`.", parameter);
    }
}
