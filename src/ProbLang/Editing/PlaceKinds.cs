using ProbLang.Syntax;

namespace ProbLang.Editing;

/// <summary>Tells from what stands before a place what may stand there.</summary>
internal static class PlaceKinds
{
    public static PlaceKind Of(EditedPlace place) => place.Previous switch
    {
        TokenKind.End or TokenKind.LeftBrace or TokenKind.RightBrace or TokenKind.Semicolon => PlaceKind.Statement,
        TokenKind.Input or TokenKind.Param or TokenKind.Net or TokenKind.Def or TokenKind.For or TokenKind.Import or TokenKind.Guide => PlaceKind.Free,
        TokenKind.Truncated or TokenKind.Censored or TokenKind.Rounded => PlaceKind.Free,
        TokenKind.Tilde => PlaceKind.Draw,
        TokenKind.Colon when place.Open.TakesStatements => PlaceKind.Type,
        TokenKind.LeftParenthesis or TokenKind.Comma when IsParameterList(place) => PlaceKind.Free,
        TokenKind.LeftParenthesis or TokenKind.Comma when CallAt(place) is not null => PlaceKind.Argument,
        TokenKind.Invalid when place.Text[place.Tokens[place.Next - 1].Span.Start] != '|' => PlaceKind.Free,
        TokenKind.Invalid => PlaceKind.Expression,
        var kind when !kind.CanEnd() => PlaceKind.Expression,
        _ when place.Open.TakesStatements && place.IsOnNewLine => PlaceKind.Statement,
        _ => PlaceKind.After,
    };

    /// <summary>The open parenthesis of the call whose arguments stand here; null where they are not those of a call.</summary>
    public static int? CallAt(EditedPlace place) =>
        !place.Open.IsEmpty && place.Open.All[^1] is (TokenKind.LeftParenthesis, var index) && IsCall(place, index) ? index : null;

    /// <summary>Whether a parenthesis belongs to what is called before it, a modifier or a type with bounds too.</summary>
    public static bool IsCall(EditedPlace place, int parenthesis) =>
        place.KindAt(parenthesis - 1) is TokenKind.Name or TokenKind.Truncated or TokenKind.Censored or TokenKind.Rounded or TokenKind.Ordered && place.KindAt(parenthesis - 2) != TokenKind.Def;

    private static bool IsParameterList(EditedPlace place) =>
        !place.Open.IsEmpty && place.Open.All[^1] is (TokenKind.LeftParenthesis, var index) && place.KindAt(index - 2) == TokenKind.Def;
}
