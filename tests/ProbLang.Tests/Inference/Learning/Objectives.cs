using ProbLang.Inference;

namespace ProbLang.Tests.Inference.Learning;

/// <summary>Reports at once and on the same thread.</summary>
internal sealed class Immediate(Action<TrainingProgress> action) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => action(value);
}

/// <summary>Cancels when a batch is evaluated for the given time.</summary>
internal sealed class CancellingObjective(IRowObjective inner, CancellationTokenSource source, int at) : IRowObjective
{
    private int _calls;

    public int Dimension => inner.Dimension;

    public int Rows => inner.Rows;

    public int BatchSize => inner.BatchSize;

    public double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position, Span<double> gradient)
    {
        if (++_calls == at) source.Cancel();
        return inner.Evaluate(rows, weights, position, gradient);
    }

    public double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position) => inner.Evaluate(rows, weights, position);
}

/// <summary>Has one number that is not finite where a row and a position meet a condition, weight 0 or not.</summary>
internal sealed class PoisonedObjective(IRowObjective inner, Func<int, double[], bool> isPoisoned, double value, bool isInGradient) : IRowObjective
{
    public int Dimension => inner.Dimension;

    public int Rows => inner.Rows;

    public int BatchSize => inner.BatchSize;

    public double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position, Span<double> gradient)
    {
        var sum = inner.Evaluate(rows, weights, position, gradient);
        if (!IsPoisoned(rows, position)) return sum;
        if (!isInGradient) return value;
        gradient[1] = value;
        return sum;
    }

    public double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position) =>
        IsPoisoned(rows, position) && !isInGradient ? value : inner.Evaluate(rows, weights, position);

    private bool IsPoisoned(ReadOnlySpan<int> rows, ReadOnlySpan<double> position)
    {
        var x = position.ToArray();
        foreach (var row in rows) if (isPoisoned(row, x)) return true;
        return false;
    }
}
