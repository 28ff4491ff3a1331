using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>The distribution that the elements of a variable are drawn from, where its parameters are data.</summary>
internal sealed class KnownPrior
{
    private readonly DefineStatement _define;

    private KnownPrior(DefineStatement define) => _define = define;

    /// <summary>The distribution.</summary>
    public FactorOperation Operation => _define.Operation;

    /// <summary>Finds it; null where there is none, or the variable is defined in several ways.</summary>
    public static KnownPrior? Of(FactorVariable variable, FactorGraph graph, Usage usage)
    {
        var definitions = usage.DefinitionsOf(variable);
        return definitions is [{ } only] && only.Target.Indices.All(i => i is RangeIndex) && only.Arguments.All(IsKnown) ? new KnownPrior(only) : null;

        bool IsKnown(FactorReference reference) =>
            reference.Variable.Data is not null && !usage.IsDefined(reference.Variable)
            && reference.Indices.All(i => i is FixedIndex || (i is RangeIndex range && only.Target.Indices.Contains(range)) || (i is ValueIndex value && IsKnown(value.Value)));
    }

    /// <summary>The numbers of a parameter of one element.</summary>
    public ReadOnlySpan<double> Parameter(int argument, ReadOnlySpan<int> element) => Numbers(_define.Arguments[argument], element);

    private ReadOnlySpan<double> Numbers(FactorReference reference, ReadOnlySpan<int> element)
    {
        var index = new int[reference.Indices.Length];
        for (var i = 0; i < index.Length; i++)
        {
            index[i] = reference.Indices[i] switch
            {
                FixedIndex at => at.Position,
                RangeIndex at => element[_define.Target.Indices.IndexOf(at)],
                ValueIndex at => (int)Numbers(at.Value, element)[0],
                _ => throw new UnreachableException(reference.ToString()),
            };
        }
        var each = reference.Variable.Data!.ItemShape.Aggregate(1, (product, size) => product * size);
        return reference.Variable.Data.Numbers.Span.Slice(FactorCounting.Offset(reference.Variable.Ranges, index) * each, each);
    }
}
