using System.Runtime.CompilerServices;
using ProbLang.Numerics;

namespace ProbLang.Inference;

/// <summary>Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019): a step of each coordinate that is measured by the size that its gradients have had.</summary>
internal sealed unsafe class AdamW
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;
    private readonly double[]? _decays;

    /// <param name="dimension">How many coordinates.</param>
    /// <param name="options">The decay rates of the averages, the smallest divisor, and the weight decay.</param>
    /// <param name="decays">Which coordinates weight decay pulls to 0; empty for all.</param>
    public AdamW(int dimension, Training options, ReadOnlySpan<bool> decays = default)
    {
        (Mean, Square) = (new double[dimension], new double[dimension]);
        (_beta1, _beta2, _epsilon, _weightDecay) = (options.Beta1, options.Beta2, options.Epsilon, options.WeightDecay);
        if (_weightDecay == 0 || decays.IsEmpty) return;
        _decays = new double[dimension];
        for (var i = 0; i < dimension; i++) _decays[i] = decays[i] ? 1 : 0;
    }

    /// <summary>The running mean of the gradients, biased to 0 as it starts there.</summary>
    public double[] Mean { get; }

    /// <summary>The running mean of their squares.</summary>
    public double[] Square { get; }

    /// <summary>How many steps were made.</summary>
    public long Steps { get; set; }

    /// <summary>Moves a position against <paramref name="scale"/> × <paramref name="gradient"/>.</summary>
    public void Step(Span<double> position, ReadOnlySpan<double> gradient, double scale, double rate)
    {
        Steps++;
        // The step is rate × mean / (1 - β1ᵗ) / (sqrt(square / (1 - β2ᵗ)) + ε).
        var step = new Coefficients(
            scale, _beta1, _beta2, 1 / Math.Sqrt(1 - Math.Pow(_beta2, Steps)), _epsilon, -rate / (1 - Math.Pow(_beta1, Steps)), -rate * _weightDecay);
        fixed (double* x = position, g = gradient, mean = Mean, square = Square, decays = _decays)
        {
            if (_weightDecay != 0) Decay(x, decays, step.Decay, position.Length);
            Move(x, g, mean, square, position.Length, step);
        }
    }

    private readonly record struct Coefficients(double Scale, double Beta1, double Beta2, double RootCorrection, double Epsilon, double Rate, double Decay);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move(double* x, double* g, double* mean, double* square, int n, in Coefficients step)
    {
        Lane scale = Simd.Create(step.Scale), beta1 = Simd.Create(step.Beta1), beta2 = Simd.Create(step.Beta2);
        Lane correction = Simd.Create(step.RootCorrection), epsilon = Simd.Create(step.Epsilon), rate = Simd.Create(step.Rate);
        var i = 0;
        for (; i <= n - Lanes.Width; i += Lanes.Width)
        {
            var gradient = Simd.Load(g + i) * scale;
            // m + (1 - β)(g - m), as β (m - g) + g.
            var m = Lanes.MultiplyAdd(beta1, Simd.Load(mean + i) - gradient, gradient);
            var squared = gradient * gradient;
            var v = Lanes.MultiplyAdd(beta2, Simd.Load(square + i) - squared, squared);
            Lanes.Store(mean + i, m);
            Lanes.Store(square + i, v);
            var divisor = Lanes.MultiplyAdd(Simd.Sqrt(v), correction, epsilon);
            Lanes.Store(x + i, Lanes.MultiplyAdd(rate, m / divisor, Simd.Load(x + i)));
        }
        for (; i < n; i++)
        {
            var gradient = g[i] * step.Scale;
            var squared = gradient * gradient;
            mean[i] = Math.FusedMultiplyAdd(step.Beta1, mean[i] - gradient, gradient);
            square[i] = Math.FusedMultiplyAdd(step.Beta2, square[i] - squared, squared);
            var divisor = Math.FusedMultiplyAdd(Math.Sqrt(square[i]), step.RootCorrection, step.Epsilon);
            x[i] = Math.FusedMultiplyAdd(step.Rate, mean[i] / divisor, x[i]);
        }
    }

    private static void Decay(double* x, double* decays, double decay, int n)
    {
        if (decays == null)
        {
            Kernels.AddScaled(decay, x, x, n);
            return;
        }
        var factor = Simd.Create(decay);
        var i = 0;
        for (; i <= n - Lanes.Width; i += Lanes.Width)
        {
            Lanes.Store(x + i, Lanes.MultiplyAdd(factor * Simd.Load(decays + i), Simd.Load(x + i), Simd.Load(x + i)));
        }
        for (; i < n; i++) x[i] = Math.FusedMultiplyAdd(decay * decays[i], x[i], x[i]);
    }
}
