namespace ProbLang.Numerics;

// Single paths: draws, and the most probable one.
internal static unsafe partial class ForwardBackward
{
    /// <summary>After <see cref="Forward"/>: one path, drawn with its probability from its last state to its first.</summary>
    /// <exception cref="InvalidOperationException">No path is possible.</exception>
    public static void Sample(in ChainShape shape, double* transitions, double* tables, double* work, ref Philox random, Span<int> states)
    {
        if (!double.IsFinite(work[LogSum])) throw new InvalidOperationException($"there is nothing to draw from: the log sum is {work[LogSum]}");
        var weights = new Span<double>(shape.Scratch(work), shape.States);
        for (var t = shape.Steps - 1; t >= 0; t--)
        {
            var forward = ChainShape.Forward(work) + (long)t * shape.Padded;
            var isLast = t == shape.Steps - 1;
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = work[IsLogarithmic] != 0
                    ? Math.Exp(isLast ? forward[i] : forward[i] + TableOf(shape, transitions, t + 1)[i * shape.States + states[t + 1]] - Predicted(shape, work, t + 1, states[t + 1]))
                    : isLast ? forward[i] : forward[i] * TransitionTable.Columns(tables + (long)t * shape.TableStep, shape)[states[t + 1] * shape.Padded + i];
            }
            states[t] = SumProduct.Draw(weights, ref random);
        }
    }

    /// <summary>The greatest sum of unaries and transitions, and a path that has it (Viterbi, 1967). Of equals it is the same one each time.</summary>
    public static double Maximize(in ChainShape shape, double* unaries, double* transitions, double* work, Span<int> states)
    {
        var best = ChainShape.Forward(work);
        var total = new RunningSum();
        for (var t = 0; t < shape.Steps; t++, best += shape.Padded, unaries += shape.States)
        {
            for (var j = 0; j < shape.States; j++) best[j] = unaries[j] + (t == 0 ? 0 : Best(shape, best - shape.Padded, TableOf(shape, transitions, t), j).Log);
            total.Add(SumProduct.Center(best, shape.States));
        }
        best -= shape.Padded;
        states[shape.Steps - 1] = MaxProduct.Best(new ReadOnlySpan<double>(best, shape.States));
        for (var t = shape.Steps - 2; t >= 0; t--)
        {
            best -= shape.Padded;
            states[t] = Best(shape, best, TableOf(shape, transitions, t + 1), states[t + 1]).State;
        }
        return total.Value;
    }

    private static double Predicted(in ChainShape shape, double* work, int step, int state) => shape.Ratios(work)[(long)step * shape.Padded + state];

    private static (int State, double Log) Best(in ChainShape shape, double* earlier, double* logs, int state)
    {
        var (best, greatest) = (0, earlier[0] + logs[state]);
        for (var i = 1; i < shape.States; i++)
        {
            var log = earlier[i] + logs[i * shape.States + state];
            if (log > greatest || double.IsNaN(log)) (best, greatest) = (i, log);
        }
        return (best, greatest);
    }
}
