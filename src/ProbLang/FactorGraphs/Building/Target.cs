using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>A variable of the factor graph that is about to be defined: what it holds shows with its first definition.</summary>
/// <param name="name">What it is to be called.</param>
/// <param name="frame">The plates that it is over.</param>
/// <param name="place">The statement of the model.</param>
internal sealed class Target(string name, Frame frame, Location place)
{
    /// <summary>Where it is observed, how its values are known once it shows what they are.</summary>
    public Func<FactorDomain, FactorRange?, int, FactorData>? Observed { get; init; }

    /// <summary>What messages to it must be, where what reads it demands that.</summary>
    public FactorDomain? Demanded { get; init; }

    /// <summary>For integers, the range of the values, where what is indexed by it demands one.</summary>
    public FactorRange? Values { get; init; }

    /// <summary>What it is in the model's words.</summary>
    public string? Text { get; init; }

    /// <summary>What the element at some indices is in the model's words; null where it is what is computed.</summary>
    public Func<int[], string>? TextOfElement { get; init; }

    /// <summary>Whether an engine starts its messages randomly.</summary>
    public bool StartsRandomly { get; init; }

    /// <summary>The variable; null until something defines it.</summary>
    public FactorVariable? Variable { get; private set; }

    public string Name => name;

    public Location Place => place;

    public Frame Frame => frame;

    /// <summary>The variable, made at the first call; null where an earlier definition made it of another kind.</summary>
    public FactorVariable? As(FactorDomain domain, FactorRange? values, int lowest, FactorNames names, Action<FactorVariable> add, ImmutableArray<FactorRange> inner = default)
    {
        if (Variable is null)
        {
            Variable = new FactorVariable
            {
                Name = names.New(name),
                Domain = domain,
                Ranges = [.. frame.Axes.Where(a => !a.IsSwitch).Select(a => a.Range), .. inner.IsDefault ? [] : inner],
                Values = values,
                Lowest = lowest,
                Data = Observed?.Invoke(domain, values, lowest),
                StartsRandomly = StartsRandomly && Observed is null,
                Place = place,
                Text = Text,
                TextOfElement = TextOfElement,
            };
            add(Variable);
        }
        return Variable.Domain == domain && Variable.Lowest == lowest && (Variable.Values is null || values is null || Variable.Values == values) ? Variable : null;
    }

    /// <summary>The element at each point.</summary>
    public FactorReference Reference => new(Variable!, [.. frame.Axes.Where(a => !a.IsSwitch).Select(a => a.Index)]);
}
