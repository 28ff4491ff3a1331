using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>A function of rows with weights.</summary>
internal abstract class Layer(int inputs, int outputs)
{
    /// <summary>How long the rows are that it takes.</summary>
    public int Inputs => inputs;

    /// <summary>How long the rows are that it gives.</summary>
    public int Outputs => outputs;

    /// <summary>Its values for the rows of a matrix.</summary>
    public abstract Arr<T> Apply<T>(NetMath<T> math, Arr<T> x, Arr<T>? context) where T : IReal<T>;
}

/// <summary>A layer that has an inverse.</summary>
internal abstract class InvertibleLayer(int size) : Layer(size, size)
{
    /// <summary>
    /// What it makes <paramref name="x"/> of. For each row, the logarithm of the absolute determinant of the derivative is the sum of
    /// <paramref name="logJacobian"/>, to which it adds.
    /// </summary>
    public abstract Arr<T> Invert<T>(NetMath<T> math, Arr<T> x, Arr<T>? context, List<Func<T, T>> logJacobian) where T : IReal<T>;
}

/// <summary>One invertible layer after the other.</summary>
internal sealed class LayerSequence(InvertibleLayer[] layers) : InvertibleLayer(layers[0].Inputs)
{
    public override Arr<T> Apply<T>(NetMath<T> math, Arr<T> x, Arr<T>? context)
    {
        foreach (var layer in layers) x = layer.Apply(math, x, context);
        return x;
    }

    public override Arr<T> Invert<T>(NetMath<T> math, Arr<T> x, Arr<T>? context, List<Func<T, T>> logJacobian)
    {
        for (var i = layers.Length - 1; i >= 0; i--) x = layers[i].Invert(math, x, context, logJacobian);
        return x;
    }
}
