namespace ProbLang.InferNet.Tests.RandomModels;

/// <summary>Weighted sums of draws, in batches, from which moments follow with their errors by the jackknife over the batches.</summary>
internal sealed class WeightedSums(int batches, double[] centre)
{
    private readonly int _cells = centre.Length;

    // For each batch and cell the sums of w, w x and w x², over the draws in which the cell is there.
    private readonly double[] _sums = new double[batches * centre.Length * 3];
    private readonly double[] _weights = new double[batches];
    private double _scale = double.NegativeInfinity;
    private double _squares;

    /// <summary>How many independent draws the weights are worth.</summary>
    public double Effective => _squares == 0 ? 0 : Math.Pow(_weights.Sum(), 2) / _squares;

    public void Add(int batch, double logWeight, List<(double[] Cells, int Cell)> draw)
    {
        if (double.IsNegativeInfinity(logWeight)) return;
        Rescale(logWeight);
        var weight = Math.Exp(logWeight - _scale);
        _weights[batch] += weight;
        _squares += weight * weight;
        for (var c = 0; c < _cells; c++)
        {
            var x = draw[c].Cells[draw[c].Cell] - centre[c];
            if (double.IsNaN(x)) continue;
            var at = (batch * _cells + c) * 3;
            _sums[at] += weight;
            _sums[at + 1] += weight * x;
            _sums[at + 2] += weight * x * x;
        }
    }

    public IEnumerable<double> Means() => Enumerable.Range(0, _cells).Select(c => Moments(c, without: -1).Mean);

    public IEnumerable<WeightedMoments> Moments() => Enumerable.Range(0, _cells).Select(c => Moments(c));

    private WeightedMoments Moments(int cell)
    {
        var (mean, sd, probability) = Moments(cell, without: -1);
        var left = Enumerable.Range(0, batches).Select(b => Moments(cell, b)).ToArray();
        return new WeightedMoments(mean, Jackknife([.. left.Select(m => m.Mean)]), sd, Jackknife([.. left.Select(m => m.Sd)]), probability);
    }

    private (double Mean, double Sd, double Probability) Moments(int cell, int without)
    {
        double weight = 0, first = 0, second = 0, total = 0;
        for (var b = 0; b < batches; b++)
        {
            if (b == without) continue;
            var at = (b * _cells + cell) * 3;
            (weight, first, second, total) = (weight + _sums[at], first + _sums[at + 1], second + _sums[at + 2], total + _weights[b]);
        }
        return (centre[cell] + first / weight, Math.Sqrt(Math.Max(0, second / weight - Math.Pow(first / weight, 2))), weight / total);
    }

    private static double Jackknife(double[] left)
    {
        var mean = left.Average();
        return Math.Sqrt((left.Length - 1.0) / left.Length * left.Sum(x => (x - mean) * (x - mean)));
    }

    /// <summary>Weights are relative to the largest so far.</summary>
    private void Rescale(double logWeight)
    {
        if (logWeight <= _scale) return;
        var factor = Math.Exp(_scale - logWeight);
        for (var i = 0; i < _sums.Length; i++) _sums[i] *= factor;
        for (var b = 0; b < batches; b++) _weights[b] *= factor;
        _squares *= factor * factor;
        _scale = logWeight;
    }
}
