using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>The data of a variable in the form that a compiled algorithm takes: an element, or arrays of arrays.</summary>
internal sealed class ObservedValue : IElementCase<object>
{
    private readonly FactorVariable _variable;
    private readonly int[] _index;
    private readonly int _numbersEach;
    private int _next;

    private ObservedValue(FactorVariable variable)
    {
        (_variable, _index) = (variable, new int[variable.Ranges.Length]);
        _numbersEach = variable.Data!.ItemShape.Aggregate(1, (product, size) => product * size);
    }

    public static object Of(FactorVariable variable, bool isPlainMatrix) => Elements.Dispatch(variable, isPlainMatrix, new ObservedValue(variable));

    object IElementCase<object>.Of<T>(ElementReader<T> reader)
    {
        return _index.Length switch
        {
            0 => Element()!,
            1 => Array(0, Element),
            2 => Array(0, () => Array(1, Element)),
            3 => Array(0, () => Array(1, () => Array(2, Element))),
            _ => throw new UnreachableException($"{_variable} has {_index.Length} dimensions"),
        };

        T Element() => reader(_variable.Data!.Numbers.Span.Slice(_next++ * _numbersEach, _numbersEach), _variable.Data.ItemShape);
    }

    private TItem[] Array<TItem>(int depth, Func<TItem> item)
    {
        var array = new TItem[FactorCounting.SizeOf(_variable.Ranges[depth], _variable.Ranges, _index)];
        for (var i = 0; i < array.Length; i++)
        {
            _index[depth] = i;
            array[i] = item();
        }
        return array;
    }
}
