using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.ML.Probabilistic.Math;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>Asks for something once the type of the elements of a variable is known.</summary>
internal interface IElementCase<out TResult>
{
    TResult Of<T>(ElementReader<T> reader);
}

/// <summary>One element from its numbers.</summary>
internal delegate T ElementReader<out T>(ReadOnlySpan<double> numbers, ImmutableArray<int> shape);

/// <summary>The type that Infer.NET has for the elements of a variable.</summary>
internal static class Elements
{
    /// <summary>Here, and nowhere else, a domain becomes a type.</summary>
    public static TResult Dispatch<TResult>(FactorVariable variable, bool isPlainMatrix, IElementCase<TResult> with) => variable.Domain switch
    {
        _ when isPlainMatrix => with.Of((x, shape) => PlainMatrix(x, shape)),
        FactorDomain.Boolean => with.Of((x, _) => x[0] != 0),
        FactorDomain.Integer or FactorDomain.Count => with.Of((x, _) => checked((int)x[0])),
        FactorDomain.Real or FactorDomain.Gaussian or FactorDomain.TruncatedGaussian or FactorDomain.Gamma or FactorDomain.Beta => with.Of((x, _) => x[0]),
        FactorDomain.Vector or FactorDomain.Simplex => with.Of((x, _) => Vector.FromArray(x.ToArray())),
        FactorDomain.Matrix => with.Of((x, shape) => new PositiveDefiniteMatrix(PlainMatrix(x, shape))),
        _ => throw new UnreachableException($"{variable.Domain} has no type"),
    };

    private static Matrix PlainMatrix(ReadOnlySpan<double> numbers, ImmutableArray<int> shape)
    {
        var matrix = new Matrix(shape[0], shape[1]);
        for (var i = 0; i < shape[0]; i++)
            for (var j = 0; j < shape[1]; j++) matrix[i, j] = numbers[i * shape[1] + j];
        return matrix;
    }
}
