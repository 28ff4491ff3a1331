using MathNet.Numerics.LinearAlgebra;
using ProbLang.Inference;
using ProbLang.Numerics;

namespace ProbLang.Tests.Inference.Learning;

/// <summary>A logistic regression with known data: its negative log likelihood, and its Hessian and estimate in closed form and by Newton's method.</summary>
internal sealed class LogisticRegression : ISmoothFunction, IRowObjective
{
    private readonly double[][] _x;
    private readonly double[] _y;

    public LogisticRegression(ulong seed, int rows, int batchSize, params double[] scales)
    {
        var random = new Philox(seed, 0, 0);
        (Rows, BatchSize, Dimension) = (rows, batchSize, scales.Length);
        _x = new double[rows][];
        _y = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            _x[i] = new double[scales.Length];
            var eta = 0.3;
            for (var d = 0; d < scales.Length; d++)
            {
                _x[i][d] = d == 0 ? scales[0] : scales[d] * random.NextNormal();
                eta += _x[i][d] / scales[d] * (d % 2 == 0 ? 0.5 : -0.8);
            }
            _y[i] = random.NextDouble() < Probability(eta) ? 1 : 0;
        }
    }

    public int Dimension { get; }

    public int Rows { get; }

    public int BatchSize { get; }

    /// <summary>How often a batch was evaluated with its gradient.</summary>
    public int Evaluations { get; private set; }

    public double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        gradient.Clear();
        var sum = 0.0;
        for (var i = 0; i < Rows; i++) sum -= Row(i, 1, position, gradient, -1);
        return sum;
    }

    public double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position, Span<double> gradient)
    {
        Evaluations++;
        gradient.Clear();
        var sum = 0.0;
        for (var b = 0; b < rows.Length; b++) sum += Row(rows[b], weights[b], position, gradient, 1);
        return sum;
    }

    public double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position)
    {
        var sum = 0.0;
        for (var b = 0; b < rows.Length; b++) sum += Row(rows[b], weights[b], position, [], 1);
        return sum;
    }

    /// <summary>Xᵀ diag(p (1 - p)) X.</summary>
    public Matrix<double> Information(ReadOnlySpan<double> position)
    {
        var information = Matrix<double>.Build.Dense(Dimension, Dimension);
        for (var i = 0; i < Rows; i++)
        {
            var p = Probability(Vectors.Dot(_x[i], position));
            for (var a = 0; a < Dimension; a++) for (var b = 0; b < Dimension; b++) information[a, b] += p * (1 - p) * _x[i][a] * _x[i][b];
        }
        return information;
    }

    /// <summary>The estimate by Newton's method, run until it stands still.</summary>
    public double[] Estimate()
    {
        var beta = Vector<double>.Build.Dense(Dimension);
        var gradient = new double[Dimension];
        for (var i = 0; i < 50; i++)
        {
            Evaluate(beta.ToArray(), gradient);
            beta -= Information(beta.ToArray()).Solve(Vector<double>.Build.Dense(gradient));
        }
        return beta.ToArray();
    }

    private static double Probability(double eta) => 1 / (1 + Math.Exp(-eta));

    private double Row(int row, double weight, ReadOnlySpan<double> position, Span<double> gradient, double sign)
    {
        var eta = Vectors.Dot(_x[row], position);
        var residual = weight * (_y[row] - Probability(eta));
        if (!gradient.IsEmpty) Vectors.AddScaled(sign * residual, _x[row], gradient);
        var signed = _y[row] == 1 ? eta : -eta;
        return -weight * (Math.Max(-signed, 0) + double.LogP1(Math.Exp(-Math.Abs(signed))));
    }
}
