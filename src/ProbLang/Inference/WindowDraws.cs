using ProbLang.Limits;

namespace ProbLang.Inference;

/// <summary>The positions, log densities and gradients of a warm-up window, the latest ones where there are too many to keep.</summary>
internal sealed unsafe class WindowDraws
{
    private const int MaxNumbers = 1 << 22;
    private const int Fewest = 32;

    private readonly int _capacity;
    private readonly double[] _positions;
    private readonly double[] _gradients;
    private readonly double[] _logDensities;
    private int _added;

    public WindowDraws(int dimension, int longestWindow)
    {
        Dimension = dimension;
        _capacity = Math.Min(longestWindow, Math.Max(Fewest, MaxNumbers / Math.Max(1, dimension)));
        Budget.Current.Take((2.0 * dimension + 1) * _capacity * sizeof(double), "the memory of the sampler");
        _positions = new double[(long)_capacity * dimension];
        _gradients = new double[(long)_capacity * dimension];
        _logDensities = new double[_capacity];
    }

    public int Dimension { get; }

    /// <summary>How many draws are kept.</summary>
    public int Count => Math.Min(_added, _capacity);

    public Span<double> Position(int draw) => _positions.AsSpan(draw * Dimension, Dimension);

    public Span<double> Gradient(int draw) => _gradients.AsSpan(draw * Dimension, Dimension);

    public ref double LogDensity(int draw) => ref _logDensities[draw];

    /// <summary>Over the draws that are kept; NaN when there are none.</summary>
    public double MeanLogDensity
    {
        get
        {
            var sum = 0.0;
            for (var draw = 0; draw < Count; draw++) sum += _logDensities[draw];
            return sum / Count;
        }
    }

    public void Clear() => _added = 0;

    public void Add(Point* point)
    {
        if (_capacity == 0) return;
        var draw = _added++ % _capacity;
        new ReadOnlySpan<double>(point->Position, Dimension).CopyTo(Position(draw));
        new ReadOnlySpan<double>(point->Gradient, Dimension).CopyTo(Gradient(draw));
        _logDensities[draw] = point->LogDensity;
    }

    /// <summary>The mean and the sample variance of every coordinate.</summary>
    public void Moments(Span<double> mean, Span<double> variance)
    {
        mean.Clear();
        variance.Clear();
        for (var draw = 0; draw < Count; draw++)
        {
            var position = Position(draw);
            for (var i = 0; i < Dimension; i++) mean[i] += position[i];
        }
        for (var i = 0; i < Dimension; i++) mean[i] /= Count;
        for (var draw = 0; draw < Count; draw++)
        {
            var position = Position(draw);
            for (var i = 0; i < Dimension; i++) variance[i] += (position[i] - mean[i]) * (position[i] - mean[i]);
        }
        for (var i = 0; i < Dimension; i++) variance[i] /= Math.Max(1, Count - 1);
    }

    /// <summary>The mean squared gradient of every coordinate, the diagonal of the Fisher information of the position.</summary>
    public void Information(Span<double> information)
    {
        information.Clear();
        for (var draw = 0; draw < Count; draw++)
        {
            var gradient = Gradient(draw);
            for (var i = 0; i < Dimension; i++) information[i] += gradient[i] * gradient[i];
        }
        for (var i = 0; i < Dimension; i++) information[i] /= Math.Max(1, Count);
    }

    /// <summary>The sample covariance, row-major.</summary>
    public double[] Covariance(ReadOnlySpan<double> mean)
    {
        var n = Dimension;
        // Its factor and its inverse are as large.
        Budget.Current.Take(3.0 * n * n * sizeof(double), "the memory of the sampler");
        var covariance = new double[n * n];
        var deviation = new double[n];
        for (var draw = 0; draw < Count; draw++)
        {
            Budget.Current.Check();
            var position = Position(draw);
            for (var i = 0; i < n; i++) deviation[i] = position[i] - mean[i];
            for (var i = 0; i < n; i++)
            {
                var row = covariance.AsSpan(i * n, i + 1);
                for (var j = 0; j <= i; j++) row[j] += deviation[i] * deviation[j];
            }
        }
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++) covariance[j * n + i] = covariance[i * n + j] /= Math.Max(1, Count - 1);
        }
        return covariance;
    }
}
