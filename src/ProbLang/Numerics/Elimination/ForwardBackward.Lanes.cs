using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

// Any number of states: a step is as many lanes as it takes, two at a time, so that eight states stay in registers.
internal static unsafe partial class ForwardBackward
{
    [MethodImpl(Hot)]
    private static double ForwardByLanes(in ChainShape shape, double* unaries, double* tables, bool isSparse, double* work)
    {
        int steps = shape.Steps, states = shape.States, padded = shape.Padded, tableStep = shape.TableStep;
        double* forward = ChainShape.Forward(work), ratios = shape.Ratios(work), scales = shape.ScalesOf(work), predicted = shape.Scratch(work);
        var lost = Lane.Zero;
        var tail = stackalloc double[2 * Lanes.Width];
        CopyTail(unaries, steps * states, tail);
        double shift = 0, scale = 0, sum = 0;
        var count = 0;
        for (var t = 0; t < steps; t++)
        {
            shift += Emission(unaries, (steps - t) * states, states, padded, tail, ratios, ref lost);
            var isScaled = (t & 1) == 0 && t > 0;
            if ((t & 1) == 1)
            {
                if (t + 1 < steps) scales[count++] = sum;
                scale = 1 / sum;
            }
            if (t > 0) Product(forward - padded, TransitionTable.Rows(tables), states, padded, predicted);
            var total = Lane.Zero;
            for (var j = 0; j < padded; j += Lanes.Width)
            {
                var ratio = Lanes.Load(ratios + j);
                var weight = ratio;
                if (t > 0)
                {
                    if (isScaled) ratio *= Simd.Create(scale);
                    var prediction = Lanes.Load(predicted + j);
                    ratio = Simd.AndNot(ratio, Simd.Equals(prediction, Lane.Zero));
                    weight = prediction * ratio;
                    Lanes.Store(ratios + j, ratio);
                    lost |= Simd.LessThan(weight, Simd.Create(LeastWeight)) & Simd.GreaterThan(weight, Lane.Zero);
                }
                total += weight;
                Lanes.Store(forward + j, weight);
            }
            sum = Lanes.SumLanes(total);
            unaries += states;
            forward += padded;
            ratios += padded;
            if (t > 0) tables += tableStep;
        }
        if (isSparse && !Simd.EqualsAll(lost.AsInt64(), LongLane.Zero)) return double.NaN;
        work[Total] = sum;
        return shift + SumOfLogs(scales, count) + Math.Log(sum);
    }

    [MethodImpl(Hot)]
    private static void BackwardByLanes(in ChainShape shape, double* tables, double* work, double* marginals, double* pairs)
    {
        int steps = shape.Steps, states = shape.States, padded = shape.Padded;
        double* forward = ChainShape.Forward(work) + (long)(steps - 1) * padded, ratios = shape.Ratios(work) + (long)(steps - 1) * padded, later = shape.Scratch(work);
        marginals += (long)(steps - 1) * padded;
        for (var j = 0; j < padded; j++) (marginals[j], later[j]) = (forward[j] / work[Total], ratios[j] / work[Total]);
        for (var t = steps - 2; t >= 0; t--)
        {
            forward -= padded;
            ratios -= padded;
            marginals -= padded;
            var table = tables + (long)t * shape.TableStep;
            if (pairs != null) AddPairs(forward, TransitionTable.Rows(table), later, states, padded, shape.IsHomogeneous ? pairs : pairs + (long)t * shape.Matrix, !shape.IsHomogeneous);
            Product(later, TransitionTable.Columns(table, shape), states, padded, marginals);
            for (var j = 0; j < padded; j += Lanes.Width)
            {
                var message = Lanes.Load(marginals + j);
                Lanes.Store(later + j, message * Lanes.Load(ratios + j));
                Lanes.Store(marginals + j, message * Lanes.Load(forward + j));
            }
        }
        if (pairs == null || !shape.IsHomogeneous || steps == 1) return;
        for (var i = 0; i < shape.Matrix; i += Lanes.Width) Lanes.Store(pairs + i, Lanes.Load(pairs + i) * Lanes.Load(TransitionTable.Rows(tables) + i));
    }

    /// <summary>The exponentials of a row around its greatest entry, which is returned.</summary>
    [MethodImpl(Inline)]
    private static double Emission(double* row, int left, int states, int padded, double* tail, double* emission, ref Lane lost)
    {
        var greatest = Math.Max(LogRows.Greatest(row, states), double.MinValue);
        var last = Mask(states - padded + Lanes.Width);
        for (var j = 0; j < padded; j += Lanes.Width)
        {
            var logs = Lanes.Load(left - j >= Lanes.Width ? row + j : tail + (Lanes.Width - 1 - (left - j)));
            if (j + Lanes.Width > states) logs = Simd.ConditionalSelect(last, logs, Simd.Create(double.NegativeInfinity));
            logs -= Simd.Create(greatest);
            lost |= Simd.LessThan(logs, Simd.Create(TransitionTable.Least)) & Simd.GreaterThan(logs, Simd.Create(double.NegativeInfinity));
            Lanes.Store(emission + j, Lanes.ExpNonPositive(logs));
        }
        return greatest;
    }

    /// <summary>y = Σ x[i] · row i of a matrix.</summary>
    [MethodImpl(Inline)]
    private static void Product(double* x, double* rows, int states, int padded, double* y)
    {
        var j = 0;
        for (; j <= padded - 8; j += 8)
        {
            Lane a = Lane.Zero, b = Lane.Zero, c = Lane.Zero, d = Lane.Zero;
            var row = rows + j;
            var i = 0;
            for (; i <= states - 2; i += 2, row += 2 * padded)
            {
                Lane even = Simd.Create(x[i]), odd = Simd.Create(x[i + 1]);
                a = Lanes.MultiplyAdd(even, Lanes.Load(row), a);
                b = Lanes.MultiplyAdd(even, Lanes.Load(row + 4), b);
                c = Lanes.MultiplyAdd(odd, Lanes.Load(row + padded), c);
                d = Lanes.MultiplyAdd(odd, Lanes.Load(row + padded + 4), d);
            }
            if (i < states)
            {
                a = Lanes.MultiplyAdd(Simd.Create(x[i]), Lanes.Load(row), a);
                b = Lanes.MultiplyAdd(Simd.Create(x[i]), Lanes.Load(row + 4), b);
            }
            Lanes.Store(y + j, a + c);
            Lanes.Store(y + j + 4, b + d);
        }
        if (j == padded) return;
        var sum = Lane.Zero;
        for (var i = 0; i < states; i++) sum = Lanes.MultiplyAdd(Simd.Create(x[i]), Lanes.Load(rows + i * padded + j), sum);
        Lanes.Store(y + j, sum);
    }

    /// <summary>The probabilities of pairs; where they are summed, without the factor that all steps share.</summary>
    [MethodImpl(Inline)]
    private static void AddPairs(double* forward, double* rows, double* later, int states, int padded, double* pairs, bool isAlone)
    {
        for (var i = 0; i < states; i++, rows += padded, pairs += padded)
        {
            var weight = Simd.Create(forward[i]);
            for (var j = 0; j < padded; j += Lanes.Width)
            {
                Lanes.Store(pairs + j, isAlone
                    ? weight * Lanes.Load(rows + j) * Lanes.Load(later + j)
                    : Lanes.MultiplyAdd(weight, Lanes.Load(later + j), Lanes.Load(pairs + j)));
            }
        }
    }
}
