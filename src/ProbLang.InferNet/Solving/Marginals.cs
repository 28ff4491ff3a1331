using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.ML.Probabilistic.Distributions;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>The marginal distributions of the elements of one variable at some iteration, in their order.</summary>
internal abstract class Marginals
{
    /// <summary>How much they changed since; NaN where one is no distribution.</summary>
    public abstract double ChangeSince(Marginals before);

    /// <summary>What is believed of each element; null for those that are no distribution.</summary>
    public abstract IEnumerable<Belief?> ToBeliefs();

    /// <summary>Reads what Infer.NET returns: a distribution, or arrays of arrays of such.</summary>
    public static Marginals Of(object marginal) => Leaf(marginal) switch
    {
        null => new None(),
        Gaussian => Of(marginal, new GaussianFamily()),
        TruncatedGaussian => Of(marginal, new TruncatedGaussianFamily()),
        Gamma => Of(marginal, new GammaFamily()),
        Beta => Of(marginal, new BetaFamily()),
        Bernoulli => Of(marginal, new BernoulliFamily()),
        Poisson => Of(marginal, new PoissonFamily()),
        Discrete => Of(marginal, new DiscreteFamily()),
        Dirichlet => Of(marginal, new DirichletFamily()),
        VectorGaussian => Of(marginal, new VectorGaussianFamily()),
        Wishart => Of(marginal, new WishartFamily()),
        var other => throw new UnreachableException($"a marginal of type {other.GetType()}"),
    };

    private static MarginalsOf<T> Of<T>(object marginal, Family<T> family)
    {
        var items = new List<T>();
        Flatten(marginal, items, family);
        return new MarginalsOf<T>(items, family);
    }

    private static void Flatten<T>(object marginal, List<T> items, Family<T> family)
    {
        switch (marginal)
        {
            case T one:
                items.Add(family.Keep(one));
                break;
            case IList<T> row:
                items.EnsureCapacity(items.Count + row.Count);
                for (var i = 0; i < row.Count; i++) items.Add(family.Keep(row[i]));
                break;
            case System.Collections.IEnumerable rows:
                foreach (var row in rows) Flatten(row, items, family);
                break;
        }
    }

    // Distributions of some families can be enumerated too; they are leaves.
    private static object? Leaf(object marginal)
    {
        if (marginal is IDistribution<double> or IDistribution<bool> or IDistribution<int> or IDistribution<Microsoft.ML.Probabilistic.Math.Vector> or IDistribution<Microsoft.ML.Probabilistic.Math.PositiveDefiniteMatrix>)
            return marginal;
        if (marginal is not System.Collections.IEnumerable rows) return marginal;
        foreach (var row in rows)
            if (Leaf(row) is { } leaf) return leaf;
        return null;
    }

    private sealed class None : Marginals
    {
        public override double ChangeSince(Marginals before) => 0;

        public override IEnumerable<Belief?> ToBeliefs() => [];
    }
}

/// <summary>Marginal distributions of one family.</summary>
internal sealed class MarginalsOf<T>(List<T> items, Family<T> family) : Marginals
{
    public override double ChangeSince(Marginals before)
    {
        if (before is not MarginalsOf<T> earlier || earlier._items.Count != _items.Count) return double.PositiveInfinity;
        var greatest = 0.0;
        for (var i = 0; i < _items.Count; i++)
        {
            var change = _family.Change(earlier._items[i], _items[i]);
            if (double.IsNaN(change)) return double.NaN;
            greatest = Math.Max(greatest, change);
        }
        return greatest;
    }

    private readonly List<T> _items = items;
    private readonly Family<T> _family = family;

    public override IEnumerable<Belief?> ToBeliefs() => _items.Select(_family.BeliefOf);
}
