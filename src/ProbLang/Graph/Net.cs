using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Graph;

/// <summary>A function with learned weights.</summary>
internal sealed class Net(string name, Span span)
{
    public string Name => name;

    /// <summary>Where its name stands.</summary>
    public Span Span => span;

    /// <summary>How it is built; null where that is mistaken.</summary>
    public NetKind? Kind { get; internal set; }

    public ImmutableArray<NetArgument> Arguments { get; internal set; } = [];

    /// <summary>The nets of a chain, the first to be applied first.</summary>
    public ImmutableArray<Net> Parts { get; internal set; } = [];

    public string? Documentation { get; internal set; }

    /// <summary>Whether it has an inverse, so that a variable that it makes has a density.</summary>
    public bool IsInvertible => Kind is { IsChain: true } ? Parts.All(p => p.IsInvertible) : Kind is { IsInvertible: true };

    /// <summary>The rank of its value: nets act on the last dimension, and of a number give a number.</summary>
    public int RankOf(int argument) => Kind switch
    {
        { IsChain: true } => Parts.Aggregate(argument, (rank, part) => part.RankOf(rank)),
        { Change: var change } => Math.Max(0, argument + change),
        _ => argument,
    };

    public override string ToString() => name;
}

/// <summary>An argument of a net: a value, or a word such as <c>tanh</c>.</summary>
internal sealed record NetArgument(string Name, Bound? Value, string? Word);

/// <summary>What an argument of a net can be.</summary>
internal enum NetParameterKind
{
    /// <summary>A whole number.</summary>
    Size,

    /// <summary>Whole numbers, one a layer.</summary>
    Sizes,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One of some words.</summary>
    Word,
}

/// <summary>An argument that a net takes; those that are required come first.</summary>
internal sealed record NetParameter(string Name, NetParameterKind Kind, bool IsRequired = false)
{
    public ImmutableArray<string> Words { get; init; } = [];
}

/// <summary>A way to build a net.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Summary">What it computes, for the reference.</param>
/// <param name="Parameters">Its arguments, in the order in which they may be given without names.</param>
/// <param name="IsInvertible">Whether what it builds has an inverse.</param>
/// <param name="Change">How many dimensions its value has more than its argument.</param>
internal sealed record NetKind(string Name, string Summary, ImmutableArray<NetParameter> Parameters, bool IsInvertible = false, int Change = 0)
{
    public bool IsChain => Name == "chain";

    public string Signature => IsChain ? "chain(f, g, …)" : $"{Name}({string.Join(", ", Parameters.Select(Written))})";

    private static string Written(NetParameter parameter) =>
        parameter.Words.IsEmpty || parameter.Name == "activation" ? parameter.Name : $"{parameter.Name}: {string.Join(" | ", parameter.Words)}";
}

/// <summary>The nets of the language.</summary>
internal static class NetCatalog
{
    public static readonly ImmutableArray<string> Activations = ["relu", "gelu", "tanh", "silu", "softplus", "identity"];

    private static readonly NetParameter s_hidden = new("hidden", NetParameterKind.Sizes, IsRequired: true);
    private static readonly NetParameter s_layers = new("layers", NetParameterKind.Size, IsRequired: true);
    private static readonly NetParameter s_inputs = new("inputs", NetParameterKind.Size);
    private static readonly NetParameter s_outputs = new("outputs", NetParameterKind.Size);
    private static readonly NetParameter s_activation = new("activation", NetParameterKind.Word) { Words = Activations };

    public static readonly ImmutableArray<NetKind> All =
    [
        new("mlp", "Layers of units, each `activation` (`relu`) of a weighted sum of those before it. `residual` layers add to what they are given, `norm` ones are standardised.",
            [s_hidden, s_activation, new("residual", NetParameterKind.Flag), new("norm", NetParameterKind.Flag), s_inputs, s_outputs]),
        new("dense", "A weighted sum of its inputs for each of `n` values.", [new("n", NetParameterKind.Size, IsRequired: true), s_inputs]),
        new("embedding", "A vector of `n` numbers for each of some labels.",
            [new("levels", NetParameterKind.Size, IsRequired: true), new("n", NetParameterKind.Size, IsRequired: true)], Change: 1),
        new("masked", "A number for the beginning of a row, by a net whose outputs for all beginnings are computed at once. `activation` is `relu`.",
            [s_hidden, s_inputs, s_activation], Change: -1),
        new("coupling", "Maps one half of its values by a net of the other, then the other way round, `layers` times; linearly or by splines of `bins` (8) pieces. `activation` is `silu`.",
            [s_layers, s_hidden, new("kind", NetParameterKind.Word) { Words = ["affine", "spline"] }, s_inputs, s_activation, new("bins", NetParameterKind.Size)], IsInvertible: true),
        new("autoregressive_flow", "Maps each of its values linearly by a masked net of those before it, `layers` times, in alternating order. `activation` is `silu`.",
            [s_layers, s_hidden, s_inputs, s_activation], IsInvertible: true),
        new("permutation", "Puts its values in another, fixed order.", [s_inputs], IsInvertible: true),
        new("invertible_linear", "Multiplies by an invertible matrix and adds a vector.", [s_inputs], IsInvertible: true),
        new("chain", "One net after the other, the first to be applied first.", []),
    ];

