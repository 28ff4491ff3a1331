using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ProbLang.Analysis;
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
            if (Elements(session, condition) is not { } elements)
            {
                events.Add(condition.Event);
                continue;
            }
            foreach (var element in elements)
            {
                if (!values.Add(element)) throw new DataException([DataDiagnostics.FactsContradict(condition.Value!.Place!)]);
                var assignment = $"{element.Name}={element.Value}";
                data = data.With(Given(assignment, condition));
                given.Add(assignment);
                places[$"{Source} {element.Name}"] = places[Source] = condition.Value!.Place!;
            }
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

    /// <summary>What a condition gives a known value; null where it is an event.</summary>
    private static ImmutableArray<GivenElement>? Elements(Session session, QuestionCondition condition) =>
        condition.Quantity is { } written && GivenQuantity.Of(session, written) is { } quantity && Value(session, condition.Value!) is { } value ? quantity.Elements(value) : null;

    /// <summary>A known value as data have it; null where it is not known. Labels in quotes, alone or in arrays, are values of data only.</summary>
    private static string? Value(Session session, PlacedText value) => Labels(LoneExpression.Of(value).Tree)?.ToJsonString() ?? KnownValue.Of(session, value)?.ToJson();

    private static JsonNode? Labels(Expr tree) => tree switch
    {
        StringExpr text => JsonValue.Create(text.Value),
        ArrayExpr { Elements: [_, ..] elements } when elements.Select(Labels).ToArray() is var labels && !labels.Contains(null) => new JsonArray(labels),
        _ => null,
    };
}
