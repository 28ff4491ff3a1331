using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace ProbLang.Datasets;

/// <summary>Data from an object of the program: its properties, or the entries of a dictionary.</summary>
internal static class HostValues
{
    public static DataPart Read(object values, DataOptions options)
    {
        var arrays = new Dictionary<string, DataArray>();
        var unreadable = ImmutableDictionary.CreateBuilder<string, UnreadableValue>();
        foreach (var (name, called, type, value) in Named(values, options))
        {
            if (arrays.ContainsKey(name.Name) || unreadable.ContainsKey(name.Name)) throw new ArgumentException($"There are two values by the name `{name.Name}`.", nameof(values));
            if (type is not null && CellType.Of(type).Objection is { } objection) unreadable[name.Name] = new UnreadableValue(name.IsProperty, $"`{called}` is {objection}.");
            else arrays[name.Name] = Array(name.Name, called, value, type, options) with { IsProperty = name.IsProperty, IsIncidental = type is not null };
        }
        return DataPart.Of(new DataSet(arrays)) with { Unreadable = unreadable.ToImmutable() };
    }

    /// <summary>The values with what they are called; with the type of the property where the object may have others that the model has no use for.</summary>
    private static IEnumerable<(HostName Name, string Called, Type? Type, object? Value)> Named(object values, DataOptions options)
    {
        if (values is IDictionary dictionary)
            return from key in dictionary.Keys.Cast<object>()
                   let text = key as string ?? throw new ArgumentException("Data are named by strings.", nameof(values))
                   let name = HostName.Of(text, options, isProperty: false)
                   where name is not null
                   select (name.Value, text, (Type?)null, dictionary[key]);
        if (values is JsonElement { ValueKind: JsonValueKind.Object } json)
            return Named(json.EnumerateObject().GroupBy(p => p.Name).ToDictionary(p => p.Key, p => (object?)p.Last().Value), options);
        if (PairsOf(values.GetType()) is { } pairs) return Entries(values, pairs, options);
        if (values is IEnumerable or IConvertible or JsonElement || ReadableProperties.Of(values.GetType()).FirstOrDefault() is null && !ReadableProperties.AreAllMeant(values.GetType()))
            throw new ArgumentException($"A {values.GetType().Name} does not say what its values are called. Give an object with a property for each variable, `new {{ y = … }}`; `Data.OfRecords` takes a sequence of records.", nameof(values));
        return from property in ReadableProperties.Of(values.GetType())
               let name = HostName.Of(property, options)
               where name is not null
               select (name.Value, property.Name, ReadableProperties.AreAllMeant(values.GetType()) ? null : property.PropertyType, property.GetValue(values, BindingFlags.DoNotWrapExceptions, null, null, null));
    }

    /// <summary>The type of the values where something is a dictionary by strings.</summary>
    public static Type? PairsOf(Type type) => type.GetInterfaces().Prepend(type)
        .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IEnumerable<>)).Select(t => t.GetGenericArguments()[0])
        .FirstOrDefault(p => p.IsGenericType && p.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) && p.GetGenericArguments()[0] == typeof(string))?.GetGenericArguments()[1];

    private static IEnumerable<(HostName, string, Type?, object?)> Entries(object values, Type type, DataOptions options)
    {
        var pair = typeof(KeyValuePair<,>).MakeGenericType(typeof(string), type);
        foreach (var entry in (IEnumerable)values)
        {
            var key = (string)pair.GetProperty("Key")!.GetValue(entry)!;
            if (HostName.Of(key, options, isProperty: false) is { } name) yield return (name, key, null, pair.GetProperty("Value")!.GetValue(entry));
        }
    }

    private static DataArray Array(string variable, string called, object? value, Type? type, DataOptions options)
    {
        // An array without cells says its shape only by itself.
        if (value is Array { Length: 0 } empty) return new DataArray(variable, Shape(empty), [], null, _ => null);
        var cells = new HostCells(called, options.NaNIsMissing);
        if (value is null) cells.AddMissing();
        else if (type is not null && type != typeof(object) && !type.IsAbstract) CellType.Of(type).AddObject(value, cells);
        else CellType<object>.Instance.Add(value, cells);
        return cells.ToArray(variable);
    }

    private static int[] Shape(Array empty) => [.. Enumerable.Range(0, empty.Rank).Select(empty.GetLength)];
}
