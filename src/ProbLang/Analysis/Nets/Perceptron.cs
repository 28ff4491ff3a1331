using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Analysis;

/// <summary>What the hidden layers of a perceptron are like.</summary>
/// <param name="Hidden">How many units each has.</param>
/// <param name="Activation">What they make of their inputs.</param>
/// <param name="Residual">Whether a layer adds to what it is given, where both are of one size.</param>
/// <param name="Norm">Whether a layer is standardised across its units before the activation.</param>
internal sealed record HiddenLayers(int[] Hidden, Activation Activation, bool Residual = false, bool Norm = false);

/// <summary>
/// A multilayer perceptron: h = a(x W + b) for each hidden layer, and at the end h W + b. A context is further inputs of the first layer.
/// </summary>
internal sealed class Perceptron : Layer
{
    /// <summary>Keeps the standard deviation of equal units away from 0.</summary>
    private const double Epsilon = 1e-5;

    private readonly HiddenLayers _kind;
    private readonly List<(WeightBlock Weight, WeightBlock Shift, WeightBlock? Gain)> _hidden = [];
    private readonly WeightBlock _weight;
    private readonly WeightBlock _bias;

    /// <param name="layout">Where its weights are laid out.</param>
    /// <param name="prefix">What the names of its weights begin with.</param>
    /// <param name="inputs">How long its rows are.</param>
    /// <param name="context">How long the context is; 0 where there is none.</param>
    /// <param name="kind">What its hidden layers are like.</param>
    /// <param name="outputs">How long its values are.</param>
    /// <param name="isFaint">Whether it starts next to 0.</param>
    public Perceptron(WeightLayout layout, string prefix, int inputs, int context, HiddenLayers kind, int outputs, bool isFaint = false) : base(inputs, outputs)
    {
        _kind = kind;
        var before = inputs + context;
        for (var l = 0; l < kind.Hidden.Length; l++)
        {
            var (size, name) = (kind.Hidden[l], $"{prefix}layer{l + 1}.");
            var weight = layout.Add($"{name}weight", WeightStart.Of(kind.Activation, before, size), before, size);
            var gain = kind.Norm ? layout.Add($"{name}gain", WeightStart.One, size) : null;
            _hidden.Add((weight, layout.Add($"{name}bias", WeightStart.Zero, size), gain));
            before = size;
        }
        _weight = layout.Add($"{prefix}output.weight", isFaint ? WeightStart.Faint(before) : WeightStart.Of(Activation.Identity, before, outputs), before, outputs);
        _bias = layout.Add($"{prefix}output.bias", WeightStart.Zero, outputs);
    }

    public override Arr<T> Apply<T>(NetMath<T> math, Arr<T> x, Arr<T>? context)
    {
        foreach (var layer in _hidden)
        {
            x = Hidden(math, x, context, layer);
            context = null;
        }
        var (sum, bias) = (Linear(math, x, context, _weight), math.Weights(_bias));
        return math.Store("output", sum.Shape, i => sum[i] + bias[i[1]]);
    }

    private Arr<T> Hidden<T>(NetMath<T> math, Arr<T> x, Arr<T>? context, (WeightBlock Weight, WeightBlock Shift, WeightBlock? Gain) layer) where T : IReal<T>
    {
        var sum = Linear(math, x, context, layer.Weight);
        var shift = math.Weights(layer.Shift);
        var scaled = layer.Gain is { } gain ? Standardised(math, sum, math.Weights(gain)) : sum;
        var isSkipped = _kind.Residual && x.Shape[1] == sum.Shape[1];
        return math.Store("hidden", sum.Shape, i =>
        {
            var unit = Activations.Apply(_kind.Activation, scaled[i] + shift[i[1]]);
            return isSkipped ? x[i] + unit : unit;
        });
    }

    /// <summary>x W, where a context is further columns of x.</summary>
    private static Arr<T> Linear<T>(NetMath<T> math, Arr<T> x, Arr<T>? context, WeightBlock weight) where T : IReal<T>
    {
        var w = math.Weights(weight);
        if (context is null) return math.Product(x, w);
        // Two products are one of both next to each other, without a copy, and without a gradient towards a context that is data.
        var (own, further) = (math.Product(x, math.Rows(w, 0, x.Shape[1])), math.Product(context, math.Rows(w, x.Shape[1], context.Shape[1])));
        return new Arr<T>(own.Shape, i => own[i] + further[i]);
    }

    /// <summary>Layer normalisation (Ba, Kiros and Hinton 2016): across the units of a row, mean 0 and standard deviation 1, times the gain.</summary>
    private static Arr<T> Standardised<T>(NetMath<T> math, Arr<T> x, Arr<T> gain) where T : IReal<T>
    {
        var units = x.Shape[1];
        var mean = math.Store("mean", [x.Length], i => math.Sum(units, j => x[i[0], j]) * (T)(1.0 / units));
        var scale = math.Store("scale", [x.Length], i => (T)1.0 / Sqrt(math.Sum(units, j => Square(x[i[0], j] - mean[i[0]])) * (T)(1.0 / units) + (T)Epsilon));
        return new Arr<T>(x.Shape, i => (x[i] - mean[i[0]]) * scale[i[0]] * gain[i[1]]);
    }
}

/// <summary>x W + b.</summary>
internal sealed class DenseLayer(WeightLayout layout, int inputs, int outputs) : Layer(inputs, outputs)
{
    private readonly WeightBlock _weight = layout.Add("weight", WeightStart.Of(Activation.Identity, inputs, outputs), inputs, outputs);
    private readonly WeightBlock _bias = layout.Add("bias", WeightStart.Zero, outputs);

    public override Arr<T> Apply<T>(NetMath<T> math, Arr<T> x, Arr<T>? context)
    {
        var (product, bias) = (math.Product(x, math.Weights(_weight)), math.Weights(_bias));
        return math.Store("output", product.Shape, i => product[i] + bias[i[1]]);
    }
}

/// <summary>A vector for each label.</summary>
internal sealed class EmbeddingLayer(WeightLayout layout, int levels, int outputs) : Layer(levels, outputs)
{
    private readonly WeightBlock _weight = layout.Add("weight", new WeightStart(0, 1 / Math.Sqrt(outputs)), levels, outputs);

    public override Arr<T> Apply<T>(NetMath<T> math, Arr<T> x, Arr<T>? context)
    {
        var vectors = math.Weights(_weight);
        return math.Store("embedding", [x.Length, Outputs], i => vectors[math.Place(x[i[0], 0.0], Inputs), i[1]]);
    }
}
