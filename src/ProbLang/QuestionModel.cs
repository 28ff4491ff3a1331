using System.Collections.Immutable;
using ProbLang.Binding;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>A session's model with what is asked as one more variable.</summary>
/// <param name="Extended">The model, and where each part of it was written.</param>
/// <param name="Variable">The variable that is asked for: one of the model's, or a new one.</param>
/// <param name="Events">The variables that say whether each condition holds.</param>
internal sealed record QuestionModel((Model Model, PlacedText Written) Extended, string Variable, ImmutableArray<string> Events)
{
    /// <exception cref="DataException">The question is mistaken.</exception>
    public static QuestionModel Of(Session session, Question question) => Of(session, question, [.. question.Conditions.Select(c => c.Event)]);

    /// <param name="session">The session.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="events">The conditions, of which the model computes whether they hold.</param>
    /// <exception cref="DataException">The question is mistaken.</exception>
    public static QuestionModel Of(Session session, Question question, ImmutableArray<PlacedText> events)
    {
        var names = events.Select((_, i) => NewName(session, $"condition_{i + 1}")).ToImmutableArray();
        var conditions = events.Zip(names, (e, name) => PlacedText.Of($"{name} = ").With(e)).ToArray();
        var (extended, variable) = Together(session, question, conditions);
        var graph = extended.Model.Graph;
        foreach (var (name, given) in names.Zip(events)) CheckCondition(graph.Find(name)!, given);
        CheckKind(question, graph.Find(variable)!);
        return new QuestionModel(extended, variable, names);
    }

    /// <summary>With the conditions as those of the model.</summary>
    /// <exception cref="DataException">The question is mistaken, or the language has no such condition.</exception>
    public static QuestionModel Given(Session session, Question question, ImmutableArray<PlacedText> events)
    {
        var (extended, variable) = Together(session, question, [.. events.Select(e => PlacedText.Of("given ").With(e))]);
        return new QuestionModel(extended, variable, []);
    }

    /// <summary>A name that is not taken.</summary>
    public static string NewName(Session session, string name)
    {
        while (session.Model?.Graph.Find(name) is not null) name += "_";
        return name;
    }

    /// <summary>That an array is another one is an event of them as a whole, in front of the bar as behind it.</summary>
    private static ((Model Model, PlacedText Written) Extended, string Variable) Together(Session session, Question question, PlacedText[] conditions)
    {
        var asked = Asked(session, question, conditions);
        if (question.Equated is not var (left, right) || asked.Extended.Model.Graph.Find(asked.Variable)!.Rank == 0 || !IsArray(left) || !IsArray(right)) return asked;
        return Asked(session, question with { Expression = PlacedText.Join([PlacedText.Of("min("), question.Expression, PlacedText.Of(")")]) }, conditions);

        bool IsArray(PlacedText side)
        {
            var name = NewName(session, "side");
            return session.Extended([PlacedText.Of($"{name} = ").With(side)]).Model.Graph.Find(name)!.Rank > 0;
        }
    }

    /// <summary>What is a distribution is drawn from; anything else is computed. A variable needs no other one that is the same.</summary>
    private static ((Model Model, PlacedText Written) Extended, string Variable) Asked(Session session, Question question, PlacedText[] conditions)
    {
        var variable = NewName(session, "answer");
        var written = question.Expression;
        var tree = LoneExpression.Of(written).Tree;
        if (tree is NameExpr { Name.Text: var name } && session.Model?.Graph.Find(name) is { IsInput: false }) return (session.Extended(conditions), name);
        if (IsDistribution(tree)) return (Extended(" ~ "), variable);
        try
        {
            return (Extended(" = "), variable);
        }
        catch (DataException) when (tree is CallExpr)
        {
            // A random function looks like any other, so that both are tried.
            try
            {
                return (Extended(" ~ "), variable);
            }
            catch (DataException)
            {
            }
            throw;
        }

        (Model Model, PlacedText Written) Extended(string sign) => session.Extended([.. conditions, PlacedText.Of(variable + sign).With(written)]);
    }

    private static bool IsDistribution(Expr tree) => tree switch
    {
        ModifiedExpr => true,
        PowerExpr power => IsDistribution(power.Base),
        CallExpr call => ExpressionBinder.IsDistributionName(call.Function.Text),
        _ => false,
    };

    private static void CheckCondition(Variable condition, PlacedText written)
    {
        if (condition.Rank > 0) throw Mistake(SessionDiagnostics.ManyConditions(written.Text, written.Place));
        if (condition.Type != ElementType.Boolean) throw Mistake(SessionDiagnostics.NotACondition(written.Text, written.Place));
    }

    private static void CheckKind(Question question, Variable asked)
    {
        var written = question.Expression;
        if (question.Kind == QuestionKind.Probability && asked.Type != ElementType.Boolean)
            throw Mistake(asked.Category is null ? SessionDiagnostics.NotAnEvent(written.Text, written.Place) : SessionDiagnostics.NotAnEventButALabel(written.Text, written.Place));
        if (question.Kind is not (QuestionKind.Probability or QuestionKind.Distribution) && asked.Category is not null)
            throw Mistake(SessionDiagnostics.NoMean(written.Text, written.Place));
    }

    private static DataException Mistake(Diagnostic diagnostic) => new([diagnostic]);
}
