using ProbLang.Syntax;

namespace ProbLang.Editing;

/// <summary>The names that the text itself defines, as far as they hold at a place.</summary>
internal static class LocalNames
{
    public static IEnumerable<CompletionItem> Of(EditedPlace place)
    {
        var open = new OpenBrackets();
        for (var i = 0; i < place.Tokens.Last; i++)
        {
            foreach (var item in At(place, open, i)) yield return item;
            open.Pass(place.KindAt(i), i);
        }
    }

    /// <summary>How a function of the text is called; null where it defines none of that name.</summary>
    public static CallForm? Call(EditedPlace place, string name)
    {
        for (var i = 0; i < place.Tokens.Last; i++)
        {
            if (place.KindAt(i) is not (TokenKind.Def or TokenKind.Net) || place.KindAt(i + 1) != TokenKind.Name || Words.NameAt(place.Tokens, i + 1) != name) continue;
            return place.KindAt(i) == TokenKind.Net ? ModelNames.CallOfNet(name) : ModelNames.CallOf(name, Parameters(place, i).Select(p => Words.NameAt(place.Tokens, p)));
        }
        return null;
    }

    private static IEnumerable<CompletionItem> At(EditedPlace place, OpenBrackets open, int i)
    {
        switch (place.KindAt(i))
        {
            case TokenKind.For when IsName(place, i + 1) && Holds(place, open, i):
                yield return new(Words.NameAt(place.Tokens, i + 1), CompletionKind.Variable, "index");
                break;
            case TokenKind.Def when IsName(place, i + 1):
                var name = Words.NameAt(place.Tokens, i + 1);
                yield return new(name, CompletionKind.Function, Call(place, name)!.Text);
                if (!IsInBody(place, i)) break;
                foreach (var parameter in Parameters(place, i)) yield return new(Words.NameAt(place.Tokens, parameter), CompletionKind.Variable, "argument");
                break;
            case TokenKind.Net when IsName(place, i + 1):
                yield return new(Words.NameAt(place.Tokens, i + 1), CompletionKind.Net, "net");
                break;
            case TokenKind.Input or TokenKind.Param when IsName(place, i + 1):
                yield return new(Words.NameAt(place.Tokens, i + 1), CompletionKind.Variable, place.KindAt(i).Text());
                break;
            case TokenKind.Name when place.StartsStatement(i) && IsName(place, i) && !IsBeingDefined(place, i) && AfterTarget(place, i) is TokenKind.Tilde or TokenKind.Assign or TokenKind.Colon:
                yield return new(Words.NameAt(place.Tokens, i), CompletionKind.Variable, AfterTarget(place, i) == TokenKind.Assign ? "computed" : "random");
                break;
        }
    }

    /// <summary>What a statement defines is not made of itself, but for elements of a series.</summary>
    private static bool IsBeingDefined(EditedPlace place, int index) => index == place.Statement && place.Kind != PlaceKind.Statement && place.KindAt(index + 1) != TokenKind.LeftBracket;

    /// <summary>A name that is not just being typed.</summary>
    private static bool IsName(EditedPlace place, int index) => place.KindAt(index) == TokenKind.Name && !(index == place.Next && place.Tokens[index].Span.Start == place.Start && place.Length > 0);

    /// <summary>The index of a block holds in the block, that of a value inside of the brackets around it.</summary>
    private static bool Holds(EditedPlace place, OpenBrackets open, int loop)
    {
        if (!open.TakesStatements) return loop < place.Next && place.Open.All.Contains(open.All[^1]);
        var brace = loop + 1;
        while (brace < place.Tokens.Last && place.KindAt(brace) != TokenKind.LeftBrace) brace++;
        return place.Open.All.Contains((TokenKind.LeftBrace, brace));
    }

    /// <summary>The arguments of a function hold in its block, or to the end of its statement.</summary>
    private static bool IsInBody(EditedPlace place, int def) =>
        ParametersEnd(place, def) is { } end && end < place.Next
        && (place.KindAt(end + 1) == TokenKind.LeftBrace ? place.Open.All.Contains((TokenKind.LeftBrace, end + 1)) : place.Statement == def && place.Kind != PlaceKind.Statement);

    private static IEnumerable<int> Parameters(EditedPlace place, int def) =>
        ParametersEnd(place, def) is { } end ? Enumerable.Range(def + 3, end - def - 3).Where(i => place.KindAt(i) == TokenKind.Name) : [];

    /// <summary>The parenthesis that closes the arguments of a function; null where none does.</summary>
    private static int? ParametersEnd(EditedPlace place, int def) =>
        place.KindAt(def + 2) == TokenKind.LeftParenthesis && place.Tokens.PartnerOf(def + 2) is > 0 and var end ? end : null;

    private static TokenKind AfterTarget(EditedPlace place, int index) =>
        place.KindAt(index + 1) != TokenKind.LeftBracket ? place.KindAt(index + 1) : place.Tokens.PartnerOf(index + 1) is > 0 and var end ? place.KindAt(end + 1) : TokenKind.End;
}
