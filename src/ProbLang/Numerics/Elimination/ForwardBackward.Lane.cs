using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

// Up to four states: all of a step is in one lane.
internal static unsafe partial class ForwardBackward
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The least weight of a state that a scaled pass over sparse transitions goes on with.</summary>
    private const double LeastWeight = 1e-100;

    /// <remarks>
    /// A scale is taken off every other step, and that of two steps before, so that its division runs beside the products. Exponentials do not
    /// wait for anything before them and run beside the products too. A lane is loaded even where it reaches into the next row; the end of the last
    /// row is copied. No number where a scaled pass would lose something.
    /// </remarks>
    [MethodImpl(Hot)]
    private static double ForwardByLane(in ChainShape shape, double* unaries, double* tables, bool isSparse, double* work)
    {
        int steps = shape.Steps, states = shape.States, tableStep = shape.TableStep, left = steps * states;
        double* forward = ChainShape.Forward(work), ratios = shape.Ratios(work), scales = shape.ScalesOf(work);
        var mask = Mask(states);
        var tail = stackalloc double[2 * Lanes.Width];
        CopyTail(unaries, left, tail);
        Lane lost = Lane.Zero, shifts = Lane.Zero, scale = Lane.Zero;
        var count = 0;
        var weight = Emission(left >= Lanes.Width ? unaries : tail + (Lanes.Width - 1 - left), mask, ref shifts, ref lost);
        Lanes.Store(forward, weight);
        Lanes.Store(ratios, weight);
        for (var t = 1; t < steps; t++)
        {
            unaries += states;
            left -= states;
            forward += Lanes.Width;
            ratios += Lanes.Width;
            var ratio = Emission(left >= Lanes.Width ? unaries : tail + (Lanes.Width - 1 - left), mask, ref shifts, ref lost);
            if ((t & 1) == 0) ratio *= scale;
            else
            {
                var sum = Total4(weight);
                if (t + 1 < steps) scales[count++] = sum.ToScalar();
                scale = Simd.Create(1.0) / sum;
            }
            var predicted = Product(weight, TransitionTable.Rows(tables), states);
            ratio = Simd.AndNot(ratio, Simd.Equals(predicted, Lane.Zero));
            weight = predicted * ratio;
            lost |= Simd.LessThan(weight, Simd.Create(LeastWeight)) & Simd.GreaterThan(weight, Lane.Zero);
            Lanes.Store(forward, weight);
            Lanes.Store(ratios, ratio);
            tables += tableStep;
        }
        if (isSparse && !Simd.EqualsAll(lost.AsInt64(), LongLane.Zero)) return double.NaN;
        var total = Total4(weight).ToScalar();
        work[Total] = total;
        return shifts.ToScalar() + SumOfLogs(scales, count) + Math.Log(total);
    }

    [MethodImpl(Hot)]
    private static void BackwardByLane(in ChainShape shape, double* tables, double* work, double* marginals, double* pairs)
    {
        int steps = shape.Steps, states = shape.States, tableStep = shape.TableStep;
        double* forward = ChainShape.Forward(work) + (long)(steps - 1) * Lanes.Width, ratios = shape.Ratios(work) + (long)(steps - 1) * Lanes.Width;
        marginals += (long)(steps - 1) * Lanes.Width;
        if (steps > 1) tables += (long)(steps - 2) * tableStep;
        var last = Simd.Create(1 / work[Total]);
        Lanes.Store(marginals, Lanes.Load(forward) * last);
        var later = Lanes.Load(ratios) * last;
        Lane p0 = Lane.Zero, p1 = Lane.Zero, p2 = Lane.Zero, p3 = Lane.Zero;
        var isSummed = shape.IsHomogeneous;
        if (!isSummed && pairs != null) pairs += (long)(steps - 2) * shape.Matrix;
        for (var t = steps - 2; t >= 0; t--)
        {
            forward -= Lanes.Width;
            ratios -= Lanes.Width;
            marginals -= Lanes.Width;
            if (isSummed)
            {
                p0 = Lanes.MultiplyAdd(Simd.Create(forward[0]), later, p0);
                p1 = Lanes.MultiplyAdd(Simd.Create(forward[1]), later, p1);
                p2 = Lanes.MultiplyAdd(Simd.Create(forward[2]), later, p2);
                p3 = Lanes.MultiplyAdd(Simd.Create(forward[3]), later, p3);
            }
            else if (pairs != null)
            {
                for (var i = 0; i < states; i++)
                    Lanes.Store(pairs + i * Lanes.Width, Simd.Create(forward[i]) * Lanes.Load(TransitionTable.Rows(tables) + i * Lanes.Width) * later);
                pairs -= shape.Matrix;
            }
            var message = Product(later, TransitionTable.Columns(tables, shape), states);
            Lanes.Store(marginals, Lanes.Load(forward) * message);
            later = Lanes.Load(ratios) * message;
            tables -= tableStep;
        }
        if (!isSummed || pairs == null || steps == 1) return;
        var rows = TransitionTable.Rows(tables);
        Lanes.Store(pairs, p0 * Lanes.Load(rows));
        if (states > 1) Lanes.Store(pairs + 4, p1 * Lanes.Load(rows + 4));
        if (states > 2) Lanes.Store(pairs + 8, p2 * Lanes.Load(rows + 8));
        if (states > 3) Lanes.Store(pairs + 12, p3 * Lanes.Load(rows + 12));
    }

    /// <summary>The exponentials of a row around its greatest entry, which is added to the shifts.</summary>
    [MethodImpl(Inline)]
    private static Lane Emission(double* row, Lane mask, ref Lane shifts, ref Lane lost)
    {
        var logs = Simd.ConditionalSelect(mask, Lanes.Load(row), Simd.Create(double.NegativeInfinity));
        var greatest = Simd.MaxNative(logs, Simd.Shuffle(logs, Simd.Create(2L, 3, 0, 1)));
        greatest = Simd.MaxNative(greatest, Simd.Shuffle(greatest, Simd.Create(1L, 0, 3, 2)));
        greatest = Simd.MaxNative(greatest, Simd.Create(double.MinValue));
        shifts += greatest;
        logs -= greatest;
        lost |= Simd.LessThan(logs, Simd.Create(TransitionTable.Least)) & Simd.GreaterThan(logs, Simd.Create(double.NegativeInfinity));
        return Lanes.ExpNonPositive(logs);
    }

    /// <summary>Σ x[i] · row i of a matrix.</summary>
    [MethodImpl(Inline)]
    private static Lane Product(Lane x, double* rows, int states)
    {
        var first = Simd.Shuffle(x, Simd.Create(0L, 0, 0, 0)) * Lanes.Load(rows);
        if (states == 1) return first;
        first = Lanes.MultiplyAdd(Simd.Shuffle(x, Simd.Create(1L, 1, 1, 1)), Lanes.Load(rows + 4), first);
        if (states == 2) return first;
        var second = Simd.Shuffle(x, Simd.Create(2L, 2, 2, 2)) * Lanes.Load(rows + 8);
        if (states == 4) second = Lanes.MultiplyAdd(Simd.Shuffle(x, Simd.Create(3L, 3, 3, 3)), Lanes.Load(rows + 12), second);
        return first + second;
    }

    /// <summary>The sum of the lanes in each of them.</summary>
    [MethodImpl(Inline)]
    private static Lane Total4(Lane x)
    {
        x += Simd.Shuffle(x, Simd.Create(2L, 3, 0, 1));
        return x + Simd.Shuffle(x, Simd.Create(1L, 0, 3, 2));
    }

    /// <summary>The last three numbers of some, where a lane can be loaded that starts with any of them.</summary>
    [MethodImpl(Inline)]
    private static void CopyTail(double* x, int n, double* tail)
    {
        tail[Lanes.Width - 1] = 0;
        for (var i = 1; i < Lanes.Width; i++) tail[Lanes.Width - 1 - i] = i <= n ? x[n - i] : 0;
    }

    [MethodImpl(Inline)]
    private static Lane Mask(int states) => Simd.GreaterThan(Simd.Create((long)states), Simd.Create(0L, 1, 2, 3)).AsDouble();
}
