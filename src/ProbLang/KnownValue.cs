using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Syntax;

namespace ProbLang;

/// <summary>The value of an expression that the data of a session decide.</summary>
/// <param name="Shape">Its sizes; none for a number.</param>
/// <param name="Values">Row-major; truth values as 0 and 1, labels by their codes.</param>
/// <param name="Levels">The labels; empty where it is numbers.</param>
internal sealed record KnownValue(int[] Shape, double[] Values, ImmutableArray<string> Levels)
{
    /// <summary>Null where the data do not decide it, or it is mistaken, which is said where it stands as a condition.</summary>
    public static KnownValue? Of(Session session, PlacedText expression)
    {
        // Nearly always it is a number, for which nothing needs to be compiled.
        if (LoneExpression.Of(expression).Tree is NumberExpr number) return new KnownValue([], [number.Value], []);
        var name = QuestionModel.NewName(session, "value");
        try
        {
            var problem = session.Conditioned(session.Extended([PlacedText.Of($"{name} = ").With(expression)]), session.Learned.With(session.Data));
            var state = problem.Conditioned[problem.Conditioned.Graph.Find(name)!];
            var levels = problem.Conditioned.LevelsOf(state.Variable);
            return state.IsKnown() ? new KnownValue(state.Shape, state.Values, levels.IsDefault ? [] : levels) : null;
        }
        catch (DataException)
        {
            return null;
        }
    }

    /// <summary>As data have it.</summary>
    public string ToJson()
    {
        using var text = new StringWriter();
        JsonText.Write(text, new DataArray("", Shape, Values, null, _ => null) { Texts = Levels.IsEmpty ? null : () => [.. Values.Select(v => Levels[(int)v - 1])] });
        return text.ToString();
    }
}
