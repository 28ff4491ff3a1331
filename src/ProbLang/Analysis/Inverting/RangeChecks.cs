using System.Globalization;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Checks what is given for computed quantities against what their statements can give, as far as the data decide it.</summary>
internal static class RangeChecks
{
    public static void Run(Draft draft)
    {
        if (draft.Inverted is not { } inverted) return;
        foreach (var inversion in inverted.Inversions)
            foreach (var limit in inversion.Limits) draft.Attempt(inversion.Statement.Variable, () => Check(draft, inversion, limit));
        if (draft.HasErrors) return;
        foreach (var draw in inverted.Draws) draft.Attempt(draw.Statement.Variable, () => Check(draft, draw));
    }

    private static void Check(Draft draft, InvertedStatement inversion, RangeLimit limit)
    {
        var (holds, of, statement) = (draft.Code.Array(limit.Holds), draft.Code.Array(limit.Of), inversion.Statement);
        var first = FirstCell(draft, statement);
        new Gating(draft, statement.Plates, inversion.Gates).ForEach(_ =>
        {
            var found = Array.FindIndex(holds().Values, h => h == 0);
            if (found < 0) return;
            var state = draft[statement.Variable].State;
            var cell = first();
            if (limit.Of.Rank == state.Shape.Length - statement.Indices.Length) cell += found;
            throw new DiagnosticException(InversionDiagnostics.OutsideRange(ShapeText.Element(state.Variable.Name, state.Shape, cell), Show(of().Values[found]), limit.Why,
                draft[statement.Variable].Given?.Place(cell), draft.Locate(statement.Span)));
        });
    }

    /// <summary>What is solved for must be where the density of its draw is not zero.</summary>
    private static void Check(Draft draft, SolvedDraw draw)
    {
        var definition = draw.Statement;
        var code = DistributionCode.Of(definition.Distribution!, draft.Code);
        var at = draft.Code.Array(new Formula(definition.Target).Part(definition.Variable, definition.Indices));
        var (first, size, state) = (FirstCell(draft, definition), Math.Max(1, EventSizeOf(draft, definition)), draft[definition.Variable].State);
        new Gating(draft, draw.Factor.Plates, draw.Factor.Gates).ForEach(_ =>
        {
            var values = at().Values;
            code.Prepare();
            for (var e = 0; e * size < values.Length; e++)
                if (IsImpossible(code, e, values.AsSpan(e * size, size)))
                    throw new DiagnosticException(InversionDiagnostics.OutsideDraw(size == 1 ? ShapeText.Element(definition.Variable.Name, state.Shape, first() + e) : definition.Variable.Name, string.Join(", ", values.Skip(e * size).Take(Math.Min(size, 5)).Select(Show)),
                        SupportCheck.NameOf(definition.Distribution!), draft.Locate(definition.Span)));
        });
    }

    private static bool IsImpossible(DistributionCode code, int e, ReadOnlySpan<double> x)
    {
        var (lower, upper) = code.Support(e);
        var isKnown = true;
        foreach (var value in x)
        {
            if (value < lower || value > upper) return true;
            isKnown &= !double.IsNaN(value);
        }
        return isKnown && code.IsKnown && double.IsNegativeInfinity(code.LogDensity(e, x));
    }

    /// <summary>The first cell that a statement is about, under the present values of the loops.</summary>
    private static Func<int> FirstCell(Draft draft, Definition definition)
    {
        var (indices, shape) = (definition.Indices.Select(draft.Code.Scalar).ToArray(), draft[definition.Variable].State.Shape);
        var block = Tensor.CountOf(shape.AsSpan(indices.Length));
        return () =>
        {
            var offset = 0;
            for (var d = 0; d < indices.Length; d++) offset = offset * shape[d] + (int)indices[d]() - 1;
            return offset * block;
        };
    }

    private static int EventSizeOf(Draft draft, Definition definition)
    {
        var (shape, rank) = (draft[definition.Variable].State.Shape, DistributionTraits.EventRank(definition.Distribution!));
        return Tensor.CountOf(shape.AsSpan(shape.Length - rank));
    }

    private static string Show(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
