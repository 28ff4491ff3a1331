using System.Diagnostics;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Analysis;

/// <summary>What the units of a layer make of their inputs.</summary>
internal enum Activation
{
    /// <summary>The positive part.</summary>
    Relu,

    /// <summary>x Φ(x).</summary>
    Gelu,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>x logistic(x).</summary>
    Silu,

    /// <summary>log(1 + exp x).</summary>
    Softplus,

    /// <summary>x.</summary>
    Identity,
}

/// <summary>The activations in the scalar algebra.</summary>
internal static class Activations
{
    public static Activation Named(string word) => word switch
    {
        "relu" => Activation.Relu,
        "gelu" => Activation.Gelu,
        "tanh" => Activation.Tanh,
        "silu" => Activation.Silu,
        "softplus" => Activation.Softplus,
        "identity" => Activation.Identity,
        _ => throw new UnreachableException($"no activation {word}"),
    };

    public static T Apply<T>(Activation activation, T x) where T : IReal<T> => activation switch
    {
        Activation.Relu => Maximum(x, 0.0),
        Activation.Gelu => x * Phi(x),
        Activation.Tanh => Tanh(x),
        Activation.Silu => x * Logistic(x),
        Activation.Softplus => Softplus(x),
        Activation.Identity => x,
        _ => throw new UnreachableException($"{activation}"),
    };
}
