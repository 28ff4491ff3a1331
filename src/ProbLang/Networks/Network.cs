using System.Collections.Immutable;

namespace ProbLang.Networks;

/// <summary>A Bayesian network of discrete variables, parents before their children.</summary>
internal sealed record Network(string? Name, ImmutableArray<string> Properties, ImmutableArray<NetworkVariable> Variables)
{
    public int Arcs => Variables.Sum(v => v.Parents.Length);

    /// <summary>How many probabilities can be chosen: of each row one follows from the others.</summary>
    public int FreeParameters => Variables.Sum(v => v.Table.Length - v.Table.Length / v.Labels.Length);
}

/// <summary>A variable, and its probabilities given its parents.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Labels">Its values, in the order of the file.</param>
/// <param name="Parents">Their places in the network.</param>
/// <param name="Table">An index for each parent, the last fastest but for the variable's own.</param>
internal sealed record NetworkVariable(string Name, ImmutableArray<string> Labels, ImmutableArray<int> Parents, double[] Table);
