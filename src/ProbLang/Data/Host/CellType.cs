using System.Collections;
using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProbLang.Datasets;

/// <summary>How values of a .NET type are data.</summary>
internal abstract class CellType
{
    /// <summary>Why they are none; null where they are.</summary>
    public virtual string? Objection => null;

    /// <summary>How many dimensions a value has, as far as the type tells: an array without parts does not.</summary>
    public virtual int Rank => 0;

    public abstract void AddObject(object value, HostCells to);

    public static CellType Of(Type type) => (CellType)Constructed(typeof(CellType<>), type).GetProperty("Instance")!.GetValue(null)!;

    protected static CellType Make(Type type)
    {
        if (Scalar(type) is { } scalar) return scalar;
        if (Nullable.GetUnderlyingType(type) is { } underlying) return New(typeof(NullableCells<>), underlying);
        if (type.IsEnum) return New(typeof(EnumCells<>), type);
        if (type.IsSZArray) return New(typeof(ArrayCells<>), type.GetElementType()!);
        if (type.IsArray) return New(typeof(GridCells<,>), type, type.GetElementType()!);
        if (Generic(type, typeof(List<>), typeof(ListCells<>)) is { } list) return list;
        if (Generic(type, typeof(ImmutableArray<>), typeof(ImmutableArrayCells<>)) is { } immutable) return immutable;
        if (Generic(type, typeof(ArraySegment<>), typeof(ArraySegmentCells<>)) is { } segment) return segment;
        if (Generic(type, typeof(Memory<>), typeof(MemoryCells<>)) is { } memory) return memory;
        if (Generic(type, typeof(ReadOnlyMemory<>), typeof(ReadOnlyMemoryCells<>)) is { } readOnly) return readOnly;
        if (ElementsOf(type) is { } elements) return IsEndless(type) ? New(typeof(UnreadableCells<>), type) : New(typeof(SequenceCells<,>), type, elements);
        if (typeof(IEnumerable).IsAssignableFrom(type)) return New(typeof(UntypedSequenceCells<>), type);
        return typeof(IConvertible).IsAssignableFrom(type) && !type.IsAbstract && type != typeof(DateTime) ? New(typeof(ConvertibleCells<>), type) : New(typeof(UnreadableCells<>), type);
    }

    private static CellType? Scalar(Type type) =>
        type == typeof(double) ? new DoubleCells()
        : type == typeof(bool) ? new BooleanCells()
        : type == typeof(string) ? new TextCells()
        : type == typeof(char) || type == typeof(Guid) ? New(typeof(WrittenCells<>), type)
        : type == typeof(object) || type == typeof(ValueType) || type == typeof(Enum) || type == typeof(IConvertible) || type == typeof(DBNull)
            || type == typeof(JsonElement) || typeof(JsonNode).IsAssignableFrom(type) ? New(typeof(ObjectCells<>), type)
        : type == typeof(long) || type == typeof(ulong) || type == typeof(nint) || type == typeof(nuint) || type == typeof(Int128) || type == typeof(UInt128) || type == typeof(BigInteger) ? New(typeof(WideNumberCells<>), type)
        : type == typeof(decimal) ? new DecimalCells()
        : type == typeof(float) || type == typeof(Half) || type == typeof(int) || type == typeof(uint) || type == typeof(short) || type == typeof(ushort)
            || type == typeof(byte) || type == typeof(sbyte) ? New(typeof(NumberCells<>), type)
        : null;

    private static CellType? Generic(Type type, Type definition, Type cells) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition ? New(cells, type.GetGenericArguments()) : null;

    /// <summary>What a sequence is of; null where it is none, or of several types at once.</summary>
    private static Type? ElementsOf(Type type)
    {
        var all = type.GetInterfaces().Prepend(type).Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IEnumerable<>)).Distinct().ToArray();
        return all.Length == 1 ? all[0].GetGenericArguments()[0] : null;
    }

    /// <summary>Whether a type is a sequence of itself, as trees are.</summary>
    private static bool IsEndless(Type type)
    {
        var seen = new HashSet<Type>();
        for (var part = type; part is not null; part = ElementsOf(part))
            if (!seen.Add(part)) return true;
        return false;
    }

    private static CellType New(Type cells, params Type[] arguments) => (CellType)Activator.CreateInstance(Constructed(cells, arguments))!;

    private static Type Constructed(Type generic, params Type[] arguments) => generic.MakeGenericType(arguments);
}

/// <summary>How values of a .NET type are data, without boxing them.</summary>
internal abstract class CellType<T> : CellType
{
    public static CellType<T> Instance { get; } = (CellType<T>)Make(typeof(T));

    public abstract void Add(T value, HostCells to);

    /// <summary>Adds the parts of an array.</summary>
    public virtual void AddAll(ReadOnlySpan<T> values, HostCells to)
    {
        for (var i = 0; i < values.Length; i++)
        {
            to.MoveTo(i);
            Add(values[i], to);
        }
    }

    public sealed override void AddObject(object value, HostCells to) => Add((T)value, to);
}

/// <summary>Values that are no data.</summary>
internal sealed class UnreadableCells<T> : CellType<T>
{
    public override string Objection => typeof(T) switch
    {
        var type when type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) => "a date, which is no number: give how long after a day of your choice it is, such as `(date - start).TotalDays`",
        var type when type == typeof(TimeSpan) || type == typeof(TimeOnly) => "a time, which is no number: give it in a unit, such as `time.TotalHours`",
        var type => $"of the type {type.Name}, which is neither a number nor text nor an array of these",
    };

    public override void Add(T value, HostCells to) => throw to.Mistake($"is {Objection}");
}
