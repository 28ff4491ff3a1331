using ProbLang.Numerics;
using ProbLang.Programs;

namespace ProbLang.Tests.Inference;

/// <summary>
/// mu ~ Normal(0, 5), tau ~ HalfNormal(5), theta[j] ~ Normal(mu, tau), y[j] ~ Normal(theta[j], sigma[j]), written out by hand
/// with a choice of form for each theta. Coordinates: mu, log tau, then the groups. A forced choice offers none to the sampler.
/// </summary>
internal sealed class HierarchicalNormal : LogDensity
{
    private const double PriorSd = 5;
    private readonly double[] _y;
    private readonly double[] _sigma;
    private readonly bool? _forced;
    private readonly int[] _coordinates;
    private readonly bool[] _centered;

    public HierarchicalNormal(double[] y, double[] sigma, bool? forced = null)
    {
        _y = y;
        _sigma = sigma;
        _forced = forced;
        _coordinates = new int[forced is null ? y.Length : 0];
        for (var j = 0; j < _coordinates.Length; j++) _coordinates[j] = j + 2;
        _centered = new bool[y.Length];
        Array.Fill(_centered, forced ?? false);
    }

    public override int Dimension => _y.Length + 2;

    public override ReadOnlySpan<int> CenteringCoordinates => _coordinates;

    public override ReadOnlySpan<bool> Centered => _forced is null ? _centered : [];

    public override string CoordinateName(int coordinate) => coordinate switch
    {
        0 => "mu",
        1 => "tau",
        _ => $"theta[{coordinate - 1}]",
    };

    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        double mu = position[0], tau = Math.Exp(position[1]);
        var sum = -0.5 * (mu * mu + tau * tau) / (PriorSd * PriorSd) + position[1];
        gradient[0] = -mu / (PriorSd * PriorSd);
        gradient[1] = 1 - tau * tau / (PriorSd * PriorSd);
        for (var j = 0; j < _y.Length; j++)
        {
            var z = _centered[j] ? (position[j + 2] - mu) / tau : position[j + 2];
            var e = (_y[j] - (mu + tau * z)) / _sigma[j];
            sum += -0.5 * (z * z + e * e);
            var dTheta = e / _sigma[j];
            if (_centered[j])
            {
                sum -= position[1];
                gradient[j + 2] = dTheta - z / tau;
                gradient[0] += z / tau;
                gradient[1] += z * z - 1;
            }
            else
            {
                gradient[j + 2] = dTheta * tau - z;
                gradient[0] += dTheta;
                gradient[1] += dTheta * tau * z;
            }
        }
        return sum;
    }

    public override LogDensity Fork()
    {
        var fork = new HierarchicalNormal(_y, _sigma, _forced);
        _centered.CopyTo(fork._centered, 0);
        return fork;
    }

    public override void Recenter(ReadOnlySpan<bool> centered, Span<double> position)
    {
        for (var j = 0; j < centered.Length; j++)
        {
            if (centered[j] == _centered[j]) continue;
            double mu = position[0], tau = Math.Exp(position[1]);
            position[j + 2] = centered[j] ? mu + tau * position[j + 2] : (position[j + 2] - mu) / tau;
            _centered[j] = centered[j];
        }
    }

    public override void WriteOutputs(ReadOnlySpan<double> position, ref Philox random, Span<double> outputs)
    {
        outputs[0] = position[0];
        outputs[1] = Math.Exp(position[1]);
        for (var j = 0; j < _y.Length; j++) outputs[j + 2] = _centered[j] ? position[j + 2] : outputs[0] + outputs[1] * position[j + 2];
    }

    /// <summary>The posterior means of mu and tau, by integrating mu and theta out exactly and tau on a grid.</summary>
    public (double Mu, double Tau) Truth()
    {
        const int Points = 20_000;
        const double Largest = 40;
        var logs = new double[Points];
        var means = new double[Points];
        var largest = double.NegativeInfinity;
        for (var i = 0; i < Points; i++)
        {
            var tau = (i + 0.5) * Largest / Points;
            double precision = 1 / (PriorSd * PriorSd), weighted = 0, log = -0.5 * tau * tau / (PriorSd * PriorSd);
            for (var j = 0; j < _y.Length; j++)
            {
                var variance = _sigma[j] * _sigma[j] + tau * tau;
                precision += 1 / variance;
                weighted += _y[j] / variance;
                log -= 0.5 * (Math.Log(variance) + _y[j] * _y[j] / variance);
            }
            means[i] = weighted / precision;
            logs[i] = log - 0.5 * Math.Log(precision) + 0.5 * weighted * weighted / precision;
            largest = Math.Max(largest, logs[i]);
        }
        double total = 0, mu = 0, sumTau = 0;
        for (var i = 0; i < Points; i++)
        {
            var weight = Math.Exp(logs[i] - largest);
            total += weight;
            mu += weight * means[i];
            sumTau += weight * (i + 0.5) * Largest / Points;
        }
        return (mu / total, sumTau / total);
    }
}
