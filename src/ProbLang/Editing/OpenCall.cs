using System.Collections.Immutable;
using ProbLang.Syntax;

namespace ProbLang.Editing;

/// <summary>The innermost call that a place is in.</summary>
/// <param name="Name">What is called.</param>
/// <param name="Index">The word that names it.</param>
/// <param name="Argument">Which argument the place is in, from 0.</param>
/// <param name="Named">The name of that argument where it has one.</param>
/// <param name="Given">The names of those before.</param>
internal sealed record OpenCall(string Name, int Index, int Argument, string? Named, ImmutableArray<string> Given)
{
    public static OpenCall? At(EditedPlace place)
    {
        for (var depth = place.Open.All.Count - 1; depth >= 0 && place.Open.All[depth] is var (kind, index) && kind != TokenKind.LeftBrace; depth--)
            if (kind == TokenKind.LeftParenthesis && PlaceKinds.IsCall(place, index)) return Of(place, index);
        return null;
    }

    private static OpenCall Of(EditedPlace place, int parenthesis)
    {
        var (argument, start, given) = (0, parenthesis + 1, ImmutableArray.CreateBuilder<string>());
        var inside = new OpenBrackets();
        for (var i = parenthesis + 1; i < place.Next; i++)
        {
            if (place.KindAt(i) == TokenKind.Comma && inside.IsEmpty)
            {
                if (NameOf(place, start) is { } name) given.Add(name);
                (argument, start) = (argument + 1, i + 1);
            }
            inside.Pass(place.KindAt(i), i);
        }
        return new OpenCall(Words.NameAt(place.Tokens, parenthesis - 1), parenthesis - 1, argument, start + 1 < place.Next ? NameOf(place, start) : null, given.ToImmutable());
    }

    /// <summary>The name that an argument is given.</summary>
    private static string? NameOf(EditedPlace place, int start) =>
        place.KindAt(start) == TokenKind.Name && place.KindAt(start + 1) == TokenKind.Colon ? Words.NameAt(place.Tokens, start) : null;
}
