using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Analysis;

/// <summary>Runs through the iterations of plates, outermost slowest, setting the values of their indices.</summary>
internal static class Iterations
{
    public static void ForEach(ExpressionCode code, IReadOnlyList<Plate> plates, Action body)
    {
        var ranges = plates.Select(p => (Lower: code.Scalar(p.Lower), Upper: code.Scalar(p.Upper), Box: code[p.Loop], p.Lower.Span)).ToArray();
        Enter(0);

        void Enter(int depth)
        {
            if (depth == ranges.Length)
            {
                body();
                return;
            }
            var (lower, upper, box, span) = ranges[depth];
            var (first, count) = code.Extent(lower(), upper(), span);
            for (var i = 0; i < count; i++)
            {
                code.Tick();
                box.Value = first + i;
                Enter(depth + 1);
            }
        }
    }

    /// <summary>Sets the indices of a statement's plates, and of the loops within one of its values, to the first or the last of their values.</summary>
    public static void SetToEnd(ExpressionCode code, Definition definition, Bound value, bool last)
    {
        foreach (var plate in definition.Plates.Concat(Walk.Over([value]).OfType<Comprehension>().Select(c => new Plate(c.Loop, c.Lower, c.Upper))))
        {
            var (first, count) = code.Extent(code.Scalar(plate.Lower)(), code.Scalar(plate.Upper)(), plate.Lower.Span);
            code[plate.Loop].Value = last ? first + Math.Max(0, count - 1) : first;
        }
    }

    /// <summary>Sets the indices of a statement's plates to those of an iteration.</summary>
    public static void Set(ExpressionCode code, DefinitionState definition, int iteration) => Set(code, definition.Space, iteration);

    /// <summary>Sets the indices of plates to those of an iteration.</summary>
    public static void Set(ExpressionCode code, IterationSpace space, int iteration)
    {
        code.Tick();
        for (var p = 0; p < space.Plates.Length; p++) code[space.Plates[p].Loop].Value = space.LoopValues[p][iteration];
    }
}
