using System.Text;
using ProbLang.Syntax;

namespace ProbLang.Editing;

/// <summary>What can be told from the words of a text that is not read as a whole.</summary>
internal static class Words
{
    /// <summary>A name as it is compared.</summary>
    public static string NameAt(TokenList tokens, int index)
    {
        var name = tokens.TextOf(index);
        return Ascii.IsValid(name) ? name : Nfkc.Normalize(name);
    }

    /// <summary>The functions and nets that the text defines.</summary>
    public static IEnumerable<string> FunctionsOf(TokenList tokens)
    {
        for (var i = 0; i < tokens.Last; i++)
            if (tokens[i].Kind is TokenKind.Def or TokenKind.Net && tokens[i + 1].Kind == TokenKind.Name)
                yield return NameAt(tokens, i + 1);
    }
}
