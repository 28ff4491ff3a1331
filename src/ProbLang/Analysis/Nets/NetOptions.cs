using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>What a net states of itself.</summary>
internal sealed class NetOptions(Net net, Func<Bound, Tensor> evaluate)
{
    public int? Size(string name) => Of(name)?.Value is { } value ? (int)evaluate(value).Values[0] : null;

    public int[] Sizes(string name) => Of(name)?.Value is { } value ? [.. evaluate(value).Values.Select(v => (int)v)] : [];

    public bool Flag(string name) => Of(name)?.Value is { } value && evaluate(value).Values[0] != 0;

    public string? Word(string name) => Of(name)?.Word;

    public Activation Activation(Activation usual) => Word("activation") is { } word ? Activations.Named(word) : usual;

    private NetArgument? Of(string name) => net.Arguments.FirstOrDefault(a => a.Name == name);
}
