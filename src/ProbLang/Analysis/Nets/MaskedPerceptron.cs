using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>
/// A masked autoencoder (Germain, Gregor, Murray and Larochelle 2015): output d depends on the inputs before d alone. Each hidden unit has a degree, how
/// many inputs it may see; the degrees go round in all that are of use. Where a layer has fewer units than there are degrees, inputs are connected
/// with later outputs directly as well, so that no output misses an input before it.
/// </summary>
internal sealed class MaskedPerceptron : Layer
{
    private readonly Activation _activation;
    private readonly List<(WeightBlock Weight, WeightBlock Bias)> _hidden = [];
    private readonly WeightBlock? _weight;
    private readonly WeightBlock? _direct;
    private readonly WeightBlock _bias;
    private readonly int _perInput;

    /// <param name="layout">Where its weights are laid out.</param>
    /// <param name="prefix">What the names of its weights begin with.</param>
    /// <param name="inputs">How long its rows are.</param>
    /// <param name="context">How long the context is, which all units may see.</param>
    /// <param name="kind">What its hidden layers are like.</param>
    /// <param name="perInput">How many outputs there are for each input, all first ones before all second ones.</param>
    /// <param name="isFaint">Whether it starts next to 0.</param>
    public MaskedPerceptron(WeightLayout layout, string prefix, int inputs, int context, HiddenLayers kind, int perInput = 1, bool isFaint = false)
        : base(inputs, inputs * perInput)
    {
        (_activation, _perInput) = (kind.Activation, perInput);
        int[] before = [.. Enumerable.Range(1, inputs)], outputs = [.. Enumerable.Range(0, Outputs).Select(o => o % inputs)];
        var (further, isNarrow) = (context, kind.Hidden.Length == 0);
        for (var l = 0; l < kind.Hidden.Length; l++)
        {
            var degrees = Degrees(kind.Hidden[l], inputs, context > 0);
            isNarrow |= kind.Hidden[l] < inputs - 1;
            var weight = Masked(layout, $"{prefix}layer{l + 1}.weight", before, degrees, further, seen => WeightStart.Of(kind.Activation, seen, kind.Hidden[l]));
            _hidden.Add((weight, layout.Add($"{prefix}layer{l + 1}.bias", WeightStart.Zero, kind.Hidden[l])));
            (before, further) = (degrees, 0);
        }
        if (kind.Hidden.Length > 0) _weight = Masked(layout, $"{prefix}output.weight", before, outputs, 0, Last);
        _bias = layout.Add($"{prefix}output.bias", WeightStart.Zero, Outputs);
        if (isNarrow) _direct = Masked(layout, $"{prefix}direct.weight", [.. Enumerable.Range(1, inputs)], outputs, further, WeightStart.Faint);

        WeightStart Last(double seen) => isFaint ? WeightStart.Faint(seen) : WeightStart.Of(Activation.Identity, seen, perInput);
    }

    public override Arr<T> Apply<T>(NetMath<T> math, Arr<T> x, Arr<T>? context)
    {
        var last = LastHidden(math, x, context);
        var parts = new List<Arr<T>>();
        if (_weight is not null) parts.Add(math.Product(last, Masked(math, _weight, last.Shape[1])));
        if (_direct is not null) parts.AddRange(Products(math, _direct, x, _weight is null ? context : null));
        var bias = math.Weights(_bias);
        return math.Store("output", [x.Length, Outputs], i => parts.Aggregate(bias[i[1]], (sum, part) => part[i] + sum));
    }

