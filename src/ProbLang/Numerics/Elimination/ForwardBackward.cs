namespace ProbLang.Numerics;

/// <summary>
/// Sums over the states of a chain: log unaries, a row for each step, and log transitions with the earlier state slowest. The forward pass is
/// scaled (Rabiner, 1989) where that loses nothing, else in logarithms; -infinity is what is impossible. Nothing is allocated: the work area
/// has <see cref="ChainShape.Work"/> doubles, and each log table of transitions goes with <see cref="ChainShape.Table"/> of its prepared form.
/// </summary>
internal static unsafe partial class ForwardBackward
{
    private const int LogSum = 0, IsLogarithmic = 1, Total = 2;

    /// <summary>Prepares the tables of a chain, one after the other.</summary>
    public static void Prepare(in ChainShape shape, double* transitions, double* tables)
    {
        for (var t = 0; t < shape.Tables; t++) TransitionTable.Prepare(shape, transitions + (long)t * shape.States * shape.States, tables + (long)t * shape.Table);
    }

    /// <summary>log Σ exp over all paths of the sum of unaries and transitions.</summary>
    public static double Forward(in ChainShape shape, double* unaries, double* transitions, double* tables, double* work)
    {
        var range = RangeOf(shape, tables, out var scale);
        if (range != TransitionRange.Logarithmic)
        {
            var logSum = scale + (shape.States <= Lanes.Width
                ? ForwardByLane(shape, unaries, tables, range == TransitionRange.Sparse, work)
                : ForwardByLanes(shape, unaries, tables, range == TransitionRange.Sparse, work));
            work[IsLogarithmic] = 0;
            if (double.IsFinite(logSum)) return work[LogSum] = logSum;
        }
        work[IsLogarithmic] = 1;
        return work[LogSum] = ForwardInLogs(shape, unaries, transitions, work);
    }

    /// <summary>
    /// After <see cref="Forward"/>: the probability of each state at each step, and of each pair of states that follow each other, summed over the
    /// steps where the chain is homogeneous. Rows are in whole lanes: <see cref="ChainShape.Padded"/> numbers a step, and <see cref="ChainShape.Matrix"/>
    /// a table. <paramref name="pairs"/> may be null.
    /// </summary>
    public static void Backward(in ChainShape shape, double* transitions, double* tables, double* work, double* marginals, double* pairs)
    {
        if (!double.IsFinite(work[LogSum]))
        {
            var instead = double.IsNegativeInfinity(work[LogSum]) ? 0 : double.NaN;
            new Span<double>(marginals, shape.Steps * shape.Padded).Fill(instead);
            if (pairs != null) new Span<double>(pairs, shape.Tables * shape.Matrix).Fill(instead);
            return;
        }
        if (pairs != null && shape.IsHomogeneous) new Span<double>(pairs, shape.Tables * shape.Matrix).Clear();
        if (work[IsLogarithmic] != 0) BackwardInLogs(shape, transitions, work, marginals, pairs);
        else if (shape.States <= Lanes.Width) BackwardByLane(shape, tables, work, marginals, pairs);
        else BackwardByLanes(shape, tables, work, marginals, pairs);
    }

    private static TransitionRange RangeOf(in ChainShape shape, double* tables, out double scale)
    {
        var range = TransitionRange.Full;
        scale = 0;
        for (var t = 0; t < shape.Tables; t++)
        {
            var table = tables + (long)t * shape.Table;
            if (TransitionTable.RangeOf(table) > range) range = TransitionTable.RangeOf(table);
            scale += TransitionTable.ScaleOf(table);
        }
        if (shape.IsHomogeneous) scale *= shape.Steps - 1;
        return range;
    }

    /// <summary>Σ log of positive numbers, which is the log of their product.</summary>
    private static double SumOfLogs(double* x, int n)
    {
        Lane product = Lanes.Broadcast(1), rest = Lane.Zero;
        var exponents = LongLane.Zero;
        var i = 0;
        for (; i <= n - Lanes.Width; i += Lanes.Width) product = Lanes.MultiplyInto(product, Lanes.Load(x + i), ref exponents, ref rest);
        var sum = Lanes.LogOfProduct(product, exponents, rest, i / Lanes.Width);
        for (; i < n; i++) sum += Math.Log(x[i]);
        return sum;
    }
}
