using ProbLang.Analysis;
using ProbLang.Limits;
using ProbLang.Numerics;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang;

/// <content>What a row does not give is predicted.</content>
public sealed partial class Scorer
{
    /// <summary>The streams of predictions, apart from those of other simulations with the same seed.</summary>
    private const uint Purpose = 0x5C0;

    /// <summary>Beyond this many settings of what is summed over, the rest is not drawn for each.</summary>
    private const int MostDrawnSettings = 256;

    /// <summary>
    /// The distribution of everything that the row does not give, given what it gives and the data. Draws under which what it gives is more probable count more.
    /// What has finitely many values has exact probabilities for the draws; all else is drawn.
    /// </summary>
    /// <param name="row">As <see cref="Encode"/> takes it.</param>
    /// <param name="samples">How many values are drawn of what has not finitely many.</param>
    /// <param name="seed">The same one gives the same values.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="ArgumentException">A field is missing or out of its range; it is the parameter's name.</exception>
    /// <exception cref="EngineException">What is given depends on what is not and cannot be summed out, is impossible, or something cannot be drawn.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no samples.</exception>
    /// <exception cref="InsufficientMemoryException">The samples do not fit into memory.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits of the model allow, of which each call has the whole time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Prediction Predict(object row, int samples = 4000, ulong seed = 1, CancellationToken cancellation = default) => Predict(Encode(row), samples, seed, cancellation);

