using ProbLang.Numerics;

namespace ProbLang.Bench;

/// <summary>A hidden Markov model of three states and 100 steps, its states summed out: by hand with a scaled forward–backward pass.</summary>
internal sealed class HiddenMarkov : ScalarDensity
{
    private const string Text = """
        input T: count
        input K: count
        for k in 1..K { P[k] ~ Dirichlet(ones(K)) }
        for k in 1..K { mu[k] ~ Normal(0, 5) }
        z[1] ~ Categorical(ones(K) / K)
        for t in 2..T { z[t] ~ Categorical(P[z[t-1]]) }
        for t in 1..T { y[t] ~ Normal(mu[z[t]], 1) }
        """;

    private const int T = 100;
    private const int K = 3;

    private readonly double[] _y;
    private readonly double[] _emission = new double[T * K];
    private readonly double[] _alpha = new double[T * K];
    private readonly double[] _scale = new double[T];

    private HiddenMarkov(double[] y) : base([.. Enumerable.Range(1, K).SelectMany(k => Enumerable.Range(1, K - 1).Select(j => $"P[{k},{j}]")), .. Elements("mu", K)]) => _y = y;

    public static GradientCase Case()
    {
        var random = new Philox(7, 0, 0);
        var y = new double[T];
        var state = 0;
        for (var t = 0; t < T; t++)
        {
            if (random.NextDouble() < 0.2) state = (int)(K * random.NextDouble());
            y[t] = 2.5 * (state - 1) + random.NextNormal();
        }
        return new("HMM K=3 T=100", Text, new { K, y }, new HiddenMarkov(y));
    }

    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        Span<double> share = stackalloc double[K * (K - 1)], p = stackalloc double[K * K], moves = stackalloc double[K * K], gMu = stackalloc double[K];
        double value = 0;
        for (var k = 0; k < K; k++) value += Break(position.Slice(k * (K - 1), K - 1), share.Slice(k * (K - 1), K - 1), p.Slice(k * K, K));
        var mu = position.Slice(K * (K - 1), K);
        value += Forward(mu, p);
        Backward(mu, p, moves, gMu);
        for (var k = 0; k < K; k++)
        {
            value -= mu[k] * mu[k] / 50;
            gradient[K * (K - 1) + k] = gMu[k] - mu[k] / 25;
            var later = moves[k * K + K - 1];
            for (var j = K - 2; j >= 0; j--)
            {
                var s = share[k * (K - 1) + j];
                gradient[k * (K - 1) + j] = moves[k * K + j] * (1 - s) - later * s + 1 - (K - j) * s;
                later += moves[k * K + j];
            }
        }
        return value;
    }

    private double Forward(ReadOnlySpan<double> mu, ReadOnlySpan<double> p)
    {
        double value = 0, product = 1;
        double a0 = 1.0 / K, a1 = 1.0 / K, a2 = 1.0 / K;
        for (var t = 0; t < T; t++)
        {
            double d0 = _y[t] - mu[0], d1 = _y[t] - mu[1], d2 = _y[t] - mu[2];
            double l0 = -0.5 * d0 * d0, l1 = -0.5 * d1 * d1, l2 = -0.5 * d2 * d2;
            var max = Math.Max(l0, Math.Max(l1, l2));
            double e0 = Math.Exp(l0 - max), e1 = Math.Exp(l1 - max), e2 = Math.Exp(l2 - max);
            value += max;
            if (t > 0) (a0, a1, a2) = (a0 * p[0] + a1 * p[3] + a2 * p[6], a0 * p[1] + a1 * p[4] + a2 * p[7], a0 * p[2] + a1 * p[5] + a2 * p[8]);
            a0 *= e0;
            a1 *= e1;
            a2 *= e2;
            var sum = a0 + a1 + a2;
            var c = 1 / sum;
            product *= sum;
            // The logarithm of a product, taken before it underflows.
            if (t % 8 == 7 || t == T - 1)
            {
                value += Math.Log(product);
                product = 1;
            }
            a0 *= c;
            a1 *= c;
            a2 *= c;
            var at = t * K;
            (_alpha[at], _alpha[at + 1], _alpha[at + 2], _scale[t]) = (a0, a1, a2, c);
            (_emission[at], _emission[at + 1], _emission[at + 2]) = (e0, e1, e2);
        }
        return value;
    }

    /// <summary>How often each step is expected, and the derivatives with respect to the means.</summary>
    private void Backward(ReadOnlySpan<double> mu, ReadOnlySpan<double> p, Span<double> moves, Span<double> gMu)
    {
        moves.Clear();
        double b0 = 1, b1 = 1, b2 = 1, g0 = 0, g1 = 0, g2 = 0;
        for (var t = T - 1; t >= 0; t--)
        {
            var at = t * K;
            g0 += _alpha[at] * b0 * (_y[t] - mu[0]);
            g1 += _alpha[at + 1] * b1 * (_y[t] - mu[1]);
            g2 += _alpha[at + 2] * b2 * (_y[t] - mu[2]);
            if (t == 0) break;
            var c = _scale[t];
            double w0 = _emission[at] * b0 * c, w1 = _emission[at + 1] * b1 * c, w2 = _emission[at + 2] * b2 * c;
            double a0 = _alpha[at - 3], a1 = _alpha[at - 2], a2 = _alpha[at - 1];
            moves[0] += a0 * w0;
            moves[1] += a0 * w1;
            moves[2] += a0 * w2;
            moves[3] += a1 * w0;
            moves[4] += a1 * w1;
            moves[5] += a1 * w2;
            moves[6] += a2 * w0;
            moves[7] += a2 * w1;
            moves[8] += a2 * w2;
            (b0, b1, b2) = (p[0] * w0 + p[1] * w1 + p[2] * w2, p[3] * w0 + p[4] * w1 + p[5] * w2, p[6] * w0 + p[7] * w1 + p[8] * w2);
        }
        for (var i = 0; i < K * K; i++) moves[i] *= p[i];
        (gMu[0], gMu[1], gMu[2]) = (g0, g1, g2);
    }

    /// <summary>Weights by breaking a stick; returns the log-Jacobian.</summary>
    private static double Break(ReadOnlySpan<double> sticks, Span<double> share, Span<double> weights)
    {
        double rest = 1, logJacobian = 0;
        for (var k = 0; k < K - 1; k++)
        {
            var u = sticks[k] - Math.Log(K - 1 - k);
            var e = Math.Exp(-u);
            share[k] = 1 / (1 + e);
            weights[k] = rest * share[k];
            logJacobian += Math.Log(weights[k] * (1 - share[k]));
            rest *= 1 - share[k];
        }
        weights[K - 1] = rest;
        return logJacobian;
    }
}