    /// <summary>By row, the outputs for the input at <paramref name="place"/>, from the inputs before it; those may be null where there is none.</summary>
    public Func<T, T>[] Next<T>(NetMath<T> math, Arr<T>? before, int rows, Arr<T>? context, int place) where T : IReal<T>
    {
        var last = before is null && _hidden.Count == 0 ? null : LastHidden(math, before, context, rows);
        var bias = math.Weights(_bias);
        return [.. Enumerable.Range(0, _perInput).Select(p => Output(p * Inputs + place))];

        Func<T, T> Output(int column)
        {
            var parts = new List<(Arr<T> X, Arr<T> W)>();
            if (_weight is not null) parts.Add((last!, Masked(math, _weight, last!.Shape[1])));
            if (_direct is not null && before is not null) parts.Add((before, Masked(math, _direct, Inputs)));
            if (_direct is not null && _weight is null && context is not null) parts.Add((context, math.Rows(math.Weights(_direct), Inputs, context.Shape[1])));
            return row => parts.Aggregate(bias[(T)column], (sum, part) => math.Sum(part.X.Shape[1], k => part.X[row, k] * part.W[k, column]) + sum);
        }
    }

    private Arr<T> LastHidden<T>(NetMath<T> math, Arr<T>? x, Arr<T>? context, int rows = 0) where T : IReal<T>
    {
        foreach (var (weight, bias) in _hidden)
        {
            var parts = Products(math, weight, x, context);
            var shift = math.Weights(bias);
            int[] shape = [x?.Length ?? context?.Length ?? rows, weight.Shape[1]];
            x = math.Store("hidden", shape, i => Activations.Apply(_activation, parts.Aggregate(shift[i[1]], (sum, part) => part[i] + sum)));
            context = null;
        }
        return x!;
    }

    /// <summary>What inputs, as many as there are, and context give to units.</summary>
    private static Arr<T>[] Products<T>(NetMath<T> math, WeightBlock weight, Arr<T>? x, Arr<T>? context) where T : IReal<T>
    {
        var all = weight.Shape[0] - (context?.Shape[1] ?? 0);
        var own = x is null ? null : math.Product(x, Prefix(math, Masked(math, weight, all), x.Shape[1]));
        var further = context is null ? null : math.Product(context, math.Rows(math.Weights(weight), all, context.Shape[1]));
        return [.. new[] { own, further }.OfType<Arr<T>>()];
    }

    private static Arr<T> Prefix<T>(NetMath<T> math, Arr<T> weights, int rows) where T : IReal<T> => rows == weights.Length ? weights : math.Rows(weights, 0, rows);

    /// <summary>Weights with those left out that the mask takes out; those of a context, below, are not masked.</summary>
    private static Arr<T> Masked<T>(NetMath<T> math, WeightBlock block, int rows) where T : IReal<T> => math.Once(block, () =>
    {
        var columns = block.Shape[1];
        var (weights, mask) = (math.Weights(block), math.Table("mask", [rows, columns], block.Mask![..(rows * columns)]));
        return math.Store("masked", [rows, columns], i => weights[i] * mask[i]);
    });

    /// <summary>Connections from what has some degrees to what may see up to others, and from a context to all.</summary>
    private static WeightBlock Masked(WeightLayout layout, string name, int[] from, int[] to, int context, Func<double, WeightStart> start)
    {
        var mask = new double[(from.Length + context) * to.Length];
        Array.Fill(mask, 1, from.Length * to.Length, context * to.Length);
        for (var i = 0; i < from.Length; i++)
            for (var j = 0; j < to.Length; j++) mask[i * to.Length + j] = from[i] <= to[j] ? 1 : 0;
        return layout.Add(new WeightBlock(name, 0, [from.Length + context, to.Length], start(mask.Sum() / to.Length)) { Mask = mask });
    }

    /// <summary>How many inputs each unit may see: from 1 to all but the last, which no output depends on; none is of use where there is a context.</summary>
    private static int[] Degrees(int units, int inputs, bool hasContext)
    {
        var least = hasContext || inputs == 1 ? 0 : 1;
        var count = inputs - least;
        return [.. Enumerable.Range(0, units).Select(k => least + (units >= count ? k % count : (int)((long)k * count / units)))];
    }
}