    /// <summary>As <see cref="Predict(object, int, ulong, CancellationToken)"/>, of numbers in the order of <see cref="Inputs"/>; NaN is missing.</summary>
    /// <exception cref="ArgumentException">There are not <see cref="Width"/> of them; or a field is missing or out of its range.</exception>
    /// <exception cref="EngineException">What is given depends on what is not and cannot be summed out, is impossible, or something cannot be drawn.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no samples.</exception>
    /// <exception cref="InsufficientMemoryException">The samples do not fit into memory.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits of the model allow, of which each call has the whole time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Prediction Predict(ReadOnlySpan<double> row, int samples = 4000, ulong seed = 1, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        if (row.Length != Width) throw new ArgumentException(FormattableString.Invariant($"there are {row.Length} numbers, and a row has {Width}"), nameof(row));
        return Problem.IsLimited ? Problem.RunAnew(new Asked(this, row, default), (asked, budget) => asked.Scorer.Predicted(asked.Rows, samples, seed, budget.Token), cancellation)
            : Predicted(row, samples, seed, cancellation);
    }

    private Prediction Predicted(ReadOnlySpan<double> row, int samples, ulong seed, CancellationToken cancellation)
    {
        var given = Check(row, cancellation);
        var missing = _missing[given];
        if (missing.Latent is { } latent) throw new EngineException([ScoringDiagnostics.Latent(latent.Variable.Name, Problem.Model.Source.Locate(latent.Variable.Span))]);
        try
        {
            return Predict(row, given, missing, samples, seed, cancellation);
        }
        catch (ObjectionException objection)
        {
            throw new EngineException([objection.Diagnostic]);
        }
        catch (DiagnosticException mistake)
        {
            throw new EngineException([mistake.Diagnostic]);
        }
    }

    private Prediction Predict(ReadOnlySpan<double> row, ulong given, Missing missing, int samples, ulong seed, CancellationToken cancellation)
    {
        var (settings, summed) = Settings(row, missing, cancellation);
        var drawn = missing.Bits & ~summed;
        TakeSettings(settings.Count, isEach: drawn != 0);
        if (drawn != 0) TakeSamples(samples, Of(drawn).Sum(v => v.Size));
        var rows = new double[settings.Count * Width];
        settings.Write(row, rows);
        var sums = new double[settings.Count];
        var each = drawn == 0 ? [] : new double[settings.Count * Draws];
        _densities.LogSums(given | summed, rows, sums, each, cancellation);
        var total = LogSum(sums);
        if (!double.IsFinite(total)) throw new EngineException([ScoringDiagnostics.Impossible()]);
        var elements = new Dictionary<int, PredictedElement>();
        for (var e = 0; e < settings.Cells.Length; e++) elements.Add(settings.Cells[e], Exact(settings, e, sums, total));
        if (drawn != 0) AddDrawnWithin(elements, rows, Points(each, total, samples, seed), drawn, seed, cancellation);
        return new Prediction([.. Of(missing.Bits).SelectMany(v => Enumerable.Range(v.Offset, v.Size)).Select(cell => elements[cell])]);
    }

    /// <summary>What is summed over: what something given depends on, and as much else as has finitely many values whatever is drawn.</summary>
    private (RowSettings Settings, ulong Bits) Settings(ReadOnlySpan<double> row, Missing missing, CancellationToken cancellation)
    {
        var bits = missing.SummedBits;
        var settings = RowSettings.Of(_densities, _template, missing.Summed, row, cancellation) ?? throw new EngineException([ScoringDiagnostics.TooManySettings(RowSettings.Most)]);
        for (var isMore = true; isMore;)
        {
            isMore = false;
            for (var v = 0; v < _drawn.Length; v++)
            {
                var with = bits | 1UL << v;
                if (with == bits || (missing.Bits >> v & 1) == 0 || !_drawn[v].MayBeFinite || (_dependence.ParentsOf(v) & missing.Bits & ~with) != 0) continue;
                if (RowSettings.Of(_densities, _template, Of(with), row, cancellation, with == missing.Bits ? RowSettings.Most : MostDrawnSettings) is not { } more) continue;
                (settings, bits, isMore) = (more, with, true);
            }
        }
        return (settings, bits);
    }

    /// <summary>Counts the values of each element, their probabilities, and for each sample the draw that it is of. To sort the values takes a copy of those of one element.</summary>
    private static void TakeSamples(int samples, int elements) => DrawMemory.Take(samples, (double)samples * ((elements + 2) * sizeof(double) + sizeof(int)), "samples");

    private PredictedElement Exact(RowSettings settings, int element, ReadOnlySpan<double> sums, double total)
    {
        var (first, count) = settings.RangeOf(element);
        var (values, probabilities) = (new double[count], new double[count]);
        for (var v = 0; v < count; v++) values[v] = first + v;
        for (var setting = 0; setting < settings.Count; setting++) probabilities[settings.ValueOf(element, setting) - first] += Math.Exp(sums[setting] - total);
        return Element(settings.Cells[element], values, probabilities, isExact: true);
    }

    /// <summary>Draws and settings, as many as are asked for, in proportion to their probability: evenly spaced along its sums, from a random start.</summary>
    private static int[] Points(ReadOnlySpan<double> each, double total, int samples, ulong seed)
    {
        var random = new Philox(seed, 1, Purpose);
        var points = new int[samples];
        var (reached, point) = (0.0, 0);
        var start = random.NextDouble();
        for (var at = 0; at < each.Length; at++)
        {
            if (each[at] > double.NegativeInfinity) reached += Math.Exp(each[at] - total);
            while (point < samples && (point + start) / samples < reached) points[point++] = at;
        }
        // The sum may end a rounding before 1.
        for (var last = point == 0 ? 0 : points[point - 1]; point < samples; point++) points[point] = last;
        return points;
    }

    /// <summary>What looks at the budget ends when the host wants it to.</summary>
    private void AddDrawnWithin(Dictionary<int, PredictedElement> elements, double[] rows, int[] points, ulong drawn, ulong seed, CancellationToken cancellation) =>
        Budget.Run<object?>(ResourceLimits.None, default, _ =>
        {
            AddDrawn(elements, rows, points, drawn, seed, cancellation);
            return null;
        }, cancellation);

    private void AddDrawn(Dictionary<int, PredictedElement> elements, double[] rows, int[] points, ulong drawn, ulong seed, CancellationToken cancellation)
    {
        var cells = Of(drawn).SelectMany(v => Enumerable.Range(v.Offset, v.Size)).ToArray();
        var values = Array.ConvertAll(cells, _ => new double[points.Length]);
        var (row, count) = (new double[Width], rows.Length / Width);
        var random = new Philox(seed, 0, Purpose);
        var simulation = _simulations.TryTake(out var idle) ? idle : new RowSimulation(_template);
        for (var point = 0; point < points.Length; point++)
        {
            if (point % 64 == 0) cancellation.ThrowIfCancellationRequested();
            simulation.SetShared(_densities.Draw(points[point] / count));
            simulation.SetRow(rows.AsSpan(points[point] % count * Width, Width));
            simulation.Draw(drawn, ref random, row);
            for (var c = 0; c < cells.Length; c++) values[c][point] = row[cells[c]];
        }
        _simulations.Add(simulation);
        var probabilities = new double[points.Length];
        Array.Fill(probabilities, 1.0 / points.Length);
        for (var c = 0; c < cells.Length; c++)
        {
            LongSort.Sort(values[c]);
            elements.Add(cells[c], Element(cells[c], values[c], probabilities, isExact: false));
        }
    }

    private PredictedElement Element(int cell, double[] values, double[] probabilities, bool isExact)
    {
        var field = Inputs.Last(f => f.Offset <= cell && f.Count > 0);
        return new PredictedElement(field.Variable.ElementName(cell - field.Offset), field.Levels, values, probabilities, isExact);
    }
}
