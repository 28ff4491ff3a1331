namespace ProbLang.Bench;

/// <summary>
/// A hidden Markov chain by hand in scalar C#: the forward pass scaled at each step, the backward pass with the same scales, expectations added up on
/// the way. The arrays are there from the start.
/// </summary>
internal sealed class ScaledForwardBackward(int steps, int states)
{
    private readonly double[] _emissions = new double[steps * states];
    private readonly double[] _transitions = new double[states * states];
    private readonly double[] _forward = new double[steps * states];
    private readonly double[] _scales = new double[steps];
    private readonly double[] _backward = new double[states];
    private readonly double[] _later = new double[states];

    /// <summary>The gradient with respect to the log emissions.</summary>
    public double[] Emissions { get; } = new double[steps * states];

    /// <summary>The gradient with respect to the log transitions.</summary>
    public double[] Transitions { get; } = new double[states * states];

    public double Run(double[] emissions, double[] transitions)
    {
        for (var i = 0; i < _transitions.Length; i++) _transitions[i] = Math.Exp(transitions[i]);
        var logSum = 0.0;
        for (var t = 0; t < steps; t++) logSum += Step(t, emissions);
        Backward();
        return logSum;
    }

    private double Step(int t, double[] logs)
    {
        var (k, a) = (states, _transitions);
        Span<double> log = logs.AsSpan(t * k, k), emissions = _emissions.AsSpan(t * k, k), forward = _forward.AsSpan(t * k, k);
        var greatest = log[0];
        for (var j = 1; j < log.Length; j++) greatest = Math.Max(greatest, log[j]);
        var sum = 0.0;
        for (var j = 0; j < forward.Length; j++)
        {
            emissions[j] = Math.Exp(log[j] - greatest);
            var predicted = 1.0;
            if (t > 0)
            {
                predicted = 0;
                var earlier = _forward.AsSpan((t - 1) * k, k);
                for (var i = 0; i < earlier.Length; i++) predicted += earlier[i] * a[i * k + j];
            }
            forward[j] = predicted * emissions[j];
            sum += forward[j];
        }
        _scales[t] = 1 / sum;
        for (var j = 0; j < forward.Length; j++) forward[j] *= _scales[t];
        return greatest + Math.Log(sum);
    }

    private void Backward()
    {
        var (k, backward, later, a, pairs) = (states, _backward, _later, _transitions, Transitions);
        Array.Clear(pairs);
        Array.Fill(backward, 1);
        for (var t = steps - 1; t >= 0; t--)
        {
            Span<double> forward = _forward.AsSpan(t * k, k), gradient = Emissions.AsSpan(t * k, k), emissions = _emissions.AsSpan(t * k, k);
            for (var i = 0; i < gradient.Length; i++) gradient[i] = forward[i] * backward[i];
            if (t == 0) break;
            for (var j = 0; j < later.Length; j++) later[j] = emissions[j] * backward[j] * _scales[t];
            var earlier = _forward.AsSpan((t - 1) * k, k);
            for (var i = 0; i < backward.Length; i++)
            {
                var sum = 0.0;
                for (var j = 0; j < later.Length; j++)
                {
                    var step = a[i * k + j] * later[j];
                    sum += step;
                    pairs[i * k + j] += earlier[i] * step;
                }
                backward[i] = sum;
            }
        }
    }
}
