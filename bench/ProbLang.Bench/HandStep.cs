using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ProbLang.Numerics;

namespace ProbLang.Bench;

/// <summary>The gradient of the log likelihood of a classifier, mlp 784-128-10, on a batch of 256, as an expert writes it: data and all between in single precision, weights and gradients in double.</summary>
internal sealed unsafe class HandStep
{
    public const int Batch = 256, Inputs = 784, Hidden = 128, Outputs = 10;

    private const int Bias1 = Inputs * Hidden, Weight2 = Bias1 + Hidden, Bias2 = Weight2 + Hidden * Outputs;

    private readonly float* _data;
    private readonly int[] _labels;
    private readonly float* _x = Floats(Batch * Inputs);
    private readonly float* _hidden = Floats(Batch * Hidden);
    private readonly float* _hiddenGradient = Floats(Batch * Hidden);
    private readonly float* _logits = Floats(Batch * Outputs);
    private readonly float* _logitGradient = Floats(Batch * Outputs);
    private readonly float* _bias = Floats(Hidden);
    private readonly float* _work = Floats(Math.Max(MatrixProduct.Work<float>(Batch, Inputs, Hidden), MatrixProduct.Work<float>(Inputs, Batch, Hidden)));

    public HandStep(double[,] x, int[] labels)
    {
        _labels = labels;
        _data = Floats(x.Length);
        fixed (double* from = x) Conversion.Copy(from, _data, x.Length);
    }

    /// <summary>The log likelihood of some rows; overwrites the gradient.</summary>
    public double Gradient(ReadOnlySpan<int> rows, ReadOnlySpan<double> position, Span<double> gradient)
    {
        fixed (double* w = position, g = gradient)
        {
            for (var b = 0; b < Batch; b++) new Span<float>(_data + (nint)rows[b] * Inputs, Inputs).CopyTo(new Span<float>(_x + b * Inputs, Inputs));
            var x = new MatrixView<float>(_x, Inputs, 1);
            var hidden = new MatrixView<float>(_hidden, Hidden, 1);
            var hiddenGradient = new MatrixView<float>(_hiddenGradient, Hidden, 1);
            var logits = new MatrixView<float>(_logits, Outputs, 1);
            var logitGradient = new MatrixView<float>(_logitGradient, Outputs, 1);
            var second = new MatrixView<double>(w + Weight2, Outputs, 1);
            MatrixProduct.Run(x, new MatrixView<double>(w, Hidden, 1), hidden, Batch, Inputs, Hidden, false, _work);
            Activate(w + Bias1);
            MatrixProduct.Run(hidden, second, logits, Batch, Hidden, Outputs, false, _work);
            var value = Softmax(rows, w + Bias2, g + Bias2);
            MatrixProduct.Run(hidden.Transposed, logitGradient, new MatrixView<double>(g + Weight2, Outputs, 1), Hidden, Batch, Outputs, false, _work);
            MatrixProduct.Run(logitGradient, second.Transposed, hiddenGradient, Batch, Outputs, Hidden, false, _work);
            Deactivate(g + Bias1);
            MatrixProduct.Run(x.Transposed, hiddenGradient, new MatrixView<double>(g, Hidden, 1), Inputs, Batch, Hidden, false, _work);
            return value;
        }
    }

    /// <summary>h = max(0, h + b).</summary>
    private void Activate(double* bias)
    {
        Conversion.Copy(bias, _bias, Hidden);
        for (var b = 0; b < Batch; b++)
        {
            var h = _hidden + b * Hidden;
            for (var j = 0; j < Hidden; j += 8) Vector256.Max(Vector256.Load(h + j) + Vector256.Load(_bias + j), Vector256<float>.Zero).Store(h + j);
        }
    }

    /// <summary>The gradient where a unit is not active is 0; that of the bias is the sum.</summary>
    private void Deactivate(double* biasGradient)
    {
        new Span<float>(_bias, Hidden).Clear();
        for (var b = 0; b < Batch; b++)
        {
            float* h = _hidden + b * Hidden, g = _hiddenGradient + b * Hidden;
            for (var j = 0; j < Hidden; j += 8)
            {
                var value = Vector256.Load(g + j) & Vector256.GreaterThan(Vector256.Load(h + j), Vector256<float>.Zero);
                value.Store(g + j);
                (Vector256.Load(_bias + j) + value).Store(_bias + j);
            }
        }
        Conversion.Copy(_bias, biasGradient, Hidden);
    }

    /// <summary>Σ log softmax at the labels, and its gradient.</summary>
    private double Softmax(ReadOnlySpan<int> rows, double* bias, double* biasGradient)
    {
        var total = 0.0;
        new Span<double>(biasGradient, Outputs).Clear();
        var p = stackalloc double[Outputs];
        for (var b = 0; b < Batch; b++)
        {
            var label = _labels[rows[b]] - 1;
            var max = double.NegativeInfinity;
            for (var k = 0; k < Outputs; k++) max = Math.Max(max, p[k] = _logits[b * Outputs + k] + bias[k]);
            var at = p[label] - max;
            var sum = 0.0;
            for (var k = 0; k < Outputs; k++) sum += p[k] = Math.Exp(p[k] - max);
            total += at - Math.Log(sum);
            for (var k = 0; k < Outputs; k++)
            {
                var g = (k == label ? 1 : 0) - p[k] / sum;
                biasGradient[k] += g;
                _logitGradient[b * Outputs + k] = (float)g;
            }
        }
        return total;
    }

    private static float* Floats(int count) => (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
}
