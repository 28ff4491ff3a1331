using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Checks that the codes that a statement turns into indicators are from 1 to their number, where the data decide them.</summary>
internal static class IndicatorCheck
{
    public static void Run(Draft draft, DefinitionState state)
    {
        foreach (var value in Parts.OfRight(state.Definition)) Visit(draft, state, value, []);
    }

    private static void Visit(Draft draft, DefinitionState state, Bound value, IReadOnlyList<Plate> ranges)
    {
        if (value is ArrayFunctionValue { Function: ArrayFunction.OneHot } onehot && Uses.Of([onehot]).All(v => Array.TrueForAll(draft[v].State.Values, x => !double.IsNaN(x))))
            Check(draft, state, onehot, ranges);
        if (value is Comprehension comprehension) Visit(draft, state, comprehension.Body, [.. ranges, new Plate(comprehension.Loop, comprehension.Lower, comprehension.Upper)]);
        // A branch that is not taken may well read what is not there.
        else if (value is not ConditionalValue)
            foreach (var part in Parts.Of(value)) Visit(draft, state, part, ranges);
    }

    private static void Check(Draft draft, DefinitionState state, ArrayFunctionValue onehot, IReadOnlyList<Plate> ranges)
    {
        var evaluate = draft.Code.Array(onehot);
        for (var i = 0; i < state.Count; i++)
        {
            Iterations.Set(draft.Code, state, i);
            Iterations.ForEach(draft.Code, ranges, () => evaluate());
        }
    }
}
