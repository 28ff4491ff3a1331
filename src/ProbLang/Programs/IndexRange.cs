using System.Diagnostics;
using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>What values an index takes.</summary>
internal static class IndexRange
{
    /// <summary>Bounds that hold for every iteration; null where none are known.</summary>
    public static (long Low, long High)? Of(Term index)
    {
        switch (index.Kind)
        {
            case TermKind.Constant:
                return ((long)index.Value, (long)index.Value);
            case TermKind.Counter:
                return Of(index.Counter.Extent) is var (_, most) ? (0, Math.Max(0, most - 1)) : null;
            case TermKind.IntegerLoad:
                var values = ((IntegerBuffer)index.Payload!).Values;
                return values.Length == 0 ? (0, 0) : (values.Min(), values.Max());
            case TermKind.ToInteger or TermKind.ToReal:
                return Of(index.Arguments[0]);
            case TermKind.Load:
                return index.Buffer.Range;
            case TermKind.Unary:
                return Of(index.Arguments[0]) is var (least, greatest) ? (-greatest, -least) : null;
            case TermKind.Binary when Of(index.Arguments[0]) is var (a, b) && Of(index.Arguments[1]) is var (c, d):
                return index.Op switch
                {
                    Op.Add => (a + c, b + d),
                    Op.Subtract => (a - d, b - c),
                    Op.Multiply => (Math.Min(Math.Min(a * c, a * d), Math.Min(b * c, b * d)), Math.Max(Math.Max(a * c, a * d), Math.Max(b * c, b * d))),
                    _ => null,
                };
            default:
                return null;
        }
    }

    /// <summary>Whether the data alone tell the value while the program is written: not where it reads what a statement computes of them later.</summary>
    public static bool IsKnown(Term index) => (index.Kind != TermKind.Load || !index.Buffer.IsTable) && Array.TrueForAll(index.Arguments, IsKnown);

    /// <summary>The value for every setting of the counters that it depends on, outermost slowest.</summary>
    public static int[] Table(Term index, Func<int, int> map)
    {
        var counters = index.Free;
        var values = new Dictionary<Counter, int>();
        var table = new int[counters.Aggregate(1, (n, c) => n * c.Size)];
        var looks = new Ticker();
        for (var i = 0; i < table.Length; i++)
        {
            looks.Tick();
            var rest = i;
            for (var d = counters.Length - 1; d >= 0; d--)
            {
                values[counters[d]] = rest % counters[d].Size;
                rest /= counters[d].Size;
            }
            table[i] = map((int)Evaluate(index, values));
        }
        return table;
    }

    /// <summary>The value of a term without counters that depends on data alone; NaN where it reads what is only computed later.</summary>
    public static double Evaluate(Term term) => Evaluate(term, []);

    /// <summary>The value at a setting of the counters.</summary>
    public static double Evaluate(Term index, Dictionary<Counter, int> counters)
    {
        double At(int argument) => Evaluate(index.Arguments[argument], counters);
        return index.Kind switch
        {
            TermKind.Constant => index.Value,
            TermKind.Counter => counters[index.Counter],
            // An index of an index is within its own list wherever it is used at all.
            TermKind.IntegerLoad => ((IntegerBuffer)index.Payload!).Values is { Length: > 0 } list ? list[(int)Math.Clamp(At(0), 0, list.Length - 1)] : 0,
            TermKind.ToInteger or TermKind.ToReal or TermKind.Detached => At(0),
            TermKind.Load => index.Buffer is { IsTable: false, Initial: { } values } ? values[(int)Math.Clamp(At(0), 0, values.Length - 1)] : double.NaN,
            TermKind.Unary => Scalar.Apply(index.Op, At(0)),
            TermKind.Binary => Scalar.Apply(index.Op, At(0), At(1)),
            TermKind.Where => At(0) != 0 ? At(1) : At(2),
            TermKind.Special => ((SpecialFunction)index.Payload!).Evaluate([.. index.Arguments.Select(a => Evaluate(a, counters))]),
            TermKind.Sum or TermKind.Max => Reduce(index, counters),
            _ => throw new UnreachableException($"{index.Kind} as an index"),
        };
    }

    private static double Reduce(Term reduction, Dictionary<Counter, int> counters)
    {
        var (sum, max) = (0.0, double.NegativeInfinity);
        var inner = new Dictionary<Counter, int>(counters);
        var count = (int)Evaluate(reduction.Counter.Extent, counters);
        for (var i = 0; i < count; i++)
        {
            inner[reduction.Counter] = i;
            var value = Evaluate(reduction.Arguments[0], inner);
            (sum, max) = (sum + value, Math.Max(max, value));
        }
        return reduction.Kind == TermKind.Sum ? sum : max;
    }
}
