using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Limits;
using ProbLang.Numerics;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang;

/// <summary>
/// Scores and predicts rows that are not among the data, given what was learned of all that rows share: draws of a posterior, or parameters of a fit. A row is what the
/// outermost <c>for</c> around the observed has at one index; what stands outside of it stays as it was for the data.
/// Compiled once, and safe to share between threads.
/// </summary>
public sealed partial class Scorer
{
    /// <summary>Of how many sets of variables that rows give it is kept what follows from them.</summary>
    private const int MostKept = 256;

    /// <summary>How many rows are checked between two looks at a cancellation.</summary>
    private const int BetweenLooks = 4096;

    private readonly RowTemplate _template;
    private readonly RowVariable[] _drawn;
    private readonly RowDensities _densities;
    private readonly RowDependence _dependence;
    private readonly RowReader _reader;
    private readonly ConcurrentBag<RowSimulation> _simulations = [];
    private readonly Recent<ulong, Missing> _missing;

    private Scorer(Problem problem, RowTemplate template, double[] draws, int count)
    {
        (Problem, _template) = (problem, template);
        _drawn = [.. template.Variables.Where(v => v.IsDrawn)];
        _densities = new RowDensities(template, draws, count);
        _dependence = new RowDependence(template);
        Inputs = [.. template.Variables.Select(v => new ScorerField(v))];
        _reader = new RowReader(Inputs, Width, problem.Conditioned.Graph.Variables.Select(v => v.Name).ToFrozenSet());
        _missing = new(MostKept, MissingOf);
    }

    /// <summary>Of draws, or without any where all that rows share is known.</summary>
    internal static Scorer Of(Problem problem, string? rows, Draws? draws) => problem.RunAnew(draws, (draws, _) => Problem.Answered(() =>
    {
        if (draws is { Count: 0 }) throw new ObjectionException(ScoringDiagnostics.NothingDrawn());
        var template = RowTemplate.Of(problem.Conditioned, rows, v => draws?.Layout.Find(v.Name) is not null);
        return draws is null ? new Scorer(problem, template, [], 1) : new Scorer(problem, template, Gathered(problem.Conditioned, template, draws), draws.Complete.Sum(c => c.Count));
    }), default);

    /// <summary>Model and data that it was made of.</summary>
    public Problem Problem { get; }

    /// <summary>What a row gives, in the order in which its numbers are taken.</summary>
    public ImmutableArray<ScorerField> Inputs { get; }

    /// <summary>How many numbers a row has.</summary>
    public int Width => _template.Width;

    /// <summary>What the rows are called: the index of their <c>for</c>.</summary>
    public string RowName => _template.Name;

    /// <summary>How many draws are averaged over; 1 where all that rows share is known.</summary>
    public int Draws => _densities.Count;

    /// <summary>A row as numbers, in the order of <see cref="Inputs"/>: labels as their places from 1, what is missing as NaN.</summary>
    /// <param name="row">A record or an anonymous object, whose properties are the fields; a dictionary; or a JSON object. What it has besides is not looked at.</param>
    /// <exception cref="ArgumentException">
    /// A field is not there, has too few or too many elements, or a value that it cannot have; it is the parameter's name. An outcome is not there, but a name near to its own; or the row has names, and none of them is a field's.
    /// </exception>
    public double[] Encode(object row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return _reader.Read(row, isScored: false);
    }

    /// <summary>Compiles what scores a row that gives everything, rather than at the first one.</summary>
    /// <exception cref="EngineException">There is no density.</exception>
    public void Prepare()
    {
        var (rows, sums) = (new double[Width], new double[1]);
        Problem.RunAnew(this, (scorer, budget) => Problem.Answered(() =>
        {
            scorer._densities.LogSums(scorer.All, rows, sums, default, budget.Token);
            return sums;
        }), default);
    }

