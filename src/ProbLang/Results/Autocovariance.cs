using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics.IntegralTransforms;
using ProbLang.Limits;

namespace ProbLang.Results;

/// <summary>
/// The autocovariance of sequences of equal length, averaged over them, lag by lag. Chains that mix need few lags, which are
/// summed directly; from some lag on a Fourier transform gives all of them.
/// </summary>
internal sealed class Autocovariance(int sequences, int length)
{
    private const int DirectLags = 256;

    private readonly double[] _deviations = new double[sequences * length];
    private double[]? _transformed;
    private bool _isTransformed;

    /// <summary>The variance between the sequences' means.</summary>
    public double VarianceOfMeans { get; private set; }

    /// <summary>The mean over the sequences of the sample variance within each.</summary>
    public double MeanVariance { get; private set; }

    /// <summary>Takes the sequences, one after the other.</summary>
    public void Load(ReadOnlySpan<double> values)
    {
        _isTransformed = false;
        double meanOfMeans = 0, squares = 0;
        for (var s = 0; s < sequences; s++)
        {
            var sequence = values.Slice(s * length, length);
            var mean = 0.0;
            foreach (var value in sequence) mean += value;
            mean /= length;
            for (var i = 0; i < length; i++) _deviations[s * length + i] = sequence[i] - mean;
            var difference = mean - meanOfMeans;
            meanOfMeans += difference / (s + 1);
            squares += difference * (mean - meanOfMeans);
        }
        VarianceOfMeans = sequences > 1 ? squares / (sequences - 1) : 0;
        MeanVariance = Direct(0) * length / (length - 1);
    }

    /// <summary>The autocovariance at a lag, with the divisor <c>length</c> at every lag.</summary>
    public double this[int lag]
    {
        get
        {
            Budget.Current.Check();
            if (lag < DirectLags) return Direct(lag);
            if (!_isTransformed) Transform();
            return _transformed![lag];
        }
    }

    private double Direct(int lag)
    {
        var total = 0.0;
        for (var s = 0; s < sequences; s++)
        {
            var x = _deviations.AsSpan(s * length, length - lag);
            total += Dot(x, _deviations.AsSpan(s * length + lag, length - lag));
        }
        return total / sequences / length;
    }

    // Optimised at its first call: a summary is over before the runtime would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref double a = ref MemoryMarshal.GetReference(x), b = ref MemoryMarshal.GetReference(y);
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        var i = 0;
        for (; i + 16 <= x.Length; i += 16)
        {
            s0 += Vector256.LoadUnsafe(ref a, (nuint)i) * Vector256.LoadUnsafe(ref b, (nuint)i);
            s1 += Vector256.LoadUnsafe(ref a, (nuint)i + 4) * Vector256.LoadUnsafe(ref b, (nuint)i + 4);
            s2 += Vector256.LoadUnsafe(ref a, (nuint)i + 8) * Vector256.LoadUnsafe(ref b, (nuint)i + 8);
            s3 += Vector256.LoadUnsafe(ref a, (nuint)i + 12) * Vector256.LoadUnsafe(ref b, (nuint)i + 12);
        }
        var total = Vector256.Sum(s0 + s1 + (s2 + s3));
        for (; i < x.Length; i++) total += x[i] * y[i];
        return total;
    }

    private void Transform()
    {
        _transformed ??= new double[length];
        Array.Clear(_transformed);
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * length));
        var spectrum = new Complex[size];
        for (var s = 0; s < sequences; s++)
        {
            Budget.Current.Check();
            Array.Clear(spectrum);
            for (var i = 0; i < length; i++) spectrum[i] = _deviations[s * length + i];
            Fourier.Forward(spectrum, FourierOptions.Matlab);
            for (var i = 0; i < size; i++) spectrum[i] = spectrum[i].Real * spectrum[i].Real + spectrum[i].Imaginary * spectrum[i].Imaginary;
            Budget.Current.Check();
            Fourier.Inverse(spectrum, FourierOptions.Matlab);
            for (var i = 0; i < length; i++) _transformed[i] += spectrum[i].Real / sequences / length;
        }
        _isTransformed = true;
    }
}
