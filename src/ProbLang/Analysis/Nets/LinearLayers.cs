using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Analysis;

/// <summary>x = (z[2], z[4], …, z[1], z[3], …): neighbours part, so that halves mix.</summary>
internal sealed class PermutationLayer(int size) : InvertibleLayer(size)
{
    private readonly int[] _source = Shuffle(size);
    private readonly int[] _target = Inverse(Shuffle(size));

    public override Arr<T> Apply<T>(NetMath<T> math, Arr<T> x, Arr<T>? context) => math.Join("permuted", Moved(math, x, _source));

    public override Arr<T> Invert<T>(NetMath<T> math, Arr<T> x, Arr<T>? context, List<Func<T, T>> logJacobian) => math.Join("permuted", Moved(math, x, _target));

    public static int[] Shuffle(int size) => [.. Enumerable.Range(0, size).Where(i => i % 2 == 1), .. Enumerable.Range(0, size).Where(i => i % 2 == 0)];

    public static int[] Inverse(int[] order)
    {
        var inverse = new int[order.Length];
        for (var i = 0; i < order.Length; i++) inverse[order[i]] = i;
        return inverse;
    }

    /// <summary>The columns in another order.</summary>
    public static Arr<T> Moved<T>(NetMath<T> math, Arr<T> x, int[] source) where T : IReal<T> => new(x.Shape, i => x[i[0], math.Lookup(source, i[1])]);
}

/// <summary>
/// z = P(x - b) L U, for rows: P the fixed order of <see cref="PermutationLayer"/>, L with a diagonal of ones, U with a positive one (Kingma and Dhariwal
/// 2018). The block <c>matrix</c> has L below its diagonal, U above, and on it the logarithms of U's diagonal.
/// </summary>
internal sealed class InvertibleLinearLayer(WeightLayout layout, int size) : InvertibleLayer(size)
{
    private readonly WeightBlock _matrix = layout.Add("matrix", WeightStart.Zero, size, size);
    private readonly WeightBlock _bias = layout.Add("bias", WeightStart.Zero, size);
    private readonly int[] _source = PermutationLayer.Shuffle(size);
    private readonly int[] _target = PermutationLayer.Inverse(PermutationLayer.Shuffle(size));

    public override Arr<T> Invert<T>(NetMath<T> math, Arr<T> x, Arr<T>? context, List<Func<T, T>> logJacobian)
    {
        var (matrix, bias) = (math.Weights(_matrix), math.Weights(_bias));
        logJacobian.Add(_ => math.Sum(Inputs, i => matrix[i, i]));
        var centred = new Arr<T>(x.Shape, i => x[i] - bias[i[1]]);
        return math.Product(math.Join("ordered", PermutationLayer.Moved(math, centred, _source)), Matrix(math));
    }

    public override Arr<T> Apply<T>(NetMath<T> math, Arr<T> z, Arr<T>? context)
    {
        var bias = math.Weights(_bias);
        var ordered = math.Product(z, math.Once((_matrix, "inverse"), () => math.Inverse(Matrix(math))));
        var moved = PermutationLayer.Moved(math, ordered, _target);
        return math.Store("mapped", z.Shape, i => moved[i] + bias[i[1]]);
    }

    private Arr<T> Matrix<T>(NetMath<T> math) where T : IReal<T> => math.Once(_matrix, () =>
    {
        var matrix = math.Weights(_matrix);
        var lower = math.Store("lower", [Inputs, Inputs], i => T.Where(Less(i[1], i[0]), matrix[i], Equal(i[0], i[1])));
        var upper = math.Store("upper", [Inputs, Inputs], i => T.Where(Equal(i[0], i[1]), Exp(matrix[i[0], i[0]]), T.Where(Less(i[0], i[1]), matrix[i], 0.0)));
        return math.Product(lower, upper);
    });
}
