using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbLang.Results;

/// <summary>How values of a variable are read as a type of .NET: a scalar, an array of any rank, arrays in arrays.</summary>
internal abstract class TypedValue
{
    /// <summary>How many dimensions.</summary>
    public virtual int Rank => 0;

    /// <summary>Whether it is read as a number that need be no value of the variable, such as a mean; else as one of its values.</summary>
    public virtual bool IsNumber => false;

    /// <summary>Whether values of a kind can be read so.</summary>
    public abstract bool Takes(ValueKind kind);

    public static TypedValue? Of(Type type) => (TypedValue?)typeof(TypedValue<>).MakeGenericType(type).GetProperty("Instance")!.GetValue(null);

    protected static TypedValue? Make(Type type)
    {
        if (type.IsArray)
        {
            var (element, rank) = (type.GetElementType()!, type.GetArrayRank());
            return Of(element) is null ? null : rank == 1 ? New(typeof(VectorValue<>), element) : element.IsArray ? null : New(typeof(GridValue<,>), type, element);
        }
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Of(underlying) is null ? null : New(typeof(NullableValue<>), underlying);
        if (type.IsEnum) return New(typeof(EnumValue<>), type);
        if (type == typeof(double) || type == typeof(float)) return New(typeof(RealValue<>), type);
        if (type == typeof(bool)) return new BooleanValue();
        if (type == typeof(string)) return new LabelValue();
        return type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte) || type == typeof(sbyte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong)
            ? New(typeof(IntegerValue<>), type) : null;
    }

    private static TypedValue New(Type generic, params Type[] arguments) => (TypedValue)Activator.CreateInstance(generic.MakeGenericType(arguments))!;
}

/// <summary>As <see cref="TypedValue"/>, by the type.</summary>
internal abstract class TypedValue<T> : TypedValue
{
    /// <summary>Null for a type that nothing is read as.</summary>
    public static TypedValue<T>? Instance { get; } = (TypedValue<T>?)Make(typeof(T));

    /// <param name="values">The variable.</param>
    /// <param name="dimension">The first of the dimensions that are read.</param>
    /// <param name="at">The row-major number of the indices before it.</param>
    public abstract T Read(VariableValues values, int dimension, int at);
}

internal sealed class RealValue<T> : TypedValue<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    public override bool IsNumber => true;

    /// <summary>Codes of labels are no quantities.</summary>
    public override bool Takes(ValueKind kind) => kind != ValueKind.Label;

    public override T Read(VariableValues values, int dimension, int at) => T.CreateTruncating(values.Values[at]);
}

/// <summary>Whole numbers; of a category its code.</summary>
internal sealed class IntegerValue<T> : TypedValue<T> where T : struct, IBinaryInteger<T>
{
    public override bool Takes(ValueKind kind) => kind is ValueKind.Integer or ValueKind.Label;

    public override T Read(VariableValues values, int dimension, int at)
    {
        var number = values.Values[at];
        var whole = double.IsNaN(number) ? T.Zero : T.CreateSaturating(number);
        return double.CreateTruncating(whole) == number ? whole : throw values.NoValue(at, typeof(T));
    }
}

internal sealed class BooleanValue : TypedValue<bool>
{
    public override bool Takes(ValueKind kind) => kind == ValueKind.Boolean;

    public override bool Read(VariableValues values, int dimension, int at) => values.Values[at] is 0 or 1 ? values.Values[at] != 0 : throw values.NoValue(at, typeof(bool));
}

/// <summary>Labels; null where there is none.</summary>
internal sealed class LabelValue : TypedValue<string?>
{
    public override bool Takes(ValueKind kind) => kind == ValueKind.Label;

    public override string? Read(VariableValues values, int dimension, int at) => Of(values, at, typeof(string));

    public static string? Of(VariableValues values, int at, Type type)
    {
        var code = values.Values[at];
        return double.IsNaN(code) ? null : code >= 1 && code <= values.Levels.Length && code == Math.Floor(code) ? values.Levels[(int)code - 1] : throw values.NoValue(at, type);
    }
}

/// <summary>Labels that are names of the members.</summary>
internal sealed class EnumValue<T> : TypedValue<T> where T : struct, Enum
{
    private readonly FrozenDictionary<string, T> _members = Enum.GetNames<T>().ToFrozenDictionary(n => n, Enum.Parse<T>);

    public override bool Takes(ValueKind kind) => kind == ValueKind.Label;

    public override T Read(VariableValues values, int dimension, int at)
    {
        var label = LabelValue.Of(values, at, typeof(T)) ?? throw values.NoValue(at, typeof(T));
        return _members.TryGetValue(label, out var member) ? member : throw new ArgumentException($"`{values.Name}` has the label \"{label}\", and {typeof(T).Name} has no member of that name.");
    }
}

internal sealed class NullableValue<T> : TypedValue<T?> where T : struct
{
    public override bool IsNumber => TypedValue<T>.Instance!.IsNumber;

    public override bool Takes(ValueKind kind) => TypedValue<T>.Instance!.Takes(kind);

    public override T? Read(VariableValues values, int dimension, int at) => double.IsNaN(values.Values[at]) ? null : TypedValue<T>.Instance!.Read(values, dimension, at);
}

internal sealed class VectorValue<T> : TypedValue<T[]>
{
    public override int Rank => 1 + TypedValue<T>.Instance!.Rank;

    public override bool IsNumber => TypedValue<T>.Instance!.IsNumber;

    public override bool Takes(ValueKind kind) => TypedValue<T>.Instance!.Takes(kind);

    public override T[] Read(VariableValues values, int dimension, int at)
    {
        var size = values.Shape[dimension];
        var vector = new T[values.LengthOf(dimension, at)];
        if (vector is double[] numbers) values.Values.AsSpan(at * size, numbers.Length).CopyTo(numbers);
        else
            for (var i = 0; i < vector.Length; i++) vector[i] = TypedValue<T>.Instance!.Read(values, dimension + 1, at * size + i);
        return vector;
    }
}

/// <summary>An array of two dimensions and more.</summary>
internal sealed class GridValue<T, TElement> : TypedValue<T>
{
    public override int Rank => typeof(T).GetArrayRank();

    public override bool IsNumber => TypedValue<TElement>.Instance!.IsNumber;

    public override bool Takes(ValueKind kind) => TypedValue<TElement>.Instance!.Takes(kind);

    public override T Read(VariableValues values, int dimension, int at)
    {
        var shape = values.Shape[dimension..];
        if (values.Rows is { } rows && Enumerable.Range(dimension + 1, shape.Length - 1).Any(rows.IsRagged)) throw values.Misfit(typeof(T));
        var grid = Array.CreateInstance(typeof(TElement), shape);
        var elements = MemoryMarshal.CreateSpan(ref Unsafe.As<byte, TElement>(ref MemoryMarshal.GetArrayDataReference(grid)), grid.Length);
        for (var i = 0; i < elements.Length; i++) elements[i] = TypedValue<TElement>.Instance!.Read(values, values.Shape.Length, at * elements.Length + i);
        return (T)(object)grid;
    }
}