    /// <summary>
    /// The log predictive density of a row, in nats: the logarithm of the mean, over the draws, of the density of what it gives. What is drawn in the row and not given is summed out
    /// where it has finitely many values, and left out where nothing given depends on it.
    /// </summary>
    /// <param name="row">As <see cref="Encode"/> takes it.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="ArgumentException">A field is missing or out of its range, or an outcome misspelt, it is the parameter's name; or there is no outcome at all, not even as null.</exception>
    /// <exception cref="EngineException">What is given depends on what is not and cannot be summed out.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits of the model allow, of which each call has the whole time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double Score(object row, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Score(_reader.Read(row, isScored: true), cancellation);
    }

    /// <summary>As <see cref="Score(object, CancellationToken)"/>, of numbers in the order of <see cref="Inputs"/>; NaN is missing.</summary>
    /// <exception cref="ArgumentException">There are not <see cref="Width"/> of them; or a field is missing or out of its range.</exception>
    /// <exception cref="EngineException">What is given depends on what is not and cannot be summed out.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits of the model allow, of which each call has the whole time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double Score(ReadOnlySpan<double> row, CancellationToken cancellation = default)
    {
        Span<double> score = stackalloc double[1];
        Score(row, score, cancellation);
        return score[0];
    }

    /// <summary>The log predictive density of each of some rows.</summary>
    /// <param name="rows">Their numbers, one row after the other.</param>
    /// <param name="scores">Overwritten; one a row.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="ArgumentException">There are not <see cref="Width"/> numbers a row; or a field is missing or out of its range.</exception>
    /// <exception cref="EngineException">What is given depends on what is not and cannot be summed out.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits of the model allow, of which each call has the whole time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Score(ReadOnlySpan<double> rows, Span<double> scores, CancellationToken cancellation = default)
    {
        if (rows.Length != (long)scores.Length * Width) throw new ArgumentException(FormattableString.Invariant($"there are {rows.Length} numbers, and {scores.Length} rows of {Width} have {(long)scores.Length * Width}"), nameof(rows));
        if (!Problem.IsLimited) ScoreRows(rows, scores, cancellation);
        else
            Problem.RunAnew(new Asked(this, rows, scores), static (asked, budget) =>
            {
                asked.Scorer.ScoreRows(asked.Rows, asked.Results, budget.Token);
                return true;
            }, cancellation);
    }

    private void ScoreRows(ReadOnlySpan<double> rows, Span<double> scores, CancellationToken cancellation)
    {
        // Rows that give the same are taken together.
        for (var from = 0; from < scores.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var given = Check(rows.Slice(from * Width, Width), cancellation);
            var to = from + 1;
            while (to < scores.Length && Check(rows.Slice(to * Width, Width), cancellation) == given)
                if (++to % BetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
            Score(given, rows[(from * Width)..(to * Width)], scores[from..to], default, cancellation);
            from = to;
        }
    }

    /// <summary>The log predictive density of each row of data that have a column, or an array over the rows, for each field.</summary>
    /// <exception cref="ArgumentException">A field is missing, has another shape, or is out of its range; or an outcome is misspelt, or there is none.</exception>
    /// <exception cref="EngineException">What is given depends on what is not and cannot be summed out.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits of the model allow, of which each call has the whole time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double[] ScoreAll(Data rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Problem.RunAnew(rows, (rows, budget) =>
        {
            var numbers = _reader.Read(rows.For(Problem.Model.Graph).Reading.Data);
            var scores = new double[numbers.Length / Math.Max(1, Width)];
            Score(numbers, scores, budget.Token);
            return scores;
        }, cancellation);
    }

    /// <summary>As <see cref="ScoreAll"/>, with the number of each row and their sum, to be written out.</summary>
    /// <exception cref="ArgumentException">A field is missing, has another shape, or is out of its range; or an outcome is misspelt, or there is none.</exception>
    /// <exception cref="EngineException">What is given depends on what is not and cannot be summed out.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits of the model allow, of which each call has the whole time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Scores ScoreTable(Data rows, CancellationToken cancellation = default)
    {
        var scores = ScoreAll(rows, cancellation);
        return new Scores(scores.Sum(), [.. scores], [.. Enumerable.Range(1, scores.Length).Select(row => row.ToString(System.Globalization.CultureInfo.InvariantCulture))], RowName);
    }

    /// <summary>The log density of a row under each draw.</summary>
    /// <param name="row">Its numbers, in the order of <see cref="Inputs"/>.</param>
    /// <param name="densities">Overwritten; one a draw, in the order of the chains.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="ArgumentException">There are not as many numbers or draws; or a field is missing or out of its range.</exception>
    /// <exception cref="EngineException">What is given depends on what is not and cannot be summed out.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits of the model allow, of which each call has the whole time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void ScoreEach(ReadOnlySpan<double> row, Span<double> densities, CancellationToken cancellation = default)
    {
        if (row.Length != Width) throw new ArgumentException(FormattableString.Invariant($"there are {row.Length} numbers, and a row has {Width}"), nameof(row));
        if (densities.Length != Draws) throw new ArgumentException(FormattableString.Invariant($"there is room for {densities.Length} draws, and there are {Draws}"), nameof(densities));
        if (!Problem.IsLimited) ScoreEachDraw(row, densities, cancellation);
        else
            Problem.RunAnew(new Asked(this, row, densities), static (asked, budget) =>
            {
                asked.Scorer.ScoreEachDraw(asked.Rows, asked.Results, budget.Token);
                return true;
            }, cancellation);
    }

    private void ScoreEachDraw(ReadOnlySpan<double> row, Span<double> densities, CancellationToken cancellation)
    {
        Span<double> score = stackalloc double[1];
        Score(Check(row, cancellation), row, score, densities, cancellation);
    }

    /// <summary>What is asked of a scorer, as functions take it that cannot capture spans.</summary>
    private readonly ref struct Asked(Scorer scorer, ReadOnlySpan<double> rows, Span<double> results)
    {
        public Scorer Scorer { get; } = scorer;

        public ReadOnlySpan<double> Rows { get; } = rows;

        public Span<double> Results { get; } = results;
    }

    /// <summary>How many programs, and sets of variables that rows gave, are kept.</summary>
    internal (int Programs, int Sets) Kept => (_densities.Kept, _missing.Count);

    private ulong All => _drawn.Length == 64 ? ulong.MaxValue : (1UL << _drawn.Length) - 1;

    /// <summary>Scores rows that give the same; each, where it is wanted, is of one row.</summary>
    private void Score(ulong given, ReadOnlySpan<double> rows, Span<double> scores, Span<double> each, CancellationToken cancellation)
    {
        var missing = _missing[given];
        if (missing.Latent is { } latent) throw new EngineException([ScoringDiagnostics.Latent(latent.Variable.Name, Problem.Model.Source.Locate(latent.Variable.Span))]);
        try
        {
            if (missing.Summed.IsEmpty) _densities.LogSums(given, rows, scores, each, cancellation);
            else
                for (var row = 0; row < scores.Length; row++) scores[row] = Summed(given, missing, rows.Slice(row * Width, Width), each, cancellation);
        }
        catch (ObjectionException objection)
        {
            throw new EngineException([objection.Diagnostic]);
        }
        var draws = Math.Log(Draws);
        for (var row = 0; row < scores.Length; row++) scores[row] -= draws;
    }

    private double Summed(ulong given, Missing missing, ReadOnlySpan<double> row, Span<double> each, CancellationToken cancellation)
    {
        var settings = RowSettings.Of(_densities, _template, missing.Summed, row, cancellation) ?? throw new EngineException([ScoringDiagnostics.TooManySettings(RowSettings.Most)]);
        var bytes = TakeSettings(settings.Count, isEach: !each.IsEmpty);
        var rows = ArrayPool<double>.Shared.Rent(settings.Count * Width);
        var sums = ArrayPool<double>.Shared.Rent(settings.Count);
        var densities = each.IsEmpty ? null : ArrayPool<double>.Shared.Rent(settings.Count * Draws);
        try
        {
            settings.Write(row, rows);
            _densities.LogSums(given | missing.SummedBits, rows.AsSpan(0, settings.Count * Width), sums.AsSpan(0, settings.Count), densities is null ? default : densities.AsSpan(0, settings.Count * Draws), cancellation);
            for (var draw = 0; draw < each.Length; draw++) each[draw] = LogSum(densities.AsSpan(draw * settings.Count, settings.Count));
            return LogSum(sums.AsSpan(0, settings.Count));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rows);
            ArrayPool<double>.Shared.Return(sums);
            if (densities is not null) ArrayPool<double>.Shared.Return(densities);
            Budget.Current.Return(bytes);
        }
    }

    /// <summary>Counts the memory for rows with all that is summed over, and where it is wanted for their densities under each draw; the result is how much it is.</summary>
    private double TakeSettings(int settings, bool isEach)
    {
        var (rows, densities) = ((double)settings * (Width + 1), isEach ? (double)settings * Draws : 0);
        var bytes = (rows + densities) * sizeof(double);
        DrawMemory.Take(Math.Max(rows, densities), bytes, "draws");
        return bytes;
    }

    private static unsafe double LogSum(ReadOnlySpan<double> terms)
    {
        fixed (double* first = terms) return Kernels.LogSumExp(first, terms.Length);
    }

    /// <summary>Draws of what rows share, with the values that the data give beside them.</summary>
    private static double[] Gathered(ConditionedModel model, RowTemplate template, Draws draws)
    {
        var numbers = (double)template.SharedCount * draws.Complete.Sum(c => c.Count);
        // The programs read a copy that stays where it is.
        DrawMemory.Take(numbers, 2 * numbers * sizeof(double), "draws");
        var gathered = new double[(int)numbers];
        var at = 0;
        foreach (var chain in draws.Complete)
            for (var draw = 0; draw < chain.Count; draw++, at += template.SharedCount)
                foreach (var (variable, offset) in template.Shared)
                {
                    var into = gathered.AsSpan(at + offset, model[variable].Count);
                    var from = draws.Layout.Find(variable.Name)!;
                    model[variable].Values.CopyTo(into);
                    var values = chain.Draw(draw).Slice(from.Offset, from.Count);
                    for (var e = 0; e < values.Length; e++) into[from.Cells.IsDefault ? e : from.Cells[e]] = values[e];
                }
        return gathered;
    }
}
