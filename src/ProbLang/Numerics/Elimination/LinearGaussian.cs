using System.Runtime.InteropServices;

namespace ProbLang.Numerics;

/// <summary>
/// Unknowns about which all that is said is that sums of multiples of them are normal: each row states that Σ coefficient × unknown is
/// normal with a mean and the standard deviation 1.
/// </summary>
internal sealed class LinearGaussian
{
    private readonly List<int> _unknowns = [];
    private readonly List<double> _coefficients = [];
    private readonly List<double> _means = [];
    private readonly List<int> _starts = [0];

    /// <summary>How many unknowns.</summary>
    public int Count { get; private set; }

    /// <summary>How many rows.</summary>
    public int Rows => _means.Count;

    /// <summary>Adds an unknown, of which nothing is said yet, and returns its number.</summary>
    public int AddUnknown() => Count++;

    /// <summary>Adds a row; no unknown stands in it twice.</summary>
    public void Add(ReadOnlySpan<int> unknowns, ReadOnlySpan<double> coefficients, double mean)
    {
        CollectionsMarshal.SetCount(_unknowns, _unknowns.Count + unknowns.Length);
        unknowns.CopyTo(CollectionsMarshal.AsSpan(_unknowns)[^unknowns.Length..]);
        CollectionsMarshal.SetCount(_coefficients, _coefficients.Count + coefficients.Length);
        coefficients.CopyTo(CollectionsMarshal.AsSpan(_coefficients)[^coefficients.Length..]);
        _means.Add(mean);
        _starts.Add(_unknowns.Count);
    }

    public ReadOnlySpan<int> UnknownsOf(int row) => CollectionsMarshal.AsSpan(_unknowns)[_starts[row].._starts[row + 1]];

    public ReadOnlySpan<double> CoefficientsOf(int row) => CollectionsMarshal.AsSpan(_coefficients)[_starts[row].._starts[row + 1]];

    public double MeanOf(int row) => _means[row];

    /// <summary>The normal distribution that the unknowns then have together.</summary>
    public GaussianPosterior Solve() => GaussianElimination.Solve(this);
}
