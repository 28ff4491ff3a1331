using MathNet.Numerics.LinearAlgebra;

namespace ProbLang.Posteriors;

/// <summary>A normal vector with names, built by adding what depends linearly on what is there, and conditioned exactly.</summary>
internal sealed class Gaussian
{
    private readonly List<string> _names = [];
    private Vector<double>? _mean;
    private Matrix<double>? _covariance;

    public IReadOnlyList<string> Names => _names;

    public double Mean(string name) => _mean![_names.IndexOf(name)];

    public double Sd(string name) => Math.Sqrt(Covariance(name, name));

    public double Covariance(string first, string second) => _covariance![_names.IndexOf(first), _names.IndexOf(second)];

    /// <summary>Adds name = constant + Σ weight × parent + noise of the standard deviation <paramref name="sd"/>.</summary>
    public Gaussian Add(string name, double sd, double constant = 0, params (double Weight, string Parent)[] terms)
    {
        var n = _names.Count;
        var weights = Vector<double>.Build.Dense(Math.Max(1, n));
        foreach (var (weight, parent) in terms) weights[_names.IndexOf(parent)] += weight;
        var grown = Matrix<double>.Build.Dense(n + 1, n + 1);
        var means = Vector<double>.Build.Dense(n + 1);
        means[n] = constant;
        grown[n, n] = sd * sd;
        if (n > 0)
        {
            var cross = _covariance! * weights;
            grown.SetSubMatrix(0, 0, _covariance);
            grown.SetSubMatrix(0, n, cross.ToColumnMatrix());
            grown.SetSubMatrix(n, 0, cross.ToRowMatrix());
            grown[n, n] += weights * cross;
            means.SetSubVector(0, n, _mean);
            means[n] += weights * _mean!;
        }
        (_mean, _covariance) = (means, grown);
        _names.Add(name);
        return this;
    }

    /// <summary>Starts with a vector of this mean and covariance.</summary>
    public static Gaussian Of(string name, double[] mean, Matrix<double> covariance)
    {
        var gaussian = new Gaussian { _mean = Vector<double>.Build.Dense(mean), _covariance = covariance };
        for (var i = 0; i < mean.Length; i++) gaussian._names.Add($"{name}[{i + 1}]");
        return gaussian;
    }

    /// <summary>What is left when these are known.</summary>
    public Gaussian Given(params (string Name, double Value)[] known)
    {
        int[] given = [.. known.Select(k => _names.IndexOf(k.Name))];
        int[] free = [.. Enumerable.Range(0, _names.Count).Except(given)];
        var surprise = Vector<double>.Build.DenseOfEnumerable(known.Select((k, i) => k.Value - _mean![given[i]]));
        var gain = Block(given, given).Cholesky().Solve(Block(given, free)).Transpose();
        var rest = new Gaussian
        {
            _mean = Vector<double>.Build.DenseOfEnumerable(free.Select(i => _mean![i])) + gain * surprise,
            _covariance = Block(free, free) - gain * Block(given, free),
        };
        rest._names.AddRange(free.Select(i => _names[i]));
        return rest;
    }

    private Matrix<double> Block(int[] rows, int[] columns) => Matrix<double>.Build.Dense(rows.Length, columns.Length, (i, j) => _covariance![rows[i], columns[j]]);
}
