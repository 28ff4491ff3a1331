using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Analysis;

/// <summary>
/// One half of a row stays as it is, and decides with the context how each element of the other half is mapped (Dinh, Sohl-Dickstein and Bengio 2017).
/// </summary>
internal abstract class CouplingLayer : InvertibleLayer
{
    private readonly bool _isSecondKept;
    private readonly Perceptron _conditioner;

    protected CouplingLayer(WeightLayout layout, string prefix, int size, int context, HiddenLayers kind, bool isSecondKept, int perElement) : base(size)
    {
        _isSecondKept = isSecondKept;
        _conditioner = new Perceptron(layout, prefix, Kept.Count, context, kind, Mapped.Count * perElement, isFaint: true);
    }

    /// <summary>The half that stays.</summary>
    private (int From, int Count) Kept => Half(_isSecondKept);

    /// <summary>The half that is mapped.</summary>
    protected (int From, int Count) Mapped => Half(!_isSecondKept);

    public override Arr<T> Apply<T>(NetMath<T> math, Arr<T> x, Arr<T>? context) => With(math, x, context, (part, by) => Map(math, part, by));

    public override Arr<T> Invert<T>(NetMath<T> math, Arr<T> x, Arr<T>? context, List<Func<T, T>> logJacobian) =>
        With(math, x, context, (part, by) => Unmap(math, part, by, logJacobian));

    /// <summary>The mapped half, by what the conditioner says.</summary>
    protected abstract Arr<T> Map<T>(NetMath<T> math, Arr<T> z, Arr<T> by) where T : IReal<T>;

    /// <summary>What the mapped half is mapped from.</summary>
    protected abstract Arr<T> Unmap<T>(NetMath<T> math, Arr<T> x, Arr<T> by, List<Func<T, T>> logJacobian) where T : IReal<T>;

    private Arr<T> With<T>(NetMath<T> math, Arr<T> x, Arr<T>? context, Func<Arr<T>, Arr<T>, Arr<T>> map) where T : IReal<T>
    {
        var kept = math.Join("kept", NetMath<T>.Columns(x, Kept.From, Kept.Count));
        var mapped = map(NetMath<T>.Columns(x, Mapped.From, Mapped.Count), _conditioner.Apply(math, kept, context));
        return _isSecondKept ? math.Join("coupled", mapped, kept) : math.Join("coupled", kept, mapped);
    }

    private (int From, int Count) Half(bool isSecond) => isSecond ? (Inputs / 2, Inputs - Inputs / 2) : (0, Inputs / 2);
}

/// <summary>x = z exp(s) + t, with the logarithm of the scale bounded.</summary>
internal sealed class AffineCoupling(WeightLayout layout, string prefix, int size, int context, HiddenLayers kind, bool isSecondKept)
    : CouplingLayer(layout, prefix, size, context, kind, isSecondKept, 2)
{
    protected override Arr<T> Map<T>(NetMath<T> math, Arr<T> z, Arr<T> by) =>
        math.Store("mapped", z.Shape, i => z[i] * Exp(LogScale.Of(Scale(by, i[0], i[1]))) + by[i]);

    protected override Arr<T> Unmap<T>(NetMath<T> math, Arr<T> x, Arr<T> by, List<Func<T, T>> logJacobian)
    {
        var logs = math.Store("log_scale", x.Shape, i => LogScale.Of(Scale(by, i[0], i[1])));
        logJacobian.Add(row => -math.Sum(Mapped.Count, j => logs[row, j]));
        return math.Store("mapped", x.Shape, i => (x[i] - by[i]) * Exp(-logs[i]));
    }

    private T Scale<T>(Arr<T> by, T row, T column) where T : IReal<T> => by[row, column + (T)Mapped.Count];
}

/// <summary>The logarithm of a scale that a net gives, within ±2: a row far from all others, or a step of training that is too long, stretches by so much a layer and no more.</summary>
internal static class LogScale
{
    private const double Bound = 2;

    public static T Of<T>(T x) where T : IReal<T> => (T)Bound * Tanh((T)(1 / Bound) * x);
}
