using System.Runtime.CompilerServices;

namespace ProbLang.Numerics;

/// <summary>What a table of log transitions allows.</summary>
internal enum TransitionRange
{
    /// <summary>Every state can follow every other, none by more than <see cref="TransitionTable.Least"/> less than another: what underflows cannot come back.</summary>
    Full,

    /// <summary>Some transitions are impossible, the others are within the range.</summary>
    Sparse,

    /// <summary>Only logarithms hold it.</summary>
    Logarithmic,
}

/// <summary>A table of transitions as probabilities: a header, the matrix by the earlier state, and by the later.</summary>
internal static unsafe class TransitionTable
{
    /// <summary>
    /// The log of the least ratio that a scaled pass computes with. A scale waits for three steps at most and meets one more transition, so that four of
    /// these are multiplied, which is still a normal number.
    /// </summary>
    public const double Least = -160;

    private const int LogScale = 0, Range = 1;

    /// <summary>The greatest entry, which was taken off all of them.</summary>
    public static double ScaleOf(double* table) => table[LogScale];

    public static TransitionRange RangeOf(double* table) => (TransitionRange)table[Range];

    /// <summary>The rows, one for each earlier state.</summary>
    public static double* Rows(double* table) => table + ChainShape.Header;

    /// <summary>The columns, one for each later state.</summary>
    public static double* Columns(double* table, in ChainShape shape) => table + ChainShape.Header + shape.Matrix;

    /// <summary>Exponentiates a table, earlier state slowest, into <see cref="ChainShape.Table"/> doubles.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Prepare(in ChainShape shape, double* logs, double* table)
    {
        int states = shape.States, padded = shape.Padded;
        double* rows = Rows(table), columns = Columns(table, shape);
        var greatest = Math.Max(LogRows.Greatest(logs, states * states), double.MinValue);
        for (var i = 0; i < states; i++)
            for (var j = 0; j < padded; j++) rows[i * padded + j] = j < states ? logs[i * states + j] - greatest : double.NegativeInfinity;
        table[LogScale] = greatest;
        table[Range] = (double)Classify(rows, shape.Matrix, (padded - states) * states);
        for (var i = 0; i < shape.Matrix; i += Lanes.Width) Lanes.Store(rows + i, Lanes.ExpNonPositive(Lanes.Load(rows + i)));
        for (var j = 0; j < states; j++)
            for (var i = 0; i < padded; i++) columns[j * padded + i] = i < states ? rows[i * padded + j] : 0;
    }

    private static TransitionRange Classify(double* logs, int length, int padding)
    {
        var impossible = -padding;
        for (var i = 0; i < length; i++)
        {
            if (double.IsNegativeInfinity(logs[i])) impossible++;
            else if (!(logs[i] >= Least)) return TransitionRange.Logarithmic;
        }
        return impossible == 0 ? TransitionRange.Full : TransitionRange.Sparse;
    }
}
