using System.Collections.Immutable;
using ProbLang.Syntax;

namespace ProbLang.Editing;

/// <summary>Finds the ways to go on at a place of a text.</summary>
internal static class Completing
{
    public static CompletionList At(string text, int offset, ModelNames model)
    {
        if (text.Length > SourceReader.MaximumBytes) return new CompletionList(offset, 0, [], null);
        var place = new EditedPlace(text, offset);
        var call = OpenCall.At(place);
        var offers = new Offers(place, model, call);
        return new CompletionList(place.Start, place.Length, Matching(offers, place), Signature(offers, call, place));
    }

    /// <summary>What goes with what is typed: the better match first, then the likelier, each word once.</summary>
    private static ImmutableArray<CompletionItem> Matching(Offers offers, EditedPlace place) =>
    [
        .. offers.Groups()
            .SelectMany(group => group)
            .DistinctBy(item => item.Text)
            .Select(item => (Item: item, Rank: Editing.Matching.Rank(Written(item), place.Prefix)))
            .Where(found => found.Rank is not null)
            .OrderBy(found => found.Rank)
            .Select(found => found.Item),
    ];

    private static string Written(CompletionItem item) => item.Kind == CompletionKind.Label ? item.Text[1..^1] : item.Text;

    private static CallSignature? Signature(Offers offers, OpenCall? call, EditedPlace place) =>
        !place.IsInComment && call is not null && offers.Form() is { } form ? new CallSignature(form.Text, form.Place(call.Argument, call.Named)) : null;
}
