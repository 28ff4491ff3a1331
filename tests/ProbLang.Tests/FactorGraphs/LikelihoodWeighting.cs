using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using ProbLang.FactorGraphs;

namespace ProbLang.Tests.FactorGraphs;

/// <summary>
/// The posterior of a factor graph by importance sampling from the prior: unknowns are drawn in the order of the statements, what is observed weighs. It knows nothing of
/// messages, so that engines can be held against it. What is computed can be observed exactly only where it is discrete.
/// </summary>
internal sealed class LikelihoodWeighting
{
    private readonly FactorGraph _graph;
    private readonly Random _random;
    private readonly Dictionary<FactorVariable, double[][]> _values = [];
    private readonly Dictionary<FactorRange, int> _indices = [];
    private double _logWeight;

    private LikelihoodWeighting(FactorGraph graph, int seed)
    {
        (_graph, _random) = (graph, new Random(seed));
        foreach (var v in graph.Variables) _values[v] = v.Data is { } data ? Items(v, data) : new double[v.Count][];
    }

    /// <summary>Weighted means and standard deviations of every number of the queries, one after the other, and the effective number of draws.</summary>
    public static (double[] Means, double[] Deviations, double Effective) Posterior(FactorGraph graph, int draws, int seed = 1)
    {
        var sampler = new LikelihoodWeighting(graph, seed);
        var rows = new List<(double LogWeight, double[] Numbers)>(draws);
        for (var i = 0; i < draws; i++)
            if (sampler.Draw() is > double.NegativeInfinity and var weight) rows.Add((weight, sampler.Asked()));
        return Moments(rows);
    }

    private static (double[], double[], double) Moments(List<(double LogWeight, double[] Numbers)> rows)
    {
        var greatest = rows.Max(r => r.LogWeight);
        var weights = rows.Select(r => Math.Exp(r.LogWeight - greatest)).ToArray();
        var (total, width) = (weights.Sum(), rows[0].Numbers.Length);
        var (means, deviations) = (new double[width], new double[width]);
        for (var k = 0; k < width; k++)
        {
            for (var i = 0; i < weights.Length; i++) means[k] += weights[i] * rows[i].Numbers[k] / total;
            for (var i = 0; i < weights.Length; i++) deviations[k] += weights[i] * Math.Pow(rows[i].Numbers[k] - means[k], 2) / total;
            deviations[k] = Math.Sqrt(deviations[k]);
        }
        return (means, deviations, total * total / weights.Sum(w => w * w));
    }

    private static double[][] Items(FactorVariable variable, FactorData data)
    {
        var size = data.ItemShape.Aggregate(1, (a, b) => a * b);
        if (variable.Domain == FactorDomain.Simplex && data.ItemShape.IsEmpty) size = variable.Values!.Count;
        return [.. data.Numbers.ToArray().Chunk(size)];
    }

    private double[] Asked() => [.. _graph.Queries.SelectMany(q => _values[q]).SelectMany(item => item ?? [double.NaN])];

    private double Draw()
    {
        _logWeight = 0;
        foreach (var v in _graph.Variables)
            if (v.Data is null) Array.Clear(_values[v]);
        Run(_graph.Statements);
        return _logWeight;
    }

