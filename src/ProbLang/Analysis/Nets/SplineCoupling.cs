using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Analysis;

/// <summary>
/// Each element of the mapped half goes through a monotone spline of rational quadratic pieces within ±<see cref="Bound"/>, and stays as it is beyond
/// (Durkan, Bekasov, Murray and Papamakarios 2019). The spline maps from x to z, so that densities need no roots.
/// </summary>
internal sealed class SplineCoupling(WeightLayout layout, string prefix, int size, int context, HiddenLayers kind, bool isSecondKept, int bins)
    : CouplingLayer(layout, prefix, size, context, kind, isSecondKept, 3 * bins - 1)
{
    private const double Bound = 5;
    private const double LeastShare = 1e-3;
    private const double LeastSlope = 1e-3;

    /// <summary>softplus of it is 1 - <see cref="LeastSlope"/>, so that a net that says 0 leaves the slope 1.</summary>
    private static readonly double s_slopeAtZero = Math.Log(Math.Exp(1 - LeastSlope) - 1);

    protected override Arr<T> Unmap<T>(NetMath<T> math, Arr<T> x, Arr<T> by, List<Func<T, T>> logJacobian)
    {
        var knots = new Knots<T>(math, this, by);
        var pieces = knots.Around(math, x, knots.X);
        var logs = math.Store("log_slope", x.Shape, i => T.Where(IsInside(x[i]), pieces(i[0], i[1]).LogSlope(Inside(x[i])), 0.0));
        logJacobian.Add(row => math.Sum(Mapped.Count, j => logs[row, j]));
        return math.Store("mapped", x.Shape, i => T.Where(IsInside(x[i]), pieces(i[0], i[1]).Forward(Inside(x[i])), x[i]));
    }

    protected override Arr<T> Map<T>(NetMath<T> math, Arr<T> z, Arr<T> by)
    {
        var knots = new Knots<T>(math, this, by);
        var pieces = knots.Around(math, z, knots.Y);
        return math.Store("mapped", z.Shape, i => T.Where(IsInside(z[i]), pieces(i[0], i[1]).Backward(Inside(z[i])), z[i]));
    }

    private static T IsInside<T>(T x) where T : IReal<T> => LessOrEqual(Abs(x), Bound);

    private static T Inside<T>(T x) where T : IReal<T> => Minimum(Maximum(x, -Bound), Bound);

    /// <summary>Where the pieces of all splines meet: their places on either side, and the slopes between.</summary>
    private sealed class Knots<T> where T : IReal<T>
    {
        private readonly int _bins;
        private readonly Arr<T> _slopes;

        public Knots(NetMath<T> math, SplineCoupling spline, Arr<T> by)
        {
            _bins = spline.Bins;
            var (rows, count, stride) = (by.Length, spline.Mapped.Count, 3 * _bins - 1);
            X = Edges(0);
            Y = Edges(_bins);
            _slopes = math.Store("slopes", [rows, count, _bins - 1], i => Softplus(Raw(i[0], i[1], i[2] + (T)(2 * _bins)) + (T)s_slopeAtZero) + (T)LeastSlope);

            T Raw(T row, T column, T k) => by[row, column * (T)stride + k];

            // Shares of the whole by softmax, none below the least, added up from the left.
            Arr<T> Edges(int from)
            {
                var total = math.Store("log_total", [rows, count], i => math.LogSumExp(_bins, k => Raw(i[0], i[1], k + (T)from)));
                var shares = math.Store("shares", [rows, count, _bins],
                    i => Exp(Raw(i[0], i[1], i[2] + (T)from) - total[i[0], i[1]]) * (T)(2 * Bound * (1 - _bins * LeastShare)) + (T)(2 * Bound * LeastShare));
                return math.Store("edges", [rows, count, _bins + 1], i => math.Sum(i[2], k => shares[i[0], i[1], k]) - (T)Bound);
            }
        }

        public Arr<T> X { get; }

        public Arr<T> Y { get; }

        /// <summary>By row and column, the piece that a value lies in, by the edges on its side.</summary>
        public Func<T, T, RationalQuadratic<T>> Around(NetMath<T> math, Arr<T> x, Arr<T> edges)
        {
            // How many inner edges lie at or below it: a place that exists whatever the value.
            var bins = math.Store("bin", x.Shape, i => math.Sum(_bins - 1, k => LessOrEqual(edges[i[0], i[1], k + (T)1.0], Inside(x[i]))));
            return (row, column) => At(row, column, bins[row, column]);
        }

        private RationalQuadratic<T> At(T row, T column, T bin)
        {
            var (x, y) = (X[row, column, bin], Y[row, column, bin]);
            var first = _slopes[row, column, Maximum(bin - (T)1.0, 0.0)];
            var last = _slopes[row, column, Minimum(bin, (T)(_bins - 2.0))];
            return new(x, X[row, column, bin + (T)1.0] - x, y, Y[row, column, bin + (T)1.0] - y,
                T.Where(Less(bin, 0.5), 1.0, first), T.Where(Less(_bins - 1.5, bin), 1.0, last));
        }
    }

    private int Bins => bins;
}

/// <summary>A monotone piece through two points with given slopes there: a quotient of quadratics (Gregory and Delbourgo 1982).</summary>
/// <param name="X">Where it begins.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="Y">Its value where it begins.</param>
/// <param name="Height">How much it rises.</param>
/// <param name="First">Its slope where it begins.</param>
/// <param name="Last">Its slope where it ends.</param>
internal sealed record RationalQuadratic<T>(T X, T Width, T Y, T Height, T First, T Last) where T : IReal<T>
{
    private T Slope => Height / Width;

    /// <summary>How far the slopes at the ends are together from twice that of the chord.</summary>
    private T Bend => First + Last - (T)2.0 * Slope;

    public T Forward(T x)
    {
        var (at, left) = Parts(x);
        return Y + Height * (Slope * Square(at) + First * (at * left)) / (Slope + Bend * (at * left));
    }

    public T LogSlope(T x)
    {
        var (at, left) = Parts(x);
        var numerator = Last * Square(at) + (T)2.0 * Slope * (at * left) + First * Square(left);
        return (T)2.0 * Log(Slope) + Log(numerator) - (T)2.0 * Log(Slope + Bend * (at * left));
    }

    /// <summary>The place at which it has a value: a root of a quadratic, in the form that loses nothing.</summary>
    public T Backward(T y)
    {
        var rise = y - Y;
        var a = Height * (Slope - First) + rise * Bend;
        var b = Height * First - rise * Bend;
        var c = -(Slope * rise);
        var root = Sqrt(Maximum(Square(b) - (T)4.0 * (a * c), 0.0));
        return X + Width * ((T)(-2.0) * c / (b + root));
    }

    private (T At, T Left) Parts(T x)
    {
        var at = (x - X) / Width;
        return (at, (T)1.0 - at);
    }
}
