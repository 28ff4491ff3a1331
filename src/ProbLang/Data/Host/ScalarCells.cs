using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProbLang.Datasets;

/// <summary>Cells that are what they are.</summary>
internal sealed class DoubleCells : CellType<double>
{
    public override void Add(double value, HostCells to) => to.Add(value);

    public override void AddAll(ReadOnlySpan<double> values, HostCells to) => to.AddAll(values);
}

/// <summary>Numbers that a double holds, or comes nearest to.</summary>
internal sealed class NumberCells<T> : CellType<T> where T : struct, INumberBase<T>
{
    private const int Block = 4096;

    public override void Add(T value, HostCells to) => to.Add(double.CreateTruncating(value));

    public override void AddAll(ReadOnlySpan<T> values, HostCells to)
    {
        var block = new double[Math.Min(Block, values.Length)];
        for (var start = 0; start < values.Length; start += block.Length)
        {
            var some = values[start..Math.Min(values.Length, start + block.Length)];
            for (var i = 0; i < some.Length; i++) block[i] = double.CreateTruncating(some[i]);
            to.AddAll(block.AsSpan(0, some.Length), start);
        }
    }
}

/// <summary>Whole numbers of which a double does not hold the largest: these are text, since to round them would make one label of two.</summary>
internal sealed class WideNumberCells<T> : CellType<T> where T : struct, IBinaryInteger<T>
{
    public override void Add(T value, HostCells to)
    {
        var number = double.CreateTruncating(value);
        if (Math.Abs(number) < WideNumbers.Least || double.IsFinite(number) && new BigInteger(number) == BigInteger.CreateTruncating(value)) to.Add(number);
        else to.Add(value.ToString(null, CultureInfo.InvariantCulture));
    }
}

/// <summary>Decimal numbers: where a double is another one, it is the number, and the label is the decimal one.</summary>
internal sealed class DecimalCells : CellType<decimal>
{
    /// <summary>Up to so many digits, and decimals, the nearest double is written like the decimal number.</summary>
    private const ulong LeastLong = 1_000_000_000_000_000;
    private const int MostExact = 22;

    public override void Add(decimal value, HostCells to)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        if (parts[2] == 0 && ((ulong)(uint)parts[1] << 32 | (uint)parts[0]) < LeastLong && value.Scale <= MostExact) to.Add((double)value);
        else AddLong(value, to);
    }

    private static void AddLong(decimal value, HostCells to)
    {
        // Without the zeros at its end, which say nothing.
        var text = value.ToString("0.############################", CultureInfo.InvariantCulture);
        var number = double.Parse(text, CultureInfo.InvariantCulture);
        if (decimal.TryParse(NumberLabel.Of(number), NumberStyles.Float, CultureInfo.InvariantCulture, out var written) && written == value) to.Add(number);
        else to.Add(text, number);
    }
}

/// <summary>Whole numbers that a double may not hold.</summary>
internal static class WideNumbers
{
    /// <summary>Up to here all whole numbers are doubles.</summary>
    public const double Least = 1L << 53;

    private const int MostDigits = 64;

    /// <summary>A number as JSON writes it: where it is whole and a double is another one, that is the number, and the label is what is written.</summary>
    public static void Add(string written, double nearest, HostCells to)
    {
        if (written.Length > MostDigits || !BigInteger.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) || whole == new BigInteger(nearest)) to.Add(nearest);
        else to.Add(whole.ToString(CultureInfo.InvariantCulture), nearest);
    }
}

internal sealed class BooleanCells : CellType<bool>
{
    public override void Add(bool value, HostCells to) => to.Add(value);
}

internal sealed class TextCells : CellType<string?>
{
    public override void Add(string? value, HostCells to) => to.Add(value);
}

/// <summary>Labels by what the values are written as.</summary>
internal sealed class WrittenCells<T> : CellType<T>
{
    public override void Add(T value, HostCells to) => to.Add(value!.ToString());
}

