using System.Runtime.CompilerServices;

namespace ProbLang.Numerics;

// The same in logarithms, for what a scaled pass would lose.
internal static unsafe partial class ForwardBackward
{
    [MethodImpl(Hot)]
    private static double ForwardInLogs(in ChainShape shape, double* unaries, double* transitions, double* work)
    {
        int states = shape.States, padded = shape.Padded;
        double* forward = ChainShape.Forward(work), predicted = shape.Ratios(work);
        var sum = new RunningSum();
        for (var t = 0; t < shape.Steps; t++)
        {
            if (t > 0) Predict(forward - padded, TableOf(shape, transitions, t), states, padded, predicted);
            var greatest = double.NegativeInfinity;
            for (var j = 0; j < padded; j++)
            {
                forward[j] = j >= states ? double.NegativeInfinity : t == 0 ? unaries[j] : predicted[j] + unaries[j];
                greatest = Math.Max(greatest, forward[j]);
            }
            if (!double.IsFinite(greatest)) return greatest == double.NegativeInfinity ? greatest : double.NaN;
            LogRows.Subtract(forward, padded, greatest);
            sum.Add(greatest);
            unaries += states;
            forward += padded;
            predicted += padded;
        }
        var total = 0.0;
        forward -= padded;
        for (var j = 0; j < padded; j += Lanes.Width) total += Lanes.SumLanes(Lanes.ExpNonPositive(Lanes.Load(forward + j)));
        work[Total] = total;
        sum.Add(Math.Log(total));
        return sum.Value;
    }

    [MethodImpl(Hot)]
    private static void BackwardInLogs(in ChainShape shape, double* transitions, double* work, double* marginals, double* pairs)
    {
        int states = shape.States, padded = shape.Padded;
        for (var t = shape.Steps - 1; t >= 0; t--)
        {
            double* forward = ChainShape.Forward(work) + (long)t * padded, now = marginals + (long)t * padded, next = now + padded, predicted = shape.Ratios(work) + (long)(t + 1) * padded;
            if (t == shape.Steps - 1)
            {
                for (var j = 0; j < padded; j += Lanes.Width) Lanes.Store(now + j, Lanes.ExpNonPositive(Lanes.Load(forward + j)) / Simd.Create(work[Total]));
                continue;
            }
            double* logs = TableOf(shape, transitions, t + 1), pair = pairs == null ? null : pairs + (shape.IsHomogeneous ? 0 : (long)t * shape.Matrix);
            for (var i = 0; i < padded; i++)
            {
                var sum = Lane.Zero;
                for (var j = 0; j < padded && i < states; j += Lanes.Width)
                {
                    var probability = Lanes.Load(next + j);
                    var log = Simd.Create(forward[i]) + Row(logs + i * states + j, states - j) - Lanes.Load(predicted + j);
                    var joint = Simd.AndNot(Lanes.ExpNonPositive(log) * probability, Simd.Equals(probability, Lane.Zero));
                    sum += joint;
                    if (pair != null) Lanes.Store(pair + i * padded + j, shape.IsHomogeneous ? Lanes.Load(pair + i * padded + j) + joint : joint);
                }
                now[i] = Lanes.SumLanes(sum);
            }
        }
    }

    /// <summary>log Σ exp(earlier[i] + row i), for each later state; -infinity beyond the states.</summary>
    [MethodImpl(Inline)]
    private static void Predict(double* earlier, double* logs, int states, int padded, double* predicted)
    {
        for (var j = 0; j < padded; j += Lanes.Width)
        {
            var greatest = Simd.Create(double.MinValue);
            for (var i = 0; i < states; i++) greatest = Simd.MaxNative(Simd.Create(earlier[i]) + Row(logs + i * states + j, states - j), greatest);
            var sum = Lane.Zero;
            for (var i = 0; i < states; i++) sum += Lanes.ExpNonPositive(Simd.Create(earlier[i]) + Row(logs + i * states + j, states - j) - greatest);
            Lanes.Store(predicted + j, greatest + Lanes.Log(sum));
        }
    }

    /// <summary>The log transitions into a step.</summary>
    [MethodImpl(Inline)]
    private static double* TableOf(in ChainShape shape, double* transitions, int step) =>
        shape.IsHomogeneous ? transitions : transitions + (long)(step - 1) * shape.States * shape.States;

    [MethodImpl(Inline)]
    private static Lane Row(double* row, int left) => left >= Lanes.Width ? Lanes.Load(row) : Lanes.LoadPart(row, left, double.NegativeInfinity);
}
