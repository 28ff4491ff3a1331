using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Where the data give a value that a model uses.</summary>
internal static class DataPlace
{
    /// <summary>The place of a cell of an expression that is a variable or a part of one, under the present values of the loops; else null.</summary>
    public static Location? Of(Draft draft, Bound e, int cell) => e switch
    {
        VariableValue v => Of(draft, v.Variable, cell),
        IndexedValue { Array: VariableValue v } indexed when indexed.Indices.All(i => i is AtIndex { Position.Rank: 0 }) => Of(draft, v.Variable, Start(draft, v.Variable, indexed) + cell),
        _ => null,
    };

    private static Location? Of(Draft draft, Variable variable, int cell) =>
        draft.Data.Arrays.TryGetValue(variable.Name, out var array) && cell < array.Values.Length && array.Shape.Length == variable.Rank ? array.Place(cell) : null;

    /// <summary>The first cell of a part with the first indices fixed.</summary>
    private static int Start(Draft draft, Variable variable, IndexedValue part)
    {
        var shape = draft[variable].State.Shape;
        var offset = 0;
        for (var d = 0; d < shape.Length; d++)
            offset = offset * shape[d] + (d < part.Indices.Length ? (int)draft.Code.Scalar(((AtIndex)part.Indices[d]).Position)() - 1 : 0);
        return offset;
    }
}