    public static NetKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);
}

/// <summary>What of a net at an argument is meant.</summary>
internal enum NetAspect
{
    /// <summary>What it makes of the argument.</summary>
    Value,

    /// <summary>What it makes the argument of; of invertible nets.</summary>
    Inverse,

    /// <summary>log |det| of the derivative of <see cref="Inverse"/> at the argument: of vectors a number each, so that its rank is one less.</summary>
    InverseLogJacobian,
}

/// <summary>How long the vectors are that a net takes and gives; 0 for a context that there is none of. For an embedding, the inputs are its levels.</summary>
internal sealed record NetShape(int Inputs, int Outputs, int Context);

/// <summary>The value of a net at an argument, and where it is given, at a context.</summary>
internal sealed record NetValue(Net Net, Bound Argument, Bound? Context, int Rank, Span Span) : Bound(Rank, ElementType.Real, Span)
{
    public NetAspect Aspect { get; init; }

    /// <summary>What it is applied to: the argument, and the context where there is one.</summary>
    public ImmutableArray<Bound> Operands => Context is null ? [Argument] : [Argument, Context];

    /// <summary>The vector of all weights of the net; null before conditioning makes it a variable.</summary>
    public Bound? Weights { get; init; }

    /// <summary>Another aspect of the net at an argument of the same rank.</summary>
    public static NetValue Of(Net net, NetAspect aspect, Bound argument, Bound? context, Span span) =>
        new(net, argument, context, aspect == NetAspect.InverseLogJacobian ? Math.Max(0, argument.Rank - 1) : net.RankOf(argument.Rank), span) { Aspect = aspect };
}

/// <summary>How many weights a net has, which its shape decides.</summary>
/// <param name="Net">The net.</param>
/// <param name="From">What is to be laid out before its shape is known.</param>
/// <param name="Span">Where the net is defined.</param>
internal sealed record WeightCount(Net Net, ImmutableArray<Bound> From, Span Span) : Bound(0, ElementType.Integer, Span);

/// <summary>What a learned distribution does with its net.</summary>
internal enum LearnedForm
{
    /// <summary>The density is in proportion to exp(-f(x)).</summary>
    Energy,

    /// <summary>The net takes noise away, step by step.</summary>
    Diffusion,
}

/// <summary>A distribution of vectors that is made by a net.</summary>
/// <param name="Form">What is done with the net.</param>
/// <param name="Net">The net.</param>
/// <param name="Steps">How many steps a diffusion has; null where it is not said.</param>
/// <param name="Schedule">How noise grows along them; null where it is not said.</param>
/// <param name="Context">What the distribution depends on, or null.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record LearnedDistribution(LearnedForm Form, Net Net, Bound? Steps, string? Schedule, Bound? Context, Span Span)
    : BoundDistribution(1, ElementType.Real, Span)
{
    public static readonly ImmutableArray<string> Schedules = ["cosine", "linear"];
}

/// <summary>The variational family that a model states: what its latents are drawn from, given the data, when it is learned.</summary>
/// <param name="Variables">Its own: those drawn are the latents of the same name.</param>
/// <param name="Definitions">What defines them.</param>
/// <param name="Nets">Its own.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record Guide(ImmutableArray<Variable> Variables, ImmutableArray<Definition> Definitions, ImmutableArray<Net> Nets, Span Span)
{
    /// <summary>The latents that it draws.</summary>
    public IEnumerable<Variable> Drawn => Variables.Where(v => Definitions.Any(d => d.IsRandom && d.Variable == v));
}