/// <summary>Labels by the names of the members.</summary>
internal sealed class EnumCells<T> : CellType<T> where T : struct, Enum
{
    private readonly FrozenDictionary<T, (string Name, double Number)> _members = Enum.GetValues<T>().Distinct().ToFrozenDictionary(v => v, Named);

    public override void Add(T value, HostCells to)
    {
        var (name, number) = _members.TryGetValue(value, out var member) ? member : Named(value);
        to.Add(name, number);
    }

    private static (string, double) Named(T value) => (value.ToString(), ((IConvertible)value).ToDouble(CultureInfo.InvariantCulture));
}

/// <summary>Null is missing.</summary>
internal sealed class NullableCells<T> : CellType<T?> where T : struct
{
    public override string? Objection => CellType<T>.Instance.Objection;

    public override void Add(T? value, HostCells to)
    {
        if (value is { } there) CellType<T>.Instance.Add(there, to);
        else to.AddMissing();
    }
}

/// <summary>What converts itself to a number.</summary>
internal sealed class ConvertibleCells<T> : CellType<T>
{
    public override void Add(T value, HostCells to)
    {
        if (value is null) to.AddMissing();
        else to.Add(((IConvertible)value).ToDouble(CultureInfo.InvariantCulture));
    }
}

/// <summary>Values of any type, each by its own.</summary>
internal sealed class ObjectCells<T> : CellType<T>
{
    public override void Add(T value, HostCells to)
    {
        switch (value)
        {
            case null or DBNull:
                to.AddMissing();
                break;
            case double number:
                to.Add(number);
                break;
            case int number:
                to.Add(number);
                break;
            case float number:
                to.Add(number);
                break;
            case long number:
                CellType<long>.Instance.Add(number, to);
                break;
            case decimal number:
                CellType<decimal>.Instance.Add(number, to);
                break;
            case double[] numbers:
                CellType<double[]>.Instance.Add(numbers, to);
                break;
            case bool truth:
                to.Add(truth);
                break;
            case string text:
                to.Add(text);
                break;
            case JsonElement json:
                JsonCells.Add(json, to);
                break;
            case JsonNode json:
                JsonCells.Add(json, to);
                break;
            default:
                if (value.GetType() == typeof(object)) throw to.Mistake("is an object without a value");
                Of(value.GetType()).AddObject(value, to);
                break;
        }
    }
}

/// <summary>JSON that is read already.</summary>
internal static class JsonCells
{
    private const string IsObject = "is an object, which is neither a number nor text nor an array of these";

    public static void Add(JsonElement value, HostCells to)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                to.AddMissing();
                break;
            case JsonValueKind.True or JsonValueKind.False:
                to.Add(value.GetBoolean());
                break;
            case JsonValueKind.Number:
                AddNumber(value, value.GetDouble(), to);
                break;
            case JsonValueKind.String:
                to.Add(value.GetString());
                break;
            case JsonValueKind.Array:
                to.Enter();
                var count = 0;
                foreach (var element in value.EnumerateArray())
                {
                    to.MoveTo(count++);
                    Add(element, to);
                }
                to.Leave(count);
                break;
            default:
                throw to.Mistake(IsObject);
        }
    }

    /// <summary>A node is of other nodes, of JSON that was read, or of a value of the program.</summary>
    public static void Add(JsonNode? value, HostCells to)
    {
        switch (value)
        {
            case null:
                to.AddMissing();
                break;
            case JsonValue single:
                CellType<object>.Instance.Add(single.GetValue<object>(), to);
                break;
            case System.Text.Json.Nodes.JsonArray array:
                to.Enter();
                for (var i = 0; i < array.Count; i++)
                {
                    to.MoveTo(i);
                    Add(array[i], to);
                }
                to.Leave(array.Count);
                break;
            default:
                throw to.Mistake(IsObject);
        }
    }

    private static void AddNumber(JsonElement value, double number, HostCells to)
    {
        if (Math.Abs(number) < WideNumbers.Least || !double.IsFinite(number)) to.Add(number);
        else WideNumbers.Add(value.GetRawText(), number, to);
    }
}
