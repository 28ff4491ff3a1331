using ProbLang.Graph;

namespace ProbLang.Binding;

/// <summary>Which category the codes are of that an expression gives.</summary>
internal static class CategoryOf
{
    /// <summary>Null for a value that is no code of a category.</summary>
    public static Category? Value(Bound value) => value switch
    {
        VariableValue { Variable: { Label: not null, LevelsOf: { } category } } => category,
        VariableValue v => v.Variable.Category,
        LoopValue v => v.Loop.Category,
        IndexedValue v => Value(v.Array),
        ConditionalValue v => Common([v.Then, v.Else]),
        ArrayLiteral v => Common(v.Elements),
        Comprehension v => Value(v.Body),
        RangeValue v => Range(v.Lower, v.Upper),
        ArrayFunctionValue { Function: ArrayFunction.Concat or ArrayFunction.Append or ArrayFunction.Sort or ArrayFunction.Transpose } v => Common(v.Arguments),
        _ => null,
    };

    /// <summary>The category all of whose levels are in a range.</summary>
    public static Category? Range(Bound lower, Bound upper) => lower is ConstantValue { Value: 1 } ? Size(upper) : null;

    /// <summary>The category whose number of levels a value is.</summary>
    public static Category? Size(Bound value) => value is VariableValue { Variable: { Label: null, LevelsOf: { } category } } ? category : null;

    private static Category? Common(IEnumerable<Bound> values)
    {
        var categories = values.Select(Value).Distinct().ToArray();
        return categories.Length == 1 ? categories[0] : null;
    }
}
