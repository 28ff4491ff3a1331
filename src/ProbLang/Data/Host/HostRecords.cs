using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>Data from a sequence of records, which is walked once: a column for each property.</summary>
internal static class HostRecords
{
    public static DataPart Read<T>(IEnumerable<T> rows, DataOptions options)
    {
        if (Nullable.GetUnderlyingType(typeof(T)) is { } there) return ReadAs(there, rows, options);
        if (IsUntyped(typeof(T))) return ReadByFirst(rows, options);
        if (EntryType.Of(typeof(T)) is { } entries) return ReadEntries(rows, entries, options);
        if (Objection(typeof(T)) is { } objection) throw new ArgumentException(objection, nameof(rows));
        var columns = RecordColumn<T>.Of(options);
        if (columns.GroupBy(c => c.Name.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }) throw new ArgumentException($"There are two properties by the name `{twice}`.", nameof(rows));
        var readable = Array.FindAll(columns, c => c.Objection is null);
        var count = 0;
        foreach (var row in rows)
        {
            var current = row ?? throw new ArgumentException(NoRow(count), nameof(rows));
            foreach (var column in readable) column.Add(ref current);
            count++;
        }
        return Part(readable.Select(c => c.ToArray()), count, options) with
        {
            Unreadable = columns.Where(c => c.Objection is not null).ToImmutableDictionary(c => c.Name.Name, c => c.Unreadable),
        };
    }

    /// <summary>The columns, with the number of rows where it has a name.</summary>
    public static DataPart Part(IEnumerable<DataArray> columns, int count, DataOptions options)
    {
        var arrays = columns.ToDictionary(c => c.Name);
        if (options.RowSizeName is { } size) arrays[size] = new DataArray(size, [], [count], null, _ => null) { IsRowCount = true };
        return DataPart.Of(new DataSet(arrays));
    }

    /// <param name="size">The name that the program gives the number of rows.</param>
    /// <param name="where">What does not have it.</param>
    /// <param name="names">What it has.</param>
    public static ArgumentException NoRowSize(string size, string where, IEnumerable<string> names) =>
        new($"DataOptions.RowSize is `{size}`, but the {where} has no `{size}`{(Spelling.Nearest(size, names) is { } meant ? $"; did you mean `{meant}`?" : ".")}");

    /// <summary>A key that a row does not have is missing there.</summary>
    private static DataPart ReadEntries<T>(IEnumerable<T> rows, EntryType entries, DataOptions options)
    {
        var (columns, count) = (new EntryColumns(entries, options), 0);
        foreach (var row in rows)
        {
            columns.Add(row ?? throw new ArgumentException(NoRow(count), nameof(rows)));
            count++;
        }
        return columns.ToPart();
    }

    /// <summary>Whether only the objects themselves say what they have, as those of `dynamic` and of collections without a type.</summary>
    private static bool IsUntyped(Type type) => type == typeof(object) || type.IsAbstract && EntryType.Of(type) is null && !ReadableProperties.Of(type).Any();

    /// <summary>All rows are what the first one is.</summary>
    private static DataPart ReadByFirst<T>(IEnumerable<T> rows, DataOptions options)
    {
        using var walk = rows.GetEnumerator();
        if (!walk.MoveNext()) return Part([], 0, options);
        var first = walk.Current ?? throw new ArgumentException(NoRow(0), nameof(rows));
        if (first.GetType() == typeof(object)) throw new ArgumentException(NoColumns(typeof(object)), nameof(rows));
        return ReadAs(first.GetType(), All(walk), options);
    }

    /// <summary>What is left of a walk that stands at its first row.</summary>
    private static IEnumerable<T> All<T>(IEnumerator<T> walk)
    {
        do yield return walk.Current;
        while (walk.MoveNext());
    }

    private static DataPart ReadAs(Type type, IEnumerable rows, DataOptions options) =>
        (DataPart)typeof(HostRecords).GetMethod(nameof(ReadTyped), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [rows, options], null)!;

    private static DataPart ReadTyped<T>(IEnumerable rows, DataOptions options) => Read(Typed<T>(rows), options);

    private static IEnumerable<T> Typed<T>(IEnumerable rows)
    {
        var count = 0;
        foreach (var row in rows)
        {
            yield return row switch
            {
                T typed => typed,
                null => throw new ArgumentException(NoRow(count), nameof(rows)),
                _ => throw new ArgumentException($"Row {count + 1} is a {row.GetType().Name}, and the first row is a {typeof(T).Name}. Give rows of one type, such as by `rows.Cast<T>()`.", nameof(rows)),
            };
            count++;
        }
    }

    private static string NoRow(int row) => $"Row {row + 1} is null.";

    /// <summary>Why records of a type have no columns; null where they have.</summary>
    private static string? Objection(Type type) =>
        type.IsAssignableTo(typeof(ITuple)) ? "What the parts of a tuple are called is not known when the program runs. Give records or objects: `rows.Select(r => new { x = r.x })`."
        : typeof(IEnumerable).IsAssignableFrom(type) || CellType.Of(type).Objection is null || ReadableProperties.Of(type).FirstOrDefault() is null
            ? NoColumns(type)
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) && type.GetGenericArguments()[0] == typeof(string)
            ? "A dictionary is one object, which `Data.Of` takes. Where each entry is a row, say so: `entries.Select(e => new { e.Key, e.Value })`."
        : null;

    private static string NoColumns(Type type) => $"A {type.Name} has no properties that could be columns. Give records or objects: `values.Select(v => new {{ y = v }})`.";
}
