using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using ProbLang.Limits;

namespace ProbLang.Results;

/// <summary>A posterior in a table: a row for each scalar.</summary>
/// <param name="Rows">In the order of the layout.</param>
/// <param name="IsMonteCarlo">Whether it comes from chains, so that Monte Carlo errors, effective sizes and R-hat have a meaning.</param>
public sealed record Summary(ImmutableArray<SummaryRow> Rows, bool IsMonteCarlo = true)
{
    /// <summary>So much work that a second thread is worth starting.</summary>
    private const long WorthThreads = 100_000;

    /// <summary>Summarises draws; empty when there are none.</summary>
    public static Summary Of(Draws draws)
    {
        if (draws.Count == 0) return new Summary([]);
        var rows = new SummaryRow[draws.Layout.Count];
        var scores = new NormalScores(ColumnSummary.SplitCount(draws.Complete.Length, draws.Count));
        var isDiscrete = new bool[rows.Length];
        var levels = new ImmutableArray<string>[rows.Length];
        foreach (var variable in draws.Layout.Variables)
        {
            isDiscrete.AsSpan(variable.Offset, variable.Count).Fill(variable.IsDiscrete);
            levels.AsSpan(variable.Offset, variable.Count).Fill(variable.Levels);
        }
        var inBranch = new bool[rows.Length];
        foreach (var variable in draws.Layout.Variables)
            if (!variable.InBranch.IsDefaultOrEmpty) variable.InBranch.AsSpan().CopyTo(inBranch.AsSpan(variable.Offset, variable.Count));
        var next = -1;
        Exception? stopped = null;
        void Work()
        {
            var column = new ColumnSummary(draws.Complete.Length, draws.Count, scores);
            for (int i; (i = Interlocked.Increment(ref next)) < rows.Length;)
            {
                Budget.Current.Check();
                draws.CopyColumn(i, column.Values);
                var (name, discrete) = (draws.Layout.ElementNames[i], isDiscrete[i]);
                rows[i] = (inBranch[i] ? column.SummarizeWhereHeld(name, discrete) : column.Summarize(name, discrete)) with { Levels = levels[i] };
            }
        }
        void WorkUnlessStopped()
        {
            try
            {
                Work();
            }
            catch (Exception e) when (e is OperationCanceledException or ResourceLimitException)
            {
                // It is thrown again below, on the caller's thread.
                Interlocked.CompareExchange(ref stopped, e, null);
            }
        }
        var work = (long)rows.Length * draws.Complete.Length * draws.Count;
        var helpers = new Thread[work < WorthThreads ? 0 : Math.Min(Environment.ProcessorCount, rows.Length) - 1];
        for (var i = 0; i < helpers.Length; i++) (helpers[i] = new Thread(WorkUnlessStopped)).Start();
        WorkUnlessStopped();
        foreach (var helper in helpers) helper.Join();
        if (stopped is not null) ExceptionDispatchInfo.Throw(stopped);
        return new Summary(ImmutableArray.Create(rows));
    }
}
