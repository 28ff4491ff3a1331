using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>The data that a question is answered with: those of the session, and the quantities whose values it gives.</summary>
/// <param name="Data">All of them.</param>
/// <param name="Key">What the question gives, as text.</param>
/// <param name="Events">The conditions that give no value.</param>
internal sealed record QuestionData(Data Data, string Key, ImmutableArray<PlacedText> Events)
{
    /// <summary>Where the values stand that data messages call by the name of what they are given for.</summary>
    private ImmutableDictionary<string, Location> Places { get; init; } = ImmutableDictionary<string, Location>.Empty;

    public static QuestionData Of(Session session, Question question)
    {
        var data = session.Learned.With(session.Data);
        var given = new List<string>();
        var events = ImmutableArray.CreateBuilder<PlacedText>();
        var places = ImmutableDictionary.CreateBuilder<string, Location>();
        var values = new GivenValues();
        foreach (var condition in question.Conditions)
        {
            if (condition.Quantity is { } quantity && Element(session, quantity) is { } element && Value(session, condition.Value!, element.Variable) is { } value)
            {
                if (!values.Add(element.Variable, element.Indices, value)) throw new DataException([DataDiagnostics.FactsContradict(condition.Value!.Place!)]);
                var assignment = $"{element.Text}={value}";
                data = data.With(Given(assignment, condition));
                given.Add(assignment);
                places[$"{Source} {element.Text}"] = places[Source] = condition.Value!.Place!;
            }
            else events.Add(condition.Event);
        }
        return new QuestionData(data, string.Join('\n', given), events.ToImmutable()) { Places = places.ToImmutable() };
    }

    /// <summary>Messages about data with their places in the question, where they are about what it gives.</summary>
    public ImmutableArray<Diagnostic> InQuestion(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(d => d.Location is { } place && Places.TryGetValue(place.Path, out var here) ? d with { Location = here } : d)];

    private const string Source = "| given";

    private static Data Given(string assignment, QuestionCondition condition)
    {
        try
        {
            return Data.Given(assignment, Source);
        }
        catch (DataException mistake)
        {
            throw new DataException([.. mistake.Diagnostics.Select(d => d with { Location = condition.Value!.Place })]);
        }
    }

    /// <summary>A variable of the model, or an element whose indices are known, as data name it; null for anything else.</summary>
    private static (Variable Variable, ImmutableArray<double> Indices, string Text)? Element(Session session, PlacedText quantity)
    {
        var tree = TreeOf(quantity);
        var (array, indices) = tree is IndexExpr { Array: NameExpr name } index ? (name, index.Indices) : (tree as NameExpr, []);
        if (array is null || session.Model?.Graph.Find(array.Name.Text) is not { } variable) return null;
        var numbers = ImmutableArray.CreateBuilder<double>();
        foreach (var each in indices)
        {
            if (each is not ElementIndex { Value: var at } || Known(session, quantity.Part(Shifted(at.Span))) is not ([], [var number], _)) return null;
            numbers.Add(number);
        }
        return (variable, numbers.ToImmutable(), numbers.Count == 0 ? variable.Name : $"{variable.Name}[{string.Join(',', numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)))}]");
    }

    /// <summary>A known value as data have it; null where it is not known.</summary>
    private static string? Value(Session session, PlacedText value, Variable variable)
    {
        if (TreeOf(value) is StringExpr text)
        {
            using var quoted = new StringWriter();
            JsonText.WriteString(quoted, text.Value);
            return quoted.ToString();
        }
        if (Known(session, value) is not var (shape, values, levels)) return null;
        return Nested(shape, values, number => levels.IsDefaultOrEmpty
            ? variable.Type == ElementType.Boolean && number is 0 or 1 ? number == 1 ? "true" : "false" : SpecialNumber(number)
            : $"\"{levels[(int)number - 1]}\"");
    }

    private static string SpecialNumber(double number) =>
        double.IsPositiveInfinity(number) ? "\"Inf\"" : double.IsNegativeInfinity(number) ? "\"-Inf\"" : number.ToString("R", CultureInfo.InvariantCulture);

    private static string Nested(int[] shape, ReadOnlySpan<double> values, Func<double, string> text)
    {
        if (shape.Length == 0) return text(values[0]);
        var rows = new string[shape[0]];
        var size = shape[0] == 0 ? 0 : values.Length / shape[0];
        for (var i = 0; i < rows.Length; i++) rows[i] = Nested(shape[1..], values.Slice(i * size, size), text);
        return $"[{string.Join(',', rows)}]";
    }

    /// <summary>The value of an expression that the data decide; null where they do not, or it is mistaken, which is said where it stands as a condition.</summary>
    private static (int[] Shape, double[] Values, ImmutableArray<string> Levels)? Known(Session session, PlacedText expression)
    {
        // Nearly always it is a number, for which nothing needs to be compiled.
        if (TreeOf(expression) is NumberExpr number) return ([], [number.Value], default);
        var name = QuestionModel.NewName(session, "value");
        try
        {
            var problem = session.Conditioned(session.Extended([PlacedText.Of($"{name} = ").With(expression)]), session.Learned.With(session.Data));
            var state = problem.Conditioned[problem.Conditioned.Graph.Find(name)!];
            return state.IsKnown() ? (state.Shape, state.Values, problem.Conditioned.LevelsOf(state.Variable)) : null;
        }
        catch (DataException)
        {
            return null;
        }
    }

    private const string Before = "it = ";

    private static Expr TreeOf(PlacedText expression) => ((DefineStatement)Parser.Parse(new SourceText("session", Before + expression.Text)).File.Statements[0]).Right;

    private static Span Shifted(Span span) => span with { Start = span.Start - Before.Length };
}
