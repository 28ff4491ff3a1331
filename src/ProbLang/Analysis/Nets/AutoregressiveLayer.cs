using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Analysis;

/// <summary>
/// x[d] = m + z[d] exp(s), with m and s by a masked net from x before d (Papamakarios, Pavlakou and Murray 2017): from x to z one pass, from z to x
/// an element after the other. The order of the elements may be reversed.
/// </summary>
internal sealed class AutoregressiveLayer(WeightLayout layout, string prefix, int size, int context, HiddenLayers kind, bool isReversed) : InvertibleLayer(size)
{
    private readonly MaskedPerceptron _net = new(layout, prefix, size, context, kind, perInput: 2, isFaint: true);

    public override Arr<T> Invert<T>(NetMath<T> math, Arr<T> x, Arr<T>? context, List<Func<T, T>> logJacobian)
    {
        var ordered = math.Join("ordered", Ordered(x));
        var by = _net.Apply(math, ordered, context);
        var logs = math.Store("log_scale", x.Shape, i => LogScale.Of(by[i[0], i[1] + (T)Inputs]));
        logJacobian.Add(row => -math.Sum(Inputs, d => logs[row, d]));
        return math.Join("mapped", Ordered(new Arr<T>(x.Shape, i => (ordered[i] - by[i]) * Exp(-logs[i]))));
    }

    public override Arr<T> Apply<T>(NetMath<T> math, Arr<T> z, Arr<T>? context)
    {
        var ordered = Ordered(z);
        Arr<T>? before = null;
        for (var d = 0; d < Inputs; d++)
        {
            var (known, at) = (before, (T)d);
            var next = _net.Next(math, before, z.Length, context, d);
            var element = new Arr<T>([z.Length, 1], i => ordered[i[0], at] * Exp(LogScale.Of(next[1](i[0]))) + next[0](i[0]));
            before = before is null ? math.Join("generated", element) : math.Join("generated", before, element);
        }
        return isReversed ? math.Join("mapped", Ordered(before!)) : before!;
    }

    private Arr<T> Ordered<T>(Arr<T> x) where T : IReal<T> => isReversed ? new Arr<T>(x.Shape, i => x[i[0], (T)(Inputs - 1.0) - i[1]]) : x;
}
