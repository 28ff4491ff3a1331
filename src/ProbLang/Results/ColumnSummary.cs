using System.Collections.Immutable;
using ProbLang.Limits;

namespace ProbLang.Results;

/// <summary>Summarises one output after the other, with work arrays of its own: one for each thread.</summary>
internal sealed class ColumnSummary
{
    private const int MaxProbabilities = 100;

    private readonly int _chains;
    private readonly int _count;
    private readonly int _half;
    private readonly NormalScores _scores;
    private readonly Autocovariance _sequences;
    private readonly double[] _values;
    private readonly double[] _sorted;
    private readonly int[] _order;
    private readonly double[] _splitSorted;
    private readonly int[] _splitOrder;
    private readonly double[] _folded;
    private readonly int[] _foldedOrder;
    private readonly double[] _split;

    public ColumnSummary(int chains, int count, NormalScores scores)
    {
        _chains = chains;
        _count = count;
        _half = count / 2;
        _scores = scores;
        _sequences = new Autocovariance(2 * chains, _half);
        _values = new double[chains * count];
        _sorted = new double[chains * count];
        _order = new int[chains * count];
        var split = SplitCount(chains, count);
        _splitSorted = new double[split];
        _splitOrder = new int[split];
        _folded = new double[split];
        _foldedOrder = new int[split];
        _split = new double[split];
    }

    /// <summary>How many draws are left when each chain is split in two equal halves.</summary>
    public static int SplitCount(int chains, int count) => chains * 2 * (count / 2);

    /// <summary>Where the draws of the next column go, chain after chain.</summary>
    public Span<double> Values => _values;

    public SummaryRow Summarize(string name, bool isDiscrete)
    {
        var (mean, sd) = Moments();
        Sort();
        double q5 = Quantile(0.05), q50 = Quantile(0.5), q95 = Quantile(0.95);
        var row = new SummaryRow(name, mean, double.NaN, sd, q5, q50, q95, double.NaN, double.NaN, double.NaN);
        if (isDiscrete) row = row with { Probabilities = Probabilities() };
        if (_half < 4 || !double.IsFinite(sd) || _sorted[0] == _sorted[^1]) return row;

        Budget.Current.Check();
        SplitSorted();
        LoadSplit();
        var essMean = Size();
        _scores.Assign(_splitSorted, _splitOrder, _split);
        _sequences.Load(_split);
        var essBulk = Size();
        var rHat = Convergence.RHat(_sequences, _half);
        Fold();
        _scores.Assign(_folded, _foldedOrder, _split);
        _sequences.Load(_split);
        var rHatFolded = Convergence.RHat(_sequences, _half);
        var essTail = Math.Min(SizeBelow(q5), SizeBelow(q95));
        // A fold that makes all draws equal (two values, half of the draws each) says nothing about the spread.
        rHat = double.IsNaN(rHatFolded) ? rHat : Math.Max(rHat, rHatFolded);
        return row with { Mcse = sd / Math.Sqrt(essMean), EssBulk = essBulk, EssTail = essTail, RHat = rHat };
    }

    /// <summary>
    /// As <see cref="Summarize"/>, over the draws that are not NaN. Their mean is a ratio of two means; to first order its error is that of the mean
    /// of the distances from it, 0 for the other draws, so that autocorrelation is that of the chain as it ran.
    /// </summary>
    public SummaryRow SummarizeWhereHeld(string name, bool isDiscrete)
    {
        var held = Array.FindAll(_values, v => !double.IsNaN(v));
        if (held.Length == _values.Length) return Summarize(name, isDiscrete) with { Holds = (held.Length, held.Length) };
        Array.Sort(held);
        var row = Held(name, held) with { Holds = (held.Length, _values.Length) };
        if (isDiscrete) row = row with { Probabilities = Probabilities(held) };
        if (_half < 4 || held.Length < 4 || !double.IsFinite(row.Sd) || held[0] == held[^1]) return row;

        var essMean = SizeOf(v => v - row.Mean, held.Length);
        var essBulk = SizeOf(v => NormalScore(held, v), held.Length);
        var rHat = Convergence.RHat(_sequences, _half);
        var distances = Array.ConvertAll(held, v => Math.Abs(v - row.Q50));
        Array.Sort(distances);
        SizeOf(v => NormalScore(distances, Math.Abs(v - row.Q50)), held.Length);
        var rHatFolded = Convergence.RHat(_sequences, _half);
        var essTail = Math.Min(SizeOf(v => (v <= row.Q5 ? 1 : 0) - 0.05, held.Length), SizeOf(v => (v <= row.Q95 ? 1 : 0) - 0.95, held.Length));
        return row with { Mcse = row.Sd / Math.Sqrt(essMean), EssBulk = essBulk, EssTail = essTail, RHat = double.IsNaN(rHatFolded) ? rHat : Math.Max(rHat, rHatFolded) };
    }

