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
        var indices = statement.Indices.Select(draft.Code.Scalar).ToArray();
        new Gating(draft, statement.Plates, inversion.Gates).ForEach(_ =>
        {
            var found = Array.FindIndex(holds().Values, h => h == 0);
            if (found < 0) return;
            var state = draft[statement.Variable].State;
            var cell = indices.Select((index, d) => (Index: (int)index() - 1, d)).Aggregate(0, (offset, i) => offset * state.Shape[i.d] + i.Index) * Tensor.CountOf(state.Shape.AsSpan(indices.Length));
            if (limit.Of.Rank == state.Shape.Length - indices.Length) cell += found;
            throw new DiagnosticException(InversionDiagnostics.OutsideRange(ShapeText.Element(state.Variable.Name, state.Shape, cell), Show(of().Values[found]), limit.Why,
                draft[statement.Variable].Given?.Place(cell), draft.Locate(statement.Span)));
        });
    }

    private static void Check(Draft draft, SolvedDraw draw)
    {
        var (definition, density) = (draw.Statement, draft.Code.Scalar(draw.Factor.Value));
        var at = draft.Code.Array(new Formula(definition.Target).Part(definition.Variable, definition.Indices));
        new Gating(draft, draw.Factor.Plates, draw.Factor.Gates).ForEach(_ =>
        {
            if (!double.IsNegativeInfinity(density())) return;
            throw new DiagnosticException(InversionDiagnostics.OutsideDraw(draft.Graph.Source.TextOf(definition.Target), string.Join(", ", at().Values.Take(5).Select(Show)),
                SupportCheck.NameOf(definition.Distribution!), draft.Locate(definition.Span)));
        });
    }

    private static string Show(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
