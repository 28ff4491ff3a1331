using System.Collections.Immutable;
using ProbLang.Limits;

namespace ProbLang.FactorGraphs;

/// <summary>
/// A model with data as a factor graph: plates, gates, variables and factors, each in the vocabulary that message passing engines know. Statements stand
/// in an order in which each comes after those that define what it reads. Numbers and sizes are data of the variables; everything else is structure, so that
/// two graphs with the same <see cref="Structure"/> need to be compiled once. Immutable.
/// </summary>
public sealed class FactorGraph
{
    private readonly Once<string> _structure;

    /// <param name="name">What the model is called.</param>
    /// <param name="variables">All variables, sizes of ranges among them.</param>
    /// <param name="ranges">All ranges.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="queries">The unknown variables whose posterior is asked for, whole arrays.</param>
    public FactorGraph(string name, ImmutableArray<FactorVariable> variables, ImmutableArray<FactorRange> ranges, ImmutableArray<FactorStatement> statements, ImmutableArray<FactorVariable> queries)
    {
        (Name, Variables, Ranges, Statements, Queries) = (name, variables, ranges, statements, queries);
        _structure = new(() => FactorGraphStructure.Of(this));
    }

    /// <summary>What the model is called.</summary>
    public string Name { get; }

    /// <summary>All variables, sizes of ranges among them.</summary>
    public ImmutableArray<FactorVariable> Variables { get; }

    /// <summary>All ranges.</summary>
    public ImmutableArray<FactorRange> Ranges { get; }

    /// <summary>The statements, in order of dependence.</summary>
    public ImmutableArray<FactorStatement> Statements { get; }

    /// <summary>The unknown variables whose posterior is asked for, whole arrays.</summary>
    public ImmutableArray<FactorVariable> Queries { get; }

    /// <summary>All but the data, as text: graphs with equal structure differ in numbers and sizes only.</summary>
    public string Structure => _structure.Value;
}
