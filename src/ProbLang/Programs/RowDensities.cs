using System.Buffers;
using ProbLang.Analysis;
using ProbLang.Limits;

namespace ProbLang.Programs;

/// <summary>The densities of new rows under each of some draws of what rows share: compiled when they are first asked for, and for any number of threads.</summary>
internal sealed unsafe class RowDensities
{
    /// <summary>How many rows a program takes: the least of these that is enough, or the greatest, again and again.</summary>
    private static readonly int[] s_sizes = [1, 2, 4, 16, 64, 256];

    /// <summary>How many evaluations pass between two looks at a cancellation.</summary>
    private const int BetweenLooks = 256;

    /// <summary>How many programs are kept: rows may give any subset of their variables.</summary>
    private const int MostKept = 256;

    private readonly RowTemplate _template;
    private readonly double[] _draws;
    private readonly int _length;
    private readonly Recent<(ulong Wanted, int Size), Once<NewRowProgram>> _programs;
    private readonly Once<(NewRowProgram Program, HashSet<RowVariable> OfDraws)> _bounds;

    /// <param name="template">What a row has.</param>
    /// <param name="draws">Draws of what rows share, one after the other.</param>
    /// <param name="count">How many.</param>
    public RowDensities(RowTemplate template, double[] draws, int count)
    {
        (_template, _length, Count) = (template, template.SharedCount, count);
        // They are read by address.
        _draws = GC.AllocateUninitializedArray<double>(Math.Max(1, draws.Length), pinned: true);
        draws.CopyTo(_draws, 0);
        _programs = new(MostKept, key => new(() => Compile(key.Wanted, key.Size)));
        _bounds = new(CompileBounds);
    }

    /// <summary>How many draws.</summary>
    public int Count { get; }

    /// <summary>How many programs are kept now.</summary>
    public int Kept => _programs.Count;

    public ReadOnlySpan<double> Draw(int draw) => _draws.AsSpan(draw * _length, _length);

    /// <summary>For each row the logarithm of the sum, over the draws, of the density of what is wanted of it.</summary>
    /// <param name="wanted">Which variables, as bits: numbers among those that are drawn.</param>
    /// <param name="rows">The rows, one after the other, with values for all that is wanted.</param>
    /// <param name="logSums">One a row.</param>
    /// <param name="each">Empty, or the log densities: for each draw those of all rows.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectionException">There is no program for it.</exception>
    public void LogSums(ulong wanted, ReadOnlySpan<double> rows, Span<double> logSums, Span<double> each, CancellationToken cancellation)
    {
        if (wanted == 0 && _template.Factors.IsEmpty)
        {
            logSums.Fill(Math.Log(Count));
            each.Clear();
            return;
        }
        var program = Program(wanted, logSums.Length, cancellation);
        var work = program.Borrow();
        var maxima = ArrayPool<double>.Shared.Rent(program.Size);
        try
        {
            for (var from = 0; from < logSums.Length; from += program.Size)
            {
                var count = Math.Min(program.Size, logSums.Length - from);
                work.Write(rows.Slice(from * _template.Width, count * _template.Width), _template.Width);
                LogSums(work, maxima.AsSpan(0, count), logSums.Slice(from, count), each, from, logSums.Length, cancellation);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(maxima);
            program.Return(work);
        }
    }

    private void LogSums(NewRowProgram.Work work, Span<double> maxima, Span<double> sums, Span<double> each, int from, int rows, CancellationToken cancellation)
    {
        maxima.Fill(double.NegativeInfinity);
        sums.Clear();
        fixed (double* draws = _draws)
            for (var draw = 0; draw < Count; draw++)
            {
                if (draw % BetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
                var densities = work.Run(draws + draw * _length)[..sums.Length];
                for (var row = 0; row < sums.Length; row++) Add(densities[row], ref maxima[row], ref sums[row]);
                if (!each.IsEmpty) Copy(densities, each[(draw * rows + from)..]);
            }
        for (var row = 0; row < sums.Length; row++) sums[row] = maxima[row] + Math.Log(sums[row]);
    }

    /// <summary>What has no density, since a parameter makes no sense with the row, has none.</summary>
    private static void Copy(ReadOnlySpan<double> densities, Span<double> each)
    {
        for (var row = 0; row < densities.Length; row++) each[row] = double.IsNaN(densities[row]) ? double.NegativeInfinity : densities[row];
    }

    /// <summary>One more term of a log-sum-exp.</summary>
    private static void Add(double term, ref double max, ref double sum)
    {
        if (!(term > double.NegativeInfinity)) return;
        if (term <= max) sum += Math.Exp(term - max);
        else (max, sum) = (term, sum * Math.Exp(max - term) + 1);
    }

    /// <summary>The bounds of what is drawn in a row: first the least values, by their places in it, then the greatest; NaN where they depend on what is not given.</summary>
    /// <exception cref="ObjectionException">There is no program for it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Bounds(ReadOnlySpan<double> row, Span<double> bounds, CancellationToken cancellation)
    {
        var program = _bounds.ValueUnless(cancellation).Program;
        var work = program.Borrow();
        work.Write(row, _template.Width);
        fixed (double* draws = _draws) work.Run(draws)[..bounds.Length].CopyTo(bounds);
        program.Return(work);
    }

    /// <summary>Whether the bounds of a variable are the same in all draws.</summary>
    public bool HasFixedBounds(RowVariable variable) => !_bounds.Value.OfDraws.Contains(variable);

    private NewRowProgram Program(ulong wanted, int rows, CancellationToken cancellation)
    {
        var size = s_sizes[^1];
        for (var s = s_sizes.Length - 1; s >= 0 && s_sizes[s] >= rows; s--) size = s_sizes[s];
        return _programs[(wanted, size)].ValueUnless(cancellation);
    }

    private NewRowProgram Compile(ulong wanted, int size)
    {
        var rows = new NewRows(_template, size);
        RowVariable[] drawn = [.. _template.Variables.Where(v => v.IsDrawn)];
        return new NewRowProgram(Lowering.NewRowDensities(rows, v => Array.IndexOf(drawn, v) is >= 0 and var number && (wanted >> number & 1) != 0), rows, size);
    }

    private (NewRowProgram, HashSet<RowVariable>) CompileBounds()
    {
        var (rows, ofDraws) = (new NewRows(_template, 1), new HashSet<RowVariable>());
        return (new NewRowProgram(Lowering.NewRowBounds(rows, v => ofDraws.Add(v)), rows, 2 * _template.Width), ofDraws);
    }
}