    private void Run(ImmutableArray<FactorStatement> statements)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case RepeatStatement repeat: Repeat(repeat); break;
                case GateStatement gate: if (IsOpen(gate)) Run(gate.Body); break;
                case DefineStatement define: Define(define); break;
                case ConstrainStatement constrain: if (!Holds(constrain)) _logWeight = double.NegativeInfinity; break;
            }
        }
    }

    private void Repeat(RepeatStatement repeat)
    {
        var outer = _indices.Keys.ToImmutableArray();
        var size = repeat.Range.IsRagged ? (int)Number(repeat.Range.Size) : repeat.Range.Count;
        for (var i = 0; i < size; i++)
        {
            _indices[repeat.Range] = i;
            Run(repeat.Body);
        }
        _indices.Remove(repeat.Range);
    }

    private bool IsOpen(GateStatement gate) => gate.Kind switch
    {
        GateKind.If => Number(gate.Selector) == 1,
        GateKind.IfNot => Number(gate.Selector) == 0,
        GateKind.Case => Number(gate.Selector) == gate.Value,
        _ => true,
    };

    private int Place(FactorReference reference, out bool isWhole)
    {
        var index = reference.Indices.Select(i => i switch
        {
            RangeIndex range => _indices[range.Range],
            FixedIndex at => at.Position,
            ValueIndex value => (int)Number(value.Value),
            _ => throw new NotSupportedException(),
        }).ToArray();
        isWhole = index.Length < reference.Variable.Ranges.Length;
        if (!isWhole) return FactorCounting.Offset(reference.Variable.Ranges, index);
        var rest = reference.Variable.Ranges.Skip(index.Length).Aggregate(1, (count, range) => count * range.Count);
        return FactorCounting.Offset([.. reference.Variable.Ranges.Take(index.Length)], index) * rest;
    }

    private double[] Item(FactorReference reference)
    {
        var place = Place(reference, out var isWhole);
        if (!isWhole) return _values[reference.Variable][place];
        var rest = reference.Variable.Ranges.Skip(reference.Indices.Length).Aggregate(1, (count, range) => count * range.Count);
        return [.. _values[reference.Variable].Skip(place).Take(rest).SelectMany(i => i)];
    }

    private double Number(FactorReference reference) => Item(reference)[0];

    private bool Holds(ConstrainStatement constrain)
    {
        var a = constrain.Arguments.Select(Number).ToArray();
        return constrain.Constraint switch
        {
            FactorConstraint.True => a[0] == 1,
            FactorConstraint.False => a[0] == 0,
            FactorConstraint.Equal => constrain.Arguments[0].Variable.Domain is FactorDomain.Boolean or FactorDomain.Integer or FactorDomain.Count ? a[0] == a[1] : throw new NotSupportedException("equality of numbers"),
            FactorConstraint.Positive => a[0] > 0,
            _ => a[0] >= a[1] && a[0] <= a[2],
        };
    }

    private void Define(DefineStatement define)
    {
        var target = define.Target;
        var arguments = define.Arguments.Select(Item).ToArray();
        var whole = define.Operation == FactorOperation.Multinomial;
        var observed = target.Variable.Data is not null;
        if (observed)
        {
            _logWeight += LogDensity(define, arguments, Item(target));
            return;
        }
        var drawn = Draw(define, arguments);
        var place = Place(target, out _);
        if (whole) for (var k = 0; k < drawn.Length; k++) _values[target.Variable][place + k] = [drawn[k]];
        else _values[target.Variable][place] = drawn;
    }

    private static double Sd(double precision) => 1 / Math.Sqrt(precision);

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double[] Softmax(double[] x) => [.. x.Select(v => Math.Exp(v - x.Max())).Select(e => e / x.Sum(w => Math.Exp(w - x.Max())))];

    private double[] Draw(DefineStatement define, double[][] a) => define.Operation switch
    {
        FactorOperation.GaussianFromMeanAndPrecision => [Normal.Sample(_random, a[0][0], Sd(a[1][0]))],
        FactorOperation.GaussianFromMeanAndVariance => [Normal.Sample(_random, a[0][0], Math.Sqrt(a[1][0]))],
        FactorOperation.TruncatedGaussian => [Truncated(a[0][0], a[1][0], a[2][0], a[3][0])],
        FactorOperation.GammaFromShapeAndRate => [Gamma.Sample(_random, a[0][0], a[1][0])],
        FactorOperation.Beta => [Beta.Sample(_random, a[0][0], a[1][0])],
        FactorOperation.Bernoulli => [_random.NextDouble() < a[0][0] ? 1 : 0],
        FactorOperation.BernoulliFromLogOdds => [_random.NextDouble() < Logistic(a[0][0]) ? 1 : 0],
        FactorOperation.Binomial => [Binomial.Sample(_random, a[1][0], (int)a[0][0])],
        FactorOperation.BinomialFromLogOdds => [Binomial.Sample(_random, Logistic(a[1][0]), (int)a[0][0])],
        FactorOperation.Poisson => [Poisson.Sample(_random, a[0][0])],
        FactorOperation.PoissonFromLogRate => [Poisson.Sample(_random, Math.Exp(a[0][0]))],
        FactorOperation.Discrete => [Categorical.Sample(_random, a[0])],
        FactorOperation.DiscreteFromLogits => [Categorical.Sample(_random, Softmax(a[0]))],
        FactorOperation.Dirichlet => Dirichlet.Sample(_random, a[0]),
        FactorOperation.DirichletSymmetric => Dirichlet.Sample(_random, [.. Enumerable.Repeat(a[0][0], define.Target.Variable.Values!.Count)]),
        FactorOperation.Multinomial => [.. Multinomial.Sample(_random, a[1], (int)a[0][0]).Select(n => (double)n)],
        FactorOperation.VectorGaussianFromMeanAndPrecision => MultivariateNormal(a[0], Square(a[1]).Inverse()),
        FactorOperation.VectorGaussianFromMeanAndVariance => MultivariateNormal(a[0], Square(a[1])),
        FactorOperation.WishartFromShapeAndRate => [.. Wishart.Sample(_random, 2 * a[0][0], (2 * Square(a[1])).Inverse()).ToRowMajorArray()],
        _ => Compute(define, a),
    };

    private static double[] Compute(DefineStatement define, double[][] a) => define.Operation switch
    {
        FactorOperation.Copy => a[0],
        FactorOperation.Plus => [a[0][0] + a[1][0]],
        FactorOperation.Minus => [a[0][0] - a[1][0]],
        FactorOperation.Product => [a[0][0] * a[1][0]],
        FactorOperation.Ratio => [a[0][0] / a[1][0]],
        FactorOperation.Exp => [Math.Exp(a[0][0])],
        FactorOperation.Log => [Math.Log(a[0][0])],
        FactorOperation.Max => [Math.Max(a[0][0], a[1][0])],
        FactorOperation.Min => [Math.Min(a[0][0], a[1][0])],
        FactorOperation.Sum => [a[0].Sum()],
        FactorOperation.InnerProduct => [a[0].Zip(a[1], (x, y) => x * y).Sum()],
        FactorOperation.MatrixTimesVector => [.. a[0].Chunk(a[1].Length).Select(row => row.Zip(a[1], (x, y) => x * y).Sum())],
        FactorOperation.VectorElement => [a[0][(int)a[1][0]]],
        FactorOperation.And => [a[0][0] * a[1][0]],
        FactorOperation.Or => [Math.Max(a[0][0], a[1][0])],
        FactorOperation.Not => [1 - a[0][0]],
        FactorOperation.AreEqual => [a[0][0] == a[1][0] ? 1 : 0],
        FactorOperation.Greater => [a[0][0] > a[1][0] ? 1 : 0],
        FactorOperation.AtLeast => [a[0][0] >= a[1][0] ? 1 : 0],
        _ => throw new NotSupportedException(define.Operation.ToString()),
    };

    private static double LogDensity(DefineStatement define, double[][] a, double[] x) => define.Operation switch
    {
        FactorOperation.GaussianFromMeanAndPrecision => Normal.PDFLn(a[0][0], Sd(a[1][0]), x[0]),
        FactorOperation.GaussianFromMeanAndVariance => Normal.PDFLn(a[0][0], Math.Sqrt(a[1][0]), x[0]),
        FactorOperation.GammaFromShapeAndRate => Gamma.PDFLn(a[0][0], a[1][0], x[0]),
        FactorOperation.Bernoulli => Math.Log(x[0] == 1 ? a[0][0] : 1 - a[0][0]),
        FactorOperation.BernoulliFromLogOdds => Math.Log(Logistic(x[0] == 1 ? a[0][0] : -a[0][0])),
        FactorOperation.Binomial => x[0] > a[0][0] ? double.NegativeInfinity : Binomial.PMFLn(a[1][0], (int)a[0][0], (int)x[0]),
        FactorOperation.BinomialFromLogOdds => x[0] > a[0][0] ? double.NegativeInfinity : Binomial.PMFLn(Logistic(a[1][0]), (int)a[0][0], (int)x[0]),
        FactorOperation.Poisson => Poisson.PMFLn(a[0][0], (int)x[0]),
        FactorOperation.PoissonFromLogRate => Poisson.PMFLn(Math.Exp(a[0][0]), (int)x[0]),
        FactorOperation.Discrete => Math.Log(a[0][(int)x[0]]),
        FactorOperation.DiscreteFromLogits => Math.Log(Softmax(a[0])[(int)x[0]]),
        FactorOperation.Multinomial => x.Select((n, k) => n * Math.Log(a[1][k])).Sum(),
        FactorOperation.VectorGaussianFromMeanAndPrecision => LogNormal(a[0], Square(a[1]).Inverse(), x),
        FactorOperation.VectorGaussianFromMeanAndVariance => LogNormal(a[0], Square(a[1]), x),
        _ when define.Target.Variable.Domain is FactorDomain.Boolean or FactorDomain.Integer or FactorDomain.Count => Compute(define, a)[0] == x[0] ? 0 : double.NegativeInfinity,
        _ => throw new NotSupportedException($"{define.Operation} is observed"),
    };

    private double Truncated(double mean, double variance, double lower, double upper)
    {
        if (double.IsInfinity(variance)) return lower + (upper - lower) * _random.NextDouble();
        while (true)
            if (Normal.Sample(_random, mean, Math.Sqrt(variance)) is var x && x > lower && x < upper) return x;
    }

    private static Matrix<double> Square(double[] numbers)
    {
        var size = (int)Math.Round(Math.Sqrt(numbers.Length));
        return DenseMatrix.Build.DenseOfRowMajor(size, size, numbers);
    }

    private double[] MultivariateNormal(double[] mean, Matrix<double> covariance)
    {
        var z = DenseVector.OfEnumerable(mean.Select(_ => Normal.Sample(_random, 0, 1)));
        return [.. (covariance.Cholesky().Factor * z + DenseVector.OfArray(mean))];
    }

    private static double LogNormal(double[] mean, Matrix<double> covariance, double[] x)
    {
        var d = DenseVector.OfEnumerable(x.Zip(mean, (a, b) => a - b));
        return -0.5 * (d * (covariance.Inverse() * d) + Math.Log(covariance.Determinant()) + mean.Length * Math.Log(2 * Math.PI));
    }
}