    private static SummaryRow Held(string name, double[] sorted)
    {
        if (sorted.Length == 0) return new SummaryRow(name, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        var mean = sorted.Average();
        var squares = sorted.Sum(v => (v - mean) * (v - mean));
        return new SummaryRow(name, mean, double.NaN, Math.Sqrt(squares / Math.Max(1, sorted.Length - 1)),
            Quantile(sorted, 0.05), Quantile(sorted, 0.5), Quantile(sorted, 0.95), double.NaN, double.NaN, double.NaN);
    }

    /// <summary>The effective number of held draws for the mean of a score that is 0 on average, held by <paramref name="count"/> draws.</summary>
    private double SizeOf(Func<double, double> score, int count)
    {
        for (var i = 0; i < _values.Length; i++)
            if (SplitPlace(i) is >= 0 and var place) _split[place] = double.IsNaN(_values[i]) ? 0 : score(_values[i]);
        _sequences.Load(_split);
        return Size() * count / _values.Length;
    }

    /// <summary>The normal score (Blom 1958) of a value by its rank, the mean rank where there are ties.</summary>
    private static double NormalScore(double[] sorted, double value)
    {
        int below = Bound(sorted, v => v < value), upTo = Bound(sorted, v => v <= value);
        return Numerics.SpecialFunctions.InversePhi((0.5 * (below + 1 + upTo) - 0.375) / (sorted.Length + 0.25));
    }

    /// <summary>How many values from the least on something holds for.</summary>
    private static int Bound(double[] sorted, Predicate<double> holds)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(sorted[middle])) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private double Size()
    {
        Budget.Current.Check();
        return Convergence.EffectiveSize(_sequences, 2 * _chains, _half);
    }

    private (double Mean, double Sd) Moments()
    {
        var mean = 0.0;
        foreach (var value in _values) mean += value;
        mean /= _values.Length;
        var squares = 0.0;
        foreach (var value in _values) squares += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(squares / Math.Max(1, _values.Length - 1)));
    }

    private void Sort()
    {
        _values.CopyTo(_sorted, 0);
        for (var i = 0; i < _order.Length; i++) _order[i] = i;
        LongSort.Sort(_sorted, _order);
    }

    /// <summary>Linear between order statistics (type 7 of Hyndman and Fan 1996).</summary>
    private double Quantile(double probability) => Quantile(_sorted, probability);

    public static double Quantile(double[] sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var below = (int)position;
        var fraction = position - below;
        return fraction == 0 ? sorted[below] : sorted[below] + fraction * (sorted[below + 1] - sorted[below]);
    }

    /// <summary>Keeps the order, leaving out the middle draw of each chain when their number is odd, and counts places in the split sequences.</summary>
    private void SplitSorted()
    {
        var kept = 0;
        for (var i = 0; i < _order.Length; i++)
        {
            var place = SplitPlace(_order[i]);
            if (place < 0) continue;
            _splitSorted[kept] = _sorted[i];
            _splitOrder[kept++] = place;
        }
    }

    private int SplitPlace(int index)
    {
        if (_count == 2 * _half) return index;
        var (chain, draw) = Math.DivRem(index, _count);
        if (draw == _half) return -1;
        return chain * 2 * _half + (draw < _half ? draw : draw - 1);
    }

    private void LoadSplit()
    {
        for (var i = 0; i < _splitSorted.Length; i++) _split[_splitOrder[i]] = _splitSorted[i];
        _sequences.Load(_split);
    }

    /// <summary>The distances from the median in ascending order: a merge of what lies below it, backwards, with what lies above.</summary>
    private void Fold()
    {
        var n = _splitSorted.Length;
        var median = 0.5 * (_splitSorted[(n - 1) / 2] + _splitSorted[n / 2]);
        int above = (n + 1) / 2, below = above - 1;
        for (var i = 0; i < n; i++)
        {
            var takeAbove = below < 0 || (above < n && _splitSorted[above] - median < median - _splitSorted[below]);
            var from = takeAbove ? above++ : below--;
            _folded[i] = Math.Abs(_splitSorted[from] - median);
            _foldedOrder[i] = _splitOrder[from];
        }
    }

    private double SizeBelow(double quantile)
    {
        for (var i = 0; i < _splitSorted.Length; i++) _split[_splitOrder[i]] = _splitSorted[i] <= quantile ? 1 : 0;
        _sequences.Load(_split);
        return Size();
    }

    private ImmutableArray<(double Value, double Probability)> Probabilities() => Probabilities(_sorted);

    private static ImmutableArray<(double Value, double Probability)> Probabilities(double[] sorted)
    {
        var probabilities = ImmutableArray.CreateBuilder<(double, double)>();
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start]) end++;
            if (probabilities.Count == MaxProbabilities) return [];
            probabilities.Add((sorted[start], (end - start) / (double)sorted.Length));
        }
        return probabilities.ToImmutable();
    }
}
